"""Qualitative codes: do the coders agree, how far, and where do they not?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations
from numbers import Number

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.stats.inter_rater import cohens_kappa

from unicluster.faults import Fault, refuse
from unicluster.language import Told, mark
from unicluster.survey.counts import CANNOT_BE_ESTIMATED
from unicluster.survey.questionnaire import listed, missing_columns

LEVELS = ("nominal", "ordinal", "interval")


def coder_table(codings: pd.DataFrame) -> pd.DataFrame:
    """Arrange codings for comparison: units by coders.

    Parameters
    ----------
    codings : DataFrame
        Columns ``unit`` (a passage), ``coder``, ``code``; one row a coding. A unit that a coder left out, or
        an empty code, is missing.

    Returns
    -------
    DataFrame of object
        Units by coders, NaN where missing.

    Raises
    ------
    InputError
        When a column is missing, or a coder gave one unit two codes (split such units, or judge each code
        apart with `code_presence`).
    """
    refuse(missing_columns(codings, ("unit", "coder", "code"), "codings"))
    repeated = codings[codings.duplicated(["unit", "coder"], keep=False)]
    refuse(
        Fault(f"coder {coder!r} gave the unit several codes: {listed(rows['code'])}", value=str(unit))
        for (unit, coder), rows in repeated.groupby(["unit", "coder"], sort=False)
    )
    return codings.pivot(index="unit", columns="coder", values="code").astype(object)


def code_presence(codings: pd.DataFrame, code: Hashable) -> pd.DataFrame:
    """Whether each coder gave each unit one certain code, for units that may have several.

    Parameters
    ----------
    codings : DataFrame
        Columns ``unit``, ``coder``, ``code``. Every coder is taken to have read every unit that is listed.
    code : hashable

    Returns
    -------
    DataFrame of int
        Units by coders, 1 where the code was given.

    Raises
    ------
    InputError
        When a column is missing or nobody used the code.
    """
    refuse(missing_columns(codings, ("unit", "coder", "code"), "codings"))
    given = codings["code"] == code
    if not given.any():
        message = f"nobody used the code; used were {listed(codings['code'].unique())}"
        refuse([Fault(message, value=str(code))])
    return given.astype(int).groupby([codings["unit"], codings["coder"]]).max().unstack(fill_value=0)


def krippendorff_alpha(codes: pd.DataFrame, level: str = "nominal", order: Sequence[Hashable] | None = None) -> float:
    """Krippendorff's alpha: agreement beyond chance of any number of coders, codings may be missing.

    Parameters
    ----------
    codes : DataFrame, shape (units, coders)
        From `coder_table`, NaN where missing. Units with one code or none are left out.
    level : {"nominal", "ordinal", "interval"}
        Whether codes are names, ranks or numbers.
    order : sequence, optional
        All codes from the lowest to the highest, needed for level "ordinal" unless the codes are numbers.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives, negative below it.

    Raises
    ------
    InputError
        When the level, a code or the order is unknown, codes mix numbers and text, or "Krippendorff's alpha
        cannot be estimated because …": no unit has two codes, or all codes are the same.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania.
    """
    if level not in LEVELS:
        refuse([Fault(f"the level is one of {listed(LEVELS)}", column="level", value=level)])
    values = codes.to_numpy(object)
    values = values[(~pd.isna(values)).sum(axis=1) >= 2]
    present = ~pd.isna(values)
    what = mark("Krippendorff's alpha")
    if not present.any():
        refuse([Fault(Told(CANNOT_BE_ESTIMATED, what=what, reason=mark("no unit was coded twice")))])
    used = _ordered_codes(values[present], order, level)
    counts = np.stack([((values == code) & present).sum(axis=1) for code in used], axis=1).astype(float)
    if (counts.sum(axis=0) > 0).sum() == 1:
        reason = mark("all codes are the same, so that chance alone would agree")
        refuse([Fault(Told(CANNOT_BE_ESTIMATED, what=what, reason=reason))])
    coincidences = _coincidences(counts)
    totals = coincidences.sum(axis=0)
    distance = _distance(level, used, totals)
    observed, expected = (coincidences * distance).sum(), totals @ distance @ totals
    return float(1 - (totals.sum() - 1) * observed / expected)


def cohen_kappa(
    codes: pd.DataFrame, weights: str | None = None, order: Sequence[Hashable] | None = None
) -> dict[str, float]:
    """Cohen's kappa of two coders, over the units that both coded (statsmodels).

    Parameters
    ----------
    codes : DataFrame, shape (units, 2)
        From `coder_table`.
    weights : {None, "linear", "quadratic"}
        How a disagreement grows with the distance of ordered codes; None for names.
    order : sequence, optional
        All codes from the lowest to the highest, needed for weights unless the codes are numbers.

    Returns
    -------
    dict
        ``kappa``, ``low``, ``high`` (95 %), ``units``.

    Raises
    ------
    InputError
        When there are not two coders, the weights or a code are unknown, codes mix numbers and text, or
        "Cohen's kappa cannot be estimated because …": no unit was coded by both, or all codes are the same.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20, 37-46.
    Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969). Large sample standard errors of kappa and weighted
    kappa. Psychological Bulletin 72, 323-327.
    """
    kinds = {None: None, "linear": "linear", "quadratic": "fc"}
    faults = []
    if codes.shape[1] != 2:
        faults.append(Fault(f"Cohen's kappa compares two coders; there are {codes.shape[1]}"))
    if weights not in kinds:
        message = "weights are None, 'linear' or 'quadratic'"
        faults.append(Fault(message, column="weights", value=str(weights)))
    refuse(faults)
    both = codes.dropna()
    start = "Cohen's kappa cannot be estimated because"
    if both.empty:
        refuse([Fault(f"{start} no unit was coded by both")])
    used = _ordered_codes(both.to_numpy().ravel(), order, "nominal" if weights is None else "ordinal")
    if len(set(both.to_numpy().ravel())) == 1:
        refuse([Fault(f"{start} all codes are the same, so that chance alone would agree")])
    first, second = (pd.Categorical(both[coder], categories=used) for coder in both)
    table = pd.crosstab(first, second, dropna=False).to_numpy()
    result = cohens_kappa(table, wt=kinds[weights])
    return {
        "kappa": float(result.kappa),
        "low": float(result.kappa_low),
        "high": float(result.kappa_upp),
        "units": len(both),
    }


def disagreements(codes: pd.DataFrame) -> pd.DataFrame:
    """Where two coders differ, to be talked over.

    Parameters
    ----------
    codes : DataFrame, shape (units, coders)
        From `coder_table`.

    Returns
    -------
    DataFrame
        One row a unit and pair of coders with different codes: ``unit``, ``first``, ``second`` (coders),
        ``first_code``, ``second_code``. A missing code is not a disagreement.
    """
    columns = ["unit", "first", "second", "first_code", "second_code"]
    rows = [
        (unit, a, b, row[a], row[b])
        for unit, row in codes.iterrows()
        for a, b in combinations(codes.columns, 2)
        if pd.notna(row[a]) and pd.notna(row[b]) and row[a] != row[b]
    ]
    return pd.DataFrame(rows, columns=columns)


def _ordered_codes(values: NDArray, order: Sequence[Hashable] | None, level: str) -> list[Hashable]:
    """All codes from the lowest to the highest, or what is wrong with them."""
    used = set(values)
    numeric = {code for code in used if isinstance(code, Number)}
    faults = []
    if level == "interval" and numeric != used:
        faults.append(Fault(f"interval codes must be numbers: {listed(sorted(used - numeric))}"))
    elif numeric and numeric != used:
        faults.append(Fault("codes mix numbers and text; write all of them in one way"))
    if level == "ordinal" and order is None and not numeric:
        faults.append(Fault("the order of the codes is not known; give it, lowest first", column="order"))
    if order is not None and used - set(order):
        unknown = sorted(used - set(order), key=str)
        faults.append(Fault(f"codes that the order does not hold: {listed(unknown)}"))
    refuse(faults)
    return sorted(used) if order is None else list(order)


def _coincidences(counts: NDArray) -> NDArray[np.float64]:
    """Pairs of codes within units, each unit weighing as many as it has codes."""
    pairable = 1 / (counts.sum(axis=1) - 1)
    return (counts * pairable[:, None]).T @ counts - np.diag(pairable @ counts)


def _distance(level: str, codes: list, totals: NDArray) -> NDArray[np.float64]:
    """Squared difference between two codes."""
    if level == "nominal":
        return 1.0 - np.eye(len(codes))
    # The rank of a code is the middle of the codings at it.
    position = np.array(codes, float) if level == "interval" else totals.cumsum() - totals / 2
    return (position[:, None] - position) ** 2
