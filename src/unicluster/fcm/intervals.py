"""One update of a map on intervals, rounded outwards.

Every function here returns bounds that hold in real arithmetic: floating-point sums are widened by
their worst-case error (Higham 2002, Accuracy and stability of numerical algorithms, sec. 3.1), and
transfer functions by a few units in the last place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unicluster.fcm.kernels import RANGES, transfer_value

EPS = np.finfo(float).eps

# A lower and an upper bound, two arrays of one shape.
Interval = tuple[np.ndarray, np.ndarray]


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
    low, high = multiply(
        tuple(step * bound[:, None] for bound in steep), tuple(bound.T for bound in map.matrix)
    )
    held = map.held[:, None]
    return np.where(held, 0.0, low), np.where(held, 0.0, high)
