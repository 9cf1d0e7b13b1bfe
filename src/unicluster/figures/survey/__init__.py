"""Figures of the survey chapters: from counts, and from respondents' rows."""

from unicluster.figures.survey.answers import answers
from unicluster.figures.survey.estimates import comparisons, posteriors, simultaneous
from unicluster.figures.survey.joint import associations, clustering, power
from unicluster.figures.survey.likert import likert
from unicluster.figures.survey.models import effects, odds_ratios, parallel_slopes, wild_draws
from unicluster.figures.survey.multiple import choices, choices_by_group, missing, raked
from unicluster.figures.survey.rows import marked
from unicluster.figures.survey.scales import coder_agreement, correlations, likeness, loadings
from unicluster.figures.survey.unknown import overlaps, partial

__all__ = [
    "answers",
    "associations",
    "choices",
    "choices_by_group",
    "clustering",
    "coder_agreement",
    "comparisons",
    "correlations",
    "effects",
    "likeness",
    "likert",
    "loadings",
    "marked",
    "missing",
    "odds_ratios",
    "overlaps",
    "parallel_slopes",
    "partial",
    "posteriors",
    "power",
    "raked",
    "simultaneous",
    "wild_draws",
]
