"""Fuzzy cognitive maps: build, run, judge where a run ends, compare scenarios."""

from unicluster.fcm.aggregation import AggregatedMap, aggregate_maps
from unicluster.fcm.attractors import Attractor, AttractorSearch, find_attractors
from unicluster.fcm.comparison import Comparison, VoidScenarioWarning, compare_scenarios
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
from unicluster.fcm.interchange import (
    from_edges,
    from_graphml,
    from_links,
    from_matrix,
    from_networkx,
    from_tables,
    to_graphml,
    to_networkx,
    to_tables,
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
from unicluster.fcm.mental_modeler import from_mental_modeler, to_mental_modeler
from unicluster.fcm.ranking import probability_better, rank_acceptability, what_if_ranking
from unicluster.fcm.robustness import StructuralRobustness, structural_robustness
from unicluster.fcm.sampling import DisagreementSampler, MembershipSampler, SpreadSampler
from unicluster.fcm.scenarios import (
    Intervention,
    Scenario,
    ScenarioRun,
    Stage,
    run_scenario,
    single_shot,
    sustained,
    temporary,
)
from unicluster.fcm.sensitivity import SteadyStateSensitivity, steady_state_sensitivity
from unicluster.fcm.stability import Stability, assess_stability
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
from unicluster.fcm.uniqueness import Certificate, certify_uniqueness

__all__ = [
    "LINGUISTIC_SCALE",
    "AggregatedMap",
    "Attractor",
    "AttractorSearch",
    "BatchSimulation",
    "Certificate",
    "CognitiveMap",
    "Comparison",
    "Concept",
    "Condensation",
    "DisagreementSampler",
    "Elicitation",
    "ElicitedWeight",
    "FittedWeights",
    "GoalSeeking",
    "HebbianLearning",
    "Intervention",
    "Link",
    "Membership",
    "MembershipSampler",
    "MonteCarlo",
    "Scenario",
    "ScenarioRun",
    "Simulation",
    "SpreadSampler",
    "Stability",
    "Stage",
    "SteadyStateEnclosure",
    "SteadyStateSensitivity",
    "StructuralRobustness",
    "VoidScenarioWarning",
    "active_hebbian_learning",
    "aggregate_maps",
    "aggregate_memberships",
    "assess_stability",
    "certify_uniqueness",
    "compare_scenarios",
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
    "find_attractors",
    "fit_weights",
    "from_edges",
    "from_graphml",
    "from_links",
    "from_matrix",
    "from_mental_modeler",
    "from_networkx",
    "from_tables",
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
    "run_scenario",
    "seek_goal",
    "simulate",
    "simulate_batch",
    "single_shot",
    "sobol_indices",
    "steady_state",
    "steady_state_sensitivity",
    "structural_robustness",
    "structure_summary",
    "sustained",
    "temporary",
    "to_graphml",
    "to_mental_modeler",
    "to_networkx",
    "to_tables",
    "trapezoidal",
    "triangular",
    "what_if_ranking",
]
