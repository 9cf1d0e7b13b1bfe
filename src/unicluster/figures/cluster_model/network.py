"""The members around universities, as two columns and around one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from unicluster.figures.cluster_model.layout import (
    LINE,
    ROLE_LOOKS,
    SIZE,
    WIDTH,
    height_of,
    in_inches,
    role_handles,
    stack,
    wrap,
)
from unicluster.figures.style import GREY, INK, PALE, VERMILION, Figure, canvas, spread
from unicluster.language import _


def members(graph: nx.Graph, names: Mapping[str, str], roles: Mapping[str, str]) -> Figure:
    """Universities on the left, the organisations named around them on the right.

    Parameters
    ----------
    graph : Graph
        From `unicluster.cluster.network`.
    names : mapping of str to str
        Name of each university.
    roles : mapping of str to str
        Heading of each role.
    """
    universities, organisations = _sides(graph)
    left, right = 1.85, 2.85
    labels = {node: wrap(_label(graph, node), 40) for node in organisations}
    place = dict(zip(organisations, stack(labels.values()), strict=True))
    below = sum(map(height_of, labels.values()))
    wanted = [float(np.mean([place[m] for m in graph[node]])) if graph[node] else below for node in universities]
    place |= dict(zip(universities, spread(wanted, 5 * LINE), strict=True))
    top = min([0.0, *(place[node] - 2.5 * LINE for node in universities)])
    bottom = max([below, *(place[node] + 2.5 * LINE for node in universities)])
    links = _links(graph, universities, organisations)
    with canvas(height=bottom - top + 0.6, width=WIDTH) as (drawing, axes):
        for link in links.assign(named=True).itertuples():
            ends = [place[link.university], place[link.organisation]]
            axes.plot([left, right], ends, linewidth=0.8, **_line(link))
        for node in universities:
            axes.plot(left, place[node], "D", color=INK, markersize=7)
            lacking = "" if graph[node] else " (" + _("nobody named") + ")"
            text = wrap(_(names.get(node, node)) + lacking, 20)
            axes.text(left - 0.15, place[node], text, ha="right", va="center", fontsize=SIZE, parse_math=False)
        for node in organisations:
            colour, marker = ROLE_LOOKS[graph.nodes[node]["role"]]
            axes.plot(right, place[node], marker, color=colour, markersize=6)
            axes.text(right + 0.15, place[node], labels[node], va="center", fontsize=SIZE, parse_math=False)
        drawing.legend(handles=role_handles(links["role"], roles), loc="outside upper center", ncols=3)
        in_inches(axes, WIDTH, bottom, top)
    told = "; ".join(f"{_(names.get(node, node))} {len(graph[node])}" for node in universities)
    shared = [_(graph.nodes[node]["name"]) for node in organisations if len(graph[node]) > 1]
    caption = _(
        "The organisations that are named around the universities ({n}). Colour and shape show the role in the law's "
        "definition (our reading); a dashed red line leads to one that works in another oblast."
    ).format(n=len(organisations))
    alt = _(
        "Two columns joined by lines. Organisations named around each university: {told}. Named around more than one "
        "university: {shared}."
    ).format(told=told, shared=", ".join(shared) or _("none"))
    return Figure(drawing, links, caption, alt)


def ego(
    graph: nx.Graph,
    centre: str,
    names: Mapping[str, str],
    roles: Mapping[str, str],
    unnamed: int | None = None,
) -> Figure:
    """The cluster around one university: its members by role, and what the text leaves open.

    Parameters
    ----------
    graph : Graph
        From `unicluster.cluster.ego_network`.
    centre : str
        The university.
    names : mapping of str to str
        Name of each university.
    roles : mapping of str to str
        Heading of each role.
    unnamed : int, optional
        Partners that the text counts and does not name.
    """
    rows = _around(graph, centre, names, roles, unnamed)
    signs = dict(zip(sorted(set(rows["also_around"]) - {""}), "†‡§¶", strict=False))
    notes = "\n".join(
        wrap(f"{sign} " + _("also around {others}").format(others=others), 70) for others, sign in signs.items()
    )
    rows["text"] = [wrap(r.label, 28) + signs.get(r.also_around, "") for r in rows.itertuples()]
    half = (len(rows) + 1) // 2
    sides = {1: rows[:half], -1: rows[half:][::-1]}
    height = max(sum(map(height_of, side["text"])) for side in sides.values())
    x0, y0 = WIDTH / 2, height / 2
    with canvas(height=height + 0.9, width=WIDTH) as (drawing, axes):
        for sign, side in sides.items():
            used = sum(map(height_of, side["text"]))
            for row, y in zip(side.itertuples(), stack(side["text"], y0 - used / 2), strict=True):
                # On an ellipse, so that lines to the centre do not run through each other's marks.
                x = x0 + sign * (0.35 + 0.4 * np.sqrt(1 - min(1.0, abs(y - y0) / y0) ** 2))
                colour, marker = ROLE_LOOKS[row.role]
                axes.plot([x0, x], [y0, y], linewidth=0.9, zorder=1, **_line(row))
                face = colour if row.named else "white"
                axes.plot(x, y, marker, color=colour, markerfacecolor=face, markersize=7, zorder=2)
                side_of = "left" if sign > 0 else "right"
                axes.text(x + 0.13 * sign, y, row.text, ha=side_of, va="center", fontsize=SIZE, parse_math=False)
        axes.plot(x0, y0, "D", color=INK, markersize=14, zorder=3)
        axes.set_title(_(names.get(centre, centre)), loc="center", parse_math=False)
        axes.text(x0, height + 0.05, notes, ha="center", va="top", fontsize=SIZE, parse_math=False)
        drawing.legend(handles=role_handles(rows["role"], roles), loc="outside lower center", ncols=3)
        in_inches(axes, WIDTH, height + LINE * (notes.count("\n") + 1.5 if notes else 0))
    named = rows[rows["named"]]
    counts = "; ".join(f"{_(roles[role])} {n}" for role, n in named["role"].value_counts(sort=False).items())
    open_points = "; ".join(rows.loc[~rows["named"], "label"])
    caption = _(
        "The cluster around {centre} as far as it is named. Hollow marks are what is left open; a dashed red line "
        "leads to an organisation that works in another oblast."
    ).format(centre=_(names.get(centre, centre)))
    alt = _("A university in the middle, {n} named members around it: {counts}. Left open: {left}.").format(
        n=len(named), counts=counts, left=open_points or _("nothing")
    )
    return Figure(drawing, rows.drop(columns="text"), caption, alt)


def _sides(graph: nx.Graph) -> tuple[list[str], list[str]]:
    """Universities and organisations in an order that keeps what belongs together together."""
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    number = {node: i for i, part in enumerate(parts) for node in part}
    side = graph.nodes("bipartite")
    universities = [node for node in graph if side[node] == 0]
    universities.sort(key=lambda node: (number[node], -len(graph[node]), node))
    rank = {node: i for i, node in enumerate(universities)}
    organisations = [node for node in graph if side[node] == 1]
    organisations.sort(key=lambda node: (np.mean([rank[university] for university in graph[node]]), node))
    return universities, organisations


def _links(graph: nx.Graph, universities: list[str], organisations: list[str]) -> pd.DataFrame:
    rows = [
        {
            "university": university,
            "organisation": node,
            "name_en": graph.nodes[node]["name"],
            "role": graph.nodes[node]["role"],
            **{key: graph.edges[university, node][key] for key in ("oblast", "mentions", "outside", "lines")},
        }
        for university in universities
        for node in organisations
        if graph.has_edge(university, node)
    ]
    columns = ["university", "organisation", "name_en", "role", "oblast", "mentions", "outside", "lines"]
    return pd.DataFrame(rows, columns=columns)


def _label(graph: nx.Graph, node: str) -> str:
    """Name of an organisation, and how often a list names it where that is more than once."""
    mentions = max(about["mentions"] for _, _, about in graph.edges(node, data=True))
    name = _(graph.nodes[node]["name"])
    return name if mentions == 1 else _("{name} (named {n} times)").format(name=name, n=mentions)


def _around(
    graph: nx.Graph, centre: str, names: Mapping[str, str], roles: Mapping[str, str], unnamed: int | None
) -> pd.DataFrame:
    """Named members by role, then the roles of the law that nobody fills and the partners not named."""
    role = {node: graph.nodes[node]["role"] for node in graph[centre]}
    rows = []
    for node in sorted(role, key=lambda node: (list(roles).index(role[node]), node)):
        others = ", ".join(_(names.get(other, other)) for other in sorted(graph[node]) if other != centre)
        rows.append((role[node], _label(graph, node), True, graph.edges[centre, node]["outside"], others))
    filled = {*role.values(), "higher-education", "other", "unknown"}
    nobody = _("nobody named")
    rows += [(name, f"{_(roles[name])}: {nobody}", False, False, "") for name in roles if name not in filled]
    if unnamed:
        rows.append(("unknown", _("{n} more partners, counted and not named").format(n=unnamed), False, False, ""))
    return pd.DataFrame(rows, columns=["role", "label", "named", "outside", "also_around"])


def _line(row: Any) -> dict[str, str]:
    """Look of the line that leads to a member or to what is left open."""
    if not row.named:
        return {"color": PALE, "linestyle": ":"}
    return {"color": VERMILION, "linestyle": "--"} if row.outside else {"color": GREY}
