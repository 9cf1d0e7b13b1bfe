"""Monte Carlo over weights, starts and slope, with the same draws for every scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.arguments import prepare
from unicluster.fcm.kernels import RANGES
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.sampling import WeightSampler
from unicluster.fcm.settled import settled_states
from unicluster.resampling import Mapper, in_chunks

Clamps = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class MonteCarlo:
    """Steady states of several scenarios under the same random draws.

    Attributes
    ----------
    scenarios : tuple of str
    concepts : tuple of str
        Ids of the concepts that were kept.
    states : ndarray of shape (scenarios, draws, concepts)
        NaN where a run did not settle: such a run has no steady state to report.
    """

    scenarios: tuple[str, ...]
    concepts: tuple[str, ...]
    states: np.ndarray

    @property
    def settled(self) -> pd.Series:
        """Share of draws that settle, by scenario."""
        share = np.isfinite(self.states).all(axis=2).mean(axis=1)
        return pd.Series(share, index=pd.Index(self.scenarios, name="scenario"), name="settled")

    def values(self, scenario: str, concept: str) -> np.ndarray:
        """Draws of one concept in one scenario, shape (draws,)."""
        return self.states[
            position(self.scenarios, scenario, "scenario"),
            :,
            position(self.concepts, concept, "concept"),
        ]

    def summary(self, quantiles: Sequence[float] = (0.05, 0.5, 0.95)) -> pd.DataFrame:
        """Mean, standard deviation and quantiles over the draws that settle.

        Returns
        -------
        DataFrame
            scenario, concept, settled (share), mean, standard_deviation, and a column ``q05``,
            ``q50``, … for each quantile; NaN where no draw settles.
        """
        rows = []
        for scenario, share in self.settled.items():
            for concept in self.concepts:
                values = self.values(scenario, concept)
                values = pd.Series(values[np.isfinite(values)])
                row = {"scenario": scenario, "concept": concept, "settled": share}
                row |= {"mean": values.mean(), "standard_deviation": values.std(ddof=0)}
                row |= {f"q{100 * q:02.0f}": values.quantile(q) for q in quantiles}
                rows.append(row)
        return pd.DataFrame(rows)


def monte_carlo(
    map: CognitiveMap,
    scenarios: Mapping[str, Clamps],
    start: ArrayLike | Mapping[str, float],
    *,
    weights: WeightSampler | None = None,
    start_spread: ArrayLike = 0.0,
    slope: float | tuple[float, float] = 1.0,
    draws: int = 10_000,
    seed: int = 0,
    concepts: Sequence[str] | None = None,
    chunk: int = 4096,
    mapper: Mapper | None = None,
    **settings: object,
) -> MonteCarlo:
    """Run every scenario under the same random weights, starts and slopes.

    Parameters
    ----------
    map : CognitiveMap
    scenarios : mapping of str to mapping of concept to value
        The clamps of each scenario; an empty one is a run without intervention.
    start : array_like of shape (n,), or mapping of concept to value
        With ``start_spread`` its middle.
    weights : callable, optional
        A `MembershipSampler`, `DisagreementSampler` or `SpreadSampler`; the map's own weights in
        every draw when left out.
    start_spread : float or array_like of shape (n,)
        Starts are drawn evenly within this distance, cut at the range of the transfer function.
    slope : float or (lowest, highest)
        Drawn evenly where it is a range.
    draws : int
    seed : int
    concepts : sequence of str, optional
        Which concepts to keep; all when left out.
    chunk : int
        Draws at a time. Each chunk has a random stream of its own, so results depend on the seed
        and on ``chunk``, but neither on memory nor on the number of workers.
    mapper : callable, optional
        Applies a function to a list and returns the results in order; give the ``map`` of an
        executor to spread the chunks over workers.
    **settings
        ``rule``, ``transfer``, ``hold_transmitters`` and ``backend`` of `simulate_batch`.

    Raises
    ------
    InputError
        Naming every fault of the arguments.
    """
    transfer = settings.get("transfer", "sigmoid")
    middle = prepare(map, start, settings.get("rule", "kosko"), transfer, 1.0, None, False).start[0]
    kept = map.positions(map.ids if concepts is None else concepts, "concepts")
    refuse(_faults(scenarios, start_spread, slope, draws, chunk, map.n))
    run = partial(
        _states,
        map=map,
        scenarios=scenarios,
        start=middle,
        spread=np.asarray(start_spread, dtype=float),
        slope=slope,
        weights=weights,
        kept=kept,
        settings=settings,
    )
    parts = in_chunks(run, draws, seed, chunk, mapper)
    names = tuple(map.ids[k] for k in kept)
    return MonteCarlo(tuple(scenarios), names, np.concatenate(parts, axis=1))


def position(names: Sequence[str], name: str, argument: str) -> int:
    """Where a name stands; `InputError` listing the names if it is not among them."""
    if name not in names:
        refuse([Fault(f"is none of {', '.join(names)}", column=argument, value=name)])
    return list(names).index(name)


def _states(
    rng: np.random.Generator,
    draws: int,
    *,
    map: CognitiveMap,
    scenarios: Mapping[str, Clamps],
    start: np.ndarray,
    spread: np.ndarray,
    slope: float | tuple[float, float],
    weights: WeightSampler | None,
    kept: np.ndarray,
    settings: Mapping[str, object],
) -> np.ndarray:
    """States of one chunk, shape (scenarios, draws, kept concepts)."""
    low, high = RANGES[settings.get("transfer", "sigmoid")]
    # All three are drawn whether or not they vary: to fix one must not change the others' draws.
    starts = np.clip(start + spread * rng.uniform(-1, 1, (draws, map.n)), low, high)
    slopes = np.sort(np.broadcast_to(slope, 2))
    slopes = slopes[0] + (slopes[1] - slopes[0]) * rng.random((draws, 1))
    drawn = map.weights if weights is None else weights(rng, draws)
    return np.array(
        [
            settled_states(map, starts, weights=drawn, clamp=clamp, slope=slopes, **settings)[:, kept]
            for clamp in scenarios.values()
        ]
    )


def _faults(
    scenarios: Mapping[str, Clamps],
    start_spread: ArrayLike,
    slope: float | tuple[float, float],
    draws: int,
    chunk: int,
    n: int,
) -> list[Fault]:
    faults = []
    if not scenarios:
        faults.append(Fault("give at least one scenario; it may be empty", column="scenarios"))
    spread = np.asarray(start_spread, dtype=float)
    if spread.shape not in ((), (n,)) or not np.all((spread >= 0) & np.isfinite(spread)):
        faults.append(Fault(f"is a number of at least 0, or {n} of them", column="start_spread"))
    if np.shape(slope) not in ((), (2,)) or not np.all(np.asarray(slope, dtype=float) > 0):
        faults.append(Fault("is a number above 0 or (lowest, highest)", column="slope"))
    faults += [
        Fault("must be at least 1", column=name, value=str(count))
        for name, count in (("draws", draws), ("chunk", chunk))
        if count < 1
    ]
    return faults
