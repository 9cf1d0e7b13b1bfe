"""What the tables of a region must agree on with its description and with each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from unicluster import tables
from unicluster.faults import Fault, InputError
from unicluster.language import HOME_CURRENCY
from unicluster.regions.region import Region
from unicluster.tables import Checked

COUNTRY = "country"
"""Stands for the whole economy among the clusters' sectors."""

RESERVED = {
    "total": "the total is computed; remove its row",
    COUNTRY: "stands for the whole economy; name it otherwise",
}
"""What no cluster can be called, and why."""


def of_tables(region: Region, checked: Mapping[str, Checked]) -> list[Fault]:
    """Errors between the sound tables of a region.

    Parameters
    ----------
    region : Region
    checked : mapping of str to Checked
        The region's own sound tables, by name.
    """
    return [fault for rule in _RULES for fault in rule(region, checked)]


def price_indices(region: Region) -> pd.DataFrame:
    """The price indices that a region can use: those of its country, and its own in their place or besides.

    Parameters
    ----------
    region : Region

    Returns
    -------
    DataFrame
        Columns of the table ``deflators``; the country's series only where the region reckons in tenge.

    Raises
    ------
    InputError
        When ``deflators.csv`` of the region is faulty.
    """
    own = region.table("region_deflators")
    country = tables.load("deflators")
    if region.currency != HOME_CURRENCY:
        country = country.iloc[:0]
    if own is None:
        return country
    return pd.concat([country[~country["series"].isin(own["series"])], own], ignore_index=True)


def _years(region: Region, checked: Mapping[str, Checked]) -> list[Fault]:
    """Clusters whose years are not those of the description."""
    table = checked.get("clusters")
    if table is None:
        return []
    return [
        Fault(f"region.yml has {wanted}; correct one of them", table.shown_as, line, name, value, "years")
        for name, wanted in (("base_year", region.base_year), ("plan_year", region.plan_year))
        for line, value in zip(table.lines, table.columns[name], strict=True)
        if value != wanted
    ]


def _reserved(_region: Region, checked: Mapping[str, Checked]) -> list[Fault]:
    table = checked.get("clusters")
    if table is None:
        return []
    return [
        Fault(RESERVED[cluster], table.shown_as, line, "cluster", cluster, "reserved name")
        for line, cluster in zip(table.lines, table.columns["cluster"], strict=True)
        if cluster in RESERVED
    ]


def _sectors(region: Region, checked: Mapping[str, Checked]) -> list[Fault]:
    """Sectors of no cluster, clusters without a sector, and prices other than the plan's."""
    table = checked.get("sector_growth")
    if table is None or not table.lines:
        return []
    clusters = _clusters(region, checked)
    if clusters is None:
        return []
    known = [*clusters, COUNTRY]
    found = [
        Fault(
            f"no such cluster{tables.suggest(name, known)}; one of: {', '.join(known)}",
            table.shown_as,
            line,
            "cluster",
            name,
            "unknown cluster",
            tables.nearest(name, known),
        )
        for line, name in zip(table.lines, table.columns["cluster"], strict=True)
        if name not in known
    ]
    absent = [name for name in known if name not in table.columns["cluster"]]
    found += [Fault("has no row; add it", table.shown_as, None, "cluster", name, "complete") for name in absent]
    if region.price_basis != "unknown" and table.columns["prices"][0] != region.price_basis:
        message = f"the plan is in other prices: region.yml has price_basis {region.price_basis}"
        found.append(Fault(message, table.shown_as, table.lines[0], "prices", table.columns["prices"][0], "prices"))
    return found


def _prices(region: Region, checked: Mapping[str, Checked]) -> list[Fault]:
    """A price index that the region wants and that is not there, and indices without the base or the plan year."""
    clusters = _clusters(region, checked)
    if not clusters:
        return []
    own = checked.get("region_deflators")
    shown_as = own.shown_as if own else f"regions/{region.region}/region.yml"
    wanted = str(region.parameters.get("cluster_effect", {}).get("price_index", "cpi"))
    try:
        series = price_indices(region)
    except InputError:
        return []
    found = []
    if wanted not in set(series["series"]):
        message = f"no price index '{wanted}' in {region.currency}; add its rows to deflators.csv"
        found.append(Fault(message, shown_as, rule="price index"))
    needed = {region.base_year, region.plan_year}
    for name in sorted({wanted, *clusters} & set(series["series"])):
        absent = sorted(needed - set(series.loc[series["series"].eq(name), "year"]))
        if absent:
            years = " and ".join(map(str, absent))
            message = f"has no value for {years}, the base or plan year of region.yml; add it to deflators.csv"
            found.append(Fault(message, shown_as, None, "series", name, "price index"))
    return found


def _clusters(region: Region, checked: Mapping[str, Checked]) -> list[str] | None:
    """Identifiers of the region's clusters, its own or the article's; None where its table is faulty."""
    if "clusters" in checked:
        return list(checked["clusters"].columns["cluster"])
    if region.has_rows("clusters"):
        return None
    if not region.has("clusters"):
        return []
    return list(region.table("clusters")["cluster"])


_RULES: tuple[Callable[[Region, Mapping[str, Checked]], list[Fault]], ...] = (_years, _reserved, _sectors, _prices)
