"""Surveys: what published counts and respondent rows say, and what they cannot say."""

from unicluster.survey.intervals import Interval, clopper_pearson, jeffreys, wilson

__all__ = [
    "Interval",
    "clopper_pearson",
    "jeffreys",
    "wilson",
]
