"""What the design of a survey does to its precision: clusters, few of them, and a finite population."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from unicluster.faults import Fault, refuse
from unicluster.survey.counts import (
    as_floats,
    checked_counts,
    share_faults,
    whole_number_faults,
)
from unicluster.survey.intervals import Interval


def design_effect(icc: ArrayLike, sizes: ArrayLike) -> NDArray[np.float64] | float:
    """By how much clustering multiplies the variance of a share or mean.

    Parameters
    ----------
    icc : array_like of float
        Intraclass correlation: how alike respondents of one university answer, from 0 to 1.
    sizes : array_like of float
        Respondents of each university, shape (universities,); one number means that all have so many,
        on average.

    Returns
    -------
    float or ndarray
        1 + (M - 1) icc, of the shape of ``icc``, where M is the size of the university of an average
        respondent, the sum of squared sizes over the sum of sizes.

    Raises
    ------
    InputError
        An intraclass correlation outside 0 to 1, a size below one.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley, for equal sizes. Eldridge, S. M., Ashby, D., & Kerry, S.
    (2006). Sample size for cluster randomized trials: effect of coefficient of variation of cluster
    size and analysis method. International Journal of Epidemiology 35, 1292-1300, for unequal ones.
    """
    found = as_floats(sizes)
    faults = share_faults(icc, "icc", ends=True)
    if found.ndim > 1 or not found.size:
        faults.append(Fault("give one size or a list of sizes", column="sizes"))
    elif not (found >= 1).all():
        message = "every university has at least one respondent; leave the others out"
        faults.append(Fault(message, column="sizes", value=f"{found[~(found >= 1)][0]:g}"))
    refuse(faults)
    return 1 + ((found**2).sum() / found.sum() - 1) * as_floats(icc)[()]


def design_effect_bounds(icc: ArrayLike, base: int, universities: int, least: int = 1) -> Interval:
    """Least and greatest design effect when only the number of universities is known.

    Parameters
    ----------
    icc : array_like of float
        Intraclass correlation, from 0 to 1.
    base : int
        All respondents.
    universities : int
    least : int, default 1
        Respondents that each university has at least.

    Returns
    -------
    Interval
        At sizes as equal as whole numbers allow, and with all spare respondents in one university;
        each end of the shape of ``icc``.

    Raises
    ------
    InputError
        Numbers that are not whole and positive; fewer respondents than the universities need.
    """
    faults = [
        *whole_number_faults(base, "base", least=1),
        *whole_number_faults(universities, "universities", least=1),
        *whole_number_faults(least, "least", least=1),
    ]
    if not faults and universities * least > base:
        message = f"{universities} universities with at least {least} need more than these respondents"
        faults.append(Fault(message, column="base", value=str(base)))
    refuse(faults)
    equal = np.full(universities, base // universities)
    equal[: base % universities] += 1
    one_large = np.full(universities, least)
    one_large[0] = base - least * (universities - 1)
    return Interval(design_effect(icc, equal), design_effect(icc, one_large))


def effective_sample_size(base: ArrayLike, deff: ArrayLike) -> NDArray[np.float64] | float:
    """Size of the simple random sample that would tell as much.

    Parameters
    ----------
    base : array_like of int
        Respondents.
    deff : array_like of float
        Design effect, above zero.

    Returns
    -------
    float or ndarray
        ``base / deff``.

    Raises
    ------
    InputError

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley.
    """
    refuse([*whole_number_faults(base, "base", least=1), *_deff_faults(deff)])
    return as_floats(base)[()] / as_floats(deff)[()]


def korn_graubard(
    count: ArrayLike, base: ArrayLike, deff: ArrayLike, universities: int, confidence: float = 0.95
) -> Interval:
    """Exact interval of a share in a clustered sample with few clusters.

    Parameters
    ----------
    count : array_like of int
        Respondents who chose the option.
    base : array_like of int
        Respondents asked.
    deff : array_like of float
        Design effect, above zero; broadcast against ``count``.
    universities : int
        Clusters in the sample, two or more; they leave one degree of freedom less.
    confidence : float, default 0.95

    Returns
    -------
    Interval
        Shares from 0 to 1: Clopper and Pearson's interval at the effective sample size, shrunk by
        the squared ratio of the t quantiles with base - 1 and universities - 1 degrees of freedom.

    Raises
    ------
    InputError

    References
    ----------
    Korn, E. L., & Graubard, B. I. (1998). Confidence intervals for proportions with small expected
    number of positive counts estimated from survey data. Survey Methodology 24, 193-201.
    """
    counted, asked, effect = _clustered(count, base, deff, universities, confidence)
    tail = (1 + confidence) / 2
    ratio = stats.t.ppf(tail, np.maximum(asked - 1, 1)) / stats.t.ppf(tail, universities - 1)
    # A sample is never worth more than its respondents.
    size = np.minimum(asked / effect * ratio**2, asked)
    share = counted / asked
    return Interval(*proportion_confint(share * size, size, alpha=1 - confidence, method="beta"))


def t_interval(
    count: ArrayLike, base: ArrayLike, deff: ArrayLike, universities: int, confidence: float = 0.95
) -> Interval:
    """Textbook interval of a share in a clustered sample: t with one degree of freedom less than clusters.

    Parameters
    ----------
    count, base, deff, universities, confidence
        As in `korn_graubard`.

    Returns
    -------
    Interval
        share ± t sqrt(deff share (1 - share) / base), cut at 0 and 1. It has no width when nobody or
        everybody chose the option; `korn_graubard` has.

    Raises
    ------
    InputError

    References
    ----------
    Lohr, S. L. (2022). Sampling: Design and Analysis, 3rd ed., chapter 5.
    """
    counted, asked, effect = _clustered(count, base, deff, universities, confidence)
    share = counted / asked
    half = stats.t.ppf((1 + confidence) / 2, universities - 1) * np.sqrt(effect * share * (1 - share) / asked)
    return Interval(np.maximum(share - half, 0), np.minimum(share + half, 1))


def finite_population_correction(sampled: ArrayLike, population: ArrayLike) -> NDArray[np.float64] | float:
    """Factor of a standard error when a good part of a population was drawn at random.

    It is a what-if here: the universities were chosen on purpose, and how many teachers they have is
    not known.

    Parameters
    ----------
    sampled, population : array_like of int
        Units drawn, for instance universities, and all there are.

    Returns
    -------
    float or ndarray
        ``sqrt(1 - sampled / population)``.

    Raises
    ------
    InputError

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, 3rd ed., section 2.6.
    """
    drawn, there = checked_counts(sampled, population)
    return np.sqrt(1 - drawn / there)


def design_table(
    base: int, universities: int, icc: ArrayLike = (0, 0.01, 0.05, 0.1, 0.2), confidence: float = 0.95
) -> pd.DataFrame:
    """How the precision of a survey falls with the likeness of answers within universities.

    Parameters
    ----------
    base : int
        All respondents.
    universities : int
    icc : array_like of float
        Intraclass correlations to show.
    confidence : float, default 0.95

    Returns
    -------
    DataFrame
        One row an ``icc``: ``design_effect`` and ``effective_sample`` at the average size of a university;
        ``design_effect_high`` and ``effective_sample_low`` with all but one respondent a university in
        a single one; ``half_width`` of a share of one half (t, average size), from 0 to 1.

    Raises
    ------
    InputError
    """
    refuse([*whole_number_faults(universities, "universities", least=2), *share_faults(confidence, "confidence")])
    highest = design_effect_bounds(icc, base, universities).high
    average = design_effect(icc, base / universities)
    return pd.DataFrame(
        {
            "icc": as_floats(icc),
            "design_effect": average,
            "design_effect_high": highest,
            "effective_sample": effective_sample_size(base, average),
            "effective_sample_low": effective_sample_size(base, highest),
            "half_width": stats.t.ppf((1 + confidence) / 2, universities - 1) * np.sqrt(average / (4 * base)),
        }
    )


def _clustered(
    count: ArrayLike, base: ArrayLike, deff: ArrayLike, universities: int, confidence: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    faults = [*_deff_faults(deff), *whole_number_faults(universities, "universities", least=2)]
    counted, asked = checked_counts(count, base, confidence, also=faults)
    return np.broadcast_arrays(counted, asked, as_floats(deff))


def _deff_faults(deff: ArrayLike) -> list[Fault]:
    effects = as_floats(deff)
    return [
        Fault("a design effect is a number above zero", column="deff", value=f"{effect:g}")
        for effect in effects[~((effects > 0) & np.isfinite(effects))]
    ]
