"""The single-choice questions of a survey, with what is known of their answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster.language import OR_MORE, mark

NOT_REPORTED = mark("Not reported")


@dataclass(frozen=True, eq=False)
class Scale:
    """What is known of the answers to one single-choice question.

    Attributes
    ----------
    question, title : str
    base : int
        Respondents asked.
    ordinal : bool
        Are the options points of a scale?
    least : Series of int
        Answers that each option has at least, by its label, in their order.
    counted : Series of bool
        Options with a known count.
    """

    question: str
    title: str
    base: int
    ordinal: bool
    least: pd.Series
    counted: pd.Series

    @property
    def residual(self) -> int:
        """Respondents whose answer is not known."""
        return self.base - int(self.least.sum())

    @property
    def known(self) -> pd.Series:
        """The known counts alone."""
        return self.least[self.counted]

    @property
    def everybody(self) -> pd.Series:
        """The known counts, and all other respondents together as one more option."""
        rest = self.base - int(self.known.sum())
        return pd.concat([self.known, pd.Series({NOT_REPORTED: rest})]) if rest else self.known

    @property
    def is_estimable(self) -> bool:
        """Are the counts of two options or more known, and not all of them zero?"""
        return len(self.known) > 1 and bool(self.known.sum())

    @property
    def lower(self) -> list[int]:
        """Places of the options below the middle."""
        return list(range(len(self.least) // 2))

    @property
    def upper(self) -> list[int]:
        """Places of the options above the middle."""
        return list(range(len(self.least) - len(self.least) // 2, len(self.least)))

    @property
    def group(self) -> list[int]:
        """Places of the answers whose share is asked for: above the middle of a scale, else the most frequent."""
        return self.upper if self.ordinal and self.upper else [int(np.argmax(self.least))]

    @property
    def group_label(self) -> str:
        """The answers of ``group`` in words."""
        first = self.least.index[self.group[0]]
        return first if len(self.group) == 1 else OR_MORE.format(name=first)


def scales(questions: pd.DataFrame, counts: pd.DataFrame, ordinal: bool | None = None) -> list[Scale]:
    """The single-choice questions that have options.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`, which has found no fault in them.
    ordinal : bool, optional
        Only those whose options are (or are not) points of a scale.

    Returns
    -------
    list of Scale
        In the order of the questions.
    """
    found = []
    for row in questions.sort_values("order").itertuples():
        own = counts[counts["question"].eq(row.question)].sort_values("order").set_index("label_en")
        if row.choice != "single" or own.empty or ordinal not in (None, row.scale == "ordinal"):
            continue
        least, counted = own["low"].astype(int), own["count"].notna()
        found.append(Scale(row.question, row.title_en, int(row.base), row.scale == "ordinal", least, counted))
    return found
