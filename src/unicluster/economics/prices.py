"""Nominal and real: deflating, price bases of a plan, and the inflation at which nothing grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.economics.checking import TOTAL, check_clusters, index_faults
from unicluster.faults import Fault, refuse

Index = Mapping[int, float] | pd.Series | pd.DataFrame


def deflate(nominal: ArrayLike, index: Index, base_year: int, year: int) -> np.ndarray:
    """Money of one year in the prices of another: ``nominal * index[base_year] / index[year]``.

    Parameters
    ----------
    nominal : array_like
        Amounts in prices of ``year``.
    index : mapping or Series of float by year, or DataFrame
        Price index of any base. A DataFrame has years as rows and one column for each entry of the last
        axis of ``nominal``: one deflator a region or a sector.
    base_year : int
        Year whose prices the result is in.
    year : int
        Year whose prices ``nominal`` is in.

    Returns
    -------
    ndarray, the shape of ``nominal``

    Raises
    ------
    InputError
        The index lacks a year or has a value that is not positive; its columns do not fit ``nominal``.
    """
    series = as_index(index)
    nominal = np.asarray(nominal, dtype=float)
    faults = index_faults(series, (base_year, year))
    if isinstance(series, pd.DataFrame) and (nominal.ndim == 0 or nominal.shape[-1] != series.shape[1]):
        wanted = nominal.shape[-1] if nominal.ndim else 1
        faults.append(
            Fault(f"needs one column for each of the {wanted} amounts, has {series.shape[1]}", column="index")
        )
    refuse(faults)
    ratio = np.asarray(series.loc[base_year], dtype=float) / np.asarray(series.loc[year], dtype=float)
    return nominal * ratio


def inflate(real: ArrayLike, index: Index, base_year: int, year: int) -> np.ndarray:
    """Money in prices of ``base_year`` in the prices of ``year``; undoes `deflate`.

    Parameters
    ----------
    real : array_like
        Amounts in prices of ``base_year``.
    index, base_year, year
        As in `deflate`.

    Returns
    -------
    ndarray, the shape of ``real``

    Raises
    ------
    InputError
        As `deflate`.
    """
    return deflate(real, index, base_year=year, year=base_year)


def price_index(indices: pd.DataFrame, series: str, clusters: Iterable[str] = ()) -> pd.Series | pd.DataFrame:
    """A price index by year, or one for each cluster where any has prices of its own.

    Parameters
    ----------
    indices : DataFrame
        ``series``, ``year``, ``value``, as in the table ``deflators``.
    series : str
        The index to use.
    clusters : iterable of str
        A series named as one of them takes the place of ``series`` for it.

    Returns
    -------
    Series by year, or DataFrame of years by clusters
        Years that one of the series lacks are missing.

    Raises
    ------
    InputError
        When there is no such series.
    """
    wide = indices.assign(value=indices["value"].astype(float)).pivot(index="year", columns="series", values="value")
    if series not in wide:
        held = ", ".join(map(str, wide.columns)) or "none"
        refuse([Fault(f"no such price index; there are: {held}", column="price_index", value=series)])
    names = list(clusters)
    own = [name for name in names if name in wide]
    if not own:
        return wide[series].dropna()
    return pd.DataFrame({name: wide[name if name in own else series] for name in names})


def growth_by_price_basis(
    clusters: pd.DataFrame,
    index: Index,
    base_year: int,
    plan_year: int,
    price_years: Iterable[int] | None = None,
) -> pd.DataFrame:
    """Nominal and real growth under each year in whose prices the plan may be written.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output`` (prices of ``base_year``), ``plan_output``.
    index : mapping or Series of float by year, or DataFrame
        Price index. A DataFrame has years as rows and the clusters as columns: one deflator each.
    base_year, plan_year : int
    price_years : iterable of int, optional
        Years whose prices the plan may be in; the base year and the plan year when not given. A year between
        stands for a plan written in the prices of the day it was drawn up.

    Returns
    -------
    DataFrame
        Indexed by (``price_year``, ``cluster``), ``total`` last in each: ``base_output``,
        ``plan_nominal`` (prices of the plan year), ``plan_real`` (prices of the base year),
        ``nominal_percent``, ``real_percent`` and, compound, ``nominal_yearly_percent`` and
        ``real_yearly_percent``.

    Raises
    ------
    InputError
        Faults of the table and of the index in one message.
    """
    series = as_index(index)
    price_years = sorted({base_year, plan_year} if price_years is None else set(price_years))
    faults = []
    if plan_year <= base_year:
        faults.append(Fault(f"must be later than {base_year}", column="plan_year", value=f"{plan_year}"))
    if isinstance(series, pd.DataFrame) and "cluster" in clusters:
        faults += [
            Fault(f"no price index for cluster {name!r}; add a column", column="index")
            for name in clusters["cluster"]
            if name not in series.columns
        ]
        if not faults:
            series = series[list(clusters["cluster"])]
    check_clusters(clusters, index=series, years=[base_year, plan_year, *price_years], also=faults)

    base, plan = clusters["base_output"].to_numpy(dtype=float), clusters["plan_output"].to_numpy(dtype=float)
    years = plan_year - base_year
    names = pd.Index([*clusters["cluster"], TOTAL], name="cluster")
    tables = {}
    for price_year in price_years:
        outputs = {
            "base_output": base,
            "plan_nominal": inflate(plan, series, base_year=price_year, year=plan_year),
            "plan_real": deflate(plan, series, base_year=base_year, year=price_year),
        }
        table = pd.DataFrame({k: np.append(v, v.sum()) for k, v in outputs.items()}, index=names)
        for kind in ("nominal", "real"):
            ratio = table[f"plan_{kind}"] / table["base_output"]
            table[f"{kind}_percent"] = 100 * (ratio - 1)
            table[f"{kind}_yearly_percent"] = 100 * (ratio ** (1 / years) - 1)
        tables[price_year] = table
    return pd.concat(tables, names=["price_year"])


def break_even_inflation(base: ArrayLike, plan: ArrayLike, years: float) -> np.ndarray:
    """Yearly inflation, in percent, at which a plan in plan-year prices is no real growth.

    Parameters
    ----------
    base, plan : array_like
        Output in prices of its own year; broadcast against each other.
    years : float
        Years between them.

    Returns
    -------
    ndarray
        100 ((plan/base)^(1/years) - 1): inflation above this makes the plan a fall. For the whole period
        the break-even rise of prices is the nominal growth itself.

    Raises
    ------
    InputError
        A base or a number of years that is not positive, a negative plan.
    """
    base, plan = np.asarray(base, dtype=float), np.asarray(plan, dtype=float)
    faults = []
    if not (base > 0).all():
        faults.append(Fault("every base must be above zero", column="base"))
    if not (plan >= 0).all():
        faults.append(Fault("every plan must be given and not negative", column="plan"))
    if not years > 0:
        faults.append(Fault("must be more than zero", column="years", value=f"{years}"))
    refuse(faults)
    return 100 * ((plan / base) ** (1 / years) - 1)


def as_index(index: Index) -> pd.Series | pd.DataFrame:
    """A price index as a Series or DataFrame by year."""
    return index if isinstance(index, pd.Series | pd.DataFrame) else pd.Series(dict(index), dtype=float)
