"""The questionnaire: which options each question has, and how one column of answers is read by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from rapidfuzz import process

from unicluster.faults import Fault, refuse
from unicluster.language import mark

SEPARATOR = ";"
NO_ANSWER = mark("no answer")
USUAL_REASONS = (mark("does not know"), mark("refused"))
"""Why else an answer may be missing, as the chapter's codes say: here so that the catalogues have the words."""
MOST_ROWS_SHOWN = 6


@dataclass(frozen=True)
class Missing:
    """A cell without an answer, and why there is none."""

    reason: str


@dataclass(frozen=True)
class Question:
    """One question as its answers are to be read.

    Attributes
    ----------
    name : str
        The column of the respondent rows.
    multiple : bool
        May one respondent choose several options?
    ordinal : bool
        Are the options points of a scale?
    options : tuple of str
        In their order; those without one come last.
    orders : tuple of (int or None)
        The order of each option; None for an option that is not a point of the scale, such as "hard to say".
    """

    name: str
    multiple: bool
    ordinal: bool
    options: tuple[str, ...]
    orders: tuple[int | None, ...]

    @property
    def off_scale(self) -> tuple[str, ...]:
        """Options without an order."""
        return tuple(option for option, order in zip(self.options, self.orders, strict=True) if order is None)

    @cached_property
    def by_order(self) -> Mapping[str, str]:
        """Option of each order number; a number that is itself an option is read as the option."""
        numbered = {str(order): option for option, order in zip(self.options, self.orders, strict=True)}
        return {order: option for order, option in numbered.items() if order not in self.options}

    def read(
        self, cells: Sequence[str], lines: Sequence[int], missing_codes: Mapping[str, str]
    ) -> tuple[list[tuple[str, ...] | Missing], list[Fault]]:
        """Read one column.

        Parameters
        ----------
        cells : sequence of str
            The column as trimmed text, an empty string where there is nothing.
        lines : sequence of int
            The line of the file of each cell.
        missing_codes : mapping of str to str
            Code and meaning.

        Returns
        -------
        answers : list of (tuple of str or Missing)
            The options chosen by each respondent.
        faults : list of Fault
        """
        answers: list[tuple[str, ...] | Missing] = []
        unknown, several, repeated, named, numbered = defaultdict(list), [], [], [], []
        for line, cell in zip(lines, cells, strict=True):
            if not cell or cell in missing_codes:
                answers.append(Missing(missing_codes.get(cell, NO_ANSWER)))
                continue
            parts = self._parts(cell)
            for part in parts:
                if part in self.options:
                    named.append(line)
                elif part in self.by_order:
                    numbered.append(line)
                else:
                    unknown[part].append(line)
            chosen = tuple(self.by_order.get(part, part) for part in parts)
            if len(parts) > 1 and not self.multiple:
                several.append(line)
            elif len(set(chosen)) < len(chosen):
                repeated.append(line)
            answers.append(chosen)
        faults = [self._unknown(part, where, missing_codes) for part, where in unknown.items()]
        if several:
            faults.append(self._fault("several answers to a question that allows one; keep one", several))
        if repeated:
            faults.append(self._fault("the same option twice in one answer; write it once", repeated))
        if named and numbered:
            fewer = min(named, numbered, key=len)
            kind = "option names" if fewer is named else "order numbers"
            message = f"two codings in one column: here {kind}, elsewhere not; write all in one coding"
            faults.append(self._fault(message, fewer))
        return answers, faults

    def _parts(self, cell: str) -> list[str]:
        if cell in self.options:
            return [cell]
        pieces = [piece.strip() for piece in cell.split(SEPARATOR) if piece.strip()]
        known = all(piece in self.options or piece in self.by_order for piece in pieces)
        return pieces if pieces and (self.multiple or known) else [cell]

    def _unknown(self, value: str, lines: list[int], missing_codes: Mapping[str, str]) -> Fault:
        near = process.extractOne(value, self.options, score_cutoff=70, processor=str.casefold)
        if value in missing_codes:
            return self._fault("a missing code beside an answer; keep one of them", lines, value)
        hint = f"write {near[0]!r}" if near else f"options are {listed(self.options)}"
        return self._fault(f"no such option; {hint}", lines, value)

    def _fault(self, message: str, lines: list[int], value: str | None = None) -> Fault:
        first, *others = dict.fromkeys(lines)
        if others:
            message += f" (also rows {listed(others, MOST_ROWS_SHOWN)})"
        return Fault(message, row=first, column=self.name, value=value)


def read_questionnaire(
    questions: pd.DataFrame, options: pd.DataFrame, missing_codes: Mapping[str, str]
) -> dict[str, Question]:
    """Check the two tables that describe the questions and join them.

    Parameters
    ----------
    questions : DataFrame
        Columns ``question``, ``choice`` ("single" or "multiple") and ``scale`` ("nominal" or "ordinal").
    options : DataFrame
        Columns ``question``, ``option`` and ``order``.
    missing_codes : mapping of str to str
        Code and meaning.

    Returns
    -------
    dict of str to Question

    Raises
    ------
    InputError
        Every fault of the two tables at once.
    """
    faults = missing_columns(questions, ("question", "choice", "scale"), "questions")
    faults += missing_columns(options, ("question", "option", "order"), "options")
    refuse(faults)
    for name in questions.loc[questions["question"].duplicated(), "question"].unique():
        faults.append(Fault("the question is listed twice; keep one", file="questions", column=name))
    for name in sorted(set(options["question"]) - set(questions["question"])):
        faults.append(Fault("options of a question that is not listed", file="options", column=name))
    for row in questions.itertuples():
        own = options[options["question"] == row.question]
        faults += _choice_faults(row.question, row.choice, row.scale, own)
        faults += _option_faults(row.question, own, row.choice == "multiple", missing_codes)
    refuse(faults)
    ordered = options.sort_values("order", kind="stable", na_position="last")
    read = {}
    for row in questions.itertuples():
        own = ordered[ordered["question"] == row.question]
        read[row.question] = Question(
            name=row.question,
            multiple=row.choice == "multiple",
            ordinal=row.scale == "ordinal",
            options=tuple(as_text(own["option"])),
            orders=tuple(None if pd.isna(order) else int(order) for order in own["order"]),
        )
    return read


def _choice_faults(question: str, choice: str, scale: str, own: pd.DataFrame) -> list[Fault]:
    faults = []
    if choice not in ("single", "multiple"):
        message = "respondent rows need a choice of 'single' or 'multiple'; say which it was"
        faults.append(Fault(message, file="questions", column=question, value=choice))
    if scale not in ("nominal", "ordinal"):
        message = "a scale is 'nominal' or 'ordinal'"
        faults.append(Fault(message, file="questions", column=question, value=scale))
    if (choice, scale) == ("multiple", "ordinal"):
        message = "several answers are not one point of a scale; make the scale nominal or the choice single"
        faults.append(Fault(message, file="questions", column=question))
    if own.empty:
        faults.append(Fault("the question has no options; list them", file="options", column=question))
    elif scale == "ordinal" and own["order"].notna().sum() < 2:
        faults.append(Fault("a scale needs two ordered options or more", file="options", column=question))
    return faults


def _option_faults(question: str, own: pd.DataFrame, multiple: bool, missing_codes: Mapping[str, str]) -> list[Fault]:
    names = pd.Series(as_text(own["option"]), dtype=object)
    orders = own["order"].dropna()
    found = [("the option is listed twice", name) for name in names[names.duplicated()]]
    found += [("two options have the same order", str(o)) for o in orders[orders.duplicated()]]
    found += [("also a missing code; rename one of them", n) for n in names if n in missing_codes]
    if multiple:
        message = f"{SEPARATOR!r} separates answers; rename the option"
        found += [(message, name) for name in names if SEPARATOR in name]
    return [Fault(text, file="options", column=question, value=value) for text, value in found]


def missing_columns(table: pd.DataFrame, wanted: Iterable[str], name: str) -> list[Fault]:
    """A fault for each column that ``table`` lacks."""
    return [Fault("the column is missing; add it", file=name, column=c) for c in wanted if c not in table]


def as_text(column: Iterable[object]) -> list[str]:
    """Cells as trimmed text: a whole number without its decimals, a missing cell as an empty string."""
    return ["" if pd.isna(cell) else _trimmed(cell) for cell in column]


def _trimmed(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def listed(names: Iterable[object], most: int = 8) -> str:
    """Names or numbers joined for a message, the rest of a long list left out."""
    shown = [repr(name) for name in names]
    return ", ".join(shown[:most] + ["…"] * (len(shown) > most)) or "none"
