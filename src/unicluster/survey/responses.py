"""Respondent rows: checked all at once against the questionnaire, then coded for analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import process

from unicluster.faults import Fault, refuse
from unicluster.survey.questionnaire import (
    Missing,
    Question,
    as_text,
    listed,
    missing_columns,
    read_questionnaire,
)

TAG = "tag"
"""The column that says how a row is known; no question."""


@dataclass(frozen=True, eq=False)
class Responses:
    """Checked answers of every respondent; made by `code_responses`.

    Attributes
    ----------
    university : Series of category
        University of each respondent, indexed by respondent.
    single : DataFrame of category
        One column a single-choice question, ordered where the scale is ordinal. A missing answer is NaN.
    multiple : dict of str to DataFrame of float
        For each multiple-choice question one 0/1 column an option; a row of NaN is a missing answer.
    missing : DataFrame of object
        Respondents by questions: why the answer is missing, None where there is one.
    off_scale : dict of str to tuple of str
        For each ordinal question the options without an order ("hard to say"): answers, but not
        points of the scale.
    """

    university: pd.Series
    single: pd.DataFrame
    multiple: Mapping[str, pd.DataFrame]
    missing: pd.DataFrame
    off_scale: Mapping[str, tuple[str, ...]]

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question, in the order of the questions table."""
        return tuple(self.missing.columns)

    def ordinal(self, question: str) -> pd.Series:
        """Answers on the scale as an ordered category; answers off the scale and missing ones are NaN.

        Raises
        ------
        InputError
            When the question is not an ordinal one.
        """
        if question not in self.off_scale:
            message = f"not an ordinal question; those are {listed(self.off_scale)}"
            refuse([Fault(message, column=question)])
        return self.single[question].cat.remove_categories(list(self.off_scale[question]))

    def scores(self, questions: Sequence[str]) -> pd.DataFrame:
        """Points 1, 2, 3 … of ordinal questions (float, respondents by questions), NaN elsewhere.

        Raises
        ------
        InputError
            When a question is not an ordinal one.
        """
        codes = {question: self.ordinal(question).cat.codes for question in questions}
        return pd.DataFrame(codes).replace(-1, np.nan).astype(float) + 1

    def selections(self, question: str) -> pd.DataFrame:
        """0/1 table of a multiple-choice question (int, those who answered it by options).

        Raises
        ------
        InputError
            When the question is not a multiple-choice one.
        """
        if question not in self.multiple:
            message = f"not a multiple-choice question; those are {listed(self.multiple)}"
            refuse([Fault(message, column=question)])
        return self.multiple[question].dropna().astype(int)


def code_responses(
    table: pd.DataFrame,
    questions: pd.DataFrame,
    options: pd.DataFrame,
    missing_codes: Mapping[str, str] | None = None,
) -> Responses:
    """Check a table of respondents against the questionnaire and code it.

    Parameters
    ----------
    table : DataFrame
        One row a respondent: ``respondent``, ``university``, then one column a question; a column ``tag`` (how
        the row is known) is passed over. A cell
        holds an option, or its order number if the whole column does; several answers to a
        multiple-choice question are separated by ``;``. ``attrs["lines"]`` may give the file's
        line of each row; else the first row is line 2.
    questions : DataFrame
        Columns ``question``, ``choice`` ("single" or "multiple") and ``scale`` ("nominal" or "ordinal").
    options : DataFrame
        Columns ``question``, ``option``, ``order``: the place on the scale, lowest first. An
        option of an ordinal question that has no order is an answer off the scale, such as
        "hard to say".
    missing_codes : mapping of str to str, optional
        Codes that stand for a missing answer and what each means, for example
        ``{"99": "refused"}``. An empty cell always means "no answer".

    Returns
    -------
    Responses
        Defined for one university and for options that nobody chose; methods that need more say so.

    Raises
    ------
    InputError
        Every fault of the questionnaire at once; when it has none, every fault of the rows at
        once: a respondent twice, an unknown question, option or code, two codings in one column,
        several answers where one is allowed.
    """
    codes = {str(code): str(reason) for code, reason in (missing_codes or {}).items()}
    plan = read_questionnaire(questions, options, codes)
    lines = list(table.attrs.get("lines", range(2, len(table) + 2)))
    faults = _row_faults(table, plan, lines)
    answers = {}
    for name in [name for name in plan if name in table]:
        answers[name], found = plan[name].read(as_text(table[name]), lines, codes)
        faults += found
    refuse(faults)
    index = pd.Index(as_text(table["respondent"]), name="respondent")
    single = {n: _categories(plan[n], answers[n]) for n in plan if not plan[n].multiple}
    reasons = {n: [a.reason if isinstance(a, Missing) else None for a in answers[n]] for n in plan}
    return Responses(
        university=pd.Series(pd.Categorical(as_text(table["university"])), index=index, name="university"),
        single=pd.DataFrame(single, index=index),
        multiple={n: _indicators(plan[n], answers[n], index) for n in plan if plan[n].multiple},
        missing=pd.DataFrame(reasons, index=index, dtype=object),
        off_scale={n: plan[n].off_scale for n in plan if plan[n].ordinal},
    )


def _categories(question: Question, answers: list[tuple[str, ...] | Missing]) -> pd.Categorical:
    chosen = [None if isinstance(answer, Missing) else answer[0] for answer in answers]
    return pd.Categorical(chosen, categories=list(question.options), ordered=question.ordinal)


def _indicators(question: Question, answers: list[tuple[str, ...] | Missing], index: pd.Index) -> pd.DataFrame:
    rows = [
        [np.nan if isinstance(answer, Missing) else float(o in answer) for o in question.options] for answer in answers
    ]
    return pd.DataFrame(rows, index=index, columns=list(question.options))


def _row_faults(table: pd.DataFrame, plan: Mapping[str, Question], lines: Sequence[int]) -> list[Fault]:
    faults = missing_columns(table, ("respondent", "university", *plan), "responses")
    for name in table.columns.difference(["respondent", "university", TAG, *plan], sort=False):
        near = process.extractOne(str(name), list(plan), score_cutoff=70)
        hint = f"write {near[0]!r}" if near else "list it among the questions or remove the column"
        faults.append(Fault(f"no such question; {hint}", column=str(name)))
    if table.empty:
        faults.append(Fault("no respondents; add at least one row", file="responses"))
    for name in ("respondent", "university"):
        if name in table:
            cells = as_text(table[name])
            empty = [line for line, cell in zip(lines, cells, strict=True) if not cell]
            faults += [Fault("empty; every row needs one", row=line, column=name) for line in empty]
            faults += _repeated(cells, lines) if name == "respondent" else _spelled_twice(cells, lines)
    return faults


def _repeated(respondents: Sequence[str], lines: Sequence[int]) -> list[Fault]:
    faults, first = [], {}
    for line, respondent in zip(lines, respondents, strict=True):
        if respondent and first.setdefault(respondent, line) != line:
            message = f"the respondent is already in row {first[respondent]}; keep one of the two rows"
            faults.append(Fault(message, row=line, column="respondent", value=respondent))
    return faults


def _spelled_twice(universities: Sequence[str], lines: Sequence[int]) -> list[Fault]:
    faults, spelling, seen = [], {}, set()
    for line, university in zip(lines, universities, strict=True):
        usual = spelling.setdefault(" ".join(university.casefold().split()), university)
        if university != usual and university not in seen:
            seen.add(university)
            message = f"elsewhere spelt {usual!r}; write one university one way"
            faults.append(Fault(message, row=line, column="university", value=university))
    return faults
