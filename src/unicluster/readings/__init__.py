"""Sentences made from results, so that no number is typed into prose."""

from unicluster.readings import (
    claims,
    cluster_effect,
    cluster_model,
    fcm_scenarios,
    indicators,
    literature_factors,
    specialisation,
    survey,
    survey_responses,
)

__all__ = [
    "claims",
    "cluster_effect",
    "cluster_model",
    "fcm_scenarios",
    "indicators",
    "literature_factors",
    "specialisation",
    "survey",
    "survey_responses",
]
