"""The economic effect of clusters: growth, prices, decomposition, specialisation and forecast.

Outputs are tables or arrays. Tables of clusters have one row a cluster and a computed ``total`` row; arrays
of regions and industries have regions on the last axis but one, industries on the last and anything else,
years for example, before them.
"""

from unicluster.economics.checking import check_clusters
from unicluster.economics.effect import READINGS, Reading, growth, project_effect
from unicluster.economics.prices import break_even_inflation, deflate, growth_by_price_basis, inflate

__all__ = [
    "READINGS",
    "Reading",
    "break_even_inflation",
    "check_clusters",
    "deflate",
    "growth",
    "growth_by_price_basis",
    "inflate",
    "project_effect",
]
