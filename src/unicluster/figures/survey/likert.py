"""Diverging stacked bars of answers on a scale."""

from __future__ import annotations

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch

from unicluster.figures.style import BLUE, GREY, INK, PALE, VERMILION, Figure, legend_outside
from unicluster.figures.survey.rows import labelled_rows, nothing
from unicluster.language import _, mark

SCALE = LinearSegmentedColormap.from_list("scale", [VERMILION, "#F3C6A5", PALE, "#A9D3EC", BLUE])
LEAST_LABELLED = 0.055
"""Share below which a number does not fit into its segment."""


def likert(table: pd.DataFrame, title: str = mark("The items of one scale")) -> Figure:
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
    title = _(title)
    options = list(dict.fromkeys(table["option"]))
    colours = dict(zip(options, SCALE([i / max(len(options) - 1, 1) for i in range(len(options))]), strict=True))
    bars = list(table.groupby(["heading", "group"], sort=False))
    labels = [f"{_(str(group))}\N{NO-BREAK SPACE}({own['base'].iloc[0]})" for (_by, group), own in bars]
    reach = max(table["right"].max(), -table["left"].min(), 0.1) * 1.04
    with labelled_rows(labels, [_(heading) for (heading, _group), _own in bars]) as (drawing, axes, heights):
        for height, (_group, own) in zip(heights, bars, strict=True):
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
        axes.set_xlabel(_("← lower     share of those who answered, %     higher →"))
        handles = [Patch(color=colours[option], label=_(option)) for option in options]
        legend_outside(drawing, min(len(options), 5), handles=handles, handlelength=1.0, columnspacing=1.0)
    caption = _("{title}: answers around the middle of the scale; in brackets those who answered.")
    told = "; ".join(
        f"{_(str(group))} ({own['base'].iloc[0]}) "
        + ", ".join(f"{_(row.option)} {100 * row.share:.0f} %" for row in own.itertuples() if row.base)
        for (_by, group), own in bars
    )
    alt = _("Diverging stacked bars of {title}. {told}.")
    return Figure(drawing, table, caption.format(title=title), alt.format(title=title, told=told))
