"""A region's cognitive map, its starting state and its scenarios."""

from unicluster.regions.scenario_file import KINDS
from unicluster.scenarios.agreement import CoderAgreement, coder_agreement
from unicluster.scenarios.base_map import (
    NO_INFLUENCE,
    STRONGEST_TAG,
    RatedLink,
    build_map,
    check_evidence,
    elicit,
    link_table,
    region_ratings,
    signed_scale,
)
from unicluster.scenarios.definitions import (
    BASELINE,
    ScenarioDefinition,
    clamps,
    of_kind,
    read_scenarios,
    scenario_table,
)
from unicluster.scenarios.effects import (
    NEUTRAL,
    Settings,
    lever_limits,
    run_scenarios,
)
from unicluster.scenarios.indicators import INDICATORS, SCALINGS, Scaling, indicator_ranges
from unicluster.scenarios.starting_state import starting_state
from unicluster.scenarios.uncertainty import (
    SLOPE_SPREAD,
    closest_pair,
    course_ranks,
    decisive_links,
    draw_scenarios,
    effect_bands,
    lever_ranks,
    lever_scenarios,
    mean_effect_bands,
    mean_of_outcomes,
)
from unicluster.scenarios.variants import (
    ALTERNATIVES,
    attractors,
    evidence_variants,
    setting_effects,
    tipping_slope,
    uniqueness,
    variant_effects,
)
from unicluster.scenarios.words import column_names, names_in

__all__ = [
    "ALTERNATIVES",
    "BASELINE",
    "INDICATORS",
    "KINDS",
    "NEUTRAL",
    "NO_INFLUENCE",
    "SCALINGS",
    "SLOPE_SPREAD",
    "STRONGEST_TAG",
    "CoderAgreement",
    "RatedLink",
    "Scaling",
    "ScenarioDefinition",
    "Settings",
    "attractors",
    "build_map",
    "check_evidence",
    "clamps",
    "closest_pair",
    "coder_agreement",
    "column_names",
    "course_ranks",
    "decisive_links",
    "draw_scenarios",
    "effect_bands",
    "elicit",
    "evidence_variants",
    "indicator_ranges",
    "lever_limits",
    "lever_ranks",
    "lever_scenarios",
    "link_table",
    "mean_effect_bands",
    "mean_of_outcomes",
    "names_in",
    "of_kind",
    "read_scenarios",
    "region_ratings",
    "run_scenarios",
    "scenario_table",
    "setting_effects",
    "signed_scale",
    "starting_state",
    "tipping_slope",
    "uniqueness",
    "variant_effects",
]
