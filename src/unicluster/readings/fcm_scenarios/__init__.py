"""What to read from the scenario chapter's pictures."""

from unicluster.readings.fcm_scenarios.certainty import decisive, goal, robustness, settings, variants
from unicluster.readings.fcm_scenarios.drawn_map import links, loops, neighbours
from unicluster.readings.fcm_scenarios.effects import (
    barriers,
    certificate,
    effects,
    indicators,
    levers,
    starting_state,
)

__all__ = [
    "barriers",
    "certificate",
    "decisive",
    "effects",
    "goal",
    "indicators",
    "levers",
    "links",
    "loops",
    "neighbours",
    "robustness",
    "settings",
    "starting_state",
    "variants",
]
