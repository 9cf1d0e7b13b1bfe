"""The shape of diverging stacked Likert plots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.survey.cross_tabulation import grouping
from unicluster.survey.questionnaire import listed
from unicluster.survey.responses import Responses


def likert_counts(responses: Responses, questions: Sequence[str], by: str | None = None) -> pd.DataFrame:
    """Counts on a shared scale, one row a bar of a Likert plot.

    Parameters
    ----------
    responses : Responses
    questions : sequence of str
        Ordinal questions with the same options on the scale.
    by : str, optional
        As in `cross_tabulate`.

    Returns
    -------
    DataFrame of int
        Rows (question, group), columns the options from the lowest to the highest. Answers off the
        scale and missing ones are not counted.

    Raises
    ------
    InputError
        When a question is not ordinal or the scales differ.
    """
    answers = {question: responses.ordinal(question) for question in questions}
    scales = {tuple(answer.cat.categories) for answer in answers.values()}
    if len(scales) != 1:
        refuse([Fault(f"the questions {listed(questions)} do not share one scale; plot them apart")])
    groups = grouping(responses, by)
    counts = {
        question: pd.get_dummies(answer, dtype=int).groupby(groups, observed=False).sum()
        for question, answer in answers.items()
    }
    return pd.concat(counts, names=["question", "group"])


def diverging(counts: pd.DataFrame) -> pd.DataFrame:
    """Where each segment of a diverging stacked bar begins and ends.

    The middle of the scale lies on zero: with an odd number of options the middle one is cut in half,
    with an even number zero is between the two halves of the scale.

    Parameters
    ----------
    counts : DataFrame of int
        One row a bar, columns the options of the scale from the lowest to the highest, as from
        `likert_counts` or from published counts.

    Returns
    -------
    DataFrame
        One row a bar and option: the index of ``counts`` as columns, then ``option``, ``count``,
        ``base`` (answers on the scale), ``share``, ``left`` and ``right`` (in shares of the base, negative
        below the middle). All NaN from ``share`` on for a bar without answers.

    Raises
    ------
    InputError
        When a count is negative, missing or not whole.

    References
    ----------
    Heiberger, R. M. and Robbins, N. B. (2014). Design of diverging stacked bar charts for Likert scales
    and other applications. Journal of Statistical Software 57(5).
    """
    values = counts.to_numpy(float)
    wrong = np.argwhere(~(np.isfinite(values) & (values >= 0) & (values == np.round(values))))
    message = "a count is a whole number, zero or more"
    refuse(Fault(message, column=str(counts.columns[j]), value=str(values[i, j])) for i, j in wrong)
    base = values.sum(axis=1, keepdims=True)
    share = np.divide(values, base, out=np.full_like(values, np.nan), where=base > 0)
    half, odd = divmod(values.shape[1], 2)
    below = share[:, :half].sum(axis=1) + (share[:, half] / 2 if odd else 0)
    right = share.cumsum(axis=1) - below[:, None]
    names = [name or f"bar_{i}" for i, name in enumerate(counts.index.names)]
    table = counts.rename_axis(index=names, columns="option").stack().rename("count").reset_index()
    return table.assign(
        base=np.repeat(base.ravel().astype(int), values.shape[1]),
        share=share.ravel(),
        left=(right - share).ravel(),
        right=right.ravel(),
    )
