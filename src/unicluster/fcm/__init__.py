"""Fuzzy cognitive maps: build, run, judge where a run ends, compare scenarios."""

from unicluster.fcm.aggregation import AggregatedMap, aggregate_maps
from unicluster.fcm.defuzzification import defuzzify
from unicluster.fcm.elicitation import (
    Elicitation,
    ElicitedWeight,
    elicit_weight,
    elicit_weights,
    individual_maps,
)
from unicluster.fcm.enclosure import SteadyStateEnclosure, enclose_path, enclose_steady_state
from unicluster.fcm.fitting import FittedWeights, fit_weights
from unicluster.fcm.global_sensitivity import morris_screening, sobol_indices
from unicluster.fcm.goals import GoalSeeking, pareto_front, seek_goal
from unicluster.fcm.inference import (
    BatchSimulation,
    Simulation,
    simulate,
    simulate_batch,
    steady_state,
)
from unicluster.fcm.learning import HebbianLearning, active_hebbian_learning, nonlinear_hebbian_learning
from unicluster.fcm.linguistic import LINGUISTIC_SCALE, dissent, entropy, memberships, proportions
from unicluster.fcm.map import CognitiveMap, Concept, Link
from unicluster.fcm.membership import (
    Membership,
    aggregate_memberships,
    imply,
    piecewise_linear,
    trapezoidal,
    triangular,
)
from unicluster.fcm.ranking import probability_better, rank_acceptability, what_if_ranking
from unicluster.fcm.robustness import StructuralRobustness, structural_robustness
from unicluster.fcm.sampling import DisagreementSampler, MembershipSampler, SpreadSampler
from unicluster.fcm.sensitivity import SteadyStateSensitivity, steady_state_sensitivity
from unicluster.fcm.structure import (
    Condensation,
    complexity,
    condensation,
    degrees,
    density,
    hierarchy_index,
    loops,
    structure_summary,
)
from unicluster.fcm.uncertainty import MonteCarlo, monte_carlo

__all__ = [
    "LINGUISTIC_SCALE",
    "AggregatedMap",
    "BatchSimulation",
    "CognitiveMap",
    "Concept",
    "Condensation",
    "DisagreementSampler",
    "Elicitation",
    "ElicitedWeight",
    "FittedWeights",
    "GoalSeeking",
    "HebbianLearning",
    "Link",
    "Membership",
    "MembershipSampler",
    "MonteCarlo",
    "Simulation",
    "SpreadSampler",
    "SteadyStateEnclosure",
    "SteadyStateSensitivity",
    "StructuralRobustness",
    "active_hebbian_learning",
    "aggregate_maps",
    "aggregate_memberships",
    "complexity",
    "condensation",
    "defuzzify",
    "degrees",
    "density",
    "dissent",
    "elicit_weight",
    "elicit_weights",
    "enclose_path",
    "enclose_steady_state",
    "entropy",
    "fit_weights",
    "hierarchy_index",
    "imply",
    "individual_maps",
    "loops",
    "memberships",
    "monte_carlo",
    "morris_screening",
    "nonlinear_hebbian_learning",
    "pareto_front",
    "piecewise_linear",
    "probability_better",
    "proportions",
    "rank_acceptability",
    "seek_goal",
    "simulate",
    "simulate_batch",
    "sobol_indices",
    "steady_state",
    "steady_state_sensitivity",
    "structural_robustness",
    "structure_summary",
    "trapezoidal",
    "triangular",
    "what_if_ranking",
]
