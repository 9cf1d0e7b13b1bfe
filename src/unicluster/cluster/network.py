"""Universities and organisations as a bipartite network."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import networkx as nx
import pandas as pd

from unicluster.cluster.composition import role_of
from unicluster.faults import refuse


def network(memberships: pd.DataFrame, universities: Iterable[str] = ()) -> nx.Graph:
    """The bipartite network of universities and the organisations named around them.

    Parameters
    ----------
    memberships : DataFrame
        From `unicluster.cluster.memberships`.
    universities : iterable of str
        Universities that belong in the network even if nobody is named around them.

    Returns
    -------
    Graph
        Nodes with ``bipartite`` 0 (university) or 1 (organisation; also ``name``, ``kind``, ``kind_tag`` and
        ``role``); edges with ``oblast``, ``outside``, ``mentions`` and ``lines``.

    Raises
    ------
    InputError
        When a university and an organisation share an identifier.
    """
    rows = memberships.assign(university=memberships["universities"].str.split(";")).explode("university")
    both = set(rows["university"]).union(universities) & set(rows["organisation"])
    refuse(f"'{node}' is both a university and an organisation; rename one" for node in sorted(both))
    graph = nx.Graph()
    graph.add_nodes_from([*universities, *rows["university"]], bipartite=0)
    for row in rows.itertuples():
        if row.organisation not in graph:
            graph.add_node(
                row.organisation,
                bipartite=1,
                name=row.name_en,
                kind=row.kind,
                kind_tag=row.kind_tag,
                role=role_of(row.kind),
            )
        about = {"oblast": row.oblast, "outside": row.outside, "mentions": row.mentions, "lines": row.lines}
        graph.add_edge(row.university, row.organisation, **about)
    return graph


def universities_of(graph: nx.Graph) -> list[str]:
    """The universities of a network, those with most members first, then by name."""
    found = [node for node, side in graph.nodes("bipartite") if side == 0]
    return sorted(found, key=lambda node: (-graph.degree(node), node))


def choose_centre(graph: nx.Graph, university: str = "", among: Iterable[str] = ()) -> str:
    """The university in the middle of an ego network.

    Parameters
    ----------
    graph : Graph
        From `network`.
    university : str
        The one wanted; when empty, the one with most members.
    among : iterable of str
        Universities to choose from; all of the network when empty.

    Raises
    ------
    InputError
        When there is no such university in the network.
    """
    wanted = set(among)
    known = [node for node in universities_of(graph) if not wanted or node in wanted]
    if not known:
        refuse(["the network has no university; name one with its members"])
    if university and university not in known:
        refuse([f"there is no university '{university}' here; one of: {', '.join(known)}"])
    return university or known[0]


def ego_network(graph: nx.Graph, university: str) -> nx.Graph:
    """A university, its members, and the other universities around which these are named too (radius 2)."""
    return nx.ego_graph(graph, university, radius=2)


def shared_members(graph: nx.Graph) -> pd.DataFrame:
    """How far the memberships of two universities overlap.

    Parameters
    ----------
    graph : Graph
        From `network`.

    Returns
    -------
    DataFrame
        One row a pair of universities: ``first``, ``second``, ``shared`` (organisations around both),
        ``jaccard`` (shared as a share of the organisations around either; missing where there are none) and
        ``organisations`` (names of those shared, separated by semicolons).
    """
    rows = []
    for first, second in combinations(sorted(universities_of(graph)), 2):
        both = sorted(set(graph[first]) & set(graph[second]))
        either = len(set(graph[first]) | set(graph[second]))
        names = "; ".join(graph.nodes[node]["name"] for node in both)
        rows.append((first, second, len(both), len(both) / either if either else None, names))
    return pd.DataFrame(rows, columns=["first", "second", "shared", "jaccard", "organisations"])


def components(graph: nx.Graph) -> pd.DataFrame:
    """The separate parts of the network and the organisations that alone hold a part together.

    Returns
    -------
    DataFrame
        One row a connected component, largest first: ``universities`` (separated by semicolons),
        ``organisations`` (how many) and ``bridges`` (names of the organisations whose removal would split
        it).
    """
    split_points = set(nx.articulation_points(graph))
    rows = []
    for part in nx.connected_components(graph):
        inside = graph.subgraph(part)
        members = sorted(part - set(universities_of(inside)))
        bridges = "; ".join(inside.nodes[node]["name"] for node in members if node in split_points)
        rows.append((";".join(sorted(universities_of(inside))), len(members), bridges))
    table = pd.DataFrame(rows, columns=["universities", "organisations", "bridges"])
    return table.sort_values(["organisations", "universities"], ascending=[False, True], ignore_index=True)
