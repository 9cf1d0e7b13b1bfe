"""One update of a map on intervals, rounded outwards.

Every function here returns bounds that hold in real arithmetic: floating-point sums are widened by
their worst-case error (Higham 2002, Accuracy and stability of numerical algorithms, sec. 3.1), and
transfer functions by a few units in the last place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.arguments import prepare
from unicluster.fcm.kernels import RANGES, transfer_value
from unicluster.fcm.map import CognitiveMap

EPS = np.finfo(float).eps

# A lower and an upper bound, two arrays of one shape.
Interval = tuple[np.ndarray, np.ndarray]

# What a caller gives: one value, or the lowest and the highest.
Bounds = float | tuple[ArrayLike, ArrayLike]


@dataclass(frozen=True, eq=False)
class IntervalMap:
    """A map whose numbers are known within bounds.

    Attributes
    ----------
    rule, transfer : str
    matrix : Interval of shape (n, n)
        Weights as the rule uses them: with 1 added on the diagonal except under Kosko's rule, so
        that a concept's own state enters its net input once.
    slope : Interval of shape (n,)
    held : ndarray of bool, shape (n,)
    values : Interval of shape (n,)
        Of the held concepts; ignored elsewhere.
    """

    rule: str
    transfer: str
    matrix: Interval
    slope: Interval
    held: np.ndarray
    values: Interval

    @property
    def whole(self) -> Interval:
        """Every state there can be."""
        low, high = RANGES[self.transfer]
        return np.where(self.held, self.values[0], low), np.where(self.held, self.values[1], high)


def outwards(low: np.ndarray, high: np.ndarray) -> Interval:
    """The next floating-point numbers below and above."""
    return np.nextafter(low, -np.inf), np.nextafter(high, np.inf)


def multiply(a: Interval, b: Interval) -> Interval:
    """Product of two intervals, elementwise."""
    products = [x * y for x in a for y in b]
    low, high = np.minimum.reduce(products), np.maximum.reduce(products)
    # Zero times anything is zero, and stays so: a concept without links has no net input.
    return (
        np.where(low == 0, low, np.nextafter(low, -np.inf)),
        np.where(high == 0, high, np.nextafter(high, np.inf)),
    )


def base(map: IntervalMap, state: Interval) -> Interval:
    """What the weights multiply: the state, or 2a - 1 under the rescaled rule."""
    if map.rule != "rescaled":
        return state
    return outwards(2 * state[0] - 1, 2 * state[1] - 1)


def net_input(map: IntervalMap, state: Interval) -> Interval:
    """Net input of every concept."""
    low, high = multiply(tuple(bound[:, None] for bound in base(map, state)), map.matrix)
    error = (len(low) + 2) * EPS * np.maximum(np.abs(low), np.abs(high)).sum(axis=0)
    return low.sum(axis=0) - error, high.sum(axis=0) + error


def transfer(map: IntervalMap, net: Interval) -> Interval:
    """Values of the transfer function, which never falls, over a net input."""
    bottom, top = RANGES[map.transfer]
    z = multiply(net, map.slope)
    low, high = (transfer_value(map.transfer, bound) for bound in z)
    if map.transfer in ("sigmoid", "tanh"):
        low, high = low - 8 * EPS * np.abs(low), high + 8 * EPS * np.abs(high)
    return np.clip(low, bottom, top), np.clip(high, bottom, top)


def image(map: IntervalMap, state: Interval) -> Interval:
    """All states that one update can lead to."""
    low, high = transfer(map, net_input(map, state))
    return np.where(map.held, map.values[0], low), np.where(map.held, map.values[1], high)


def steepness(map: IntervalMap, state: Interval) -> Interval:
    """Derivative of each concept's new state with respect to its net input; smooth transfers."""
    low, high = transfer(map, net_input(map, state))
    if map.transfer == "sigmoid":
        ends, peak, at_peak = (low * (1 - low), high * (1 - high)), 0.5, 0.25
    else:
        ends, peak, at_peak = (1 - low**2, 1 - high**2), 0.0, 1.0
    lowest, highest = np.minimum(*ends), np.maximum(*ends)
    highest = np.where((low <= peak) & (peak <= high), at_peak, highest)
    # Near the ends 1 - a loses digits: its error is one of the unit, not of the result.
    bounds = np.maximum(lowest - 4 * EPS, 0.0), highest + 4 * EPS
    return multiply(bounds, map.slope)


def jacobian(map: IntervalMap, state: Interval) -> Interval:
    """Derivative of the new state of j (row) with respect to the state of i (column)."""
    step = 2.0 if map.rule == "rescaled" else 1.0
    steep = steepness(map, state)
    low, high = multiply(tuple(step * bound[:, None] for bound in steep), tuple(bound.T for bound in map.matrix))
    held = map.held[:, None]
    return np.where(held, 0.0, low), np.where(held, 0.0, high)


def interval_map(
    map: CognitiveMap,
    weights: tuple[ArrayLike, ArrayLike] | None,
    slope: Bounds,
    clamp: Mapping[str, float | tuple[float, float]] | None,
    start: Bounds | None,
    hold_transmitters: bool,
    rule: str,
    transfer: str,
) -> IntervalMap:
    """A map within its bounds, checked; the arguments are those of `enclose_steady_state`."""
    n = map.n
    clamps = {name: np.broadcast_to(bounds, 2) for name, bounds in (clamp or {}).items()}
    bottom, top = RANGES.get(transfer, (-1.0, 1.0))
    # Names, rule, transfer function and ranges are checked as for any run.
    for end in (0, 1):
        ends = {name: bounds[end] for name, bounds in clamps.items()}
        prepare(map, np.full(n, bottom), rule, transfer, 1.0, ends, False)
    faults: list[Fault] = []
    low, high = _bounds("weights", map.weights if weights is None else weights, (n, n), -1, 1, faults)
    slopes = _bounds("slope", slope, (n,), np.nextafter(0, 1), np.finfo(float).max, faults)
    starts = _bounds("start", bottom if start is None else start, (n,), bottom, top, faults)
    faults += [
        Fault("the bounds of a clamp must not fall", column=name, value=str(bounds.tolist()))
        for name, bounds in clamps.items()
        if bounds[0] > bounds[1]
    ]
    if hold_transmitters and start is None:
        faults.append(Fault("is needed to hold transmitters at", column="start"))
    refuse(faults)
    held = hold_transmitters & ~(low.any(axis=0) | high.any(axis=0))
    values = tuple(np.where(held, bound, 0.0) for bound in starts)
    places = map.positions(clamps)
    held[places] = True
    for end in (0, 1):
        values[end][places] = [bounds[end] for bounds in clamps.values()]
    if rule != "kosko":
        own = outwards(low.diagonal() + 1, high.diagonal() + 1)
        low, high = low.copy(), high.copy()
        exact = (low.diagonal() == 0) & (high.diagonal() == 0)
        np.fill_diagonal(low, np.where(exact, 1.0, own[0]))
        np.fill_diagonal(high, np.where(exact, 1.0, own[1]))
    return IntervalMap(rule, transfer, (low, high), slopes, held, values)


def _bounds(
    argument: str,
    given: object,
    shape: tuple[int, ...],
    lowest: float,
    highest: float,
    faults: list[Fault],
) -> Interval:
    low, high = given if isinstance(given, tuple) else (given, given)
    try:
        low, high = (np.broadcast_to(np.asarray(b, dtype=float), shape) for b in (low, high))
    except ValueError:
        faults.append(Fault(f"each bound must have the shape {shape}", column=argument))
        return np.zeros(shape), np.zeros(shape)
    if not (np.all(low <= high) and np.all(low >= lowest) and np.all(high <= highest)):
        faults.append(Fault(f"bounds must not fall and lie within {lowest:g} and {highest:g}", column=argument))
    return low, high
