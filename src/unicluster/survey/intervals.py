"""Confidence intervals of one share, for one option or for a table of options at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from statsmodels.stats.proportion import proportion_confint

from unicluster.survey.counts import checked_counts


class Interval(NamedTuple):
    """Lower and upper end, each of the shape of what they belong to."""

    low: NDArray[np.float64] | float
    high: NDArray[np.float64] | float


def wilson(count: ArrayLike, base: ArrayLike, confidence: float = 0.95) -> Interval:
    """Score interval of a share: short, and right on average over shares, also with few answers.

    Parameters
    ----------
    count : array_like of int
        Respondents who chose the option.
    base : array_like of int
        Respondents asked, one number or one a count.
    confidence : float, default 0.95

    Returns
    -------
    Interval
        Shares from 0 to 1. They hold for a simple random sample.

    Raises
    ------
    InputError
        Naming every count that is missing, negative, fractional or above its base.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212. Newcombe, R. G. (1998). Two-sided
    confidence intervals for the single proportion. Statistics in Medicine 17, 857-872, method 3.
    """
    return _interval(count, base, confidence, "wilson")


def clopper_pearson(count: ArrayLike, base: ArrayLike, confidence: float = 0.95) -> Interval:
    """Exact interval of a share: never covers less often than it says, and so is the widest.

    Parameters
    ----------
    count, base, confidence
        As in `wilson`.

    Returns
    -------
    Interval
        Shares from 0 to 1. They hold for a simple random sample.

    Raises
    ------
    InputError
        As `wilson`.

    References
    ----------
    Clopper, C. J., & Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in
    the case of the binomial. Biometrika 26, 404-413.
    """
    return _interval(count, base, confidence, "beta")


def jeffreys(count: ArrayLike, base: ArrayLike, confidence: float = 0.95) -> Interval:
    """Equal-tailed credible interval of a share under Jeffreys' prior Beta(1/2, 1/2).

    Parameters
    ----------
    count, base, confidence
        As in `wilson`.

    Returns
    -------
    Interval
        Shares from 0 to 1; the lower end is 0 when nobody chose the option and the upper end 1 when
        all did, so that the interval always holds the observed share.

    Raises
    ------
    InputError
        As `wilson`.

    References
    ----------
    Brown, L. D., Cai, T. T., & DasGupta, A. (2001). Interval estimation for a binomial proportion.
    Statistical Science 16, 101-133, section 3.1.2.
    """
    counted, asked = checked_counts(count, base, confidence)
    low, high = _interval(counted, asked, confidence, "jeffreys")
    return Interval(np.where(counted == 0, 0.0, low)[()], np.where(counted == asked, 1.0, high)[()])


def _interval(count: ArrayLike, base: ArrayLike, confidence: float, method: str) -> Interval:
    counted, asked = checked_counts(count, base, confidence)
    return Interval(*proportion_confint(counted, asked, alpha=1 - confidence, method=method))
