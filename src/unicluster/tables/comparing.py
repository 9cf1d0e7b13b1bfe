"""Two independent transcriptions or codings of the same tables: where they differ, and how far they agree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from unicluster.tables.dictionary import Field, Table, table


def differences(name: str, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Every cell in which two versions of a table differ, and every row that only one of them has.

    Parameters
    ----------
    name : str
        Table of the data dictionary, for example ``"statements"``; rows are matched by its primary key.
    first, second : DataFrame
        The two versions, as `unicluster.tables.load` gives them.

    Returns
    -------
    DataFrame
        ``table``, ``key`` (the primary key, joined by commas), ``column``, ``first``, ``second`` (text,
        missing where the cell is empty), in the order of the rows and columns. A row that only one version
        has is one line without a column, its ``first`` and ``second`` saying ``present`` or ``absent``.
    """
    described = table(name)
    left, right = _keyed(described, first), _keyed(described, second)
    found: list[tuple] = []
    for key in left.index.union(right.index, sort=False):
        if key not in left.index or key not in right.index:
            found.append((key, None, *("present" if key in t.index else "absent" for t in (left, right))))
            continue
        for column in left.columns:
            a, b = left.at[key, column], right.at[key, column]
            if not _same(a, b):
                found.append((key, column, _text(a), _text(b)))
    columns = ["key", "column", "first", "second"]
    listed = pd.DataFrame(found, columns=columns, dtype="string")
    return listed.assign(table=pd.Series(name, index=listed.index, dtype="string"))[["table", *columns]]


def agreement(name: str, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """How far two versions of a table agree, column by column, over the rows that both have.

    Parameters
    ----------
    name, first, second
        As for `differences`.

    Returns
    -------
    DataFrame
        One row a column outside the primary key: ``table``, ``column``, ``content`` (``closed`` where the
        dictionary fixes type, form or values, ``wording`` where it is free text), ``cells`` compared,
        ``differ``, ``percent`` (agreement, per cent) and, for columns with fixed values, ``kappa`` (Cohen
        1960; an empty cell is a category of its own; missing where both hold one same value throughout).
    """
    described = table(name)
    left, right = _keyed(described, first), _keyed(described, second)
    common = left.index.intersection(right.index, sort=False)
    rows = []
    for field in described.fields:
        if field.name in described.primary_key:
            continue
        a, b = left.loc[common, field.name], right.loc[common, field.name]
        differ = sum(not _same(x, y) for x, y in zip(a, b, strict=True))
        rows.append(
            {
                "table": name,
                "column": field.name,
                "content": "closed" if _closed(field) else "wording",
                "cells": len(common),
                "differ": differ,
                "percent": 100 * (1 - differ / len(common)) if len(common) else np.nan,
                "kappa": _kappa(a, b) if "enum" in field.constraints else np.nan,
            }
        )
    return pd.DataFrame(rows)


def _closed(field: Field) -> bool:
    return field.type != "string" or bool({"enum", "pattern"} & set(field.constraints))


def _keyed(described: Table, frame: pd.DataFrame) -> pd.DataFrame:
    keys = frame[list(described.primary_key)].astype("string").agg(", ".join, axis=1)
    rest = [column for column in described.columns if column not in described.primary_key]
    return frame[rest].set_axis(keys)


def _same(a: object, b: object) -> bool:
    return (a is pd.NA and b is pd.NA) or (a is not pd.NA and b is not pd.NA and a == b)


def _text(value: object) -> object:
    return value if value is pd.NA else str(value)


def _kappa(a: pd.Series, b: pd.Series) -> float:
    # Imported here: it costs half a second, and every command of the compendium imports this room.
    from statsmodels.stats.inter_rater import cohens_kappa

    a, b = (values.astype("string").fillna("") for values in (a, b))
    used = sorted({*a, *b})
    if len(used) < 2:
        return np.nan
    crossed = pd.crosstab(pd.Categorical(a, used), pd.Categorical(b, used), dropna=False)
    return float(cohens_kappa(crossed.to_numpy(), return_results=False))
