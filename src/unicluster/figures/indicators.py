"""Figures of the chapter on jobs, output, exports and support."""

from __future__ import annotations

import numpy as np
import pandas as pd

from unicluster.display import show
from unicluster.figures.style import BLUE, GREEN, GREY, INK, ORANGE, VERMILION, WIDTH, Figure, canvas
from unicluster.language import _, mark

LOOKS = {"base": (GREY, "-"), "with projects": (BLUE, "-"), "counterfactual": (VERMILION, "--")}
WORDS = {
    "base": mark("the trend goes on"),
    "with projects": mark("with projects"),
    "counterfactual": mark("without the cluster"),
}
UNITS = (mark("people"), mark("million tenge of 2020"))


def paths(observed: pd.DataFrame, forecast: pd.DataFrame) -> Figure:
    """Each indicator as observed and carried forward along three paths, with bands.

    Parameters
    ----------
    observed, forecast : DataFrame
        ``observed`` and ``paths`` of `unicluster.economics.Outlook`.
    """
    indicators = list(observed[["indicator", "name"]].drop_duplicates().itertuples(index=False, name=None))
    with canvas(nrows=len(indicators), height=2.1 * len(indicators) + 0.6, width=WIDTH, sharex=True) as (drawing, grid):
        for axes, (indicator, name) in zip(np.atleast_1d(grid), indicators, strict=True):
            seen = observed[observed["indicator"].eq(indicator)]
            axes.plot(seen["year"], seen["value"], "o", color=INK, markersize=4, label=_("observed"))
            for path, (colour, dashes) in LOOKS.items():
                own = forecast[forecast["indicator"].eq(indicator) & forecast["path"].eq(path)]
                axes.plot(own["year"], own["value"], dashes, color=colour, linewidth=1.8, label=_(WORDS[path]))
                axes.fill_between(own["year"], own["low"], own["high"], color=colour, alpha=0.15, linewidth=0)
            axes.set_title(f"{_(name)}, {_(seen['unit'].iloc[0])}", fontsize=10)
            axes.set_ylim(0, None)
            axes.margins(x=0.02)
        first = np.atleast_1d(grid)[0]
        drawing.legend(*first.get_legend_handles_labels(), loc="outside upper left", ncols=4)
    last = forecast["year"].max()
    ends = forecast[forecast["year"].eq(last)]
    told = "; ".join(
        f"{_(name)}: "
        + ", ".join(
            f"{_(WORDS[r.path])} {show(r.value, 0)} ({show(r.low, 0)}–{show(r.high, 0)})" for r in own.itertuples()
        )
        for name, own in ends.groupby("name", sort=False)
    )
    seen = observed.assign(path="observed")
    caption = _("Indicators as observed and to {year} along three paths, with 95 % bands of the trend.").format(
        year=last
    )
    alt = _("One panel an indicator. In {year}: {told}.").format(year=last, told=told)
    return Figure(drawing, pd.concat([seen, forecast], ignore_index=True), caption, alt)


def support(plan: pd.DataFrame) -> Figure:
    """Costs of each year, the part that is reimbursed, and the gain.

    Parameters
    ----------
    plan : DataFrame
        From `unicluster.economics.support_plan`.
    """
    x = np.arange(len(plan))
    with canvas(height=3.2) as (drawing, axes):
        axes.bar(x - 0.2, plan["subsidy"], 0.38, color=BLUE, label=_("paid by the programme"))
        axes.bar(x - 0.2, plan["own"], 0.38, bottom=plan["subsidy"], color=ORANGE, label=_("paid by the cluster"))
        axes.bar(x + 0.2, plan["gain"], 0.38, color=GREEN, label=_("gain in value added"))
        for place, row in zip(x, plan.itertuples(index=False), strict=True):
            capped = "*" if row.at_ceiling else ""
            axes.text(
                place - 0.2, row.subsidy / 2, show(row.subsidy, 0) + capped, ha="center", va="center", color="white"
            )
        axes.set_xticks(x, [str(year) for year in plan["year"]])
        axes.set_ylabel(_("Million"))
        axes.set_ylim(0, max(plan["cost"].max(), plan["gain"].max()) * 1.08)
        drawing.legend(loc="outside upper left", ncols=3)
    told = "; ".join(
        _("{year}: programme {paid}, cluster {own}, gain {gain}").format(
            year=r.year, paid=show(r.subsidy, 0), own=show(r.own, 0), gain=show(r.gain, 0)
        )
        for r in plan.itertuples(index=False)
    )
    caption = _("What the programme would pay and what the projects bring; a star marks payment at the ceiling.")
    return Figure(drawing, plan, caption, _("Bars by year, in millions. {told}.").format(told=told))
