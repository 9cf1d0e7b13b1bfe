"""Would the answers be others if the respondents were composed like the whole staff?"""

from __future__ import annotations

import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.language import mark
from unicluster.survey.cross_tabulation import cross_tabulate
from unicluster.survey.respondents.study import UNIVERSITY, Study, or_reason
from unicluster.survey.weighting import Raking, rake


@or_reason
def raked(study: Study, totals: pd.DataFrame | None) -> pd.DataFrame:
    """Shares of the outcome before and after raking to known totals.

    Parameters
    ----------
    study : Study
    totals : DataFrame or None
        Table ``survey_totals``: ``variable`` ("university" or a single-choice question), ``category``, ``total``.

    Returns
    -------
    DataFrame
        One row an option of the outcome: ``option`` (words), ``share``, ``weighted_share`` (per cent).
    """
    outcome = study.needed("outcome")
    weights = _raking(study, totals).weights.reindex(study.responses.university.index).fillna(0.0)
    table = cross_tabulate(study.responses, outcome, weights=weights)
    return pd.DataFrame(
        {
            "option": [study.label(outcome, option) for option in table["option"]],
            "share": 100 * table["share"],
            "weighted_share": 100 * table["weighted_share"],
        }
    )


@or_reason
def raking_summary(study: Study, totals: pd.DataFrame | None) -> pd.DataFrame:
    """What raking did to the weights.

    Parameters
    ----------
    study, totals
        As for `raked`.

    Returns
    -------
    DataFrame
        One row: ``respondents``, ``variables`` (words), ``least_weight``, ``greatest_weight`` (both relative to the
        mean),
        ``design_effect``, ``effective_sample``, ``rounds``.
    """
    result = _raking(study, totals)
    relative = result.weights / result.weights.mean()
    names = totals["variable"].drop_duplicates()
    return pd.DataFrame(
        {
            "respondents": [len(relative)],
            "variables": ", ".join(study.title(name) for name in names),
            "least_weight": relative.min(),
            "greatest_weight": relative.max(),
            "design_effect": result.design_effect,
            "effective_sample": result.effective_size,
            "rounds": result.rounds,
        }
    )


def _raking(study: Study, totals: pd.DataFrame | None) -> Raking:
    """Weights of those whose category is known in every variable."""
    if totals is None or totals.empty:
        refuse([Fault(mark("no known totals have been supplied (survey_totals.csv)"))])
    columns = {UNIVERSITY: study.responses.university, **study.responses.single}
    known = totals["variable"].drop_duplicates().tolist()
    refuse(
        Fault(f"totals of {name!r}, which is neither 'university' nor a single-choice question", "survey_totals")
        for name in known
        if name not in columns
    )
    groups = pd.DataFrame({name: columns[name] for name in known}).dropna()
    wanted = {
        name: own.set_index("category")["total"].to_dict() for name, own in totals.groupby("variable", sort=False)
    }
    return rake(groups, wanted)
