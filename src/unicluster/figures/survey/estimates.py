"""Intervals for all options at once, posteriors and differences between options."""

from __future__ import annotations

import pandas as pd
from matplotlib.lines import Line2D

from unicluster.figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, Figure, legend_outside
from unicluster.figures.survey.rows import labelled_rows, nothing
from unicluster.language import _, mark, number

SIMULTANEOUS = {
    "wilson": (mark("each option alone (Wilson)"), BLUE),
    "goodman": (mark("all at once (Goodman)"), ORANGE),
    "sison_glaz": (mark("all at once (Sison–Glaz)"), GREEN),
}
PRIORS = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (PURPLE, "D"), (BLACK, "v"))
VERDICTS = {
    "sure": (mark("sure: Holm"), BLUE, "o"),
    "likely": (mark("likely: Benjamini–Hochberg only"), ORANGE, "s"),
    "open": (mark("open"), GREY, "D"),
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
        return nothing(mark("No single-choice question has two options with a known count."), table)
    with labelled_rows(_labels(table), _titles(table)) as (drawing, axes, heights):
        for shift, (name, (label, colour)) in zip((0.22, 0.0, -0.22), SIMULTANEOUS.items(), strict=True):
            at = [height + shift for height in heights]
            axes.hlines(at, table[f"{name}_low"], table[f"{name}_high"], color=colour, linewidth=2.2, label=_(label))
        axes.plot(table["share"], heights, "o", color=BLACK, markersize=3.5, zorder=3)
        axes.set_xlim(0, 100)
        axes.set_xlabel(_("Share of respondents asked, %"))
        legend_outside(drawing, 3, handlelength=1.4, columnspacing=1.2)
    caption = _("{level} % intervals of each option alone, and of all options of a question at once.")
    line = _(
        "{label} ({title}) {wilson_low} to {wilson_high} % alone, {goodman_low} to {goodman_high} % by Goodman, "
        "{sison_glaz_low} to {sison_glaz_high} % by Sison and Glaz"
    )
    limits = [f"{name}_{end}" for name in SIMULTANEOUS for end in ("low", "high")]
    told = "; ".join(
        line.format(label=_(row["label"]), title=_(row["title"]), **{limit: f"{row[limit]:.0f}" for limit in limits})
        for row in table.to_dict("records")
    )
    alt = _("Three bars an option. {told}.").format(told=told)
    return Figure(drawing, table, caption.format(level=f"{100 * confidence:.0f}"), alt)


def posteriors(table: pd.DataFrame, confidence: float) -> Figure:
    """Posterior mean and credible interval of every point of each scale, one mark a prior.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.posteriors`.
    confidence : float
    """
    if table.empty:
        return nothing(mark("No ordinal question has two options with a known count."), table)
    priors = list(table["prior"].unique())
    first = table[table["prior"].eq(priors[0])]
    with labelled_rows(_labels(first), _titles(first)) as (drawing, axes, heights):
        for place, prior in enumerate(priors):
            own, (colour, marker) = table[table["prior"].eq(prior)], PRIORS[place % len(PRIORS)]
            at = [height + 0.5 * (0.5 - (place + 0.5) / len(priors)) * 1.3 for height in heights]
            axes.hlines(at, own["low"], own["high"], color=colour, linewidth=1.6)
            label = _prior(prior)
            label = f"{label[0].upper()}{label[1:]}" if isinstance(prior, str) else label
            axes.plot(own["mean"], at, marker, color=colour, markersize=4.5, label=label)
        axes.set_xlim(0, 100)
        axes.set_xlabel(_("Share of those whose answer is known, %"))
        legend_outside(drawing, len(priors), title=_("Prior"), title_fontsize=9, alignment="left")
    caption = _("Posterior means and {level} % credible intervals under {n} priors.")
    line = _("{low} to {high} % ({prior})")
    told = "; ".join(
        f"{_(label)} ({_(title)}) "
        + ", ".join(
            line.format(low=f"{r.low:.0f}", high=f"{r.high:.0f}", prior=_prior(r.prior)) for r in own.itertuples()
        )
        for (title, label), own in table.groupby(["title", "label"], sort=False)
    )
    alt = _("Dots with intervals, one a prior. {told}.").format(told=told)
    return Figure(drawing, table, caption.format(level=f"{100 * confidence:.0f}", n=len(priors)), alt)


def comparisons(table: pd.DataFrame, confidence: float) -> Figure:
    """Differences between the options of each question, coloured by how sure they are.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.compare_all_options`.
    confidence : float
    """
    if table.empty:
        return nothing(mark("No single-choice question has two options with a known count to compare."), table)
    # The more frequent option comes first, so that every difference points one way.
    swapped = table["difference"] < 0
    more, less = (table[a].where(~swapped, table[b]) for a, b in (("first", "second"), ("second", "first")))
    low, high = table["low"].where(~swapped, -table["high"]), table["high"].where(~swapped, -table["low"])
    shown = table.assign(more=more, less=less, difference=table["difference"].abs(), low=low, high=high)
    shown = shown.drop(columns=["first", "second"])
    over = _("{first} over {second}")
    labels = [over.format(first=_(m), second=_(s)) for m, s in zip(more, less, strict=True)]
    with labelled_rows(labels, _titles(shown)) as (drawing, axes, heights):
        for height, row in zip(heights, shown.itertuples(), strict=True):
            colour, marker = VERDICTS[row.verdict][1:]
            axes.hlines(height, row.low, row.high, color=colour, linewidth=1.6)
            filled = colour if row.whatever_unknown or row.verdict == "open" else "white"
            axes.plot(row.difference, height, marker, color=colour, markersize=5.5, markerfacecolor=filled)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlabel(_("Difference of the shares, percentage points"))
        handles = [
            Line2D([], [], color=colour, marker=marker, markersize=5.5, label=_(label))
            for label, colour, marker in VERDICTS.values()
        ]
        hollow = {"marker": "o", "color": GREY, "markerfacecolor": "white", "linestyle": "none", "markersize": 5.5}
        handles.append(Line2D([], [], label=_("hollow: unknown answers could undo it"), **hollow))
        legend_outside(drawing, 2, handles=handles)
    caption = _(
        "Differences between options of the same question with {level} % intervals; colours say whether they are sure "
        "after correction for many comparisons."
    ).format(level=f"{100 * confidence:.0f}")
    line = _("{pair} ({title}) {points} points, {verdict}")
    told = "; ".join(
        line.format(pair=label, title=_(r.title), points=f"{r.difference:.0f}", verdict=_(r.verdict))
        for label, r in zip(labels, shown.itertuples(), strict=True)
    )
    alt = _("Dots with intervals, one a pair of options. {told}.").format(told=told)
    return Figure(drawing, shown, caption, alt)


def _labels(table: pd.DataFrame) -> list[str]:
    return [_(label) for label in table["label"]]


def _titles(table: pd.DataFrame) -> list[str]:
    return [_(title) for title in table["title"]]


def _prior(prior: str | float) -> str:
    """Name of a prior, or the weight that it gives to each option."""
    return _(prior) if isinstance(prior, str) else _("weight {value}").format(value=number(f"{prior:g}"))
