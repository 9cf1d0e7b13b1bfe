"""What a rule may read: every data table except the claims themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from unicluster import tables as store
from unicluster.faults import Fault, refuse

OWN = ("claims", "numerals")
"""Tables that hold the claims: no rule ever gets them."""


class Evidence(Mapping[str, pd.DataFrame]):
    """The data tables without those of the claims, so that no rule can read what it is to recompute.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Tables by name; those of the claims are left out.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]):
        self._frames = {name: frame.copy() for name, frame in frames.items() if name not in OWN}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def rows(self, name: str, **wanted: object) -> pd.DataFrame:
        """Rows of a table in which each named column has the wanted value; there must be one.

        Raises
        ------
        InputError
            When no row is like that.
        """
        frame = self[name]
        for column, value in wanted.items():
            frame = frame[frame[column].eq(value).fillna(False)]
        if frame.empty:
            given = ", ".join(f"{column} {value}" for column, value in wanted.items())
            refuse([Fault(f"no row with {given}", file=store.table(name).path)])
        return frame

    def place(self, address: str) -> int:
        """The row, by its index, at an address ``table/key/column``.

        The values of several keys stand in the order of the dictionary, joined by ``|``.

        Raises
        ------
        InputError
            When there is no such row.
        """
        name, keys, _ = address.split("/")
        types = {field.name: field.type for field in store.table(name).fields}
        wanted = dict(zip(store.table(name).primary_key, keys.split("|"), strict=True))
        typed = {key: int(value) if types[key] == "integer" else value for key, value in wanted.items()}
        return self.rows(name, **typed).index[0]

    def cell(self, address: str) -> Any:
        """The value at an address, None where it is empty (see `place`)."""
        name, _, column = address.split("/")
        value = self[name].loc[self.place(address), column]
        return None if value is pd.NA else value


def load() -> Evidence:
    """Every table of the data folder that a rule may read."""
    names = [name for name, table in store.dictionary().items() if not table.is_template]
    return Evidence({name: store.load(name) for name in names if name not in OWN})
