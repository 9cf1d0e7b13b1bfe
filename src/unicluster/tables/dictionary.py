"""The data dictionary: which tables there are, and what each column must hold."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from unicluster import paths


@dataclass(frozen=True)
class Field:
    """A column: its name, type, unit, meaning and constraints (Frictionless Table Schema).

    ``article_only`` marks what only a row of the article can have, as the line of its text: the tables of a region
    may leave it out. ``title_ru`` is what a spreadsheet in Russian calls the column.
    """

    name: str
    type: str
    description: str
    unit: str | None
    constraints: dict[str, Any]
    article_only: bool = False
    title_ru: str | None = None

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required", False))


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values must be found in a column of another table (or of the same one)."""

    column: str
    table: str
    target: str


@dataclass(frozen=True)
class Rule:
    """A comparison that must hold in every row where both sides are given.

    ``right`` is a column of the same table, or ``table.column`` of a table that a foreign key leads to.
    """

    left: str
    operator: str
    right: str


@dataclass(frozen=True)
class Complete:
    """Every value of the column ``every`` must be there with every value of the column ``within``."""

    every: str
    within: str


@dataclass(frozen=True)
class Table:
    """A table of the dictionary.

    ``same`` names the columns that must hold one value in all rows.
    """

    name: str
    title: str
    description: str
    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    rules: tuple[Rule, ...]
    same: tuple[str, ...]
    complete: tuple[Complete, ...]
    sources: tuple[str, ...]
    open_ended: bool

    @property
    def file(self) -> Path:
        return paths.DATA / self.path

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def is_template(self) -> bool:
        """Whether the file is an empty one, whose copies lie in the regions' folders."""
        return self.path.startswith("templates/")


@cache
def _package() -> dict[str, Any]:
    return json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))


@cache
def dictionary() -> dict[str, Table]:
    """All tables by name, in the order of ``data/datapackage.json``."""
    titles = _package().get("unicluster:titles_ru", {})
    return {resource["name"]: _table(resource, titles) for resource in _package()["resources"]}


def version() -> str:
    """Version of the dictionary."""
    return _package()["version"]


@cache
def region_tables() -> dict[str, str]:
    """File names that a region's folder may hold, each with the table it must follow."""
    return dict(_package()["unicluster:region_tables"])


@cache
def sheets_ru() -> dict[str, str]:
    """What a workbook in Russian calls the sheets of the region's tables, by file name."""
    return dict(_package().get("unicluster:sheets_ru", {}))


def table(name: str) -> Table:
    """One table of the dictionary.

    Raises
    ------
    KeyError
        When the dictionary has no table of that name.
    """
    return dictionary()[name]


@cache
def oblasts() -> tuple[str, ...]:
    """Identifiers of the oblasts of Kazakhstan, as the column that names the oblast of a city lists them."""
    field = next(field for field in table("cities").fields if field.name == "oblast")
    return tuple(field.constraints["enum"])


@cache
def for_region(name: str, places: tuple[str, ...] = ()) -> Table:
    """A table of the dictionary as a region's own folder may fill it.

    What only a row of the article can have is not required, and a column that names an oblast takes the region's own
    ``places`` too, so that the method runs outside Kazakhstan and for invented regions.
    """
    described = table(name)
    return replace(described, fields=tuple(_for_region(field, places) for field in described.fields))


def _for_region(field: Field, places: tuple[str, ...]) -> Field:
    constraints = dict(field.constraints)
    if field.article_only:
        constraints.pop("required", None)
    if tuple(constraints.get("enum", ())) == oblasts():
        constraints["enum"] = [*oblasts(), *(place for place in places if place not in oblasts())]
    return replace(field, constraints=constraints)


def _table(resource: dict[str, Any], titles: dict[str, str]) -> Table:
    schema = resource["schema"]
    return Table(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        path=resource["path"],
        fields=tuple(
            Field(
                f["name"],
                f["type"],
                f["description"],
                f.get("unit"),
                f.get("constraints", {}),
                bool(f.get("unicluster:article_only", False)),
                f.get("unicluster:title_ru", titles.get(f["name"])),
            )
            for f in schema["fields"]
        ),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(
                key["fields"][0],
                key["reference"]["resource"] or resource["name"],
                key["reference"]["fields"][0],
            )
            for key in schema.get("foreignKeys", [])
        ),
        rules=tuple(Rule(**rule) for rule in resource.get("unicluster:rules", [])),
        same=tuple(resource.get("unicluster:same", [])),
        complete=tuple(Complete(**rule) for rule in resource.get("unicluster:complete", [])),
        sources=tuple(source["title"] for source in resource.get("sources", [])),
        open_ended=bool(resource.get("unicluster:open_ended", False)),
    )
