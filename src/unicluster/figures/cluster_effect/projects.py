"""What of the growth is owed to projects, to sectors, or to nobody: readings, shift-share, net effect."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from unicluster.display import show
from unicluster.figures.cluster_effect.words import called, dot_rows, ordered
from unicluster.figures.style import BLUE, GREEN, GREY, INK, ORANGE, VERMILION, Figure, canvas
from unicluster.language import _, mark

PARTS = {
    "national": (mark("as the whole economy"), GREY),
    "mix": (mark("because of its sector"), ORANGE),
    "regional": (mark("the cluster's own"), BLUE),
}

STEPS = {
    "gross": mark("gross"),
    "deadweight": mark("deadweight"),
    "leakage": mark("leakage"),
    "displacement": mark("displacement"),
    "substitution": mark("substitution"),
    "multiplier": mark("multiplier"),
    "net": mark("net"),
}


def project_effect(table: pd.DataFrame, meanings: Mapping[str, str], names: Mapping[str, str]) -> Figure | None:
    """Share of each cluster's growth that its projects would bring, under every reading of the printed percentage.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.economics.project_effect`, index reset.
    meanings : mapping of str to str
        What the percentage is a percentage of, by reading.
    names : mapping of str to str

    Returns
    -------
    Figure or None
        None where no percentage is given.
    """
    if table.empty:
        return None
    wide = ordered(table.pivot(index="cluster", columns="reading", values="percent_of_growth"))
    told_as = {reading: f"{reading}: {_(meanings[reading])}" for reading in wide.columns}
    with canvas(height=0.45 * len(wide) + 1.6) as (drawing, axes):
        dot_rows(axes, wide, names, list(told_as.values()))
        axes.set_xlim(min(0, wide.min().min() * 1.05), max(100, wide.max().max() * 1.05))
        axes.set_xlabel(_("Effect from cluster projects as a share of growth, %"))
        drawing.legend(loc="outside upper left", ncols=1)
    told = "; ".join(
        f"{called(c, names)} " + ", ".join(f"{reading} {show(value, 0)} %" for reading, value in row.items())
        for c, row in wide[::-1].iterrows()
    )
    caption = _("What share of its growth a cluster owes to its projects depends on what the printed percentage means.")
    alt = _("One dot a reading ({readings}). {told}.").format(readings="; ".join(told_as.values()), told=told)
    return Figure(drawing, wide.reset_index(), caption, alt)


def sector_growth(table: pd.DataFrame | None, names: Mapping[str, str]) -> Figure | None:
    """Components of each cluster's growth, stacked, with the growth itself.

    Parameters
    ----------
    table : DataFrame or None
        From `unicluster.economics.sector_shift_share`, index reset; None where growth of the sectors is not given.
    names : mapping of str to str

    Returns
    -------
    Figure or None
    """
    if table is None:
        return None
    rows = table[table["cluster"].ne("total")].sort_values("change", ignore_index=True)
    with canvas(height=0.42 * len(rows) + 1.2) as (drawing, axes):
        below, above = np.zeros(len(rows)), np.zeros(len(rows))
        for part, (words, colour) in PARTS.items():
            values = rows[part].to_numpy(float) / 1000
            start = np.where(values >= 0, above, below)
            axes.barh(range(len(rows)), values, left=start, color=colour, height=0.62, label=_(words))
            above, below = above + np.maximum(values, 0), below + np.minimum(values, 0)
        axes.plot(rows["change"] / 1000, range(len(rows)), "D", color=INK, markersize=6, label=_("the growth itself"))
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(range(len(rows)), [called(c, names) for c in rows["cluster"]])
        axes.set_xlabel(_("Planned growth of output, billion tenge"))
        drawing.legend(loc="outside upper left", ncols=2)
    line = _("{name} {change}: {national} as the whole economy, {mix} because of its sector, {regional} its own")
    told = "; ".join(
        line.format(
            name=called(r.cluster, names),
            **{part: show(getattr(r, part) / 1000) for part in ("change", *PARTS)},
        )
        for r in rows[::-1].itertuples()
    )
    caption = _("Planned growth of each cluster, split into the country's, its sector's and its own.")
    alt = _("Stacked bars, one a cluster, in billion tenge. {told}.").format(told=told)
    return Figure(drawing, rows, caption, alt)


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
        reach = rows["level"].abs().max() / 1000
        for y, (row, end) in enumerate(zip(rows.itertuples(), whole, strict=True)):
            left, width = (min(0, row.level), abs(row.level)) if end else (row.low, abs(row.change))
            colour = BLUE if end else (VERMILION if row.change < 0 else GREEN)
            axes.barh(-y, width / 1000, left=left / 1000, color=colour, height=0.6)
            shown = row.level if end else row.change
            axes.text((left + width) / 1000 + 0.01 * reach, -y, show(shown / 1000), va="center", fontsize=9)
        axes.set_yticks([-y for y in range(len(rows))], [_(STEPS[step]) for step in rows["step"]])
        axes.set_xlim(min(0, 1.12 * rows["low"].min() / 1000), max(0.12 * reach, rows["level"].max() / 1000 * 1.12))
        axes.set_xlabel(_("Billion tenge, in printed prices"))
    told = "; ".join(
        f"{_(STEPS[r.step])} {show((r.level if r.step in ('gross', 'net') else r.change) / 1000)}"
        for r in rows.itertuples()
    )
    caption = _("From planned growth to a net effect under the assumed percentages.")
    alt = _("Waterfall chart in billion tenge: {told}. The percentages are assumed.").format(told=told)
    return Figure(drawing, steps, caption, alt)
