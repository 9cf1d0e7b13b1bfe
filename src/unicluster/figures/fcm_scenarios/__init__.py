"""Figures of the chapter on scenarios."""

from unicluster.figures.fcm_scenarios.certainty import (
    VARIANT_NAMES,
    decisive_links,
    goal_cost,
    ranks,
    settings,
    variants,
)
from unicluster.figures.fcm_scenarios.drawn_map import cognitive_map, structure
from unicluster.figures.fcm_scenarios.effects import barriers, indicators, levers, outcome_effects, starting_state

__all__ = [
    "VARIANT_NAMES",
    "barriers",
    "cognitive_map",
    "decisive_links",
    "goal_cost",
    "indicators",
    "levers",
    "outcome_effects",
    "ranks",
    "settings",
    "starting_state",
    "structure",
    "variants",
]
