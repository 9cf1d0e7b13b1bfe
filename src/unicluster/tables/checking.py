"""Check a table against the data dictionary and load it with the right types."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from rapidfuzz import process

from unicluster import paths
from unicluster.faults import Fault, InputError, refuse
from unicluster.tables.dictionary import Field, Table, table
from unicluster.tables.reading import Rows, read_rows

_COMPARE = {"<=": operator.le, "<": operator.lt, "==": operator.eq}
_DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}
_INTEGER = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def load(
    name: str,
    path: Path | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
    described: Table | None = None,
) -> pd.DataFrame:
    """Read one table and check it in full.

    Parameters
    ----------
    name : str
        Table of the data dictionary, for example ``"survey_counts"``.
    path : Path, optional
        The file; the dictionary's own file when not given.
    tables : mapping of str to DataFrame, optional
        Tables that foreign keys and rules refer to; those not given are loaded from the dictionary's files.
    described : Table, optional
        What the table must hold where that is not the dictionary's own word (`for_region`).

    Returns
    -------
    DataFrame
        One row a record, columns in dictionary order with nullable types (``Int64``, ``Float64``, ``boolean``
        and ``string``); an empty cell is missing. ``attrs["lines"]`` holds the file's line of each row.

    Raises
    ------
    InputError
        Every fault at once: file, line, column, what was found and what to do.
    """
    described = described or table(name)
    file = path or described.file
    shown_as = _shown(file)
    rows = read_rows(file, shown_as)
    faults, frame = _typed(described, rows, shown_as)
    faults += _key_faults(described, frame, rows, shown_as)
    faults += _reference_faults(described, frame, rows, shown_as, dict(tables or {}))
    refuse(faults)
    frame.attrs["lines"] = list(rows.lines)
    return frame


def check(name: str, path: Path | None = None) -> list[Fault]:
    """Every fault of one table, as a list; empty when it is sound."""
    try:
        load(name, path)
    except InputError as error:
        return list(error.faults)
    return []


def _shown(file: Path) -> str:
    try:
        return file.resolve().relative_to(paths.DATA.resolve()).as_posix()
    except ValueError:
        return file.name


def _typed(described: Table, rows: Rows, shown_as: str) -> tuple[list[Fault], pd.DataFrame]:
    faults = list(rows.faults)
    told = {(fault.row, fault.column) for fault in faults}
    known = set(described.columns)
    for name in rows.header:
        if name and name not in known and not described.open_ended:
            message = f"unknown column{suggest(name, known)}; rename or remove it"
            faults.append(Fault(message, shown_as, 1, name))
    columns: dict[str, pd.Series] = {}
    for field in described.fields:
        if field.name not in rows.header:
            if field.required:
                faults.append(Fault("the column is missing; add it", shown_as, 1, field.name))
            columns[field.name] = pd.Series([pd.NA] * len(rows.cells), dtype=_DTYPES[field.type])
            continue
        place = rows.header.index(field.name)
        values = []
        for line, row in zip(rows.lines, rows.cells, strict=True):
            value, message = convert(field, row[place])
            values.append(value)
            if message and (line, field.name) not in told:
                faults.append(Fault(message, shown_as, line, field.name, row[place]))
        columns[field.name] = pd.Series(values, dtype=_DTYPES[field.type])
    if described.open_ended:
        for place, name in enumerate(rows.header):
            if name not in known:
                cells = [row[place] or pd.NA for row in rows.cells]
                columns[name] = pd.Series(cells, dtype="string")
    return faults, pd.DataFrame(columns)


def convert(field: Field, cell: str) -> tuple[object, str | None]:
    """The typed value of a cell and, when it breaks the field's type or constraints, why.

    Returns
    -------
    value : object
        ``pandas.NA`` where the cell is empty or faulty.
    message : str or None
    """
    limits = field.constraints
    if not cell:
        return pd.NA, "a value is required here" if field.required else None
    if field.type == "integer":
        if not _INTEGER.fullmatch(cell):
            return pd.NA, "a whole number is needed"
        if len(cell.lstrip("+-0")) > 15:
            return pd.NA, "the number is too large"
        value: object = int(cell)
    elif field.type == "number":
        if not _NUMBER.fullmatch(cell):
            return pd.NA, "a number is needed, with a point as decimal sign and no spaces"
        value = float(cell)
        if not math.isfinite(float(cell)):
            return pd.NA, "the number is too large"
    elif field.type == "boolean":
        if cell not in ("true", "false"):
            return pd.NA, "true or false is needed"
        return cell == "true", None
    else:
        value = cell
    if "minimum" in limits and value < limits["minimum"]:
        return pd.NA, f"at least {limits['minimum']} is needed"
    if "maximum" in limits and value > limits["maximum"]:
        return pd.NA, f"at most {limits['maximum']} is allowed"
    if "enum" in limits and value not in limits["enum"]:
        known = ", ".join(map(str, limits["enum"]))
        return pd.NA, f"unknown value{suggest(str(value), limits['enum'])}; one of: {known}"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], cell):
        return pd.NA, f"the form {limits['pattern']} is needed"
    return value, None


def suggest(name: str, known: object) -> str:
    """A hint at the nearest known name, ready to be put into a message; empty when none is near."""
    best = process.extractOne(name, sorted(map(str, known)), score_cutoff=70)
    return f" (did you mean '{best[0]}'?)" if best else ""


def _key_faults(described: Table, frame: pd.DataFrame, rows: Rows, shown_as: str) -> list[Fault]:
    key = list(described.primary_key)
    faults = []
    first: dict[tuple, int] = {}
    for line, values in zip(rows.lines, frame[key].itertuples(index=False, name=None), strict=True):
        if any(value is pd.NA for value in values):
            continue
        if values in first:
            message = f"the same {' and '.join(key)} as in row {first[values]}; keep one of them"
            faults.append(Fault(message, shown_as, line, key[-1], ", ".join(map(str, values))))
        first.setdefault(values, line)
    return faults


def _reference_faults(
    described: Table,
    frame: pd.DataFrame,
    rows: Rows,
    shown_as: str,
    tables: dict[str, pd.DataFrame],
) -> list[Fault]:
    faults = []
    tables[described.name] = frame
    for key in described.foreign_keys:
        if key.table not in tables:
            try:
                tables[key.table] = load(key.table, tables=tables)
            except InputError as error:
                faults += [fault for fault in error.faults if fault not in faults]
                continue
        known = set(tables[key.table][key.target].dropna())
        for line, value in zip(rows.lines, frame[key.column], strict=True):
            if value is not pd.NA and value not in known:
                message = f"not in {table(key.table).path}{suggest(value, known)}; add it there or correct it"
                faults.append(Fault(message, shown_as, line, key.column, value))
    for rule in described.rules:
        if "." in rule.right and rule.right.split(".")[0] not in tables:
            continue
        right = _right_side(described, frame, rule.right, tables)
        for line, a, b in zip(rows.lines, frame[rule.left], right, strict=True):
            if a is not pd.NA and b is not pd.NA and not _COMPARE[rule.operator](a, b):
                message = f"must be {rule.operator} {rule.right}, which is {b}; correct one of them"
                faults.append(Fault(message, shown_as, line, rule.left, a))
    return faults


def _right_side(
    described: Table, frame: pd.DataFrame, right: str, tables: dict[str, pd.DataFrame]
) -> pd.Series:
    if "." not in right:
        return frame[right]
    other, column = right.split(".")
    key = next(k for k in described.foreign_keys if k.table == other)
    lookup = dict(zip(tables[other][key.target], tables[other][column], strict=True))
    return pd.Series([lookup.get(v, pd.NA) for v in frame[key.column]], dtype=object)
