"""A question that allows several answers: are its options equally frequent, and alike in all groups?"""

from __future__ import annotations

import pandas as pd

from unicluster.survey.cross_tabulation import cross_tabulate
from unicluster.survey.intervals import wilson
from unicluster.survey.multiselect import cochran_q, multiple_marginal_independence
from unicluster.survey.respondents.study import Study, or_reason


@or_reason
def choices(study: Study, confidence: float = 0.95) -> pd.DataFrame:
    """Share of each option with Cochran's Q for all of them.

    Parameters
    ----------
    study : Study
    confidence : float

    Returns
    -------
    DataFrame
        One row an option: ``option`` (words), ``count``, ``base`` (those who answered), ``share``, ``low``, ``high``
        (per cent, Wilson); and, the same in every row, ``title``, ``q``, ``df``, ``p``.
    """
    question = study.needed("several")
    test = cochran_q(study.responses.selections(question))
    table = cross_tabulate(study.responses, question)
    low, high = wilson(table["count"], table["base"], confidence)
    return pd.DataFrame(
        {
            "option": [study.label(question, option) for option in table["option"]],
            "count": table["count"],
            "base": table["base"],
            "share": 100 * table["share"],
            "low": 100 * low,
            "high": 100 * high,
            "title": study.title(question),
            "q": test.statistic,
            "df": int(test.df),
            "p": test.p,
        }
    )


@or_reason
def choices_by_group(study: Study, draws: int = 1999, seed: int = 0, confidence: float = 0.95) -> pd.DataFrame:
    """Share of each option within the groups of the subgroup, with the tests of marginal independence.

    Parameters
    ----------
    study : Study
    draws, seed : int
        Random re-assignments to groups for the p-value that needs no large sample.
    confidence : float

    Returns
    -------
    DataFrame
        One row an option and group: ``option``, ``group`` (words), ``count``, ``base``, ``share``, ``low``, ``high``
        (per
        cent, Wilson), ``p_option`` (Pearson test of the option), ``p_bonferroni``; and, the same in every row,
        ``statistic`` (sum over the options), ``p_uncorrected`` (first order: as if options were independent), ``df``
        and
        ``p`` (second-order Rao-Scott), ``p_permutation``, ``by``.
    """
    question = study.needed("several")
    by = study.needed("subgroup")
    chosen = study.responses.selections(question)
    groups = study.responses.single[by].reindex(chosen.index)
    test = multiple_marginal_independence(chosen, groups, draws, seed)
    answered = groups.notna()
    counts = chosen[answered].groupby(groups[answered], observed=True).agg(["sum", "count"])
    rows = []
    for option in chosen:
        for group, row in counts[option].iterrows():
            low, high = wilson(row["sum"], row["count"], confidence)
            own = test.options.loc[option] if option in test.options.index else pd.Series(dtype=float)
            rows.append(
                {
                    "option": study.label(question, option),
                    "group": study.label(by, str(group)),
                    "count": int(row["sum"]),
                    "base": int(row["count"]),
                    "share": 100 * row["sum"] / row["count"],
                    "low": 100 * low,
                    "high": 100 * high,
                    "p_option": own.get("p"),
                    "p_bonferroni": own.get("p_bonferroni"),
                }
            )
    return pd.DataFrame(rows).assign(
        statistic=test.first_order.statistic,
        p_uncorrected=test.first_order.p,
        df=test.second_order.df,
        p=test.second_order.p,
        p_permutation=test.permutation_p,
        by=study.title(by),
    )
