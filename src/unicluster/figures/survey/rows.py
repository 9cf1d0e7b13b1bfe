"""Charts of labelled rows under headings: the common shape of this chapter's figures."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter

import pandas as pd
from matplotlib.transforms import blended_transform_factory

from unicluster.figures import style
from unicluster.figures.style import LEGEND_LINE, PALE, WIDTH, Figure, canvas, wrapped
from unicluster.language import _, mark

LABEL_WIDTH, LABEL_SIZE, HEADING_SIZE = 3.2, 9, 9.5
"""Inches beside the axes, and points."""
ROW, FURTHER_LINE = 0.27, 0.6
"""Inches from one row to the next, and the part of it that each further line of a label or heading takes."""


@contextmanager
def labelled_rows(labels: list[str], headings: list[str], legend_rows: int = 1) -> Iterator[tuple]:
    """Axes with one labelled row below the other, under a heading wherever the heading changes.

    Parameters
    ----------
    labels, headings : list of str
        One a row; one that is wider than its place takes several lines.
    legend_rows : int, default 1
        Lines that a legend above will take.

    Yields
    ------
    drawing : matplotlib Figure
    axes : Axes
    heights : list of float
        Where each row stands.
    """
    heights, shown, titles, below = [], [], [], 0.0
    for heading, rows in groupby(zip(headings, labels, strict=True), key=itemgetter(0)):
        text, middle, below = _placed(wrapped(heading, WIDTH - 0.2, HEADING_SIZE, "bold"), below)
        titles.append((middle, text))
        for _heading, label in rows:
            text, middle, below = _placed(wrapped(label, LABEL_WIDTH, LABEL_SIZE), below)
            shown.append(text)
            heights.append(middle)
    with canvas(height=ROW * below + 0.65 + LEGEND_LINE * legend_rows) as (drawing, axes):
        yield drawing, axes, heights
        axes.set_yticks(heights, shown, fontsize=LABEL_SIZE)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-below + 0.4, 0.6)
        axes.xaxis.grid(True, color=PALE, linewidth=0.6)
        axes.set_axisbelow(True)
        for height, heading in titles:
            _draw_heading(axes, height, heading)


def _placed(lines: list[str], above: float) -> tuple[str, float, float]:
    """Lines of a label as one text, the height of their middle, and how far down the next label starts, in rows."""
    more = FURTHER_LINE * (len(lines) - 1)
    return "\n".join(lines), -above - more / 2, above + 1 + more


def _draw_heading(axes, height: float, text: str) -> None:
    """A heading over the whole width: it is longer than the labels."""
    across = blended_transform_factory(axes.figure.transFigure, axes.transData)
    words = axes.text(0.01, height - 0.1, text, transform=across, va="center", fontsize=HEADING_SIZE, fontweight="bold")
    words.set(zorder=4, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})
    words.set_in_layout(False)


def nothing(words: str | None, data: pd.DataFrame) -> Figure:
    """A figure that says why there is nothing to draw, in words marked for translation."""
    words = _(words or mark("The rows hold nothing that this could be computed from."))
    with canvas(height=0.8) as (drawing, axes):
        axes.set_axis_off()
        axes.text(0.5, 0.5, "\n".join(textwrap.wrap(words, 85)), ha="center", va="center", transform=axes.transAxes)
    return Figure(drawing, data, words, _("An empty chart with these words: {words}").format(words=words))


def marked(figure: Figure, synthetic: bool) -> Figure:
    """A figure of made-up respondents that says so; see `unicluster.figures.marked`."""
    return style.marked(figure, synthetic, mark("synthetic respondents"))
