"""What a run is given, checked once and brought into arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.kernels import RANGES, RULES, TRANSFERS
from unicluster.fcm.map import CognitiveMap, capped, name_index, unknown_name

Values = ArrayLike | Mapping[str, ArrayLike] | Sequence[Mapping[str, float]]


@dataclass(frozen=True, eq=False)
class Runs:
    """Checked inputs of ``size`` runs; an axis of length 1 is shared by all of them.

    Attributes
    ----------
    rule, transfer : str
    weights : ndarray, shape (1 or size, n, n)
    start : ndarray, shape (1 or size, n)
        Clamped and held concepts stand at their value.
    slope : ndarray, shape (1 or size, n)
    clamp : ndarray, shape (1 or size, n)
        The value of each clamped or held concept, NaN where a concept is free.
    size : int
    """

    rule: str
    transfer: str
    weights: np.ndarray
    start: np.ndarray
    slope: np.ndarray
    clamp: np.ndarray
    size: int

    @property
    def n(self) -> int:
        """Number of concepts."""
        return self.weights.shape[-1]

    def take(self, runs: np.ndarray | slice, start: np.ndarray | None = None) -> Runs:
        """Some of the runs, from their own starts or from others."""
        own = {"weights": self.weights, "slope": self.slope, "clamp": self.clamp}
        own["start"] = self.start if start is None else start
        chosen = {
            name: values if len(values) == 1 or values is start else values[runs]
            for name, values in own.items()
        }
        return replace(self, size=len(np.arange(self.size)[runs]), **chosen)


def prepare(
    map: CognitiveMap | Sequence[CognitiveMap],
    start: Values,
    rule: str,
    transfer: str,
    slope: Values,
    clamp: Values | None,
    hold_transmitters: bool,
    weights: ArrayLike | None = None,
) -> Runs:
    """Check the arguments of `simulate_batch` and broadcast them over the runs.

    Raises
    ------
    InputError
        Naming every fault.
    """
    if not isinstance(map, CognitiveMap):
        refuse(_different_maps(map))
        map, weights = map[0], np.array([one.weights for one in map])
    faults = [
        Fault(f"must be one of {', '.join(allowed)}", column=name, value=str(given))
        for name, given, allowed in (("rule", rule, RULES), ("transfer", transfer, TRANSFERS))
        if given not in allowed
    ]
    low, high = RANGES.get(transfer, (-1.0, 1.0))
    starts = _read(map, "start", start, low, high, faults)
    slopes = _read(map, "slope", slope, np.nextafter(0, 1), np.finfo(float).max, faults)
    clamps = _read(map, "clamp", {} if clamp is None else clamp, low, high, faults)
    matrices = _read_weights(map, map.weights if weights is None else weights, faults)
    refuse(faults)

    lengths = {"start": len(starts), "slope": len(slopes), "clamp": len(clamps)}
    lengths = {k: v for k, v in (lengths | {"weights": len(matrices)}).items() if v != 1}
    if len(set(lengths.values())) > 1:
        given = ", ".join(f"{name} {length}" for name, length in lengths.items())
        refuse([Fault(f"the arguments differ in their number of runs: {given}")])
    for name, values, filled in (("start", starts, clamps), ("slope", slopes, None)):
        missing = np.isnan(values) if filled is None else np.isnan(values) & np.isnan(filled)
        faults += [
            Fault("has no value for this concept", column=name, value=map.ids[j])
            for j in np.flatnonzero(missing.any(axis=0))
        ]
    refuse(faults)

    if hold_transmitters:
        clamps = np.where(~matrices.any(axis=1) & np.isnan(clamps), starts, clamps)
    starts = np.where(np.isnan(clamps), starts, clamps)
    size = next(iter(lengths.values()), 1)
    return Runs(rule, transfer, matrices, starts, slopes, clamps, size)


def _different_maps(maps: Sequence[CognitiveMap]) -> list[Fault]:
    if not len(maps):
        return [Fault("there is no map to run", column="map")]
    return [
        Fault(f"map {k + 1} does not have the concepts of the first, in that order", column="map")
        for k, one in enumerate(maps)
        if one.ids != maps[0].ids
    ]


def _read(
    map: CognitiveMap,
    argument: str,
    given: Values,
    low: float,
    high: float,
    faults: list[Fault],
) -> np.ndarray:
    """Array of shape (1 or runs, n), NaN where a mapping leaves a concept out."""
    nothing = np.full((1, map.n), np.nan)
    try:
        if isinstance(given, Mapping):
            return _from_columns(map, argument, given, low, high, faults)
        if isinstance(given, Sequence) and len(given) and isinstance(given[0], Mapping):
            return _from_rows(map, argument, given, low, high, faults)
        values = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        faults.append(Fault("must hold numbers, equally many for each run", column=argument))
        return nothing
    if values.ndim == 0 and argument == "slope":
        values = np.full(map.n, values)
    values = np.atleast_2d(values)
    if values.ndim != 2 or values.shape[1] not in (map.n, 1 if argument == "slope" else map.n):
        shape = " × ".join(str(length) for length in np.shape(given)) or "a single number"
        faults.append(
            Fault(f"must be {map.n} values, one a concept, or runs × {map.n}; it is {shape}",
                  column=argument)
        )
        return nothing
    values = np.broadcast_to(values, (len(values), map.n))
    # the extremes decide without the temporary arrays that a mask over all runs would need
    if not (values.min(initial=high) >= low and values.max(initial=low) <= high):
        outside = ~((values >= low) & (values <= high))
        for j in np.flatnonzero(outside.any(axis=0)):
            faults.append(_out_of_range(argument, map.ids[j], values[outside[:, j], j], low, high))
    return values


def _from_columns(
    map: CognitiveMap,
    argument: str,
    given: Mapping[str, ArrayLike],
    low: float,
    high: float,
    faults: list[Fault],
) -> np.ndarray:
    lookup = name_index(map.concepts)
    columns = {str(name): np.atleast_1d(np.asarray(v, float)) for name, v in given.items()}
    runs = np.broadcast_shapes((1,), *(column.shape for column in columns.values()))
    table = np.full((*runs, map.n), np.nan)
    for name, column in columns.items():
        outside = ~((column >= low) & (column <= high))
        if name not in lookup:
            faults.append(unknown_name(name, lookup, argument))
        elif outside.any():
            faults.append(_out_of_range(argument, name, column[outside], low, high))
        else:
            table[:, lookup[name]] = column
    return table


def _from_rows(
    map: CognitiveMap,
    argument: str,
    given: Sequence[Mapping[str, float]],
    low: float,
    high: float,
    faults: list[Fault],
) -> np.ndarray:
    lookup = name_index(map.concepts)
    table = np.full((len(given), map.n), np.nan)
    found: dict[str, list[float]] = {}
    for k, row in enumerate(given):
        for name, value in row.items():
            found.setdefault(str(name), []).append(float(value))
            if name in lookup:
                table[k, lookup[name]] = value
    for name, listed in found.items():
        column = np.array(listed)
        outside = ~((column >= low) & (column <= high))
        if name not in lookup:
            faults.append(unknown_name(name, lookup, argument))
        elif outside.any():
            faults.append(_out_of_range(argument, name, column[outside], low, high))
    return table


def _out_of_range(
    argument: str, concept: str, values: np.ndarray, low: float, high: float
) -> Fault:
    allowed = "more than 0" if argument == "slope" else f"from {low:g} to {high:g}"
    more = f", so are {len(values) - 1} more of this concept's" if len(values) > 1 else ""
    return Fault(
        f"is no number {allowed}{more}", column=f"{argument}, {concept}", value=f"{values[0]:g}"
    )


def _read_weights(map: CognitiveMap, given: ArrayLike, faults: list[Fault]) -> np.ndarray:
    try:
        weights = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        weights = np.empty(0)
    if weights.ndim == 2:
        weights = weights[None]
    if weights.ndim != 3 or weights.shape[1:] != (map.n, map.n):
        faults.append(
            Fault(f"must be {map.n} × {map.n} or runs × {map.n} × {map.n} numbers",
                  column="weights")
        )
        return np.zeros((1, map.n, map.n))
    if not (weights.min() >= -1 and weights.max() <= 1):
        faults += capped(
            [
                Fault("a weight must be a number from -1 to 1",
                      column=f"weights, run {k + 1}, {map.ids[i]} -> {map.ids[j]}",
                      value=f"{weights[k, i, j]:g}")
                for k, i, j in np.argwhere(~(np.abs(weights) <= 1))
            ]
        )
    return weights
