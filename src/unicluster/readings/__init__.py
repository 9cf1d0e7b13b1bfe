"""Sentences made from results, so that no number is typed into prose."""

from unicluster.readings import cluster_effect, cluster_model, fcm_scenarios, literature_factors, survey

__all__ = ["cluster_effect", "cluster_model", "fcm_scenarios", "literature_factors", "survey"]
