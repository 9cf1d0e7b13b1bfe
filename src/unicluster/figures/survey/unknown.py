"""What unknown answers and unknown overlaps leave open."""

from __future__ import annotations

import pandas as pd
from matplotlib.lines import Line2D

from unicluster.figures.style import BLUE, GREY, INK, ORANGE, Figure, legend_outside
from unicluster.figures.survey.rows import labelled_rows, nothing
from unicluster.language import _, mark, number


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
        return nothing(mark("No single-choice question has options."), table)
    labels = [_(label) for label in table["label"]]
    between = _("{low} to {high} %")
    with labelled_rows(labels, [_(title) for title in table["title"]]) as (drawing, axes, heights):
        axes.hlines(heights, table["clustered_low"], table["clustered_high"], color=GREY, linewidth=1)
        axes.hlines(heights, table["interval_low"], table["interval_high"], color=BLUE, linewidth=3)
        axes.barh(heights, table["high"] - table["low"], left=table["low"], height=0.46, color=ORANGE, zorder=3)
        exact = table["residual"].eq(0)
        at = [height for height, known in zip(heights, exact, strict=True) if known]
        axes.plot(table.loc[exact, "low"], at, "D", color=ORANGE, markersize=6, zorder=3)
        for height, row in zip(heights, table.itertuples(), strict=True):
            low, high = f"{row.low:.0f}", f"{row.high:.0f}"
            words = f"{low} %" if row.residual == 0 else between.format(low=low, high=high)
            axes.text(row.clustered_high + 1, height, words, va="center", fontsize=8, color=INK)
        axes.set_xlim(0, 112)
        axes.set_xticks(range(0, 101, 20))
        axes.set_xlabel(_("Share of respondents asked, %"))
        sampling = _("Imbens–Manski, {level} %").format(level=f"{100 * confidence:.0f}")
        alike = _("and intraclass correlation {icc}").format(icc=number(f"{icc:g}"))
        handles = [
            Line2D([], [], color=ORANGE, linewidth=6, label=_("Manski bounds")),
            Line2D([], [], color=BLUE, linewidth=3, label=sampling),
            Line2D([], [], color=GREY, linewidth=1, label=alike),
        ]
        legend_outside(drawing, 3, handles=handles, handlelength=1.4, columnspacing=1.2)
    caption = _("Shares that the unknown answers allow, and the intervals that allow for sampling as well.")
    line = _(
        "{label} ({title}) {low} to {high} %, with sampling {interval_low} to {interval_high} %, with clustering "
        "{clustered_low} to {clustered_high} %"
    )
    limits = ("interval_low", "interval_high", "clustered_low", "clustered_high")
    told = "; ".join(
        line.format(
            label=_(row["label"]),
            title=_(row["title"]),
            low=number(f"{row['low']:.1f}"),
            high=number(f"{row['high']:.1f}"),
            **{limit: f"{row[limit]:.0f}" for limit in limits},
        )
        for row in table.to_dict("records")
    )
    return Figure(drawing, table, caption, _("Nested bars, one a question. {told}.").format(told=told))


def overlaps(table: pd.DataFrame) -> Figure:
    """How many respondents may have chosen both of two items of a question with several answers.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.item_overlaps`.
    """
    if table.empty:
        return nothing(mark("No question allowed several answers, so no overlaps are unknown."), table)
    both, between = _("{first} and {second}"), _("{low} to {high}")
    exclusive = _("(or {low} to {high})")
    labels = [both.format(first=_(r.first), second=_(r.second)) for r in table.itertuples()]
    with labelled_rows(labels, [_(title) for title in table["title"]]) as (drawing, axes, heights):
        axes.barh(heights, table["high"] - table["low"], left=table["low"], height=0.5, color=BLUE, alpha=0.35)
        width = table["exclusive_high"] - table["exclusive_low"]
        axes.barh(heights, width, left=table["exclusive_low"], height=0.22, color=BLUE)
        for height, row in zip(heights, table.itertuples(), strict=True):
            words = between.format(low=row.low, high=row.high)
            if (row.exclusive_low, row.exclusive_high) != (row.low, row.high):
                words += " " + exclusive.format(low=row.exclusive_low, high=row.exclusive_high)
            axes.text(row.high + 0.4, height, words, va="center", fontsize=8, color=INK)
        axes.set_xlim(0, table["high"].max() * 1.3 + 1)
        axes.set_xlabel(_("Respondents who may have chosen both"))
        handles = [
            Line2D([], [], color=BLUE, alpha=0.35, linewidth=7, label=_("Fréchet bounds")),
            Line2D([], [], color=BLUE, linewidth=3, label=_("if “hard to answer” excludes other answers")),
        ]
        legend_outside(drawing, 2, handles=handles, handlelength=1.4)
    caption = _("How many respondents may have chosen both of two items: only the margins are published.")
    told = "; ".join(
        f"{label} {between.format(low=r.low, high=r.high)}" for label, r in zip(labels, table.itertuples(), strict=True)
    )
    alt = _("Bars of possible numbers, one a pair of items. {told}.").format(told=told)
    return Figure(drawing, table, caption, alt)
