"""Intervals for all options at once, posteriors and differences between options."""

from __future__ import annotations

import pandas as pd
from matplotlib.lines import Line2D

from unicluster.figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, Figure
from unicluster.figures.survey.rows import LABEL, labelled_rows, nothing, pair, shortened

SIMULTANEOUS = {
    "wilson": ("each option alone (Wilson)", BLUE),
    "goodman": ("all at once (Goodman)", ORANGE),
    "sison_glaz": ("all at once (Sison–Glaz)", GREEN),
}
PRIORS = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (PURPLE, "D"), (BLACK, "v"))
VERDICTS = {
    "sure": ("sure: Holm", BLUE, "o"),
    "likely": ("likely: Benjamini–Hochberg only", ORANGE, "s"),
    "open": ("open", GREY, "D"),
}


def simultaneous(table: pd.DataFrame, confidence: float) -> Figure:
    """Intervals of each option alone beside intervals that hold for all options of a question at once.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.simultaneous_intervals`.
    confidence : float
    """
    if table.empty:
        return nothing("No single-choice question has two options with a known count.", table)
    with labelled_rows(_labels(table), list(table["title"])) as (drawing, axes, heights):
        for shift, (name, (label, colour)) in zip((0.22, 0.0, -0.22), SIMULTANEOUS.items(), strict=True):
            at = [height + shift for height in heights]
            axes.hlines(at, table[f"{name}_low"], table[f"{name}_high"], color=colour, linewidth=2.2, label=label)
        axes.plot(table["share"], heights, "o", color=BLACK, markersize=3.5, zorder=3)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Share of respondents asked, %")
        drawing.legend(loc="outside upper left", ncols=3, handlelength=1.4, columnspacing=1.2)
    caption = f"{100 * confidence:.0f} % intervals of each option alone, and of all options of a question at once."
    told = "; ".join(
        f"{r.label} ({r.title}) {r.wilson_low:.0f} to {r.wilson_high:.0f} % alone, {r.goodman_low:.0f} to "
        f"{r.goodman_high:.0f} % by Goodman, {r.sison_glaz_low:.0f} to {r.sison_glaz_high:.0f} % by Sison and Glaz"
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, f"Three bars an option. {told}.")


def posteriors(table: pd.DataFrame, confidence: float) -> Figure:
    """Posterior mean and credible interval of every point of each scale, one mark a prior.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.posteriors`.
    confidence : float
    """
    if table.empty:
        return nothing("No ordinal question has two options with a known count.", table)
    priors = list(table["prior"].unique())
    first = table[table["prior"].eq(priors[0])]
    with labelled_rows(_labels(first), list(first["title"])) as (drawing, axes, heights):
        for place, prior in enumerate(priors):
            own, (colour, marker) = table[table["prior"].eq(prior)], PRIORS[place % len(PRIORS)]
            at = [height + 0.5 * (0.5 - (place + 0.5) / len(priors)) * 1.3 for height in heights]
            axes.hlines(at, own["low"], own["high"], color=colour, linewidth=1.6)
            label = prior.capitalize() if isinstance(prior, str) else f"weight {prior:g}"
            axes.plot(own["mean"], at, marker, color=colour, markersize=4.5, label=label)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Share of those whose answer is known, %")
        drawing.legend(loc="outside upper left", ncols=len(priors), title="Prior", title_fontsize=9, alignment="left")
    caption = f"Posterior means and {100 * confidence:.0f} % credible intervals under {len(priors)} priors."
    told = "; ".join(
        f"{label} ({title}) " + ", ".join(f"{r.low:.0f} to {r.high:.0f} % ({r.prior})" for r in own.itertuples())
        for (title, label), own in table.groupby(["title", "label"], sort=False)
    )
    return Figure(drawing, table, caption, f"Dots with intervals, one a prior. {told}.")


def comparisons(table: pd.DataFrame, confidence: float) -> Figure:
    """Differences between the options of each question, coloured by how sure they are.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.compare_all_options`.
    confidence : float
    """
    if table.empty:
        return nothing("No single-choice question has two options with a known count to compare.", table)
    # The more frequent option comes first, so that every difference points one way.
    swapped = table["difference"] < 0
    more, less = (table[a].where(~swapped, table[b]) for a, b in (("first", "second"), ("second", "first")))
    low, high = table["low"].where(~swapped, -table["high"]), table["high"].where(~swapped, -table["low"])
    shown = table.assign(more=more, less=less, difference=table["difference"].abs(), low=low, high=high)
    shown = shown.drop(columns=["first", "second"])
    labels = [pair(m, "over", s) for m, s in zip(more, less, strict=True)]
    with labelled_rows(labels, list(shown["title"])) as (drawing, axes, heights):
        for height, row in zip(heights, shown.itertuples(), strict=True):
            _, colour, marker = VERDICTS[row.verdict]
            axes.hlines(height, row.low, row.high, color=colour, linewidth=1.6)
            filled = colour if row.whatever_unknown or row.verdict == "open" else "white"
            axes.plot(row.difference, height, marker, color=colour, markersize=5.5, markerfacecolor=filled)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlabel("Difference of the shares, percentage points")
        handles = [
            Line2D([], [], color=colour, marker=marker, markersize=5.5, label=label)
            for label, colour, marker in VERDICTS.values()
        ]
        hollow = {"marker": "o", "color": GREY, "markerfacecolor": "white", "linestyle": "none", "markersize": 5.5}
        handles.append(Line2D([], [], label="hollow: unknown answers could undo it", **hollow))
        drawing.legend(handles=handles, loc="outside upper left", ncols=2)
    caption = (
        f"Differences between options of the same question with {100 * confidence:.0f} % intervals; colours say "
        "whether they are sure after correction for many comparisons."
    )
    told = "; ".join(
        f"{r.more} over {r.less} ({r.title}) {r.difference:.0f} points, {r.verdict}" for r in shown.itertuples()
    )
    return Figure(drawing, shown, caption, f"Dots with intervals, one a pair of options. {told}.")


def _labels(table: pd.DataFrame) -> list[str]:
    return [shortened(label, LABEL) for label in table["label"]]
