"""Draws of weight matrices from what is known about them.

A sampler is called with a random generator and a number of draws and returns an array of shape
(draws, n, n). Samplers hold no state, so that one can be sent to several workers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.aggregation import AggregatedMap
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.membership import Membership


class WeightSampler(Protocol):
    """Anything that draws weight matrices."""

    def __call__(self, rng: np.random.Generator, draws: int) -> np.ndarray: ...


@dataclass(frozen=True, eq=False)
class MembershipSampler:
    """Weights drawn from the aggregated linguistic memberships, read as densities.

    Parameters
    ----------
    map : CognitiveMap
        Weights of links without a membership stay as they are.
    memberships : mapping of (source, target) to Membership
        For example `Elicitation.memberships`; links are independent of each other.
    """

    map: CognitiveMap
    memberships: Mapping[tuple[str, str], Membership]

    def __call__(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Array of shape (draws, n, n)."""
        weights = np.repeat(self.map.weights[None], draws, axis=0)
        for pair in sorted(self.memberships):
            i, j = self.map.positions(pair, "memberships")
            weights[:, i, j] = self.memberships[pair].quantile(rng.random(draws))
        return weights


@dataclass(frozen=True, eq=False)
class DisagreementSampler:
    """Weights drawn from what different people said.

    Parameters
    ----------
    aggregated : AggregatedMap
    together : bool
        True: each draw is the whole map of one person, drawn by credibility, with the mean weight
        where that person has no opinion; views stay coherent. False: each link is the view of a
        person of its own, drawn among those with an opinion.
    """

    aggregated: AggregatedMap
    together: bool = True

    def __call__(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Array of shape (draws, n, n)."""
        people, credibility = self.aggregated.weights, self.aggregated.credibility
        mean = self.aggregated.map.weights
        if self.together:
            drawn = people[rng.choice(len(people), size=draws, p=credibility)]
            return np.where(np.isnan(drawn), mean, drawn)
        weights = np.repeat(mean[None], draws, axis=0)
        for i, j in np.argwhere(np.nan_to_num(people).any(axis=0)):
            views = people[:, i, j]
            voice = np.where(np.isnan(views), 0.0, credibility)
            weights[:, i, j] = rng.choice(views, size=draws, p=voice / voice.sum())
        return weights


@dataclass(frozen=True, eq=False)
class SpreadSampler:
    """Weights drawn from a stated range around each link.

    Parameters
    ----------
    map : CognitiveMap
    spread : float or array_like of shape (n, n), optional
        Half-width of the range; the map's own ``spread`` when left out. Absent links stay absent.
    shape : {"uniform", "triangular"}
        Even over the range, or rising linearly to the weight of the map.
    keep_sign : bool
        Cut ranges at 0, so that no link changes its direction of influence. Ranges are cut at -1
        and 1 in any case.

    Raises
    ------
    InputError
        A negative spread, one of another size, an unknown shape.
    """

    map: CognitiveMap
    spread: ArrayLike | None = None
    shape: str = "uniform"
    keep_sign: bool = True

    def __post_init__(self) -> None:
        faults = []
        spread = np.asarray(self.map.spread if self.spread is None else self.spread, dtype=float)
        if spread.shape not in ((), (self.map.n, self.map.n)) or not np.all(spread >= 0):
            faults.append(Fault("is a number of at least 0, or one for each pair", column="spread"))
        if self.shape not in ("uniform", "triangular"):
            faults.append(Fault("is uniform or triangular", column="shape", value=self.shape))
        refuse(faults)

    @property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest weights, each of shape (n, n)."""
        weights = self.map.weights
        spread = np.where(weights == 0, 0.0, self.map.spread if self.spread is None else self.spread)
        floor = np.where(self.keep_sign & (weights > 0), 0.0, -1.0)
        ceiling = np.where(self.keep_sign & (weights < 0), 0.0, 1.0)
        return np.maximum(weights - spread, floor), np.minimum(weights + spread, ceiling)

    def __call__(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Array of shape (draws, n, n)."""
        low, high = self.bounds
        weights = np.repeat(self.map.weights[None], draws, axis=0)
        i, j = np.nonzero(high > low)
        if self.shape == "uniform":
            weights[:, i, j] = rng.uniform(low[i, j], high[i, j], (draws, i.size))
        else:
            weights[:, i, j] = rng.triangular(low[i, j], self.map.weights[i, j], high[i, j], (draws, i.size))
        return weights
