"""The members around a regional university, who gives what to whom, and how a cluster is made."""

from unicluster.cluster.composition import ROLES, breadth, composition, role_of, roles, yardstick
from unicluster.cluster.creation import share_of_steps, step_actors
from unicluster.cluster.exchange import PARTIES, arcs, exchange_graph, exchange_matrix
from unicluster.cluster.identity import identify, look_alikes, repeated_mentions
from unicluster.cluster.membership import (
    compare_counts,
    count_members,
    join_lists,
    memberships,
    only_by_new_border,
    unnamed_partners,
)
from unicluster.cluster.network import (
    choose_centre,
    components,
    ego_network,
    network,
    shared_members,
    universities_of,
)

__all__ = [
    "PARTIES",
    "ROLES",
    "arcs",
    "breadth",
    "choose_centre",
    "compare_counts",
    "components",
    "composition",
    "count_members",
    "ego_network",
    "exchange_graph",
    "exchange_matrix",
    "identify",
    "join_lists",
    "look_alikes",
    "memberships",
    "network",
    "only_by_new_border",
    "repeated_mentions",
    "role_of",
    "roles",
    "share_of_steps",
    "shared_members",
    "step_actors",
    "universities_of",
    "unnamed_partners",
    "yardstick",
]
