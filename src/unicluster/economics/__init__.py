"""The economic effect of clusters: growth, prices, decomposition, specialisation and forecast.

Outputs are tables or arrays. Tables of clusters have one row a cluster and a computed ``total`` row; arrays
of regions and industries have regions on the last axis but one, industries on the last and anything else,
years for example, before them.
"""

from unicluster.economics.additionality import Additionality, net_effect, waterfall
from unicluster.economics.checking import check_clusters
from unicluster.economics.components import Arcelus, EstebanMarquillas, ShiftShare
from unicluster.economics.concentration import concentration_ratio, entropy, herfindahl, numbers_equivalent
from unicluster.economics.counterfactual import cluster_shift_share, plan_outcome, sector_shift_share
from unicluster.economics.effect import READINGS, Reading, growth, project_effect
from unicluster.economics.effect_bounds import (
    growth_bounds,
    herfindahl_bounds,
    printed_effect_agreement,
    project_effect_bounds,
)
from unicluster.economics.ellison_glaeser import (
    Agglomeration,
    coagglomeration,
    ellison_glaeser,
    ellison_glaeser_from_plants,
)
from unicluster.economics.forecast import Rate, Trend, forecast_paths, project_gain, trend, without_projects
from unicluster.economics.inequality import atkinson, gini, hoover, mean_log_deviation, theil_t
from unicluster.economics.localisation import (
    cluster_index,
    krugman_concentration,
    localisation_coefficient,
    locational_gini,
)
from unicluster.economics.location_quotient import (
    location_quotient,
    location_quotient_bootstrap,
    location_quotient_interval,
)
from unicluster.economics.outlook import Outlook, growth_points, outlook, support_account, support_plan
from unicluster.economics.panel import Panel, panel
from unicluster.economics.portfolio import portfolio_concentration, portfolio_shares
from unicluster.economics.prices import break_even_inflation, deflate, growth_by_price_basis, inflate, price_index
from unicluster.economics.relatedness import co_occurrence, presence, relatedness, relatedness_density
from unicluster.economics.rounding import apparent_unit, bounds, output_bounds, rounding_interval
from unicluster.economics.shift_share import arcelus, dynamic_shift_share, esteban_marquillas, shift_share
from unicluster.economics.specialisation import (
    average_location_quotient,
    gini_specialisation,
    hachman,
    krugman_specialisation,
    specialisation_coefficient,
)
from unicluster.economics.structure import (
    Structure,
    industry_concentration,
    shift_share_table,
    specialisation,
    structure,
    territory_specialisation,
)
from unicluster.economics.support import (
    break_even_gain_share,
    break_even_year,
    cost_per_job,
    present_value,
    subsidy_schedule,
)

__all__ = [
    "READINGS",
    "Additionality",
    "Agglomeration",
    "Arcelus",
    "EstebanMarquillas",
    "Outlook",
    "Panel",
    "Rate",
    "Reading",
    "ShiftShare",
    "Structure",
    "Trend",
    "apparent_unit",
    "arcelus",
    "atkinson",
    "average_location_quotient",
    "bounds",
    "break_even_gain_share",
    "break_even_inflation",
    "break_even_year",
    "check_clusters",
    "cluster_index",
    "cluster_shift_share",
    "co_occurrence",
    "coagglomeration",
    "concentration_ratio",
    "cost_per_job",
    "deflate",
    "dynamic_shift_share",
    "ellison_glaeser",
    "ellison_glaeser_from_plants",
    "entropy",
    "esteban_marquillas",
    "forecast_paths",
    "gini",
    "gini_specialisation",
    "growth",
    "growth_bounds",
    "growth_by_price_basis",
    "growth_points",
    "hachman",
    "herfindahl",
    "herfindahl_bounds",
    "hoover",
    "industry_concentration",
    "inflate",
    "krugman_concentration",
    "krugman_specialisation",
    "localisation_coefficient",
    "location_quotient",
    "location_quotient_bootstrap",
    "location_quotient_interval",
    "locational_gini",
    "mean_log_deviation",
    "net_effect",
    "numbers_equivalent",
    "outlook",
    "output_bounds",
    "panel",
    "plan_outcome",
    "portfolio_concentration",
    "portfolio_shares",
    "presence",
    "present_value",
    "price_index",
    "printed_effect_agreement",
    "project_effect",
    "project_effect_bounds",
    "project_gain",
    "relatedness",
    "relatedness_density",
    "rounding_interval",
    "sector_shift_share",
    "shift_share",
    "shift_share_table",
    "specialisation",
    "specialisation_coefficient",
    "structure",
    "subsidy_schedule",
    "support_account",
    "support_plan",
    "territory_specialisation",
    "theil_t",
    "trend",
    "waterfall",
    "without_projects",
]
