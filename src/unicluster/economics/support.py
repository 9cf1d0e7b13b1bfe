"""Public support for a cluster: what is paid, what a job costs, when it has paid for itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.economics.arrays import amounts
from unicluster.faults import Fault, refuse


def subsidy_schedule(costs: Sequence[float], rates: Sequence[float], ceiling: float | Sequence[float]) -> pd.DataFrame:
    """Reimbursement of yearly costs at given rates up to a ceiling.

    Parameters
    ----------
    costs : sequence of float
        Costs of each year of support, in one unit of money.
    rates : sequence of float
        Percent of each year's costs that is reimbursed.
    ceiling : float or sequence of float
        The most that is paid in a year, in the unit of the costs; ``inf`` for none.

    Returns
    -------
    DataFrame
        Indexed by ``year_of_support`` from 1: ``cost``, ``rate_percent``, ``subsidy``, ``own`` (cost less
        subsidy), ``at_ceiling`` and ``cumulative``, the subsidies so far.

    Raises
    ------
    InputError
        Missing or negative costs, rates outside 0 to 100, lists of different length, ceilings below 0.

    Examples
    --------
    The scheme announced for Kazakhstan's pilot clusters, 75 % for two years and 40 % for three, at most 60
    million tenge a year:

    >>> subsidy_schedule([100] * 5, rates=[75, 75, 40, 40, 40], ceiling=60)["subsidy"].tolist()
    [60.0, 60.0, 40.0, 40.0, 40.0]
    """
    cost, rate = np.asarray(costs, dtype=float), np.asarray(rates, dtype=float)
    most = np.asarray(ceiling, dtype=float)
    faults = []
    if not (cost.ndim == 1 and cost.size and np.isfinite(cost).all() and (cost >= 0).all()):
        faults.append(Fault("give each year's costs, zero or more", column="costs"))
    if rate.shape != cost.shape:
        faults.append(Fault(f"needs {cost.size} rates, one a year", column="rates", value=f"{rate.size}"))
    if not ((rate >= 0) & (rate <= 100)).all():
        faults.append(Fault("must be percentages from 0 to 100", column="rates"))
    if most.shape not in ((), cost.shape):
        faults.append(Fault("give one for all years or one a year", column="ceiling", value=f"{most.size}"))
    if not (most >= 0).all():
        faults.append(Fault("must be zero or more", column="ceiling"))
    refuse(faults)
    entitled = cost * rate / 100
    subsidy = np.minimum(entitled, most)
    return pd.DataFrame(
        {
            "cost": cost,
            "rate_percent": rate,
            "subsidy": subsidy,
            "own": cost - subsidy,
            "at_ceiling": entitled > most,
            "cumulative": subsidy.cumsum(),
        },
        index=pd.RangeIndex(1, cost.size + 1, name="year_of_support"),
    )


def present_value(flows: ArrayLike, discount_percent: float) -> np.ndarray:
    """Value today of yearly flows, the first of them now.

    Parameters
    ----------
    flows : array_like, shape (..., years)
        Of either sign.
    discount_percent : float
        A year, above -100; real for flows in constant prices, nominal for flows in current prices.

    Returns
    -------
    ndarray, shape (...)

    Raises
    ------
    InputError
        Missing flows, a rate of -100 % or less.
    """
    flows = np.asarray(flows, dtype=float)
    _check_flows(discount_percent, flows=flows)
    return (flows / (1 + discount_percent / 100) ** np.arange(flows.shape[-1])).sum(axis=-1)


def cost_per_job(support: ArrayLike, jobs: ArrayLike, net_share: ArrayLike = 1.0) -> np.ndarray:
    """Support for each job, gross or net.

    Parameters
    ----------
    support : array_like
        Money.
    jobs : array_like
        Gross jobs, in full-time equivalents.
    net_share : array_like
        Net jobs for one gross job, as of `Additionality.net_share`; 1 gives the gross cost.

    Returns
    -------
    ndarray, broadcast
        Infinite where support leaves no net job.

    Raises
    ------
    InputError
        Missing or negative amounts.
    """
    support, jobs, net_share = amounts(support=support, jobs=jobs, net_share=net_share)
    net = jobs * net_share
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(net > 0, support / net, np.inf)


def break_even_year(support: ArrayLike, gains: ArrayLike, discount_percent: float = 0.0) -> float:
    """First year at whose end discounted gains have made up for discounted support.

    Parameters
    ----------
    support, gains : array_like, shape (years,)
        Money of each year, the first of them now: what is paid, and what comes back (net value added or
        taxes, as the question is).
    discount_percent : float

    Returns
    -------
    float
        Counted from 1; infinite if they never do.

    Raises
    ------
    InputError
        Missing flows, different lengths, a rate of -100 % or less.
    """
    support, gains = np.asarray(support, dtype=float), np.asarray(gains, dtype=float)
    _check_flows(discount_percent, support=support, gains=gains)
    factors = (1 + discount_percent / 100) ** np.arange(support.size)
    reached = np.flatnonzero(((gains - support) / factors).cumsum() >= 0)
    return float(reached[0] + 1) if reached.size else np.inf


def break_even_gain_share(support: ArrayLike, gains: ArrayLike, discount_percent: float = 0.0) -> float:
    """Percent of the gains that must come true for the support to be made up for.

    Parameters
    ----------
    support, gains : array_like, shape (years,)
    discount_percent : float

    Returns
    -------
    float
        100 * present value of support / present value of gains; infinite when the gains are worth nothing.

    Raises
    ------
    InputError
        As `break_even_year`.
    """
    support, gains = np.asarray(support, dtype=float), np.asarray(gains, dtype=float)
    _check_flows(discount_percent, support=support, gains=gains)
    worth = float(present_value(gains, discount_percent))
    return 100 * float(present_value(support, discount_percent)) / worth if worth > 0 else np.inf


def _check_flows(discount_percent: float, **flows: np.ndarray) -> None:
    faults = [
        Fault("give a number for every year", column=name)
        for name, values in flows.items()
        if values.ndim == 0 or values.size == 0 or not np.isfinite(values).all()
    ]
    if len({values.shape[-1:] for values in flows.values()}) > 1:
        faults.append(Fault("support and gains must have the same years", column="gains"))
    if not -100 < discount_percent < np.inf:
        faults.append(Fault("must be above -100", column="discount_percent", value=f"{discount_percent}"))
    refuse(faults)
