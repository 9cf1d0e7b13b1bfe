"""What unknown answers and unknown overlaps leave open."""

from __future__ import annotations

import pandas as pd
from matplotlib.lines import Line2D

from unicluster.figures.style import BLUE, GREY, INK, ORANGE, Figure
from unicluster.figures.survey.rows import LABEL, labelled_rows, nothing, pair, shortened


def partial(table: pd.DataFrame, confidence: float, icc: float) -> Figure:
    """Shares bounded over the unknown answers, with the interval that allows for sampling, and for clustering too.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.partial_shares`.
    confidence : float
    icc : float
        Intraclass correlation behind the widest interval.
    """
    if table.empty:
        return nothing("No single-choice question has options.", table)
    labels = [shortened(label, LABEL) for label in table["label"]]
    with labelled_rows(labels, list(table["title"])) as (drawing, axes, heights):
        axes.hlines(heights, table["clustered_low"], table["clustered_high"], color=GREY, linewidth=1)
        axes.hlines(heights, table["interval_low"], table["interval_high"], color=BLUE, linewidth=3)
        axes.barh(heights, table["high"] - table["low"], left=table["low"], height=0.46, color=ORANGE, zorder=3)
        exact = table["residual"].eq(0)
        at = [height for height, known in zip(heights, exact, strict=True) if known]
        axes.plot(table.loc[exact, "low"], at, "D", color=ORANGE, markersize=6, zorder=3)
        for height, row in zip(heights, table.itertuples(), strict=True):
            words = f"{row.low:.0f} %" if row.residual == 0 else f"{row.low:.0f} to {row.high:.0f} %"
            axes.text(row.clustered_high + 1, height, words, va="center", fontsize=8, color=INK)
        axes.set_xlim(0, 112)
        axes.set_xticks(range(0, 101, 20))
        axes.set_xlabel("Share of respondents asked, %")
        handles = [
            Line2D([], [], color=ORANGE, linewidth=6, label="Manski bounds"),
            Line2D([], [], color=BLUE, linewidth=3, label=f"Imbens–Manski, {100 * confidence:.0f} %"),
            Line2D([], [], color=GREY, linewidth=1, label=f"and intraclass correlation {icc:g}"),
        ]
        drawing.legend(handles=handles, loc="outside upper left", ncols=3, handlelength=1.4, columnspacing=1.2)
    caption = "Shares that the unknown answers allow, and the intervals that allow for sampling as well."
    told = "; ".join(
        f"{r.label} ({r.title}) {r.low:.1f} to {r.high:.1f} %, with sampling {r.interval_low:.0f} to "
        f"{r.interval_high:.0f} %, with clustering {r.clustered_low:.0f} to {r.clustered_high:.0f} %"
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, f"Nested bars, one a question. {told}.")


def overlaps(table: pd.DataFrame) -> Figure:
    """How many respondents may have chosen both of two items of a question with several answers.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.item_overlaps`.
    """
    if table.empty:
        return nothing("No question allowed several answers, so no overlaps are unknown.", table)
    labels = [pair(r.first, "and", r.second) for r in table.itertuples()]
    with labelled_rows(labels, list(table["title"])) as (drawing, axes, heights):
        axes.barh(heights, table["high"] - table["low"], left=table["low"], height=0.5, color=BLUE, alpha=0.35)
        width = table["exclusive_high"] - table["exclusive_low"]
        axes.barh(heights, width, left=table["exclusive_low"], height=0.22, color=BLUE)
        for height, row in zip(heights, table.itertuples(), strict=True):
            words = f"{row.low} to {row.high}"
            if (row.exclusive_low, row.exclusive_high) != (row.low, row.high):
                words += f" (or {row.exclusive_low} to {row.exclusive_high})"
            axes.text(row.high + 0.4, height, words, va="center", fontsize=8, color=INK)
        axes.set_xlim(0, table["high"].max() * 1.3 + 1)
        axes.set_xlabel("Respondents who may have chosen both")
        handles = [
            Line2D([], [], color=BLUE, alpha=0.35, linewidth=7, label="Fréchet bounds"),
            Line2D([], [], color=BLUE, linewidth=3, label="if “hard to answer” excludes other answers"),
        ]
        drawing.legend(handles=handles, loc="outside upper left", ncols=2, handlelength=1.4)
    caption = "How many respondents may have chosen both of two items: only the margins are published."
    told = "; ".join(f"{r.first} and {r.second} {r.low} to {r.high}" for r in table.itertuples())
    return Figure(drawing, table, caption, f"Bars of possible numbers, one a pair of items. {told}.")
