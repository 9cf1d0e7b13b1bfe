"""Where a run ends: a fixed point, a limit cycle with its period, or undetermined at the cap.

A run goes on in phases, each twice as long as the one before. At the start of a phase its state is
remembered (Brent, R. P. 1980. An improved Monte Carlo factorization algorithm. BIT 20, 176-184), so
that a cycle of any period is found once a phase is longer than it. A run that creeps towards a
fixed point is brought there by Newton's method, and only believed to arrive if the fixed point
attracts and the run has been approaching it as fast as the fixed point's Jacobian says it must.
"""

from __future__ import annotations

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
    gain = transfer_derivative(
        runs.transfer, net_input(runs.rule, runs.weights, state), runs.slope
    )
    gain = np.where(np.isnan(runs.clamp), gain, 0.0)
    if runs.rule == "kosko":
        return runs.weights * gain[:, None, :]
    factor = 2.0 if runs.rule == "rescaled" else 1.0
    return factor * (runs.weights + np.eye(runs.n)) * gain[:, None, :]


def run_to_end(
    runs: Runs, max_steps: int, keep_path: bool = False, backend: str = "auto"
) -> Ends:
    """Run until every end is decided, at most ``max_steps`` updates each."""
    state = np.array(np.broadcast_to(runs.start, (runs.size, runs.n)))
    period = np.zeros(runs.size, dtype=np.int64)
    updates = np.zeros(runs.size, dtype=np.int64)
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
        updates[undecided] += progress.updates
        end, found = shortest_cycles(some, progress, backend)
        if made >= NEWTON_FROM:
            arrive(some, end, found, phase)
        state[undecided], period[undecided] = end, found
        undecided = undecided[found == 0]
        phase *= 2
    residual = cycle_residual(runs, state, period, backend)
    return Ends(state, period, residual, updates, np.concatenate(path) if keep_path else None)


def run_steps(runs: Runs, steps: int, keep_path: bool = False, backend: str = "auto") -> Ends:
    """Make exactly ``steps`` updates and say what the last state is.

    The second half of the run is watched for the return of the state at its middle.
    """
    progress = advance(runs, steps, steps // 2, False, keep_path, backend)
    step = cycle_residual(runs, progress.state, np.ones(runs.size, dtype=np.int64), backend)
    _, period = shortest_cycles(runs, progress, backend)
    period[step <= TOLERANCE] = 1
    residual = cycle_residual(runs, progress.state, period, backend) if period.any() else step
    period[residual > TOLERANCE] = 0
    residual = np.where(period, residual, step)
    path = np.concatenate([runs.start[:1], progress.path[:, 0]]) if keep_path else None
    return Ends(progress.state, period, residual, progress.updates, path)


def cycle_residual(
    runs: Runs, state: np.ndarray, period: np.ndarray, backend: str = "auto"
) -> np.ndarray:
    """max |F^p(a) - a| of each run for its period p, and |F(a) - a| where the period is 0."""
    residual = np.empty(runs.size)
    length = np.maximum(period, 1)
    for p in np.unique(length):
        alike = np.flatnonzero(length == p)
        image = advance(runs.take(alike, state[alike]), p, p, False, backend=backend).state
        residual[alike] = np.abs(image - state[alike]).max(axis=1)
    return residual


def shortest_cycles(
    runs: Runs, progress: Progress, backend: str = "auto"
) -> tuple[np.ndarray, np.ndarray]:
    """State and period of each run, once a return has been told from slow creeping.

    A run that creeps towards a shorter cycle from alternating sides comes very near to where it
    was. If Newton's method finds a shorter cycle there that attracts, that is where the run ends.
    """
    state, period = progress.state.copy(), progress.period.copy()
    for p in np.unique(period[period > 1]):
        alike = np.flatnonzero(period == p)
        size = max(1, ORBIT_VALUES // (p * runs.n))
        for part in np.split(alike, range(size, len(alike), size)):
            some = runs.take(part, progress.state[part])
            orbit = advance(some, p - 1, p, False, True, backend).path
            for q in (q for q in range(1, p // 2 + 1) if p % q == 0):
                step = np.abs(orbit[q - 1] - progress.state[part]).max(axis=1)
                doubtful = part[(step < CLEARLY_MOVING) & (period[part] == p)]
                if not len(doubtful):
                    continue
                given = progress.state[doubtful]
                target, radius = newton(runs.take(doubtful, given), q)
                moved = np.abs(target - given).max(axis=1)
                true = (radius < 1) & (moved <= WITHIN_REACH)
                state[doubtful[true]], period[doubtful[true]] = target[true], q
    return state, period


def arrive(runs: Runs, end: np.ndarray, period: np.ndarray, steps: int) -> None:
    """Move undecided runs that creep towards an attracting fixed point onto it, in place.

    Parameters
    ----------
    runs : Runs
        From where each run was ``steps`` updates ago.
    end : ndarray, shape (runs, n)
        Where each is now.
    period : ndarray of int, shape (runs,)
        0 for the undecided.
    steps : int
    """
    undecided = np.flatnonzero(period == 0)
    step = np.abs(update(runs.take(undecided), end[undecided]) - end[undecided]).max(axis=1)
    slow = undecided[step < WITHIN_REACH]
    if not len(slow):
        return
    some = runs.take(slow, end[slow])
    target, radius = newton(some, 1)
    before = np.abs(runs.start[slow] - target).max(axis=1)
    after = np.abs(end[slow] - target).max(axis=1)
    approaching = (after < before) & (after <= before * np.minimum(radius, 1) ** (steps / 2))
    there = (after <= NEAR) | ((after <= WITHIN_REACH) & approaching)
    there &= radius <= MARGINAL
    end[slow[there]], period[slow[there]] = target[there], 1


def newton(runs: Runs, period: int) -> tuple[np.ndarray, np.ndarray]:
    """Points that ``period`` updates leave where they are, by Newton's method from the starts.

    Returns
    -------
    state : ndarray, shape (runs, n)
    radius : ndarray, shape (runs,)
        Spectral radius of the derivative of ``period`` updates there: below 1 the cycle attracts.
        Infinite where no such point was found.
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
    radius = np.full(runs.size, np.inf)
    found = np.abs(image - state).max(axis=1) <= TOLERANCE
    radius[found] = np.abs(np.linalg.eigvals(product[found])).max(axis=1, initial=0)
    return state, radius


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
