"""The batch engine: one path for a single run and for millions.

Inputs and outputs aside, the memory it needs does not grow with the number of runs: they are worked
through in chunks, one for each processor at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

import numpy as np

from unicluster.faults import Fault, InputError
from unicluster.fcm.arguments import Runs
from unicluster.fcm.kernels import RULES, TRANSFERS, net_input, transfer_value

BACKENDS = ("auto", "numba", "numpy")
CHUNK = 4096
FEW, DENSE = 4, 64
OWN_WEIGHTS_BYTES = 2**26
SETTLED = 1e-14
RETURNED = 1e-12


@dataclass(frozen=True, eq=False)
class Progress:
    """Where runs stand after some updates.

    Attributes
    ----------
    state : ndarray, shape (runs, n)
    residual : ndarray, shape (runs,)
        max |F(a) - a|: what one more update would change.
    updates : ndarray of int, shape (runs,)
        Updates made.
    period : ndarray of int, shape (runs,)
        1 for a run whose last step was at most ``SETTLED`` and not growing, p > 1 for one that came back to within
        ``RETURNED`` of an earlier state after p updates, 0 for the others.
    path : ndarray, shape (steps, runs, n)
        The state after each update, empty unless asked for; of a run that stopped early only the
        first ``updates`` rows count.
    """

    state: np.ndarray
    residual: np.ndarray
    updates: np.ndarray
    period: np.ndarray
    path: np.ndarray = field(repr=False)

    @classmethod
    def empty(cls, runs: int, n: int, path_length: int) -> Progress:
        """Room for the results of some runs."""
        return cls(
            np.empty((runs, n)),
            np.empty(runs),
            np.empty(runs, dtype=np.int64),
            np.empty(runs, dtype=np.int64),
            np.empty((path_length, runs, n)),
        )


def update(runs: Runs, state: np.ndarray) -> np.ndarray:
    """State after one update of each run, shape (size, n)."""
    value = transfer_value(runs.transfer, net_input(runs.rule, runs.weights, state), runs.slope)
    return np.where(np.isnan(runs.clamp), value, runs.clamp)


def advance(
    runs: Runs,
    steps: int,
    watch_from: int,
    stop: bool,
    keep_path: bool = False,
    backend: str = "auto",
) -> Progress:
    """Make at most ``steps`` updates of every run.

    Parameters
    ----------
    runs : Runs
    steps : int
    watch_from : int
        The update after which the state is remembered and watched for settling or returning.
    stop : bool
        Whether a run ends when it has settled or returned.
    keep_path : bool
    backend : {"auto", "numba", "numpy"}
        Both give the same bits; ``auto`` is numba where it is installed.
    """
    work = _advance_numpy if backend == "auto" and _few_and_dense(runs) else _engine(backend)
    done = Progress.empty(runs.size, runs.n, steps if keep_path else 0)
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    # a chunk is a whole number of the compiled engine's blocks
    chunk = min(CHUNK, -(-runs.size // (128 * processors)) * 128)
    parts = [slice(first, first + chunk) for first in range(0, runs.size, chunk)]

    def advance_part(part: slice) -> None:
        made = work(runs.take(part), steps, watch_from, stop, keep_path)
        done.state[part], done.residual[part] = made.state, made.residual
        done.updates[part], done.period[part] = made.updates, made.period
        done.path[:, part] = made.path

    if len(parts) == 1:
        advance_part(parts[0])
    else:
        with ThreadPoolExecutor(processors) as pool:
            list(pool.map(advance_part, parts))
    return done


def _few_and_dense(runs: Runs) -> bool:
    """Whether there are too few runs to fill a vector, and links enough for vectors over the targets."""
    return runs.size <= FEW and len(runs.weights) == 1 and np.count_nonzero(runs.weights) >= DENSE * runs.n


Engine = Callable[[Runs, int, int, bool, bool], Progress]


def _engine(backend: str) -> Engine:
    if backend not in BACKENDS:
        raise InputError([Fault(f"must be one of {', '.join(BACKENDS)}", column="backend", value=str(backend))])
    if backend == "numpy":
        return _advance_numpy
    compiled = _compiled()
    if compiled is not None:
        return _advance_numba
    if backend == "numba":
        raise InputError([Fault("numba is not installed; use auto or numpy", column="backend")])
    return _advance_numpy


@cache
def _compiled() -> ModuleType | None:
    # imported late because numba alone takes longer to import than all the rest
    try:
        from unicluster.fcm import compiled
    except ImportError:
        return None
    return compiled


def _advance_numpy(runs: Runs, steps: int, watch_from: int, stop: bool, keep_path: bool) -> Progress:
    state = np.array(np.broadcast_to(runs.start, (runs.size, runs.n)))
    done = Progress.empty(runs.size, runs.n, steps if keep_path else 0)
    done.updates[:] = steps
    done.period[:] = 0
    running = np.ones(runs.size, dtype=bool)
    remembered, previous = state, np.zeros(runs.size)
    for t in range(1, steps + 1):
        new = update(runs, state)
        if t > watch_from:
            change = np.abs(new - state).max(axis=1)
            # a run that leaves an unstable fixed point takes growing steps
            settled = change <= np.minimum(previous, SETTLED)
            previous = change
            returned = (np.abs(new - remembered).max(axis=1) <= RETURNED) & (t > watch_from + 1)
            decided = (settled | returned) & (done.period == 0)
            done.period[decided] = np.where(settled, 1, t - watch_from)[decided]
            if stop:
                done.updates[decided] = t
                done.state[decided] = new[decided]
                running &= ~decided
        elif t == watch_from:
            remembered = new
        state = new
        if keep_path:
            done.path[t - 1] = state
        if not running.any():
            break
    done.state[running] = state[running]
    done.residual[:] = np.abs(update(runs, done.state) - done.state).max(axis=1)
    return done


def _advance_numba(runs: Runs, steps: int, watch_from: int, stop: bool, keep_path: bool) -> Progress:
    compiled = _compiled()
    n, size = runs.n, runs.size
    shared = len(runs.weights) == 1
    pointers, sources, strength = _links(runs.weights, compiled.UNROLL)
    # the engine takes targets in pairs: an odd concept gets a partner that is held at 0
    start, slope, clamp = (
        _by_concept(values, size, partner)
        for values, partner in ((runs.start, 0.0), (runs.slope, 1.0), (runs.clamp, 0.0))
    )
    state = np.empty_like(start)
    path = np.empty((steps if keep_path else 0, *state.shape))
    residual = np.empty(size)
    updates, period = np.empty((2, size), dtype=np.int64)
    own = np.empty((0, 0, 0)) if shared else np.ascontiguousarray(runs.weights)
    # below a full block, and where the weights of a full block would not fit, blocks are narrower
    width = size if shared else min(size, max(1, OWN_WEIGHTS_BYTES // max(1, strength.nbytes)))
    compiled.advance(
        start,
        slope,
        clamp,
        pointers,
        sources,
        strength,
        own,
        RULES.index(runs.rule),
        TRANSFERS.index(runs.transfer),
        steps,
        watch_from,
        stop,
        (SETTLED, RETURNED),
        state,
        residual,
        updates,
        period,
        path,
        *((width,) if width < compiled.BLOCK else ()),
    )
    return Progress(state[:n].T, residual, updates, period, path[:, :n].transpose(0, 2, 1))


def _by_concept(values: np.ndarray, size: int, partner: float) -> np.ndarray:
    """Values of shape (1 or size, n) as an array (n or n + 1, size) with an even number of rows."""
    n = values.shape[1]
    table = np.empty((n + n % 2, size))
    table[:n] = values.T
    table[n:] = partner
    return table


def _links(weights: np.ndarray, multiple: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sources of each pair of targets as the compiled engine takes them.

    Returns
    -------
    pointers, sources, strength
        As in ``compiled.advance``, which calls the last ``shared``.
    """
    n = weights.shape[-1]
    present = np.zeros((n, n + n % 2))
    present[:, :n] = weights[0] if len(weights) == 1 else weights.any(axis=0)
    pairs = present.reshape(n, -1, 2)
    pair, source = np.nonzero(pairs.any(axis=2).T)
    count = np.bincount(pair, minlength=pairs.shape[1])
    pointers = np.zeros(len(count) + 1, dtype=np.int64)
    pointers[1:] = np.cumsum(-(-count // multiple) * multiple)
    place = pointers[pair] + np.arange(len(pair)) - (np.cumsum(count) - count)[pair]
    sources = np.zeros(pointers[-1], dtype=np.int32)
    sources[place] = source
    strength = np.zeros((pointers[-1], 2))
    strength[place] = pairs[source, pair]
    return pointers, sources, strength
