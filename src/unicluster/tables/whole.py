"""What must hold of a table as a whole and not of one row: columns with one value, combinations that must be there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from unicluster.faults import Fault
from unicluster.tables.dictionary import Complete, Table


def faults(described: Table, columns: Mapping[str, Sequence[Any]], lines: Sequence[int], shown_as: str) -> list[Fault]:
    """Every fault of a table as a whole.

    Parameters
    ----------
    described : Table
    columns : mapping of str to sequence
        Converted values of each column, missing where there is none.
    lines : sequence of int
        Line of the file that each row stands in.
    shown_as : str
        How messages call the file.
    """
    found = [fault for name in described.same for fault in _different(name, columns[name], lines, shown_as)]
    return found + [fault for rule in described.complete for fault in _absent(rule, columns, shown_as)]


def _different(name: str, values: Sequence[Any], lines: Sequence[int], shown_as: str) -> list[Fault]:
    given = [value for value in values if value is not pd.NA]
    if len(set(given)) < 2:
        return []
    usual = Counter(given).most_common(1)[0][0]
    message = f"must be the same in every row, and most have {usual}; correct it"
    return [
        Fault(message, shown_as, line, name, value, "same in every row")
        for line, value in zip(lines, values, strict=True)
        if value is not pd.NA and value != usual
    ]


def _absent(rule: Complete, columns: Mapping[str, Sequence[Any]], shown_as: str) -> list[Fault]:
    held: dict[Any, set] = defaultdict(set)
    for one, other in zip(columns[rule.every], columns[rule.within], strict=True):
        if one is not pd.NA and other is not pd.NA:
            held[one].add(other)
    wanted = set().union(*held.values())
    found = []
    for one in sorted(held):
        absent = ", ".join(map(str, sorted(wanted - held[one])))
        if absent:
            message = f"has no row for {rule.within} {absent}; add what is missing"
            found.append(Fault(message, shown_as, None, rule.every, one, "complete"))
    return found
