"""Figures in one house style, each with its data, its caption and its alternative text."""

from unicluster.figures import claims, cluster_effect, cluster_model, fcm_scenarios, literature_factors, survey

__all__ = ["claims", "cluster_effect", "cluster_model", "fcm_scenarios", "literature_factors", "survey"]
