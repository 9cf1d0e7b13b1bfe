"""A region's industries among those of its country: what it has more of, how they grew, and what is near to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster.economics.components import Components
from unicluster.economics.concentration import herfindahl
from unicluster.economics.ellison_glaeser import ellison_glaeser
from unicluster.economics.localisation import (
    cluster_index,
    krugman_concentration,
    localisation_coefficient,
    locational_gini,
)
from unicluster.economics.location_quotient import location_quotient, location_quotient_interval
from unicluster.economics.panel import Panel, panel
from unicluster.economics.relatedness import co_occurrence, presence, relatedness, relatedness_density
from unicluster.economics.shift_share import arcelus, dynamic_shift_share, esteban_marquillas, shift_share
from unicluster.economics.specialisation import gini_specialisation, hachman, krugman_specialisation
from unicluster.faults import Fault, refuse

OWN = "own"
"""Stands for all territories of the region together."""


@dataclass(frozen=True, eq=False)
class Structure:
    """Employment by year, territory and industry, the region's own territories added up to the first.

    Attributes
    ----------
    jobs : Panel
        Employed people; its first region is `OWN`.
    firms : ndarray or None
        Number of firms, the shape of ``jobs.values``; None where they were not counted everywhere.
    area, population : ndarray, shape (regions,)
        Square kilometres; people.
    names : dict of str to str
        Names of territories and industries.
    """

    jobs: Panel
    firms: np.ndarray | None
    area: np.ndarray
    population: np.ndarray
    names: dict[str, str]

    @property
    def last(self) -> np.ndarray:
        """Employment of the last year, shape (regions, industries)."""
        return self.jobs.values[-1]


def structure(employment: pd.DataFrame, territories: pd.DataFrame, own_name: str) -> Structure:
    """Bring the tables of a region into the form that the measures take.

    Parameters
    ----------
    employment, territories : DataFrame
        Tables ``employment`` and ``territories``.
    own_name : str
        What the region is called.

    Raises
    ------
    InputError
        Every fault at once: no territory is the region's own or all are, a territory without employment, territories
        or industries missing in a year, one year only.
    """
    own = set(territories.loc[territories["own"].astype(bool), "territory"])
    faults = []
    if not own or len(own) == len(territories):
        faults.append(
            Fault(
                "mark the region's own territories with true and all others with false", "territories.csv", column="own"
            )
        )
    faults += [
        Fault("has no employment; add its rows or remove it", "territories.csv", column="territory", value=name)
        for name in sorted(set(territories["territory"]) - set(employment["territory"]))
    ]
    if employment["year"].nunique() < 2:
        faults.append(Fault("two years or more are needed", "employment.csv", column="year"))
    refuse(faults)
    # "!" sorts before every identifier, so that the region comes first.
    place = {name: "!" if name in own else name for name in territories["territory"]}
    rows = employment.assign(region=employment["territory"].map(place))
    keys = ["year", "region", "industry"]
    added = rows.groupby(keys, as_index=False)[["employment"]].sum()
    jobs = panel(added, "employment")
    firms = None
    if rows["firms"].notna().all():
        firms = panel(rows.groupby(keys, as_index=False)[["firms"]].sum(), "firms").values
    sizes = (
        territories.assign(region=territories["territory"].map(place)).groupby("region")[["area", "population"]].sum()
    )
    names = territories.set_index("territory")["name_en"].to_dict() | {OWN: own_name}
    names |= employment.drop_duplicates("industry").set_index("industry")["industry_en"].to_dict()
    return Structure(
        jobs=Panel(jobs.values, jobs.years, (OWN, *jobs.regions[1:]), jobs.industries),
        firms=firms,
        area=sizes["area"].to_numpy(float),
        population=sizes["population"].to_numpy(float),
        names=names,
    )


def specialisation(region: Structure, confidence: float = 0.95) -> pd.DataFrame:
    """What the region has more of than the country, in the last year.

    Parameters
    ----------
    region : Structure
    confidence : float
        Level of the intervals. Jobs come by the firm, so that the variance is that of firms: the design effect is the
        mean number of jobs a firm. Without a count of firms there is no interval.

    Returns
    -------
    DataFrame
        One row an industry: ``industry``, ``name``, ``employment``, ``share_percent`` (of the region's jobs),
        ``location_quotient``, ``low``, ``high``, ``cluster_index`` (Litzenberger and Sternberg) and
        ``density_percent`` (share of related industries that the region is specialised in), largest quotient first.
    """
    jobs = region.last
    quotient = location_quotient(jobs)[0]
    low = high = index = np.full(len(quotient), np.nan)
    if region.firms is not None:
        size = jobs.sum() / region.firms[-1].sum()
        low, high = (limit[0] for limit in location_quotient_interval(jobs, confidence=confidence, design_effect=size))
        index = cluster_index(jobs, region.firms[-1], region.area, region.population)[0]
    present = presence(jobs)
    near = relatedness(co_occurrence(present))
    table = pd.DataFrame(
        {
            "industry": region.jobs.industries,
            "name": [region.names[i] for i in region.jobs.industries],
            "employment": jobs[0],
            "share_percent": 100 * jobs[0] / jobs[0].sum(),
            "location_quotient": quotient,
            "low": low,
            "high": high,
            "cluster_index": index,
            "density_percent": relatedness_density(present, near)[0],
        }
    )
    return table.sort_values("location_quotient", ascending=False, kind="stable", ignore_index=True)


def industry_concentration(region: Structure) -> pd.DataFrame:
    """How unevenly each industry is spread over the country, in the last year.

    Returns
    -------
    DataFrame
        One row an industry: ``industry``, ``name``, ``krugman`` (0 to 2), ``hoover`` (0 to 1), ``gini``,
        ``herfindahl``, and ``ellison_glaeser``: at most so much, because firms are taken as equally large where only
        their number is known (missing without it).
    """
    jobs = region.last
    gamma = np.full(jobs.shape[1], np.nan)
    if region.firms is not None:
        with np.errstate(divide="ignore"):
            equal = 1 / region.firms[-1].sum(axis=0)
        gamma = ellison_glaeser(jobs, np.minimum(equal, 1.0)).gamma
    return pd.DataFrame(
        {
            "industry": region.jobs.industries,
            "name": [region.names[i] for i in region.jobs.industries],
            "krugman": krugman_concentration(jobs),
            "hoover": localisation_coefficient(jobs),
            "gini": locational_gini(jobs),
            "herfindahl": herfindahl(jobs.T),
            "ellison_glaeser": gamma,
        }
    ).sort_values("gini", ascending=False, kind="stable", ignore_index=True)


def territory_specialisation(region: Structure) -> pd.DataFrame:
    """How far each territory's industries differ from the country's, in the last year.

    Returns
    -------
    DataFrame
        One row a territory: ``territory``, ``name``, ``krugman`` (0 to 2), ``gini``, ``hachman`` (1: like the country),
        ``herfindahl``.
    """
    jobs = region.last
    return pd.DataFrame(
        {
            "territory": region.jobs.regions,
            "name": [region.names[name] for name in region.jobs.regions],
            "krugman": krugman_specialisation(jobs),
            "gini": gini_specialisation(jobs),
            "hachman": hachman(jobs),
            "herfindahl": herfindahl(jobs),
        }
    ).sort_values("krugman", ascending=False, kind="stable", ignore_index=True)


def shift_share_table(region: Structure) -> pd.DataFrame:
    """Change of the region's employment from the first to the last year, split in four ways.

    Returns
    -------
    DataFrame
        One row a ``method`` (classical, dynamic, esteban-marquillas, arcelus), ``industry`` (``total`` last) and
        ``component``, with ``name`` (of the industry), ``jobs`` and the ``change`` that the components of that method
        and industry add up to.
    """
    first, last = region.jobs.values[0], region.jobs.values[-1]
    methods = {
        "classical": shift_share(first, last),
        "dynamic": dynamic_shift_share(region.jobs.values).sum(axis=0),
        "esteban-marquillas": esteban_marquillas(first, last),
        "arcelus": arcelus(first, last),
    }
    change = np.append(last[0] - first[0], (last[0] - first[0]).sum())
    parts = [_long(region, method, found, change) for method, found in methods.items()]
    return pd.concat(parts, ignore_index=True)


def _long(region: Structure, method: str, found: Components, change: np.ndarray) -> pd.DataFrame:
    industries = [*region.jobs.industries, "total"]
    names = [*(region.names[i] for i in region.jobs.industries), "All together"]
    wide = pd.DataFrame(
        {part: np.append(values[0], values[0].sum()) for part, values in vars(found).items()},
        index=pd.MultiIndex.from_arrays([industries, names, change], names=["industry", "name", "change"]),
    )
    long = wide.melt(var_name="component", value_name="jobs", ignore_index=False).reset_index()
    # Components that cancel leave rounding errors, which differ between machines.
    long["jobs"] = long["jobs"].round(6) + 0.0
    return long.assign(method=method)[["method", "industry", "name", "component", "jobs", "change"]]
