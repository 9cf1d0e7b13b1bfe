"""Growth of the clusters: from base to plan, in whose prices, and if only part of the plan comes true."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from unicluster.display import show
from unicluster.figures.cluster_effect.words import called, dot_rows, ordered
from unicluster.figures.style import BLUE, GREY, INK, PALE, VERMILION, Figure, canvas, spread
from unicluster.language import _

GAP = 0.16
"""Least distance between two labels of the slope chart, on its logarithmic scale."""


def slope(
    growth: pd.DataFrame,
    names: Mapping[str, str],
    base_year: int,
    plan_year: int,
    real: pd.DataFrame | None = None,
) -> Figure:
    """Output of each cluster in the base year and as planned, on a logarithmic scale, labelled directly.

    Parameters
    ----------
    growth : DataFrame
        From `unicluster.economics.growth`, index reset.
    names : mapping of str to str
        Name of each cluster.
    base_year, plan_year : int
    real : DataFrame, optional
        From `unicluster.economics.growth_by_price_basis`, index reset: a second chart shows the plan in base-year
        prices, if it is written in prices of the plan year.
    """
    rows = growth[growth["cluster"].ne("total")].sort_values("plan_output", ignore_index=True)
    data = rows[["cluster", "base_output", "plan_output", "growth_percent"]]
    plans = [rows["plan_output"]]
    titles = [_("Billion tenge, as printed")]
    if real is not None:
        deflated = real[real["price_year"].eq(plan_year)].set_index("cluster")["plan_real"]
        plans.append(rows["cluster"].map(deflated))
        titles.append(_("In prices of {year}").format(year=base_year))
        data = data.assign(plan_real=plans[1], real_percent=100 * (plans[1] / rows["base_output"] - 1))
    with canvas(height=4.6, ncols=len(plans), sharey=True, squeeze=False) as (drawing, grid):
        for place, (axes, plan, title) in enumerate(zip(grid[0], plans, titles, strict=True)):
            words = [f"{_(names[c])}  " for c in rows["cluster"]] if place == 0 else [""] * len(rows)
            _slopes(axes, rows["base_output"], plan, words)
            axes.set_xticks([0, 1], [str(base_year), _("{year} (plan)").format(year=plan_year)])
            axes.set_title(title, fontweight="normal", fontsize=10)
    line = _("{name} from {first} to {last} billion tenge ({percent})")
    told = "; ".join(
        line.format(
            name=_(names[r.cluster]),
            first=show(r.base_output / 1000),
            last=show(r.plan_output / 1000),
            percent=_signed(r.growth_percent),
        )
        + ("" if real is None else _(", in prices of {year} {percent}").format(year=base_year, percent=_signed(rise)))
        for r, rise in zip(rows[::-1].itertuples(), data.get("real_percent", data["growth_percent"])[::-1], strict=True)
    )
    caption = _("Output of the pilot clusters in {base_year} and as planned for {plan_year}, as printed")
    if real is not None:
        caption += _("; and in prices of {base_year} if the plan is in those of {plan_year}")
    alt = _("Slope chart on a logarithmic scale, one line a cluster. {told}.").format(told=told)
    return Figure(drawing, data, caption.format(base_year=base_year, plan_year=plan_year) + ".", alt)


def _slopes(axes: Axes, base: pd.Series, plan: pd.Series, names: list[str]) -> None:
    """One line a cluster with its values at both ends; names, where given, stand at the start."""
    starts = spread([float(v) for v in np.log(base)], GAP)
    ends = spread([float(v) for v in np.log(plan)], GAP)
    for first, last, start, end, name in zip(base, plan, starts, ends, names, strict=True):
        colour = BLUE if last >= first else VERMILION
        axes.plot([0, 1], np.log([first, last]), color=colour, linewidth=1.6, marker="o", markersize=5)
        axes.plot([1, 1.06], [np.log(last), end], color=GREY, linewidth=0.6)
        axes.plot([-0.06, 0], [start, np.log(first)], color=GREY, linewidth=0.6)
        axes.text(1.08, end, f"{show(last / 1000)} ({_signed(100 * (last / first - 1))})", va="center", fontsize=9)
        axes.text(-0.08, start, name + show(first / 1000), va="center", ha="right", fontsize=9, color=INK)
    axes.set_xlim(-0.1, 1.1)
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="x", length=0)


def _signed(percent: float) -> str:
    """A whole percentage with its sign."""
    return f"{percent:+.0f} %".replace("-", "−")


def real_growth(table: pd.DataFrame, names: Mapping[str, str], base_year: int, plan_year: int) -> Figure:
    """Growth of each cluster if the plan is in base-year prices and if it is in plan-year prices.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.growth_by_price_basis`, index reset.
    names : mapping of str to str
    base_year, plan_year : int
    """
    wide = table.pivot(index="cluster", columns="price_year", values="real_percent")
    order = [*wide.drop("total").sort_values(plan_year).index, "total"]
    wide = wide.loc[order]
    words = _("plan in {year} prices")
    with canvas(height=0.42 * len(wide) + 1.1) as (drawing, axes):
        for y, (_cluster, row) in enumerate(wide.iterrows()):
            axes.plot([row[plan_year], row[base_year]], [y, y], color=PALE, linewidth=4, zorder=1)
            left, right = sorted((row[plan_year], row[base_year]))
            axes.text(right + 2.5, y, f"{show(right, 0)} %", va="center", fontsize=9)
            text = axes.text(left - 2.5, y, f"{show(left, 0)} %", va="center", ha="right", fontsize=9)
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
        for year, colour, marker in ((base_year, BLUE, "o"), (plan_year, VERMILION, "D")):
            axes.plot(wide[year], range(len(wide)), marker, color=colour, markersize=6.5, label=words.format(year=year))
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_yticks(range(len(wide)), [called(c, names) for c in wide.index])
        axes.set_xlim(min(-30.0, wide.min().min() - 16), wide.max().max() + 16)
        axes.set_xlabel(_("Real growth {base_year} to {plan_year}, %").format(base_year=base_year, plan_year=plan_year))
        drawing.legend(loc="outside upper left", ncols=2)
    line = _("{name} {first} % or {second} %")
    told = "; ".join(
        line.format(name=called(c, names), first=show(r[base_year], 0), second=show(r[plan_year], 0))
        for c, r in wide[::-1].iterrows()
    )
    data = wide.rename(columns=lambda year: f"real_percent_in_{year}_prices").reset_index()
    caption = _(
        "Real growth of each cluster under the two price bases that the text allows, {base_year} to {plan_year}."
    )
    alt = _("Two dots a cluster: growth if the plan is in {base_year} prices, or in {plan_year} prices. {told}.")
    years = {"base_year": base_year, "plan_year": plan_year}
    return Figure(drawing, data, caption.format(**years), alt.format(told=told, **years))


def plan_outcome(table: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Growth of each cluster if only part of the plan comes true.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.plan_outcome`, index reset; each scenario is the share of the plan, in per cent.
    names : mapping of str to str
    """
    wide = table.pivot(index="cluster", columns="scenario", values="growth_percent")[list(table["scenario"].unique())]
    wide = ordered(wide)
    told_as = [_("{share} % of the plan").format(share=show(float(share), 0)) for share in wide.columns]
    with canvas(height=0.45 * len(wide) + 1.2) as (drawing, axes):
        dot_rows(axes, wide, names, told_as)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlabel(_("Growth over the base year, in printed prices, %"))
        drawing.legend(loc="outside upper left", ncols=4)
    told = "; ".join(
        f"{called(c, names)}: " + ", ".join(f"{s} {show(v, 0)} %" for s, v in zip(told_as, row, strict=True))
        for c, row in wide[::-1].iterrows()
    )
    data = wide.rename(columns=lambda share: f"growth_at_{share:g}_percent").reset_index()
    return Figure(drawing, data, _("Growth of each cluster by the share of the plan that comes true."), f"{told}.")
