"""The shape of a map as a directed graph, before any run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import networkx as nx
import numpy as np
import pandas as pd

from unicluster.faults import InputError
from unicluster.fcm.map import CognitiveMap

REINFORCING = "reinforcing"
BALANCING = "balancing"


@dataclass(frozen=True)
class Condensation:
    """A map with each group of mutually reachable concepts drawn as one node.

    Attributes
    ----------
    components : tuple of tuple of str
        Strongly connected components as concept ids in map order; sources first, by layer.
    layers : tuple of int
        Longest path from a source to each component; links lead from lower to higher layers only.
    links : tuple of (int, int)
        Positions of the components that are linked, sorted.
    """

    components: tuple[tuple[str, ...], ...]
    layers: tuple[int, ...]
    links: tuple[tuple[int, int], ...]


def degrees(map: CognitiveMap) -> pd.DataFrame:
    """Degrees, centrality and kind of every concept.

    Returns
    -------
    DataFrame indexed by concept id, in map order
        ``in_degree``, ``out_degree``: sums of absolute weights (a self-loop counts in both);
        ``centrality``: their sum; ``in_links``, ``out_links``: numbers of links; ``kind``:
        ``transmitter`` (nothing comes in), ``receiver`` (nothing goes out), ``ordinary`` (both)
        or ``isolated`` (neither).

    References
    ----------
    Özesmi & Özesmi (2004), Ecological models based on people's knowledge.
    """
    strength, present = np.abs(map.weights), map.weights != 0
    has_in, has_out = present.any(axis=0), present.any(axis=1)
    kind = np.select([has_in & has_out, has_out, has_in], ["ordinary", "transmitter", "receiver"], "isolated")
    return pd.DataFrame(
        {
            "in_degree": strength.sum(axis=0),
            "out_degree": strength.sum(axis=1),
            "centrality": strength.sum(axis=0) + strength.sum(axis=1),
            "in_links": present.sum(axis=0),
            "out_links": present.sum(axis=1),
            "kind": kind,
        },
        index=pd.Index(map.ids, name="concept"),
    )


def density(map: CognitiveMap, *, self_loops: bool) -> float:
    """Share of the possible links that the map has.

    Parameters
    ----------
    map : CognitiveMap
    self_loops : bool
        True: all links over n². False: links between different concepts over n(n - 1). The
        literature uses both and rarely says which, so there is no default.

    Returns
    -------
    float
        In [0, 1]; NaN for one concept without self-loops, where no link is possible.
    """
    n = map.n
    present = map.weights != 0
    if self_loops:
        return float(present.sum() / n**2)
    between = present.sum() - present.diagonal().sum()
    return float(between / (n * (n - 1))) if n > 1 else float("nan")


def complexity(map: CognitiveMap) -> float:
    """Receivers over transmitters: how many outcomes the map sees per given cause.

    Returns
    -------
    float
        Infinite where there are receivers but no transmitter, NaN where there are neither.

    References
    ----------
    Özesmi & Özesmi (2004).
    """
    kinds = degrees(map)["kind"].value_counts()
    receivers, transmitters = kinds.get("receiver", 0), kinds.get("transmitter", 0)
    if transmitters:
        return float(receivers / transmitters)
    return float("inf") if receivers else float("nan")


def hierarchy_index(map: CognitiveMap, *, weighted: bool = False) -> float:
    """How unequally influence is spread: 0 for a democratic map, 1 for full hierarchy.

    ``12 / ((n - 1) n (n + 1)) Σ (out_i - mean out)²``. A transitive tournament (everyone over all
    below) gives exactly 1; a tool in use divides once more by n + 1 and never gets there.

    Parameters
    ----------
    map : CognitiveMap
    weighted : bool
        Out-degree as a sum of absolute weights instead of a number of links. Self-loops do not
        count in either.

    Returns
    -------
    float
        NaN for a single concept.

    References
    ----------
    MacDonald (1983), Trees and networks in biological models; Özesmi & Özesmi (2004).
    """
    n = map.n
    if n == 1:
        return float("nan")
    influence = np.abs(map.weights) if weighted else (map.weights != 0).astype(float)
    out = influence.sum(axis=1) - influence.diagonal()
    return float(12 * np.sum((out - out.mean()) ** 2) / ((n - 1) * n * (n + 1)))


def loops(map: CognitiveMap, length_bound: int | None = None, limit: int = 100_000) -> pd.DataFrame:
    """Every feedback loop, with its polarity.

    Parameters
    ----------
    map : CognitiveMap
    length_bound : int, optional
        Only loops of at most this many links.
    limit : int
        Loops grow exponentially with links: refuse beyond this many rather than list some.

    Returns
    -------
    DataFrame
        One row a loop, shorter first: ``concepts`` (tuple of ids, starting at the earliest in the
        map), ``length``, ``polarity`` (``reinforcing`` with an even number of negative links,
        else ``balancing``), ``strength`` (product of the weights).

    Raises
    ------
    InputError
        More loops than ``limit``.

    References
    ----------
    Johnson (1975), Finding all the elementary circuits of a directed graph.
    """
    graph = _graph(map)
    found = [
        tuple(cycle[cycle.index(min(cycle)) :] + cycle[: cycle.index(min(cycle))])
        for cycle in islice(nx.simple_cycles(graph, length_bound), limit + 1)
    ]
    if len(found) > limit:
        raise InputError(f"the map has more than {limit} loops: give a length_bound, or a higher limit")
    rows = []
    for cycle in sorted(found, key=lambda cycle: (len(cycle), cycle)):
        strength = float(np.prod(map.weights[cycle, np.roll(cycle, -1)]))
        polarity = REINFORCING if strength > 0 else BALANCING
        rows.append((tuple(map.ids[i] for i in cycle), len(cycle), polarity, strength))
    return pd.DataFrame(rows, columns=["concepts", "length", "polarity", "strength"])


def condensation(map: CognitiveMap) -> Condensation:
    """Groups of mutually reachable concepts and the order between them."""
    graph = _graph(map)
    condensed = nx.condensation(graph)
    layer = {node: depth for depth, nodes in enumerate(nx.topological_generations(condensed)) for node in nodes}
    members = nx.get_node_attributes(condensed, "members")
    ordered = sorted(condensed, key=lambda node: (layer[node], min(members[node])))
    place = {node: k for k, node in enumerate(ordered)}
    return Condensation(
        components=tuple(tuple(map.ids[i] for i in sorted(members[node])) for node in ordered),
        layers=tuple(layer[node] for node in ordered),
        links=tuple(sorted((place[a], place[b]) for a, b in condensed.edges)),
    )


def structure_summary(map: CognitiveMap) -> pd.Series:
    """The usual figures of a map's structure, by name.

    Returns
    -------
    Series
        ``concepts``, ``links``, ``self_loops``, ``links_per_concept``, ``transmitters``,
        ``receivers``, ``ordinary``, ``isolated``, ``density_n_squared``, ``density_n_n_minus_1``,
        ``complexity``, ``hierarchy_index``, ``components`` (strongly connected).
    """
    kinds = degrees(map)["kind"].value_counts()
    links = int(np.count_nonzero(map.weights))
    return pd.Series(
        {
            "concepts": map.n,
            "links": links,
            "self_loops": len(map.self_loops),
            "links_per_concept": links / map.n,
            "transmitters": kinds.get("transmitter", 0),
            "receivers": kinds.get("receiver", 0),
            "ordinary": kinds.get("ordinary", 0),
            "isolated": kinds.get("isolated", 0),
            "density_n_squared": density(map, self_loops=True),
            "density_n_n_minus_1": density(map, self_loops=False),
            "complexity": complexity(map),
            "hierarchy_index": hierarchy_index(map),
            "components": len(condensation(map).components),
        },
        dtype=object,
        name="structure_summary",
    )


def _graph(map: CognitiveMap) -> nx.DiGraph:
    return nx.from_numpy_array(map.weights != 0, create_using=nx.DiGraph)
