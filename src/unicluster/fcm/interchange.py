"""Maps from tables, adjacency matrices, edge lists and graphs, and back.

Labels are matched by name, never by position; a name that no concept has is refused. Nothing here
reads or writes a file: texts and tables come in and go out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
import pandas as pd

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.map import CognitiveMap, Concept, Link, capped, name_index, unknown_name
from unicluster.fcm.safe_xml import refuse_unsafe_xml

SIGNS = {"+": 1.0, "+1": 1.0, "1": 1.0, "-": -1.0, "−": -1.0, "-1": -1.0, "0": 0.0}


def from_links(concepts: Sequence[Concept | str], links: Iterable[Link]) -> CognitiveMap:
    """Map from its concepts and links.

    Parameters
    ----------
    concepts : sequence of Concept or str
    links : iterable of Link
        Ends by id or name; each pair at most once.

    Raises
    ------
    InputError
        Naming every fault: unknown names with the nearest spelling, links given twice, and those of
        `CognitiveMap`.
    """
    return _build(concepts, [(None, link) for link in links], [])


def from_edges(
    edges: Iterable[tuple[str, str, float]] | pd.DataFrame,
    concepts: Sequence[Concept | str] | None = None,
) -> CognitiveMap:
    """Map from an edge list.

    Parameters
    ----------
    edges : iterable of (from, to, weight), or DataFrame with columns ``from``, ``to``, ``weight``
    concepts : sequence of Concept or str, optional
        Their order is that of the map. Without them the ends of the edges are taken, in order of
        their first occurrence, and no spelling can be checked.

    Raises
    ------
    InputError
        As in `from_links`.
    """
    columns = ["from", "to", "weight"]
    if not isinstance(edges, pd.DataFrame):
        edges = list(edges)
        refuse(
            Fault("an edge is (from, to, weight)", row=k, column="edges", value=str(edge))
            for k, edge in enumerate(edges, start=1)
            if len(edge) != len(columns)
        )
        edges = pd.DataFrame(edges, columns=columns)
    _require_columns(edges, columns, "edges")
    if concepts is None:
        concepts = list(dict.fromkeys(str(end) for end in edges[["from", "to"]].to_numpy().ravel()))
    blank = CognitiveMap(concepts, np.zeros((len(concepts), len(concepts))))
    return from_tables(to_tables(blank)[0], edges)


def from_matrix(matrix: pd.DataFrame, empty: float | None = None) -> CognitiveMap:
    """Map from a labelled adjacency matrix.

    Parameters
    ----------
    matrix : DataFrame
        Rows are sources, columns targets, both labelled with the same names in any order; the order
        of the rows is that of the map.
    empty : float, optional
        What an empty cell stands for; without it empty cells are refused.

    Raises
    ------
    InputError
        Naming labels that occur only as a row or only as a column, or twice, and every fault of
        the weights.
    """
    rows, columns = [[str(label) for label in axis] for axis in (matrix.index, matrix.columns)]
    faults = [
        Fault("this label occurs twice", column=where, value=label)
        for where, labels in (("rows", rows), ("columns", columns))
        for label in sorted({label for label in labels if labels.count(label) > 1})
    ]
    for where, labels, others in (("rows", rows, columns), ("columns", columns, rows)):
        faults += [unknown_name(label, others, where) for label in labels if label not in set(others)]
    refuse(faults)
    ordered = matrix.set_axis(rows, axis=0).set_axis(columns, axis=1)[rows]
    return CognitiveMap(rows, ordered.to_numpy() if empty is None else ordered.fillna(empty).to_numpy())


def from_tables(
    concepts: pd.DataFrame, links: pd.DataFrame, strengths: Mapping[str, float] | None = None
) -> CognitiveMap:
    """Map from a table of concepts and a table of links.

    Parameters
    ----------
    concepts : DataFrame
        ``concept`` (the id), and if there are any ``name_en``, ``name_ru`` and so on, ``group`` and
        ``role``.
    links : DataFrame
        ``from`` and ``to`` (id or name), and either ``weight`` or ``sign`` (+, - or 0) with
        ``strength`` (a number from 0 to 1, or a term); if there are any, ``spread`` and ``evidence``.
        One row a link: what several people say of one link is aggregated before.
    strengths : mapping of str to float, optional
        The strength that each linguistic term stands for, from 0 to 1.

    Raises
    ------
    InputError
        Naming every fault with its row, counted as an editor does with the header as row 1.
    """
    _require_columns(concepts, ("concept",), "concepts")
    signed = "weight" not in links.columns
    _require_columns(links, ("from", "to", *(("sign", "strength") if signed else ("weight",))), "links")
    nodes = [
        Concept(
            str(row["concept"]),
            {k.removeprefix("name_"): v for k, v in row.items() if k.startswith("name_") and _filled(v)},
            _text(row, "group"),
            _text(row, "role") or "state",
        )
        for row in concepts.to_dict("records")
    ]
    faults: list[Fault] = []
    rows: list[tuple[int | None, Link]] = []
    for number, row in enumerate(links.to_dict("records"), start=2):
        weight = _weight(row, number, strengths or {}, signed, faults)
        term = row["strength"] if signed and isinstance(row["strength"], str) else ""
        spread = _number(row["spread"]) if _filled(row.get("spread")) else 0.0
        link = Link(str(row["from"]), str(row["to"]), weight, term, _text(row, "evidence"), spread)
        rows.append((number, link))
    return _build(nodes, rows, faults)


def to_tables(map: CognitiveMap) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Table of concepts and table of links, as `from_tables` takes them."""
    languages = sorted({language for c in map.concepts for language in c.names})
    concepts = pd.DataFrame(
        [
            {"concept": c.id}
            | {f"name_{language}": c.names.get(language, "") for language in languages}
            | {"group": c.group, "role": c.role}
            for c in map.concepts
        ]
    )
    columns = ["from", "to", "weight", "strength", "evidence", "spread"]
    rows = [(e.source, e.target, e.weight, e.term, e.evidence, e.spread) for e in map.links]
    return concepts, pd.DataFrame(rows, columns=columns)


def from_networkx(graph: nx.DiGraph) -> CognitiveMap:
    """Map from a directed graph.

    Parameters
    ----------
    graph : networkx.DiGraph
        Edges have the attribute ``weight``, and may have ``strength``, ``evidence`` and ``spread``;
        nodes may have ``label`` (the English name), ``name_en`` and so on, ``group`` and ``role``.

    Raises
    ------
    InputError
        If the graph is undirected or has parallel edges, and as in `from_tables`.
    """
    if not graph.is_directed() or graph.is_multigraph():
        raise InputError("a map needs a directed graph without parallel edges")
    nodes = [{"concept": str(node), "name_en": data.get("label")} | data for node, data in graph.nodes(data=True)]
    edges = [{"from": str(a), "to": str(b), "weight": None} | data for a, b, data in graph.edges(data=True)]
    links = pd.DataFrame(edges, columns=None if edges else ["from", "to", "weight"])
    return from_tables(pd.DataFrame(nodes, columns=None if nodes else ["concept"]), links)


def to_networkx(map: CognitiveMap) -> nx.DiGraph:
    """Directed graph with the attributes that `from_networkx` takes."""
    concepts, links = to_tables(map)
    graph = nx.DiGraph()
    graph.add_nodes_from((row.pop("concept"), row) for row in concepts.to_dict("records"))
    graph.add_edges_from((row.pop("from"), row.pop("to"), row) for row in links.to_dict("records"))
    return graph


def from_graphml(text: str | bytes) -> CognitiveMap:
    """Map from the text of a GraphML file, with the attributes that `from_networkx` takes.

    Raises
    ------
    InputError
        If the text is larger than 16 MB, is no well-formed XML, declares entities or a document
        type, or holds no graph, and as in `from_networkx`.
    """
    refuse_unsafe_xml(text)
    try:
        graph = nx.parse_graphml(text.decode() if isinstance(text, bytes) else text)
    except (nx.NetworkXException, ValueError, KeyError) as error:
        raise InputError(f"this is no GraphML of one graph: {error}") from error
    return from_networkx(graph)


def to_graphml(map: CognitiveMap) -> str:
    """Text of a GraphML file."""
    return "\n".join(nx.generate_graphml(to_networkx(map))) + "\n"


def _build(
    concepts: Sequence[Concept | str], rows: Sequence[tuple[int | None, Link]], faults: list[Fault]
) -> CognitiveMap:
    """Map from links with the rows that they come from, and the faults already found in them."""
    nodes = [c if isinstance(c, Concept) else Concept(str(c)) for c in concepts]
    lookup, n = name_index(nodes), len(nodes)
    weights, spread = np.zeros((n, n)), np.zeros((n, n))
    terms: dict[tuple[str, str], str] = {}
    evidence: dict[tuple[str, str], str] = {}
    first: dict[tuple[int, int], int | None] = {}
    for number, link in rows:
        ends = {"from": link.source, "to": link.target}
        unknown = [unknown_name(name, lookup, f"links, {where}") for where, name in ends.items() if name not in lookup]
        faults += [Fault(f.message, row=number, column=f.column, value=f.value) for f in unknown]
        if unknown:
            continue
        i, j = lookup[link.source], lookup[link.target]
        if (i, j) in first:
            what = f"the link {link.source} -> {link.target} is given twice; aggregate it first"
            faults.append(Fault(what, row=number, column="links"))
            continue
        first[i, j] = number
        weights[i, j], spread[i, j] = link.weight, link.spread
        pair = (nodes[i].id, nodes[j].id)
        if link.term:
            terms[pair] = link.term
        if link.evidence:
            evidence[pair] = link.evidence
    try:
        map = CognitiveMap(nodes, weights, spread, terms, evidence)
    except InputError as error:
        faults += error.faults
    refuse(capped(faults))
    return map


def _weight(
    row: Mapping[Hashable, object],
    number: int,
    strengths: Mapping[str, float],
    signed: bool,
    faults: list[Fault],
) -> float:
    """Signed weight of one row of links; 0 in place of a faulty one, whose fault is added."""
    if not signed:
        weight = _number(row["weight"])
        if np.isnan(weight):
            faults.append(Fault("a weight is a number", row=number, column="weight", value=str(row["weight"])))
        return np.nan_to_num(weight)
    sign = SIGNS.get(str(row["sign"]).strip().removesuffix(".0"), np.nan)
    if np.isnan(sign):
        faults.append(Fault("a sign is +, - or 0", row=number, column="sign", value=str(row["sign"])))
    term = str(row["strength"])
    strength = strengths.get(term, _number(term))
    if np.isnan(strength):
        fault = unknown_name(term, strengths, "strength", "term")
        faults.append(Fault(fault.message, row=number, column="strength", value=term))
    elif not 0 <= strength <= 1:
        faults.append(Fault("a strength is from 0 to 1", row=number, column="strength", value=term))
        return 0.0
    return np.nan_to_num(sign * strength)


def _number(value: object) -> float:
    """A number, or NaN for what is none."""
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return np.nan


def _require_columns(table: pd.DataFrame, names: Iterable[str], what: str) -> None:
    refuse(Fault("this column is missing", column=f"{what}, {name}") for name in names if name not in table.columns)


def _filled(value: object) -> bool:
    return value is not None and value == value and value != ""


def _text(row: Mapping[Hashable, object], column: str) -> str:
    return str(row[column]) if _filled(row.get(column)) else ""
