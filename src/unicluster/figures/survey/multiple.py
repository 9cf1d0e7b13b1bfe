"""Several answers to one question, weights, and answers that are missing."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Patch

from unicluster.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    Figure,
    legend_outside,
)
from unicluster.figures.survey.rows import labelled_rows, nothing
from unicluster.language import _, mark, number

GROUPS = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (PURPLE, "D"), (BLACK, "v"), (SKY, "P"))
REASONS = (BLUE, ORANGE, PALE, GREEN, PURPLE)


def choices(table: pd.DataFrame, confidence: float) -> Figure:
    """Share of respondents who chose each option.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.choices`.
    confidence : float
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    labels = [_(option) for option in table["option"]]
    with labelled_rows(labels, [_(title) for title in table["title"]], legend_rows=0) as (drawing, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["share"], heights, "o", color=BLUE, markersize=5)
        for height, row in zip(heights, table.itertuples(), strict=True):
            axes.text(row.high + 1, height, str(row.count), fontsize=8, va="center", color=INK)
        axes.set_xlim(0, min(104, table["high"].max() * 1.15 + 4))
        axes.set_xlabel(_("Share of those who answered, %"))
    title, base = table["title"].iloc[0], table["base"].iloc[0]
    caption = _("{title}: options chosen by {n} respondents, with {level} % Wilson intervals.").format(
        title=_(title), n=base, level=f"{100 * confidence:.0f}"
    )
    line = _("{name} {share} % ({low} to {high})")
    told = "; ".join(
        line.format(name=_(r.option), share=f"{r.share:.0f}", low=f"{r.low:.0f}", high=f"{r.high:.0f}")
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, _("Dots with intervals, one an option. {told}.").format(told=told))


def choices_by_group(table: pd.DataFrame, confidence: float) -> Figure:
    """Share of each option within groups.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.choices_by_group`.
    confidence : float
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    groups = list(dict.fromkeys(table["group"]))
    options = list(dict.fromkeys(table["option"]))
    labels = [_(group) for _option in options for group in groups]
    headings = [_(option) for option in options for _group in groups]
    with labelled_rows(labels, headings, legend_rows=0) as (drawing, axes, heights):
        for height, row in zip(heights, table.itertuples(), strict=True):
            colour, marker = GROUPS[groups.index(row.group) % len(GROUPS)]
            axes.hlines(height, row.low, row.high, color=colour, linewidth=1.6)
            axes.plot(row.share, height, marker, color=colour, markersize=5)
        axes.set_xlim(0, 100)
        axes.set_xlabel(_("Share of the group, %"))
    by = table["by"].iloc[0]
    caption = _("Options chosen, by {by}, with {level} % Wilson intervals.").format(
        by=_(by), level=f"{100 * confidence:.0f}"
    )
    told = "; ".join(
        f"{_(option)}: " + ", ".join(f"{_(r.group)} {r.share:.0f} %" for r in own.itertuples())
        for option, own in table.groupby("option", sort=False)
    )
    alt = _("Dots with intervals, one a group and option. {told}.").format(told=told)
    return Figure(drawing, table, caption, alt)


def raked(table: pd.DataFrame) -> Figure:
    """Shares before and after weighting.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.raked`.
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    heading = [_("Share of each answer")] * len(table)
    labels = [_(option) for option in table["option"]]
    with labelled_rows(labels, heading) as (drawing, axes, heights):
        axes.hlines(heights, table["share"], table["weighted_share"], color=GREY, linewidth=1.2)
        axes.plot(table["share"], heights, "o", color=BLUE, label=_("as answered"))
        axes.plot(table["weighted_share"], heights, "s", color=ORANGE, label=_("weighted to known totals"))
        axes.set_xlim(0, table[["share", "weighted_share"]].max().max() * 1.12)
        axes.set_xlabel(_("Share of those who answered, %"))
        legend_outside(drawing, 2)
    line = _("{answer} {share} %, weighted {weighted} %")
    told = "; ".join(
        line.format(answer=_(r.option), share=number(f"{r.share:.1f}"), weighted=number(f"{r.weighted_share:.1f}"))
        for r in table.itertuples()
    )
    alt = _("Two marks an answer. {told}.").format(told=told)
    return Figure(drawing, table, _("Answers before and after raking."), alt)


def missing(table: pd.DataFrame) -> Figure:
    """Missing answers of each question by reason.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.answered`.
    """
    if table.empty:
        return nothing(mark("Every respondent answered every question."), table)
    reasons = list(dict.fromkeys(table["reason"]))
    questions = list(table.groupby("title", sort=False))
    labels = [_(title) for title, _own in questions]
    heading = [_("{n} respondents").format(n=table["respondents"].iloc[0])] * len(questions)
    with labelled_rows(labels, heading) as (drawing, axes, heights):
        for height, (_title, own) in zip(heights, questions, strict=True):
            left = 0.0
            for row in own.itertuples():
                colour = REASONS[reasons.index(row.reason) % len(REASONS)]
                axes.barh(height, row.share, left=left, height=0.6, color=colour)
                left += row.share
            axes.text(left + 0.15, height, str(own["missing"].iloc[0]), fontsize=8, va="center", color=INK)
        axes.set_xlim(0, table.groupby("title")["share"].sum().max() * 1.15 + 0.5)
        axes.set_xlabel(_("Share of the respondents without an answer, %"))
        handles = [Patch(color=REASONS[i % len(REASONS)], label=_(reason)) for i, reason in enumerate(reasons)]
        legend_outside(drawing, len(reasons), handles=handles)
    line = _("{n} {reason}")
    told = "; ".join(
        f"{_(title)}: {own['missing'].iloc[0]} ("
        + ", ".join(line.format(n=n, reason=_(reason)) for n, reason in zip(own["count"], own["reason"], strict=True))
        + ")"
        for title, own in questions
    )
    caption = _("Answers that are missing, by question and reason.")
    return Figure(drawing, table, caption, _("Stacked bars. {told}.").format(told=told))
