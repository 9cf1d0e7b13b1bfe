"""What the figures of this chapter share: drawings measured in inches, wrapped labels, looks of the roles."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from unicluster.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, VERMILION
from unicluster.language import _

WIDTH = 6.4
"""Inches: narrower than the text, so that labels stay readable on a phone."""

LINE = 0.18
"""Inches from one line of a label to the next."""

SIZE = 9.5
"""Points: size of labels."""

ROLE_LOOKS = {
    "producer": (BLUE, "o"),
    "supplier": (ORANGE, "s"),
    "research": (GREEN, "^"),
    "higher-education": (INK, "D"),
    "vocational-education": (VERMILION, "P"),
    "other": (PURPLE, "v"),
    "unknown": (GREY, "X"),
}
"""Colour and marker of each role: either tells them apart."""


def in_inches(axes: Axes, width: float, bottom: float, top: float = 0.0) -> None:
    """Measure the drawing in inches from its left side and downwards, and hide the axes."""
    axes.set_xlim(0, width)
    axes.set_ylim(bottom, top)
    axes.set_axis_off()


def wrap(text: str, width: int) -> str:
    """Break a label into lines of at most ``width`` characters."""
    return textwrap.fill(text, width, break_long_words=False)


def height_of(label: str) -> float:
    """Inches that a label of one or more lines takes, with the gap to the next."""
    return LINE * (label.count("\n") + 1.5)


def stack(labels: Iterable[str], top: float = 0.0) -> list[float]:
    """Middle of each label, in inches from above, when they stand below each other."""
    middles = []
    for label in labels:
        middles.append(top + height_of(label) / 2)
        top += height_of(label)
    return middles


def role_handles(used: Iterable[str], headings: Mapping[str, str]) -> list[Line2D]:
    """A legend entry for each role that is drawn, in the order of the headings."""
    drawn = set(used)
    return [
        Line2D([], [], linestyle="", marker=ROLE_LOOKS[role][1], color=ROLE_LOOKS[role][0], label=_(heading))
        for role, heading in headings.items()
        if role in drawn
    ]
