"""What the answers to two questions could have to do with each other, and what would tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from unicluster.survey.association import association_bounds, spearman
from unicluster.survey.design import design_table
from unicluster.survey.margins import published_margins
from unicluster.survey.power import (
    attenuated_correlation,
    correlation_power,
    correlation_sample,
    detectable_difference,
)
from unicluster.survey.synthetic import spread, synthetic_respondents
from unicluster.survey.tabulation.scales import Scale, scales

MOST_WAYS = 200_000
"""Completions of two questions together that are tried out."""


def clustering(
    base: int, universities: int, icc: Sequence[float], confidence: float = 0.95, power: float = 0.8
) -> pd.DataFrame:
    """`design_table` with the difference from one half that the sample would mostly find.

    Parameters
    ----------
    base : int
        All respondents.
    universities : int
    icc : sequence of float
        Intraclass correlations to show.
    confidence : float, default 0.95
    power : float, default 0.8
        Chance of finding the difference.

    Returns
    -------
    DataFrame
        `design_table` with ``half_width`` in percentage points, and ``detectable`` (`detectable_difference` at the
        effective sample, percentage points, missing where none is). Without rows for fewer than two universities,
        which say nothing about the likeness of answers within them.
    """
    if universities < 2:
        columns = "icc design_effect design_effect_high effective_sample effective_sample_low half_width detectable"
        return pd.DataFrame(columns=columns.split(), dtype=float)
    table = design_table(base, universities, icc, confidence)
    table["half_width"] *= 100
    table["detectable"] = 100 * detectable_difference(table["effective_sample"], power=power, alpha=1 - confidence)
    return table


def scale_associations(questions: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """What the margins of each pair of ordinal questions allow for Spearman's correlation.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.

    Returns
    -------
    DataFrame
        One row a pair of ordinal questions with two known counts or more: ``first``, ``second``, ``first_title``,
        ``second_title``, ``low``, ``high`` (`association_bounds` over all respondents, whatever the unknown answers
        are). Pairs whose unknown answers are too many to be tried out have no bounds.
    """
    rows = []
    for first, second in combinations(_estimable(questions, counts), 2):
        base = max(first.base, second.base)
        unknown = [base - int(scale.least.sum()) for scale in (first, second)]
        low, high = np.nan, np.nan
        if _ways(first, unknown[0]) * _ways(second, unknown[1]) <= MOST_WAYS:
            low, high = association_bounds(first.least, second.least, spearman, *unknown)
        rows.append((first.question, second.question, first.title, second.title, low, high))
    return pd.DataFrame(rows, columns=["first", "second", "first_title", "second_title", "low", "high"])


def synthetic_associations(
    questions: pd.DataFrame, counts: pd.DataFrame, universities: Sequence[str], draws: int = 1000, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Spearman's correlation of each pair of ordinal questions in made-up surveys with the published margins.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.
    universities : sequence of str
    draws : int, default 1000
    seed : int, default 0

    Returns
    -------
    spreads : DataFrame
        One row a pair: ``first``, ``second``, `spread` of the draws (``low``, ``median``, ``high``, ``draws``,
        ``undefined``) and the ``tag`` "synthetic".
    values : DataFrame
        One row a correlation, to two decimals, that came up: ``first``, ``second``, ``value``, ``draws``, ``tag``. How
        often it came up says how the draws are made and nothing about the real survey.
    """
    columns = ["first", "second", "low", "median", "high", "draws", "undefined", "tag"]
    pairs = list(combinations([scale.question for scale in _estimable(questions, counts)], 2))
    if not pairs:
        return pd.DataFrame(columns=columns), pd.DataFrame(columns=["first", "second", "value", "draws", "tag"])
    asked = questions["question"].isin([question for pair in pairs for question in pair])
    margins = published_margins(questions[asked], counts[counts["question"].isin(questions.loc[asked, "question"])])
    bases = questions.loc[asked].set_index("question")["base"]
    base = int(bases.max())
    # A question that was not put to everybody has not been answered by everybody.
    margins = [replace(m, complete=m.complete and bases[m.question] == base) for m in margins]
    survey = synthetic_respondents(margins, base, tuple(universities) or ("unknown",), draws, seed)
    spreads, values = [], []
    for first, second in pairs:
        rho = spearman(survey.tables(first, second))
        spreads.append({"first": first, "second": second, **spread(rho), "tag": survey.tag})
        found, times = np.unique(np.round(rho[~np.isnan(rho)], 2) + 0.0, return_counts=True)
        values.append(pd.DataFrame({"first": first, "second": second, "value": found, "draws": times}))
    return pd.DataFrame(spreads, columns=columns), pd.concat(values, ignore_index=True).assign(tag=survey.tag)


def contrasts(questions: pd.DataFrame, counts: pd.DataFrame, driver: str) -> pd.DataFrame:
    """How much more frequent an answer may be among those above the middle of a scale than among the others.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.
    driver : str
        Ordinal question that is to explain the others; the first one of the survey where it is not asked.

    Returns
    -------
    DataFrame
        One row every other single-choice question of as many respondents: ``driver``, ``driver_label``, ``question``,
        ``title``, ``label``; ``both_low`` and ``both_high`` (respondents who may have given both answers), ``low`` and
        ``high`` (share among those above the middle less the share among the others, percentage points). The bounds
        are over every completion of the unknown answers and every joint table.
    """
    known = scales(questions, counts)
    ordinal = [scale for scale in known if scale.ordinal]
    chosen = next((scale for scale in ordinal if scale.question == driver), next(iter(ordinal), None))
    rows = []
    for other in known:
        if chosen is None or other is chosen or other.base != chosen.base:
            continue
        group, answers = (np.arange(s.residual + 1) + int(s.least.iloc[s.group].sum()) for s in (chosen, other))
        group, answers = group[(group > 0) & (group < chosen.base), None], answers[None, :]
        if not group.size:
            continue
        least, most = np.maximum(group + answers - chosen.base, 0), np.minimum(group, answers)
        low, high = (both / group - (answers - both) / (chosen.base - group) for both in (least, most))
        rows.append(
            {
                "driver": chosen.question,
                "driver_label": chosen.group_label,
                "question": other.question,
                "title": other.title,
                "label": other.group_label,
                "both_low": int(least.min()),
                "both_high": int(most.max()),
                "low": 100 * low.min(),
                "high": 100 * high.max(),
            }
        )
    columns = ["driver", "driver_label", "question", "title", "label", "both_low", "both_high", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def university_power(
    correlations: Sequence[float],
    universities: int,
    respondents: float,
    icc: float,
    confidence: float = 0.95,
    power: float = 0.8,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What number of universities would show that the active ones create more clusters.

    Parameters
    ----------
    correlations : sequence of float
        True correlations of activity and outcome between universities, above 0 and below 1.
    universities : int
        Universities of the survey.
    respondents : float
        Respondents a university, whose mean answer measures its activity.
    icc : float
        Intraclass correlation of their answers.
    confidence : float, default 0.95
        One less the level of the test.
    power : float, default 0.8
        Chance that is wanted.

    Returns
    -------
    needed : DataFrame
        One row a correlation: ``correlation``, ``attenuated`` (`attenuated_correlation`), ``power_now`` and
        ``power_now_attenuated`` with the universities of the survey (missing for three or fewer), ``needed`` and
        ``needed_attenuated`` (universities).
    curves : DataFrame
        One row a correlation and number of universities: ``correlation``, ``universities``, ``power``,
        ``power_attenuated``.
    """
    alpha = 1 - confidence
    rows, curves = [], []
    sizes = np.unique(np.geomspace(4, 400, 60).round().astype(int))
    for true in correlations:
        weaker = float(attenuated_correlation(true, respondents, icc))
        now = [float(correlation_power(r, universities, alpha)) if universities > 3 else np.nan for r in (true, weaker)]
        needed = [correlation_sample(r, power, alpha) if r else pd.NA for r in (true, weaker)]
        rows.append((true, weaker, *now, *needed))
        found = [correlation_power(r, sizes, alpha) for r in (true, weaker)]
        curve = {"correlation": true, "universities": sizes, "power": found[0], "power_attenuated": found[1]}
        curves.append(pd.DataFrame(curve))
    columns = ["correlation", "attenuated", "power_now", "power_now_attenuated", "needed", "needed_attenuated"]
    return pd.DataFrame(rows, columns=columns), pd.concat(curves, ignore_index=True)


def _estimable(questions: pd.DataFrame, counts: pd.DataFrame) -> list[Scale]:
    """Ordinal questions with two options that somebody is known to have chosen, or more."""
    return [s for s in scales(questions, counts, ordinal=True) if s.is_estimable and (s.known > 0).sum() > 1]


def _ways(scale: Scale, unknown: int) -> int:
    return comb(unknown + len(scale.least) - 1, unknown)
