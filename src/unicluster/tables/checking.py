"""Check a table against the data dictionary and load it with the right types."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from unicluster import paths
from unicluster.faults import Fault, InputError, refuse
from unicluster.tables import whole
from unicluster.tables.converting import convert, nearest, suggest
from unicluster.tables.dictionary import Table, table
from unicluster.tables.reading import Rows, read_rows

_COMPARE = {"<=": operator.le, "<": operator.lt, "==": operator.eq}
_DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}


class Lines(list[int]):
    """The file's line of each row, for a table's ``attrs``, which pandas copies deeply with every selection.

    Nobody changes it, so that all may share one.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Lines:
        return self


@dataclass(frozen=True)
class Checked:
    """A table that was checked: every fault, and the typed values that could be read.

    Attributes
    ----------
    described : Table
    lines : list of int
        The line of the file that each row begins on.
    columns : dict of str to list
        Values by column, ``pandas.NA`` where there is none or a faulty one.
    faults : list of Fault
    notes : list of Fault
        What was read otherwise than it is written; no faults.
    shown_as : str
        How messages call the file.
    """

    described: Table
    lines: list[int]
    columns: dict[str, list[Any]]
    faults: list[Fault]
    notes: list[Fault]
    shown_as: str

    def frame(self) -> pd.DataFrame:
        """The table with nullable types, ``attrs["lines"]`` holding the line of each row."""
        types = {field.name: _DTYPES[field.type] for field in self.described.fields}
        series = {name: pd.Series(values, dtype=types.get(name, "string")) for name, values in self.columns.items()}
        frame = pd.DataFrame(series)
        frame.attrs["lines"] = Lines(self.lines)
        return frame


@dataclass(frozen=True)
class Reference:
    """The columns of a table that others refer to, and how messages call its file."""

    columns: Mapping[str, Sequence[Any]]
    shown_as: str


def load(name: str, path: Path | None = None, tables: Mapping[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    """Read one table and check it in full.

    Parameters
    ----------
    name : str
        Table of the data dictionary, for example ``"survey_counts"``.
    path : Path, optional
        The file; the dictionary's own file when not given.
    tables : mapping of str to DataFrame, optional
        Tables that foreign keys and rules refer to; those not given are loaded from the dictionary's files.

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
    described = table(name)
    file = path or described.file
    given = {key: Reference(frame, table(key).path) for key, frame in (tables or {}).items()}
    checked = examine(described, read_rows(file, _shown(file)), _shown(file), given)
    refuse(checked.faults)
    return checked.frame()


def check(name: str, path: Path | None = None) -> list[Fault]:
    """Every fault of one table, as a list; empty when it is sound."""
    try:
        load(name, path)
    except InputError as error:
        return list(error.faults)
    return []


def examine(
    described: Table,
    rows: Rows,
    shown_as: str,
    references: Mapping[str, Reference | None] | None = None,
) -> Checked:
    """Check rows of text against a table's description.

    Parameters
    ----------
    described : Table
    rows : Rows
    shown_as : str
        How messages call the file.
    references : mapping of str to Reference or None, optional
        Tables that foreign keys and rules refer to. Those not given are the dictionary's own files; nothing is
        compared to those given as None, which could not be read themselves, and to those of a region when not given.
    """
    faults, columns = _typed(described, rows, shown_as)
    faults += _key_faults(described, columns, rows, shown_as)
    known = dict(references or {})
    called = known[described.name].shown_as if known.get(described.name) else described.path
    known[described.name] = Reference(columns, called)
    for key in described.foreign_keys:
        if key.table not in known and table(key.table).is_template:
            known[key.table] = None
        elif key.table not in known:
            try:
                known[key.table] = _committed(key.table)
            except InputError as error:
                known[key.table] = None
                faults += [fault for fault in error.faults if fault not in faults]
    faults += _foreign_key_faults(described, columns, rows, shown_as, known)
    faults += _rule_faults(described, columns, rows, shown_as, known)
    faults += whole.faults(described, columns, rows.lines, shown_as)
    return Checked(described, list(rows.lines), columns, faults, list(rows.notes), shown_as)


@cache
def _committed(name: str) -> Reference:
    """A table of the dictionary in its own file, read once: nothing changes it while a command runs."""
    frame = load(name)
    return Reference({column: frame[column].tolist() for column in frame}, table(name).path)


def _shown(file: Path) -> str:
    try:
        return file.resolve().relative_to(paths.DATA.resolve()).as_posix()
    except ValueError:
        return file.name


def _typed(described: Table, rows: Rows, shown_as: str) -> tuple[list[Fault], dict[str, list[Any]]]:
    faults = list(rows.faults)
    told = {(fault.row, fault.column) for fault in faults}
    known = set(described.columns)
    for name in rows.header:
        if name and name not in known and not described.open_ended and (rows.header_line, name) not in told:
            message = f"unknown column{suggest(name, known)}; rename or remove it"
            near = nearest(name, known)
            faults.append(Fault(message, shown_as, rows.header_line, name, None, "unknown column", near))
    columns: dict[str, list[Any]] = {}
    for field in described.fields:
        if field.name not in rows.header:
            if field.required:
                message = "the column is missing; add it"
                faults.append(Fault(message, shown_as, rows.header_line, field.name, None, "missing column"))
            columns[field.name] = [pd.NA] * len(rows.cells)
            continue
        place = rows.header.index(field.name)
        values = []
        converted: dict[str, tuple] = {}
        for line, row in zip(rows.lines, rows.cells, strict=True):
            cell = row[place]
            if cell not in converted:
                converted[cell] = convert(field, cell)
            value, problem = converted[cell]
            values.append(value)
            if problem and (line, field.name) not in told:
                found = (problem.message, shown_as, line, field.name, cell, problem.rule, problem.suggestion)
                faults.append(Fault(*found))
        columns[field.name] = values
    if described.open_ended:
        for place, name in enumerate(rows.header):
            if name not in known:
                columns[name] = [row[place] or pd.NA for row in rows.cells]
    return faults, columns


def _key_faults(described: Table, columns: dict[str, list], rows: Rows, shown_as: str) -> list[Fault]:
    key = list(described.primary_key)
    faults = []
    first: dict[tuple, int] = {}
    for line, *values in zip(rows.lines, *(columns[name] for name in key), strict=True):
        if any(value is pd.NA for value in values):
            continue
        found = tuple(values)
        if found in first:
            message = f"the same {' and '.join(key)} as in row {first[found]}; keep one of them"
            faults.append(Fault(message, shown_as, line, key[-1], ", ".join(map(str, found)), "primary key"))
        first.setdefault(found, line)
    return faults


def _foreign_key_faults(
    described: Table,
    columns: dict[str, list],
    rows: Rows,
    shown_as: str,
    references: Mapping[str, Reference | None],
) -> list[Fault]:
    faults = []
    for key in described.foreign_keys:
        reference = references[key.table]
        if reference is None:
            continue
        known = {value for value in reference.columns[key.target] if value is not pd.NA}
        for line, value in zip(rows.lines, columns[key.column], strict=True):
            if value is not pd.NA and value not in known:
                near = nearest(str(value), known)
                message = f"not in {reference.shown_as}{suggest(str(value), known)}; add it there or correct it"
                faults.append(Fault(message, shown_as, line, key.column, value, "foreign key", near))
    return faults


def _rule_faults(
    described: Table,
    columns: dict[str, list],
    rows: Rows,
    shown_as: str,
    references: Mapping[str, Reference | None],
) -> list[Fault]:
    faults = []
    for rule in described.rules:
        right = _right_side(described, columns, rule.right, references)
        for line, a, b in zip(rows.lines, columns[rule.left], right, strict=True):
            if a is not pd.NA and b is not pd.NA and not _COMPARE[rule.operator](a, b):
                message = f"must be {rule.operator} {rule.right}, which is {b}; correct one of them"
                name = f"{rule.left} {rule.operator} {rule.right}"
                faults.append(Fault(message, shown_as, line, rule.left, a, name))
    return faults


def _right_side(
    described: Table,
    columns: dict[str, list],
    right: str,
    references: Mapping[str, Reference | None],
) -> list:
    if "." not in right:
        return columns[right]
    other, column = right.split(".")
    key = next(k for k in described.foreign_keys if k.table == other)
    reference = references[other]
    if reference is None:
        return [pd.NA] * len(columns[key.column])
    lookup = dict(zip(reference.columns[key.target], reference.columns[column], strict=True))
    return [lookup.get(value, pd.NA) for value in columns[key.column]]
