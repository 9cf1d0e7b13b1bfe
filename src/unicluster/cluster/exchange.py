"""Who gives what to whom between State, Enterprises and University."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import pandas as pd

from unicluster.language import mark

PARTIES = {"state": mark("State"), "enterprises": mark("Enterprises"), "university": mark("University")}


def exchange_graph(exchanges: pd.DataFrame) -> nx.MultiDiGraph:
    """The exchange as a directed graph, one edge a flow.

    Parameters
    ----------
    exchanges : DataFrame
        As the table ``exchanges``.

    Returns
    -------
    MultiDiGraph
        Nodes are the three parties, also those without a flow; edges go from giver to receiver, keyed by the
        flow's identifier, with ``flow``, ``kind``, ``line``, ``also`` and ``tag``.
    """
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(PARTIES)
    for row in exchanges.itertuples():
        about = {"flow": row.flow_en, "kind": row.kind, "line": row.line, "also": row.also, "tag": row.tag}
        graph.add_edge(row.giver, row.receiver, key=row.exchange, **about)
    return graph


def exchange_matrix(exchanges: pd.DataFrame) -> pd.DataFrame:
    """Givers in rows, receivers in columns, and in each cell what flows with the text's lines.

    Parameters
    ----------
    exchanges : DataFrame
        As the table ``exchanges``.

    Returns
    -------
    DataFrame
        Columns ``giver`` and one a party. A flow is followed by its lines, and by its tag where it is not
        stated; a cell is missing where nothing flows.
    """
    text = exchanges.apply(_cite, axis=1)
    cells = text.groupby([exchanges["giver"], exchanges["receiver"]], sort=False).agg("; ".join)
    table = cells.unstack().reindex(index=list(PARTIES), columns=list(PARTIES))
    return table.rename_axis(columns=None).reset_index()


def arcs(exchanges: pd.DataFrame) -> pd.DataFrame:
    """What flows on each arc between two parties.

    Parameters
    ----------
    exchanges : DataFrame
        As the table ``exchanges``.

    Returns
    -------
    DataFrame
        One row an ordered pair of parties, also where nothing flows: ``giver``, ``receiver``, ``flows``
        (how many), ``stated`` (how many of them the article states) and ``kinds`` (separated by semicolons).
    """
    graph = exchange_graph(exchanges)
    rows = []
    for giver, receiver in permutations(PARTIES, 2):
        flows = graph.get_edge_data(giver, receiver, default={}).values()
        rows.append(
            {
                "giver": giver,
                "receiver": receiver,
                "flows": len(flows),
                "stated": sum(flow["tag"] == "stated" for flow in flows),
                "kinds": ";".join(dict.fromkeys(flow["kind"] for flow in flows)),
            }
        )
    return pd.DataFrame(rows)


def _cite(row: pd.Series) -> str:
    """A flow with the lines that tell of it."""
    lines = str(row["line"]) if pd.isna(row["also"]) else f"{row['line']}, {row['also'].replace(';', ', ')}"
    doubt = "" if row["tag"] == "stated" else f"; {row['tag']}"
    return f"{row['flow_en']} [{lines}{doubt}]"
