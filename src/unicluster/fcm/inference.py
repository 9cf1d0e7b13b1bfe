"""Run a map forward: one run, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.arguments import Runs, Values, prepare
from unicluster.fcm.kernels import RANGES, net_input, transfer_value
from unicluster.fcm.map import CognitiveMap

FIXED_POINT = "fixed_point"
LIMIT_CYCLE = "limit_cycle"
UNDETERMINED = "undetermined"
TOLERANCE = 1e-12


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
    """

    state: np.ndarray
    end: str
    period: int
    residual: float
    path: np.ndarray
    held: tuple[str, ...]

    @property
    def cycle(self) -> np.ndarray:
        """States of the attractor, shape (period, n); empty when undetermined."""
        if self.end == FIXED_POINT:
            return self.state[None, :]
        return self.path[len(self.path) - self.period :]


@dataclass(frozen=True, eq=False)
class BatchSimulation:
    """Many runs and where each ended; the leading axis is the run.

    Attributes
    ----------
    state : ndarray, shape (runs, n)
    end : ndarray of str, shape (runs,)
    period : ndarray of int, shape (runs,)
    residual : ndarray, shape (runs,)
    updates : ndarray of int, shape (runs,)
        Updates made before the end was decided.
    held : ndarray of bool, shape (runs, n)
        Concepts clamped or held throughout the run.
    """

    state: np.ndarray
    end: np.ndarray
    period: np.ndarray
    residual: np.ndarray
    updates: np.ndarray
    held: np.ndarray

    def __len__(self) -> int:
        return len(self.state)


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
    max_steps: int = 100_000,
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
    max_steps : int
        Cap on the updates of a run without ``steps``.
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
    state, end, period, residual, path = _run(runs, steps, max_steps)
    held = tuple(map.ids[j] for j in np.flatnonzero(~np.isnan(runs.clamp[0])))
    return Simulation(
        state[0], str(end[0]), int(period[0]), float(residual[0]), path[:, 0], held
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
    max_steps: int = 100_000,
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
    state, end, period, residual, path = _run(runs, steps, max_steps)
    held = np.broadcast_to(~np.isnan(runs.clamp), (runs.size, runs.n))
    updates = np.full(runs.size, len(path) - 1)
    return BatchSimulation(state, end, period, residual, updates, held)


def steady_state(
    map: CognitiveMap, start: ArrayLike | Mapping[str, float] | None = None, **options
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
        low, high = RANGES.get(options.get("transfer", "sigmoid"), (0.0, 0.0))
        start = np.full(map.n, (low + high) / 2)
    run = simulate(map, start, **options)
    if run.end != FIXED_POINT:
        raise InputError(f"the run has no steady state: it ends in a {run.end} ({run.period=})")
    return run.state


def _run(runs: Runs, steps: int | None, max_steps: int):
    state = np.array(np.broadcast_to(runs.start, (runs.size, runs.n)))
    path = [state]

    def update(state):
        new = transfer_value(
            runs.transfer, net_input(runs.rule, runs.weights, state), runs.slope
        )
        return np.where(np.isnan(runs.clamp), new, runs.clamp)

    for _ in range(min(max_steps, 2000) if steps is None else steps):
        path.append(update(path[-1]))
        if steps is None and np.abs(path[-1] - path[-2]).max() <= 1e-13:
            break
    residual = np.abs(update(path[-1]) - path[-1]).max(axis=1)
    end = np.where(residual <= TOLERANCE, FIXED_POINT, UNDETERMINED)
    return path[-1], end, (residual <= TOLERANCE).astype(int), residual, np.array(path)
