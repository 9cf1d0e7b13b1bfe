"""Find a table's header among the first rows of a sheet, and tell which column each of its cells means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from unicluster.tables.dictionary import Table

LOOK_ALIKES = str.maketrans(
    "аеорсухіѕјһԁԛԝАВЕКМНОРСТУХІЅЈ\u2010\u2011",
    "aeopcyxisjhdqwABEKMHOPCTYXISJ--",
)
"""Cyrillic letters and hyphens that look like those of ASCII."""

SEARCHED = 10
"""How many rows from the top may stand before the header."""


def plain(name: str) -> str:
    """A column's name as it is compared: small letters, single spaces, no marks of a required field."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return re.sub(r"[\s_\-\u2010-\u2015]+", " ", text).strip(" *:")


def columns_of(described: Table, cells: Sequence[str]) -> list[str | None]:
    """The column that each cell of a header means, None where it is unknown."""
    known = _names(described)
    return [_column(known, cell) for cell in cells]


def called(described: Table, column: str, written: str) -> bool:
    """Whether a heading is the column's name or Russian title, be it in capitals or with a mark."""
    field = next(field for field in described.fields if field.name == column)
    return plain(written) in {plain(column), plain(field.title_ru or column)}


def find(described: Table, grid: Sequence[tuple[int, list[str]]]) -> tuple[int, list[str | None], list[str]]:
    """The row of the header: the first of those that name most columns.

    Parameters
    ----------
    described : Table
    grid : sequence of (int, list of str)
        Rows with the line that each begins on.

    Returns
    -------
    place : int
        Position in the grid of the last row of the header.
    columns : list of str or None
        The column that each cell means.
    written : list of str
        The header as it is written; of a header in two rows, both joined.
    """
    best: tuple[int, int, list[str | None], list[str]] | None = None
    for place, (_, cells) in enumerate(grid[:SEARCHED]):
        candidates = [cells]
        if place:
            candidates.append(_joined(grid[place - 1][1], cells))
        for written in candidates:
            columns = columns_of(described, written)
            count = len({column for column in columns if column})
            if best is None or count > best[0]:
                best = (count, place, columns, list(written))
        if best[0] == len(described.columns):
            break
    _, place, columns, written = best
    return place, columns, written


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The names of a header in two rows, the upper one reaching over several cells."""
    group, names = "", []
    for place, cell in enumerate(lower):
        above = upper[place] if place < len(upper) else ""
        group = above or group
        names.append(f"{group} {cell}".strip() if cell else above)
    return names


@cache
def _titles(fields: tuple[tuple[str, str | None], ...]) -> dict[str, str]:
    named = {plain(title): name for name, title in fields if title}
    return named | {plain(name): name for name, _ in fields}


def _names(described: Table) -> dict[str, str]:
    return _titles(tuple((field.name, field.title_ru) for field in described.fields))


def _column(known: dict[str, str], cell: str) -> str | None:
    if not cell:
        return None
    for written in (cell, re.sub(r"\s*[(\[].*$", "", cell), cell.translate(LOOK_ALIKES)):
        if found := known.get(plain(written)):
            return found
    return None
