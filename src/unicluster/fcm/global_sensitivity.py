"""Which uncertain inputs decide an outcome over their whole ranges: Sobol and Morris."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.settled import settled_states

Range = tuple[float, float]

# An outcome that moves less than this over all runs is moved by nothing.
CONSTANT = 1e-10

# Runs at a time, so that memory does not grow with the number of samples.
CHUNK = 4096


def sobol_indices(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    outcomes: Sequence[str],
    *,
    links: Mapping[tuple[str, str], Range] | None = None,
    clamps: Mapping[str, Range] | None = None,
    slope: float | Range = 1.0,
    samples: int = 1024,
    seed: int = 0,
    **settings: object,
) -> pd.DataFrame:
    """Sobol indices: how much of an outcome's variance each factor accounts for.

    Parameters
    ----------
    map : CognitiveMap
    start : array_like of shape (n,), or mapping of concept to value
    outcomes : sequence of str
        Concepts whose steady state is the output.
    links : mapping of (source, target) to (lowest, highest), optional
        Ranges of uncertain weights.
    clamps : mapping of concept to (lowest, highest), optional
        Ranges of levers; these concepts are clamped in every run.
    slope : float or (lowest, highest)
        A range makes it a factor.
    samples : int
        A power of two; the map is run ``samples * (factors + 2)`` times.
    seed : int
    **settings
        ``rule``, ``transfer``, ``hold_transmitters`` of `simulate_batch`, and ``fixed``: further
        clamps that do not vary.

    Returns
    -------
    DataFrame
        outcome, factor, S1, S1_conf, ST, ST_conf: first-order and total index with the half-width
        of their 95 % bootstrap interval. All are 0 for an outcome that nothing moves.

    Raises
    ------
    InputError
        Factors or outcomes that are unknown or without range, ``samples`` no power of two, runs
        that do not settle.

    References
    ----------
    Saltelli et al. (2010), Variance based sensitivity analysis of model output.
    """
    factors = _Factors(map, links or {}, clamps or {}, slope)
    if samples < 2 or samples & (samples - 1):
        raise InputError(f"samples must be a power of two, not {samples}")
    problem = factors.problem
    points = sobol_sample.sample(problem, samples, calc_second_order=False, seed=seed)
    states = factors.run(points, start, map.positions(outcomes, "outcomes"), settings)
    rows = []
    for outcome, values in zip(outcomes, states.T, strict=True):
        if np.ptp(values) <= CONSTANT:
            found = dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), np.zeros(len(factors.names)))
        else:
            found = sobol_analysis.analyze(problem, values, calc_second_order=False, seed=seed, print_to_console=False)
        for k, name in enumerate(factors.names):
            figures = {key: float(found[key][k]) for key in ("S1", "S1_conf", "ST", "ST_conf")}
            rows.append({"outcome": outcome, "factor": name, **figures})
    return pd.DataFrame(rows)


def morris_screening(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    outcomes: Sequence[str],
    *,
    links: Mapping[tuple[str, str], Range] | None = None,
    clamps: Mapping[str, Range] | None = None,
    slope: float | Range = 1.0,
    trajectories: int = 64,
    levels: int = 4,
    seed: int = 0,
    **settings: object,
) -> pd.DataFrame:
    """Morris elementary effects: a cheap screening of many factors.

    Parameters
    ----------
    map, start, outcomes, links, clamps, slope, seed, **settings
        As in `sobol_indices`.
    trajectories : int
        The map is run ``trajectories * (factors + 1)`` times.
    levels : int
        Levels of the grid, even.

    Returns
    -------
    DataFrame
        outcome, factor, mu (mean effect over the whole range), mu_star (mean absolute effect),
        sigma (its spread: interaction or curvature), mu_star_conf (half-width of the 95 % interval).

    Raises
    ------
    InputError
        As `sobol_indices`; also an odd number of levels.

    References
    ----------
    Morris (1991); Campolongo, Cariboni & Saltelli (2007) for mu_star.
    """
    factors = _Factors(map, links or {}, clamps or {}, slope)
    if levels < 2 or levels % 2:
        raise InputError(f"levels must be even, not {levels}")
    problem = factors.problem
    points = morris_sample.sample(problem, trajectories, num_levels=levels, seed=seed)
    states = factors.run(points, start, map.positions(outcomes, "outcomes"), settings)
    columns = ("mu", "mu_star", "sigma", "mu_star_conf")
    rows = []
    for outcome, values in zip(outcomes, states.T, strict=True):
        found = morris_analysis.analyze(problem, points, values, num_levels=levels, seed=seed, print_to_console=False)
        for k, name in enumerate(factors.names):
            figures = {key: float(found[key][k]) for key in columns}
            rows.append({"outcome": outcome, "factor": name, **figures})
    return pd.DataFrame(rows)


class _Factors:
    """Uncertain inputs as the columns of a design, and the runs that a design asks for."""

    def __init__(
        self,
        map: CognitiveMap,
        links: Mapping[tuple[str, str], Range],
        clamps: Mapping[str, Range],
        slope: float | Range,
    ):
        self.map = map
        self.sources = map.positions([source for source, _ in links], "links")
        self.targets = map.positions([target for _, target in links], "links")
        self.levers = list(clamps)
        map.positions(self.levers, "clamps")
        ranges = {f"{source} -> {target}": limits for (source, target), limits in links.items()}
        ranges |= clamps
        self.slope = None if isinstance(slope, tuple) else slope
        if self.slope is None:
            ranges |= {"slope": slope}
        if not ranges:
            raise InputError("there is no factor: give ranges for links, clamps or the slope")
        refuse(
            Fault("its range must be (lowest, highest) and rise", column=name, value=str(limits))
            for name, limits in ranges.items()
            if len(limits) != 2 or not limits[0] < limits[1]
        )
        self.names = list(ranges)
        self.problem = {
            "num_vars": len(ranges),
            "names": self.names,
            "bounds": [list(limits) for limits in ranges.values()],
        }

    def run(
        self,
        points: np.ndarray,
        start: ArrayLike | Mapping[str, float],
        outcomes: np.ndarray,
        settings: Mapping[str, object],
    ) -> np.ndarray:
        """Steady states of the outcomes, shape (points, outcomes)."""
        settings = dict(settings)
        fixed = settings.pop("fixed", None) or {}
        linked = len(self.sources)
        states = []
        for part in np.array_split(points, -(-len(points) // CHUNK)):
            weights = np.repeat(self.map.weights[None], len(part), axis=0)
            weights[:, self.sources, self.targets] = part[:, :linked]
            levers = dict(zip(self.levers, part[:, linked:].T, strict=False))
            slope = part[:, -1:] if self.slope is None else self.slope
            found = settled_states(self.map, start, weights=weights, clamp=fixed | levers, slope=slope, **settings)
            states.append(found[:, outcomes])
        states = np.concatenate(states)
        unsettled = int(np.isnan(states).any(axis=1).sum())
        if unsettled:
            raise InputError(
                f"{unsettled} of {len(points)} runs do not settle, so their outcomes are no steady "
                "states: narrow the ranges, or use another rule or a smaller slope"
            )
        return states
