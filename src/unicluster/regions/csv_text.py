"""A table of a region as the text of its CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def as_csv(
    header: Sequence[str],
    cells: Iterable[Sequence[str]],
    comments: Iterable[tuple[int, Sequence[str]]] = (),
) -> str:
    """Comma-separated text with comment rows in their places.

    Parameters
    ----------
    header : sequence of str
    cells : iterable of sequences of str
        One a row.
    comments : iterable of (int, sequence of str)
        Comment rows, each with the number of rows before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in [header, *with_comments(cells, comments)]:
        writer.writerow(row)
    return text.getvalue()


def with_comments(cells: Iterable[Sequence[str]], comments: Iterable[tuple[int, Sequence[str]]]) -> list[Sequence[str]]:
    """Rows and comment rows in the order in which they stand in the file."""
    rows: list[Sequence[str]] = []
    waiting = list(comments)
    for before, row in enumerate(cells):
        while waiting and waiting[0][0] <= before:
            rows.append(waiting.pop(0)[1])
        rows.append(row)
    return rows + [row for _, row in waiting]
