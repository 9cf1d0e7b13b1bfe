"""What moves an answer: odds ratios, slopes at each cut, marginal effects and bootstrap draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import NullFormatter

from unicluster.figures.style import BLUE, GREY, INK, ORANGE, PALE, Figure, canvas, legend_outside
from unicluster.figures.survey.rows import labelled_rows, nothing
from unicluster.language import _, number

DASHED = (0, (4, 2))


def odds_ratios(table: pd.DataFrame, confidence: float) -> Figure:
    """Odds ratios with intervals that know of universities and intervals that do not.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.explained`.
    confidence : float
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    heading = [_("Odds of a higher answer, multiplied by")] * len(table)
    with labelled_rows(_labels(table["predictor"]), heading) as (drawing, axes, heights):
        at, freedom = np.array(heights), table["clusters"].iloc[0] - 1
        axes.hlines(at + 0.13, table["naive_low"], table["naive_high"], color=ORANGE, linewidth=2.0,
                    label=_("as if respondents were independent"))  # fmt: skip
        clustered = _("clustered by university (t, {n} degrees of freedom)").format(n=freedom)
        axes.hlines(at - 0.13, table["low"], table["high"], color=BLUE, linewidth=2.0, label=clustered)
        axes.plot(table["odds_ratio"], at, "o", color=INK, markersize=4.5, zorder=3)
        axes.axvline(1, color=GREY, linewidth=0.8)
        _logarithmic(axes, min(table["low"].min(), table["naive_low"].min()), max(table["high"].max(), 1.0))
        axes.set_xlabel(_("Odds ratio (logarithmic scale)"))
        legend_outside(drawing, 2, handlelength=1.4)
    caption = _("Odds ratios of the ordered logit with {level} % intervals of two kinds.")
    line = _("{name} {value}, clustered {low} to {high}, independent {naive_low} to {naive_high}")
    limits = ["low", "high", "naive_low", "naive_high"]
    told = "; ".join(
        number(
            line.format(
                name=_(row["predictor"]),
                value=f"{row['odds_ratio']:.2f}",
                **{limit: f"{row[limit]:.2f}" for limit in limits},
            )
        )
        for row in table.to_dict("records")
    )
    alt = _("A dot with two bars for each predictor. {told}.").format(told=told)
    return Figure(drawing, table, caption.format(level=f"{100 * confidence:.0f}"), alt)


def parallel_slopes(table: pd.DataFrame, confidence: float) -> Figure:
    """Slope of each predictor at each cut of the scale, beside the one slope that the model assumes.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.parallel_slopes`.
    confidence : float
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    labels = [f"{_(r.cut)}\N{NO-BREAK SPACE}({r.above})" for r in table.itertuples()]
    infinite = _("no finite slope")
    with labelled_rows(labels, [_(predictor) for predictor in table["predictor"]]) as (drawing, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["slope"], heights, "o", color=BLUE, markersize=4.5, label=_("slope at this cut alone"))
        known = table[["low", "high", "common"]].to_numpy()
        low, high = np.nanmin(known), np.nanmax(known)
        for row, height in zip(table.itertuples(), heights, strict=True):
            axes.vlines(row.common, height - 0.5, height + 0.5, color=ORANGE, linewidth=2.2)
            if np.isnan(row.slope):
                axes.text(low, height, infinite, fontsize=8, va="center", color=GREY)
        axes.plot([], [], color=ORANGE, linewidth=2.2, label=_("common slope of the ordered logit"))
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(min(low, 0) - 0.1, max(high, 0) + 0.1)
        axes.set_xlabel(_("Slope, log-odds"))
        legend_outside(drawing, 2)
    caption = _(
        "Slopes of separate logits at each cut with {level} % intervals; in brackets the respondents above the cut."
    ).format(level=f"{100 * confidence:.0f}")
    finite = _("{value} ({low} to {high})")
    told = "; ".join(
        f"{_(r.predictor)}, {_(r.cut)}: "
        + number(
            infinite
            if np.isnan(r.slope)
            else finite.format(value=f"{r.slope:.2f}", low=f"{r.low:.2f}", high=f"{r.high:.2f}")
        )
        for r in table.itertuples()
    )
    alt = _("Dots with intervals, one a cut, and a line at the common slope. {told}.").format(told=told)
    return Figure(drawing, table, caption, alt)


def effects(table: pd.DataFrame, confidence: float) -> Figure:
    """Average change of the probability of each answer.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.effects`.
    confidence : float
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    headings = [_(predictor) for predictor in table["predictor"]]
    with labelled_rows(_labels(table["option"]), headings, legend_rows=0) as (drawing, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["effect"], heights, "o", color=BLUE, markersize=4.5)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlabel(_("Change of the probability, percentage points"))
    caption = _("Average marginal effects with {level} % intervals (clustered errors).")
    line = _("{answer} {change} points")
    told = "; ".join(
        f"{_(predictor)}: "
        + ", ".join(line.format(answer=_(r.option), change=f"{r.effect:+.0f}") for r in own.itertuples())
        for predictor, own in table.groupby("predictor", sort=False)
    )
    alt = _("Dots with intervals, one an answer. {told}.").format(told=told)
    return Figure(drawing, table, caption.format(level=f"{100 * confidence:.0f}"), alt)


def wild_draws(table: pd.DataFrame) -> Figure:
    """Statistics of the wild cluster bootstrap under the null hypothesis, and the observed one.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.wild_draws`.
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    first = table.iloc[0]
    with canvas(height=2.8) as (drawing, axes):
        beyond = (table["left"].abs().clip(lower=table["right"].abs()) > abs(first["t"])).map(
            {True: ORANGE, False: PALE}
        )
        axes.bar(table["left"], table["count"], width=table["right"] - table["left"], align="edge", color=beyond)
        for side in (-1, 1):
            axes.axvline(side * first["t"], color=INK, linewidth=1.2, linestyle="-" if side > 0 else DASHED)
        observed = _("observed t = {t}, dashed: its mirror image").format(t=number(f"{first['t']:.2f}"))
        axes.plot([], [], color=INK, linewidth=1.2, label=observed)
        axes.plot([], [], "s", color=ORANGE, label=_("draws at least as far out"))
        axes.set_xlabel(_("t of a draw in which the predictor has no effect"))
        axes.set_ylabel(_("Draws"))
        legend_outside(drawing, 2)
    told = {"n": first["draws"], "predictor": _(first["predictor"])}
    caption = _("{n} draws of the wild cluster bootstrap for {predictor}.").format(**told)
    alt = _(
        "Histogram of {n} bootstrap statistics for {predictor}, centred on zero; the observed statistic is {t}, and a "
        "share of {p} of the draws lies at least as far out."
    ).format(**told, t=number(f"{first['t']:.2f}"), p=number(f"{first['p']:.4f}"))
    return Figure(drawing, table, caption, alt)


def _labels(words: pd.Series) -> list[str]:
    return [_(word) for word in words]


def _logarithmic(axes, low: float, high: float) -> None:
    axes.set_xscale("log")
    axes.set_xlim(low / 1.15, high * 1.15)
    ticks = [t for t in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low / 1.15 <= t <= high * 1.15]
    axes.set_xticks(ticks, [number(f"{tick:g}") for tick in ticks])
    axes.xaxis.set_minor_formatter(NullFormatter())
