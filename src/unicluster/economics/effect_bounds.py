"""Growth, contributions and the projects' effect within the rounding of what is printed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.economics.arrays import amounts
from unicluster.economics.checking import OUTPUTS, TOTAL, check_clusters
from unicluster.economics.effect import READINGS, has_project_effect
from unicluster.economics.rounding import Interval, bounds, output_bounds, rounding_interval
from unicluster.faults import Fault, refuse


def growth_bounds(
    clusters: pd.DataFrame,
    years: float,
    base_unit: ArrayLike = 1.0,
    plan_unit: ArrayLike = 1.0,
    totals: Mapping[str, float] | None = None,
    total_unit: float = 1.0,
) -> pd.DataFrame:
    """Bounds of growth, contributions and shares that rounding cannot pass.

    Parameters
    ----------
    clusters, base_unit, plan_unit, totals, total_unit
        As in `output_bounds`.
    years : float
        Years from base to plan.

    Returns
    -------
    DataFrame
        Indexed by ``cluster``, ``total`` last; columns of two levels, the measure and ``lower``/``upper``:
        ``base_output``, ``plan_output``, ``change``, ``growth_percent``, ``yearly_percent``,
        ``contribution_points``, ``contribution_percent``, ``base_percent`` and ``plan_percent`` (shares at
        both dates). Unbounded where a base may be nil or the total change may have either sign.

    Raises
    ------
    InputError
        Faults of the table, totals that contradict their parts, years that are not positive.
    """
    if not years > 0:
        refuse([Fault("growth a year needs more than zero years", column="years", value=f"{years}")])
    box = output_bounds(clusters, base_unit, plan_unit, totals, total_unit)
    base, plan = (_with_total(box[column]) for column in OUTPUTS)
    change = bounds(lambda b, p: p - b, base, plan)
    other_base = tuple(end[-1] - end for end in base)
    table = {
        "base_output": base,
        "plan_output": plan,
        "change": change,
        "growth_percent": bounds(lambda b, p: 100 * (p / b - 1), base, plan),
        "yearly_percent": bounds(lambda b, p: 100 * ((p / b) ** (1 / years) - 1), base, plan),
        "contribution_points": bounds(lambda b, p, other: 100 * (p - b) / (b + other), base, plan, other_base),
        "contribution_percent": _share_percent(change),
        "base_percent": np.clip(_share_percent(base), 0, 100),
        "plan_percent": np.clip(_share_percent(plan), 0, 100),
    }
    columns = {(name, end): values[i] for name, values in table.items() for i, end in enumerate(("lower", "upper"))}
    return pd.DataFrame(columns, index=pd.Index([*clusters["cluster"], TOTAL], name="cluster"))


def herfindahl_bounds(share_lower: ArrayLike, share_upper: ArrayLike) -> tuple[float, float]:
    """Bounds of the Herfindahl index from bounds of shares, sure but not always tight.

    Parameters
    ----------
    share_lower, share_upper : array_like, shape (n,)
        Shares, not percentages.

    Returns
    -------
    lower, upper : float

    Raises
    ------
    InputError
        Missing, infinite or negative shares.
    """
    lower, upper = amounts(share_lower=share_lower, share_upper=share_upper)
    return max(float(lower @ lower), 1 / lower.size), min(float(upper @ upper), 1.0)


def printed_effect_agreement(
    clusters: pd.DataFrame,
    base_unit: ArrayLike = 1.0,
    plan_unit: ArrayLike = 1.0,
    percent_unit: float = 1.0,
) -> pd.DataFrame:
    """Whether a printed effect can be the growth of the printed outputs, under each way of rounding.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` and ``effect_percent`` as printed.
    base_unit, plan_unit : array_like
        As in `output_bounds`.
    percent_unit : float
        Unit of the last printed digit of the effect.

    Returns
    -------
    DataFrame
        Indexed by ``cluster``: ``effect_percent``, ``growth_lower``, ``growth_upper``, and ``nearest``,
        ``up``, ``down``: whether some outputs within their rounding give a growth that rounds that way to
        what is printed.

    Raises
    ------
    InputError
        Faults of the table, a missing effect included.
    """
    check_clusters(clusters, percent=["effect_percent"])
    box = output_bounds(clusters, base_unit, plan_unit)
    lower, upper = bounds(lambda b, p: 100 * (p / b - 1), *(box[column] for column in OUTPUTS))
    printed = clusters["effect_percent"].to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "effect_percent": printed,
            "growth_lower": lower,
            "growth_upper": upper,
            "nearest": (upper >= printed - percent_unit / 2) & (lower <= printed + percent_unit / 2),
            "up": (upper > printed - percent_unit) & (lower <= printed),
            "down": (upper >= printed) & (lower < printed + percent_unit),
        },
        index=pd.Index(clusters["cluster"], name="cluster"),
    )


def project_effect_bounds(
    clusters: pd.DataFrame,
    base_unit: ArrayLike = 1.0,
    plan_unit: ArrayLike = 1.0,
    percent_unit: float = 1.0,
    totals: Mapping[str, float] | None = None,
    total_unit: float = 1.0,
) -> pd.DataFrame:
    """Bounds of the effect from cluster projects under every reading.

    Parameters
    ----------
    clusters : DataFrame
        As in `project_effect`.
    base_unit, plan_unit, totals, total_unit
        As in `output_bounds`.
    percent_unit : float
        Unit of the last printed digit of ``project_effect_percent``.

    Returns
    -------
    DataFrame
        Indexed by (``reading``, ``cluster``), ``total`` last in each: ``amount_lower``, ``amount_upper``,
        ``percent_of_growth_lower``, ``percent_of_growth_upper`` (unbounded where growth may be nil or
        negative), ``maybe_contradicted`` and ``surely_contradicted``: whether some or all values within the
        rounding make the amount negative or larger than the growth.

    Raises
    ------
    InputError
        Faults of the table, totals that contradict their parts.
    """
    has = has_project_effect(clusters)
    box = output_bounds(clusters, base_unit, plan_unit, totals, total_unit)
    base, plan = (tuple(end[has] for end in box[column]) for column in OUTPUTS)
    clusters = clusters[has]
    percent = rounding_interval(clusters["project_effect_percent"].to_numpy(dtype=float), percent_unit)
    change = bounds(lambda b, p: p - b, base, plan)
    tables = {}
    for key, reading in READINGS.items():
        amount = bounds(reading.amount, base, plan, percent)
        # Of one cluster the amount and the growth move together: the corners keep that, a quotient of
        # intervals would not. Of the total the loss is of the order of the outputs' own rounding.
        left = bounds(lambda b, p, s, amount=reading.amount: p - b - amount(b, p, s), base, plan, percent)
        share = bounds(
            lambda b, p, s, amount=reading.amount: _percent_of_growth(amount(b, p, s), p - b),
            base,
            plan,
            percent,
        )
        whole_amount, whole_change = (tuple(end.sum() for end in parts) for parts in (amount, change))
        whole_share = bounds(_percent_of_growth, whole_amount, whole_change)
        tables[key] = pd.DataFrame(
            {
                "amount_lower": [*amount[0], whole_amount[0]],
                "amount_upper": [*amount[1], whole_amount[1]],
                "percent_of_growth_lower": np.nan_to_num([*share[0], whole_share[0]], nan=-np.inf),
                "percent_of_growth_upper": np.nan_to_num([*share[1], whole_share[1]], nan=np.inf),
                "maybe_contradicted": _with_any((amount[0] < 0) | (left[0] < 0)),
                "surely_contradicted": _with_any((amount[1] < 0) | (left[1] < 0)),
            },
            index=pd.Index([*clusters["cluster"], TOTAL], name="cluster"),
        )
    found = pd.concat(tables, names=["reading"])
    return found if len(clusters) else found.iloc[:0]


def _with_total(interval: Interval) -> Interval:
    return tuple(np.append(end, end.sum()) for end in interval)


def _with_any(of_clusters: np.ndarray) -> np.ndarray:
    return np.append(of_clusters, of_clusters.any())


def _percent_of_growth(amount: np.ndarray, change: np.ndarray) -> np.ndarray:
    """100 amount / change, missing where nothing grows."""
    return 100 * amount / np.where(change > 0, change, np.nan)


def _share_percent(parts: Interval) -> Interval:
    """Bounds of shares in the total, the last entry; unbounded where the total may be nil or change sign."""
    lower, upper = parts
    if not (lower[-1] > 0 or upper[-1] < 0):
        return np.append(np.full(len(lower) - 1, -np.inf), 100.0), np.append(np.full(len(lower) - 1, np.inf), 100.0)
    own = (lower[:-1], upper[:-1])
    other = (lower[-1] - lower[:-1], upper[-1] - upper[:-1])
    low, high = bounds(lambda part, rest: 100 * part / (part + rest), own, other)
    return np.append(low, 100.0), np.append(high, 100.0)
