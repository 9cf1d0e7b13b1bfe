"""Who chose what, from respondent rows: counts and shares by university and subgroup."""

from __future__ import annotations

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.survey.questionnaire import NO_ANSWER, listed
from unicluster.survey.responses import Responses

EVERYBODY = "all"


def cross_tabulate(
    responses: Responses, question: str, by: str | None = None, weights: pd.Series | None = None
) -> pd.DataFrame:
    """Count the answers to one question, in all or within groups.

    Parameters
    ----------
    responses : Responses
    question : str
    by : str, optional
        ``"university"`` or a single-choice question whose options are the groups; respondents without
        an answer to it are the group "no answer". Without it everybody is the group "all".
    weights : Series, optional
        One weight a respondent, indexed as the responses (see `rake`).

    Returns
    -------
    DataFrame
        One row a group and option, also where nobody chose it: ``group``, ``option``, ``count``,
        ``base`` (those of the group who answered), ``missing`` (those who did not), ``share`` (count /
        base, NaN in a group without answers) and, with weights, ``weighted_share``. Shares of a
        multiple-choice question add up to more than 1.

    Raises
    ------
    InputError
        When a question is unknown or the weights do not cover the respondents.
    """
    chosen = _chosen(responses, question)
    groups = grouping(responses, by)
    answered = chosen.notna().all(axis=1)

    def total(values: pd.Series | pd.DataFrame) -> pd.Series | pd.DataFrame:
        return values.fillna(0).groupby(groups, observed=False).sum()

    table = total(chosen).astype(int).stack().rename("count").rename_axis(["group", "option"]).reset_index()
    table["base"] = table["group"].map(total(answered)).astype(int)
    table["missing"] = table["group"].map(total(~answered)).astype(int)
    table["share"] = table["count"] / table["base"].where(table["base"] > 0)
    if weights is not None:
        aligned = _aligned(weights, chosen.index)
        base = total(aligned.where(answered))
        shares = total(chosen.mul(aligned, axis=0)).div(base.where(base > 0), axis=0)
        table["weighted_share"] = shares.to_numpy().ravel()
    return table


def grouping(responses: Responses, by: str | None) -> pd.Series:
    """Group of each respondent as a category: everybody, a university, or an answer.

    Parameters
    ----------
    responses : Responses
    by : str or None
        As in `cross_tabulate`.

    Returns
    -------
    Series of category

    Raises
    ------
    InputError
        When ``by`` is neither None, ``"university"`` nor a single-choice question.
    """
    if by is None:
        everybody = pd.Categorical([EVERYBODY] * len(responses.university))
        return pd.Series(everybody, index=responses.university.index)
    if by == "university":
        return responses.university
    if by not in responses.single:
        message = f"no such grouping; choose 'university' or one of {listed(responses.single)}"
        refuse([Fault(message, column="by", value=by)])
    answers = responses.single[by]
    if answers.notna().all():
        return answers
    groups = dict.fromkeys([*answers.cat.categories, NO_ANSWER])
    return answers.cat.set_categories(list(groups)).fillna(NO_ANSWER)


def _chosen(responses: Responses, question: str) -> pd.DataFrame:
    """0/1 by option with NaN rows where the answer is missing, for either kind of question."""
    if question in responses.multiple:
        return responses.multiple[question]
    if question not in responses.single:
        message = f"no such question; there are {listed(responses.questions)}"
        refuse([Fault(message, column="question", value=question)])
    answers = responses.single[question]
    chosen = pd.get_dummies(answers, dtype=float)
    chosen[answers.isna()] = np.nan
    return chosen


def _aligned(weights: pd.Series, respondents: pd.Index) -> pd.Series:
    aligned = weights.reindex(respondents)
    absent = aligned.index[aligned.isna()]
    if len(absent):
        refuse([Fault(f"no weight for respondents {listed(absent)}", column="weights")])
    return aligned
