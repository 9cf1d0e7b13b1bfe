"""A row that shows how a table of a region is filled in."""

from __future__ import annotations

from unicluster import paths, tables
from unicluster.faults import InputError
from unicluster.regions.region import TEACHING
from unicluster.tables.dictionary import Field, Table

TOLD = "# The next row is an example. Rows that begin with # and a space are never data."


def columns(described: Table) -> list[str]:
    """The columns that a region fills in, without what only rows of the article have."""
    return [field.name for field in described.fields if not field.article_only]


def comments(file_name: str) -> list[list[str]]:
    """The rows that a new table begins with: a sentence and an example, both comments."""
    described = tables.for_region(tables.region_tables()[file_name])
    names = columns(described)
    example = _row(file_name, described)
    first, *rest = [example.get(name, "") for name in names]
    return [[TOLD], [f"# {first}", *rest]]


def _row(file_name: str, described: Table) -> dict[str, str]:
    """The first row of the teaching region, else of the article's table, else one made of the dictionary's limits."""
    for file in (paths.REGIONS / TEACHING / file_name, described.file):
        try:
            rows = tables.read_sent(file, file_name, described)
        except InputError:
            continue
        if rows.cells and not rows.faults:
            example = dict(zip(rows.header, rows.cells[0], strict=True)) | {"note": ""}
            return example | {f.name: _value(f) for f in described.fields if not _allowed(f, example.get(f.name))}
    return {field.name: _value(field) for field in described.fields}


def _allowed(field: Field, cell: str | None) -> bool:
    """Whether a cell of another region, as the name of its oblast, may stand in a new one."""
    return not cell or "enum" not in field.constraints or cell in map(str, field.constraints["enum"])


def _value(field: Field) -> str:
    limits = field.constraints
    if "enum" in limits:
        return str(limits["enum"][0])
    if not field.required:
        return ""
    if field.type == "boolean":
        return "false"
    if field.type == "integer":
        return "2024" if field.unit == "year" else str(limits.get("minimum", 1))
    if field.type == "number":
        return "1.5"
    return "example"
