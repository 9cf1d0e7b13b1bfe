"""Synthetic respondents: every published margin exactly, and every kind of joint answer that it allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from unicluster.faults import Fault, refuse
from unicluster.survey.counts import as_floats, whole_number_faults
from unicluster.survey.couplings import NO_ANSWER, Coupling, multiple_choice, one_of, single_choice
from unicluster.survey.margins import Margin, margin_faults
from unicluster.survey.questionnaire import SEPARATOR, listed

TAG = "synthetic"
COUPLINGS = {"spanning": Coupling.spanning, "independent": Coupling.none}


@dataclass(frozen=True, eq=False)
class SyntheticSurvey:
    """Many made-up surveys, none of which the published counts can tell from the real one.

    Attributes
    ----------
    margins : tuple of Margin
        What every draw reproduces.
    universities : tuple of str
    university : ndarray of int, shape (draws, respondents)
        Place of the university of each respondent. Sizes are made up as well.
    single : dict of str to ndarray of int, shape (draws, respondents)
        Place of the option chosen in each single-choice question, -1 where there is no answer.
    multiple : dict of str to ndarray of bool, shape (draws, respondents, options)
        Options chosen in each multi-select question.
    tag : str
        "synthetic", to be shown wherever these respondents appear.
    """

    margins: tuple[Margin, ...]
    universities: tuple[str, ...]
    university: NDArray[np.int16]
    single: Mapping[str, NDArray[np.int16]]
    multiple: Mapping[str, NDArray[np.bool_]]
    tag: str = TAG

    @property
    def draws(self) -> int:
        """Number of made-up surveys."""
        return self.university.shape[0]

    def responses(self, draw: int) -> pd.DataFrame:
        """One made-up survey as a table of respondents.

        Parameters
        ----------
        draw : int
            From 0.

        Returns
        -------
        DataFrame
            As `code_responses` reads it: ``respondent`` (named synthetic), ``university``, one column a
            question, several options separated by ``;``, empty where there is no answer. ``attrs["tag"]``
            is the tag.

        Raises
        ------
        InputError
            When there is no such draw.
        """
        if draw not in range(self.draws):
            refuse([Fault(f"draws are 0 to {self.draws - 1}", column="draw", value=str(draw))])
        universities = np.array(self.universities, dtype=object)[self.university[draw]]
        names = [f"{self.tag}-{place:04d}" for place in range(1, universities.size + 1)]
        table = pd.DataFrame({"respondent": names, "university": universities})
        for margin in self.margins:
            options = np.array([*margin.options, ""], dtype=object)
            if margin.multiple:
                chosen = self.multiple[margin.question][draw]
                table[margin.question] = [SEPARATOR.join(options[:-1][row]) for row in chosen]
            else:
                table[margin.question] = options[self.single[margin.question][draw]]
        table.attrs["tag"] = self.tag
        return table

    def tables(self, first: str, second: str) -> NDArray[np.int64]:
        """Joint table of two single-choice questions in every draw, those who answered both.

        Parameters
        ----------
        first, second : str

        Returns
        -------
        ndarray of int, shape (draws, options of first, options of second)
            For `spearman` and the other measures of association.

        Raises
        ------
        InputError
            When a question is not a single-choice one.
        """
        self._refuse_unknown(self.single, first, second)
        sizes = {m.question: len(m.options) for m in self.margins}
        rows, columns = (self.single[question].astype(np.int64) for question in (first, second))
        cells = sizes[first] * sizes[second]
        place = np.arange(self.draws)[:, None] * cells + rows * sizes[second] + columns
        both = (rows != NO_ANSWER) & (columns != NO_ANSWER)
        counts = np.bincount(place[both], minlength=self.draws * cells)
        return counts.reshape(self.draws, sizes[first], sizes[second])

    def overlaps(self, question: str) -> NDArray[np.int64]:
        """Respondents who chose both of two options of a multi-select question, in every draw.

        Parameters
        ----------
        question : str

        Returns
        -------
        ndarray of int, shape (draws, options, options)
            The counts of the options are on the diagonal.

        Raises
        ------
        InputError
            When the question is not a multi-select one.
        """
        self._refuse_unknown(self.multiple, question)
        chosen = self.multiple[question].astype(np.int64)
        return np.einsum("dri,drj->dij", chosen, chosen)

    def _refuse_unknown(self, known: Mapping[str, object], *questions: str) -> None:
        refuse(
            Fault(f"not such a question; those are {listed(known)}", column=question)
            for question in questions
            if question not in known
        )


def synthetic_respondents(
    margins: Sequence[Margin],
    base: int,
    universities: Sequence[str],
    draws: int = 1000,
    seed: int = 0,
    coupling: str = "spanning",
) -> SyntheticSurvey:
    """Draw made-up surveys that reproduce every published margin exactly.

    Parameters
    ----------
    margins : sequence of Margin
        The questions, see `published_margins`.
    base : int
        Respondents of each survey.
    universities : sequence of str
        Each gets at least one respondent.
    draws : int, default 1000
        Number of surveys.
    seed : int, default 0
    coupling : {"spanning", "independent"}
        "spanning" varies how the answers go together as far as the margins allow; "independent" draws each
        question by itself, which shows one kind of joint answer only.

    Returns
    -------
    SyntheticSurvey
        Tagged "synthetic". A result from it is a spread over the draws, never one value: how often a value
        comes up follows from how the draws are made and says nothing about the real survey.

    Raises
    ------
    InputError
        Every margin that so many respondents cannot give, all at once.

    Notes
    -----
    The respondents of a draw are numbered by a hidden ranking, and each question has a strength from -1 to
    1 with which it follows that ranking: its options are given out along ranking and chance combined.
    Strengths of exactly 1 and -1, in every fourth draw for all questions, give the `comonotone` and
    `countermonotone` tables, the extremes of every rank measure; every fourth draw gives the options out in
    a shuffled order as well, so that answers go together in other shapes. Where a count is known only by
    bounds it is drawn within them. In a multi-select question each respondent who names anything gets a
    first item, and the mentions left over go to others by the same kind of ranking, so that overlaps run
    from none to nested.
    """
    faults = [
        *whole_number_faults(base, "base", least=1),
        *whole_number_faults(draws, "draws", least=1),
        *_argument_faults(margins, universities, coupling),
    ]
    if not faults:
        faults = [fault for margin in margins for fault in margin_faults(margin, base)]
        if len(universities) > base:
            faults.append(Fault(f"more than the {base} respondents", column="universities"))
    refuse(faults)
    joint = COUPLINGS[coupling](draws, base, np.random.default_rng(seed))
    places = len(universities)
    sizes = joint.counts(1, np.full(places, base), base)
    return SyntheticSurvey(
        margins=tuple(margins),
        universities=tuple(universities),
        university=one_of(sizes, joint.options(places, 0), joint),
        single={m.question: single_choice(m, joint) for m in margins if not m.multiple},
        multiple={m.question: multiple_choice(m, joint) for m in margins if m.multiple},
    )


def spread(values: ArrayLike) -> pd.Series:
    """Where a statistic of the draws lies.

    Parameters
    ----------
    values : array_like of float, shape (draws,)
        One value a draw, NaN where it is not defined.

    Returns
    -------
    Series
        ``low``, ``median`` and ``high`` (least, middle and greatest value), ``draws`` and of these
        ``undefined``. Named "synthetic".

    Raises
    ------
    InputError
        When it is defined in no draw.
    """
    found = as_floats(values)
    defined = found[np.isfinite(found)]
    if not defined.size:
        refuse([Fault("the statistic is defined in no draw", column="values")])
    return pd.Series(
        {
            "low": defined.min(),
            "median": np.median(defined),
            "high": defined.max(),
            "draws": found.size,
            "undefined": found.size - defined.size,
        },
        name=TAG,
    )


def _argument_faults(margins: Sequence[Margin], universities: Sequence[str], coupling: str) -> list[Fault]:
    faults = []
    if coupling not in COUPLINGS:
        faults.append(Fault(f"choose one of {', '.join(COUPLINGS)}", column="coupling", value=coupling))
    names = [margin.question for margin in margins]
    for argument, given in (("margins", names), ("universities", list(universities))):
        if not given:
            faults.append(Fault("give at least one", column=argument))
        twice = sorted({name for name in given if given.count(name) > 1})
        faults += [Fault("is there twice; keep one", column=argument, value=name) for name in twice]
    return faults
