"""What clustering costs, how far two questions could go together, and what sample would tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullFormatter

from unicluster.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    TAG_COLOURS,
    Figure,
    canvas,
    legend_outside,
    wrapped,
)
from unicluster.figures.survey.rows import labelled_rows, nothing
from unicluster.language import _, mark, number


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
        return nothing(mark("One university says nothing about how alike the answers within universities are."), table)
    with canvas(height=2.9, ncols=2) as (drawing, (left, right)):
        least, most = table["effective_sample_low"], table["effective_sample"]
        left.fill_between(table["icc"], least, most, color=PALE, label=_("unequal numbers"))
        left.plot(table["icc"], most, "o-", color=BLUE, markersize=5, label=_("equal numbers"))
        left.set_ylim(0, base * 1.12)
        _titled(left, _("Respondents that count"))
        left.legend(loc="upper right", bbox_to_anchor=(1, 1.02))
        right.plot(table["icc"], table["half_width"], "o-", color=BLUE, markersize=5)
        right.set_ylim(0, table["half_width"].max() * 1.2)
        _titled(right, _("Half width of a share of one half, points"))
        for axes, column in ((left, "effective_sample"), (right, "half_width")):
            for row in _apart(table).to_dict("records"):
                at = (row["icc"], row[column])
                axes.annotate(f"{row[column]:.0f}", at, (0, 6), textcoords="offset points", ha="center", size=8)
            axes.set_xlim(-0.02 * table["icc"].max() - 0.008, table["icc"].max() * 1.08 + 0.001)
            axes.set_xlabel(_("Intraclass correlation"))
    caption = _("What {n} respondents at {universities} universities are worth when answers within one are alike.")
    line = _(
        "at {icc} they count as {n} (as few as {least} if one university has nearly all), half width {width} points"
    )
    told = "; ".join(
        line.format(
            icc=number(f"{r.icc:g}"),
            n=f"{r.effective_sample:.0f}",
            least=f"{r.effective_sample_low:.0f}",
            width=f"{r.half_width:.0f}",
        )
        for r in table.itertuples()
    )
    alt = _("Two curves over the intraclass correlation: {told}.").format(told=told)
    return Figure(drawing, table, caption.format(n=base, universities=universities), alt)


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
        none = mark("There are no two ordinal questions with known counts, so there is no association to bound.")
        return nothing(none, data)
    colour = TAG_COLOURS["synthetic"]
    labels = [_("Bounds"), _("Draws")] * len(bounds)
    titles = [f"{_(r.first_title)} × {_(r.second_title)}" for r in bounds.itertuples()]
    headings = [title for title in titles for _row in range(2)]
    untried = _("too many unknown answers to try out")
    with labelled_rows(labels, headings) as (drawing, axes, heights):
        for place, row in enumerate(bounds.itertuples()):
            above, below = heights[2 * place : 2 * place + 2]
            own = values[values["first"].eq(row.first) & values["second"].eq(row.second)]["value"]
            axes.vlines(own, below - 0.32, below + 0.32, color=colour, linewidth=0.7)
            if np.isnan(row.low):
                axes.text(0, above, untried, ha="center", va="center", fontsize=8)
                continue
            axes.hlines(above, row.low, row.high, color=BLUE, linewidth=5)
            for end, side in ((row.low, "right"), (row.high, "left")):
                words = number(f"{end:.2f}".replace("-", "−"))
                shift = -0.03 if side == "right" else 0.03
                axes.text(end + shift, above, words, ha=side, va="center", fontsize=8, color=INK)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(-1.25, 1.25)
        axes.set_xticks(np.linspace(-1, 1, 5))
        axes.set_xlabel(_("Spearman's rank correlation"))
        axes.plot([], [], color=BLUE, linewidth=5, label=_("sharp bounds, everybody"))
        axes.plot([], [], color=colour, linewidth=1.5, label=_("values that came up in synthetic respondents"))
        legend_outside(drawing, 2, handlelength=1.4)
    caption = _(
        "Rank correlation of two questions: what the published margins allow, and {n} synthetic surveys that all "
        "reproduce them."
    ).format(n=int(spreads["draws"].max()))
    ranges = spreads.set_index(["first", "second"])
    line = _("{first} and {second}: bounds {low} to {high}, synthetic draws {drawn_low} to {drawn_high}")
    unbounded = _(
        "{first} and {second}: too many unknown answers to try out, synthetic draws {drawn_low} to {drawn_high}"
    )
    told = "; ".join(
        (unbounded if np.isnan(r.low) else line).format(
            first=_(r.first_title),
            second=_(r.second_title),
            low=number(f"{r.low:.2f}"),
            high=number(f"{r.high:.2f}"),
            drawn_low=number(f"{ranges.loc[(r.first, r.second), 'low']:.2f}"),
            drawn_high=number(f"{ranges.loc[(r.first, r.second), 'high']:.2f}"),
        )
        for r in bounds.itertuples()
    )
    alt = _("A bar and a row of ticks for each pair of questions. {told}.").format(told=told)
    return Figure(drawing, data, caption, alt)


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
    named = _("true correlation {value}")
    with canvas(height=3.3) as (drawing, axes):
        for (true, own), colour in zip(curves.groupby("correlation"), (BLUE, ORANGE, GREEN, PURPLE) * 9, strict=False):
            label = named.format(value=number(f"{true:g}"))
            axes.plot(own["universities"], 100 * own["power"], color=colour, label=label)
            axes.plot(own["universities"], 100 * own["power_attenuated"], color=colour, linestyle=(0, (4, 2)))
        measured = _("measured by few answers (ICC {icc})").format(icc=number(f"{icc:g}"))
        axes.plot([], [], color=GREY, linestyle=(0, (4, 2)), label=measured)
        axes.axhline(100 * wanted, color=GREY, linewidth=0.8)
        if universities:
            axes.axvline(universities, color=INK, linewidth=0.8)
            words = _("this survey: {n}").format(n=universities)
            axes.text(universities * 1.04, 97, words, fontsize=9, va="top")
        axes.set_xscale("log")
        axes.set_xlim(min(universities or 4, 4) * 0.9, curves["universities"].max())
        axes.set_ylim(0, 102)
        ticks = [tick for tick in (2, 5, 10, 20, 50, 100, 200, 400) if tick >= axes.get_xlim()[0]]
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xlabel(_("Universities (logarithmic scale)"))
        axes.set_ylabel(_("Chance of finding it, %"))
        legend_outside(drawing, 2)
    caption = _("Chance that a sample of universities shows that more active ones have more clusters.")
    at_most = curves[curves["universities"] <= max(universities, curves["universities"].min())]
    told = "; ".join(
        f"{named.format(value=number(f'{true:g}'))}: {100 * own['power'].max():.0f} %"
        for true, own in at_most.groupby("correlation")
    )
    alt = _("Power curves over the number of universities. At {n}: {told}.").format(n=universities, told=told)
    return Figure(drawing, curves, caption, alt)


def _titled(axes: Axes, title: str) -> None:
    """A title over one of two charts, in as many lines as it needs there."""
    axes.set_title("\n".join(wrapped(title, 3.2, 10, "bold")), fontsize=10)


def _apart(table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose labels do not touch those before them."""
    gap, kept = 0.1 * table["icc"].max(), []
    for icc in table["icc"]:
        if not kept or icc - kept[-1] >= gap:
            kept.append(icc)
    return table[table["icc"].isin(kept)]
