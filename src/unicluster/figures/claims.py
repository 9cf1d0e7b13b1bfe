"""Figures of the chapter on every number of the article."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from unicluster.figures.style import BLUE, GREY, ORANGE, PALE, SKY, VERMILION, Figure, canvas
from unicluster.language import _, mark

COLOURS = {
    mark("exact"): BLUE,
    mark("rounding"): SKY,
    mark("underdetermined"): ORANGE,
    mark("discrepancy"): VERMILION,
    mark("lost"): GREY,
    mark("not recomputable"): PALE,
}
DARK = ("exact", "discrepancy", "lost")
NAMES = {"section": mark("section"), "topic": mark("topic")}
"""What bars may stand for."""


def verdicts(ledger: pd.DataFrame, by: str, order: Sequence[str]) -> Figure:
    """Claims by verdict, one bar for each section or topic.

    Parameters
    ----------
    ledger : DataFrame
        From `unicluster.claims.ledger`.
    by : str
        Column that names the bars.
    order : sequence of str
        Verdicts from left to right.
    """
    counts = ledger.groupby([by, "verdict"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(order), fill_value=0)[::-1]
    with canvas(height=0.42 * len(counts) + 1.3) as (drawing, axes):
        start = pd.Series(0, index=counts.index)
        for verdict in order:
            number = counts[verdict]
            axes.barh(range(len(counts)), number, left=start, color=COLOURS[verdict], label=_(verdict), height=0.7)
            for y, (count, left) in enumerate(zip(number, start, strict=True)):
                if count >= 3:
                    colour = "white" if verdict in DARK else "black"
                    axes.text(left + count / 2, y, str(count), ha="center", va="center", fontsize=8, color=colour)
            start = start + number
        axes.set_xlim(0, start.max() * 1.02)
        axes.set_yticks(range(len(counts)), [_(name) for name in counts.index])
        axes.set_xlabel(_("Claims"))
        axes.tick_params(axis="y", length=0)
        drawing.legend(loc="outside upper left", ncols=3)
    told = "; ".join(
        f"{_(name)}: " + ", ".join(f"{n} {_(verdict)}" for verdict, n in row.items() if n)
        for name, row in counts[::-1].iterrows()
    )
    data = counts[::-1].reset_index().melt(id_vars=by, var_name="verdict", value_name="claims")
    caption = _("Verdicts on the claims of the article ({n}), by {by}.").format(n=len(ledger), by=_(NAMES[by]))
    alt = _("Stacked bars, one for each {by}. {told}.").format(by=_(NAMES[by]), told=told)
    return Figure(drawing, data, caption, alt)
