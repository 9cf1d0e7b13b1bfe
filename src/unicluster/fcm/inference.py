"""Run a map forward: one run, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.arguments import Runs, Values, prepare
from unicluster.fcm.convergence import FIXED_POINT, Ends, cycle_states, end_names, run_steps, run_to_end
from unicluster.fcm.kernels import RANGES
from unicluster.fcm.map import CognitiveMap

# Runs brought to their ends at a time, so that what is needed meanwhile does not grow with them.
PART = 65_536
MOST_STEPS, MOST_PRODUCTS = 100_000, 4 * 10**9


@dataclass(frozen=True, eq=False)
class Simulation:
    """One run and where it ended.

    Attributes
    ----------
    state : ndarray, shape (n,)
        The fixed point, or a point of the limit cycle, or the last state; after ``steps=k``
        always the state after k updates.
    end : {"fixed_point", "limit_cycle", "undetermined"}
        ``undetermined`` means that the cap was reached first.
    period : int
        1 for a fixed point, the period of a limit cycle, 0 when undetermined.
    residual : float
        max |F(a) - a| at ``state``; for a limit cycle max |F^p(a) - a|.
    path : ndarray, shape (updates + 1, n)
        Every state, the start first.
    held : tuple of str
        Ids of the concepts that were clamped or held throughout the run.
    runs : Runs
        The checked inputs, a batch of one.
    """

    state: np.ndarray
    end: str
    period: int
    residual: float
    path: np.ndarray
    held: tuple[str, ...]
    runs: Runs = field(repr=False)

    @property
    def cycle(self) -> np.ndarray:
        """States of the attractor from ``state`` on, shape (period, n); empty when undetermined."""
        return cycle_states(self.runs, self.state, self.period)


@dataclass(frozen=True, eq=False)
class BatchSimulation:
    """Many runs and where each ended; the leading axis is the run.

    Attributes
    ----------
    state : ndarray, shape (runs, n)
        As in `Simulation`.
    period : ndarray of int, shape (runs,)
    residual : ndarray, shape (runs,)
    updates : ndarray of int, shape (runs,)
        Updates made.
    runs : Runs
        The checked inputs.
    """

    state: np.ndarray
    period: np.ndarray
    residual: np.ndarray
    updates: np.ndarray
    runs: Runs = field(repr=False)

    def __len__(self) -> int:
        return len(self.state)

    @property
    def end(self) -> np.ndarray:
        """``fixed_point``, ``limit_cycle`` or ``undetermined``, shape (runs,)."""
        return end_names(self.period)

    @property
    def held(self) -> np.ndarray:
        """Whether each concept was clamped or held throughout the run, shape (runs, n)."""
        return np.broadcast_to(~np.isnan(self.runs.clamp), self.state.shape)


def simulate(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
    slope: float | ArrayLike | Mapping[str, float] = 1.0,
    clamp: Mapping[str, float] | None = None,
    steps: int | None = None,
    hold_transmitters: bool = False,
    *,
    max_steps: int | None = None,
    backend: str = "auto",
) -> Simulation:
    """Run a map from a start to where it ends.

    Parameters
    ----------
    map : CognitiveMap
        n concepts.
    start : array_like of shape (n,), or mapping of concept to value
        In the range of the transfer function; a mapping names every concept that is not clamped.
    rule : {"modified_kosko", "kosko", "rescaled"}
        ``f(a + a W)``, ``f(a W)`` or ``f((2a - 1) + (2a - 1) W)``.
    transfer : {"sigmoid", "tanh", "bivalent", "trivalent", "saturation"}
        ``1 / (1 + exp(-λx))``, ``tanh(λx)``, 1 where x > 0 else 0, ``sign(x)``, ``λx`` cut to
        [0, 1].
    slope : float, array_like of shape (n,), or mapping of concept to value
        λ > 0, one for the map or one per concept.
    clamp : mapping of concept to value, optional
        Concepts kept at a value from the start on; 0 is a value like any other.
    steps : int, optional
        Make exactly this many updates. Without it the run goes on until its end is decided.
    hold_transmitters : bool
        Whether concepts without any incoming link keep their start value. If not, the rule
        applies to them as to any other.
    max_steps : int, optional
        Cap on the updates of a run without ``steps``: 100 000 if left out, and fewer for a map of so
        many links that they would take minutes (`step_cap`).
    backend : {"auto", "numba", "numpy"}
        ``auto`` is numba where it is installed.

    Returns
    -------
    Simulation

    Raises
    ------
    InputError
        Naming every fault of the arguments.

    References
    ----------
    Kosko, B. (1986). Int. J. Man-Machine Studies 24, 65-75. Stylios, C. D. and Groumpos, P. P.
    (2004). IEEE Trans. SMC-A 34, 155-162 (modified rule). Papageorgiou, E. I. (2011). Appl. Soft
    Comput. 11, 3643-3657 (rescaled rule).
    """
    runs = prepare(map, start, rule, transfer, slope, clamp, hold_transmitters)
    if runs.size != 1:
        raise InputError("the arguments are of several runs: use simulate_batch")
    ends = _ends(runs, steps, max_steps, True, backend)
    return Simulation(
        ends.state[0],
        str(end_names(ends.period)[0]),
        int(ends.period[0]),
        float(ends.residual[0]),
        ends.path,
        tuple(map.ids[j] for j in np.flatnonzero(~np.isnan(runs.clamp[0]))),
        runs,
    )


def simulate_batch(
    map: CognitiveMap | Sequence[CognitiveMap],
    start: Values,
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
    slope: Values = 1.0,
    clamp: Values | None = None,
    steps: int | None = None,
    hold_transmitters: bool = False,
    *,
    weights: ArrayLike | None = None,
    max_steps: int | None = None,
    backend: str = "auto",
) -> BatchSimulation:
    """Run a map many times at once; the arguments are those of `simulate`.

    Any of the following may have a leading axis of runs; those that have one agree in its length,
    the others are shared by every run.

    Parameters
    ----------
    map : CognitiveMap, or sequence of CognitiveMap with the same concepts
    start : array_like of shape (n,) or (runs, n), or mapping of concept to value or to (runs,)
        values, or one mapping a run
    slope : float, or like ``start``, or array_like of shape (runs, 1)
    clamp : mapping of concept to value or to (runs,) values, or one mapping a run, optional
    weights : array_like of shape (n, n) or (runs, n, n), optional
        Instead of the weights of ``map``.

    Returns
    -------
    BatchSimulation

    Raises
    ------
    InputError
        Naming every fault of the arguments.
    """
    runs = prepare(map, start, rule, transfer, slope, clamp, hold_transmitters, weights)
    state = np.empty((runs.size, runs.n))
    period, updates = np.empty((2, runs.size), dtype=np.int64)
    residual = np.empty(runs.size)
    for first in range(0, runs.size, PART):
        part = slice(first, first + PART)
        ends = _ends(runs.take(part), steps, max_steps, False, backend)
        state[part], period[part] = ends.state, ends.period
        residual[part], updates[part] = ends.residual, ends.updates
    return BatchSimulation(state, period, residual, updates, runs)


def steady_state(
    map: CognitiveMap, start: ArrayLike | Mapping[str, float] | None = None, **options: object
) -> np.ndarray:
    """Fixed point that a run reaches, shape (n,).

    Parameters
    ----------
    map : CognitiveMap
    start : array_like or mapping, optional
        As in `simulate`; the middle of the transfer function's range if left out.
    **options
        The other arguments of `simulate`.

    Raises
    ------
    InputError
        If the run ends in a limit cycle or at the cap, or for faults of the arguments.
    """
    if start is None:
        low, high = RANGES.get(str(options.get("transfer", "sigmoid")), (0.0, 0.0))
        start = np.full(map.n, (low + high) / 2)
    run = simulate(map, start, **options)
    if run.end != FIXED_POINT:
        where = f"in a limit cycle of period {run.period}" if run.period else "undecided at the cap"
        raise InputError(f"this run has no steady state: it ends {where}")
    return run.state


def step_cap(weights: np.ndarray) -> int:
    """Cap on the updates of a run whose caller sets none.

    Parameters
    ----------
    weights : ndarray, shape (..., n, n)

    Returns
    -------
    int
        100 000, or as many as multiply 4 billion times (about ten seconds) on a map of more than 40 000 links.
    """
    links = np.count_nonzero(weights[0] if weights.ndim == 3 else weights)
    return min(MOST_STEPS, max(1, MOST_PRODUCTS // max(1, links)))


def _ends(runs: Runs, steps: int | None, max_steps: int | None, keep_path: bool, backend: str) -> Ends:
    refuse(
        Fault(f"must be a whole number of at least {least}", column=name, value=str(given))
        for name, given, least in (("steps", steps, 0), ("max_steps", max_steps, 1))
        if given is not None and not (isinstance(given, Integral) and given >= least)
    )
    if steps is None:
        return run_to_end(runs, step_cap(runs.weights) if max_steps is None else int(max_steps), keep_path, backend)
    return run_steps(runs, int(steps), keep_path, backend)
