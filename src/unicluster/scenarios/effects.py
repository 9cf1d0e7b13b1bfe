"""What each scenario changes in the outcomes, all against one baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster import fcm
from unicluster.faults import InputError
from unicluster.scenarios.definitions import BASELINE, ScenarioDefinition

NEUTRAL = 0.5
"""Level of a concept of which nothing is known: neither present nor absent."""


def settled_digits(values: np.ndarray) -> np.ndarray:
    """Round to 12 decimals, as far as steady states are polished: later ones differ between machines."""
    return np.round(values, 12) + 0.0


@dataclass(frozen=True)
class Settings:
    """How the map is run.

    The rescaled rule ``f((2a - 1) + (2a - 1) W)`` (Papageorgiou 2011) is the default because a concept at the
    neutral level 0.5 then pushes neither way and a missing barrier helps as much as a full one hurts.

    Attributes
    ----------
    rule, transfer : str
        As in `unicluster.fcm.simulate`.
    slope : float
    """

    rule: str = "rescaled"
    transfer: str = "sigmoid"
    slope: float = 0.5

    def options(self) -> dict[str, object]:
        """Arguments for `unicluster.fcm.simulate`; concepts that nothing influences keep their start."""
        return {"rule": self.rule, "transfer": self.transfer, "slope": self.slope, "hold_transmitters": True}


def run_scenarios(
    map: fcm.CognitiveMap,
    scenarios: Sequence[ScenarioDefinition],
    start: Mapping[str, float],
    settings: Settings = Settings(),
) -> pd.DataFrame:
    """Where every concept ends under every scenario, and how far that is from the baseline.

    Parameters
    ----------
    map : CognitiveMap
    scenarios : sequence of ScenarioDefinition
        The baseline (`BASELINE`) among them.
    start : mapping of concept to float
        Starting level of every concept, in [0, 1].
    settings : Settings

    Returns
    -------
    DataFrame
        One row a scenario and concept, in their order: ``scenario``, ``concept``, ``role``, ``level``, ``baseline``,
        ``effect`` (``level - baseline``), ``held`` (its level was set by the scenario, so that the effect is no
        result), ``end`` of the run.

    Raises
    ------
    InputError
        When a run does not end in a fixed point, with what it ends in: its last state would be no result.
    """
    runs = {scenario.id: fcm.simulate(map, start, clamp=scenario.hold, **settings.options()) for scenario in scenarios}
    unsettled = {id: run.end for id, run in runs.items() if run.end != "fixed_point"}
    if unsettled:
        told = ", ".join(f"{id} ({end})" for id, end in unsettled.items())
        raise InputError(f"these runs have no steady state: {told}; try a smaller slope or another rule")
    if BASELINE not in runs:
        raise InputError(f"there is no scenario '{BASELINE}' to compare with")
    baseline = runs[BASELINE].state
    roles = [concept.role for concept in map.concepts]
    tables = [
        pd.DataFrame(
            {
                "scenario": scenario.id,
                "concept": map.ids,
                "role": roles,
                "level": runs[scenario.id].state,
                "baseline": baseline,
                "effect": settled_digits(runs[scenario.id].state - baseline),
                "held": np.isin(map.ids, list(scenario.hold)),
                "end": runs[scenario.id].end,
            }
        )
        for scenario in scenarios
    ]
    return pd.concat(tables, ignore_index=True)


def lever_limits(map: fcm.CognitiveMap, start: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """How far each lever may be moved towards a goal: up to the top, or down to nothing where it only harms.

    A lever does only harm where every one of its links raises a barrier or lowers something else.

    Parameters
    ----------
    map : CognitiveMap
    start : DataFrame
        From `unicluster.scenarios.starting_state`.
    """
    level = start.set_index("concept")["level"]
    good = np.array([-1.0 if concept.group == "barriers" else 1.0 for concept in map.concepts])
    limits = {}
    for lever in map.with_role("lever"):
        now = float(level[lever])
        harmful = not (map.weights[map.index(lever)] * good > 0).any()
        limits[lever] = (0.0, now) if harmful else (now, 1.0)
    return limits
