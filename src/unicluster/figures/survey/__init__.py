"""Figures of the survey chapter."""

from unicluster.figures.survey.answers import answers
from unicluster.figures.survey.estimates import comparisons, posteriors, simultaneous
from unicluster.figures.survey.joint import associations, clustering, power
from unicluster.figures.survey.unknown import overlaps, partial

__all__ = [
    "answers",
    "associations",
    "clustering",
    "comparisons",
    "overlaps",
    "partial",
    "posteriors",
    "power",
    "simultaneous",
]
