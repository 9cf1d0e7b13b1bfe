"""Items of one scale, correlations of hidden scales, likeness within universities, agreement of coders."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from unicluster.figures.style import BLUE, GREY, INK, ORANGE, VERMILION, Figure, canvas, legend_outside, wrapped
from unicluster.figures.survey.rows import LABEL_SIZE, LABEL_WIDTH, labelled_rows, nothing
from unicluster.language import _, mark, number

EVERY_CODE = mark("all codes")
"""How the row of all codes is called; a code itself is the coders' own word, the same in every language."""
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
    heading = [_("Correlation of each item with the one factor")] * len(table)
    with labelled_rows([_(item) for item in table["item"]], heading) as (drawing, axes, heights):
        axes.hlines(heights, table["loading"], table["loading_polychoric"], color=GREY, linewidth=1.0)
        axes.plot(table["loading"], heights, "o", color=BLUE, label=_("of the answers"))
        polychoric = _("of the hidden scales (polychoric)")
        axes.plot(table["loading_polychoric"], heights, "s", color=ORANGE, label=polychoric)
        axes.set_xlim(min(0.0, table[["loading", "loading_polychoric"]].min().min() - 0.05), 1.02)
        axes.set_xlabel(_("Standardised loading"))
        legend_outside(drawing, 2)
    line = _("{name} {first} and {second}")
    told = "; ".join(
        line.format(name=_(r.item), first=number(f"{r.loading:.2f}"), second=number(f"{r.loading_polychoric:.2f}"))
        for r in table.itertuples()
    )
    caption = _("Loadings of the items on a single factor, of the answers and of the hidden scales behind them.")
    alt = _("Two marks an item: loading of the answers and of the hidden scale. {told}.").format(told=told)
    return Figure(drawing, table, caption, alt)


def correlations(table: pd.DataFrame) -> Figure:
    """Polychoric correlations of all ordinal questions as a shaded table.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.hidden_correlations`.
    """
    if table.empty:
        none = mark("There are no two ordinal questions to correlate.")
        return nothing(table.attrs.get("reason", none), table)
    names = list(dict.fromkeys([*table["first"], *table["second"]]))
    matrix = np.full((len(names), len(names) - 1), np.nan)
    for row in table.itertuples():
        matrix[names.index(row.second), names.index(row.first)] = row.polychoric
    with canvas(height=0.4 * len(names) + 0.5) as (drawing, axes):
        axes.imshow(matrix, cmap=BOTH_WAYS, vmin=-1, vmax=1, aspect="auto")
        for (i, j), value in np.ndenumerate(matrix):
            if np.isfinite(value):
                colour = "white" if abs(value) > 0.7 else INK
                words = number(f"{value:.2f}".replace("-", "−"))
                axes.text(j, i, words, ha="center", va="center", fontsize=9, color=colour)
        # Columns are called by the number of the question: its words do not fit above so narrow a column.
        labels = ["\n".join(wrapped(f"{k}. {_(name)}", LABEL_WIDTH, LABEL_SIZE)) for k, name in enumerate(names, 1)]
        axes.set_yticks(range(len(names)), labels, fontsize=9)
        axes.set_xticks(range(len(names) - 1), [str(k) for k in range(1, len(names))], fontsize=9)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
    line = _("{first} and {second} {value}")
    told = "; ".join(
        line.format(first=_(r.first), second=_(r.second), value=number(f"{r.polychoric:.2f}"))
        for r in table.itertuples()
    )
    caption = _("Polychoric correlations: blue where answers rise together, red where one falls as the other rises.")
    return Figure(drawing, table, caption, _("A triangle of correlations. {told}.").format(told=told))


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
    labels = [_(title) for title in table["title"]]
    heading = [_("{n} universities").format(n=table["universities"].iloc[0])] * len(table)
    worth = _("counts as {n} of {all}")
    with labelled_rows(labels, heading, legend_rows=0) as (drawing, axes, heights):
        axes.hlines(heights, table["low"], table["high"], color=BLUE, linewidth=1.6)
        axes.plot(table["icc"], heights, "o", color=BLUE, markersize=5)
        for height, row in zip(heights, table.itertuples(), strict=True):
            words = worth.format(n=f"{row.effective_sample:.0f}", all=row.respondents)
            axes.text(row.high + 0.012, height, words, fontsize=8, va="center", color=INK)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(min(table["low"].min(), 0) - 0.03, table["high"].max() * 1.45 + 0.05)
        axes.set_xlabel(_("Intraclass correlation"))
    caption = _(
        "Intraclass correlations within universities with {level} % intervals, and how many independent respondents "
        "the sample is worth at the estimate."
    ).format(level=f"{100 * confidence:.0f}")
    line = _("{name} {value} ({low} to {high})")
    told = "; ".join(
        number(line.format(name=_(r.title), value=f"{r.icc:.2f}", low=f"{r.low:.2f}", high=f"{r.high:.2f}"))
        + ", "
        + worth.format(n=f"{r.effective_sample:.0f}", all=r.respondents)
        for r in table.itertuples()
    )
    return Figure(drawing, table, caption, _("Dots with intervals, one a question. {told}.").format(told=told))


def coder_agreement(table: pd.DataFrame) -> Figure:
    """Krippendorff's alpha of all codes and of each code.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.respondents.coder_agreement`.
    """
    if table.empty:
        return nothing(table.attrs.get("reason"), table)
    given = _("{code} (given {n} times)")
    codes = [_(EVERY_CODE) if code == EVERY_CODE else code for code in table["code"].astype(str)]
    labels = [given.format(code=code, n=used) for code, used in zip(codes, table["used"], strict=True)]
    heading = _("{n} coders, {units} passages coded by two or more").format(
        n=table["coders"].iloc[0], units=table["units"].iloc[0]
    )
    with labelled_rows(labels, [heading] * len(table)) as (drawing, axes, heights):
        axes.plot(table["alpha"], heights, "o", color=BLUE, markersize=6, zorder=3)
        for alpha, height in zip(table["alpha"], heights, strict=True):
            axes.text(alpha + 0.02, height, number(f"{alpha:.2f}".replace("-", "−")), fontsize=9, va="center",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})  # fmt: skip
        for threshold, style in ((0.667, ":"), (0.8, "--")):
            axes.axvline(threshold, color=GREY, linewidth=1.0, linestyle=style, label=number(f"{threshold:g}"))
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(min(0.0, table["alpha"].min()) - 0.05, 1.08)
        axes.set_xlabel(_("Krippendorff's alpha"))
        title = _("Krippendorff's thresholds: tentative, and reliable")
        legend_outside(drawing, 2, title=title, title_fontsize=9, alignment="left")
    line = _("{code} {alpha}, all agree on {n} of {units}")
    told = "; ".join(
        line.format(code=code, alpha=number(f"{r.alpha:.2f}"), n=r.agree, units=r.units)
        for code, r in zip(codes, table.itertuples(), strict=True)
    )
    caption = _("Agreement of the coders beyond chance.")
    return Figure(drawing, table, caption, _("A dot for each code. {told}.").format(told=told))
