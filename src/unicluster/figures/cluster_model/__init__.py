"""Figures of the chapter on the cluster around the university."""

from unicluster.figures.cluster_model.locator import locator
from unicluster.figures.cluster_model.mechanism import exchange, steps
from unicluster.figures.cluster_model.network import ego, members
from unicluster.figures.cluster_model.roles import roles_by_oblast

__all__ = ["ego", "exchange", "locator", "members", "roles_by_oblast", "steps"]
