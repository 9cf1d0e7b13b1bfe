"""What each scenario changes in the outcomes, all against one baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster import fcm
from unicluster.faults import InputError
from unicluster.scenarios.definitions import BASELINE, Scenario

NEUTRAL = 0.5
"""Level of a concept of which nothing is known: neither present nor absent."""


@dataclass(frozen=True)
class Settings:
    """How the map is run.

    The rescaled rule ``f((2a - 1) + (2a - 1) W)`` (Papageorgiou 2011) is the default because a concept at the neutral level 0.5
    then pushes neither way and a missing barrier helps as much as a full one hurts.

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


def neutral_start(map: fcm.CognitiveMap) -> dict[str, float]:
    """Every concept at the neutral level."""
    return dict.fromkeys(map.ids, NEUTRAL)


def run_scenarios(
    map: fcm.CognitiveMap,
    scenarios: Sequence[Scenario],
    start: Mapping[str, float],
    settings: Settings = Settings(),
) -> pd.DataFrame:
    """Where every concept ends under every scenario, and how far that is from the baseline.

    Parameters
    ----------
    map : CognitiveMap
    scenarios : sequence of Scenario
        The baseline (`BASELINE`) among them.
    start : mapping of concept to float
        Starting level of every concept, in [0, 1].
    settings : Settings

    Returns
    -------
    DataFrame
        One row a scenario and concept, in their order: ``scenario``, ``concept``, ``role``, ``level``, ``baseline``, ``effect``
        (``level - baseline``), ``held`` (its level was set by the scenario, so that the effect is no result), ``end`` and
        ``residual`` of the run.

    Raises
    ------
    InputError
        When a run does not end in a fixed point, with what it ends in: its last state would be no result.
    """
    runs = {
        scenario.id: fcm.simulate(map, start, clamp=scenario.hold, **settings.options()) for scenario in scenarios
    }
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
                "effect": runs[scenario.id].state - baseline,
                "held": np.isin(map.ids, list(scenario.hold)),
                "end": runs[scenario.id].end,
                "residual": runs[scenario.id].residual,
            }
        )
        for scenario in scenarios
    ]
    return pd.concat(tables, ignore_index=True)


def outcome_effects(results: pd.DataFrame) -> pd.DataFrame:
    """Effects on the outcome concepts alone, with their mean over outcomes and the rank of each scenario.

    Parameters
    ----------
    results : DataFrame
        From `run_scenarios`.

    Returns
    -------
    DataFrame
        One row a scenario but the baseline, best mean effect first: ``scenario``, one column an outcome with the effect, ``mean``,
        ``rank`` (1 is best).
    """
    rows = results[results["role"].eq("outcome") & results["scenario"].ne(BASELINE)]
    order = list(dict.fromkeys(rows["concept"]))
    wide = rows.pivot(index="scenario", columns="concept", values="effect")[order]
    wide["mean"] = wide.mean(axis=1)
    wide["rank"] = wide["mean"].rank(ascending=False, method="min").astype(int)
    wide.columns.name = None
    return wide.sort_values(["rank"], kind="stable").reset_index()


def compare_mean_effects(all_links: pd.DataFrame, evidenced_links: pd.DataFrame) -> pd.DataFrame:
    """Mean effect of each scenario on two maps side by side.

    Parameters
    ----------
    all_links, evidenced_links : DataFrame
        From `outcome_effects`, on the map with and without assumed links.

    Returns
    -------
    DataFrame
        ``scenario``, ``all_links``, ``evidenced_links``, in the order of the first.
    """
    without = all_links["scenario"].map(evidenced_links.set_index("scenario")["mean"])
    return pd.DataFrame(
        {"scenario": all_links["scenario"], "all_links": all_links["mean"], "evidenced_links": without}
    )
