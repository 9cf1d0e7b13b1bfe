"""Figures of the chapter on the literature: where there is evidence, which way it points, and where there is none."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from unicluster.figures.style import BLUE, GREY, INK, ORANGE, PALE, PURPLE, VERMILION, WIDTH, Figure, canvas
from unicluster.language import _, mark

DIRECTION_STYLES = {
    "positive": (BLUE, "^", mark("raises")),
    "negative": (VERMILION, "v", mark("lowers")),
    "mixed": (ORANGE, "D", mark("not always")),
    "moderates": (PURPLE, "s", mark("moderates")),
    "names": (GREY, "o", mark("names without a direction")),
}
KIND_NAMES = {
    "factor": mark("Factors"),
    "mechanism": mark("Mechanisms"),
    "channel": mark("Channels"),
    "form": mark("Forms"),
    "outcome": mark("Outcomes that act on"),
    "barrier": mark("Barriers"),
    "moderator": mark("Moderators"),
}
SIZES = {1: 5.5, 2: 9.0, 3: 11.5}
"""Marker size in points by number of sources, so that the area grows with it."""


def evidence_gap_map(pairs: pd.DataFrame) -> Figure:
    """Factors by outcomes: a mark where a source speaks, sized by sources, shaped and coloured by direction.

    Parameters
    ----------
    pairs : DataFrame
        From `unicluster.literature.factor_outcome`.
    """
    outcomes = _outcomes(pairs)
    lines = _lines(pairs)
    marks = _marks(pairs)
    with canvas(height=0.21 * len(lines) + 2.6, width=WIDTH + 1.2) as (drawing, axes):
        column = {outcome: x for x, outcome in enumerate(outcomes)}
        row = {line["factor"]: -y for y, line in enumerate(lines) if line["factor"]}
        for x in column.values():
            axes.axvline(x, color=PALE, linewidth=0.5, zorder=0)
        for y in row.values():
            axes.axhline(y, color=PALE, linewidth=0.5, zorder=0)
        for drawn in marks.itertuples():
            colour, shape = DIRECTION_STYLES[drawn.direction][:2]
            hollow = drawn.second_hand == drawn.sources
            size = SIZES[min(drawn.sources, max(SIZES))]
            axes.plot(
                column[drawn.outcome] + drawn.shift,
                row[drawn.factor],
                shape,
                color=colour,
                markersize=size,
                markerfacecolor="white" if hollow else colour,
                markeredgewidth=1.2,
                zorder=3,
            )
        axes.set_yticks([-y for y in range(len(lines))], [line["text"] for line in lines], fontsize=7.5)
        for label, line in zip(axes.get_yticklabels(), lines, strict=True):
            label.set_fontweight("normal" if line["factor"] else "bold")
        named = pairs.drop_duplicates("outcome").set_index("outcome")["outcome_name"]
        axes.set_xticks(
            range(len(outcomes)), [textwrap.fill(_(str(named[o])), 28) for o in outcomes], rotation=90, fontsize=7.5
        )
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_xlim(-0.6, len(outcomes) - 0.4)
        axes.set_ylim(-len(lines) + 0.4, 0.6)
        drawing.legend(handles=_legend(marks), loc="outside lower center", ncols=4, fontsize=8)
    data = marks.drop(columns="shift")
    return Figure(drawing, data, _caption(pairs, outcomes), _alt(pairs))


def _outcomes(pairs: pd.DataFrame) -> list[str]:
    """Outcomes, those with most sources first."""
    rows = pairs.groupby("outcome")["sources"].sum().reset_index()
    return rows.sort_values(["sources", "outcome"], ascending=[False, True])["outcome"].tolist()


def _lines(pairs: pd.DataFrame) -> list[dict]:
    """Rows of the picture: a heading for each kind, then its factors, those with most sources first."""
    lines = []
    totals = pairs.groupby(["kind", "factor", "factor_name"], sort=True)["sources"].sum().reset_index()
    for kind, heading in KIND_NAMES.items():
        rows = totals[totals["kind"].eq(kind)].sort_values(["sources", "factor"], ascending=[False, True])
        if len(rows):
            lines.append({"factor": None, "text": _(heading)})
        lines += [
            {"factor": r.factor, "text": textwrap.shorten(_(str(r.factor_name)), 58, placeholder=" …")}
            for r in rows.itertuples()
        ]
    return lines


def _marks(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a mark: a pair and direction, moved aside where a pair has several."""
    long = pairs.melt(["factor", "outcome", "second_hand"], list(DIRECTION_STYLES), "direction", "count")
    long = long[long["count"] > 0].rename(columns={"count": "sources"})
    long = long.sort_values(["factor", "outcome", "direction"], ignore_index=True)
    grouped = long.groupby(["factor", "outcome"])["direction"]
    long["shift"] = 0.34 * (grouped.cumcount() - (grouped.transform("size") - 1) / 2)
    long["second_hand"] = np.minimum(long["second_hand"], long["sources"])
    return long[["factor", "outcome", "direction", "sources", "second_hand", "shift"]]


def _legend(marks: pd.DataFrame) -> list[Line2D]:
    found = [d for d in DIRECTION_STYLES if d in set(marks["direction"])]
    handles = [
        Line2D(
            [],
            [],
            color=DIRECTION_STYLES[d][0],
            marker=DIRECTION_STYLES[d][1],
            linestyle="none",
            label=_(DIRECTION_STYLES[d][2]),
        )
        for d in found
    ]
    label = _("sources: {n}")
    handles += [
        Line2D([], [], color=INK, marker="o", linestyle="none", markersize=SIZES[n], label=label.format(n=n))
        for n in sorted({min(n, max(SIZES)) for n in marks["sources"]})
    ]
    if (marks["second_hand"] > 0).any():
        handles.append(
            Line2D(
                [],
                [],
                color=INK,
                marker="o",
                linestyle="none",
                markerfacecolor="white",
                label=_("known at second hand only"),
            )
        )
    return handles


def _caption(pairs: pd.DataFrame, outcomes: list[str]) -> str:
    factors = pairs["factor"].nunique()
    return _(
        "Evidence-gap map: {pairs} of {cells} cells of {factors} factors by {outcomes} outcomes have any source. "
        "An empty cell is a gap in the article's literature, not evidence that there is no effect."
    ).format(pairs=len(pairs), cells=factors * len(outcomes), factors=factors, outcomes=len(outcomes))


def _alt(pairs: pd.DataFrame) -> str:
    told = "; ".join(
        f"{_(r.factor_name)} → {_(r.outcome_name)}: "
        + ", ".join(f"{getattr(r, d)} {_(DIRECTION_STYLES[d][2])}" for d in DIRECTION_STYLES if getattr(r, d))
        for r in pairs.itertuples()
    )
    return _("Grid of factors by outcomes with a mark where at least one source speaks of the pair. {told}.").format(
        told=told
    )
