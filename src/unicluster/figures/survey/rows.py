"""Charts of labelled rows under headings: the common shape of this chapter's figures."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import pandas as pd
from matplotlib.transforms import blended_transform_factory

from unicluster.figures import style
from unicluster.figures.style import PALE, Figure, canvas
from unicluster.language import mark

LABEL, HEADING = 46, 92
"""Characters that fit beside the axes and over the whole width."""


@contextmanager
def labelled_rows(labels: list[str], headings: list[str], legend_rows: int = 1) -> Iterator[tuple]:
    """Axes with one labelled row below the other, under a heading wherever the heading changes.

    Parameters
    ----------
    labels, headings : list of str
        One a row; headings are shortened to the width.
    legend_rows : int, default 1
        Lines that a legend above will take.

    Yields
    ------
    drawing : matplotlib Figure
    axes : Axes
    heights : list of float
        Where each row stands.
    """
    heights, titles, line = [], [], 0
    for heading, rows in groupby(headings):
        titles.append((-line, heading))
        line += 1
        for _ in rows:
            heights.append(-line)
            line += 1
    with canvas(height=0.27 * line + 0.65 + 0.2 * legend_rows) as (drawing, axes):
        yield drawing, axes, heights
        axes.set_yticks(heights, labels, fontsize=9)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-line + 0.4, 0.6)
        axes.xaxis.grid(True, color=PALE, linewidth=0.6)
        axes.set_axisbelow(True)
        for height, heading in titles:
            draw_heading(axes, height, heading)


def draw_heading(axes, height: float, text: str) -> None:
    """A heading over the whole width: it is longer than the labels."""
    across = blended_transform_factory(axes.figure.transFigure, axes.transData)
    words = axes.text(
        0.01, height - 0.1, shortened(text, HEADING), transform=across, va="center", fontsize=9.5, fontweight="bold"
    )
    words.set(zorder=4, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})
    words.set_in_layout(False)


def shortened(text: str, width: int) -> str:
    """A text cut at a word, so that it fits."""
    return textwrap.shorten(text, width, placeholder=" …")


def pair(first: str, joint: str, second: str) -> str:
    """A label for two options."""
    return f"{shortened(first, 25)} {joint} {shortened(second, 25)}"


def nothing(words: str | None, data: pd.DataFrame) -> Figure:
    """A figure that says why there is nothing to draw."""
    words = words or "The rows hold nothing that this could be computed from."
    with canvas(height=0.8) as (drawing, axes):
        axes.set_axis_off()
        axes.text(0.5, 0.5, "\n".join(textwrap.wrap(words, 85)), ha="center", va="center", transform=axes.transAxes)
    return Figure(drawing, data, words, f"An empty chart with these words: {words}")


def marked(figure: Figure, synthetic: bool) -> Figure:
    """A figure of made-up respondents that says so; see `unicluster.figures.marked`."""
    return style.marked(figure, synthetic, mark("synthetic respondents"))
