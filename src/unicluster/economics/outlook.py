"""What an application must justify: where its indicators go with and without the cluster, and what the support buys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from unicluster.economics.additionality import Additionality
from unicluster.economics.forecast import Rate, forecast_paths, trend
from unicluster.economics.support import break_even_gain_share, break_even_year, cost_per_job, subsidy_schedule
from unicluster.faults import Fault, refuse

PATHS = ("base", "with projects", "counterfactual")
"""The trend goes on; projects add to it; it would be lower without the cluster."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """Observed indicators and their paths.

    Attributes
    ----------
    observed : DataFrame
        ``indicator``, ``name``, ``unit``, ``year``, ``value``.
    paths : DataFrame
        ``indicator``, ``name``, ``unit``, ``path`` (one of `PATHS`), ``year`` (the last observed one first), ``value``
        (median), ``low``, ``high``.
    rates : DataFrame
        ``indicator``, ``name``, ``yearly_percent`` of the trend with ``low`` and ``high``, ``years`` observed.
    """

    observed: pd.DataFrame
    paths: pd.DataFrame
    rates: pd.DataFrame

    def gained(self, indicator: str) -> float:
        """What projects add to an indicator in the last year, over its own trend; NaN where it is not there."""
        rows = self.paths[self.paths["indicator"].eq(indicator)]
        ends = rows[rows["year"].eq(rows["year"].max())].set_index("path")["value"]
        return float(ends["with projects"] - ends["base"]) if len(ends) else float("nan")


def growth_points(base_percent: float, points: float) -> float:
    """Yearly growth some percentage points above or below another, never as low as -100 %."""
    return max(base_percent + points, -99.0)


def outlook(
    indicators: pd.DataFrame,
    until: int,
    project_points: float,
    without_points: float,
    confidence: float = 0.95,
) -> Outlook:
    """Carry every observed indicator forward.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``; its observed rows are used.
    until : int
        Last year of the paths.
    project_points, without_points : float
        Percentage points of yearly growth that projects add, and that would be lost without the cluster: assumptions.
    confidence : float
        Level of the intervals. The trend's rate is as uncertain as its regression says, with Student's t.

    Raises
    ------
    InputError
        Every fault at once: indicators with fewer than three observed years, with values that are not positive, in
        current prices (they would grow by inflation alone), or an end that is not later than what was observed.
    """
    rows = indicators[indicators["kind"].eq("observed")].sort_values(["indicator", "year"], ignore_index=True)
    refuse(_faults(indicators, rows, until))
    observed, paths, rates = [], [], []
    for indicator, own in rows.groupby("indicator", sort=True):
        words = {"indicator": indicator, "name": own["name_en"].iloc[0], "unit": own["unit"].iloc[0]}
        series = own.set_index("year")["value"].astype(float)
        last = int(series.index[-1])
        fitted = trend(series, range(last + 1, until + 1), confidence)
        spread = np.log1p(fitted.upper / 100) - np.log1p(fitted.lower / 100)
        sure = 100 * spread / 2 / stats.t.ppf((1 + confidence) / 2, len(series) - 2)
        growth = {
            "base": fitted.yearly_percent,
            "with projects": growth_points(fitted.yearly_percent, project_points),
            "counterfactual": growth_points(fitted.yearly_percent, -without_points),
        }
        found = forecast_paths(
            float(series.iloc[-1]), last, until, {name: Rate(g, sure) for name, g in growth.items()}, 0.0, confidence
        )
        found = found.reset_index().rename(columns={"lower": "low", "upper": "high"})
        paths.append(found.assign(**words))
        observed.append(series.rename("value").reset_index().assign(**words))
        rate = {
            "yearly_percent": fitted.yearly_percent,
            "low": fitted.lower,
            "high": fitted.upper,
            "years": len(series),
        }
        rates.append({key: words[key] for key in ("indicator", "name")} | rate | {"years": len(series)})
    columns = ["indicator", "name", "unit", "path", "year", "value", "low", "high"]
    return Outlook(
        pd.concat(observed, ignore_index=True)[["indicator", "name", "unit", "year", "value"]],
        pd.concat(paths, ignore_index=True)[columns],
        pd.DataFrame(rates),
    )


def _faults(indicators: pd.DataFrame, observed: pd.DataFrame, until: int) -> list[Fault]:
    faults = []
    for indicator, own in observed.groupby("indicator", sort=True):
        told = {"column": "indicator", "value": str(indicator)}
        if len(own) < 3:
            faults.append(Fault("three observed years or more are needed for a trend", "indicators.csv", **told))
        if (own["value"] <= 0).any():
            faults.append(Fault("values above zero are needed for a rate of growth", "indicators.csv", **told))
        if own["prices"].eq("current").any():
            faults.append(Fault("deflate it first: current prices grow with inflation alone", "indicators.csv", **told))
        if own[["unit", "prices"]].drop_duplicates().shape[0] > 1:
            faults.append(Fault("its rows have different units or prices", "indicators.csv", **told))
        if own["year"].max() >= until:
            faults.append(Fault(f"is observed beyond {until}, the end of the paths", "indicators.csv", **told))
    if observed.empty:
        faults.append(Fault("there is no observed row", "indicators.csv", column="kind"))
    return faults


def support_plan(support: pd.DataFrame) -> pd.DataFrame:
    """What is paid in each year, by costs, rate and ceiling.

    Parameters
    ----------
    support : DataFrame
        Table ``support``.

    Returns
    -------
    DataFrame
        One row a year, sorted: ``year``, then the columns of `subsidy_schedule`, and ``gain`` (0 where not given).
    """
    rows = support.sort_values("year", ignore_index=True)
    ceiling = rows["ceiling"].astype(float).fillna(np.inf)
    plan = subsidy_schedule(rows["cost"].astype(float), rows["rate_percent"].astype(float), ceiling)
    return (
        plan.reset_index(drop=True)
        .assign(gain=rows["gain"].astype(float).fillna(0.0))
        .pipe(lambda table: pd.concat([rows["year"], table], axis=1))
    )


def support_account(
    plan: pd.DataFrame, jobs: float, additionality: Additionality, discount_percent: float
) -> pd.DataFrame:
    """What the support buys.

    Parameters
    ----------
    plan : DataFrame
        From `support_plan`, million of the currency.
    jobs : float
        Gross jobs that the projects bring.
    additionality : Additionality
        Makes net jobs and net gains of gross ones: an assumption.
    discount_percent : float
        A year.

    Returns
    -------
    DataFrame
        ``measure``, ``value``, ``unit``: subsidies, gross and net cost of a job, the year of support at whose end
        discounted net gains have made up for it, and the share of the gains that would do.
    """
    paid, gain = plan["subsidy"].to_numpy(float), plan["gain"].to_numpy(float) * additionality.net_share
    total = float(paid.sum())
    rows = [
        ("Subsidies in all", total, "million"),
        ("Gross cost of a job", float(cost_per_job(total, jobs)), "million"),
        ("Net cost of a job", float(cost_per_job(total, jobs, additionality.net_share)), "million"),
        ("Net gains have made up for it after", float(break_even_year(paid, gain, discount_percent)), "years"),
        ("Share of the net gains that would do", float(break_even_gain_share(paid, gain, discount_percent)), "%"),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "unit"])
