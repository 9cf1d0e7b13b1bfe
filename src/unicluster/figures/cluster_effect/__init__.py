"""Figures of the chapter on the economic effect of clusters."""

from unicluster.figures.cluster_effect.growth import plan_outcome, real_growth, slope
from unicluster.figures.cluster_effect.portfolio import shares
from unicluster.figures.cluster_effect.projects import project_effect, sector_growth, waterfall

__all__ = ["plan_outcome", "project_effect", "real_growth", "sector_growth", "shares", "slope", "waterfall"]
