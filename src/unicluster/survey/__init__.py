"""Surveys: what published counts and respondent rows say, and what they cannot say."""

from unicluster.survey import respondents
from unicluster.survey.association import (
    association_bounds,
    comonotone,
    countermonotone,
    goodman_kruskal_gamma,
    kendall_tau_b,
    spearman,
)
from unicluster.survey.bayes import posterior, prior_concentration, prior_sensitivity, probability_greater
from unicluster.survey.bootstrap_weights import bootstrap_weights, p_floor
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
from unicluster.survey.clustering import IntraclassCorrelation, intraclass_correlation
from unicluster.survey.coding import code_presence, coder_table, cohen_kappa, disagreements, krippendorff_alpha
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
from unicluster.survey.cross_tabulation import cross_tabulate
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
from unicluster.survey.likert import diverging, likert_counts
from unicluster.survey.marginal_effects import marginal_effects
from unicluster.survey.margins import Margin, published_margins
from unicluster.survey.multiselect import (
    ChiSquare,
    MarginalIndependence,
    cochran_q,
    multiple_marginal_independence,
    pairwise_marginal_independence,
)
from unicluster.survey.nonresponse import item_nonresponse, missing_patterns
from unicluster.survey.ordinal import OrderedLogit, ordered_logit
from unicluster.survey.percentages import counts_from_percent, possible_bases, rounding_ranges
from unicluster.survey.polychoric import Polychoric, polychoric_correlation, polychoric_matrix
from unicluster.survey.power import (
    attenuated_correlation,
    correlation_power,
    correlation_sample,
    detectable_difference,
    latent_normal_table,
    ordinal_power,
)
from unicluster.survey.proportional_odds import brant, parallel_lines
from unicluster.survey.reliability import CronbachAlpha, McDonaldOmega, cronbach_alpha, mcdonald_omega
from unicluster.survey.respondents import Study, study
from unicluster.survey.response_counts import checked_responses, counts_from_responses
from unicluster.survey.responses import Responses, code_responses
from unicluster.survey.score_bootstrap import ScoreBootstrap, wild_score_bootstrap
from unicluster.survey.simultaneous import goodman, sison_glaz
from unicluster.survey.synthetic import SyntheticSurvey, spread, synthetic_respondents
from unicluster.survey.tabulation import (
    clustering,
    compare_all_options,
    contrasts,
    headline,
    item_overlaps,
    leading,
    partial_shares,
    posteriors,
    printed_percentages,
    residuals,
    scale_associations,
    simultaneous_intervals,
    synthetic_associations,
    tabulate,
    university_power,
    upper_against_lower,
)
from unicluster.survey.weighting import Raking, design_effect_of_weights, rake
from unicluster.survey.wild_bootstrap import WildClusterBootstrap, wild_cluster_bootstrap

__all__ = [
    "ChiSquare",
    "CronbachAlpha",
    "Interval",
    "IntraclassCorrelation",
    "Margin",
    "MarginalIndependence",
    "McDonaldOmega",
    "OrderedLogit",
    "Polychoric",
    "Raking",
    "Responses",
    "ScoreBootstrap",
    "Study",
    "SyntheticSurvey",
    "WildClusterBootstrap",
    "adjusted_p",
    "association_bounds",
    "attenuated_correlation",
    "binomial_coverage",
    "bootstrap_weights",
    "brant",
    "checked_responses",
    "clopper_pearson",
    "clustered_coverage",
    "clustering",
    "cochran_q",
    "code_presence",
    "code_responses",
    "coder_table",
    "cohen_kappa",
    "comonotone",
    "compare_all_options",
    "compare_options",
    "completions",
    "contrasts",
    "correlation_power",
    "correlation_sample",
    "countermonotone",
    "counts_from_percent",
    "counts_from_responses",
    "cronbach_alpha",
    "cross_tabulate",
    "design_effect",
    "design_effect_bounds",
    "design_effect_of_weights",
    "design_table",
    "detectable_difference",
    "disagreements",
    "diverging",
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
    "intraclass_correlation",
    "item_nonresponse",
    "item_overlaps",
    "jeffreys",
    "kendall_tau_b",
    "korn_graubard",
    "krippendorff_alpha",
    "latent_normal_table",
    "leading",
    "likert_counts",
    "manski_bounds",
    "marginal_effects",
    "mcdonald_omega",
    "mcnemar",
    "mcnemar_bounds",
    "missing_patterns",
    "multiple_marginal_independence",
    "ordered_logit",
    "ordinal_power",
    "overlap_bounds",
    "p_floor",
    "paired_difference",
    "pairwise_marginal_independence",
    "parallel_lines",
    "partial_coverage",
    "partial_shares",
    "polychoric_correlation",
    "polychoric_matrix",
    "possible_bases",
    "posterior",
    "posteriors",
    "printed_percentages",
    "prior_concentration",
    "prior_sensitivity",
    "probability_greater",
    "published_margins",
    "rake",
    "residuals",
    "respondents",
    "rounding_ranges",
    "scale_associations",
    "simultaneous_coverage",
    "simultaneous_intervals",
    "sison_glaz",
    "spearman",
    "spread",
    "study",
    "synthetic_associations",
    "synthetic_respondents",
    "t_interval",
    "tabulate",
    "university_power",
    "upper_against_lower",
    "wild_cluster_bootstrap",
    "wild_score_bootstrap",
    "wilson",
]
