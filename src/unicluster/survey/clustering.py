"""How alike the respondents of one university are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from unicluster.faults import Fault, refuse
from unicluster.language import Told, mark
from unicluster.survey.counts import CANNOT_BE_ESTIMATED


@dataclass(frozen=True)
class IntraclassCorrelation:
    """One-way intraclass correlation of respondents within universities.

    Attributes
    ----------
    estimate : float
        Share of the variance that lies between universities; can be negative when universities differ
        less than chance would make them.
    low, high : float
        Confidence interval.
    f, p : float
        F test that universities do not differ.
    universities, respondents : int
        Used.
    average_size : float
        Adjusted mean number of respondents a university (``n0`` of the estimator).
    """

    estimate: float
    low: float
    high: float
    f: float
    p: float
    universities: int
    respondents: int
    average_size: float


def intraclass_correlation(values: ArrayLike, university: ArrayLike, confidence: float = 0.95) -> IntraclassCorrelation:
    """Estimate the intraclass correlation by analysis of variance for unequal university sizes.

    pingouin and statsmodels have it for equal sizes only.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        One number a respondent: a 0/1 choice or a score. NaN rows are left out.
    university : array_like, shape (n,)
    confidence : float
        Confidence level of the interval, which is exact for normal values and equal sizes and
        approximate otherwise.

    Returns
    -------
    IntraclassCorrelation

    Raises
    ------
    InputError
        "Cannot be estimated because …": one university only, one respondent in each, or all answers equal.

    References
    ----------
    Donner, A. (1986). A review of inference procedures for the intraclass correlation coefficient in the
    one-way random effects model. International Statistical Review 54, 67-82.
    Searle, S. R. (1971). Linear Models. Wiley (interval).
    """
    table = pd.DataFrame({"value": np.asarray(values, float), "university": np.asarray(university)}).dropna()
    groups = table.groupby("university", observed=True)["value"]
    sizes = groups.size().to_numpy()
    n, k = len(table), len(sizes)
    refuse(_cannot(table, n, k))
    between = (sizes * (groups.mean().to_numpy() - table["value"].mean()) ** 2).sum() / (k - 1)
    within = ((table["value"] - groups.transform("mean")) ** 2).sum() / (n - k)
    size = float(n - (sizes**2).sum() / n) / (k - 1)
    if within == 0:
        return IntraclassCorrelation(1.0, 1.0, 1.0, np.inf, 0.0, k, n, size)
    f = float(between / within)
    tail = (1 - confidence) / 2
    ratios = np.array([f, *(f / stats.f.ppf([1 - tail, tail], k - 1, n - k))])
    estimate, low, high = ((ratios - 1) / (ratios + size - 1)).tolist()
    return IntraclassCorrelation(estimate, low, high, f, float(stats.f.sf(f, k - 1, n - k)), k, n, size)


def _cannot(table: pd.DataFrame, n: int, k: int) -> list[Fault]:
    if k < 2:
        reason = Told(mark("the answers come from {n} university; it needs two or more"), n=k)
    elif n == k:
        reason = mark("every university has one respondent")
    elif table["value"].nunique() == 1:
        reason = Told(mark("all {n} answers are equal"), n=n)
    else:
        return []
    return [Fault(Told(CANNOT_BE_ESTIMATED, what=mark("the intraclass correlation"), reason=reason))]
