"""What clustering costs, how far two questions could go together, and what sample would tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import NullFormatter

from unicluster.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, TAG_COLOURS, Figure, canvas
from unicluster.figures.survey.rows import HEADING, labelled_rows, nothing, shortened


def clustering(table: pd.DataFrame, base: int, universities: int) -> Figure:
    """Effective sample size and width of an interval as answers within universities grow alike.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.clustering`.
    base : int
        Respondents.
    universities : int
    """
    if table.empty:
        return nothing("One university says nothing about how alike the answers within universities are.", table)
    with canvas(height=2.9, ncols=2) as (drawing, (left, right)):
        left.fill_between(
            table["icc"], table["effective_sample_low"], table["effective_sample"], color=PALE, label="unequal numbers"
        )
        left.plot(table["icc"], table["effective_sample"], "o-", color=BLUE, markersize=5, label="equal numbers")
        left.set_ylim(0, base * 1.12)
        left.set_title("Respondents that count", fontsize=10)
        left.legend(loc="upper right", bbox_to_anchor=(1, 1.02))
        right.plot(table["icc"], table["half_width"], "o-", color=BLUE, markersize=5)
        right.set_ylim(0, table["half_width"].max() * 1.2)
        right.set_title("Half width of a share of one half, points", fontsize=10)
        for axes, column in ((left, "effective_sample"), (right, "half_width")):
            for row in _apart(table).to_dict("records"):
                at = (row["icc"], row[column])
                axes.annotate(f"{row[column]:.0f}", at, (0, 6), textcoords="offset points", ha="center", size=8)
            axes.set_xlim(-0.02 * table["icc"].max() - 0.008, table["icc"].max() * 1.08 + 0.001)
            axes.set_xlabel("Intraclass correlation")
    caption = f"What {base} respondents at {universities} universities are worth when answers within one are alike."
    told = "; ".join(
        f"at {r.icc:g} they count as {r.effective_sample:.0f} (as few as {r.effective_sample_low:.0f} if one "
        f"university has nearly all), half width {r.half_width:.0f} points"
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, f"Two curves over the intraclass correlation: {told}.")


def associations(bounds: pd.DataFrame, spreads: pd.DataFrame, values: pd.DataFrame) -> Figure:
    """How far the answers to two ordinal questions could go together, given their margins.

    Parameters
    ----------
    bounds : DataFrame
        From `unicluster.survey.scale_associations`.
    spreads, values : DataFrame
        From `unicluster.survey.synthetic_associations`.
    """
    data = values.merge(bounds, on=["first", "second"], how="right") if len(bounds) else values
    if bounds.empty:
        return nothing(
            "There are no two ordinal questions with known counts, so there is no association to bound.", data
        )
    colour = TAG_COLOURS["synthetic"]
    labels = ["Bounds", "Draws"] * len(bounds)
    half = HEADING // 2 - 2
    titles = [f"{shortened(r.first_title, half)} × {shortened(r.second_title, half)}" for r in bounds.itertuples()]
    headings = [title for title in titles for _ in range(2)]
    with labelled_rows(labels, headings) as (drawing, axes, heights):
        for place, row in enumerate(bounds.itertuples()):
            above, below = heights[2 * place : 2 * place + 2]
            own = values[values["first"].eq(row.first) & values["second"].eq(row.second)]["value"]
            axes.vlines(own, below - 0.32, below + 0.32, color=colour, linewidth=0.7)
            if np.isnan(row.low):
                axes.text(0, above, "too many unknown answers to try out", ha="center", va="center", fontsize=8)
                continue
            axes.hlines(above, row.low, row.high, color=BLUE, linewidth=5)
            for end, side in ((row.low, "right"), (row.high, "left")):
                words = f"{end:.2f}".replace("-", "−")
                shift = -0.03 if side == "right" else 0.03
                axes.text(end + shift, above, words, ha=side, va="center", fontsize=8, color=INK)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(-1.25, 1.25)
        axes.set_xticks(np.linspace(-1, 1, 5))
        axes.set_xlabel("Spearman's rank correlation")
        axes.plot([], [], color=BLUE, linewidth=5, label="sharp bounds, everybody")
        axes.plot([], [], color=colour, linewidth=1.5, label="values that came up in synthetic respondents")
        drawing.legend(loc="outside upper left", ncols=2, handlelength=1.4)
    draws = int(spreads["draws"].max())
    caption = (
        f"Rank correlation of two questions: what the published margins allow, and {draws} synthetic surveys that all "
        "reproduce them."
    )
    ranges = spreads.set_index(["first", "second"])
    told = "; ".join(
        f"{r.first_title} and {r.second_title}: bounds {r.low:.2f} to {r.high:.2f}, synthetic draws "
        f"{ranges.loc[(r.first, r.second), 'low']:.2f} to {ranges.loc[(r.first, r.second), 'high']:.2f}"
        for r in bounds.itertuples()
    )
    return Figure(drawing, data, caption, f"A bar and a row of ticks for each pair of questions. {told}.")


def power(curves: pd.DataFrame, universities: int, icc: float, wanted: float) -> Figure:
    """Chance that a given number of universities shows a correlation between activity and clusters.

    Parameters
    ----------
    curves : DataFrame
        From `unicluster.survey.university_power`.
    universities : int
        Universities of the survey.
    icc : float
        Intraclass correlation behind the dashed curves.
    wanted : float
        Chance that is wanted.
    """
    with canvas(height=3.3) as (drawing, axes):
        for (true, own), colour in zip(curves.groupby("correlation"), (BLUE, ORANGE, GREEN, PURPLE) * 9, strict=False):
            axes.plot(own["universities"], 100 * own["power"], color=colour, label=f"true correlation {true:g}")
            axes.plot(own["universities"], 100 * own["power_attenuated"], color=colour, linestyle=(0, (4, 2)))
        axes.plot([], [], color=GREY, linestyle=(0, (4, 2)), label=f"measured by few answers (ICC {icc:g})")
        axes.axhline(100 * wanted, color=GREY, linewidth=0.8)
        if universities:
            axes.axvline(universities, color=INK, linewidth=0.8)
            axes.text(universities * 1.04, 97, f"this survey: {universities}", fontsize=9, va="top")
        axes.set_xscale("log")
        axes.set_xlim(min(universities or 4, 4) * 0.9, curves["universities"].max())
        axes.set_ylim(0, 102)
        ticks = [tick for tick in (2, 5, 10, 20, 50, 100, 200, 400) if tick >= axes.get_xlim()[0]]
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xlabel("Universities (logarithmic scale)")
        axes.set_ylabel("Chance of finding it, %")
        drawing.legend(loc="outside upper left", ncols=2)
    caption = "Chance that a sample of universities shows that more active ones have more clusters."
    at_most = curves[curves["universities"] <= max(universities, curves["universities"].min())]
    told = "; ".join(
        f"true correlation {true:g}: {100 * own['power'].max():.0f} %" for true, own in at_most.groupby("correlation")
    )
    return Figure(drawing, curves, caption, f"Power curves over the number of universities. At {universities}: {told}.")


def _apart(table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose labels do not touch those before them."""
    gap, kept = 0.1 * table["icc"].max(), []
    for icc in table["icc"]:
        if not kept or icc - kept[-1] >= gap:
            kept.append(icc)
    return table[table["icc"].isin(kept)]
