"""What can be wrong with the tables of this room, told all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse

TOTAL = "total"
OUTPUTS = ("base_output", "plan_output")
UNITS = ("currency", "unit", "prices")


def cluster_faults(clusters: pd.DataFrame, percent: Sequence[str] = ()) -> list[Fault]:
    """Every fault of a table of clusters.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output`` and ``plan_output`` (money of one unit); ``currency``, ``unit`` and
        ``prices`` are looked at when they are there.
    percent : sequence of str
        Further columns that must be there and filled, in percent.

    Returns
    -------
    list of Fault
        Empty when the table is sound.
    """
    faults = [
        Fault("the column is missing; add it", column=column)
        for column in ("cluster", *OUTPUTS, *percent)
        if column not in clusters
    ]
    if len(clusters) == 0:
        faults.append(Fault("the table has no clusters; add at least one"))
    if "cluster" in clusters:
        faults += _name_faults(clusters["cluster"])
    names = _names(clusters)
    for column in OUTPUTS:
        if column in clusters:
            faults += _output_faults(clusters[column], column, names)
    for column in percent:
        if column in clusters:
            unknown = ~np.isfinite(_floats(clusters[column]))
            faults += [
                Fault(f"no number for cluster {name!r}; give it or leave the cluster out", column=column)
                for name in names[unknown]
            ]
    return faults + unit_faults(clusters)


def unit_faults(table: pd.DataFrame) -> list[Fault]:
    """One fault for each of currency, unit and price basis that is not the same in every row."""
    faults = []
    for column in UNITS:
        if column in table:
            found = sorted(table[column].dropna().astype(str).unique())
            if len(found) > 1:
                faults.append(
                    Fault(
                        "different values cannot be added up; convert them to one",
                        column=column,
                        value=", ".join(found),
                    )
                )
    return faults


def total_faults(clusters: pd.DataFrame, totals: Mapping[str, float], total_unit: float) -> list[Fault]:
    """Printed totals that their parts cannot give.

    Parameters
    ----------
    clusters : DataFrame
        With the columns that ``totals`` names.
    totals : mapping of str to float
        Column to printed total, in the unit of the column.
    total_unit : float
        Unit of the last printed digit of the totals, in the unit of the columns: 100 for a total in milliards
        with one decimal against parts in millions.

    Returns
    -------
    list of Fault
    """
    faults = []
    for column, printed in totals.items():
        if column not in clusters:
            faults.append(Fault("a total is given for a column that is not there", column=column))
            continue
        added = float(_floats(clusters[column]).sum())
        # Rounding of sums in floating point must not turn a total that fits into a fault.
        if not abs(added - printed) <= total_unit / 2 + 1e-9 * abs(printed):
            faults.append(
                Fault(
                    f"the parts add up to {added:g}, more than {total_unit / 2:g} from the printed total; "
                    "correct the parts or the total",
                    column=column,
                    value=f"{printed:g}",
                )
            )
    return faults


def index_faults(index: pd.Series | pd.DataFrame, years: Iterable[int], name: str = "index") -> list[Fault]:
    """Years that a price index lacks, has twice, or has without a positive value."""
    faults = []
    repeated = sorted(set(index.index[index.index.duplicated()]))
    faults += [Fault("the year is there twice; keep one", column=name, value=str(y)) for y in repeated]
    for year in sorted(set(years)):
        if year not in index.index:
            held = ", ".join(str(y) for y in sorted(set(index.index)))
            faults.append(Fault(f"no value for {year}; the series has {held or 'no year'}", column=name))
        elif year not in repeated:
            values = np.atleast_1d(np.asarray(index.loc[year], dtype=float))
            if not (np.isfinite(values) & (values > 0)).all():
                faults.append(Fault(f"the value for {year} must be a positive number", column=name))
    return faults


def check_clusters(
    clusters: pd.DataFrame,
    *,
    percent: Sequence[str] = (),
    totals: Mapping[str, float] | None = None,
    total_unit: float = 1.0,
    index: pd.Series | pd.DataFrame | None = None,
    years: Iterable[int] = (),
    also: Iterable[Fault] = (),
) -> None:
    """Refuse a table of clusters, its printed totals and its price index in one message.

    Parameters
    ----------
    clusters, percent
        As in `cluster_faults`.
    totals, total_unit
        As in `total_faults`.
    index, years
        Price index by year and the years needed of it.
    also : iterable of Fault
        What the caller has found itself, for the same message.

    Raises
    ------
    InputError
        Every fault at once: missing columns or plans, bases that are zero or negative, clusters named twice,
        mixed currencies, units or price bases, totals that contradict their parts, years without an index.
    """
    faults = cluster_faults(clusters, percent)
    if totals is not None:
        faults += total_faults(clusters, totals, total_unit)
    if index is not None:
        faults += index_faults(index, years)
    refuse([*faults, *also])


def _name_faults(names: pd.Series) -> list[Fault]:
    faults = [
        Fault("the cluster is there twice; keep one row", column="cluster", value=name)
        for name in sorted(names[names.duplicated()].dropna().astype(str).unique())
    ]
    if names.isna().any():
        faults.append(Fault("a cluster has no name; give it one", column="cluster"))
    if (names == TOTAL).any():
        faults.append(Fault("the total is computed; remove its row", column="cluster", value=TOTAL))
    return faults


def _output_faults(outputs: pd.Series, column: str, names: np.ndarray) -> list[Fault]:
    values = _floats(outputs)
    faults = []
    for name, value in zip(names, values, strict=True):
        if not np.isfinite(value):
            faults.append(Fault(f"no output for cluster {name!r}; give it", column=column))
        elif column == "base_output" and value <= 0:
            faults.append(Fault(f"cluster {name!r}: growth needs a base above zero", column=column, value=f"{value:g}"))
        elif value < 0:
            faults.append(Fault(f"cluster {name!r}: output cannot be negative", column=column, value=f"{value:g}"))
    return faults


def _names(clusters: pd.DataFrame) -> np.ndarray:
    if "cluster" in clusters:
        return clusters["cluster"].astype(object).to_numpy()
    return np.array([f"row {place + 1}" for place in range(len(clusters))], dtype=object)


def _floats(column: pd.Series) -> np.ndarray:
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
