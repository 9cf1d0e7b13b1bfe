"""Sentences made from results, so that no number is typed into prose."""

from unicluster.readings import cluster_effect, survey

__all__ = ["cluster_effect", "survey"]
