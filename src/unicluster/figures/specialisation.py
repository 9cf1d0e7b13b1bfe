"""Figures of the chapter on what a region is good at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from unicluster.display import show
from unicluster.figures.style import BLUE, GREEN, GREY, INK, ORANGE, VERMILION, Figure, canvas
from unicluster.language import _, mark

COMPONENTS = {
    "national": (mark("as the whole country"), GREY),
    "mix": (mark("because of its industries"), ORANGE),
    "regional": (mark("the region's own"), BLUE),
}
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


def location_quotients(table: pd.DataFrame, place: str) -> Figure:
    """Location quotient of each industry with its interval, on a logarithmic scale.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.specialisation`.
    place : str
        Name of the region.
    """
    rows = table[table["location_quotient"].gt(0)].sort_values("location_quotient", ignore_index=True)
    with canvas(height=0.36 * len(rows) + 1.0) as (drawing, axes):
        for y, row in rows.iterrows():
            colour = BLUE if row["low"] > 1 else VERMILION if row["high"] < 1 else GREY
            axes.plot([row["low"], row["high"]], [y, y], color=colour, linewidth=2.5)
            axes.plot(row["location_quotient"], y, "o", color=colour, markersize=7)
            end = row["high"] if row["high"] == row["high"] else row["location_quotient"]
            label = axes.text(end * 1.04, y, show(row["location_quotient"], 2), va="center", fontsize=9)
            label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
        axes.axvline(1, color=INK, linewidth=0.9)
        low, high = rows["location_quotient"].min(), rows["location_quotient"].max()
        low, high = min(low, rows["low"].min()) * 0.85, max(high, rows["high"].max()) * 1.5
        _label_quotients(axes, low, high)
        axes.set_yticks(rows.index, [_(name) for name in rows["name"]])
        axes.set_xlabel(_("Location quotient (1: like the country; logarithmic scale)"))
    told = "; ".join(
        f"{_(r.name)} {show(r.location_quotient, 2)} ({show(r.low, 2)}–{show(r.high, 2)})"
        for r in rows[::-1].itertuples(index=False)
    )
    caption = _("Location quotients of {place} with 95 % intervals. Blue: surely more than the country; red: less.")
    alt = _("One dot an industry with an interval, largest first: {told}.")
    return Figure(drawing, rows[::-1].reset_index(drop=True), caption.format(place=_(place)), alt.format(told=told))


def shift_share(table: pd.DataFrame, years: tuple[int, int]) -> Figure:
    """Components of the change of employment by industry, stacked, with the change itself.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.shift_share_table`; the classical rows are drawn.
    years : tuple of int
        First and last year.
    """
    rows = table[table["method"].eq("classical")]
    wide = rows.pivot(index="name", columns="component", values="jobs")[list(COMPONENTS)]
    change = rows.drop_duplicates("name").set_index("name")["change"]
    order = [n for n in change.sort_values().index if n != "All together"]
    wide, change = wide.loc[order], change.loc[order]
    with canvas(height=0.42 * len(wide) + 1.2) as (drawing, axes):
        below, above = np.zeros(len(wide)), np.zeros(len(wide))
        for part, (words, colour) in COMPONENTS.items():
            values = wide[part].to_numpy() / 1000
            start = np.where(values >= 0, above, below)
            axes.barh(range(len(wide)), values, left=start, color=colour, height=0.62, label=_(words))
            above, below = above + np.maximum(values, 0), below + np.minimum(values, 0)
        axes.plot(change / 1000, range(len(wide)), "D", color=INK, markersize=6, label=_("the change itself"))
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_yticks(range(len(wide)), [_(name) for name in wide.index])
        axes.set_xlabel(
            _("Change of employment {first} to {last}, thousand people").format(first=years[0], last=years[1])
        )
        drawing.legend(loc="outside upper left", ncols=2)
    told = "; ".join(
        _("{name} {change}: country {national}, industries {mix}, own {regional}").format(
            name=_(name),
            change=show(change[name] / 1000),
            **{part: show(row[part] / 1000) for part in COMPONENTS},
        )
        for name, row in wide[::-1].iterrows()
    )
    caption = _("Classical shift-share: what the change of employment would be, and what is the region's own.")
    alt = _("Stacked bars, one an industry, in thousand people. {told}.").format(told=told)
    return Figure(drawing, wide.assign(change=change)[::-1].reset_index(), caption, alt)


def nearness(table: pd.DataFrame) -> Figure:
    """Relatedness density against the location quotient: what the region has, and what is near to it.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.specialisation`.
    """
    rows = table[table["density_percent"].notna() & table["location_quotient"].gt(0)]
    rows = rows.sort_values("density_percent", ignore_index=True)
    with canvas(height=3.9) as (drawing, axes):
        has = rows["location_quotient"].ge(1)
        for chosen, colour, marker, words in (
            (has, BLUE, "o", _("specialised in")),
            (~has, GREEN, "D", _("not specialised in")),
        ):
            own = rows[chosen]
            axes.plot(own["location_quotient"], own["density_percent"], marker, color=colour, markersize=8, label=words)
        for row in rows.itertuples(index=False):
            left = _crowded(row, rows)
            place = row.location_quotient * (0.95 if left else 1.055)
            ha = "right" if left else "left"
            label = axes.text(place, row.density_percent, _(row.name), va="center", ha=ha, fontsize=9)
            label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8})
        axes.axvline(1, color=GREY, linewidth=0.8)
        low, high = rows["location_quotient"].min() * 0.6, rows["location_quotient"].max() * 1.7
        _label_quotients(axes, low, high)
        axes.set_ylim(-6, 106)
        axes.set_xlabel(_("Location quotient (logarithmic scale)"))
        axes.set_ylabel(_("Related industries present, %"))
        drawing.legend(loc="outside upper left", ncols=2)
    told = "; ".join(
        _("{name}: quotient {quotient}, {density} % of what is related").format(
            name=_(r.name), quotient=show(r.location_quotient, 2), density=show(r.density_percent, 0)
        )
        for r in rows[::-1].itertuples(index=False)
    )
    caption = _("How much of what is related to each industry the region already has, against the industry's quotient.")
    alt = _("One mark an industry. {told}.").format(told=told)
    return Figure(drawing, rows[::-1].reset_index(drop=True), caption, alt)


def _label_quotients(axes: Axes, low: float, high: float) -> None:
    """A logarithmic axis of quotients with round numbers."""
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    ticks = [tick for tick in TICKS if low <= tick <= high]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FixedFormatter([show(float(t), 1 if t < 1 else 0) for t in ticks]))
    axes.xaxis.set_minor_locator(NullLocator())


def _crowded(row: Any, rows: pd.DataFrame) -> bool:
    """Whether another mark stands where the label to the right of this one would."""
    ratio = rows["location_quotient"] / row.location_quotient
    return bool((ratio.between(1.0001, 1.6) & (rows["density_percent"] - row.density_percent).abs().lt(7)).any())
