"""Figures in one house style, each with its data, its caption and its alternative text."""

from unicluster.figures import (
    claims,
    cluster_effect,
    cluster_model,
    fcm_scenarios,
    indicators,
    literature_factors,
    specialisation,
    survey,
)
from unicluster.figures.style import marked

__all__ = [
    "claims",
    "cluster_effect",
    "cluster_model",
    "fcm_scenarios",
    "indicators",
    "literature_factors",
    "marked",
    "specialisation",
    "survey",
]
