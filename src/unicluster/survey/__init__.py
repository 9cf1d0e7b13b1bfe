"""Surveys: what published counts and respondent rows say, and what they cannot say."""

from unicluster.survey.association import (
    association_bounds,
    comonotone,
    countermonotone,
    goodman_kruskal_gamma,
    kendall_tau_b,
    spearman,
)
from unicluster.survey.bayes import posterior, prior_concentration, prior_sensitivity, probability_greater
from unicluster.survey.bounds import (
    completions,
    extra_mentions,
    frechet_bounds,
    imbens_manski,
    imbens_manski_quantile,
    imbens_manski_share,
    manski_bounds,
    overlap_bounds,
)
from unicluster.survey.comparisons import (
    adjusted_p,
    compare_options,
    mcnemar,
    mcnemar_bounds,
    paired_difference,
)
from unicluster.survey.coverage import (
    binomial_coverage,
    clustered_coverage,
    partial_coverage,
    simultaneous_coverage,
)
from unicluster.survey.design import (
    design_effect,
    design_effect_bounds,
    design_table,
    effective_sample_size,
    finite_population_correction,
    korn_graubard,
    t_interval,
)
from unicluster.survey.intervals import Interval, clopper_pearson, jeffreys, wilson
from unicluster.survey.margins import Margin, published_margins
from unicluster.survey.percentages import counts_from_percent, possible_bases, rounding_ranges
from unicluster.survey.power import (
    attenuated_correlation,
    correlation_power,
    correlation_sample,
    detectable_difference,
    latent_normal_table,
    ordinal_power,
)
from unicluster.survey.simultaneous import goodman, sison_glaz
from unicluster.survey.synthetic import SyntheticSurvey, spread, synthetic_respondents
from unicluster.survey.tabulation import headline, leading, residuals, tabulate

__all__ = [
    "Interval",
    "Margin",
    "SyntheticSurvey",
    "adjusted_p",
    "association_bounds",
    "attenuated_correlation",
    "binomial_coverage",
    "clopper_pearson",
    "clustered_coverage",
    "comonotone",
    "compare_options",
    "completions",
    "correlation_power",
    "correlation_sample",
    "countermonotone",
    "counts_from_percent",
    "design_effect",
    "design_effect_bounds",
    "design_table",
    "detectable_difference",
    "effective_sample_size",
    "extra_mentions",
    "finite_population_correction",
    "frechet_bounds",
    "goodman",
    "goodman_kruskal_gamma",
    "headline",
    "imbens_manski",
    "imbens_manski_quantile",
    "imbens_manski_share",
    "jeffreys",
    "kendall_tau_b",
    "korn_graubard",
    "latent_normal_table",
    "leading",
    "manski_bounds",
    "mcnemar",
    "mcnemar_bounds",
    "ordinal_power",
    "overlap_bounds",
    "paired_difference",
    "partial_coverage",
    "possible_bases",
    "posterior",
    "prior_concentration",
    "prior_sensitivity",
    "probability_greater",
    "published_margins",
    "residuals",
    "rounding_ranges",
    "simultaneous_coverage",
    "sison_glaz",
    "spearman",
    "spread",
    "synthetic_respondents",
    "t_interval",
    "tabulate",
    "wilson",
]
