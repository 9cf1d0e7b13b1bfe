"""Two people's ratings of the same influences compared."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.scenarios.base_map import signed_scale
from unicluster.survey import krippendorff_alpha

KEY = ["from", "to", "rater"]


@dataclass(frozen=True, eq=False)
class CoderAgreement:
    """How far two coders agree on signs and strengths.

    Attributes
    ----------
    alpha : float
        Krippendorff's alpha of the signed strengths on the ordinal scale from strongly lowering to strongly raising.
    same_sign : float
        Share of rows with the same sign.
    rows : int
        Rows that both have coded.
    disagreements : DataFrame
        ``from``, ``to``, ``rater``, ``first``, ``second`` (signed terms), ``steps`` (places apart on the scale), the
        widest first.
    """

    alpha: float
    same_sign: float
    rows: int
    disagreements: pd.DataFrame


def coder_agreement(first: pd.DataFrame, second: pd.DataFrame, scale: pd.DataFrame) -> CoderAgreement:
    """Compare two codings of the table of links.

    Parameters
    ----------
    first, second : DataFrame
        Tables ``fcm_links``: ``from``, ``to``, ``rater``, ``sign``, ``strength``. Rows that only one of them has, or
        whose strength is empty, are left out.
    scale : DataFrame
        Table ``fcm_scale``.

    Raises
    ------
    InputError
        Terms that are not on the scale; no row in common; what `unicluster.survey.krippendorff_alpha` refuses.

    References
    ----------
    Krippendorff, K. (2004). Reliability in content analysis. Human Communication Research 30, 411-433.
    """
    order = list(signed_scale(scale))
    coded = [
        table.dropna(subset=["sign", "strength"]).set_index(KEY).pipe(lambda t: t["sign"] + t["strength"])
        for table in (first, second)
    ]
    both = pd.concat(coded, axis=1, join="inner", keys=["first", "second"]).astype(object)
    faults = [
        Fault("is not a term of the scale", "fcm_links", None, "strength", term)
        for term in sorted({*both["first"], *both["second"]} - set(order))
    ]
    if both.empty:
        faults.append(Fault("the two codings have no row in common"))
    refuse(faults)
    place = {term: i for i, term in enumerate(order)}
    steps = (both["first"].map(place) - both["second"].map(place)).abs()
    differing = both.assign(steps=steps)[steps > 0].reset_index()
    return CoderAgreement(
        alpha=krippendorff_alpha(both, "ordinal", order),
        same_sign=float((both["first"].str[0] == both["second"].str[0]).mean()),
        rows=len(both),
        disagreements=differing.sort_values("steps", ascending=False, kind="stable", ignore_index=True),
    )
