"""How often intervals hold what they should hold: exactly where it can be summed, else by simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from unicluster.faults import Fault, refuse
from unicluster.resampling import CHUNK, Mapper, in_chunks
from unicluster.survey.counts import as_floats, checked_answers, share_faults, whole_number_faults
from unicluster.survey.intervals import Interval


def binomial_coverage(
    interval: Callable[[ArrayLike, int], Interval], base: int, share: ArrayLike
) -> NDArray[np.float64] | float:
    """Chance that an interval of one share holds it in a simple random sample, summed exactly.

    Parameters
    ----------
    interval : callable
        `wilson` or another function of counts and base; a level goes in with `functools.partial`.
    base : int
        Respondents.
    share : array_like of float
        True shares, from 0 to 1.

    Returns
    -------
    float or ndarray
        Of the shape of ``share``.

    Raises
    ------
    InputError

    References
    ----------
    Brown, L. D., Cai, T. T., & DasGupta, A. (2001), as in `jeffreys`.
    """
    refuse([*whole_number_faults(base, "base", least=1), *share_faults(share, "share", ends=True)])
    true = as_floats(share)[..., None]
    counts = np.arange(base + 1)
    holds = _holds(interval(counts, base), true)
    return (stats.binom.pmf(counts, base, true) * holds).sum(axis=-1)[()]


def simultaneous_coverage(
    interval: Callable[[ArrayLike], Interval],
    answers: ArrayLike,
    base: int,
    draws: int = 1000,
    seed: int = 0,
    *,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> float:
    """How often intervals for all options of a question hold all shares, in simulated samples.

    Parameters
    ----------
    interval : callable
        `sison_glaz` or `goodman`.
    answers : array_like of int, shape (options,)
        True shares, given as counts of a population.
    base : int
        Respondents of each sample.
    draws : int, default 1000
        Samples; the standard error is at most 0.5 / sqrt(draws).
    seed : int, default 0
    chunk : int, default 10000
        Draws at a time, each chunk with a random stream of its own.
    mapper : callable, optional
        The ``map`` of an executor, to spread the chunks over workers; the result is the same.

    Returns
    -------
    float

    Raises
    ------
    InputError
    """
    refuse([*whole_number_faults(base, "base", least=1), *whole_number_faults(draws, "draws", least=1)])
    population = checked_answers(answers)
    shares = population / population.sum()
    held = in_chunks(partial(_samples_held, interval=interval, base=base, shares=shares), draws, seed, chunk, mapper)
    return sum(held) / draws


def clustered_coverage(
    interval: Callable[[ArrayLike, int], Interval],
    share: float,
    sizes: Sequence[int],
    icc: float,
    draws: int = 10_000,
    seed: int = 0,
    *,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> float:
    """How often an interval holds the share when answers are alike within universities.

    Parameters
    ----------
    interval : callable
        `wilson`, or `korn_graubard` with its design fixed by `functools.partial`.
    share : float
        True share, between 0 and 1.
    sizes : sequence of int
        Respondents of each university.
    icc : float
        Intraclass correlation, from 0 to below 1: the shares of the universities are drawn from a beta
        distribution with this correlation.
    draws : int, default 10000
        Simulated surveys; the standard error is at most 0.5 / sqrt(draws).
    seed : int, default 0
    chunk : int, default 10000
        Draws at a time, each chunk with a random stream of its own.
    mapper : callable, optional
        The ``map`` of an executor, to spread the chunks over workers; the result is the same.

    Returns
    -------
    float

    Raises
    ------
    InputError
    """
    faults = [
        *share_faults(share, "share"),
        *whole_number_faults(sizes, "sizes", least=1),
        *whole_number_faults(draws, "draws", least=1),
    ]
    if not 0 <= icc < 1:
        faults.append(Fault("lies from 0 to below 1", column="icc", value=f"{icc:g}"))
    refuse(faults)
    work = partial(_surveys_held, interval=interval, share=share, sizes=np.asarray(sizes), icc=icc)
    return sum(in_chunks(work, draws, seed, chunk, mapper)) / draws


def partial_coverage(
    interval: Callable[[ArrayLike, int, ArrayLike], Interval],
    share: float,
    missing: float,
    base: int,
    draws: int = 10_000,
    seed: int = 0,
    *,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> NDArray[np.float64]:
    """How often an interval that allows for unknown answers holds the true share.

    Parameters
    ----------
    interval : callable
        `imbens_manski_share` or another function of counts, base and residual.
    share : float
        Share of the respondents who are known to have chosen the option, in the population.
    missing : float
        Share whose answer is not known; with ``share`` at most 1.
    base : int
        Respondents of each sample.
    draws : int, default 10000
        Simulated samples; the standard error is at most 0.5 / sqrt(draws).
    seed : int, default 0
    chunk : int, default 10000
        Draws at a time, each chunk with a random stream of its own.
    mapper : callable, optional
        The ``map`` of an executor, to spread the chunks over workers; the result is the same.

    Returns
    -------
    ndarray of float, shape (3,)
        For a true share at the lower bound ``share``, in the middle, and at the upper bound
        ``share + missing``.

    Raises
    ------
    InputError
    """
    faults = [
        *share_faults([share, missing], "share, missing", ends=True),
        *whole_number_faults(base, "base", least=1),
        *whole_number_faults(draws, "draws", least=1),
    ]
    if not faults and share + missing > 1:
        faults.append(Fault("share and missing together exceed 1", column="missing"))
    refuse(faults)
    work = partial(_partly_known_held, interval=interval, share=share, missing=missing, base=base)
    return np.sum(in_chunks(work, draws, seed, chunk, mapper), axis=0) / draws


def _samples_held(
    rng: np.random.Generator, draws: int, *, interval: Callable[[ArrayLike], Interval], base: int, shares: NDArray
) -> int:
    """Number of samples whose intervals hold all shares."""
    samples, times = np.unique(rng.multinomial(base, shares, size=draws), axis=0, return_counts=True)
    holds = np.array([_holds(interval(sample), shares).all() for sample in samples])
    return int((holds * times).sum())


def _surveys_held(
    rng: np.random.Generator,
    draws: int,
    *,
    interval: Callable[[ArrayLike, int], Interval],
    share: float,
    sizes: NDArray,
    icc: float,
) -> int:
    """Number of surveys, with universities that differ, whose interval holds the share."""
    own = np.full((draws, len(sizes)), share)
    if icc > 0:
        weight = 1 / icc - 1
        own = rng.beta(share * weight, (1 - share) * weight, size=own.shape)
    counts = rng.binomial(sizes, own).sum(axis=1)
    return int(_holds(interval(counts, int(np.sum(sizes))), share).sum())


def _partly_known_held(
    rng: np.random.Generator,
    draws: int,
    *,
    interval: Callable[[ArrayLike, int, ArrayLike], Interval],
    share: float,
    missing: float,
    base: int,
) -> NDArray[np.int64]:
    """Number of samples whose interval holds the true share, for the three true shares."""
    counts, unknown, _ = rng.multinomial(base, [share, missing, max(1 - share - missing, 0)], size=draws).T
    true = share + missing * np.array([[0.0], [0.5], [1.0]])
    return _holds(interval(counts, base, unknown), true).sum(axis=1)


def _holds(interval: Interval, share: ArrayLike) -> NDArray[np.bool_]:
    # A limit that meets the share but for rounding holds it.
    return (interval.low <= np.asarray(share) + 1e-12) & (np.asarray(share) <= interval.high + 1e-12)
