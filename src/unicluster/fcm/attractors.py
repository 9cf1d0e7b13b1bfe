"""The ends that a map has, found from many starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.fcm.convergence import cycle_states, end_names
from unicluster.fcm.inference import BatchSimulation, simulate_batch
from unicluster.fcm.kernels import RANGES
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.uniqueness import Certificate, certify_uniqueness

SAME = 1e-6


@dataclass(frozen=True, eq=False)
class Attractor:
    """A fixed point or limit cycle and the share of the starts that lead to it.

    Attributes
    ----------
    end : {"fixed_point", "limit_cycle"}
    period : int
    states : ndarray, shape (period, n)
    runs : int
        Starts that led here.
    share : float
        Of all starts: an estimate of the size of its basin.
    """

    end: str
    period: int
    states: np.ndarray
    runs: int
    share: float


@dataclass(frozen=True, eq=False)
class AttractorSearch:
    """What many starts lead to.

    Attributes
    ----------
    attractors : tuple of Attractor
        The largest basin first.
    undetermined : float
        Share of the starts whose run was undetermined at the cap.
    starts : int
    certificate : Certificate
        Where it proves uniqueness, the one attractor is all there is; where it does not, there may
        be others with small basins.
    """

    attractors: tuple[Attractor, ...]
    undetermined: float
    starts: int
    certificate: Certificate

    @property
    def table(self) -> pd.DataFrame:
        """One row an attractor: end, period, runs, share."""
        rows = [(a.end, a.period, a.runs, a.share) for a in self.attractors]
        return pd.DataFrame(rows, columns=["end", "period", "runs", "share"])


def find_attractors(
    map: CognitiveMap,
    starts: int = 1000,
    seed: int = 0,
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
    slope: float | ArrayLike | Mapping[str, float] = 1.0,
    clamp: Mapping[str, float] | None = None,
    *,
    max_steps: int | None = None,
    backend: str = "auto",
) -> AttractorSearch:
    """Run a map from uniformly random starts and list the ends.

    Parameters
    ----------
    map, rule, transfer, slope, clamp, max_steps, backend
        As in `simulate`. Concepts without incoming links are free.
    starts : int
    seed : int

    Returns
    -------
    AttractorSearch
    """
    low, high = RANGES.get(transfer, (0.0, 0.0))
    given = np.random.default_rng(seed).uniform(low, high, (starts, map.n))
    batch = simulate_batch(map, given, rule, transfer, slope, clamp, max_steps=max_steps, backend=backend)
    found = []
    left = np.flatnonzero(batch.period)
    while len(left):
        period = int(batch.period[left[0]])
        states = _cycle(batch, left[0], period)
        distance = np.abs(batch.state[left, None, :] - states[None]).max(axis=2).min(axis=1)
        here = (distance <= SAME) & (batch.period[left] == period)
        count = int(here.sum())
        end = str(end_names(np.array(period)))
        found.append(Attractor(end, period, states, count, count / starts))
        left = left[~here]
    found.sort(key=lambda a: (-a.runs, a.period, tuple(a.states[0])))
    certificate = certify_uniqueness(map, None, rule, transfer, slope, clamp)
    return AttractorSearch(tuple(found), float(np.mean(batch.period == 0)), starts, certificate)


def _cycle(batch: BatchSimulation, run: int, period: int) -> np.ndarray:
    """States of a run's attractor, beginning with the lexicographically smallest."""
    states = cycle_states(batch.runs.take(np.array([run])), batch.state[run], period)
    return np.roll(states, -min(range(period), key=lambda k: tuple(states[k])), axis=0)
