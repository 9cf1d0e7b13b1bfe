"""The wild cluster bootstrap: tests and intervals that hold with few universities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import ArrayLike, NDArray

from unicluster.faults import Fault, refuse
from unicluster.language import Told, mark
from unicluster.resampling import CHUNK, Mapper
from unicluster.survey.bootstrap_weights import WEIGHTS, in_draws, p_floor

INTERCEPT = "intercept"
# Draws whose statistic equals the observed one in exact arithmetic must count as ties.
TIE = 1e-9
# In standard errors; a null that is not rejected so far off never will be.
FARTHEST = 2**20


@dataclass(frozen=True, eq=False)
class WildClusterBootstrap:
    """Test of one coefficient by the wild cluster bootstrap with the null hypothesis imposed.

    Attributes
    ----------
    coefficient : str
        Which one was tested.
    estimate, standard_error, t : float
        Least squares estimate, its cluster-robust standard error (CV1) and (estimate - null) / error.
    p : float
        Two-sided p-value.
    p_floor : float
        The least p-value that this number of universities and draws can give.
    low, high : float
        Interval of the nulls that are not rejected; infinite where ``p_floor`` forbids any rejection.
    draws : int
        Number of draws, all combinations of weights when ``enumerated``.
    enumerated : bool
        Is the result exact, without simulation?
    clusters, observations : int
    weights : {"rademacher", "webb"}
    t_draws : ndarray, shape (draws,)
        The statistics under the null hypothesis.
    """

    coefficient: str
    estimate: float
    standard_error: float
    t: float
    p: float
    p_floor: float
    low: float
    high: float
    draws: int
    enumerated: bool
    clusters: int
    observations: int
    weights: str
    t_draws: NDArray[np.float64]


def wild_cluster_bootstrap(
    outcome: ArrayLike,
    predictors: pd.DataFrame,
    cluster: ArrayLike,
    coefficient: str,
    *,
    null: float = 0.0,
    weights: str = "webb",
    draws: int = 9999,
    seed: int = 0,
    confidence: float = 0.95,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> WildClusterBootstrap:
    """Test one coefficient of a linear model, and invert the test to an interval.

    Every draw is computed from the cross-products within clusters alone, so that its cost does not grow
    with the number of respondents. wildboottest, the one Python package for this, gives no interval.

    Parameters
    ----------
    outcome : array_like of float, shape (n,)
        A score, or a 0/1 choice (a linear probability model).
    predictors : DataFrame of float, shape (n, k)
        Without a constant, which is added under the name "intercept"; may have no columns.
    cluster : array_like, shape (n,)
        University of each respondent.
    coefficient : str
        A column of ``predictors``, or "intercept".
    null : float
        Value to test, in units of the coefficient.
    weights : {"webb", "rademacher"}
    draws : int
        All combinations of weights are taken instead where there are no more than this.
    seed : int
    confidence : float
        Level of the interval.
    chunk : int
        Draws at a time, each chunk with a random stream of its own.
    mapper : callable, optional
        The ``map`` of an executor, to spread the chunks over workers; the result is the same.

    Returns
    -------
    WildClusterBootstrap

    Raises
    ------
    InputError
        Missing values, an unknown coefficient or weight, one cluster only, or a coefficient that the data
        do not determine: everything at once.

    References
    ----------
    Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for inference
    with clustered errors. Review of Economics and Statistics 90, 414-427.
    Roodman, D., Nielsen, M. Ø., MacKinnon, J. G. and Webb, M. D. (2019). Fast and wild: bootstrap
    inference in Stata using boottest. Stata Journal 19, 4-60.
    """
    y = np.asarray(outcome, float)
    design = predictors.astype(float)
    design.insert(0, INTERCEPT, 1.0)
    groups, labels = pd.factorize(np.asarray(cluster), sort=True)
    refuse(_data_faults(y, design, groups) + _choice_faults(design, coefficient, weights, draws))
    X = design.to_numpy()
    j = design.columns.get_loc(coefficient)
    fit = sm.OLS(y, X).fit(cov_type="cluster", cov_kwds={"groups": groups})
    estimate, error = float(fit.params[j]), float(fit.bse[j])
    if error <= TIE * np.sqrt(fit.normalized_cov_params[j, j]) * np.linalg.norm(y):
        message = mark(
            "the cluster-robust error of {name} is zero, so no test of it can be made; does it differ within one "
            "cluster only, or fit the answers exactly?"
        )
        refuse([Fault(Told(message, name=repr(coefficient)))])
    work = partial(_coefficients, *_products(y, X, j, groups))
    parts, enumerated = in_draws(work, len(labels), weights, draws, seed, chunk, mapper)
    drawn = np.concatenate(parts, axis=1)
    number = drawn.shape[1]

    def draw(r: float) -> tuple[NDArray, NDArray]:
        variance = drawn[2] - 2 * r * drawn[3] + r**2 * drawn[4]
        return drawn[0] - r * drawn[1], np.maximum(variance, 0.0)

    def p_value(r: float) -> float:
        deviation, variance = draw(r)
        t = (estimate - r) / error
        extreme = np.count_nonzero(deviation**2 >= t**2 * (1 - TIE) * variance)
        return extreme / number if enumerated else (1 + extreme) / (1 + number)

    low, high = (_boundary(p_value, estimate, side * error, 1 - confidence) for side in (-1, 1))
    deviation, variance = draw(null)
    return WildClusterBootstrap(
        coefficient=coefficient,
        estimate=estimate,
        standard_error=error,
        t=(estimate - null) / error,
        p=p_value(null),
        p_floor=p_floor(len(labels), weights, draws),
        low=low,
        high=high,
        draws=number,
        enumerated=enumerated,
        clusters=len(labels),
        observations=len(y),
        weights=weights,
        t_draws=np.divide(deviation, np.sqrt(variance), out=np.zeros(number), where=variance > 0),
    )


def _products(y: NDArray, X: NDArray, j: int, groups: NDArray) -> tuple[NDArray, NDArray, float]:
    """What a draw needs of the data, from sums within clusters.

    The residuals under the null r are u0 - r u1, so that a draw's deviation and its scores of the clusters
    are linear in r, and its variance is a quadratic in r.

    Returns
    -------
    deviations : ndarray, shape (2, clusters)
        What a draw's estimate less the null weighs, of u0 and of u1.
    scores : ndarray, shape (2, clusters, clusters)
        Row h times a draw's weights is the score of cluster h.
    factor : float
        Of the variance, for few clusters (CV1).
    """
    n, k = X.shape
    clusters = groups.max() + 1
    others = np.delete(X, j, axis=1)
    residual = np.column_stack([y, X[:, j]])
    residual -= others @ np.linalg.lstsq(others, residual, rcond=None)[0]
    inverse = np.linalg.inv(X.T @ X)

    def by_cluster(rows: NDArray) -> NDArray:
        sums = np.zeros((clusters, rows.shape[1]))
        np.add.at(sums, groups, rows)
        return sums

    leverage = by_cluster((X @ inverse[j])[:, None] * (X @ inverse))
    deviations, scores = [], []
    for u in residual.T:
        products = by_cluster(X * u[:, None])
        deviations.append(products @ inverse[j])
        scores.append(np.diag(deviations[-1]) - leverage @ products.T)
    return np.array(deviations), np.array(scores), clusters / (clusters - 1) * (n - 1) / (n - k)


def _coefficients(deviations: NDArray, scores: NDArray, factor: float, v: NDArray) -> NDArray[np.float64]:
    """Each draw's deviation (of 1 and -r) and variance (of 1, -2r and r²), shape (5, draws)."""
    # einsum, because a threaded product waits for busy cores and its last digits depend on their number.
    by_cluster = [np.einsum("dg,hg->dh", v, score) for score in scores]
    squares = [factor * np.einsum("dg,dg->d", by_cluster[a], by_cluster[b]) for a, b in ((0, 0), (0, 1), (1, 1))]
    return np.array([v @ deviations[0], v @ deviations[1], *squares])


def _boundary(p_value: Callable[[float], float], estimate: float, step: float, alpha: float) -> float:
    """Where the p-value falls to ``alpha`` on the side of ``step``; infinite where it never does."""
    inside, width = estimate, step
    while p_value(estimate + width) > alpha:
        inside, width = estimate + width, 2 * width
        if abs(width) > FARTHEST * abs(step):
            return float(np.copysign(np.inf, step))
    outside = estimate + width
    while abs(outside - inside) > 1e-8 * abs(step):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_value(middle) > alpha else (inside, middle)
    return (inside + outside) / 2


def _data_faults(y: NDArray, design: pd.DataFrame, groups: NDArray) -> list[Fault]:
    if not len(y) == len(design) == len(groups):
        lengths = f"outcome {len(y)}, predictors {len(design)}, cluster {len(groups)}"
        return [Fault(f"the lengths differ: {lengths}")]
    faults = []
    missing = ~np.isfinite(y) | ~np.isfinite(design.to_numpy()).all(axis=1) | (groups < 0)
    if missing.any():
        faults.append(Fault(f"missing values in {int(missing.sum())} of {len(y)} rows; leave those out first"))
    elif np.linalg.matrix_rank(design.to_numpy()) < design.shape[1]:
        faults.append(Fault("collinear, the intercept included; remove one", column="predictors"))
    clusters = len(set(groups[groups >= 0]))
    if clusters < 2:
        message = Told(mark("{n} cluster; errors clustered by university need two or more"), n=clusters)
        faults.append(Fault(message, column="cluster"))
    return faults


def _choice_faults(design: pd.DataFrame, coefficient: str, weights: str, draws: int) -> list[Fault]:
    faults = []
    if coefficient not in design:
        message = f"no such coefficient; there are {', '.join(map(str, design.columns))}"
        faults.append(Fault(message, column="coefficient", value=coefficient))
    if weights not in WEIGHTS:
        faults.append(Fault(f"weights are {' or '.join(WEIGHTS)}", column="weights", value=weights))
    if draws < 1:
        faults.append(Fault("at least one draw", column="draws", value=str(draws)))
    return faults
