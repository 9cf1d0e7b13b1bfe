"""Published margins: what is known of the answers to each question, as bounds of its counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.survey.counts import whole_number_faults
from unicluster.survey.questionnaire import missing_columns


@dataclass(frozen=True)
class Margin:
    """The published counts of one question.

    Attributes
    ----------
    question : str
    options : tuple of str
        In their order on the scale, lowest first.
    low, high : tuple of int
        Bounds of the count of each option; equal where the count is known.
    ordinal : bool, default False
        Are the options points of a scale?
    multiple : bool, default False
        May one respondent choose several options?
    exclusive : str or None, default None
        The option of a multi-select question that nobody chooses together with another, such as "hard to
        answer".
    complete : bool, default False
        Did every respondent answer? Else those whom no option accounts for gave no answer.
    """

    question: str
    options: tuple[str, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    ordinal: bool = False
    multiple: bool = False
    exclusive: str | None = None
    complete: bool = False


def published_margins(
    questions: pd.DataFrame, counts: pd.DataFrame, exclusive: Collection[str] = ("hard-to-answer",)
) -> tuple[Margin, ...]:
    """Margins of all questions from their two tables.

    Parameters
    ----------
    questions : DataFrame
        Table ``survey_questions``: ``question``, ``order``, ``choice``, ``scale`` and ``base``. Where it is
        unknown if one or several answers were allowed, several are, which supposes less.
    counts : DataFrame
        Table ``survey_counts``: ``question``, ``option``, ``order``, ``low`` and ``high``.
    exclusive : collection of str
        Options that exclude the others in a multi-select question.

    Returns
    -------
    tuple of Margin
        In the order of the questions; complete when the least counts of a single-choice question already
        add up to its base.

    Raises
    ------
    InputError
        Missing columns, options of a question that is not listed.
    """
    faults = missing_columns(questions, ("question", "order", "choice", "scale", "base"), "survey_questions")
    faults += missing_columns(counts, ("question", "option", "order", "low", "high"), "survey_counts")
    refuse(faults)
    refuse(
        Fault("options of a question that is not listed", file="survey_counts", column=name)
        for name in sorted(set(counts["question"]) - set(questions["question"]))
    )
    margins = []
    for row in questions.sort_values("order").itertuples():
        own = counts[counts["question"] == row.question].sort_values("order")
        multiple = row.choice != "single"
        named = [option for option in own["option"] if multiple and option in exclusive]
        margins.append(
            Margin(
                question=row.question,
                options=tuple(own["option"]),
                low=tuple(own["low"].astype(int)),
                high=tuple(own["high"].astype(int)),
                ordinal=row.scale == "ordinal",
                multiple=multiple,
                exclusive=named[0] if named else None,
                complete=not multiple and bool(own["low"].sum() == row.base),
            )
        )
    return tuple(margins)


def margin_faults(margin: Margin, base: int) -> list[Fault]:
    """Every fault of a margin: counts that are none, or that so many respondents cannot give."""
    faults = []

    def fault(message: str, value: object = None) -> None:
        faults.append(Fault(message, column=margin.question, value=None if value is None else str(value)))

    if not margin.options:
        fault("the question has no options; list them")
    if len(set(margin.options)) < len(margin.options):
        fault("an option is listed twice; keep one")
    if not len(margin.options) == len(margin.low) == len(margin.high):
        fault("each option needs a least and a greatest count")
        return faults
    faults += whole_number_faults(margin.low, f"low of {margin.question}")
    faults += whole_number_faults(margin.high, f"high of {margin.question}")
    if faults or not margin.options:
        return faults
    for option, low, high in zip(margin.options, margin.low, margin.high, strict=True):
        if low > high:
            fault(f"{option!r}: the least count exceeds the greatest; correct them", f"{low} to {high}")
        if low > base:
            fault(f"{option!r}: more than the {base} respondents; correct the count or the base", low)
    return faults or (_multiple_faults if margin.multiple else _single_faults)(margin, base)


def _single_faults(margin: Margin, base: int) -> list[Fault]:
    faults = []
    if margin.exclusive is not None:
        faults.append(Fault("only a multi-select question has an excluding option", column=margin.question))
    if sum(margin.low) > base:
        message = f"the answers add up to {sum(margin.low)}, more than the {base} respondents; correct them"
        faults.append(Fault(message, column=margin.question))
    if margin.complete and sum(margin.high) < base:
        message = f"at most {sum(margin.high)} answers of {base} respondents; not all can have answered"
        faults.append(Fault(message, column=margin.question))
    return faults


def _multiple_faults(margin: Margin, base: int) -> list[Fault]:
    if margin.exclusive is not None and margin.exclusive not in margin.options:
        message = "the excluding option is not an option of the question"
        return [Fault(message, column=margin.question, value=margin.exclusive)]
    bounds = dict(zip(margin.options, zip(margin.low, margin.high, strict=True), strict=True))
    excluded_low, excluded_high = bounds.pop(margin.exclusive, (0, 0))
    faults = []
    if not bounds:
        faults.append(Fault("no option beside the excluding one", column=margin.question))
    elif excluded_low + max(high for _, high in bounds.values()) > base:
        message = f"{margin.exclusive!r} and the largest item together exceed the {base} respondents"
        message = message if margin.exclusive else f"an item exceeds the {base} respondents"
        faults.append(Fault(message + "; lower their greatest counts", column=margin.question))
    if margin.complete and base - sum(low for low, _ in bounds.values()) > excluded_high:
        message = "fewer mentions than respondents are possible; raise the least counts or drop `complete`"
        faults.append(Fault(message, column=margin.question))
    return faults
