"""What to read from the pictures of the chapter on the economic effect."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown
from unicluster.language import currency


def growth(table: pd.DataFrame, names: Mapping[str, str]) -> Reading:
    """Growth of the whole, the cluster that carries most of it, and the printed effect that differs most."""
    total = table.set_index("cluster").loc["total"]
    rows = table[table["cluster"].ne("total")]
    most = rows.loc[rows["contribution_percent"].idxmax()]
    parts = [
        f"Planned output is {show(total['growth_percent'])} % above the base, "
        f"{show(total['yearly_percent'])} % a year. "
        f"**{markdown(names[most['cluster']])}** alone brings {show(most['contribution_percent'], 0)} % of the growth."
    ]
    odd = rows[rows["difference_points"].abs() > 0.5]
    if len(odd):
        listed = "; ".join(
            f"{markdown(names[r.cluster])} is printed as {show(r.effect_percent, 0)} % "
            f"and is {show(r.growth_percent)} %"
            for r in odd.itertuples()
        )
        parts.append(f"The printed effect is growth, rounded, but for {len(odd)} of {len(rows)}: {listed}.")
    elif rows["difference_points"].notna().any():
        parts.append("Every printed effect is growth, rounded.")
    return Reading(*parts)


def prices(table: pd.DataFrame, break_even: float, base_year: int, plan_year: int) -> Reading:
    """What is left of growth in real terms, and the inflation at which nothing would be."""
    total = table[table["cluster"].eq("total")].set_index("price_year")
    shrinking = table[table["price_year"].eq(plan_year) & table["real_percent"].lt(0) & table["cluster"].ne("total")]
    return Reading(
        f"If the plan is in {base_year} prices, real growth is {show(total.loc[base_year, 'real_percent'])} %. "
        f"If it is in {plan_year} prices, it is {show(total.loc[plan_year, 'real_percent'])} % "
        f"({show(total.loc[plan_year, 'real_yearly_percent'])} % a year), and {len(shrinking)} of "
        f"{table['cluster'].nunique() - 1} clusters shrink. Inflation of {show(break_even)} % a year would leave "
        "nothing of the growth. The article does not say in whose prices it plans."
    )


def project_effect(table: pd.DataFrame, meanings: Mapping[str, str]) -> Reading:
    """The amount that the projects would bring under each reading, and whether the data exclude any."""
    if table.empty:
        return Reading(
            "No effect from cluster projects is given: `project_effect_percent` of `clusters.csv` is empty. With it, "
            "each reading would say how much of the growth the projects bring."
        )
    total = table[table["cluster"].eq("total")]
    lines = [
        f"- **{r.reading}**, {meanings[r.reading]}: {show(r.amount / 1000)} billion {currency()}, "
        f"{show(r.percent_of_growth)} % of growth."
        for r in total.itertuples()
    ]
    excluded = sorted(table.loc[table["contradicted"], "reading"].unique())
    told = (
        f"The data contradict reading {', '.join(excluded)}."
        if excluded
        else "Under every reading each cluster's projects stay below its growth: the data cannot choose between them."
    )
    return Reading("\n".join(lines), told)


def sector_growth(table: pd.DataFrame | None, names: Mapping[str, str], price_basis: str) -> Reading:
    """How much of the planned growth is owed to the country and the sectors, or which table would tell."""
    if table is None:
        return Reading(
            "Growth of the country and of the clusters' sectors is **missing**. A table `sector_growth.csv` in the "
            "region's folder, with one row for the country and one for each cluster, would take both off the planned "
            "growth and leave what is the clusters' own."
        )
    total = table.set_index("cluster").loc["total"]
    rows = table[table["cluster"].ne("total")]
    behind = rows[rows["regional"].lt(0)]
    parts = [
        f"Of {show(total['change'] / 1000)} billion {currency()} of planned growth {show(total['national'] / 1000)} "
        f"would come at the country's pace and {show(total['mix'] / 1000)} because of the clusters' sectors; "
        f"{show(total['regional'] / 1000)} billion ({show(total['regional_percent_of_growth'], 0)} %) are the "
        "clusters' own."
    ]
    if len(behind):
        listed = ", ".join(f"**{markdown(names[c])}**" for c in behind["cluster"])
        parts.append(f"Planned to grow less than the sector does in the country: {listed}.")
    if price_basis == "unknown":
        parts.append("The prices of the plan are not known; growth of the sectors is taken to be in the same.")
    return Reading(*parts)


def concentration(table: pd.DataFrame) -> Reading:
    """Whether the plan makes the portfolio of clusters more concentrated."""
    rows = table.set_index("measure")
    index, equivalent = rows.loc["herfindahl"], rows.loc["numbers_equivalent"]
    word = "more" if index["change"] > 0 else "less"
    return Reading(
        f"The plan makes the portfolio {word} concentrated: the Herfindahl index goes from {show(index['base'], 3)} to "
        f"{show(index['plan'], 3)}, as if there were {show(equivalent['base'])} and then "
        f"{show(equivalent['plan'])} equal clusters."
    )


def plan_outcome(table: pd.DataFrame, names: Mapping[str, str]) -> Reading:
    """What is left of growth in the worst scenario, and which cluster can bear least."""
    rows = table[table["cluster"].ne("total")]
    frail = rows.loc[rows["break_even_percent"].idxmax()]
    totals = table[table["cluster"].eq("total")]
    told = "; ".join(f"{show(r.scenario, 0)} % of the plan: {show(r.growth_percent)} %" for r in totals.itertuples())
    return Reading(
        f"Growth of all together: {told}. **{markdown(names[frail['cluster']])}** can bear least: it does not grow if "
        f"{show(frail['break_even_percent'], 0)} % of its plan comes true. Nothing here is deflated."
    )


def waterfall(steps: pd.DataFrame) -> Reading:
    """The net effect and its share of the gross one."""
    level = steps.set_index("step")["level"]
    share = 100 * level["net"] / level["gross"]
    return Reading(
        f"Of {show(level['gross'] / 1000)} billion {currency()} of planned growth {show(level['net'] / 1000)} billion "
        f"({show(share, 0)} %) would be additional under these percentages, which are `assumed`."
    )
