"""Intervals for all options of a question together."""

from __future__ import annotations

from numpy.typing import ArrayLike
from statsmodels.stats.proportion import multinomial_proportions_confint

from unicluster.survey.counts import checked_answers
from unicluster.survey.intervals import Interval


def sison_glaz(counts: ArrayLike, confidence: float = 0.95) -> Interval:
    """Intervals of one width that hold for all options at once: the shortest for even shares.

    Parameters
    ----------
    counts : array_like of int, shape (options,)
        Answers of every option of a single-choice question; the base is their sum, so that answers
        which were not reported go in as an option of their own.
    confidence : float, default 0.95
        Chance that all intervals hold together, in a simple random sample.

    Returns
    -------
    Interval
        Shares from 0 to 1, each end of shape (options,).

    Raises
    ------
    InputError
        Counts that are missing, negative or fractional, fewer than two options, no answers.

    Notes
    -----
    The approximation wants seven options or more with five answers or more. With fewer, it covers
    less often than it says, see `simultaneous_coverage`; `goodman` is then the safer one.

    References
    ----------
    Sison, C. P., & Glaz, J. (1995). Simultaneous confidence intervals and sample size determination
    for multinomial proportions. Journal of the American Statistical Association 90, 366-369.
    """
    return _intervals(counts, confidence, "sison-glaz")


def goodman(counts: ArrayLike, confidence: float = 0.95) -> Interval:
    """Score intervals that hold for all options at once, by Bonferroni's inequality.

    Parameters
    ----------
    counts, confidence
        As in `sison_glaz`.

    Returns
    -------
    Interval
        Shares from 0 to 1, each end of shape (options,).

    Raises
    ------
    InputError
        As `sison_glaz`.

    References
    ----------
    Goodman, L. A. (1965). On simultaneous confidence intervals for multinomial proportions.
    Technometrics 7, 247-254.
    """
    return _intervals(counts, confidence, "goodman")


def _intervals(counts: ArrayLike, confidence: float, method: str) -> Interval:
    answers = checked_answers(counts, confidence)
    return Interval(*multinomial_proportions_confint(answers, alpha=1 - confidence, method=method).T)
