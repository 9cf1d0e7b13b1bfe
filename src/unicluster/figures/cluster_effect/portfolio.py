"""The clusters as a portfolio."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from unicluster.display import show
from unicluster.figures.cluster_effect.words import called
from unicluster.figures.style import BLUE, GREY, PALE, Figure, canvas
from unicluster.language import _, number


def shares(table: pd.DataFrame, names: Mapping[str, str], base_year: int, plan_year: int) -> Figure:
    """Share of each cluster in the output of all, at both dates.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.portfolio_shares`, index reset.
    names : mapping of str to str
    base_year, plan_year : int
    """
    rows = table.sort_values("plan_percent", ignore_index=True)
    change = _("{change} points")
    with canvas(height=0.42 * len(rows) + 1.1) as (drawing, axes):
        for y, row in rows.iterrows():
            axes.plot([row["base_percent"], row["plan_percent"]], [y, y], color=PALE, linewidth=4, zorder=1)
        axes.plot(rows["base_percent"], rows.index, "o", color=GREY, markersize=7, label=str(base_year))
        later = _("{year} (plan)").format(year=plan_year)
        axes.plot(rows["plan_percent"], rows.index, "D", color=BLUE, markersize=6, label=later)
        for y, row in rows.iterrows():
            end = max(row["base_percent"], row["plan_percent"])
            text = number(f"{row['change_points']:+.1f}".replace("-", "−"))
            axes.text(end + 1.5, y, change.format(change=text), va="center", fontsize=9)
        axes.set_yticks(rows.index, [called(c, names) for c in rows["cluster"]])
        axes.set_xlim(0, rows[["base_percent", "plan_percent"]].max().max() + 14)
        axes.set_xlabel(_("Share of the output of all clusters, %"))
        drawing.legend(loc="outside upper left", ncols=2)
    line = _("{name} from {first} to {last} %")
    told = "; ".join(
        line.format(name=called(r.cluster, names), first=show(r.base_percent), last=show(r.plan_percent))
        for r in rows[::-1].itertuples()
    )
    caption = _("Share of each cluster in the output of all, {base_year} and as planned for {plan_year}.")
    alt = _("Two marks a cluster, base year and plan. {told}.").format(told=told)
    return Figure(drawing, rows, caption.format(base_year=base_year, plan_year=plan_year), alt)
