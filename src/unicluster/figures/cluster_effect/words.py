"""What the figures of this chapter share: names of clusters, and rows of dots, one colour and marker a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from unicluster.figures.style import BLUE, GREEN, ORANGE, PALE, PURPLE
from unicluster.language import _

COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
MARKERS = ("o", "s", "^", "D")


def called(cluster: str, names: Mapping[str, str]) -> str:
    """Name of a cluster, or of all together, in the language in use."""
    return _(names[cluster]) if cluster in names else _("All together")


def ordered(wide: pd.DataFrame) -> pd.DataFrame:
    """Clusters from the smallest mean to the largest, the total last."""
    return wide.loc[[*wide.drop("total").mean(axis=1).sort_values(kind="stable").index, "total"]]


def dot_rows(axes: Axes, wide: pd.DataFrame, names: Mapping[str, str], labels: Sequence[str]) -> None:
    """One row a cluster, one dot a column."""
    for y in range(len(wide)):
        axes.axhline(y, color=PALE, linewidth=0.8, zorder=0)
    for place, (column, label) in enumerate(zip(wide.columns, labels, strict=True)):
        marker, colour = MARKERS[place % len(MARKERS)], COLOURS[place % len(COLOURS)]
        axes.plot(wide[column], range(len(wide)), marker, color=colour, markersize=7, label=label)
    axes.set_yticks(range(len(wide)), [called(cluster, names) for cluster in wide.index])
