"""What moves an answer: odds ratios, slopes at each cut, marginal effects and bootstrap draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import NullFormatter

from unicluster.figures.style import BLUE, GREY, INK, ORANGE, PALE, Figure, canvas
from unicluster.figures.survey.rows import LABEL, labelled_rows, nothing, shortened

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
    heading = ["Odds of a higher answer, multiplied by"] * len(table)
    with labelled_rows(_labels(table["predictor"]), heading) as (drawing, axes, heights):
        at, freedom = np.array(heights), table["clusters"].iloc[0] - 1
        axes.hlines(at + 0.13, table["naive_low"], table["naive_high"], color=ORANGE, linewidth=2.0,
                    label="as if respondents were independent")  # fmt: skip
        axes.hlines(at - 0.13, table["low"], table["high"], color=BLUE, linewidth=2.0,
                    label=f"clustered by university (t, {freedom} degrees of freedom)")  # fmt: skip
        axes.plot(table["odds_ratio"], at, "o", color=INK, markersize=4.5, zorder=3)
        axes.axvline(1, color=GREY, linewidth=0.8)
        _logarithmic(axes, min(table["low"].min(), table["naive_low"].min()), max(table["high"].max(), 1.0))
        axes.set_xlabel("Odds ratio (logarithmic scale)")
        drawing.legend(loc="outside upper left", ncols=2, handlelength=1.4)
    caption = f"Odds ratios of the ordered logit with {100 * confidence:.0f} % intervals of two kinds."
    told = "; ".join(
        f"{r.predictor} {r.odds_ratio:.2f}, clustered {r.low:.2f} to {r.high:.2f}, independent {r.naive_low:.2f} to "
        f"{r.naive_high:.2f}"
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, f"A dot with two bars for each predictor. {told}.")


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
    labels = [f"{shortened(r.cut, LABEL - 6)} ({r.above})" for r in table.itertuples()]
    with labelled_rows(labels, list(table["predictor"])) as (drawing, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["slope"], heights, "o", color=BLUE, markersize=4.5, label="slope at this cut alone")
        known = table[["low", "high", "common"]].to_numpy()
        low, high = np.nanmin(known), np.nanmax(known)
        for row, height in zip(table.itertuples(), heights, strict=True):
            axes.vlines(row.common, height - 0.5, height + 0.5, color=ORANGE, linewidth=2.2)
            if np.isnan(row.slope):
                axes.text(low, height, "no finite slope", fontsize=8, va="center", color=GREY)
        axes.plot([], [], color=ORANGE, linewidth=2.2, label="common slope of the ordered logit")
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(min(low, 0) - 0.1, max(high, 0) + 0.1)
        axes.set_xlabel("Slope, log-odds")
        drawing.legend(loc="outside upper left", ncols=2)
    caption = (
        f"Slopes of separate logits at each cut with {100 * confidence:.0f} % intervals; in brackets the respondents "
        "above the cut."
    )
    told = "; ".join(
        f"{r.predictor}, {r.cut}: "
        + ("no finite slope" if np.isnan(r.slope) else f"{r.slope:.2f} ({r.low:.2f} to {r.high:.2f})")
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, f"Dots with intervals, one a cut, and a line at the common slope. {told}.")


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
    with labelled_rows(_labels(table["option"]), list(table["predictor"]), legend_rows=0) as (_, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["effect"], heights, "o", color=BLUE, markersize=4.5)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlabel("Change of the probability, percentage points")
        drawing = axes.figure
    caption = f"Average marginal effects with {100 * confidence:.0f} % intervals (clustered errors)."
    told = "; ".join(
        f"{predictor}: " + ", ".join(f"{r.option} {r.effect:+.0f} points" for r in own.itertuples())
        for predictor, own in table.groupby("predictor", sort=False)
    )
    return Figure(drawing, table, caption, f"Dots with intervals, one an answer. {told}.")


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
        axes.plot([], [], color=INK, linewidth=1.2, label=f"observed t = {first['t']:.2f}, dashed: its mirror image")
        axes.plot([], [], "s", color=ORANGE, label="draws at least as far out")
        axes.set_xlabel("t of a draw in which the predictor has no effect")
        axes.set_ylabel("Draws")
        drawing.legend(loc="outside upper left", ncols=2)
    caption = f"{first['draws']} draws of the wild cluster bootstrap for {first['predictor']}."
    alt = (
        f"Histogram of {first['draws']} bootstrap statistics for {first['predictor']}, centred on zero; the observed "
        f"statistic is {first['t']:.2f}, and a share of {first['p']:.4f} of the draws lies at least as far out."
    )
    return Figure(drawing, table, caption, alt)


def _labels(words: pd.Series) -> list[str]:
    return [shortened(word, LABEL) for word in words]


def _logarithmic(axes, low: float, high: float) -> None:
    axes.set_xscale("log")
    axes.set_xlim(low / 1.15, high * 1.15)
    ticks = [t for t in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low / 1.15 <= t <= high * 1.15]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.xaxis.set_minor_formatter(NullFormatter())
