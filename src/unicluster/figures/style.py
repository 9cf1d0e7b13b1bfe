"""The house style: one size, one palette, one way to save a figure."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import matplotlib
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import Formatter

from unicluster import language
from unicluster.language import mark

WIDTH = 7.2
"""Inches: the text width of the book."""

LEGEND_LINE = 0.2
"""Inches that one more line of a legend takes."""

# Okabe and Ito (2008): distinguishable with every common colour blindness.
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#000000"
INK, GREY, PALE = "#222222", "#767676", "#D9D9D9"

TAG_COLOURS = {
    "stated": BLUE,
    "implied": SKY,
    "bounded": ORANGE,
    "recomputed": GREEN,
    "assumed": PURPLE,
    "synthetic": VERMILION,
}
"""The same tag has the same colour in every figure."""

STYLE = {
    "axes.edgecolor": GREY,
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "unicluster",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": INK,
    "xtick.labelsize": 9,
    "ytick.color": INK,
    "ytick.labelsize": 10,
}


@dataclass(frozen=True)
class Figure:
    """A drawing with what a reader needs to check it or to do without it.

    Attributes
    ----------
    canvas : matplotlib Figure
    data : DataFrame
        Every number drawn, tidy.
    caption : str
        What it shows, plain text.
    alt : str
        What a reader who cannot see it must be told, made from the data.
    """

    canvas: Canvas
    data: pd.DataFrame
    caption: str
    alt: str

    def svg(self) -> str:
        """The drawing as SVG text, the same bytes for the same data."""
        _localise_ticks(self.canvas)
        buffer = io.StringIO()
        with matplotlib.rc_context(STYLE):
            self.canvas.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
        # Matplotlib names its own version in a comment, which would change the bytes with every release.
        text = re.sub(r"<!--.*?-->\n?", "", buffer.getvalue(), flags=re.DOTALL)
        return _number_ids(text)

    def png(self, dpi: int = 170) -> bytes:
        """The drawing as a picture of points, for documents that take no SVG."""
        _localise_ticks(self.canvas)
        buffer = io.BytesIO()
        with matplotlib.rc_context(STYLE):
            self.canvas.savefig(buffer, format="png", dpi=dpi, bbox_inches="tight", metadata={"Software": None})
        return buffer.getvalue()


def marked(figure: Figure | None, synthetic: bool, words: str = mark("synthetic data")) -> Figure | None:
    """A figure of invented data that says so in the drawing, the caption and the alternative text.

    Parameters
    ----------
    figure : Figure or None
        None, where there is nothing to draw, stays None.
    synthetic : bool
        False leaves the figure as it is.
    words : str
        What is synthetic.
    """
    if figure is None or not synthetic:
        return figure
    told = language._(words)
    # Below the drawing: the saved picture grows by a line, and nothing can lie under the words.
    figure.canvas.text(1.0, -0.01, told, ha="right", va="top", fontsize=9, color=TAG_COLOURS["synthetic"])
    return replace(
        figure,
        caption=f"{figure.caption.removesuffix('.')} ({told}).",
        alt=f"{told[0].upper()}{told[1:]}. {figure.alt}",
    )


class _LocalNumbers(Formatter):
    """Tick labels of another formatter with the decimal sign of the language in use."""

    def __init__(self, inner: Formatter):
        self._inner = inner

    def __call__(self, value: float, position: int | None = None) -> str:
        return language.number(self._inner(value, position))

    def set_axis(self, axis: object) -> None:
        self._inner.set_axis(axis)

    def set_locs(self, locations: Sequence[float]) -> None:
        self._inner.set_locs(locations)

    def get_offset(self) -> str:
        return language.number(self._inner.get_offset())


def _localise_ticks(drawing: Canvas) -> None:
    """Write the numbers of every axis as the language in use does; Matplotlib would follow the machine's locale."""
    if language.code() == "en":
        return
    for axes in drawing.axes:
        for axis in (axes.xaxis, axes.yaxis):
            formatter = axis.get_major_formatter()
            if not isinstance(formatter, _LocalNumbers):
                axis.set_major_formatter(_LocalNumbers(formatter))


def _number_ids(svg: str) -> str:
    """Number the identifiers that Matplotlib hashes from coordinates, whose last bits differ between machines."""
    found = dict.fromkeys(re.findall(r'id="([a-z][0-9a-f]{10})"', svg))
    numbers = {name: f"{name[0]}-{number}" for number, name in enumerate(found)}
    return re.sub(r'(?<=[#"])[a-z][0-9a-f]{10}(?=[")])', lambda told: numbers.get(told[0], told[0]), svg)


@contextmanager
def canvas(height: float, width: float = WIDTH, **subplots: object) -> Iterator[tuple[Canvas, object]]:
    """Open an empty drawing in the house style.

    Parameters
    ----------
    height, width : float
        Inches.
    **subplots
        Passed to ``Figure.subplots`` (``nrows``, ``ncols``, ``sharex`` …).

    Yields
    ------
    canvas : matplotlib Figure
        Not registered with pyplot, so that no notebook shows it twice.
    axes : Axes or array of Axes
    """
    with matplotlib.rc_context(STYLE):
        drawing = Canvas(figsize=(width, height), layout="constrained")
        yield drawing, drawing.subplots(**subplots)


def legend_outside(drawing: Canvas, most: int, loc: str = "outside upper left", **options: object) -> None:
    """A legend above or below the axes in as many columns as the width allows.

    Words of another language may be longer: what then takes more lines makes the drawing higher.

    Parameters
    ----------
    drawing : matplotlib Figure
    most : int
        Columns where there is room for them.
    loc, **options
        Passed to ``Figure.legend``.
    """
    for columns in range(most, 0, -1):
        legend = drawing.legend(loc=loc, ncols=columns, **options)
        if columns == 1 or legend.get_window_extent().width <= drawing.bbox.width:
            break
        legend.remove()
    entries = len(legend.get_texts())
    more = math.ceil(entries / columns) - math.ceil(entries / most)
    drawing.set_figheight(drawing.get_figheight() + LEGEND_LINE * more)


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """A text in lines that are no wider than given, measured and not counted: letters differ in width.

    Parameters
    ----------
    text : str
    width : float
        Inches.
    size : float
        Points.
    weight : str
        Of the font.
    """
    lines = [""]
    # No-break spaces keep together what they join.
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Inches that a line of text takes in the house font at a size in points."""
    font = FontProperties(family=STYLE["font.family"], size=size, weight=weight)
    # With a resolution of 72, points are what the font is measured in.
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """Move label positions apart so that none is nearer than ``gap`` to the next, keeping their order.

    Parameters
    ----------
    positions : sequence of float
        Where the labels want to stand.
    gap : float
        Least distance, in the same unit.

    Returns
    -------
    list of float
        One position a label, in the order given.
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    groups: list[list[float]] = []  # [sum of wanted positions less their offsets, size]
    for rank, i in enumerate(order):
        groups.append([positions[i] - rank * gap, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, size = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += size
    starts = [total / size for total, size in groups for _ in range(size)]
    placed = {i: start + rank * gap for rank, (i, start) in enumerate(zip(order, starts, strict=True))}
    return [placed[i] for i in range(len(positions))]
