"""Counts from respondent rows: the published kind of table, made from the rows or held against them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.survey.cross_tabulation import cross_tabulate
from unicluster.survey.responses import Responses, code_responses


def checked_responses(
    table: pd.DataFrame,
    questions: pd.DataFrame,
    counts: pd.DataFrame,
    missing_codes: Mapping[str, str] | None = None,
) -> Responses:
    """Code a region's respondent rows and hold them against its counts.

    Parameters
    ----------
    table, questions, missing_codes
        As for `code_responses`; ``questions`` with ``base`` as well.
    counts : DataFrame
        Table ``survey_counts``: the options of each question with ``low`` and ``high``.

    Returns
    -------
    Responses

    Raises
    ------
    InputError
        As `code_responses`; then every option whose answers in the rows lie outside ``low`` to ``high``, and every
        question whose base is not the number of rows.
    """
    responses = code_responses(table, questions, counts, missing_codes)
    rows = len(responses.university)
    faults = [
        Fault(f"the base is {base} but there are {rows} rows; correct one of them", "survey_questions", column=question)
        for question, base in zip(questions["question"], questions["base"], strict=True)
        if base != rows
    ]
    told = tally(responses).set_index(["question", "option"])["count"]
    for row in counts.itertuples():
        found = told[row.question, row.option]
        if not row.low <= found <= row.high:
            allowed = row.low if row.low == row.high else f"{row.low} to {row.high}"
            message = f"the rows hold {found} such answers, the counts say {allowed}; tabulate the counts anew"
            faults.append(Fault(message, "survey_counts", column=row.question, value=row.option))
    refuse(faults)
    return responses


def counts_from_responses(
    responses: Responses, questions: pd.DataFrame, options: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``survey_questions`` and ``survey_counts`` as the rows give them.

    Parameters
    ----------
    responses : Responses
    questions : DataFrame
        Table ``survey_questions``; its ``base`` and ``residual`` are filled in.
    options : DataFrame
        Table ``survey_counts``; its ``count``, ``low`` and ``high`` are filled in.

    Returns
    -------
    questions, counts : DataFrame
        The other columns and the order of the rows unchanged. ``residual`` is empty for multiple-choice questions.
    """
    told = tally(responses)
    count = pd.MultiIndex.from_frame(options[["question", "option"]])
    count = told.set_index(["question", "option"])["count"].reindex(count).to_numpy(int)
    missing = told.groupby("question")["missing"].first().reindex(questions["question"]).to_numpy(int)
    single = questions["choice"].eq("single").to_numpy(bool)
    residual = pd.array(np.where(single, missing, 0), dtype="Int64")
    residual[~single] = pd.NA
    return (
        questions.assign(base=len(responses.university), residual=residual),
        options.assign(count=count, low=count, high=count),
    )


def tally(responses: Responses) -> pd.DataFrame:
    """Answers to every question: ``question``, ``option``, ``count``, ``base``, ``missing``, ``share``.

    Parameters
    ----------
    responses : Responses
    """
    tables = {question: cross_tabulate(responses, question) for question in responses.questions}
    return pd.concat(tables, names=["question"]).reset_index("question").drop(columns="group").reset_index(drop=True)
