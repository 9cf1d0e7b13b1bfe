"""Random weights of clusters: every combination once where that is feasible, else draws."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from unicluster.resampling import CHUNK, Mapper, Part, in_chunks

WEIGHTS = {
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.sqrt([1.5, 1.0, 0.5])[[0, 1, 2, 2, 1, 0]] * [-1, -1, -1, 1, 1, 1],
}


def bootstrap_weights(
    clusters: int, weights: str = "webb", draws: int = 9999, seed: int = 0, chunk: int = CHUNK
) -> tuple[NDArray[np.float64], bool]:
    """Weights of the clusters in each draw; every combination once when there are no more than ``draws``.

    Parameters
    ----------
    clusters : int
    weights : {"webb", "rademacher"}
        Webb's six points, or plus and minus one.
    draws : int
        Number wanted; the number of rows when not all combinations are taken.
    seed : int
    chunk : int
        Draws at a time, each chunk with a random stream of its own.

    Returns
    -------
    weights : ndarray, shape (draws, clusters)
    enumerated : bool

    References
    ----------
    Webb, M. D. (2023). Reworking wild bootstrap-based inference for clustered errors. Canadian Journal
    of Economics 56, 839-858.
    """
    every = _combinations(clusters, weights, draws)
    if every is not None:
        return every, True
    work = partial(_random_weights, clusters=clusters, weights=weights)
    return np.concatenate(in_chunks(work, draws, seed, chunk)), False


def in_draws(
    work: Callable[[NDArray[np.float64]], Part],
    clusters: int,
    weights: str,
    draws: int,
    seed: int,
    chunk: int,
    mapper: Mapper | None,
) -> tuple[list[Part], bool]:
    """Apply a function to the weights of `bootstrap_weights`, a chunk of draws at a time.

    Returns
    -------
    parts : list
        One result for each chunk, in order.
    enumerated : bool
    """
    every = _combinations(clusters, weights, draws)
    if every is not None:
        return [work(every)], True
    drawn = partial(_applied, work=work, clusters=clusters, weights=weights)
    return in_chunks(drawn, draws, seed, chunk, mapper), False


def _combinations(clusters: int, weights: str, draws: int) -> NDArray[np.float64] | None:
    """All combinations of weights; None when they are more than the draws."""
    points = WEIGHTS[weights]
    combinations = len(points) ** clusters
    if combinations > draws:
        return None
    return points[np.arange(combinations)[:, None] // len(points) ** np.arange(clusters) % len(points)]


def _random_weights(rng: np.random.Generator, draws: int, *, clusters: int, weights: str) -> NDArray[np.float64]:
    points = WEIGHTS[weights]
    return points[rng.integers(len(points), size=(draws, clusters))]


def _applied(
    rng: np.random.Generator, draws: int, *, work: Callable[[NDArray], Part], clusters: int, weights: str
) -> Part:
    return work(_random_weights(rng, draws, clusters=clusters, weights=weights))


def p_floor(clusters: int, weights: str = "webb", draws: int = 9999) -> float:
    """The least two-sided p-value that the wild cluster bootstrap can give.

    With every combination taken once, the draws in which all clusters share one weight repeat the
    observed statistic: 2 of 2^G with Rademacher's, 6 of 6^G with Webb's. Otherwise the observed
    statistic itself is counted: 1 / (draws + 1). Five universities and Rademacher weights can never
    give less than 2/32 = 0.0625.

    Parameters
    ----------
    clusters : int
    weights : {"webb", "rademacher"}
    draws : int
        Number wanted.

    Returns
    -------
    float
    """
    points = len(WEIGHTS[weights])
    return float(points) ** (1 - clusters) if points**clusters <= draws else 1 / (draws + 1)
