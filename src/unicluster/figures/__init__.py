"""Figures in one house style, each with its data, its caption and its alternative text."""

from unicluster.figures import cluster_effect, survey

__all__ = ["cluster_effect", "survey"]
