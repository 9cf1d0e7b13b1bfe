"""Random draws in chunks with a stream each, so that results depend on the seed and not on who computes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

import numpy as np

from unicluster.faults import Fault, refuse

Part = TypeVar("Part")
Mapper = Callable[[Callable, Iterable], Iterable]
"""Applies a function to each item and gives the results in order: the built-in ``map``, or that of an executor."""

CHUNK = 10_000


def in_chunks(
    work: Callable[[np.random.Generator, int], Part],
    draws: int,
    seed: int,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> list[Part]:
    """Results of all chunks of draws, in order.

    Parameters
    ----------
    work : callable
        Takes a generator and the number of draws of a chunk. For another process or machine it must be a function
        of a module, or a `functools.partial` of one.
    draws : int
        All together.
    seed : int
    chunk : int
        Draws at a time, which bounds the memory. Each chunk has a stream of its own, so that results depend on
        ``seed`` and ``chunk`` and not on the number of workers.
    mapper : callable, optional
        The ``map`` of a process pool, or of the executor of a Dask client; here and now when left out.

    Returns
    -------
    list
        One result for each chunk.

    Raises
    ------
    InputError
        When ``chunk`` is below 1.
    """
    if chunk < 1:
        refuse([Fault("must be at least 1", column="chunk", value=str(chunk))])
    streams = np.random.SeedSequence(seed).spawn(-(-draws // chunk))
    jobs = [(stream, min(chunk, draws - place * chunk)) for place, stream in enumerate(streams)]
    return list((mapper or map)(partial(_one, work=work), jobs))


def _one(job: tuple[np.random.SeedSequence, int], work: Callable[[np.random.Generator, int], Part]) -> Part:
    stream, draws = job
    return work(np.random.default_rng(stream), draws)
