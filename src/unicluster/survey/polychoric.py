"""Polychoric correlation: how strongly two ordinal answers go together on their hidden scales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, owens_t
from statsmodels.stats.correlation_tools import corr_clipped
from statsmodels.tools.numdiff import approx_hess

from unicluster.faults import Fault, refuse
from unicluster.language import Told, mark
from unicluster.survey.counts import CANNOT_BE_ESTIMATED

# Closer to 1 the likelihood of a table with an empty corner rises for ever.
LARGEST = 0.9999
# So near to 1 the curvature of the likelihood, taken by differences, says nothing about the error.
FLAT = 0.999


@dataclass(frozen=True, eq=False)
class Polychoric:
    """Polychoric correlation of two ordinal answers.

    Attributes
    ----------
    estimate, standard_error : float
        The error is NaN when the estimate is at its limit of ±0.9999, where an empty corner of the table
        sends it, or so near that the likelihood is flat.
    row_thresholds, column_thresholds : ndarray
        Cuts of the two hidden normal scales.
    fit_statistic, fit_df, fit_p : float
        Likelihood-ratio test that the table comes from a bivariate normal; NaN p for a 2 by 2 table, which
        leaves nothing to test.
    respondents : int
    """

    estimate: float
    standard_error: float
    row_thresholds: NDArray[np.float64]
    column_thresholds: NDArray[np.float64]
    fit_statistic: float
    fit_df: int
    fit_p: float
    respondents: int


def polychoric_correlation(first: ArrayLike, second: ArrayLike) -> Polychoric:
    """Estimate the correlation of two normal scales of which only the ordered categories are seen.

    Parameters
    ----------
    first, second : array_like, shape (n,)
        Ordered answers as numbers (`Responses.scores`), NaN for a missing one. Only their order counts.

    Returns
    -------
    Polychoric
        The thresholds come from the margins and the correlation from the table (two-step maximum
        likelihood); the error from the information of all parameters jointly.

    Raises
    ------
    InputError
        When the lengths differ or an answer is the same for all who gave both.

    References
    ----------
    Olsson, U. (1979). Maximum likelihood estimation of the polychoric correlation coefficient.
    Psychometrika 44, 443-460.
    """
    table = _table(first, second)
    n = table.sum()
    rows = stats.norm.ppf(table.sum(axis=1).cumsum()[:-1] / n)
    columns = stats.norm.ppf(table.sum(axis=0).cumsum()[:-1] / n)

    def loss(parameters: NDArray) -> float:
        rho, a, b = parameters[0], parameters[1 : 1 + len(rows)], parameters[1 + len(rows) :]
        cells = np.maximum(_cells(rho, a, b), np.finfo(float).tiny)
        return -float((table * np.log(cells)).sum())

    thresholds = np.concatenate([rows, columns])
    best = minimize_scalar(
        lambda rho: loss(np.append(rho, thresholds)),
        bounds=(-LARGEST, LARGEST),
        method="bounded",
        options={"xatol": 1e-10},
    )
    rho = float(best.x)
    error = np.nan
    if abs(rho) < FLAT:
        information = approx_hess(np.append(rho, thresholds), loss)
        if np.linalg.eigvalsh(information).min() > 0:
            error = float(np.sqrt(np.linalg.inv(information)[0, 0]))
    filled = table[table > 0]
    statistic = float(2 * (best.fun + (filled * np.log(filled / n)).sum()))
    df = (table.shape[0] - 1) * (table.shape[1] - 1) - 1
    p = float(stats.chi2.sf(statistic, df)) if df else np.nan
    return Polychoric(rho, error, rows, columns, statistic, df, p, int(n))


def polychoric_matrix(scores: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Polychoric correlations of all pairs of ordinal answers.

    Parameters
    ----------
    scores : DataFrame, shape (n, k)
        From `Responses.scores`; each pair uses those who answered both.

    Returns
    -------
    correlations : DataFrame, shape (k, k)
    adjusted : bool
        Was the matrix, estimated pair by pair, not positive definite and made so by raising its negative
        eigenvalues?

    Raises
    ------
    InputError
        When an answer is the same for everybody, for all such answers at once.
    """
    refuse(
        Fault(mark("the answer is the same for everybody"), column=str(name))
        for name in scores
        if scores[name].nunique() < 2
    )
    names = list(scores)
    matrix = np.eye(len(names))
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            matrix[i, j] = matrix[j, i] = polychoric_correlation(scores[first], scores[second]).estimate
    adjusted = bool(np.linalg.eigvalsh(matrix).min() <= 0)
    if adjusted:
        matrix = corr_clipped(matrix, threshold=1e-6)
    return pd.DataFrame(matrix, index=names, columns=names), adjusted


def bivariate_normal_cdf(a: ArrayLike, b: ArrayLike, rho: float) -> NDArray[np.float64]:
    """P(X ≤ a, Y ≤ b) of two standard normals with correlation ``rho``, exactly, by Owen's T function.

    Parameters
    ----------
    a, b : array_like
        Broadcast against each other; may be infinite.
    rho : float
        Strictly between -1 and 1.

    Returns
    -------
    ndarray

    References
    ----------
    Owen, D. B. (1956). Tables for computing bivariate normal probabilities. Annals of Mathematical
    Statistics 27, 1075-1090.
    """
    # At 0 the slopes b / a are undefined; so small a shift does not change a probability.
    a, b = (np.where(np.abs(x) < 1e-300, 1e-300, x) for x in np.broadcast_arrays(*_finite(a, b)))
    root = np.sqrt(1 - rho**2)
    return (
        0.5 * (ndtr(a) + ndtr(b))
        - owens_t(a, (b / a - rho) / root)
        - owens_t(b, (a / b - rho) / root)
        - np.where((a < 0) != (b < 0), 0.5, 0.0)
    )


def _finite(*bounds: ArrayLike) -> list[NDArray[np.float64]]:
    """Bounds beyond 40 standard deviations hold no probability that a float can show."""
    return [np.clip(np.asarray(bound, float), -40.0, 40.0) for bound in bounds]


def _cells(rho: float, rows: NDArray, columns: NDArray) -> NDArray[np.float64]:
    """Probability of each cell of the table that the thresholds cut."""
    a, b = (np.concatenate([[-np.inf], cuts, [np.inf]]) for cuts in (rows, columns))
    return np.diff(np.diff(bivariate_normal_cdf(a[:, None], b, rho), axis=0), axis=1)


def _table(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    x, y = np.asarray(first, float), np.asarray(second, float)
    if len(x) != len(y):
        refuse([Fault(f"the two answers have {len(x)} and {len(y)} rows; they need the same respondents")])
    both = np.isfinite(x) & np.isfinite(y)
    table = pd.crosstab(x[both], y[both]).to_numpy(float)
    same = {
        "first": mark("the first answer is the same for all {n}"),
        "second": mark("the second answer is the same for all {n}"),
    }
    short = [name for name, size in zip(("first", "second"), table.shape, strict=True) if size < 2]
    what, n = mark("a polychoric correlation"), int(both.sum())
    refuse(Fault(Told(CANNOT_BE_ESTIMATED, what=what, reason=Told(same[name], n=n))) for name in short)
    return table
