"""Who gives what to whom, and the steps of creating a cluster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from unicluster.figures.cluster_model.layout import SIZE, WIDTH, height_of, in_inches, stack, wrap
from unicluster.figures.style import BLUE, GREY, INK, PALE, Figure, canvas
from unicluster.language import _

CORNERS = {"state": (3.2, 0.3), "enterprises": (0.85, 7.3), "university": (5.55, 7.3)}
"""Where each party stands, in inches from the upper left corner."""


class _Arc(NamedTuple):
    """How an arc is drawn: middle of its list (inches), width of the list (characters), bend, gap (pt)."""

    x: float
    y: float
    width: int
    bend: float
    gap: int


ARCS = {
    ("state", "enterprises"): _Arc(1.2, 2.75, 22, 0.13, 30),
    ("enterprises", "state"): _Arc(2.5, 4.85, 16, 0.13, 30),
    ("state", "university"): _Arc(5.2, 2.6, 22, -0.13, 30),
    ("university", "state"): _Arc(3.8, 5.0, 16, -0.13, 30),
    ("university", "enterprises"): _Arc(3.2, 6.5, 38, 0.13, 55),
    ("enterprises", "university"): _Arc(3.2, 8.25, 38, 0.13, 55),
}


def exchange(exchanges: pd.DataFrame, arcs: pd.DataFrame, parties: Mapping[str, str]) -> Figure:
    """State, Enterprises and University with what flows on each arc.

    Parameters
    ----------
    exchanges : DataFrame
        As the table ``exchanges``.
    arcs : DataFrame
        From `unicluster.cluster.arcs`.
    parties : mapping of str to str
        Heading of each party.
    """
    with canvas(height=9.2, width=WIDTH) as (drawing, axes):
        for arc in arcs[arcs["flows"].gt(0)].itertuples():
            drawn = ARCS[arc.giver, arc.receiver]
            look = {
                "color": BLUE,
                "linewidth": 0.8 + 0.4 * arc.flows,
                "linestyle": "-" if arc.stated else "--",
            }
            look |= {"arrowstyle": "-|>", "mutation_scale": 15, "connectionstyle": f"arc3,rad={drawn.bend}"}
            look |= {"shrinkA": drawn.gap, "shrinkB": drawn.gap}
            axes.annotate("", CORNERS[arc.receiver], CORNERS[arc.giver], arrowprops=look, zorder=1)
            flows = exchanges[exchanges["giver"].eq(arc.giver) & exchanges["receiver"].eq(arc.receiver)]
            text = "\n".join(wrap(f"•\u00a0{_flow(flow)}", drawn.width) for flow in flows.itertuples())
            box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": PALE}
            place = {"ha": "center", "va": "center", "multialignment": "left"}
            axes.text(drawn.x, drawn.y, text, fontsize=9, bbox=box, parse_math=False, zorder=2, **place)
        for party, (x, y) in CORNERS.items():
            box = {"boxstyle": "round,pad=0.5", "facecolor": "#FFF6C2", "edgecolor": INK}
            axes.text(x, y, _(parties[party]), ha="center", va="center", fontsize=12, weight="bold", bbox=box)
        in_inches(axes, WIDTH, 9.0)
    told = "; ".join(
        f"{_(parties[r.giver])} → {_(parties[r.receiver])}: {r.flows} ({', '.join(map(_, r.kinds.split(';')))})"
        for r in arcs.itertuples()
    )
    caption = _(
        "Who gives what to whom, as far as the text tells. A star marks a flow whose giver or receiver is "
        "read from the context; an arc is dashed where none of its flows is stated outright."
    )
    return Figure(drawing, arcs, caption, _("Directed graph of three parties. {told}.").format(told=told))


def steps(actors: pd.DataFrame, parties: Mapping[str, str]) -> Figure:
    """The steps of creating a cluster, one row a step, one column a party.

    Parameters
    ----------
    actors : DataFrame
        From `unicluster.cluster.step_actors`.
    parties : mapping of str to str
        Heading of each party.
    """
    columns = {party: 0.5 + 1.0 * i for i, party in enumerate(parties)}
    acting = actors.groupby("step", sort=False)
    labels = [_step_label(part.iloc[0]) for _step, part in acting]
    bottom = 0.5 + sum(map(height_of, labels))
    with canvas(height=bottom, width=WIDTH) as (drawing, axes):
        for party, x in columns.items():
            axes.plot([x, x], [0.35, bottom], color=PALE, linewidth=1, zorder=0)
            axes.text(x, 0.15, _(parties[party]), ha="center", va="center", fontsize=8.5, weight="bold")
        for (_step, part), label, y in zip(acting, labels, stack(labels, 0.45), strict=True):
            at = [columns[party] for party in part["party"]]
            axes.plot(at, [y] * len(at), "o-", color=BLUE, markersize=9, linewidth=3)
            axes.text(3.1, y, label, va="center", fontsize=SIZE, parse_math=False)
            axes.axhline(y + height_of(label) / 2, color=GREY, linewidth=0.3)
        in_inches(axes, WIDTH, bottom)
    told = "; ".join(
        f"{step}, {', '.join(_(parties[party]) for party in part['party'])}: {_(part['action_en'].iloc[0])}"
        for step, part in acting
    )
    caption = _(
        "Steps of creating a territorial mining cluster, gathered from the text: who acts, what it needs "
        "(‹) and what it gives (›). The picture that put them in order is lost; the order is ours."
    )
    return Figure(drawing, actors, caption, _("Steps from above to below. {told}.").format(told=told))


def _flow(row: Any) -> str:
    """What flows, with a star on its last word where the article does not state giver and receiver."""
    return _(row.flow_en) if row.tag == "stated" else f"{_(row.flow_en)}\u00a0*"


def _step_label(row: pd.Series) -> str:
    parts = [f"{row['step']}. {_(row['action_en'])}"]
    parts += [f"‹ {_(row['input_en'])}"] if pd.notna(row["input_en"]) else []
    parts += [f"› {_(row['output_en'])}"] if pd.notna(row["output_en"]) else []
    return "\n".join(wrap(part, 42) for part in parts)
