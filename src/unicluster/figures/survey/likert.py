"""Diverging stacked bars of answers on a scale."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch

from unicluster.figures.style import BLUE, GREY, INK, PALE, VERMILION, Figure
from unicluster.figures.survey.rows import LABEL, labelled_rows, nothing, shortened

SCALE = LinearSegmentedColormap.from_list("scale", [VERMILION, "#F3C6A5", PALE, "#A9D3EC", BLUE])
LEAST_LABELLED = 0.055
"""Share below which a number does not fit into its segment."""


def likert(table: pd.DataFrame, title: str) -> Figure:
    """Diverging stacked bars: answers below the middle of the scale to the left, above it to the right.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.likert_by_group` or ``likert_items``.
    title : str
        The question, or what the items have in common.
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    options = list(dict.fromkeys(table["option"]))
    colours = dict(zip(options, SCALE([i / max(len(options) - 1, 1) for i in range(len(options))]), strict=True))
    bars = list(table.groupby(["heading", "group"], sort=False))
    labels = [f"{shortened(str(group), LABEL - 6)} ({own['base'].iloc[0]})" for (_, group), own in bars]
    reach = max(table["right"].max(), -table["left"].min(), 0.1) * 1.04
    with labelled_rows(labels, [heading for (heading, _), _ in bars]) as (drawing, axes, heights):
        for height, (_, own) in zip(heights, bars, strict=True):
            for row in own.itertuples():
                axes.barh(height, row.right - row.left, left=row.left, height=0.72, color=colours[row.option])
                if row.share >= LEAST_LABELLED:
                    middle = (row.left + row.right) / 2
                    ends = options.index(row.option) in (0, len(options) - 1)
                    axes.text(
                        middle, height, f"{100 * row.share:.0f}", ha="center", va="center", fontsize=8,
                        color="white" if ends else INK,
                    )  # fmt: skip
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(-reach, reach)
        ticks = [tick for tick in (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1) if abs(tick) <= reach]
        axes.set_xticks(ticks, [f"{abs(100 * tick):.0f}" for tick in ticks])
        axes.set_xlabel("← lower     share of those who answered, %     higher →")
        handles = [
            Patch(color=colours[option], label=textwrap.shorten(option, 26, placeholder=" …")) for option in options
        ]
        drawing.legend(handles=handles, loc="outside upper left", ncols=min(len(options), 5), handlelength=1.0,
                       columnspacing=1.0)  # fmt: skip
    caption = f"{title}: answers around the middle of the scale; in brackets those who answered."
    told = "; ".join(
        f"{group} ({own['base'].iloc[0]}) "
        + ", ".join(f"{row.option} {100 * row.share:.0f} %" for row in own.itertuples() if row.base)
        for (_, group), own in bars
    )
    return Figure(drawing, table, caption, f"Diverging stacked bars of {title}. {told}.")
