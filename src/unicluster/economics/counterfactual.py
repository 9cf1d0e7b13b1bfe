"""What the clusters would have grown without being clusters, and what of the growth that leaves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from unicluster.economics.checking import TOTAL, check_clusters
from unicluster.economics.effect import percent_of
from unicluster.faults import Fault
from unicluster.regions import COUNTRY


def cluster_shift_share(
    clusters: pd.DataFrame, national_percent: float, sector_percent: Mapping[str, float]
) -> pd.DataFrame:
    """Classical shift-share of clusters, with national and sector growth as data.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` (one unit of money, one price basis).
    national_percent : float
        Growth of the whole economy from the base year to the plan year, in the same prices.
    sector_percent : mapping of str to float
        For each cluster the growth of its sector in the whole economy over the same years, in the same
        prices.

    Returns
    -------
    DataFrame
        Indexed by ``cluster``, ``total`` last: ``change`` and its parts ``national``, ``mix``, ``regional``,
        ``counterfactual`` (plan-year output had the cluster grown as its sector), all in the unit of output,
        and ``regional_percent_of_growth`` (missing where output does not change).

    Raises
    ------
    InputError
        Faults of the table, clusters without a sector's growth, growth below -100 %.

    References
    ----------
    Dunn (1960), *Papers of the Regional Science Association* 6, 97-112.
    """
    names = list(clusters["cluster"]) if "cluster" in clusters else []
    also = [
        Fault("no growth of its sector; add it", column="sector_percent", value=str(name))
        for name in names
        if not np.isfinite(sector_percent.get(name, np.nan))
    ]
    given = {"national_percent": national_percent, **sector_percent}
    also += [
        Fault(f"growth of {name} must be a number not below -100", column="percent", value=f"{rate}")
        for name, rate in given.items()
        if rate < -100 or (name == "national_percent" and not np.isfinite(rate))
    ]
    check_clusters(clusters, also=also)

    base, plan = (clusters[f"{date}_output"].to_numpy(dtype=float) for date in ("base", "plan"))
    sector = np.array([sector_percent[name] for name in names], dtype=float) / 100
    nation = national_percent / 100
    table = pd.DataFrame(
        {
            "change": plan - base,
            "national": base * nation,
            "mix": base * (sector - nation),
            "regional": plan - base * (1 + sector),
            "counterfactual": base * (1 + sector),
        },
        index=pd.Index(names, name="cluster"),
    )
    table.loc[TOTAL] = table.sum()
    return table.assign(regional_percent_of_growth=percent_of(table["regional"], table["change"]))


def sector_shift_share(clusters: pd.DataFrame, growth: pd.DataFrame | None) -> pd.DataFrame | None:
    """Classical shift-share of clusters with growth from a table.

    Parameters
    ----------
    clusters : DataFrame
        As in `cluster_shift_share`.
    growth : DataFrame or None
        Table ``sector_growth``: ``growth_percent`` of each ``cluster``'s sector, and of ``country``. None where it is
        not given.

    Returns
    -------
    DataFrame or None
        From `cluster_shift_share`, index reset, ``sector`` after ``cluster`` (missing for the total); None without
        growth.

    Raises
    ------
    InputError
        As `cluster_shift_share`.
    """
    if growth is None:
        return None
    rates = growth.set_index("cluster")["growth_percent"].astype(float)
    sectors = growth.set_index("cluster")["sector_en"]
    table = cluster_shift_share(clusters, rates.get(COUNTRY, np.nan), rates.drop(COUNTRY, errors="ignore").to_dict())
    table = table.reset_index()
    table.insert(1, "sector", table["cluster"].map(sectors))
    return table


def plan_outcome(clusters: pd.DataFrame, fulfilment: Mapping[str, float | Mapping[str, float]]) -> pd.DataFrame:
    """Output and growth if the plan is met in part or exceeded.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` (one unit of money).
    fulfilment : mapping of str to float or mapping
        Scenario to the share of the planned output that comes true, in percent: one for all clusters, or one
        for each by name.

    Returns
    -------
    DataFrame
        Indexed by (``scenario``, ``cluster``), ``total`` last in each: ``outcome``, ``change`` against the
        base, ``growth_percent``, and ``break_even_percent``: the fulfilment at which nothing grows.

    Raises
    ------
    InputError
        Faults of the table, shares that are missing or negative.
    """
    names = list(clusters["cluster"]) if "cluster" in clusters else []
    by_cluster = {
        scenario: dict.fromkeys(names, share) if isinstance(share, int | float) else dict(share)
        for scenario, share in fulfilment.items()
    }
    also = [
        Fault(f"scenario {scenario!r} needs a share of zero or more for cluster {name!r}", column="fulfilment")
        for scenario, shares in by_cluster.items()
        for name in names
        if not 0 <= shares.get(name, np.nan) < np.inf
    ]
    if not fulfilment:
        also.append(Fault("give at least one scenario", column="fulfilment"))
    check_clusters(clusters, also=also)

    base, plan = (clusters[f"{date}_output"].to_numpy(dtype=float) for date in ("base", "plan"))
    tables = {}
    for scenario, shares in by_cluster.items():
        outcome = plan * np.array([shares[name] for name in names], dtype=float) / 100
        table = pd.DataFrame({"base": base, "plan": plan, "outcome": outcome}, index=pd.Index(names, name="cluster"))
        table.loc[TOTAL] = table.sum()
        tables[scenario] = pd.DataFrame(
            {
                "outcome": table["outcome"],
                "change": table["outcome"] - table["base"],
                "growth_percent": 100 * (table["outcome"] / table["base"] - 1),
                "break_even_percent": percent_of(table["base"], table["plan"]),
            }
        )
    return pd.concat(tables, names=["scenario"])
