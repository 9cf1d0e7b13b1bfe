"""A region's cognitive map, its starting state and its scenarios."""

from unicluster.scenarios.base_map import (
    STRONGEST_TAG,
    build_map,
    check_evidence,
    elicit,
    link_table,
    region_ratings,
    signed_scale,
)
from unicluster.scenarios.definitions import BASELINE, KINDS, Scenario, read_scenarios
from unicluster.scenarios.effects import (
    NEUTRAL,
    Settings,
    compare_mean_effects,
    neutral_start,
    outcome_effects,
    run_scenarios,
)

__all__ = [
    "BASELINE",
    "KINDS",
    "NEUTRAL",
    "STRONGEST_TAG",
    "Scenario",
    "Settings",
    "build_map",
    "check_evidence",
    "compare_mean_effects",
    "elicit",
    "link_table",
    "neutral_start",
    "outcome_effects",
    "read_scenarios",
    "region_ratings",
    "run_scenarios",
    "signed_scale",
]
