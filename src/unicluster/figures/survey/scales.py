"""Items of one scale, correlations of hidden scales, likeness within universities, agreement of coders."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from unicluster.figures.style import BLUE, GREY, INK, ORANGE, VERMILION, Figure, canvas
from unicluster.figures.survey.rows import LABEL, labelled_rows, nothing, shortened

BOTH_WAYS = LinearSegmentedColormap.from_list("both", [VERMILION, "white", BLUE])


def loadings(table: pd.DataFrame) -> Figure:
    """How closely each item follows what all items have in common.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.consistency`.
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    heading = ["Correlation of each item with the one factor"] * len(table)
    with labelled_rows([shortened(item, LABEL) for item in table["item"]], heading) as (drawing, axes, heights):
        axes.hlines(heights, table["loading"], table["loading_polychoric"], color=GREY, linewidth=1.0)
        axes.plot(table["loading"], heights, "o", color=BLUE, label="of the answers")
        axes.plot(table["loading_polychoric"], heights, "s", color=ORANGE, label="of the hidden scales (polychoric)")
        axes.set_xlim(min(0.0, table[["loading", "loading_polychoric"]].min().min() - 0.05), 1.02)
        axes.set_xlabel("Standardised loading")
        drawing.legend(loc="outside upper left", ncols=2)
    told = "; ".join(f"{r.item} {r.loading:.2f} and {r.loading_polychoric:.2f}" for r in table.itertuples())
    caption = "Loadings of the items on a single factor, of the answers and of the hidden scales behind them."
    return Figure(
        drawing, table, caption, f"Two marks an item: loading of the answers and of the hidden scale. {told}."
    )


def correlations(table: pd.DataFrame) -> Figure:
    """Polychoric correlations of all ordinal questions as a shaded table.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.hidden_correlations`.
    """
    if table.empty:
        return nothing(table.attrs.get("reason", "There are no two ordinal questions to correlate."), table)
    names = list(dict.fromkeys([*table["first"], *table["second"]]))
    matrix = np.full((len(names) - 1, len(names) - 1), np.nan)
    for row in table.itertuples():
        matrix[names.index(row.second) - 1, names.index(row.first)] = row.polychoric
    with canvas(height=0.42 * len(names) + 1.3) as (drawing, axes):
        axes.imshow(matrix, cmap=BOTH_WAYS, vmin=-1, vmax=1, aspect="auto")
        for (i, j), value in np.ndenumerate(matrix):
            if np.isfinite(value):
                colour = "white" if abs(value) > 0.7 else INK
                axes.text(j, i, f"{value:.2f}".replace("-", "−"), ha="center", va="center", fontsize=9, color=colour)
        axes.set_yticks(range(len(names) - 1), [shortened(name, LABEL) for name in names[1:]], fontsize=9)
        below = ["\n".join(textwrap.wrap(shortened(name, 40), 15)) for name in names[:-1]]
        axes.set_xticks(range(len(names) - 1), below, fontsize=8 if len(names) < 7 else 7)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
    told = "; ".join(f"{r.first} and {r.second} {r.polychoric:.2f}" for r in table.itertuples())
    caption = "Polychoric correlations: blue where answers rise together, red where one falls as the other rises."
    return Figure(drawing, table, caption, f"A triangle of correlations. {told}.")


def likeness(table: pd.DataFrame, confidence: float) -> Figure:
    """Intraclass correlation of each ordinal question within universities.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.likeness`.
    confidence : float
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    labels = [shortened(title, LABEL) for title in table["title"]]
    heading = [f"{table['universities'].iloc[0]} universities"] * len(table)
    with labelled_rows(labels, heading, legend_rows=0) as (drawing, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["icc"], heights, "o", color=BLUE, markersize=5)
        for height, row in zip(heights, table.itertuples(), strict=True):
            axes.text(row.high + 0.012, height, f"counts as {row.effective_sample:.0f} of {row.respondents}",
                      fontsize=8, va="center", color=INK)  # fmt: skip
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(min(table["low"].min(), 0) - 0.03, table["high"].max() * 1.45 + 0.05)
        axes.set_xlabel("Intraclass correlation")
    caption = (
        f"Intraclass correlations within universities with {100 * confidence:.0f} % intervals, and how many "
        "independent "
        "respondents the sample is worth at the estimate."
    )
    told = "; ".join(
        f"{r.title} {r.icc:.2f} ({r.low:.2f} to {r.high:.2f}), counts as {r.effective_sample:.0f} of {r.respondents}"
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, f"Dots with intervals, one a question. {told}.")


def coder_agreement(table: pd.DataFrame) -> Figure:
    """Krippendorff's alpha of all codes and of each code.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.coder_agreement`.
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    labels = [f"{shortened(str(r.code), LABEL - 16)} (given {r.used} times)" for r in table.itertuples()]
    heading = [f"{table['coders'].iloc[0]} coders, {table['units'].iloc[0]} passages coded by two or more"] * len(table)
    with labelled_rows(labels, heading) as (drawing, axes, heights):
        axes.plot(table["alpha"], heights, "o", color=BLUE, markersize=6, zorder=3)
        for alpha, height in zip(table["alpha"], heights, strict=True):
            axes.text(alpha + 0.02, height, f"{alpha:.2f}".replace("-", "−"), fontsize=9, va="center",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})  # fmt: skip
        for mark, style in ((0.667, ":"), (0.8, "--")):
            axes.axvline(mark, color=GREY, linewidth=1.0, linestyle=style, label=f"{mark:g}")
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(min(0.0, table["alpha"].min()) - 0.05, 1.08)
        axes.set_xlabel("Krippendorff's alpha")
        drawing.legend(loc="outside upper left", ncols=2, title="Krippendorff's thresholds: tentative, and reliable",
                       title_fontsize=9, alignment="left")  # fmt: skip
    told = "; ".join(f"{r.code} {r.alpha:.2f}, all agree on {r.agree} of {r.units}" for r in table.itertuples())
    return Figure(drawing, table, "Agreement of the coders beyond chance.", f"A dot for each code. {told}.")
