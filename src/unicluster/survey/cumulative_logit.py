"""Likelihood of cumulative logits whose slopes may differ between the cuts of the scale.

statsmodels has the model with equal slopes; the general one is needed to test that assumption, and
its analytic scores for the score bootstrap.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog, minimize
from scipy.special import expit


class CumulativeLogit:
    """P(answer ≤ k) = expit(θ_k - x β_k), with β_k free of k except for the columns in ``free``.

    Parameters
    ----------
    codes : ndarray of int, shape (n,)
        Answers as 0 … K - 1, each occurring.
    design : DataFrame of float, shape (n, p)
        Without a constant.
    free : collection of str
        Columns whose slope may differ between the K - 1 cuts.

    Notes
    -----
    The parameters are the K - 1 thresholds, one slope for each common column, then K - 1 slopes for each
    free one. The log-likelihood is concave wherever it is finite (Pratt 1981), so that a stationary point
    is the maximum.
    """

    def __init__(self, codes: NDArray[np.int_], design: pd.DataFrame, free: Collection[str] = ()):
        cuts = codes.max()
        self.codes, self.cuts = codes, cuts
        common = -design[[c for c in design if c not in free]].to_numpy()
        own = -design[[c for c in design if c in free]].to_numpy()
        rows = []
        for k in range(cuts):
            cut = np.eye(cuts)[k]
            thresholds = np.tile(cut, (len(codes), 1))
            rows.append(np.hstack([thresholds, common, *(np.outer(x, cut) for x in own.T)]))
        self.rows = np.stack(rows)
        n = np.arange(len(codes))
        self.top, self.bottom = codes == cuts, codes == 0
        # Rows of the cut above and below each answer; none above the highest, none below the lowest.
        self.above = np.where(self.top[:, None], 0.0, self.rows[np.minimum(codes, cuts - 1), n])
        self.below = np.where(self.bottom[:, None], 0.0, self.rows[np.maximum(codes - 1, 0), n])

    def _parts(self, parameters: NDArray) -> tuple[NDArray, ...]:
        upper = np.where(self.top, 1.0, expit(self.above @ parameters))
        lower = np.where(self.bottom, 0.0, expit(self.below @ parameters))
        probability = upper - lower
        with np.errstate(divide="ignore", invalid="ignore"):
            up, down = upper * (1 - upper) / probability, lower * (1 - lower) / probability
        return upper, lower, probability, up, down

    def log_likelihood(self, parameters: NDArray) -> float:
        """Minus infinity where the probability of an answer is not positive."""
        probability = self._parts(parameters)[2]
        return float(np.log(probability).sum()) if (probability > 0).all() else -np.inf

    def scores(self, parameters: NDArray) -> NDArray[np.float64]:
        """Gradient of each respondent's log-likelihood, shape (n, parameters)."""
        *_, up, down = self._parts(parameters)
        return up[:, None] * self.above - down[:, None] * self.below

    def hessian(self, parameters: NDArray) -> NDArray[np.float64]:
        """Second derivatives of the log-likelihood, shape (parameters, parameters)."""
        upper, lower, _, up, down = self._parts(parameters)
        a, b = self.above, self.below
        cross = a.T @ ((up * down)[:, None] * b)
        return (
            a.T @ ((up * (1 - 2 * upper) - up**2)[:, None] * a)
            + b.T @ ((-down * (1 - 2 * lower) - down**2)[:, None] * b)
            + cross
            + cross.T
        )

    def fit(self, start: NDArray) -> OptimizeResult:
        """Maximise the likelihood from a ``start`` at which it is finite."""
        return minimize(
            lambda b: -self.log_likelihood(b),
            start,
            method="trust-exact",
            jac=lambda b: -self.scores(b).sum(axis=0),
            hess=lambda b: -self.hessian(b),
            options={"gtol": 1e-8, "maxiter": 500},
        )

    def polish(self, near: NDArray, steps: int = 4) -> NDArray[np.float64]:
        """Newton steps from a point near the maximum, where each doubles the correct digits."""
        for _ in range(steps):
            near = near - np.linalg.solve(self.hessian(near), self.scores(near).sum(axis=0))
        return near

    def separating(self) -> NDArray[np.float64] | None:
        """A direction in which the likelihood rises for ever, or None when its maximum exists.

        The model is separated when some direction of the parameters lowers no respondent's
        probability and raises one's; a linear programme finds it (Konis 2007).
        """
        margins = np.vstack([self.above[~self.top], -self.below[~self.bottom]])
        best = linprog(-margins.sum(axis=0), A_ub=-margins, b_ub=np.zeros(len(margins)), bounds=(-1, 1))
        return best.x if -best.fun > 1e-6 * np.abs(margins).max() else None
