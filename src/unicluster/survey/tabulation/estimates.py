"""Intervals for all options at once, posteriors and comparisons, for every question of a survey."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from unicluster.language import mark
from unicluster.survey.bayes import PRIORS, prior_sensitivity, probability_greater
from unicluster.survey.comparisons import compare_options
from unicluster.survey.intervals import wilson
from unicluster.survey.simultaneous import goodman, sison_glaz
from unicluster.survey.tabulation.scales import scales


def simultaneous_intervals(questions: pd.DataFrame, counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Intervals of each option alone and of all options of its question at once.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.
    confidence : float, default 0.95

    Returns
    -------
    DataFrame
        One row an option of the single-choice questions with two known counts or more, respondents without a known
        answer as one more option: ``question``, ``title``, ``label``, ``count``, ``base``; ``share``, and ``low`` and
        ``high`` of `wilson`, `sison_glaz` and `goodman` (per cent of the base).
    """
    tables = []
    for scale in scales(questions, counts):
        if not scale.is_estimable:
            continue
        answers = scale.everybody
        table = pd.DataFrame({"label": answers.index, "count": answers.to_numpy(), "base": scale.base})
        table["share"] = 100 * table["count"] / scale.base
        for name, interval in (
            ("wilson", wilson(answers.to_numpy(), scale.base, confidence)),
            ("sison_glaz", sison_glaz(answers, confidence)),
            ("goodman", goodman(answers, confidence)),
        ):
            table[f"{name}_low"], table[f"{name}_high"] = 100 * interval.low, 100 * interval.high
        tables.append(_named(table, scale.question, scale.title))
    return _joined(tables, ["question", "title", "label", "count", "base", "share"])


def posteriors(
    questions: pd.DataFrame, counts: pd.DataFrame, priors: Sequence[str | float] = PRIORS, confidence: float = 0.95
) -> pd.DataFrame:
    """Posterior of every point of each scale under several priors.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.
    priors : sequence of str or float
        See `prior_concentration`.
    confidence : float, default 0.95

    Returns
    -------
    DataFrame
        One row a point of an ordinal question and prior: ``question``, ``title``, ``label``, ``count``, ``prior``,
        ``mean``, ``sd``, ``low``, ``high`` (per cent). Respondents without a known answer are left out, as if they
        had answered like the others.
    """
    tables = []
    for scale in scales(questions, counts, ordinal=True):
        if scale.is_estimable:
            table = prior_sensitivity(scale.least, priors, confidence).rename(columns={"option": "label"})
            table[["mean", "sd", "low", "high"]] *= 100
            tables.append(_named(table, scale.question, scale.title))
    return _joined(tables, ["question", "title", "label", "count", "prior", "mean", "sd", "low", "high"])


def upper_against_lower(
    questions: pd.DataFrame, counts: pd.DataFrame, priors: Sequence[str | float] = PRIORS
) -> pd.DataFrame:
    """Posterior probability that answers above the middle of a scale are more frequent than those below it.

    Parameters
    ----------
    questions, counts, priors
        As for `posteriors`.

    Returns
    -------
    DataFrame
        One row an ordinal question and prior: ``question``, ``title``, ``upper`` and ``lower`` (the labels), ``more``
        and ``less`` (known answers), ``residual``, ``prior``, and ``p_low`` to ``p_high``: all unknown answers
        below the middle, and all above it.
    """
    rows = []
    for scale in scales(questions, counts, ordinal=True):
        if not scale.is_estimable:
            continue
        ends = np.tile(scale.least.to_numpy(), (2, 1))
        ends[0, scale.lower[0]] += scale.residual
        ends[1, scale.upper[-1]] += scale.residual
        for prior in priors:
            low, high = probability_greater(ends, scale.upper, scale.lower, prior)
            rows.append(
                {
                    "question": scale.question,
                    "title": scale.title,
                    "upper": ", ".join(scale.least.index[scale.upper]),
                    "lower": ", ".join(scale.least.index[scale.lower]),
                    "more": int(scale.least.iloc[scale.upper].sum()),
                    "less": int(scale.least.iloc[scale.lower].sum()),
                    "residual": scale.residual,
                    "prior": prior,
                    "p_low": float(low),
                    "p_high": float(high),
                }
            )
    columns = ["question", "title", "upper", "lower", "more", "less", "residual", "prior", "p_low", "p_high"]
    return pd.DataFrame(rows, columns=columns)


def compare_all_options(questions: pd.DataFrame, counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Every pair of counted options of every single-choice question, and whether their difference is sure.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.
    confidence : float, default 0.95
        Level of the intervals; differences are sure at one less this.

    Returns
    -------
    DataFrame
        As from `compare_options`, differences and their intervals in percentage points, with ``question``,
        ``title``, ``verdict`` ("sure" after Holm's correction, "likely" after Benjamini and Hochberg's alone, else
        "open") and ``whatever_unknown``: is the unadjusted p-value below the level whatever the unknown answers are?
    """
    alpha = 1 - confidence
    tables = []
    for scale in scales(questions, counts):
        if not scale.is_estimable:
            continue
        table = compare_options(scale.known, scale.base - int(scale.known.sum()), confidence)
        table[["difference", "low", "high"]] *= 100
        likely = np.where(table["p_benjamini_hochberg"] < alpha, mark("likely"), mark("open"))
        table["verdict"] = np.where(table["p_holm"] < alpha, mark("sure"), likely)
        table["whatever_unknown"] = table["p_high"] < alpha
        tables.append(_named(table, scale.question, scale.title))
    columns = "question title first second difference low high p p_holm p_benjamini_hochberg p_low p_high"
    return _joined(tables, [*columns.split(), "verdict", "whatever_unknown"])


def _named(table: pd.DataFrame, question: str, title: str) -> pd.DataFrame:
    table.insert(0, "question", question)
    table.insert(1, "title", title)
    return table


def _joined(tables: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    """One table of all; with these columns also when there is nothing in it."""
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)
