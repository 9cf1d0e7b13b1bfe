"""Who answered what, and who did not: by university and by subgroup."""

from __future__ import annotations

import pandas as pd

from unicluster.language import mark
from unicluster.survey.likert import diverging, likert_counts
from unicluster.survey.nonresponse import item_nonresponse
from unicluster.survey.respondents.study import UNIVERSITY, Study, or_reason

EVERYBODY = mark("Everybody")


@or_reason
def group_counts(study: Study) -> pd.DataFrame:
    """Answers to the outcome in all, by university and by subgroup, one row a group.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        ``heading``, ``group``, a column of counts for each option (its words), ``answered``.
    """
    outcome = study.needed("outcome")
    tables = []
    for by in _groupings(study):
        counts = likert_counts(study.responses, [outcome], by).droplevel("question")
        counts.columns = [study.label(outcome, option) for option in counts.columns]
        counts["answered"] = counts.sum(axis=1)
        counts.insert(0, "group", [study.label(by or "", group) for group in counts.index.astype(str)])
        counts.insert(0, "heading", study.title(by) if by else EVERYBODY)
        tables.append(counts.reset_index(drop=True))
    return pd.concat(tables, ignore_index=True)


@or_reason
def likert_by_group(study: Study) -> pd.DataFrame:
    """Segments of diverging bars of the outcome, by university and by subgroup.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        As `diverging`, with ``heading``, ``group`` and ``option`` in words.
    """
    outcome = study.needed("outcome")
    tables = []
    for by in _groupings(study)[1:]:
        table = diverging(likert_counts(study.responses, [outcome], by).droplevel("question"))
        table["option"] = [study.label(outcome, option) for option in table["option"].astype(str)]
        table["group"] = [study.label(by, group) for group in table["group"].astype(str)]
        table.insert(0, "heading", study.title(by))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


@or_reason
def likert_items(study: Study) -> pd.DataFrame:
    """Segments of diverging bars of the items of one scale, all respondents.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        As `likert_by_group`; the groups are the items.
    """
    items = study.needed("items")
    table = diverging(likert_counts(study.responses, items).droplevel("group")).rename(columns={"question": "group"})
    table["option"] = [study.label(items[0], option) for option in table["option"].astype(str)]
    table["group"] = [study.title(item) for item in table["group"]]
    table.insert(0, "heading", EVERYBODY)
    return table


def answered(study: Study) -> pd.DataFrame:
    """Missing answers of each question by reason, and the university that leaves it out most.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        One row a question and reason: ``question``, ``title``, ``respondents``, ``missing`` (in all), ``reason``,
        ``count``, ``share`` (per cent of the respondents), ``most`` (the university with the largest share missing) and
        ``most_share`` (per cent there).
    """
    every = item_nonresponse(study.responses).droplevel("group")
    by = item_nonresponse(study.responses, UNIVERSITY)["share_missing"].unstack("question")
    rows = []
    for question, row in every.iterrows():
        for column in [c for c in every if c.startswith("missing: ")]:
            rows.append(
                {
                    "question": question,
                    "title": study.title(question),
                    "respondents": int(row["respondents"]),
                    "missing": int(row["missing"]),
                    "reason": column.removeprefix("missing: "),
                    "count": int(row[column]),
                    "share": 100 * row[column] / row["respondents"],
                    "most": by[question].idxmax(),
                    "most_share": 100 * by[question].max(),
                }
            )
    columns = ["question", "title", "respondents", "missing", "reason", "count", "share", "most", "most_share"]
    return pd.DataFrame(rows, columns=columns)


def _groupings(study: Study) -> list[str | None]:
    return [None, UNIVERSITY, *([study.subgroup] if study.subgroup else [])]
