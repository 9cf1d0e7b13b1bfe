"""Several answers to one question, weights, and answers that are missing."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Patch

from unicluster.figures.style import BLACK, BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, SKY, Figure
from unicluster.figures.survey.rows import LABEL, labelled_rows, nothing, shortened

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
    labels = [shortened(option, LABEL) for option in table["option"]]
    with labelled_rows(labels, list(table["title"]), legend_rows=0) as (drawing, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["share"], heights, "o", color=BLUE, markersize=5)
        for height, row in zip(heights, table.itertuples(), strict=True):
            axes.text(row.high + 1, height, str(row.count), fontsize=8, va="center", color=INK)
        axes.set_xlim(0, min(104, table["high"].max() * 1.15 + 4))
        axes.set_xlabel("Share of those who answered, %")
    base, title = table["base"].iloc[0], table["title"].iloc[0]
    caption = f"{title}: options chosen by {base} respondents, with {100 * confidence:.0f} % Wilson intervals."
    told = "; ".join(f"{r.option} {r.share:.0f} % ({r.low:.0f} to {r.high:.0f})" for r in table.itertuples())
    return Figure(drawing, table, caption, f"Dots with intervals, one an option. {told}.")


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
    labels = [group for _ in options for group in groups]
    headings = [option for option in options for _ in groups]
    with labelled_rows([shortened(label, LABEL) for label in labels], headings, 0) as (drawing, axes, heights):
        for height, row in zip(heights, table.itertuples(), strict=True):
            colour, marker = GROUPS[groups.index(row.group) % len(GROUPS)]
            axes.hlines(height, row.low, row.high, color=colour, linewidth=1.6)
            axes.plot(row.share, height, marker, color=colour, markersize=5)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Share of the group, %")
    by = table["by"].iloc[0]
    caption = f"Options chosen, by {by}, with {100 * confidence:.0f} % Wilson intervals."
    told = "; ".join(
        f"{option}: " + ", ".join(f"{r.group} {r.share:.0f} %" for r in own.itertuples())
        for option, own in table.groupby("option", sort=False)
    )
    return Figure(drawing, table, caption, f"Dots with intervals, one a group and option. {told}.")


def raked(table: pd.DataFrame) -> Figure:
    """Shares before and after weighting.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.raked`.
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    heading = ["Share of each answer"] * len(table)
    with labelled_rows([shortened(option, LABEL) for option in table["option"]], heading) as (drawing, axes, heights):
        axes.hlines(heights, table["share"], table["weighted_share"], color=GREY, linewidth=1.2)
        axes.plot(table["share"], heights, "o", color=BLUE, label="as answered")
        axes.plot(table["weighted_share"], heights, "s", color=ORANGE, label="weighted to known totals")
        axes.set_xlim(0, table[["share", "weighted_share"]].max().max() * 1.12)
        axes.set_xlabel("Share of those who answered, %")
        drawing.legend(loc="outside upper left", ncols=2)
    told = "; ".join(f"{r.option} {r.share:.1f} %, weighted {r.weighted_share:.1f} %" for r in table.itertuples())
    return Figure(drawing, table, "Answers before and after raking.", f"Two marks an answer. {told}.")


def missing(table: pd.DataFrame) -> Figure:
    """Missing answers of each question by reason.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.answered`.
    """
    if table.empty:
        return nothing("Every respondent answered every question.", table)
    reasons = list(dict.fromkeys(table["reason"]))
    questions = list(table.groupby("title", sort=False))
    labels = [shortened(title, LABEL) for title, _ in questions]
    heading = [f"{table['respondents'].iloc[0]} respondents"] * len(questions)
    with labelled_rows(labels, heading) as (drawing, axes, heights):
        for height, (_, own) in zip(heights, questions, strict=True):
            left = 0.0
            for row in own.itertuples():
                colour = REASONS[reasons.index(row.reason) % len(REASONS)]
                axes.barh(height, row.share, left=left, height=0.6, color=colour)
                left += row.share
            axes.text(left + 0.15, height, str(own["missing"].iloc[0]), fontsize=8, va="center", color=INK)
        axes.set_xlim(0, table.groupby("title")["share"].sum().max() * 1.15 + 0.5)
        axes.set_xlabel("Share of the respondents without an answer, %")
        handles = [Patch(color=REASONS[i % len(REASONS)], label=reason) for i, reason in enumerate(reasons)]
        drawing.legend(handles=handles, loc="outside upper left", ncols=len(reasons))
    told = "; ".join(
        f"{title}: {own['missing'].iloc[0]} ("
        + ", ".join(f"{r.count_} {r.reason}" for r in own.rename(columns={"count": "count_"}).itertuples())
        + ")"
        for title, own in questions
    )
    return Figure(drawing, table, "Answers that are missing, by question and reason.", f"Stacked bars. {told}.")
