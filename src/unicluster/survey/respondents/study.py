"""One region's respondents with the words of the questionnaire and the questions that each method is to use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce, wraps

import pandas as pd

from unicluster.faults import Fault, InputError, refuse
from unicluster.language import Told, mark
from unicluster.survey.response_counts import checked_responses
from unicluster.survey.responses import Responses

UNIVERSITY = "university"

LACKING = {
    "outcome": mark("the survey has no ordinal question"),
    "predictors": mark("the survey has no question that could explain another"),
    "subgroup": mark("the survey has no nominal question to form groups by"),
    "items": mark("the survey has no two questions on one scale"),
    "several": mark("the survey has no multiple-choice question"),
}
"""What is said where a method finds no question, by the attribute of `Study` that it needs."""


@dataclass(frozen=True, eq=False)
class Study:
    """Coded answers and what is asked of them.

    Attributes
    ----------
    responses : Responses
    titles : dict of str to str
        Words of each question.
    labels : dict of (str, str) to str
        Words of each question's option.
    outcome : str or None
        Ordinal question to be explained.
    predictors : tuple of str
        Single-choice questions that may explain it.
    subgroup : str or None
        Nominal question whose options are compared.
    items : tuple of str
        Ordinal questions on one scale that are meant to measure one thing.
    several : str or None
        Multiple-choice question.
    """

    responses: Responses
    titles: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]
    outcome: str | None
    predictors: tuple[str, ...]
    subgroup: str | None
    items: tuple[str, ...]
    several: str | None

    @property
    def ordinal(self) -> tuple[str, ...]:
        """Every ordinal question."""
        return tuple(self.responses.off_scale)

    def title(self, name: str) -> str:
        """Words of a question, or of the column ``university``."""
        return self.titles.get(name, name.capitalize())

    def label(self, question: str, option: str) -> str:
        """Words of an option or a university; a missing answer as it is."""
        return self.labels.get((question, option), option)

    def column(self, name: str) -> str:
        """Words of a column of a design, which is a question or ``question: option``."""
        question, found, option = name.partition(": ")
        return f"{self.title(question)}: {self.label(question, option)}" if found else self.title(name)

    def needed(self, name: str) -> str:
        """The question chosen for a purpose, or a fault that says there is none."""
        chosen = getattr(self, name)
        if not chosen:
            refuse([Fault(LACKING[name])])
        return chosen


def study(
    rows: pd.DataFrame,
    questions: pd.DataFrame,
    counts: pd.DataFrame,
    missing_codes: Mapping[str, str] | None = None,
    *,
    outcome: str = "",
    predictors: Sequence[str] = (),
    subgroup: str = "",
    items: Sequence[str] = (),
    several: str = "",
    universities: Mapping[str, str] | None = None,
) -> Study:
    """Code a region's rows and settle which question each method uses.

    Parameters
    ----------
    rows, questions, counts : DataFrame
        Tables ``survey_responses``, ``survey_questions`` and ``survey_counts`` of one region.
    missing_codes : mapping of str to str, optional
        As for `code_responses`.
    outcome, predictors, subgroup, items, several
        Names of questions, see `Study`. One that was not asked, or is of the wrong kind, is replaced: the first ordinal
        question as outcome, the first nominal one as subgroup and, with the outcome left out, as predictor, the
        largest set of ordinal questions with the same options as items, the first multiple-choice question.
    universities : mapping of str to str, optional
        Name of each university; one without is called by its identifier.

    Returns
    -------
    Study

    Raises
    ------
    InputError
        As `checked_responses`.
    """
    responses = checked_responses(rows, questions, counts, missing_codes)
    ordinal, nominal = list(responses.off_scale), [q for q in responses.single if q not in responses.off_scale]
    result = next(iter([q for q in (outcome, *ordinal) if q in ordinal]), None)
    group = next(iter([q for q in (subgroup, *nominal) if q in nominal]), None)
    causes = [q for q in predictors if q in responses.single and q != result]
    causes = causes or [q for q in (group,) if q]
    scales = defaultdict(list)
    for question in ordinal:
        scales[tuple(responses.ordinal(question).cat.categories)].append(question)
    asked = [q for q in items if q in ordinal]
    together = asked if len(asked) > 1 else max(scales.values(), key=len, default=[])
    multiple = next(iter([q for q in (several, *responses.multiple) if q in responses.multiple]), None)
    return Study(
        responses=responses,
        titles=dict(zip(questions["question"], questions["title_en"], strict=True)),
        labels={(row.question, row.option): row.label_en for row in counts.itertuples()}
        | {(UNIVERSITY, university): name for university, name in (universities or {}).items()},
        outcome=result,
        predictors=tuple(causes),
        subgroup=group,
        items=tuple(together) if len(together) > 1 else (),
        several=multiple,
    )


def or_reason(method: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Let a method that cannot be applied give an empty table with the reason instead of ending the chapter."""

    @wraps(method)
    def careful(*given: object, **named: object) -> pd.DataFrame:
        try:
            return method(*given, **named)
        except InputError as error:
            empty = pd.DataFrame()
            empty.attrs["reason"] = reduce(_and_also, (fault.message for fault in error.faults))
            return empty

    return careful


def _and_also(one: str, other: str) -> Told:
    return Told("{one}; {other}", one=one, other=other)
