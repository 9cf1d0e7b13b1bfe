"""What a run is given, checked once and brought into arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.kernels import RANGES, RULES, TRANSFERS
from unicluster.fcm.map import CognitiveMap, capped, name_index, unknown_name

POSITIVE = (float(np.nextafter(0, 1)), float(np.finfo(np.float64).max))

Values = ArrayLike | Mapping[str, ArrayLike] | Sequence[Mapping[str, float]]


@dataclass(frozen=True, eq=False)
class Runs:
    """Checked inputs of ``size`` runs; an axis of length 1 is shared by all of them.

    Attributes
    ----------
    rule, transfer : str
    weights : ndarray, shape (1 or size, n, n)
    given_start : ndarray, shape (1 or size, n)
        NaN for a concept that has its value from the clamp.
    slope : ndarray, shape (1 or size, n)
    held : ndarray of int, shape (k,)
        Positions of the concepts that are clamped or held, in some run at least.
    held_values : ndarray, shape (1 or size, k)
        Their values, NaN in a run where the concept is free.
    size : int
    """

    rule: str
    transfer: str
    weights: np.ndarray
    given_start: np.ndarray
    slope: np.ndarray
    held: np.ndarray
    held_values: np.ndarray
    size: int

    @property
    def n(self) -> int:
        """Number of concepts."""
        return self.weights.shape[-1]

    @property
    def clamp(self) -> np.ndarray:
        """Value of each held concept, NaN where a concept is free; shape (1 or size, n)."""
        table = np.full((len(self.held_values), self.n), np.nan)
        table[:, self.held] = self.held_values
        return table

    @property
    def start(self) -> np.ndarray:
        """Start with the held concepts at their values, shape (1 or size, n)."""
        if not len(self.held):
            return self.given_start
        clamp = self.clamp
        return np.where(np.isnan(clamp), self.given_start, clamp)

    def take(self, runs: np.ndarray | slice, start: np.ndarray | None = None) -> Runs:
        """Some of the runs, from their own starts or from others of shape (len(runs), n)."""

        def chosen(values: np.ndarray) -> np.ndarray:
            return values if len(values) == 1 else values[runs]

        return replace(
            self,
            weights=chosen(self.weights),
            given_start=chosen(self.given_start) if start is None else start,
            slope=chosen(self.slope),
            held_values=chosen(self.held_values),
            size=len(range(self.size)[runs]) if isinstance(runs, slice) else len(runs),
        )


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
    """Check the arguments of `simulate_batch` and bring them into arrays.

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
    bounds = RANGES.get(transfer, (-1.0, 1.0))
    starts = _table(map.n, *read_values(map, "start", start, bounds, faults))
    slopes = _table(map.n, *read_values(map, "slope", slope, POSITIVE, faults))
    held, values = read_values(map, "clamp", {} if clamp is None else clamp, bounds, faults)
    matrices = _read_weights(map, map.weights if weights is None else weights, faults)
    sizes = {"start": starts, "slope": slopes, "clamp": values, "weights": matrices}
    sizes = {name: len(array) for name, array in sizes.items() if len(array) != 1}
    if len(set(sizes.values())) > 1:
        given = ", ".join(f"{name} {size}" for name, size in sizes.items())
        faults.append(Fault(f"the arguments differ in their number of runs: {given}"))
    refuse(faults)
    if hold_transmitters:
        held, values = _with_transmitters(held, values, starts, matrices)
    runs = Runs(rule, transfer, matrices, starts, slopes, held, values, next(iter(sizes.values()), 1))
    if _is_mapping(start) or _is_mapping(slope):
        for name, table in (("start", runs.start), ("slope", slopes)):
            lacking = np.flatnonzero(np.isnan(table).any(axis=0))
            faults += [Fault("has no value for this concept", column=name, value=map.ids[j]) for j in lacking]
        refuse(faults)
    return runs


def _different_maps(maps: Sequence[CognitiveMap]) -> list[Fault]:
    if not len(maps):
        return [Fault("there is no map to run", column="map")]
    return [
        Fault(f"map {k + 1} does not have the concepts of the first, in that order", column="map")
        for k, one in enumerate(maps)
        if one.ids != maps[0].ids
    ]


def _is_mapping(given: Values) -> bool:
    """Whether values are given by concept name: one mapping, or one a run."""
    return isinstance(given, Mapping) or (
        isinstance(given, Sequence) and len(given) > 0 and isinstance(given[0], Mapping)
    )


def read_values(
    map: CognitiveMap,
    argument: str,
    given: Values,
    bounds: tuple[float, float],
    faults: list[Fault],
) -> tuple[np.ndarray, np.ndarray]:
    """Values of concepts, given by name or in order, with what is wrong added to ``faults``.

    Returns
    -------
    positions : ndarray of int, shape (k,)
        Of the concepts that are given.
    values : ndarray, shape (1 or runs, k)
        NaN where a run does not give the concept.
    """
    everything, nothing = np.arange(map.n), (np.arange(0), np.empty((1, 0)))
    try:
        if _is_mapping(given):
            return _read_mapping(map, argument, given, bounds, faults)
        values = np.atleast_2d(np.asarray(given, dtype=np.float64))
    except (TypeError, ValueError):
        faults.append(Fault("must hold numbers, equally many for each run", column=argument))
        return nothing
    # one number is enough for the slope of a map
    one_for_all = argument == "slope" and values.shape[1:] == (1,)
    if values.ndim != 2 or not (values.shape[1] == map.n or one_for_all):
        shape = " × ".join(str(length) for length in np.shape(given)) or "a single number"
        faults.append(
            Fault(
                f"must be {map.n} values, one a concept, or runs × {map.n}; it is {shape}",
                column=argument,
            )
        )
        return nothing
    names = [argument] if one_for_all else [f"{argument}, {name}" for name in map.ids]
    faults += _outside(names, values, bounds)
    return everything, np.broadcast_to(values, (len(values), map.n))


def _read_mapping(
    map: CognitiveMap,
    argument: str,
    given: Mapping[str, ArrayLike] | Sequence[Mapping[str, float]],
    bounds: tuple[float, float],
    faults: list[Fault],
) -> tuple[np.ndarray, np.ndarray]:
    lookup = name_index(map.concepts)
    one_mapping = isinstance(given, Mapping)
    names = list(given) if one_mapping else list(dict.fromkeys(n for row in given for n in row))
    faults += [unknown_name(str(name), lookup, argument) for name in names if name not in lookup]
    names = [name for name in names if name in lookup]
    positions = np.array([lookup[name] for name in names], dtype=np.intp)
    if len(set(positions)) < len(names):
        faults.append(Fault("gives a concept twice, by its id and by a name", column=argument))
    if not names:
        return positions, np.empty((1, 0))
    table, present = (_columns if one_mapping else _rows)(given, names)
    faults += _outside([f"{argument}, {name}" for name in names], table, bounds, present)
    return positions, table


def _columns(given: Mapping[str, ArrayLike], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    columns = [np.atleast_1d(np.asarray(given[name], dtype=np.float64)) for name in names]
    table = np.stack(np.broadcast_arrays(*columns), axis=1)
    return table, np.ones((1, len(names)), dtype=bool)


def _rows(given: Sequence[Mapping[str, float]], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    place = {name: k for k, name in enumerate(names)}
    cells = [(run, place[name], value) for run, row in enumerate(given) for name, value in row.items() if name in place]
    runs, columns, values = zip(*cells, strict=True)
    table = np.full((len(given), len(names)), np.nan)
    present = np.zeros(table.shape, dtype=bool)
    table[runs, columns] = values
    present[runs, columns] = True
    return table, present


def _table(n: int, positions: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values in concept order, NaN where none is given; shape (1 or runs, n)."""
    if np.array_equal(positions, np.arange(n)):
        return values
    table = np.full((len(values), n), np.nan)
    table[:, positions] = values
    return table


def _outside(
    names: Sequence[str],
    values: np.ndarray,
    bounds: tuple[float, float],
    present: np.ndarray | None = None,
) -> list[Fault]:
    """One fault for each column in which some value that is present is NaN or out of bounds."""
    low, high = bounds
    # the extremes settle most cases without a mask as large as the values
    if not values.size or (values.min() >= low and values.max() <= high):
        return []
    wrong = ~((values >= low) & (values <= high))
    if present is not None:
        wrong &= present
    allowed = "above 0" if bounds is POSITIVE else f"from {low:g} to {high:g}"
    faults = []
    for k in np.flatnonzero(wrong.any(axis=0)):
        found = values[wrong[:, k], k]
        others = f", nor are {len(found) - 1} others of this concept" * (len(found) > 1)
        faults.append(Fault(f"this is no number {allowed}{others}", column=names[k], value=f"{found[0]:g}"))
    return faults


def _with_transmitters(
    held: np.ndarray, values: np.ndarray, starts: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The clamps and, where there is none, the start value of concepts without incoming links."""
    idle = ~weights.any(axis=1)
    both = np.union1d(held, np.flatnonzero(idle.any(axis=0)))
    table = np.where(idle, starts, np.nan)[:, both]
    place = np.searchsorted(both, held)
    table = np.repeat(table, max(1, len(values) // len(table)), axis=0)
    table[:, place] = np.where(np.isnan(values), table[:, place], values)
    return both, table


def _read_weights(map: CognitiveMap, given: ArrayLike, faults: list[Fault]) -> np.ndarray:
    try:
        weights = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        weights = np.empty(0)
    if weights.ndim == 2:
        weights = weights[None]
    if weights.ndim != 3 or weights.shape[1:] != (map.n, map.n):
        faults.append(Fault(f"must be {map.n} × {map.n} or runs × {map.n} × {map.n} numbers", column="weights"))
        return np.zeros((1, map.n, map.n))
    if weights.size and weights.min() >= -1 and weights.max() <= 1:
        return weights
    wrong = np.argwhere(~(np.abs(weights) <= 1))
    faults += capped(
        (
            Fault(
                "a weight must be a number from -1 to 1",
                column=f"weights, run {k + 1}, {map.ids[i]} -> {map.ids[j]}",
                value=f"{weights[k, i, j]:g}",
            )
            for k, i, j in wrong
        ),
        len(wrong),
    )
    return weights
