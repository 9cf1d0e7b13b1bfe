"""The parts into which shift-share analysis takes a change."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True, eq=False)
class Components:
    """Components of a change, each of shape (..., regions, industries), in the unit of the table."""

    def sum(self, axis: int | tuple[int, ...]) -> Components:
        """The same components added up along axes: -1 over industries, -2 over regions, 0 over periods."""
        return type(self)(**{f.name: getattr(self, f.name).sum(axis=axis) for f in fields(self)})

    @property
    def change(self) -> np.ndarray:
        """What the components add up to: the change itself."""
        return sum(getattr(self, f.name) for f in fields(self))


@dataclass(frozen=True, eq=False)
class ShiftShare(Components):
    """Classical components.

    Attributes
    ----------
    national : ndarray
        Growth as that of the whole.
    mix : ndarray
        More or less than that because of the industries' growth in the whole (net proportionality shift).
    regional : ndarray
        The rest, the region's own (net differential shift).
    """

    national: np.ndarray
    mix: np.ndarray
    regional: np.ndarray


@dataclass(frozen=True, eq=False)
class EstebanMarquillas(Components):
    """Components with homothetic employment.

    Attributes
    ----------
    national, mix : ndarray
        As in `ShiftShare`.
    competitive : ndarray
        The region's own growth on what it would have with the industrial structure of the whole.
    allocation : ndarray
        The region's own growth on what it has beyond that: being specialised where it is better.
    """

    national: np.ndarray
    mix: np.ndarray
    competitive: np.ndarray
    allocation: np.ndarray


@dataclass(frozen=True, eq=False)
class Arcelus(Components):
    """Eight components: four growth effects, each on homothetic (``expected``) and on further employment.

    Attributes
    ----------
    national_expected, national_differential : ndarray
        Growth of the whole.
    mix_expected, mix_differential : ndarray
        Growth of the industry in the whole beyond that of the whole.
    regional_expected, regional_differential : ndarray
        Growth of the region beyond that of the whole.
    regional_mix_expected, regional_mix_differential : ndarray
        Growth of the cell that none of the former explains.
    """

    national_expected: np.ndarray
    national_differential: np.ndarray
    mix_expected: np.ndarray
    mix_differential: np.ndarray
    regional_expected: np.ndarray
    regional_differential: np.ndarray
    regional_mix_expected: np.ndarray
    regional_mix_differential: np.ndarray
