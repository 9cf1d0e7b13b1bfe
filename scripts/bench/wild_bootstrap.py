"""The wild cluster bootstrap: all draws at once against one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from unicluster.survey.bootstrap_weights import bootstrap_weights
from unicluster.survey.wild_bootstrap import wild_cluster_bootstrap

TARGET = 20
RESPONDENTS, UNIVERSITIES, DRAWS = 1000, 20, 10_000


def rows() -> list[dict]:
    """A whole test with its interval, against a loop that makes and fits every draw for the test alone."""
    rng = np.random.default_rng(0)
    university = np.arange(RESPONDENTS) % UNIVERSITIES
    x = rng.normal(size=RESPONDENTS) + rng.normal(size=UNIVERSITIES)[university]
    y = 0.1 * x + rng.normal(size=UNIVERSITIES)[university] + rng.normal(size=RESPONDENTS)
    predictors = pd.DataFrame({"x": x, "z": rng.normal(size=RESPONDENTS)})
    v = bootstrap_weights(UNIVERSITIES, "webb", DRAWS)[0]

    def at_once() -> np.ndarray:
        return wild_cluster_bootstrap(y, predictors, university, "x", draws=DRAWS).t_draws

    def one_by_one() -> np.ndarray:
        return drawn_one_by_one(y, predictors, university, v)

    assert np.allclose(at_once(), one_by_one()), "the two do not compute the same"
    ratio = timed(one_by_one, repeats=1) / timed(at_once, repeats=20)
    return [
        {
            "name": f"survey, {DRAWS:,} wild cluster draws on {RESPONDENTS:,} respondents: loop / call",
            "measured": ratio,
            "unit": "ratio",
            "target": TARGET,
            "met": ratio >= TARGET,
        }
    ]


def drawn_one_by_one(y: np.ndarray, predictors: pd.DataFrame, university: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The t statistic of the first predictor in every draw, fitted as if it were the only one."""
    X = np.column_stack([np.ones(len(y)), predictors])
    others = np.delete(X, 1, axis=1)
    fitted = others @ np.linalg.lstsq(others, y, rcond=None)[0]
    residual = y - fitted
    return np.array([clustered_t(fitted + residual * w[university], X, university) for w in v])


def clustered_t(y: np.ndarray, X: np.ndarray, university: np.ndarray) -> float:
    """Least squares and the cluster-robust sandwich."""
    inverse = np.linalg.inv(X.T @ X)
    beta = inverse @ (X.T @ y)
    scores = X * (y - X @ beta)[:, None]
    sums = np.array([np.bincount(university, column) for column in scores.T])
    (n, k), groups = X.shape, sums.shape[1]
    factor = groups / (groups - 1) * (n - 1) / (n - k)
    return beta[1] / np.sqrt(factor * (inverse @ sums @ sums.T @ inverse)[1, 1])


def timed(call: Callable[[], object], repeats: int) -> float:
    """The shortest of several runs, in seconds."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
