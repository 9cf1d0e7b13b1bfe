"""Figures of the chapter on the economic effect of clusters."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from unicluster.display import show
from unicluster.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, VERMILION, Figure, canvas, spread
from unicluster.language import _

READING_COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
READING_MARKERS = ("o", "s", "^", "D")


def slope(growth: pd.DataFrame, names: Mapping[str, str], base_year: int, plan_year: int) -> Figure:
    """Output of each cluster in the base year and as planned, on a logarithmic scale, labelled directly.

    Parameters
    ----------
    growth : DataFrame
        From `unicluster.economics.growth`, index reset.
    names : mapping of str to str
        Name of each cluster.
    base_year, plan_year : int
    """
    rows = growth[growth["cluster"].ne("total")].sort_values("plan_output", ignore_index=True)
    with canvas(height=4.6) as (drawing, axes):
        ends = spread([float(v) for v in np.log(rows["plan_output"])], 0.16)
        starts = spread([float(v) for v in np.log(rows["base_output"])], 0.16)
        for row, start, end in zip(rows.itertuples(), starts, ends, strict=True):
            first, last = np.log(row.base_output), np.log(row.plan_output)
            axes.plot([0, 1], [first, last], color=BLUE, linewidth=1.6, marker="o", markersize=5)
            axes.plot([1, 1.04], [last, end], color=GREY, linewidth=0.6)
            axes.plot([-0.04, 0], [start, first], color=GREY, linewidth=0.6)
            text = f"{_(names[row.cluster])}  {show(row.plan_output / 1000)}  (+{row.growth_percent:.0f} %)"
            axes.text(1.05, end, text.replace("+-", "−"), va="center", fontsize=9, color=INK)
            axes.text(-0.05, start, show(row.base_output / 1000), va="center", ha="right", fontsize=9, color=INK)
        axes.set_xlim(-0.25, 2.1)
        axes.set_xticks([0, 1], [str(base_year), _("{year} (plan)").format(year=plan_year)])
        axes.set_yticks([])
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(axis="x", length=0)
        axes.set_title(_("Output, billion tenge (logarithmic scale)"), fontweight="normal", fontsize=10)
    data = rows[["cluster", "base_output", "plan_output", "growth_percent"]]
    line = _("{name} from {first} to {last} billion tenge, {percent} % more")
    told = "; ".join(
        line.format(
            name=_(names[r.cluster]),
            first=show(r.base_output / 1000),
            last=show(r.plan_output / 1000),
            percent=f"{r.growth_percent:.0f}",
        )
        for r in rows[::-1].itertuples()
    )
    caption = _("Output of the pilot clusters in {base_year} and as planned for {plan_year}, as printed.")
    alt = _("Slope chart, one line a cluster. {told}.").format(told=told)
    return Figure(drawing, data, caption.format(base_year=base_year, plan_year=plan_year), alt)


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
    wide = wide.loc[[*[c for c in table["cluster"].unique() if c != "total"], "total"]]
    order = [*wide.drop("total").sort_values(plan_year).index, "total"]
    wide = wide.loc[order]
    with canvas(height=0.42 * len(wide) + 1.1) as (drawing, axes):
        for y, (_, row) in enumerate(wide.iterrows()):
            axes.plot([row[plan_year], row[base_year]], [y, y], color=PALE, linewidth=4, zorder=1)
            axes.plot(row[base_year], y, "o", color=BLUE, markersize=7, label=f"plan in {base_year} prices" * (y == 0))
            axes.plot(
                row[plan_year], y, "D", color=VERMILION, markersize=6, label=f"plan in {plan_year} prices" * (y == 0)
            )
            axes.text(row[base_year] + 2.5, y, f"{show(row[base_year], 0)} %", va="center", fontsize=9)
            text = axes.text(
                row[plan_year] - 2.5, y, f"{show(row[plan_year], 0)} %", va="center", ha="right", fontsize=9
            )
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_yticks(range(len(wide)), [names.get(c, "All together") for c in wide.index])
        axes.set_xlim(min(-30.0, wide.min().min() - 16), wide.max().max() + 16)
        axes.set_xlabel(f"Real growth {base_year} to {plan_year}, %")
        drawing.legend(loc="outside upper left", ncols=2)
    told = "; ".join(
        f"{names.get(c, 'all together')} {show(r[base_year], 0)} % or {show(r[plan_year], 0)} %"
        for c, r in wide[::-1].iterrows()
    )
    data = wide.rename(columns=lambda year: f"real_percent_in_{year}_prices").reset_index()
    caption = f"Real growth of each cluster under the two price bases that the text allows, {base_year} to {plan_year}."
    alt = f"Two dots a cluster: growth if the plan is in {base_year} prices, or in {plan_year} prices. {told}."
    return Figure(drawing, data, caption, alt)


def project_effect(table: pd.DataFrame, meanings: Mapping[str, str], names: Mapping[str, str]) -> Figure:
    """Share of each cluster's growth that its projects would bring, under every reading of the printed percentage.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.project_effect`, index reset.
    meanings : mapping of str to str
        What the percentage is a percentage of, by reading.
    names : mapping of str to str
    """
    wide = table.pivot(index="cluster", columns="reading", values="percent_of_growth")
    order = [*wide.drop("total").mean(axis=1).sort_values().index, "total"]
    wide = wide.loc[order]
    with canvas(height=0.45 * len(wide) + 1.6) as (drawing, axes):
        for y in range(len(wide)):
            axes.axhline(y, color=PALE, linewidth=0.8, zorder=0)
        for (reading, column), colour, marker in zip(wide.items(), READING_COLOURS, READING_MARKERS, strict=False):
            axes.plot(
                column, range(len(wide)), marker, color=colour, markersize=7, label=f"{reading}: {meanings[reading]}"
            )
        axes.set_yticks(range(len(wide)), [names.get(c, "All together") for c in wide.index])
        axes.set_xlim(0, 100)
        axes.set_xlabel("Effect from cluster projects as a share of growth, %")
        drawing.legend(loc="outside upper left", ncols=1)
    told = "; ".join(
        f"{names.get(c, 'all together')} " + ", ".join(f"{reading} {value:.0f} %" for reading, value in row.items())
        for c, row in wide[::-1].iterrows()
    )
    readings = "; ".join(f"{k}: {meanings[k]}" for k in wide.columns)
    caption = "What share of its growth a cluster owes to its projects depends on what the printed percentage means."
    return Figure(drawing, wide.reset_index(), caption, f"One dot a reading ({readings}). {told}.")


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
    with canvas(height=0.42 * len(rows) + 1.1) as (drawing, axes):
        for y, row in rows.iterrows():
            axes.plot([row["base_percent"], row["plan_percent"]], [y, y], color=PALE, linewidth=4, zorder=1)
        axes.plot(rows["base_percent"], rows.index, "o", color=GREY, markersize=7, label=str(base_year))
        axes.plot(rows["plan_percent"], rows.index, "D", color=BLUE, markersize=6, label=f"{plan_year} (plan)")
        for y, row in rows.iterrows():
            end = max(row["base_percent"], row["plan_percent"])
            axes.text(end + 1.5, y, f"{row['change_points']:+.1f} points".replace("-", "−"), va="center", fontsize=9)
        axes.set_yticks(rows.index, [names[c] for c in rows["cluster"]])
        axes.set_xlim(0, min(100, rows[["base_percent", "plan_percent"]].max().max() + 14))
        axes.set_xlabel("Share of the output of all clusters, %")
        drawing.legend(loc="outside upper left", ncols=2)
    told = "; ".join(
        f"{names[r.cluster]} from {r.base_percent:.1f} to {r.plan_percent:.1f} %" for r in rows[::-1].itertuples()
    )
    caption = f"Share of each cluster in the output of all, {base_year} and as planned for {plan_year}."
    return Figure(drawing, rows, caption, f"Two marks a cluster, base year and plan. {told}.")


def plan_outcome(table: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Growth of each cluster if only part of the plan comes true.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.plan_outcome`, index reset.
    names : mapping of str to str
    """
    wide = table.pivot(index="cluster", columns="scenario", values="growth_percent")[list(table["scenario"].unique())]
    order = [*wide.drop("total").mean(axis=1).sort_values().index, "total"]
    wide = wide.loc[order]
    with canvas(height=0.45 * len(wide) + 1.2) as (drawing, axes):
        for y in range(len(wide)):
            axes.axhline(y, color=PALE, linewidth=0.8, zorder=0)
        for (scenario, column), colour, marker in zip(wide.items(), READING_COLOURS, READING_MARKERS, strict=False):
            axes.plot(column, range(len(wide)), marker, color=colour, markersize=7, label=str(scenario))
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_yticks(range(len(wide)), [names.get(c, "All together") for c in wide.index])
        axes.set_xlabel("Growth over the base year, in printed prices, %")
        drawing.legend(loc="outside upper left", ncols=4)
    told = "; ".join(
        f"{names.get(c, 'all together')}: " + ", ".join(f"{s} {v:.0f} %" for s, v in row.items())
        for c, row in wide[::-1].iterrows()
    )
    data = wide.rename(columns=str).reset_index()
    return Figure(drawing, data, "Growth of each cluster by the share of the plan that comes true.", f"{told}.")


def waterfall(steps: pd.DataFrame) -> Figure:
    """From a gross to a net effect, step by step.

    Parameters
    ----------
    steps : DataFrame
        From `unicluster.economics.waterfall`, index reset, in million tenge.
    """
    rows = steps.assign(low=np.minimum(steps["level"], steps["level"] - steps["change"]))
    whole = rows["step"].isin(["gross", "net"])
    with canvas(height=0.42 * len(rows) + 0.9) as (drawing, axes):
        for y, (row, end) in enumerate(zip(rows.itertuples(), whole, strict=True)):
            left, width = (0, row.level) if end else (row.low, abs(row.change))
            colour = BLUE if end else (VERMILION if row.change < 0 else GREEN)
            axes.barh(-y, width / 1000, left=left / 1000, color=colour, height=0.6)
            shown = row.level if end else row.change
            axes.text((left + width) / 1000 + 1.5, -y, show(shown / 1000), va="center", fontsize=9)
        axes.set_yticks([-y for y in range(len(rows))], list(rows["step"]))
        axes.set_xlim(0, rows["level"].max() / 1000 * 1.12)
        axes.set_xlabel("Billion tenge, in printed prices")
    told = "; ".join(
        f"{r.step} {show((r.level if r.step in ('gross', 'net') else r.change) / 1000)}" for r in rows.itertuples()
    )
    caption = "From planned growth to a net effect under the assumed percentages."
    return Figure(drawing, steps, caption, f"Waterfall chart in billion tenge: {told}. The percentages are assumed.")
