"""What scenarios change, with the range that weights, starts and slope leave open."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from unicluster.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    VERMILION,
    Figure,
    canvas,
    legend_outside,
    wrapped,
)
from unicluster.language import _, number

GROUP_MARKS = {"university": (BLUE, "o"), "enterprises": (ORANGE, "s"), "state": (GREEN, "^")}
"""Colour and marker of a lever by whose it is."""


def starting_state(start: pd.DataFrame, settled: Mapping[str, float], concepts: pd.DataFrame) -> Figure:
    """Where the survey puts concepts at the start, and where the map puts them when things go on as they are.

    Parameters
    ----------
    start : DataFrame
        From `unicluster.scenarios.starting_state`.
    settled : mapping of concept to float
        Level in the steady state of the baseline.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"].map(_)
    rows = start[start["tag"].eq("survey")][::-1].reset_index(drop=True)
    rows = rows.assign(settled=[settled[c] for c in rows["concept"]])
    with canvas(height=0.42 * max(len(rows), 2) + 1.3) as (drawing, axes):
        for row in rows.itertuples():
            axes.plot([row.low, row.high], [row.Index] * 2, color=BLUE, linewidth=1.4)
            axes.plot(
                [row.bound_low, row.bound_high],
                [row.Index] * 2,
                color=BLUE,
                linewidth=5,
                solid_capstyle="butt",
                alpha=0.45,
            )
            axes.plot(row.level, row.Index, "o", color=BLUE, markersize=9)
            axes.plot(
                row.settled, row.Index, "D", markerfacecolor="white", color=VERMILION, markeredgewidth=1.2, markersize=5
            )
        axes.axvline(0.5, color=GREY, linewidth=0.8, linestyle=(0, (2, 2)))
        if rows.empty:
            words = _("No survey of this region: every concept starts at the dashed line")
            text = axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", fontsize=9)
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 2})
        else:
            legend_outside(drawing, 2, handles=_start_legend(), fontsize=8)
        axes.set_yticks(rows.index, [textwrap.fill(str(names[c]), 34) for c in rows["concept"]], fontsize=8.5)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, 1)
        words = _("Level; all other concepts start from the neutral level, the dashed line")
        axes.set_xlabel("\n".join(wrapped(words, 4.4, 10)))
    line = _("{name} {level} (from {low} to {high}), settles at {settled}")
    told = "; ".join(
        line.format(
            name=names[row["concept"]],
            **{what: number(f"{row[what]:.2f}") for what in ("level", "low", "high", "settled")},
        )
        for row in rows[::-1].to_dict("records")
    ) or _("The region has no survey: every concept starts from the neutral level")
    data = rows[["concept", "level", "bound_low", "bound_high", "low", "high", "question", "respondents", "settled"]]
    caption = _("Starting levels that the survey gives, and where the map settles from there.")
    return Figure(drawing, data, caption, _("Dots with ranges, one row a concept. {told}.").format(told=told))


def outcome_effects(bands: pd.DataFrame, scenario_names: Mapping[str, str], concepts: pd.DataFrame) -> Figure:
    """Effect of each scenario on each outcome with its band, one panel an outcome.

    Parameters
    ----------
    bands : DataFrame
        From `unicluster.scenarios.effect_bands`, the scenarios to show in order from top to bottom.
    scenario_names : mapping of scenario to name
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    outcomes, order = list(dict.fromkeys(bands["concept"])), list(dict.fromkeys(bands["scenario"]))[::-1]
    reach = float(np.abs(bands[["effect", "q05", "q95"]].to_numpy()).max()) * 1.12 or 0.1
    tick = np.floor(reach * 7) / 10 or reach / 2
    with canvas(height=0.34 * len(order) + 1.3, ncols=len(outcomes), sharey=True) as (drawing, panels):
        for axes, outcome in zip(panels, outcomes, strict=True):
            axes.axvline(0, color=GREY, linewidth=0.8)
            for row in bands[bands["concept"].eq(outcome)].itertuples():
                y = order.index(row.scenario)
                colour, marker = (BLUE, "o") if row.effect >= 0 else (VERMILION, "s")
                axes.plot([row.q05, row.q95], [y, y], color=colour, linewidth=1.6)
                axes.plot(row.effect, y, marker, color=colour, markersize=4.5)
            axes.set_xlim(-reach, reach)
            axes.set_xticks([-tick, 0, tick], [number(text) for text in (f"−{tick:g}", "0", f"{tick:g}")], fontsize=7.5)
            axes.set_title(
                "\n".join(textwrap.wrap(_(str(names[outcome])), 13)), fontsize=8, fontweight="normal", loc="center"
            )
            axes.tick_params(axis="y", length=0)
            axes.spines["left"].set_visible(False)
            axes.xaxis.grid(True, color=PALE, linewidth=0.5)
            axes.set_axisbelow(True)
        panels[0].set_yticks(range(len(order)), [textwrap.fill(_(scenario_names[s]), 28) for s in order], fontsize=8)
        panels[0].set_ylim(-0.6, len(order) - 0.4)
        drawing.supxlabel(_("Change of the level against things going on as they are"), fontsize=9)
    effect = _("{outcome} {effect:+.2f} ({low:+.2f} to {high:+.2f})")
    told = "; ".join(
        f"{_(scenario_names[s])}: "
        + ", ".join(
            effect.format(outcome=_(names[r.concept]).lower(), effect=r.effect, low=r.q05, high=r.q95)
            for r in group.itertuples()
        )
        for s, group in bands.groupby("scenario", sort=False)
    )
    caption = _(
        "What each course changes in each outcome, with 90 % of random draws of weights, starts and slope. Levels "
        "have no unit: the order can be read, the size cannot be turned into per cent or years."
    )
    alt = _("One panel an outcome, one row a course, a dot with a band. {told}.")
    return Figure(drawing, bands, caption, alt.format(told=number(told)))


def barriers(bands: pd.DataFrame, scenarios: pd.DataFrame, concepts: pd.DataFrame) -> Figure:
    """Mean effect on the outcomes when a barrier is removed and when it gets worse.

    Parameters
    ----------
    bands : DataFrame
        From `unicluster.scenarios.mean_effect_bands`.
    scenarios : DataFrame
        From `unicluster.scenarios.scenario_table`; those on a barrier are drawn.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    rows = bands.merge(scenarios[["scenario", "kind", "barrier"]].dropna(subset="barrier"), on="scenario")
    best = rows[rows["kind"].eq("barrier-removed")].sort_values("effect")
    place = {barrier: y for y, barrier in enumerate(best["barrier"])}
    with canvas(height=0.44 * len(place) + 1.2) as (drawing, axes):
        axes.axvline(0, color=GREY, linewidth=0.8)
        for row in rows.itertuples():
            colour, marker = (BLUE, "^") if row.kind == "barrier-removed" else (VERMILION, "v")
            axes.plot([row.q05, row.q95], [place[row.barrier]] * 2, color=colour, linewidth=1.6)
            axes.plot(row.effect, place[row.barrier], marker, color=colour, markersize=7)
        axes.set_yticks(list(place.values()), [textwrap.fill(_(str(names[b])), 36) for b in place], fontsize=8.5)
        axes.set_ylim(-0.6, len(place) - 0.4)
        axes.tick_params(axis="y", length=0)
        axes.xaxis.grid(True, color=PALE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel(_("Mean change of the outcomes, 90 % of draws"))
        handles = [
            Line2D([], [], color=c, marker=m, linestyle="none", label=t)
            for c, m, t in ((BLUE, "^", _("barrier removed")), (VERMILION, "v", _("barrier at its worst")))
        ]
        legend_outside(drawing, 2, handles=handles)
    removed, worst = _("{barrier} removed {effect:+.3f}"), _("{barrier} at its worst {effect:+.3f}")
    told = "; ".join(
        (removed if r.kind == "barrier-removed" else worst).format(barrier=_(names[r.barrier]), effect=r.effect)
        for r in rows.itertuples()
    )
    caption = _(
        "Barriers one at a time: the mean change of the outcomes when a barrier is gone, and when it is at its worst."
    )
    alt = _("Two marks a barrier with bands. {told}.")
    return Figure(drawing, rows, caption, alt.format(told=number(told)))


def levers(ranks: pd.DataFrame, concepts: pd.DataFrame) -> Figure:
    """Each lever held at the top alone: mean effect on the outcomes with its band.

    Parameters
    ----------
    ranks : DataFrame
        From `unicluster.scenarios.lever_ranks`.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"].map(_)
    group = concepts.set_index("concept")["group"]
    rows = ranks[::-1].reset_index(drop=True)
    with canvas(height=0.36 * len(rows) + 1.2) as (drawing, axes):
        axes.axvline(0, color=GREY, linewidth=0.8)
        for row in rows.itertuples():
            colour, marker = GROUP_MARKS[group[row.lever]]
            axes.plot([row.q05, row.q95], [row.Index] * 2, color=colour, linewidth=1.6)
            axes.plot(row.effect, row.Index, marker, color=colour, markersize=6.5)
        axes.set_yticks(rows.index, ["\n".join(wrapped(names[x], 2.9, 8.5)) for x in rows["lever"]], fontsize=8.5)
        axes.tick_params(axis="y", length=0)
        axes.xaxis.grid(True, color=PALE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel(_("Mean change of the outcomes, 90 % of draws"))
        handles = [Line2D([], [], color=c, marker=m, linestyle="none", label=_(g)) for g, (c, m) in GROUP_MARKS.items()]
        legend_outside(drawing, 3, handles=handles)
    line = _("{name} {value} ({low} to {high})")
    told = "; ".join(
        number(line.format(name=names[r.lever], value=f"{r.effect:+.3f}", low=f"{r.q05:+.3f}", high=f"{r.q95:+.3f}"))
        for r in ranks.itertuples()
    )
    caption = _("Each lever alone at the top of the scale: what it changes in the mean of the outcomes.")
    return Figure(drawing, ranks, caption, _("One row a lever, best first. {told}.").format(told=told))


def indicators(ranges: pd.DataFrame, scenario_names: Mapping[str, str]) -> Figure:
    """Ranges of per cent for output, employment and exports under each way of scaling.

    Parameters
    ----------
    ranges : DataFrame
        From `unicluster.scenarios.indicator_ranges`, one scaling or several.
    scenario_names : mapping of scenario to name
    """
    order, shown = list(dict.fromkeys(ranges["scenario"]))[::-1], list(dict.fromkeys(ranges["indicator"]))
    marks = dict(zip(dict.fromkeys(ranges["scaling"]), ((PURPLE, "o"), (ORANGE, "s"), (GREEN, "D")), strict=False))
    with canvas(height=0.5 * len(order) + 1.5, ncols=len(shown), sharey=True, sharex=True) as (drawing, panels):
        for axes, indicator in zip(panels, shown, strict=True):
            axes.axvline(0, color=GREY, linewidth=0.8)
            for row in ranges[ranges["indicator"].eq(indicator)].itertuples():
                colour, marker = marks[row.scaling]
                y = order.index(row.scenario) + 0.22 * (1 - list(marks).index(row.scaling))
                axes.plot([row.low, row.high], [y, y], color=colour, linewidth=1.4)
                axes.plot(row.middle, y, marker, color=colour, markersize=4.5)
            axes.set_title(_(indicator.capitalize()), fontsize=9, fontweight="normal", loc="center")
            axes.tick_params(axis="x", labelsize=8)
            axes.tick_params(axis="y", length=0)
            axes.spines["left"].set_visible(False)
            axes.xaxis.grid(True, color=PALE, linewidth=0.5)
            axes.set_axisbelow(True)
        panels[0].set_yticks(range(len(order)), [textwrap.fill(_(scenario_names[s]), 26) for s in order], fontsize=8)
        panels[0].set_ylim(-0.6, len(order) - 0.4)
        drawing.supxlabel(_("Assumed change, % of the base year"), fontsize=9, color=INK)
        named = {scaling: _(scaling.replace("-", " ")) for scaling in marks}
        handles = [Line2D([], [], color=c, marker=m, label=named[s]) for s, (c, m) in marks.items()]
        legend_outside(drawing, 3, handles=handles, fontsize=8)
    line = _("{course}, {indicator}, {scaling}: {low} to {high} %")
    told = "; ".join(
        line.format(
            course=_(scenario_names[r.scenario]),
            indicator=_(r.indicator.capitalize()).lower(),
            scaling=named[r.scaling],
            low=f"{r.low:.0f}",
            high=f"{r.high:.0f}",
        )
        for r in ranges.itertuples()
    )
    caption = _("ASSUMED: what the changes of level would be worth if the six pilot clusters were the measure.")
    alt = _("Ranges by indicator, course and way of scaling. {told}.").format(told=told)
    return Figure(drawing, ranges, caption, alt)


def _start_legend() -> list[Line2D]:
    return [
        Line2D([], [], color=BLUE, marker="o", linestyle="none", label=_("start, from the survey")),
        Line2D([], [], color=BLUE, linewidth=5, alpha=0.45, label=_("missing answers")),
        Line2D([], [], color=BLUE, linewidth=1.4, label=_("and sampling, 90 %")),
        Line2D(
            [],
            [],
            color=VERMILION,
            marker="D",
            markerfacecolor="white",
            linestyle="none",
            label=_("where the map settles"),
        ),
    ]
