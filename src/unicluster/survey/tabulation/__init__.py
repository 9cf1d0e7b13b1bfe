"""The methods of this room applied to the two published tables, question by question."""

from unicluster.survey.tabulation.estimates import (
    compare_all_options,
    posteriors,
    simultaneous_intervals,
    upper_against_lower,
)
from unicluster.survey.tabulation.joint import (
    clustering,
    contrasts,
    scale_associations,
    synthetic_associations,
    university_power,
)
from unicluster.survey.tabulation.scales import Scale, scales
from unicluster.survey.tabulation.shares import headline, leading, residuals, tabulate
from unicluster.survey.tabulation.unknown import item_overlaps, partial_shares, printed_percentages

__all__ = [
    "Scale",
    "clustering",
    "compare_all_options",
    "contrasts",
    "headline",
    "item_overlaps",
    "leading",
    "partial_shares",
    "posteriors",
    "printed_percentages",
    "residuals",
    "scale_associations",
    "scales",
    "simultaneous_intervals",
    "synthetic_associations",
    "tabulate",
    "university_power",
    "upper_against_lower",
]
