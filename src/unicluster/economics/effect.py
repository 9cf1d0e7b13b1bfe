"""Growth of clusters from base to plan, who contributes to it, and what comes from cluster projects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster.economics.checking import TOTAL, check_clusters
from unicluster.faults import Fault, refuse
from unicluster.language import mark


@dataclass(frozen=True)
class Reading:
    """One meaning of a printed "effect from cluster projects, %".

    Attributes
    ----------
    meaning : str
        What the percentage is a percentage of.
    formula : str
        The amount in terms of ``base``, ``plan`` and ``percent``.
    amount : callable
        ``amount(base, plan, percent)`` in the unit of base and plan; elementwise on arrays.
    """

    meaning: str
    formula: str
    amount: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


READINGS: dict[str, Reading] = {
    "a": Reading(
        mark("percentage points of base-year output"),
        "base * percent / 100",
        lambda base, plan, percent: base * percent / 100,
    ),
    "b": Reading(
        mark("share of the growth"),
        "(plan - base) * percent / 100",
        lambda base, plan, percent: (plan - base) * percent / 100,
    ),
    "c": Reading(
        mark("share of plan-year output"),
        "plan * percent / 100",
        lambda base, plan, percent: plan * percent / 100,
    ),
    "d": Reading(
        mark("rise over plan-year output without the projects"),
        "plan * percent / (100 + percent)",
        lambda base, plan, percent: plan * percent / (100 + percent),
    ),
}


def growth(clusters: pd.DataFrame, years: float) -> pd.DataFrame:
    """Growth of each cluster and of all together, with each one's part in it.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` (one unit of money, one price basis) and, if printed,
        ``effect_percent``.
    years : float
        Years from base to plan.

    Returns
    -------
    DataFrame
        Indexed by ``cluster`` in the given order, ``total`` last. ``change`` in the unit of output;
        ``growth_percent`` = 100 (plan/base - 1); ``yearly_percent`` compound; ``log_percent`` =
        100 ln(plan/base) and ``log_yearly_percent``, which add up over time; ``contribution_points``, the
        percentage points of the total's growth (they add up to it); ``contribution_percent``, the share of
        the total change (adds up to 100; missing where the total does not change); ``effect_percent`` as
        printed and ``difference_points`` = growth - printed (missing where nothing is printed).

    Raises
    ------
    InputError
        Faults of the table (see `check_clusters`), or years that are not positive.

    References
    ----------
    Contributions to growth: Lequiller and Blades (2014), *Understanding National Accounts*, 2nd ed.,
    OECD, ch. 2.
    """
    check_clusters(clusters)
    if not years > 0:
        refuse([Fault("growth a year needs more than zero years", column="years", value=f"{years}")])
    base, plan = _with_total(clusters, "base_output"), _with_total(clusters, "plan_output")
    change = plan - base
    with np.errstate(divide="ignore"):
        log_growth = 100 * np.log(plan / base)
    printed = np.full(len(base), np.nan)
    if "effect_percent" in clusters:
        printed[:-1] = clusters["effect_percent"].to_numpy(dtype=float, na_value=np.nan)
    growth_percent = 100 * (plan / base - 1)
    return pd.DataFrame(
        {
            "base_output": base,
            "plan_output": plan,
            "change": change,
            "growth_percent": growth_percent,
            "yearly_percent": 100 * ((plan / base) ** (1 / years) - 1),
            "log_percent": log_growth,
            "log_yearly_percent": log_growth / years,
            "contribution_points": 100 * change / base[-1],
            "contribution_percent": percent_of(change, change[-1]),
            "effect_percent": printed,
            "difference_points": growth_percent - printed,
        },
        index=_index(clusters),
    )


def project_effect(clusters: pd.DataFrame) -> pd.DataFrame:
    """The effect from cluster projects under every reading that the words allow.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` (one unit of money) and ``project_effect_percent``. Clusters
        without a percentage are left out.

    Returns
    -------
    DataFrame
        Indexed by (``reading``, ``cluster``), ``total`` of the clusters that have a percentage last in each reading,
        no row when none has: ``amount`` (unit of output),
        ``percent_of_base``, ``percent_of_growth`` (missing where output does not change), ``percent_of_plan``
        and ``contradicted``: the amount is negative or larger than the cluster's whole growth, which
        cannot be unless output outside the projects falls. The total is contradicted when any of its parts
        is. `READINGS` has the meaning and the formula of each reading.

    Raises
    ------
    InputError
        Faults of the table (see `check_clusters`), or a table without that column.
    """
    clusters = clusters[has_project_effect(clusters)]
    base, plan = _with_total(clusters, "base_output"), _with_total(clusters, "plan_output")
    percent = clusters["project_effect_percent"].to_numpy(dtype=float)
    tables = {}
    for key, reading in READINGS.items():
        parts = reading.amount(base[:-1], plan[:-1], percent)
        amount = np.append(parts, parts.sum())
        # A share of exactly the growth may exceed it by the last bit.
        slack = 1e-12 * np.maximum(base, plan)
        contradicted = (amount < 0) | (amount > plan - base + slack)
        contradicted[-1] |= contradicted[:-1].any()
        tables[key] = pd.DataFrame(
            {
                "amount": amount,
                "percent_of_base": percent_of(amount, base),
                "percent_of_growth": percent_of(amount, plan - base),
                "percent_of_plan": percent_of(amount, plan),
                "contradicted": contradicted,
            },
            index=_index(clusters),
        )
    found = pd.concat(tables, names=["reading"])
    return found if len(clusters) else found.iloc[:0]


def has_project_effect(clusters: pd.DataFrame) -> np.ndarray:
    """Which clusters of a sound table have a percentage of effect from projects, shape (clusters,)."""
    column = "project_effect_percent"
    absent = [] if column in clusters else [Fault("the column is missing; add it", column=column)]
    check_clusters(clusters, also=absent)
    return clusters[column].notna().to_numpy()


def percent_of(part: np.ndarray, whole: np.ndarray | float) -> np.ndarray:
    """100 part / whole, missing where the whole is nil."""
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    return 100 * np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)


def _with_total(clusters: pd.DataFrame, column: str) -> np.ndarray:
    values = clusters[column].to_numpy(dtype=float)
    return np.append(values, values.sum())


def _index(clusters: pd.DataFrame) -> pd.Index:
    return pd.Index([*clusters["cluster"], TOTAL], name="cluster")
