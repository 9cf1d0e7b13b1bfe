"""Comparisons between options of one sample, one at a time and many at once."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.multitest import multipletests

from unicluster.faults import Fault, refuse
from unicluster.survey.bounds import frechet_bounds
from unicluster.survey.counts import as_floats, checked_answers, share_faults, whole_number_faults
from unicluster.survey.intervals import Interval

ADJUSTMENTS = {
    "bonferroni": "bonferroni",
    "holm": "holm",
    "benjamini_hochberg": "fdr_bh",
    "benjamini_yekutieli": "fdr_by",
}


def adjusted_p(p: ArrayLike, method: str = "holm") -> NDArray[np.float64]:
    """P-values that may be held against the level although several comparisons were made.

    Parameters
    ----------
    p : array_like of float, shape (comparisons,)
    method : {"holm", "bonferroni", "benjamini_hochberg", "benjamini_yekutieli"}
        The first two bound the chance of any false rejection, the others the expected share of false
        ones among the rejections; Benjamini and Yekutieli's under any dependence.

    Returns
    -------
    ndarray of float, shape (comparisons,)

    Raises
    ------
    InputError
        P-values outside 0 to 1 or missing, an unknown method.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of
    Statistics 6, 65-70. Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate.
    Journal of the Royal Statistical Society B 57, 289-300.
    """
    faults = share_faults(p, "p", ends=True)
    if method not in ADJUSTMENTS:
        faults.append(Fault(f"choose one of {', '.join(ADJUSTMENTS)}", column="method", value=method))
    if not np.size(p):
        faults.append(Fault("give at least one", column="p"))
    refuse(faults)
    return multipletests(as_floats(p), method=ADJUSTMENTS[method])[1]


def mcnemar(only_first: ArrayLike, only_second: ArrayLike) -> NDArray[np.float64] | float:
    """Exact test that two answers of the same respondents are equally frequent.

    Parameters
    ----------
    only_first, only_second : array_like of int
        Respondents who gave the first answer and not the second, and the reverse. For two options of
        a single-choice question these are their counts.

    Returns
    -------
    float or ndarray
        Two-sided p-value; 1 when nobody gave just one of the answers.

    Raises
    ------
    InputError
        Counts that are missing, negative or fractional.

    References
    ----------
    McNemar, Q. (1947). Note on the sampling error of the difference between correlated proportions or
    percentages. Psychometrika 12, 153-157, in its exact form.
    """
    refuse([*whole_number_faults(only_first, "only_first"), *whole_number_faults(only_second, "only_second")])
    first, second = as_floats(only_first), as_floats(only_second)
    return np.minimum(1.0, 2 * stats.binom.cdf(np.minimum(first, second), first + second, 0.5))[()]


def paired_difference(
    only_first: ArrayLike, only_second: ArrayLike, base: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Interval of the difference of two shares of the same respondents.

    Parameters
    ----------
    only_first, only_second : array_like of int
        As in `mcnemar`.
    base : array_like of int
        Respondents asked.
    confidence : float, default 0.95

    Returns
    -------
    Interval
        First less second, from -1 to 1. It holds for a simple random sample.

    Raises
    ------
    InputError

    References
    ----------
    Bonett, D. G., & Price, R. M. (2012). Adjusted Wald confidence interval for a difference of binomial
    proportions based on paired data. Journal of Educational and Behavioral Statistics 37, 479-488.
    """
    faults = [
        *whole_number_faults(only_first, "only_first"),
        *whole_number_faults(only_second, "only_second"),
        *whole_number_faults(base, "base", least=1),
        *share_faults(confidence, "confidence"),
    ]
    first, second, asked = as_floats(only_first), as_floats(only_second), as_floats(base)
    if not faults and (first + second > asked).any():
        faults.append(Fault("the two answers together exceed the respondents; correct them", column="base"))
    refuse(faults)
    p_first, p_second = (first + 1) / (asked + 2), (second + 1) / (asked + 2)
    difference = p_first - p_second
    error = np.sqrt((p_first + p_second - difference**2) / (asked + 2))
    half = stats.norm.ppf((1 + confidence) / 2) * error
    return Interval(np.maximum(difference - half, -1)[()], np.minimum(difference + half, 1)[()])


def compare_options(counts: ArrayLike, residual: int = 0, confidence: float = 0.95) -> pd.DataFrame:
    """Every pair of options of a single-choice question.

    Parameters
    ----------
    counts : array_like of int, shape (options,)
        Answers of every reported option; the index of a Series names the options.
    residual : int, default 0
        Respondents whose answer was not reported.
    confidence : float, default 0.95

    Returns
    -------
    DataFrame
        One row a pair in the order of the options: ``first``, ``second``, ``difference`` of their shares
        of all respondents with ``low`` and ``high`` (`paired_difference`), exact ``p`` (`mcnemar`),
        ``p_holm`` and ``p_benjamini_hochberg`` over all pairs, and ``p_low`` to ``p_high``: where the
        unadjusted p-value may lie once the answers that were not reported are known.

    Raises
    ------
    InputError
        Counts that are missing, negative or fractional, fewer than two options, no answers.
    """
    refuse(whole_number_faults(residual, "residual"))
    answers = checked_answers(counts, confidence)
    names = counts.index if isinstance(counts, pd.Series) else pd.RangeIndex(answers.size)
    first, second = np.array(list(combinations(range(answers.size), 2))).T
    base = int(answers.sum() + residual)
    low, high = paired_difference(answers[first], answers[second], base, confidence)
    p = mcnemar(answers[first], answers[second])
    # The unknown answers widen the difference most if all chose the more frequent option, and narrow it
    # most if they chose the other one until both are level.
    more = np.maximum(answers[first], answers[second])
    less = np.minimum(answers[first], answers[second])
    return pd.DataFrame(
        {
            "first": names[first],
            "second": names[second],
            "difference": (answers[first] - answers[second]) / base,
            "low": low,
            "high": high,
            "p": p,
            "p_holm": adjusted_p(p, "holm"),
            "p_benjamini_hochberg": adjusted_p(p, "benjamini_hochberg"),
            "p_low": mcnemar(more + residual, less),
            "p_high": mcnemar(more, np.minimum(less + residual, more)),
        }
    )


def mcnemar_bounds(first: int, second: int, base: int) -> Interval:
    """Least and greatest p-value of `mcnemar` when it is not known how many gave both answers.

    Parameters
    ----------
    first, second : int
        Respondents who gave each answer: two items of a multi-select question, or answers to two
        questions.
    base : int
        Respondents asked both.

    Returns
    -------
    Interval
        Over every overlap that `frechet_bounds` allows.

    Raises
    ------
    InputError
        Counts that are missing, negative, fractional or above the base.
    """
    least, most = frechet_bounds(first, second, base)
    both = np.arange(least, most + 1)
    p = mcnemar(int(first) - both, int(second) - both)
    return Interval(p.min(), p.max())
