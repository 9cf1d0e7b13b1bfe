"""Compare two independent transcriptions of tables: two folders in, every cell that differs out.

For a second coder: fill copies of the tables into a folder of your own, laid out as `data/` is (`paper/…`,
`literature/…`) or flat as a region's folder is, without looking at the other's; then

    python scripts/compare_transcriptions.py FIRST SECOND --csv differences.csv

Rows are matched by the primary key of the data dictionary. The exit code is 0 when the folders agree in every
cell, 1 when they differ, 2 when a table is faulty.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd

from unicluster import tables
from unicluster.faults import Fault, InputError, refuse


def main() -> int:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("first", type=Path, help="folder of the first reader")
    parser.add_argument("second", type=Path, help="folder of the second reader")
    parser.add_argument("--csv", type=Path, help="write every difference to this file too")
    wanted = parser.parse_args()
    try:
        pairs, alone = read_both(wanted.first, wanted.second)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    found = pd.concat([tables.differences(name, *pair) for name, pair in pairs.items()], ignore_index=True)
    agreed = pd.concat([tables.agreement(name, *pair) for name, pair in pairs.items()], ignore_index=True)
    for row in found.itertuples():
        place = f"{row.table} [{row.key}]" + ("" if row.column is pd.NA else f" {row.column}")
        print(f"{place}: {shown(row.first)} | {shown(row.second)}")
    if alone:
        print(f"\nnot compared, in one folder only: {', '.join(alone)}")
    print("\n" + by_table(agreed, found).to_string(index=False, float_format="%.1f"))
    coded = agreed[agreed["kappa"].notna()][["table", "column", "cells", "differ", "percent", "kappa"]]
    if len(coded):
        decimals = {"percent": "{:.1f}".format, "kappa": "{:.2f}".format}
        print("\n" + coded.to_string(index=False, formatters=decimals))
    if wanted.csv:
        found.to_csv(wanted.csv, index=False, lineterminator="\n")
    return int(len(found) > 0)


def read_both(*folders: Path) -> tuple[dict[str, list[pd.DataFrame]], list[str]]:
    """The tables that both folders hold, each checked in full, and the names of those that only one holds."""
    faults: list[Fault] = []
    read: list[dict[str, pd.DataFrame]] = []
    for folder in folders:
        held: dict[str, pd.DataFrame] = {}
        for name, described in tables.dictionary().items():
            places = (folder / described.path, folder / Path(described.path).name)
            file = next((place for place in places if place.is_file()), None)
            if file is None:
                continue
            try:
                held[name] = tables.load(name, file, held)
            except InputError as error:
                faults += [replace(f, file=str(file)) if f.file == file.name else f for f in error.faults]
        read.append(held)
    first, second = read
    if not faults and not first.keys() & second.keys():
        faults.append(Fault("no table of the data dictionary is in both folders; check their names"))
    refuse(faults)
    both = {name: [first[name], second[name]] for name in first if name in second}
    return both, [name for name in tables.dictionary() if (name in first) != (name in second)]


def by_table(agreed: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """One row a table: rows that only one has; cells and agreement of closed columns and of wording."""
    lone = found[found["column"].isna()]
    rows = []
    for name, columns in agreed.groupby("table", sort=False):
        row: dict[str, object] = {"table": name}
        for side in ("first", "second"):
            row[f"only_{side}"] = int(((lone["table"] == name) & (lone[side] == "present")).sum())
        for content in ("closed", "wording"):
            part = columns[columns["content"] == content]
            cells, differ = part["cells"].sum(), part["differ"].sum()
            percent = 100 * (1 - differ / cells) if cells else float("nan")
            row |= {f"{content}_cells": cells, f"{content}_differ": differ, f"{content}_percent": percent}
        rows.append(row)
    return pd.DataFrame(rows)


def shown(value: object) -> str:
    return "(empty)" if value is pd.NA else str(value)


if __name__ == "__main__":
    sys.exit(main())
