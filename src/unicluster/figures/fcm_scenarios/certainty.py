"""How sure the ranking is: over draws, over evidence, over rules; what decides it; what a goal would take."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd

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
    Figure,
    canvas,
    legend_outside,
    spread,
    wrapped,
)
from unicluster.language import _, mark, number

VARIANTS = {
    "all": (mark("all links"), BLUE, "o"),
    "evidenced": (mark("without assumed links"), ORANGE, "D"),
    "first-hand": (mark("without second-hand sources"), GREEN, "^"),
    "transition": (mark("sources on transition economies only"), VERMILION, "s"),
    "cited": (mark("cited sources alone"), PURPLE, "v"),
}
VARIANT_NAMES = {variant: words for variant, (words, _colour, _marker) in VARIANTS.items()}
COURSE_COLOURS = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, INK, GREY)
COURSE_DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (4, 1.5, 1, 1.5)))


def ranks(table: pd.DataFrame, scenario_names: Mapping[str, str]) -> Figure:
    """Share of draws in which each course takes each rank, as a grid of numbers.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.scenarios.course_ranks`.
    scenario_names : mapping of scenario to name
    """
    columns = [c for c in table.columns if c.startswith("rank_")]
    share = table[columns].to_numpy(float)
    with canvas(height=0.4 * len(table) + 1.0) as (drawing, axes):
        axes.imshow(share, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for (y, x), value in np.ndenumerate(share):
            if value >= 0.005:
                axes.text(
                    x,
                    y,
                    f"{100 * value:.0f}",
                    ha="center",
                    va="center",
                    fontsize=9,
                    color="white" if value > 0.55 else INK,
                )
        axes.set_xticks(range(len(columns)), [c.removeprefix("rank_") for c in columns])
        axes.set_yticks(range(len(table)), [_(scenario_names[s]) for s in table["scenario"]], fontsize=8.5)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_title(_("Rank, by the mean of the outcomes; per cent of draws"), fontsize=9, fontweight="normal")
    share = _("rank {rank} in {percent} %")
    told = "; ".join(
        f"{_(scenario_names[row['scenario']])}: "
        + ", ".join(share.format(rank=c[5:], percent=f"{100 * row[c]:.0f}") for c in columns if row[c] >= 0.005)
        for row in table.to_dict("records")
    )
    caption = _(
        "In how many of 100 draws each course takes each rank. A course that always has the same rank does not "
        "depend on the draw."
    )
    return Figure(drawing, table, caption, _("Grid of courses by ranks. {told}.").format(told=told))


def variants(effects: pd.DataFrame, scenario_names: Mapping[str, str]) -> Figure:
    """Mean effect of each course on the map under stricter and stricter demands on evidence.

    Parameters
    ----------
    effects : DataFrame
        From `unicluster.scenarios.variant_effects`.
    scenario_names : mapping of scenario to name
    """
    wide = effects.pivot(index="scenario", columns="variant", values="effect")
    wide = wide[[v for v in VARIANTS if v in wide]].sort_values("all")
    shift = dict(zip(wide.columns, np.linspace(0.26, -0.26, wide.shape[1]), strict=True))
    with canvas(height=0.55 * len(wide) + 1.5) as (drawing, axes):
        axes.axvline(0, color=GREY, linewidth=0.8)
        for variant, column in wide.items():
            label, colour, marker = VARIANTS[variant]
            places = np.arange(len(wide)) + shift[variant]
            axes.hlines(places, 0, column, color=colour, linewidth=0.9)
            axes.plot(column, places, marker, color=colour, markersize=5.5, label=_(label))
        for y in range(len(wide) - 1):
            axes.axhline(y + 0.5, color=PALE, linewidth=0.6)
        axes.set_yticks(range(len(wide)), [textwrap.fill(_(scenario_names[s]), 30) for s in wide.index], fontsize=8.5)
        axes.set_ylim(-0.6, len(wide) - 0.4)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(_("Mean change of the outcomes"))
        legend_outside(drawing, 2, fontsize=8)
    told = "; ".join(
        f"{_(scenario_names[s])}: " + ", ".join(number(f"{_(VARIANTS[v][0])} {value:+.2f}") for v, value in row.items())
        for s, row in wide[::-1].iterrows()
    )
    caption = _(
        "The same courses on maps with less and less evidence allowed. Where markers of one kind keep the order of "
        "the others, the ranking does not depend on what was left out."
    )
    return Figure(drawing, effects, caption, _("One group of marks a course. {told}.").format(told=told))


def settings(effects: pd.DataFrame, scenario_names: Mapping[str, str]) -> Figure:
    """Rank of each course under other rules and slopes, as lines that cross where the order changes.

    Parameters
    ----------
    effects : DataFrame
        From `unicluster.scenarios.setting_effects`.
    scenario_names : mapping of scenario to name
    """
    keys = list(dict.fromkeys(effects[["rule", "slope", "unique"]].itertuples(index=False, name=None)))
    unproved = _("not unique")
    labels = []
    for rule, slope, unique in keys:
        lines = [*wrapped(_(rule.replace("_", " ")), 0.85, 8), number(f"λ = {slope:g}")]
        labels.append("\n".join(lines if unique else [*lines, *wrapped(unproved, 0.85, 8)]))
    wide = effects.pivot(index="scenario", columns=["rule", "slope"], values="rank")
    wide = wide[[key[:2] for key in keys]]
    with canvas(height=0.34 * len(wide) + 1.5, width=8.2) as (drawing, axes):
        x = np.arange(len(keys))
        for k, (_scenario, row) in enumerate(wide.iterrows()):
            colour, dash = COURSE_COLOURS[k % len(COURSE_COLOURS)], COURSE_DASHES[k % len(COURSE_DASHES)]
            axes.plot(x, row, color=colour, linestyle=dash, linewidth=1.8, marker="o", markersize=5)
        for ends, place, side in ((wide.iloc[:, 0], -0.12, "right"), (wide.iloc[:, -1], x[-1] + 0.12, "left")):
            for name, y in zip(wide.index, spread([float(v) for v in ends.fillna(len(wide))], 0.62), strict=True):
                text = textwrap.fill(_(scenario_names[name]), 26)
                axes.text(place, y, text, ha=side, va="center", fontsize=7.5, linespacing=0.9)
        for k, (_rule, _slope, unique) in enumerate(keys):
            if not unique:
                axes.axvspan(k - 0.4, k + 0.4, color=PALE, alpha=0.5, zorder=0)
        axes.set_xticks(x, labels, fontsize=8)
        axes.set_yticks([])
        axes.set_xlim(-2.2, x[-1] + 2.2)
        axes.set_ylim(len(wide) + 0.6, 0.4)
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_title(_("Rank, best on top"), fontsize=9, fontweight="normal", loc="center")
    told = "; ".join(
        f"{_(scenario_names[s])}: " + ", ".join("–" if np.isnan(v) else f"{v:.0f}" for v in row)
        for s, row in wide.iterrows()
    )
    caption = _(
        "Rank of each course under other update rules and slopes. Shaded: more than one steady state may exist there."
    )
    alt = _("Lines of ranks over settings, from left to right. {told}.").format(told=told)
    return Figure(drawing, effects, caption, alt)


def decisive_links(table: pd.DataFrame, first: str, second: str, concepts: pd.DataFrame, most: int = 12) -> Figure:
    """The links whose plausible range moves the lead of one course over another most.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.scenarios.decisive_links`.
    first, second : str
        Names of the two courses.
    concepts : DataFrame
        Table ``fcm_concepts``.
    most : int
        Links shown.
    """
    names = concepts.set_index("concept")["name_en"].map(_)
    rows = table.head(most)[::-1].reset_index(drop=True)
    lead = float(table["lead"].iloc[0])
    with canvas(height=0.36 * len(rows) + 1.1) as (drawing, axes):
        colours = [BLUE if value > 0 else VERMILION for value in rows["swing"]]
        axes.barh(rows.index, rows["swing"], color=colours, height=0.62)
        axes.axvline(0, color=INK, linewidth=0.8)
        links = [f"{names[r['from']]} → {names[r['to']]}" for r in rows.to_dict("records")]
        axes.set_yticks(rows.index, ["\n".join(wrapped(link, 3.4, 7.5)) for link in links], fontsize=7.5)
        axes.tick_params(axis="y", length=0)
        axes.xaxis.grid(True, color=PALE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel(_("Change of the lead, {lead}").format(lead=number(f"{lead:+.3f}")), fontsize=9)
    link = _("{first} to {second} {value}")
    told = "; ".join(
        link.format(first=names[r["from"]], second=names[r["to"]], value=number(f"{r['swing']:+.4f}"))
        for r in rows[::-1].to_dict("records")
    )
    caption = _(
        "Links that decide between “{first}” (bars to the right) and “{second}” (bars to the left): how far the lead "
        "moves when a link is as strong as is plausible."
    ).format(first=_(first), second=_(second))
    alt = _("Bars, one a link. The lead is {lead}. {told}.").format(lead=number(f"{lead:+.4f}"), told=told)
    return Figure(drawing, table, caption, alt)


def goal_cost(front: pd.DataFrame, concept_name: str, goal: float, levers: Mapping[str, str]) -> Figure:
    """How high a concept can be brought at what total change of levers.

    Parameters
    ----------
    front : DataFrame
        From `unicluster.fcm.pareto_front`.
    concept_name : str
    goal : float
    levers : mapping of lever to name
    """
    rows = front.sort_values("cost", ignore_index=True)
    named = _(concept_name)
    goal_told = number(f"{goal:g}")
    shown = [lever for lever in levers if lever in rows]
    with canvas(height=5.0, nrows=2, sharex=True, height_ratios=[2, 3]) as (drawing, (above, below)):
        above.plot(rows["cost"], rows["value"], color=BLUE, marker="o", markersize=4)
        above.axhline(goal, color=VERMILION, linewidth=1.2, linestyle=(0, (4, 2)))
        words = _("goal {level}").format(level=goal_told)
        at = (1.79 * rows["cost"].iloc[-1], goal)
        above.annotate(words, at, (0, 2), textcoords="offset points", ha="right", va="bottom", fontsize=8)
        above.set_ylabel(textwrap.fill(_("Level of: {name}").format(name=named), 24), fontsize=8)
        moved = rows[shown] - rows[shown].iloc[0]
        order = sorted(
            (x for x in shown if moved[x].abs().max() > 1e-3), key=lambda x: rows.index[moved[x].abs() > 1e-3][0]
        )
        edges = np.vstack([np.zeros(len(rows)), moved[order].abs().to_numpy().T]).cumsum(axis=0)
        for k in range(len(order)):
            colour = COURSE_COLOURS[k % len(COURSE_COLOURS)]
            below.fill_between(rows["cost"], edges[k], edges[k + 1], color=colour, alpha=0.75, linewidth=0)
            below.plot(rows["cost"], edges[k + 1], color="white", linewidth=0.7)
        end, top = rows["cost"].iloc[-1], edges[-1, -1]
        middles = [float(middle) for middle in (edges[:-1, -1] + edges[1:, -1]) / 2]
        for lever, middle, place in zip(order, middles, spread(middles, top / 11), strict=True):
            below.plot([end, 1.03 * end], [middle, place], color=GREY, linewidth=0.6)
            text = _("{name} (down)") if moved[lever].iloc[-1] < 0 else "{name}"
            below.text(1.04 * end, place, text.format(name=_(levers[lever])), va="center", fontsize=7.5)
        below.set_xlim(-0.03 * end, 1.8 * end)
        below.set_xticks([tick for tick in below.get_xticks() if 0 <= tick <= end])
        below.set_xlabel(_("Total change of levers, in levels"), loc="left")
        below.set_ylabel(_("Change of each lever"), fontsize=8)
    told = ", ".join(_(levers[x]) for x in order) or _("none")
    caption = _(
        "The cheapest way up: the highest level of “{name}” for each total change of levers, and which levers it takes."
    ).format(name=named.lower())
    alt = _(
        "Two panels over the total change of levers. Above, the level rises from {first} to {last}; the goal is "
        "{goal}. Below, the levers used, in the order in which they come in: {told}."
    ).format(
        first=number(f"{rows['value'].iloc[0]:.2f}"),
        last=number(f"{rows['value'].iloc[-1]:.2f}"),
        goal=goal_told,
        told=told,
    )
    return Figure(drawing, rows, caption, alt)
