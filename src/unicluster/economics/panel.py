"""Labelled tables of regions, industries and years made into arrays, with every fault told first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster.economics.checking import unit_faults
from unicluster.faults import Fault, refuse

KEYS = ("year", "region", "industry")


@dataclass(frozen=True, eq=False)
class Panel:
    """Amounts by year, region and industry.

    Attributes
    ----------
    values : ndarray, shape (years, regions, industries)
    years, regions, industries : tuple
        Labels, sorted.
    """

    values: np.ndarray
    years: tuple
    regions: tuple
    industries: tuple

    def frame(self, cells: np.ndarray, name: str = "value") -> pd.DataFrame:
        """An array of the panel's shape as a long table, one row a cell."""
        index = pd.MultiIndex.from_product([self.years, self.regions, self.industries], names=KEYS)
        return pd.DataFrame({name: np.asarray(cells).ravel()}, index=index).reset_index()


def panel(table: pd.DataFrame, value: str = "value") -> Panel:
    """A long table as an array of years, regions and industries.

    Parameters
    ----------
    table : DataFrame
        ``year``, ``region``, ``industry`` and the column of amounts; ``currency``, ``unit`` and ``prices``
        are looked at when they are there.
    value : str
        Column of amounts, zero or more. A cell without a row is nil only if its region and its industry are
        there in that year; a region or industry missing in a whole year is a fault.

    Returns
    -------
    Panel

    Raises
    ------
    InputError
        Every fault at once: missing columns, amounts or names, negative amounts, cells given twice, regions
        and industries missing in a year, mixed currencies, units or price bases.
    """
    faults = [Fault("the column is missing; add it", column=c) for c in (*KEYS, value) if c not in table]
    if table.empty:
        faults.append(Fault("the table has no rows"))
    refuse(faults)
    for key in KEYS:
        if table[key].isna().any():
            faults.append(Fault("a row has none; give it", column=key))
    amount = pd.to_numeric(table[value], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    for wrong, what in (
        (~np.isfinite(amount), "no number; give it or remove the row"),
        (amount < 0, "negative; an amount is zero or more"),
    ):
        faults += [
            Fault(f"{_cell(row)}: {what}", column=value) for row in table.loc[wrong, list(KEYS)].itertuples(index=False)
        ]
    twice = table.loc[table.duplicated(list(KEYS)), list(KEYS)].drop_duplicates()
    faults += [Fault(f"{_cell(row)} is there twice; keep one row") for row in twice.itertuples(index=False)]
    faults += _absence_faults(table) + unit_faults(table)
    refuse(faults)
    wide = table.assign(**{value: amount}).pivot(index=["year", "region"], columns="industry", values=value)
    years, regions = (tuple(sorted(table[key].unique())) for key in ("year", "region"))
    wide = wide.reindex(pd.MultiIndex.from_product([years, regions])).fillna(0.0).sort_index(axis=1)
    return Panel(wide.to_numpy().reshape(len(years), len(regions), -1), years, regions, tuple(wide.columns))


def _absence_faults(table: pd.DataFrame) -> list[Fault]:
    faults = []
    for key in ("region", "industry"):
        everywhere = set(table[key].dropna())
        for year, there in table.dropna(subset=["year"]).groupby("year")[key]:
            faults += [
                Fault(f"{name!r} is missing in {year}; add it or leave it out of every year", column=key)
                for name in sorted(everywhere - set(there), key=str)
            ]
    return faults


def _cell(row: tuple) -> str:
    return f"year {row.year}, region {row.region!r}, industry {row.industry!r}"
