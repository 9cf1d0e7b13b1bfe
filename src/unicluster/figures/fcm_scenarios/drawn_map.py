"""The map from left to right, and what each concept gives and takes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from unicluster.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    VERMILION,
    YELLOW,
    Figure,
    canvas,
    legend_outside,
    width_of,
    wrapped,
)
from unicluster.language import _, mark, number

LEVERS = ("university", "enterprises", "state", "markets")
"""Groups of the leftmost column, from top to bottom."""

GROUP_NAMES = {
    "university": mark("University"),
    "enterprises": mark("Enterprises"),
    "state": mark("State"),
    "markets": mark("Markets"),
    "barriers": mark("Barriers"),
    "states": mark("In between"),
    "outcomes": mark("Outcomes"),
}
GROUP_COLOURS = {
    "university": SKY,
    "enterprises": ORANGE,
    "state": GREEN,
    "markets": YELLOW,
    "barriers": VERMILION,
    "states": PALE,
    "outcomes": PURPLE,
}
BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, MARGIN = 1.2, 0.36, 1.72, 0.42
"""Inches."""

STRONG = 0.6
"""From this weight on a link is drawn in full colour."""


def cognitive_map(links: pd.DataFrame, concepts: pd.DataFrame) -> Figure:
    """The map from left to right: levers and markets, barriers, what lies between, outcomes.

    Parameters
    ----------
    links : DataFrame
        From `unicluster.scenarios.link_table`.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    places = _places(concepts)
    ports = _ports(links, places)
    right, bottom = (max(place[axis] for place in places.values()) for axis in (0, 1))
    width, height = right + BOX_WIDTH + MARGIN, bottom + BOX_HEIGHT / 2 + 0.35
    with canvas(height=height + 0.75, width=width) as (drawing, axes):
        for group, (x, y) in _headings(concepts, places).items():
            axes.text(x, y, _(GROUP_NAMES[group]), ha="center", va="bottom", fontsize=8.5, fontweight="bold", color=INK)
        for row in links.sort_values("weight", key=np.abs).itertuples():
            _draw_link(axes, *ports[row.Index], row.weight, row.tag == "assumed")
        names = concepts.set_index("concept")
        for concept, (x, y) in places.items():
            colour = GROUP_COLOURS[names.at[concept, "group"]]
            axes.add_patch(
                FancyBboxPatch(
                    (x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2),
                    BOX_WIDTH,
                    BOX_HEIGHT,
                    boxstyle="round,pad=0,rounding_size=0.06",
                    facecolor="white",
                    edgecolor=colour,
                    linewidth=1.6,
                    zorder=5,
                )
            )
            size, text = _fitted(_(str(names.at[concept, "name_en"])))
            axes.text(x, y, text, ha="center", va="center", fontsize=size, linespacing=0.95, color=INK, zorder=6)
        axes.set_xlim(-BOX_WIDTH / 2 - 0.03, right + BOX_WIDTH / 2 + MARGIN)
        axes.set_ylim(bottom + BOX_HEIGHT / 2 + 0.05, -0.3)
        axes.set_axis_off()
        legend_outside(drawing, 6, loc="outside lower center", handles=_legend(), fontsize=8)
    data = links[["from", "to", "weight", "low", "high", "raters", "disagreement", "tag", "lines", "statements"]]
    return Figure(drawing, data, _map_caption(links, concepts), _map_alt(links, concepts))


def structure(degrees: pd.DataFrame, concepts: pd.DataFrame) -> Figure:
    """How much each concept gives and takes: sums of absolute weights to the right and to the left.

    Parameters
    ----------
    degrees : DataFrame
        From `unicluster.fcm.degrees`, index reset.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    about = concepts.set_index("concept")
    rows = degrees.sort_values(["centrality", "concept"], ignore_index=True)
    with canvas(height=0.19 * len(rows) + 1.1) as (drawing, axes):
        axes.barh(rows.index, rows["out_degree"], color=BLUE, height=0.66, label=_("gives: outgoing weight"))
        axes.barh(
            rows.index,
            -rows["in_degree"],
            color=ORANGE,
            height=0.66,
            hatch="///",
            edgecolor="white",
            linewidth=0,
            label=_("takes: incoming weight"),
        )
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(rows.index, [_(about.at[c, "name_en"]) for c in rows["concept"]], fontsize=7.5)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.tick_params(axis="y", length=0)
        ticks = [t for t in axes.get_xticks() if abs(t) <= rows[["out_degree", "in_degree"]].to_numpy().max() + 1]
        axes.set_xticks(ticks, [f"{abs(t):g}" for t in ticks])
        axes.set_xlabel(_("Sum of absolute weights"))
        legend_outside(drawing, 2)
    line = _("{name} gives {out} and takes {into}")
    told = "; ".join(
        line.format(
            name=_(about.at[r.concept, "name_en"]),
            out=number(f"{r.out_degree:.1f}"),
            into=number(f"{r.in_degree:.1f}"),
        )
        for r in rows[::-1].head(5).itertuples()
    )
    caption = _(
        "What each concept gives to others and takes from them. Levers and markets only give; outcomes mostly take."
    )
    alt = _("Bars to both sides, one row a concept. The five most central: {told}.").format(told=told)
    return Figure(drawing, rows, caption, alt)


def _fitted(text: str) -> tuple[float, str]:
    """A size in points and lines in which a concept's name fits into its box."""
    for size in (6.4, 6.2, 6.0, 5.8, 5.6, 5.4, 5.2):
        lines = wrapped(text, BOX_WIDTH - 0.06, size)
        widest = max(width_of(line, size) for line in lines)
        if widest <= BOX_WIDTH - 0.06 and len(lines) * 1.15 * size <= 72 * BOX_HEIGHT:
            break
    return size, "\n".join(lines)


def columns(concepts: pd.DataFrame) -> list[list[list[str]]]:
    """Concepts by column and group; what lies between is split in two, in table order, to spread its links."""
    of = {group: rows["concept"].tolist() for group, rows in concepts.groupby("group", sort=False)}
    between = of.get("states", [])
    half = (len(between) + 1) // 2
    return [
        [of.get(g, []) for g in LEVERS],
        [of.get("barriers", [])],
        [between[:half]],
        [between[half:]],
        [of.get("outcomes", [])],
    ]


def _places(concepts: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Centre of each concept's box in inches, downwards; short columns are spread along the longest."""
    least, heading = BOX_HEIGHT + 0.1, 0.26
    shown = columns(concepts)
    tall = sum(len(group) * least + heading for group in shown[0])
    places = {}
    for x, column in enumerate(shown):
        step = max(least, (tall - heading * len(column)) / max(sum(map(len, column)), 1))
        y = heading
        for group in column:
            for concept in group:
                places[concept] = (COLUMN_GAP * x, y - heading + step / 2)
                y += step
            y += heading
    return places


def _headings(concepts: pd.DataFrame, places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    first = concepts.groupby("group", sort=False)["concept"].first()
    return {group: (places[c][0], places[c][1] - BOX_HEIGHT / 2 - 0.04) for group, c in first.items()}


def _ports(links: pd.DataFrame, places: dict[str, tuple[float, float]]) -> dict[object, tuple]:
    """Where each link leaves and enters: on the facing sides, spread along them in the order of the other ends."""
    ends = []
    for link, source, target in zip(links.index, links["from"], links["to"], strict=True):
        (x0, y0), (x1, y1) = places[source], places[target]
        out_side, in_side = (1, -1) if x1 > x0 else (-1, 1) if x1 < x0 else (1, 1)
        ends += [(link, "out", source, out_side, y1), (link, "in", target, in_side, y0)]
    table = pd.DataFrame(ends, columns=["link", "way", "concept", "side", "other"])
    found: dict[object, dict[str, tuple[float, float, int]]] = {link: {} for link in links.index}
    for (concept, side), group in table.sort_values(["other", "way", "link"]).groupby(["concept", "side"], sort=False):
        x, y = places[concept]
        reach = 0.42 * BOX_HEIGHT if len(group) > 1 else 0
        for end, offset in zip(group.itertuples(), np.linspace(-reach, reach, len(group)), strict=True):
            found[end.link][end.way] = (x + side * BOX_WIDTH / 2, y + offset, side)
    return {link: (both["out"], both["in"]) for link, both in found.items()}


def _draw_link(
    axes, start: tuple[float, float, int], end: tuple[float, float, int], weight: float, assumed: bool
) -> None:
    (x0, y0, out_side), (x1, y1, in_side) = start, end
    reach = 0.32 + 0.14 * abs(x1 - x0) + (0.05 * abs(y1 - y0) if out_side == in_side else 0)
    path = Path(
        [(x0, y0), (x0 + out_side * reach, y0), (x1 + in_side * reach, y1), (x1 + in_side * 0.02, y1)],
        [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
    )
    style = (0, (1, 1.6)) if assumed else (0, (4, 1.6)) if weight < 0 else "-"
    axes.add_patch(
        FancyArrowPatch(
            path=path,
            arrowstyle="-|>",
            mutation_scale=5,
            color=BLUE if weight > 0 else VERMILION,
            linewidth=0.3 + 1.9 * abs(weight) ** 1.5,
            linestyle=style,
            alpha=0.8 if abs(weight) >= STRONG else 0.42,
            shrinkA=0,
            shrinkB=0,
            zorder=2 + abs(weight),
            capstyle="butt",
            joinstyle="miter",
        )
    )


def _legend() -> list[Line2D]:
    return [
        Line2D([], [], color=BLUE, linewidth=1.6, label=_("raises")),
        Line2D([], [], color=VERMILION, linewidth=1.6, linestyle=(0, (4, 1.6)), label=_("lowers")),
        Line2D([], [], color=GREY, linewidth=1.4, linestyle=(0, (1, 1.6)), label=_("assumed: no evidence")),
        Line2D([], [], color=GREY, linewidth=0.3 + 1.9 * 0.25**1.5, label=number(_("weak (0.25)"))),
        Line2D([], [], color=GREY, linewidth=0.3 + 1.9 * 0.5**1.5, label=number(_("medium (0.50)"))),
        Line2D([], [], color=GREY, linewidth=0.3 + 1.9 * 0.92**1.5, label=number(_("very strong (0.92)"))),
    ]


def _map_caption(links: pd.DataFrame, concepts: pd.DataFrame) -> str:
    return _(
        "The cognitive map: {n} concepts and {links} links, {assumed} of them assumed. A link's width is its strength; "
        "boxes of one colour belong to one group."
    ).format(n=len(concepts), links=len(links), assumed=int(links["tag"].eq("assumed").sum()))


def _map_alt(links: pd.DataFrame, concepts: pd.DataFrame) -> str:
    names = concepts.set_index("concept")["name_en"]
    strong = links[links["weight"].abs() >= STRONG].sort_values("weight", key=np.abs, ascending=False)
    up, down = _("{first} raises {second} ({weight})"), _("{first} lowers {second} ({weight})")
    told = "; ".join(
        (up if r["weight"] > 0 else down).format(
            first=_(names[r["from"]]), second=_(names[r["to"]]), weight=number(f"{r['weight']:+.2f}")
        )
        for r in strong.to_dict("records")
    )
    return _(
        "Network from left to right: levers of university, enterprises and state with the markets below them, "
        "barriers, what lies between, outcomes. {up} links raise, {down} lower. The strongest: {told}. The table of "
        "links lists all."
    ).format(up=int((links["weight"] > 0).sum()), down=int((links["weight"] < 0).sum()), told=told)
