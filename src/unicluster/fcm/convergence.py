"""Where a run ends: a fixed point, a limit cycle with its period, or undetermined at the cap.

A run goes on in phases, each twice as long as the one before. At the start of a phase its state is
remembered (Brent, R. P. 1980. An improved Monte Carlo factorization algorithm. BIT 20, 176-184), so
that a cycle of any period is found once a phase is longer than it. A run that creeps towards a
fixed point is brought there by Newton's method, and only believed to arrive if the fixed point
attracts and the run has been approaching it as fast as the fixed point's Jacobian says it must.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from unicluster.fcm.arguments import Runs
from unicluster.fcm.batch import Progress, advance, update
from unicluster.fcm.kernels import RANGES, net_input, transfer_derivative

FIXED_POINT = "fixed_point"
LIMIT_CYCLE = "limit_cycle"
UNDETERMINED = "undetermined"
TOLERANCE = 1e-12

FIRST_PHASE = 32
NEWTON_FROM = 480
NEWTON_STEPS = 60
# A step this large against a return within 1e-12 cannot be the creep of a run towards a shorter
# cycle: it would have to shrink by less than a billionth in each period.
CLEARLY_MOVING = 1e-3
# A fixed point this near is where a run arrives even if rounding hides the approach.
NEAR = 1e-9
WITHIN_REACH = 0.1
# Rounding of a spectral radius of 1, as tanh has it in the modified rule.
MARGINAL = 1 + 1e-12
ORBIT_VALUES = 2_000_000


@dataclass(frozen=True, eq=False)
class Ends:
    """Where runs end.

    Attributes
    ----------
    state : ndarray, shape (runs, n)
    period : ndarray of int, shape (runs,)
        1 at a fixed point, the period of a limit cycle, 0 undetermined.
    residual : ndarray, shape (runs,)
        max |F(a) - a|, and max |F^p(a) - a| on a cycle of period p.
    updates : ndarray of int, shape (runs,)
    path : ndarray, shape (1 + updates, n), or None
        Of the first run, if asked for.
    """

    state: np.ndarray
    period: np.ndarray
    residual: np.ndarray
    updates: np.ndarray
    path: np.ndarray | None


def end_names(period: np.ndarray) -> np.ndarray:
    """The kind of end that goes with each period."""
    return np.array([UNDETERMINED, FIXED_POINT, LIMIT_CYCLE])[np.minimum(period, 2)]


def jacobian(runs: Runs, state: np.ndarray) -> np.ndarray:
    """Derivatives of one update.

    Returns
    -------
    ndarray, shape (runs, n, n)
        ``[:, i, j]`` is the derivative of the next value of concept j with respect to the present
        one of concept i; 0 in the columns of held concepts.
    """
    gain = transfer_derivative(runs.transfer, net_input(runs.rule, runs.weights, state), runs.slope)
    gain = np.where(np.isnan(runs.clamp), gain, 0.0)
    if runs.rule == "kosko":
        return runs.weights * gain[:, None, :]
    factor = 2.0 if runs.rule == "rescaled" else 1.0
    return factor * (runs.weights + np.eye(runs.n)) * gain[:, None, :]


def run_to_end(runs: Runs, max_steps: int, keep_path: bool = False, backend: str = "auto") -> Ends:
    """Run until every end is decided, at most ``max_steps`` updates each."""
    state = np.array(np.broadcast_to(runs.start, (runs.size, runs.n)))
    residual = np.empty(runs.size)
    period, updates = np.zeros((2, runs.size), dtype=np.int64)
    path = [state[:1].copy()]
    undecided = np.arange(runs.size)
    made, phase = 0, FIRST_PHASE
    while len(undecided) and made < max_steps:
        phase = min(phase, max_steps - made)
        some = runs.take(undecided, state[undecided])
        progress = advance(some, phase, 0, True, keep_path, backend)
        if keep_path:
            path.append(progress.path[: progress.updates[0], 0])
        made += phase
        _shorten_cycles(some, progress, backend)
        if made >= NEWTON_FROM:
            _arrive(some, progress, phase)
        state[undecided], period[undecided] = progress.state, progress.period
        residual[undecided] = progress.residual
        updates[undecided] += progress.updates
        undecided = undecided[progress.period == 0]
        phase *= 2
    return Ends(state, period, residual, updates, np.concatenate(path) if keep_path else None)


def run_steps(runs: Runs, steps: int, keep_path: bool = False, backend: str = "auto") -> Ends:
    """Make exactly ``steps`` updates and say what the last state is.

    The second half of the run is watched for the return of the state at its middle.
    """
    progress = advance(runs, steps, steps // 2, False, keep_path, backend)
    residual, period = progress.residual, progress.period
    period[residual <= TOLERANCE] = 1
    for alike, orbit in _orbits(runs, progress, backend):
        residual[alike] = _distance(orbit[-1], orbit[0])
        for q in _proper_divisors(len(orbit) - 1):
            creeping = _distance(orbit[q], orbit[0]) < CLEARLY_MOVING
            residual[alike[creeping]] = np.inf
    period[residual > TOLERANCE] = 0
    path = np.concatenate([runs.start[:1], progress.path[:, 0]]) if keep_path else None
    return Ends(progress.state, period, residual, progress.updates, path)


def _orbits(runs: Runs, progress: Progress, backend: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Runs that returned after the same number p of updates, and their next p updates.

    Yields
    ------
    alike : ndarray of int, shape (m,)
    orbit : ndarray, shape (p + 1, m, n)
    """
    for p in np.unique(progress.period[progress.period > 1]):
        alike = np.flatnonzero(progress.period == p)
        size = max(1, ORBIT_VALUES // (p * runs.n))
        for part in np.split(alike, range(size, len(alike), size)):
            start = progress.state[part]
            path = advance(runs.take(part, start), p, p, False, True, backend).path
            yield part, np.concatenate([start[None], path])


def _shorten_cycles(runs: Runs, progress: Progress, backend: str) -> None:
    """Move runs whose return was only slow creeping onto the shorter cycle, in place.

    A run that creeps towards a cycle from alternating sides comes very near to where it was. If
    Newton's method finds a shorter cycle there that attracts, that is where the run ends.
    """
    for alike, orbit in _orbits(runs, progress, backend):
        progress.residual[alike] = _distance(orbit[-1], orbit[0])
        open_ = np.ones(len(alike), dtype=bool)
        for q in _proper_divisors(len(orbit) - 1):
            doubtful = np.flatnonzero(open_ & (_distance(orbit[q], orbit[0]) < CLEARLY_MOVING))
            if not len(doubtful):
                continue
            which, given = alike[doubtful], orbit[0, doubtful]
            target, residual, radius = newton(runs.take(which, given), q)
            true = (radius < 1) & (_distance(target, given) <= WITHIN_REACH)
            open_[doubtful[true]] = False
            _place(progress, which[true], target[true], residual[true], q)


def _arrive(runs: Runs, progress: Progress, steps: int) -> None:
    """Move undecided runs that creep towards an attracting fixed point onto it, in place.

    ``runs`` start where they were ``steps`` updates ago.
    """
    slow = np.flatnonzero((progress.period == 0) & (progress.residual < WITHIN_REACH))
    if not len(slow):
        return
    now = progress.state[slow]
    target, residual, radius = newton(runs.take(slow, now), 1)
    before, after = _distance(runs.start[slow], target), _distance(now, target)
    # half the logarithmic rate that the Jacobian promises is enough, for the approach may not be
    # along the slowest direction all the time
    approaching = (after < before) & (after <= before * np.minimum(radius, 1) ** (steps / 2))
    there = (after <= NEAR) | ((after <= WITHIN_REACH) & approaching)
    there &= radius <= MARGINAL
    _place(progress, slow[there], target[there], residual[there], 1)


def _place(progress: Progress, which: np.ndarray, state: np.ndarray, residual: np.ndarray, period: int) -> None:
    progress.state[which], progress.residual[which] = state, residual
    progress.period[which] = period


def _distance(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.abs(one - other).max(axis=-1)


def _proper_divisors(p: int) -> list[int]:
    return [q for q in range(1, p // 2 + 1) if p % q == 0]


def newton(runs: Runs, period: int) -> tuple[np.ndarray, np.ndarray]:
    """Points that ``period`` updates leave where they are, by Newton's method from the starts.

    Returns
    -------
    state : ndarray, shape (runs, n)
    residual : ndarray, shape (runs,)
        How far the updates still move it.
    radius : ndarray, shape (runs,)
        Spectral radius of the derivative of the updates there: below 1 the cycle attracts.
        Infinite where the residual is above ``TOLERANCE``.
    """
    low, high = RANGES[runs.transfer]
    state = runs.start
    for _ in range(NEWTON_STEPS):
        image, product = _image(runs, state, period)
        step = _solve(np.eye(runs.n) - product.transpose(0, 2, 1), image - state)
        state = np.clip(state + step, low, high)
        if not np.abs(step).max() > 1e-15:
            break
    image, product = _image(runs, state, period)
    residual, radius = _distance(image, state), np.full(runs.size, np.inf)
    found = residual <= TOLERANCE
    radius[found] = np.abs(np.linalg.eigvals(product[found])).max(axis=1, initial=0)
    return state, residual, radius


def _image(runs: Runs, state: np.ndarray, period: int) -> tuple[np.ndarray, np.ndarray]:
    """State after ``period`` updates and its derivative, shapes (runs, n) and (runs, n, n)."""
    image, product = update(runs, state), jacobian(runs, state)
    for _ in range(period - 1):
        product = product @ jacobian(runs, image)
        image = update(runs, image)
    return image, product


def _solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    try:
        return np.linalg.solve(matrix, right[..., None])[..., 0]
    except np.linalg.LinAlgError:
        # at a fixed point that only just attracts one direction is left undetermined
        return (np.linalg.pinv(matrix) @ right[..., None])[..., 0]
