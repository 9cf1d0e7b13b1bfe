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


def cycle_states(run: Runs, state: np.ndarray, period: int) -> np.ndarray:
    """A state on the attractor of one run and the next ones until it returns, shape (period, n)."""
    following = advance(run.take(np.array([0]), state[None]), max(period - 1, 0), period, False, True).path[:, 0]
    return np.concatenate([state[None], following])[:period]


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
        _confirm_returns(some, progress, backend)
        # runs whose return was none make the rest of the phase as well
        for done in np.unique(progress.updates[(progress.period == 0) & (progress.updates < phase)]):
            mistaken = np.flatnonzero((progress.period == 0) & (progress.updates == done))
            rest = phase - done
            more = advance(some.take(mistaken, progress.state[mistaken]), rest, rest, False, keep_path, backend)
            _place(progress, mistaken, more.state, more.residual, 0)
            progress.updates[mistaken] = phase
            if keep_path:
                path.append(more.path[:, 0])
        made += phase
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
        distance = _distance(orbit[-1], orbit[0])
        closed = (distance <= TOLERANCE) & (_shortest_step(orbit) >= CLEARLY_MOVING)
        residual[alike[closed]] = distance[closed]
        period[alike[~closed]] = 0
    period[(period == 1) & (residual > TOLERANCE)] = 0
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


def _confirm_returns(runs: Runs, progress: Progress, backend: str) -> None:
    """Tell returns from slow creeping, in place.

    A run that creeps towards a cycle from alternating sides, or away from one that repels, comes
    very near to where it was. It ends on the shortest cycle there that attracts, found by Newton's
    method; if there is none, it is undecided again.
    """
    for alike, orbit in _orbits(runs, progress, backend):
        closed = _shortest_step(orbit) >= CLEARLY_MOVING
        progress.residual[alike[closed]] = _distance(orbit[-1], orbit[0])[closed]
        progress.period[alike[~closed]] = 0
        for q in [*_proper_divisors(len(orbit) - 1), len(orbit) - 1]:
            near = _distance(orbit[q], orbit[0]) < CLEARLY_MOVING
            doubtful = np.flatnonzero((progress.period[alike] == 0) & near)
            if not len(doubtful):
                continue
            which, given = alike[doubtful], orbit[0, doubtful]
            target, residual, radius = newton(runs.take(which, given), q)
            true = (radius < 1) & (_distance(target, given) <= WITHIN_REACH)
            found = runs.take(which[true], target[true])
            _place(progress, which[true], target[true], residual[true], _least_period(found, q))


def _least_period(runs: Runs, period: int) -> np.ndarray:
    """After how many updates, at most ``period``, each run is back at its start."""
    least, image = np.full(runs.size, period), runs.start
    for k in range(1, period):
        image = update(runs, image)
        least = np.where(_distance(image, runs.start) <= TOLERANCE, np.minimum(least, k), least)
    return least


def _shortest_step(orbit: np.ndarray) -> np.ndarray:
    """How far each run of `_orbits` at least moves in a proper divisor of its period."""
    return np.min([_distance(orbit[q], orbit[0]) for q in _proper_divisors(len(orbit) - 1)], axis=0)


def _arrive(runs: Runs, progress: Progress, steps: int) -> None:
    """Move undecided runs that creep towards an attracting fixed point onto it, in place.

    ``runs`` start where they were ``steps`` updates ago.
    """
    slow = np.flatnonzero((progress.period == 0) & (progress.residual < WITHIN_REACH))
    if not len(slow):
        return
    now = progress.state[slow]
    some = runs.take(slow, now)
    target, residual, radius = newton(some, 1)
    before, after = _distance(runs.start[slow], target), _distance(now, target)
    # The slower of the rates here and there, since saturation has none at its kinks. Half of it, as
    # a logarithm, is enough, for the approach may not be along the slowest direction all the time.
    rate = np.minimum(np.maximum(radius, _spectral_radius(jacobian(some, now))), 1)
    approaching = (after < before) & (after <= before * rate ** (steps / 2))
    there = (after <= NEAR) | ((after <= WITHIN_REACH) & approaching)
    there &= radius <= MARGINAL
    _place(progress, slow[there], target[there], residual[there], 1)


def _place(
    progress: Progress, which: np.ndarray, state: np.ndarray, residual: np.ndarray, period: int | np.ndarray
) -> None:
    progress.state[which], progress.residual[which] = state, residual
    progress.period[which] = period


def _distance(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.abs(one - other).max(axis=-1)


def _proper_divisors(p: int) -> list[int]:
    return [q for q in range(1, p // 2 + 1) if p % q == 0]


def newton(runs: Runs, period: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
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
    state = np.array(np.broadcast_to(runs.start, (runs.size, runs.n)))
    moving = np.arange(runs.size)
    for _ in range(NEWTON_STEPS):
        image, product = _image(runs.take(moving), state[moving], period)
        step = _solve(np.eye(runs.n) - product.transpose(0, 2, 1), image - state[moving])
        state[moving] = np.clip(state[moving] + step, low, high)
        # every run by itself, so that it does not depend on its neighbours in a batch
        moving = moving[np.abs(step).max(axis=1) > 1e-15]
        if not len(moving):
            break
    image, product = _image(runs, state, period)
    residual, radius = _distance(image, state), np.full(runs.size, np.inf)
    found = residual <= TOLERANCE
    radius[found] = _spectral_radius(product[found])
    return state, residual, radius


def _spectral_radius(matrices: np.ndarray) -> np.ndarray:
    return np.abs(np.linalg.eigvals(matrices)).max(axis=1, initial=0)


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
        if len(matrix) > 1:
            return np.concatenate([_solve(matrix[k : k + 1], right[k : k + 1]) for k in range(len(matrix))])
        # where the fixed point only just attracts, the step along that direction is left out
        return (np.linalg.pinv(matrix) @ right[..., None])[..., 0]
