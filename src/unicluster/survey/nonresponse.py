"""Which answers are missing, why, and for whom."""

from __future__ import annotations

import pandas as pd

from unicluster.survey.cross_tabulation import grouping
from unicluster.survey.responses import Responses


def item_nonresponse(responses: Responses, by: str | None = None) -> pd.DataFrame:
    """Missing answers of each question, by reason, in all or within groups.

    Parameters
    ----------
    responses : Responses
    by : str, optional
        ``"university"`` or a single-choice question, as in `cross_tabulate`.

    Returns
    -------
    DataFrame
        Rows (question, group): ``respondents``, ``answered``, ``missing``, ``share_missing`` (missing /
        respondents, NaN in an empty group), then a column of counts for each reason that occurs,
        named ``missing: reason``.

    Raises
    ------
    InputError
        When ``by`` is not a grouping.
    """
    groups = grouping(responses, by)
    reasons = sorted({cell for cell in responses.missing.to_numpy().ravel() if cell is not None})
    tables = {}
    for question in responses.questions:
        given = responses.missing[question]
        table = pd.DataFrame({"respondents": groups.groupby(groups, observed=False).size()})
        table["answered"] = given.isna().groupby(groups, observed=False).sum().astype(int)
        table["missing"] = table["respondents"] - table["answered"]
        table["share_missing"] = table["missing"] / table["respondents"].where(table["respondents"] > 0)
        for reason in reasons:
            table[f"missing: {reason}"] = (given == reason).groupby(groups, observed=False).sum()
        tables[question] = table
    return pd.concat(tables, names=["question", "group"])


def missing_patterns(responses: Responses) -> pd.DataFrame:
    """Which answers are missing together.

    Parameters
    ----------
    responses : Responses

    Returns
    -------
    DataFrame
        One row a pattern, the commonest first: ``unanswered`` (the questions, separated by commas; empty
        for complete rows), ``respondents`` and ``share`` of all respondents.
    """
    missing = responses.missing.notna()
    unanswered = missing.apply(lambda row: ", ".join(row.index[row]), axis=1)
    counts = unanswered.value_counts().rename_axis("unanswered").rename("respondents").reset_index()
    counts["share"] = counts["respondents"] / len(missing)
    return counts.sort_values(["respondents", "unanswered"], ascending=[False, True], ignore_index=True)
