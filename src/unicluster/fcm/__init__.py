"""Fuzzy cognitive maps: build, run, judge where a run ends, compare scenarios."""

from unicluster.fcm.inference import (
    BatchSimulation,
    Simulation,
    simulate,
    simulate_batch,
    steady_state,
)
from unicluster.fcm.map import CognitiveMap, Concept, Link

__all__ = [
    "BatchSimulation",
    "CognitiveMap",
    "Concept",
    "Link",
    "Simulation",
    "simulate",
    "simulate_batch",
    "steady_state",
]
