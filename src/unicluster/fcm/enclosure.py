"""Sound bounds on what a map can do when its numbers are known within bounds.

An enclosure contains every value that any admissible choice of weights, slopes and clamps can
give. Interval results that tools print without outward rounding, or from runs at a few corners,
are not enclosures: the true range reaches beyond them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from unicluster.fcm.intervals import (
    EPS,
    Bounds,
    Interval,
    IntervalMap,
    base,
    image,
    interval_map,
    jacobian,
    multiply,
    net_input,
    outwards,
)
from unicluster.fcm.kernels import RANGES
from unicluster.fcm.map import CognitiveMap

# A computed steady state may stand this far from the true one.
ACCURACY = 1e-11


@dataclass(frozen=True, eq=False)
class SteadyStateEnclosure:
    """Bounds on the fixed points of all admissible maps.

    Attributes
    ----------
    lower, upper : ndarray of shape (n,)
        Every fixed point of every admissible map lies between them, and so does every steady state
        computed to 1e-11.
    attractor_lower, attractor_upper : ndarray of shape (n,)
        Wider bounds that hold for limit cycles too: every state that a run can visit for ever.
    unique : bool
        Whether every admissible map is proved to have exactly one fixed point. If it is not
        proved, several may or may not exist.
    """

    lower: np.ndarray
    upper: np.ndarray
    attractor_lower: np.ndarray
    attractor_upper: np.ndarray
    unique: bool

    def contains(self, states: ArrayLike) -> bool:
        """Whether all the states, shape (..., n), lie within ``lower`` and ``upper``."""
        states = np.asarray(states, dtype=float)
        return bool(np.all((states >= self.lower) & (states <= self.upper)))


def enclose_steady_state(
    map: CognitiveMap,
    *,
    weights: tuple[ArrayLike, ArrayLike] | None = None,
    slope: Bounds = 1.0,
    clamp: Mapping[str, float | tuple[float, float]] | None = None,
    start: Bounds | None = None,
    hold_transmitters: bool = False,
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
) -> SteadyStateEnclosure:
    """Bounds on the steady state over all weights, slopes and clamps within theirs.

    All states there are shrink under repeated interval updates to bounds on every attractor. For
    smooth transfer functions Krawczyk's operator then bounds the fixed points, and where the sign
    of a derivative is proved the worst case sits at that end of the parameter's range: with all
    signs proved the bounds are those of two runs, and exact.

    Parameters
    ----------
    map : CognitiveMap
        n concepts.
    weights : (lowest, highest), each of shape (n, n), optional
        For example `SpreadSampler.bounds`; the map's weights as they are when left out.
    slope : float, or (lowest, highest) of numbers or arrays of shape (n,)
        Slopes of different concepts vary independently.
    clamp : mapping of concept to value or (lowest, highest), optional
    start : array_like of shape (n,), or (lowest, highest) of them, optional
        Only used for the concepts that ``hold_transmitters`` holds.
    hold_transmitters : bool
        Hold concepts that no admissible weight leads into.
    rule, transfer : str
        As in `simulate`.

    Raises
    ------
    InputError
        Bounds that fall or leave their range, unknown concepts, a missing start.

    References
    ----------
    Krawczyk (1969), Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken;
    Neumaier (1990), Interval methods for systems of equations.
    """
    box = interval_map(map, weights, slope, clamp, start, hold_transmitters, rule, transfer)
    attractors = _shrink(box, box.whole)
    lower, upper, unique = *attractors, bool(np.all(attractors[0] == attractors[1]))
    if transfer in ("sigmoid", "tanh"):
        state = _krawczyk(box, attractors)
        lower, upper = state
        unique = _inverse(box, state) is not None
        if unique:
            lower = np.array([_extreme(box, state, k, -1) for k in range(map.n)])
            upper = np.array([_extreme(box, state, k, 1) for k in range(map.n)])
    low, high = RANGES[transfer]
    return SteadyStateEnclosure(
        lower=np.maximum(lower - ACCURACY, low),
        upper=np.minimum(upper + ACCURACY, high),
        attractor_lower=attractors[0],
        attractor_upper=attractors[1],
        unique=unique,
    )


def enclose_path(
    map: CognitiveMap,
    start: tuple[ArrayLike, ArrayLike],
    steps: int,
    *,
    weights: tuple[ArrayLike, ArrayLike] | None = None,
    slope: Bounds = 1.0,
    clamp: Mapping[str, float | tuple[float, float]] | None = None,
    hold_transmitters: bool = False,
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
) -> Interval:
    """Bounds on every state of every run over a number of updates.

    Parameters
    ----------
    map : CognitiveMap
        n concepts.
    start : (lowest, highest), each of shape (n,)
    steps : int
        Updates. The bounds of a step come from those of the step before, without their
        dependence, so they widen more than the runs do.
    weights, slope, clamp, hold_transmitters, rule, transfer
        As in `enclose_steady_state`.

    Returns
    -------
    lower, upper : ndarray of shape (steps + 1, n)
        The start first, held concepts at their values.

    Raises
    ------
    InputError
        As `enclose_steady_state`.
    """
    box = interval_map(map, weights, slope, clamp, start, hold_transmitters, rule, transfer)
    state = tuple(
        np.where(box.held, held, np.broadcast_to(np.asarray(bound, dtype=float), map.n))
        for held, bound in zip(box.values, start, strict=True)
    )
    path = [state]
    for _ in range(steps):
        path.append(image(box, path[-1]))
    lower, upper = zip(*path, strict=True)
    return np.array(lower), np.array(upper)


def _shrink(box: IntervalMap, state: Interval, enough: float = 1e-14) -> Interval:
    """Intersect with images until little is gained: no attractor is ever cut off."""
    for _ in range(1000):
        low, high = image(box, state)
        tighter = np.maximum(state[0], low), np.minimum(state[1], high)
        gained = max(np.max(tighter[0] - state[0]), np.max(state[1] - tighter[1]))
        state = tighter
        if gained <= enough:
            break
    return state


def _centre(interval: Interval) -> tuple[np.ndarray, np.ndarray]:
    """Middle and a radius that reaches both ends."""
    low, high = interval
    middle = (low + high) / 2
    return middle, np.nextafter(np.maximum(high - middle, middle - low), np.inf)


def _preconditioned(box: IntervalMap, state: Interval) -> tuple[np.ndarray, np.ndarray]:
    """C, near the inverse of I - ∂F/∂a on the free concepts, and a bound E on |I - C (I - ∂F/∂a)|."""
    free = ~box.held
    middle, radius = (part[np.ix_(free, free)] for part in _centre(jacobian(box, state)))
    one = np.eye(free.sum())
    # The pseudo-inverse is there even at a bifurcation, where nothing will be proved with it.
    inverse = np.linalg.pinv(one - middle)
    size = np.abs(inverse)
    rounding = 4 * (len(one) + 4) * EPS * (one + size @ (one + np.abs(middle) + radius))
    return inverse, np.abs(one - inverse @ (one - middle)) + size @ radius + rounding


def _krawczyk(box: IntervalMap, state: Interval) -> Interval:
    """Bounds on the fixed points within a state interval."""
    free = ~box.held
    for _ in range(100):
        inverse, distance = _preconditioned(box, state)
        middle, radius = _centre(state)
        # At one state each parameter occurs once, so this range of a - F(a) is exact.
        point = tuple(np.where(free, middle, bound) for bound in state)
        low, high = image(box, point)
        gap, gap_radius = (part[free] for part in _centre(outwards(middle - high, middle - low)))
        size = np.abs(inverse)
        reach = size @ gap_radius + distance @ radius[free]
        rounding = 4 * (free.sum() + 4) * EPS * (1 + size @ np.abs(gap) + reach)
        new = middle[free] - inverse @ gap
        low, high = (bound.copy() for bound in state)
        low[free] = np.maximum(low[free], new - reach - rounding)
        high[free] = np.minimum(high[free], new + reach + rounding)
        width, narrower = np.sum(state[1] - state[0]), np.sum(high - low)
        state = low, high
        if narrower >= 0.99 * width:
            break
    return state


def _inverse(box: IntervalMap, state: Interval) -> tuple[np.ndarray, np.ndarray] | None:
    """Middle and radius of (I - ∂F/∂a)⁻¹ on the free concepts; None where it may not exist.

    Where it exists all over an interval that holds every fixed point, there is only one.
    """
    inverse, distance = _preconditioned(box, state)
    one = np.eye(len(distance))
    if not distance.size:
        return inverse, distance
    # Any bound > distance + distance @ bound is at least the sum of all powers of distance, and
    # there is one only where that sum is finite.
    bound = (np.linalg.pinv(one - distance) @ distance).clip(min=0) * (1 + 1e-9) + 1e-15
    slack = bound - distance - distance @ bound
    if not np.all(slack > 4 * (len(one) + 4) * EPS * (distance + distance @ bound)):
        return None
    return inverse, (bound @ np.abs(inverse)) * (1 + 1e-12)


def _signs(interval: Interval) -> np.ndarray:
    """1 where an interval is nowhere negative, -1 where it is nowhere positive, else 0."""
    low, high = interval
    return np.where(low >= 0, 1, np.where(high <= 0, -1, 0))


def _towards(interval: Interval, direction: np.ndarray) -> Interval:
    """The upper end where the direction is positive, the lower where negative, else both."""
    low, high = interval
    return np.where(direction > 0, high, low), np.where(direction < 0, low, high)


def _extreme(box: IntervalMap, state: Interval, concept: int, side: int) -> float:
    """Lowest (side -1) or highest (side 1) fixed point of one concept.

    Parameters whose derivative has a proved sign are put to the end that is worst; that narrows
    the bounds on the rest, which proves further signs.
    """
    if box.held[concept]:
        return box.values[max(side, 0)][concept]
    free = ~box.held
    row = int(free[:concept].sum())
    for _ in range(10):
        found = _inverse(box, state)
        if found is None:
            break
        inverse, radius = found
        response = np.zeros(len(free)), np.zeros(len(free))
        response[0][free], response[1][free] = inverse[row] - radius[row], inverse[row] + radius[row]
        rising = side * _signs(response)
        low, high = multiply(tuple(r[:, None] for r in response), jacobian(box, state))
        rounding = (len(free) + 2) * EPS * np.maximum(np.abs(low), np.abs(high)).sum(axis=0)
        to_held = low.sum(axis=0) - rounding, high.sum(axis=0) + rounding
        worst = replace(
            box,
            matrix=_towards(box.matrix, _signs(base(box, state))[:, None] * rising),
            slope=_towards(box.slope, _signs(net_input(box, state)) * rising),
            values=_towards(box.values, side * _signs(to_held) * box.held),
        )
        before = state[max(side, 0)][concept]
        box, state = worst, _krawczyk(worst, _shrink(worst, state, 1e-4))
        if abs(state[max(side, 0)][concept] - before) <= 1e-14:
            break
    return state[max(side, 0)][concept]
