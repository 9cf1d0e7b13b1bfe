"""The methods of this room applied to one region's respondent rows, question by question.

A method that the rows do not allow gives an empty table whose ``attrs["reason"]`` says why, so that a chapter can go
on.
"""

from unicluster.survey.respondents.agreement import coder_agreement
from unicluster.survey.respondents.groups import answered, group_counts, likert_by_group, likert_items
from unicluster.survey.respondents.models import (
    effects,
    explained,
    parallel_slopes,
    proportionality,
    wild_draws,
    wild_tests,
)
from unicluster.survey.respondents.multiple import choices, choices_by_group
from unicluster.survey.respondents.scales import consistency, hidden_correlations, likeness, reliability
from unicluster.survey.respondents.study import Study, study
from unicluster.survey.respondents.weights import raked, raking_summary

__all__ = [
    "Study",
    "answered",
    "choices",
    "choices_by_group",
    "coder_agreement",
    "consistency",
    "effects",
    "explained",
    "group_counts",
    "hidden_correlations",
    "likeness",
    "likert_by_group",
    "likert_items",
    "parallel_slopes",
    "proportionality",
    "raked",
    "raking_summary",
    "reliability",
    "study",
    "wild_draws",
    "wild_tests",
]
