"""Scenarios against one baseline."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.faults import InputError, refuse
from unicluster.fcm.convergence import FIXED_POINT
from unicluster.fcm.inference import Simulation, simulate
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.scenarios import Scenario, ScenarioRun, run_scenario
from unicluster.fcm.uniqueness import Certificate, certify_uniqueness


class VoidScenarioWarning(UserWarning):
    """A scenario cannot have a lasting effect, because the fixed point it leads to is unique."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios against one baseline.

    Attributes
    ----------
    baseline : Simulation
    runs : tuple of ScenarioRun
    certificate : Certificate
        Of the map as the baseline has it.
    table : DataFrame
        One row a scenario and concept: ``scenario``, ``concept``, ``baseline``, ``value``, the
        effect as ``absolute`` difference, in percentage ``points`` of a scale from 0 to 1 and in
        ``percent`` of the baseline; ``held`` where the scenario itself sets the concept; ``end``;
        ``void``. An effect is NaN where the concept is held, since its value is no effect, and where
        the baseline or the scenario does not end at a fixed point. Percent is NaN if the baseline
        is 0.
    """

    baseline: Simulation
    runs: tuple[ScenarioRun, ...]
    certificate: Certificate
    table: pd.DataFrame


def compare_scenarios(
    map: CognitiveMap,
    scenarios: Sequence[Scenario],
    start: ArrayLike | Mapping[str, float],
    clamp: Mapping[str, float] | None = None,
    **settings: object,
) -> Comparison:
    """Run scenarios from where the baseline ends and compare their ends with it.

    Parameters
    ----------
    map : CognitiveMap
    scenarios : sequence of Scenario
        With different names.
    start : array_like or mapping
        Of the baseline, as in `simulate`.
    clamp : mapping of concept to float, optional
        Held in the baseline, and in the scenarios that do not hold it at another value.
    **settings
        ``rule``, ``transfer``, ``slope``, ``hold_transmitters``, ``max_steps`` and ``backend`` of
        `simulate`, for the baseline and all scenarios.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        Naming every fault of every scenario.

    Warns
    -----
    VoidScenarioWarning
        If a scenario lets go of everything in the end and the fixed point is certified unique: it
        then ends where the baseline does, whatever it did before.
    """
    clamp = dict(clamp or {})
    baseline = simulate(map, start, clamp=clamp, **settings)
    names = [one.name for one in scenarios]
    refuse(f"two scenarios are called {name!r}" for name in sorted(set(names)) if names.count(name) > 1)
    runs, faults = [], []
    for one in scenarios:
        try:
            runs.append(run_scenario(map, one, baseline.state, clamp, **settings))
        except InputError as error:
            faults += [replace(f, message=f"{f.message} (scenario {one.name})") for f in error.faults]
    refuse(faults)
    model = {name: v for name, v in settings.items() if name not in ("max_steps", "backend")}
    certificate = certify_uniqueness(map, start, clamp=clamp, **model)
    void = [certificate.unique and _lets_go(map, one, baseline.held) for one in scenarios]
    if any(void):
        names = ", ".join(name for name, is_void in zip(names, void, strict=True) if is_void)
        warnings.warn(
            f"void: {names}. The fixed point is unique, so a change that is not kept up has no "
            "lasting effect. Hold the levers instead.",
            VoidScenarioWarning,
            stacklevel=2,
        )
    tables = [_effects(map, baseline, run, is_void) for run, is_void in zip(runs, void, strict=True)]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    return Comparison(baseline, tuple(runs), certificate, table)


def _lets_go(map: CognitiveMap, scenario: Scenario, held: Sequence[str]) -> bool:
    """Whether nothing but the baseline's own clamps is kept up in the last stage."""
    last = scenario.stages[-1]
    changed = {map.ids[j] for j in map.positions(scenario.start, "start")}
    return not last.clamp and not any(last.effectiveness.values()) and not changed & set(held)


def _effects(map: CognitiveMap, baseline: Simulation, run: ScenarioRun, void: bool) -> pd.DataFrame:
    held = np.isin(map.ids, [*run.stages[-1].held])
    settled = baseline.end == run.end == FIXED_POINT
    effect = np.where(held | (not settled), np.nan, run.state - baseline.state)
    reference = np.where(baseline.state == 0, np.nan, np.abs(baseline.state))
    return pd.DataFrame(
        {
            "scenario": run.scenario.name,
            "concept": map.ids,
            "baseline": baseline.state,
            "value": run.state,
            "absolute": effect,
            "points": 100 * effect,
            "percent": 100 * effect / reference,
            "held": held,
            "end": run.end,
            "void": void,
        }
    )
