"""Surveys: what published counts and respondent rows say, and what they cannot say."""

from unicluster.survey.intervals import Interval, clopper_pearson, jeffreys, wilson
from unicluster.survey.tabulation import headline, leading, residuals, tabulate

__all__ = [
    "Interval",
    "clopper_pearson",
    "jeffreys",
    "headline",
    "leading",
    "residuals",
    "tabulate",
    "wilson",
]
