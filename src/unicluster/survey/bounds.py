"""Bounds for what was not reported: unknown answers, unknown overlaps, and the two with sampling error."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.optimize import elementwise

from unicluster.faults import Fault, refuse
from unicluster.survey.counts import (
    as_floats,
    checked_answers,
    checked_counts,
    whole_number_faults,
)
from unicluster.survey.intervals import Interval

MOST_COMPLETIONS = 1_000_000


def manski_bounds(count: ArrayLike, base: ArrayLike, residual: ArrayLike) -> Interval:
    """Shares that an option can have, whatever the unknown answers are.

    Parameters
    ----------
    count : array_like of int
        Respondents known to have chosen the option.
    base : array_like of int
        Respondents asked.
    residual : array_like of int
        Respondents whose answer is not known.

    Returns
    -------
    Interval
        Shares from 0 to 1: nobody of the unknown chose the option, all of them did.

    Raises
    ------
    InputError
        Naming every count that is missing, negative, fractional or, with the unknown, above its base.

    References
    ----------
    Manski, C. F. (1989). Anatomy of the selection problem. Journal of Human Resources 24, 343-360.
    """
    counted, asked = checked_counts(count, base, residual=residual)
    return Interval(counted / asked, (counted + as_floats(residual)) / asked)


def imbens_manski(
    low: ArrayLike, high: ArrayLike, low_error: ArrayLike, high_error: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Interval for a number of which only bounds can be estimated.

    Parameters
    ----------
    low, high : array_like of float
        The estimated bounds.
    low_error, high_error : array_like of float
        Their standard errors.
    confidence : float, default 0.95
        Chance that the number itself, not the whole stretch between the bounds, is covered.

    Returns
    -------
    Interval
        ``low`` less and ``high`` plus the `imbens_manski_quantile` times the standard errors.

    Raises
    ------
    InputError

    References
    ----------
    Imbens, G. W., & Manski, C. F. (2004). Confidence intervals for partially identified parameters.
    Econometrica 72, 1845-1857.
    """
    lower, upper, lower_error, upper_error = map(as_floats, (low, high, low_error, high_error))
    faults = []
    if not ((lower_error >= 0) & (upper_error >= 0)).all():
        faults.append(Fault("standard errors are numbers of zero or more", column="low_error, high_error"))
    if not (lower <= upper).all():
        faults.append(Fault("the lower bound must not exceed the upper one", column="low, high"))
    refuse(faults)
    widest = np.maximum(lower_error, upper_error)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.where(widest > 0, (upper - lower) / widest, 0.0)
    quantile = imbens_manski_quantile(stretch, confidence)
    return Interval((lower - quantile * lower_error)[()], (upper + quantile * upper_error)[()])


def imbens_manski_share(
    count: ArrayLike, base: ArrayLike, residual: ArrayLike, confidence: float = 0.95, deff: float = 1.0
) -> Interval:
    """Interval for the share of an option that allows for unknown answers and for sampling.

    Parameters
    ----------
    count, base, residual : array_like of int
        As in `manski_bounds`.
    confidence : float, default 0.95
    deff : float, default 1.0
        Design effect of the sample.

    Returns
    -------
    Interval
        Shares from 0 to 1: Jeffreys' limits around the two `manski_bounds` at Imbens and Manski's quantile.
        They keep their level with few answers and on one side alone, where limits by standard errors
        and Wilson's do not. It is `jeffreys` where all answers are known.

    Raises
    ------
    InputError

    References
    ----------
    Imbens, G. W., & Manski, C. F. (2004), as in `imbens_manski`. Cai, T. T. (2005). One-sided confidence
    intervals in discrete distributions. Journal of Statistical Planning and Inference 131, 63-88.
    """
    faults = [] if deff > 0 else [Fault("a design effect is above zero", column="deff", value=f"{deff:g}")]
    counted, asked = checked_counts(count, base, confidence, residual, also=faults)
    lower, upper = manski_bounds(counted, asked, residual)
    widest = np.sqrt(np.maximum(lower * (1 - lower), upper * (1 - upper)) * deff / asked)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.where(upper > lower, (upper - lower) / widest, 0.0)
    tail = stats.norm.sf(imbens_manski_quantile(stretch, confidence))
    size = asked / deff
    low = stats.beta.ppf(tail, lower * size + 0.5, (1 - lower) * size + 0.5)
    high = stats.beta.isf(tail, upper * size + 0.5, (1 - upper) * size + 0.5)
    return Interval(np.where(lower == 0, 0.0, low)[()], np.where(upper == 1, 1.0, high)[()])


def imbens_manski_quantile(stretch: ArrayLike, confidence: float = 0.95) -> NDArray[np.float64] | float:
    """Quantile between the two-sided normal one (bounds meet) and the one-sided one (bounds far apart).

    Parameters
    ----------
    stretch : array_like of float
        Distance of the bounds in standard errors, zero or more.
    confidence : float, default 0.95

    Returns
    -------
    float or ndarray
        The C that solves Φ(C + stretch) - Φ(-C) = confidence.

    References
    ----------
    Imbens, G. W., & Manski, C. F. (2004), as in `imbens_manski`.
    """

    def excess(quantile: NDArray[np.float64], distance: NDArray[np.float64]) -> NDArray[np.float64]:
        return stats.norm.cdf(quantile + distance) - stats.norm.cdf(-quantile) - confidence

    # The root lies between these two quantiles; one more on either side keeps it off the ends.
    ends = stats.norm.ppf(confidence) - 1, stats.norm.ppf((1 + confidence) / 2) + 1
    return elementwise.find_root(excess, ends, args=(as_floats(stretch),)).x[()]


def frechet_bounds(first: ArrayLike, second: ArrayLike, base: ArrayLike) -> Interval:
    """How many respondents may have given two answers both.

    Parameters
    ----------
    first, second : array_like of int
        Respondents who gave each answer.
    base : array_like of int
        Respondents asked both; for the items of a multi-select question less those who chose an
        option that excludes the others.

    Returns
    -------
    Interval
        Whole numbers; each one between them is possible.

    Raises
    ------
    InputError
        Naming every count that is missing, negative, fractional or above its base.

    References
    ----------
    Fréchet, M. (1951). Sur les tableaux de corrélation dont les marges sont données. Annales de
    l'Université de Lyon A 14, 53-77.
    """
    counted, asked = checked_counts(first, base)
    other, asked = checked_counts(second, asked)
    return Interval(np.maximum(counted + other - asked, 0), np.minimum(counted, other))


def overlap_bounds(counts: ArrayLike, base: int, everyone: bool = False) -> pd.DataFrame:
    """How many respondents may have named both items, for each pair of a multi-select question.

    Parameters
    ----------
    counts : array_like of int, shape (items,)
        Mentions of each item, without options that exclude the others; the index of a Series names
        the items.
    base : int
        Respondents who could name them.
    everyone : bool, default False
        Did each of them name at least one? Then so many mentions are needed for different people that
        the greatest overlap may fall.

    Returns
    -------
    DataFrame
        One row a pair: ``first``, ``second``, ``low``, ``high`` (respondents).

    Raises
    ------
    InputError
        Bad counts; fewer mentions than respondents although everyone named one.
    """
    faults = []
    if everyone and as_floats(counts).sum() < base:
        faults.append(Fault("fewer mentions than respondents; not everyone can have named one", column="counts"))
    mentions, _ = checked_counts(counts, base, also=faults)
    names = counts.index if isinstance(counts, pd.Series) else pd.RangeIndex(mentions.size)
    first, second = np.array(list(combinations(range(mentions.size), 2)), dtype=int).reshape(-1, 2).T
    low, high = frechet_bounds(mentions[first], mentions[second], base)
    if everyone:
        high = np.minimum(high, mentions.sum() - base)
    return pd.DataFrame({"first": names[first], "second": names[second], "low": low, "high": high})


def extra_mentions(counts: ArrayLike, base: int) -> Interval:
    """How many mentions of a multi-select question are second or later ones of the same respondent.

    Parameters
    ----------
    counts, base
        As in `overlap_bounds`.

    Returns
    -------
    Interval
        Whole numbers: everybody named something, and as few people as possible did.

    Raises
    ------
    InputError
        As `frechet_bounds`.
    """
    mentions, _ = checked_counts(counts, base)
    total = mentions.sum()
    return Interval(max(total - base, 0), total - mentions.max())


def completions(counts: ArrayLike, residual: int, into: Sequence[int] | None = None) -> NDArray[np.int64]:
    """Every way in which the unknown answers of a single-choice question may be distributed.

    Parameters
    ----------
    counts : array_like of int, shape (options,)
        Known answers of each option, 0 where an option was never reported.
    residual : int
        Respondents whose answer is not known.
    into : sequence of int, optional
        Places of the options that the unknown answers may have gone to; all by default.

    Returns
    -------
    ndarray of int, shape (ways, options)
        Complete counts, in lexicographic order of what is added.

    Raises
    ------
    InputError
        Bad counts or places; more than a million ways.
    """
    faults = whole_number_faults(residual, "residual")
    options = np.size(counts)
    open_to = list(range(options)) if into is None else sorted(set(into))
    faults += [
        Fault(f"places are 0 to {options - 1}", column="into", value=str(place))
        for place in open_to
        if place not in range(options)
    ]
    if not open_to:
        faults.append(Fault("give at least one place", column="into"))
    elif not faults and (ways := comb(residual + len(open_to) - 1, residual)) > MOST_COMPLETIONS:
        message = f"{ways} ways are too many; let fewer options receive the unknown answers"
        faults.append(Fault(message, column="into"))
    refuse(faults)
    answers = checked_answers(counts)
    # Stars and bars: where the bars stand among the unknown answers says how many each option gets.
    places = range(residual + len(open_to) - 1)
    bars = np.array(list(combinations(places, len(open_to) - 1)), dtype=np.int64)
    edges = np.pad(bars, ((0, 0), (1, 1)), constant_values=((0, 0), (-1, residual + len(open_to) - 1)))
    complete = np.tile(answers, (len(bars), 1))
    complete[:, open_to] += np.diff(edges, axis=1) - 1
    return complete
