"""What to read from the pictures of the chapter on what a region is good at."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def location_quotients(table: pd.DataFrame) -> Reading:
    """What the region surely has more of, and what passes for a cluster."""
    more = table[table["low"].gt(1)]
    first = table.iloc[0]
    told = [
        f"**{markdown(first['name'])}** has {show(first['location_quotient'], 2)} times the country's share of jobs "
        f"({show(first['share_percent'])} % of all jobs here). Of {len(table)} industries {len(more)} are surely "
        f"above the "
        "country, as far as firms settle by chance."
    ]
    clusters = table[table["cluster_index"].gt(4)]
    if len(clusters):
        listed = ", ".join(f"{markdown(r.name)} ({show(r.cluster_index)})" for r in clusters.itertuples(index=False))
        told.append(f"The cluster index, which also weighs how densely firms lie, is above 4 for {listed}.")
    elif table["cluster_index"].notna().any():
        told.append("The cluster index is above 4 for no industry.")
    else:
        told.append("Firms were not counted everywhere: there is no interval and no cluster index.")
    return Reading(*told)


def shift_share(table: pd.DataFrame) -> Reading:
    """How much of the change is the region's own, by each way of splitting it."""
    classical = table[table["method"].eq("classical")]
    total = classical[classical["industry"].eq("total")].set_index("component")
    own = classical[classical["component"].eq("regional") & classical["industry"].ne("total")]
    best, worst = own.loc[own["jobs"].idxmax()], own.loc[own["jobs"].idxmin()]
    dynamic = table[table["method"].eq("dynamic") & table["industry"].eq("total")].set_index("component")
    return Reading(
        f"Employment changed by {show(total['change'].iloc[0], 0)}. At the country's pace it would have changed by "
        f"{show(total.loc['national', 'jobs'], 0)}; the mix of industries accounts for "
        f"{show(total.loc['mix', 'jobs'], 0)}, and "
        f"{show(total.loc['regional', 'jobs'], 0)} are the region's own. Own growth is largest in "
        f"**{markdown(best['name'])}** "
        f"({show(best['jobs'], 0)}) and smallest in **{markdown(worst['name'])}** ({show(worst['jobs'], 0)}).",
        f"Reckoned period by period the own part is {show(dynamic.loc['regional', 'jobs'], 0)}: the two differ as far "
        f"as the "
        "structure changed in between.",
    )


def concentration(industries: pd.DataFrame, territories: pd.DataFrame, own: str) -> Reading:
    """Which industry is most concentrated, and where the region stands among territories."""
    first = industries.iloc[0]
    place = territories.index[territories["territory"].eq(own)][0] + 1
    row = territories[territories["territory"].eq(own)].iloc[0]
    told = (
        f"**{markdown(first['name'])}** is spread most unevenly over the country (Gini {show(first['gini'], 2)}). By "
        f"Krugman's index of specialisation ({show(row['krugman'], 2)}) the region is number {place} of "
        f"{len(territories)}: {show(50 * row['krugman'], 0)} % of its jobs would have to be in other industries for "
        f"it to "
        "be like the country."
    )
    if industries["ellison_glaeser"].notna().any():
        count = int(industries["ellison_glaeser"].gt(0.05).sum())
        told += (
            f" Ellison and Glaeser's index is above 0.05, which passes for very agglomerated, for at most {count} of "
            f"{len(industries)} industries."
        )
    return Reading(told)


def nearness(table: pd.DataFrame) -> Reading:
    """The industries that the region does not have yet and is nearest to."""
    rows = table[table["location_quotient"].lt(1) & table["density_percent"].notna()]
    if rows.empty:
        return Reading("There is no industry that the region lacks and whose relatives are known.")
    near = rows.sort_values("density_percent", ascending=False, kind="stable").iloc[0]
    return Reading(
        f"Of what the region is not specialised in, **{markdown(near['name'])}** is nearest: the region has "
        f"{show(near['density_percent'], 0)} % of what is related to it."
    )
