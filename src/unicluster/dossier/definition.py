"""What a dossier consists of: parts, results taken, fields to fill in, criteria. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace

import pandas as pd

from unicluster import tables
from unicluster.faults import Fault, refuse

Row = SimpleNamespace
"""One row of a table, a column an attribute, None where the cell is empty."""


@dataclass(frozen=True)
class Definition:
    """The five tables of ``data/dossier`` as rows, in order.

    Attributes
    ----------
    parts : list of Row
        The fourteen parts.
    takes : list of Row
        What each part takes from results.
    columns : list of Row
        Columns of the tables taken.
    fields : list of Row
        What the applicant fills in.
    criteria : list of Row
        Conditions that an application must meet.
    """

    parts: list[Row]
    takes: list[Row]
    columns: list[Row]
    fields: list[Row]
    criteria: list[Row]

    def columns_of(self, take: str) -> list[Row]:
        """The columns that a table of the dossier shows."""
        return [column for column in self.columns if column.take == take]

    def field(self, name: str) -> Row:
        """A field of the application by its identifier."""
        return next(field for field in self.fields if field.field == name)


def load(frames: Mapping[str, pd.DataFrame] | None = None) -> Definition:
    """Load what a dossier consists of.

    Parameters
    ----------
    frames : mapping of str to DataFrame, optional
        Tables by name without ``dossier_``; those not given come from ``data/dossier``.

    Raises
    ------
    InputError
        When a column or criterion names a field that there is not.
    """
    given = frames or {}
    names = ("parts", "takes", "columns", "fields", "criteria")
    found = {name: rows(given[name] if name in given else tables.load(f"dossier_{name}")) for name in names}
    fields = {field.field for field in found["fields"]}
    wanted = [("columns", row.column.removeprefix("field:")) for row in found["columns"] if is_field(row.column)]
    wanted += [("criteria", row.field) for row in found["criteria"] if row.field]
    refuse(
        Fault(f"there is no such field{tables.suggest(name, sorted(fields))}", f"dossier/{table}.csv", value=name)
        for table, name in wanted
        if name not in fields
    )
    return Definition(**found)


def is_field(column: str) -> bool:
    """Whether a column holds what the applicant fills in."""
    return column.startswith("field:")


def rows(frame: pd.DataFrame) -> list[Row]:
    """A table as rows."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [Row(**record) for record in plain.to_dict("records")]
