"""The blocks of a part: facts of the region, fields of the applicant, tables and figures from results."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from unicluster.display import show
from unicluster.dossier import pictures
from unicluster.dossier.application import FILE, Entry
from unicluster.dossier.definition import Row, is_field
from unicluster.dossier.model import Block, Cell, Picture, Table, Text
from unicluster.dossier.readiness import Case, items_of
from unicluster.dossier.register import filtered
from unicluster.dossier.words import TAGS, told
from unicluster.escape import seen
from unicluster.faults import Fault, refuse
from unicluster.language import _, code, mark

DIGITS = 1
ENDLESS = "∞"
FACTS = {
    "name": mark("Region"),
    "oblasts": mark("Oblasts"),
    "universities": mark("Universities"),
    "base_year": mark("Base year"),
    "plan_year": mark("Plan year"),
    "price_basis": mark("Price basis of the plan"),
}
"""What ``region.yml`` says that the passport shows."""


@dataclass(frozen=True)
class View:
    """What the parts of one dossier are made from."""

    case: Case
    board: pictures.Board


def facts(view: View, part: int) -> Iterator[Block]:
    """The region as its ``region.yml`` describes it, in the first part."""
    if part != 0:
        return
    region = view.case.region
    source = view.case.register.cite_data(
        f"data/regions/{region.region}/region.yml", (region.folder / "region.yml").read_bytes()
    )
    tag = "synthetic" if region.fictitious else "stated"
    values = {
        "name": region.name.get(code()) or region.name["en"],
        "oblasts": "; ".join(_(view.case.name("oblasts", one)) for one in region.oblasts),
        "universities": "; ".join(_(view.case.name("universities", one)) for one in region.universities),
        "base_year": region.base_year,
        "plan_year": region.plan_year,
        "price_basis": _(region.price_basis),
    }
    rows = []
    for key, heading in FACTS.items():
        cited = f"{source}:{key}"
        rows.append((_id(cited), Cell(_(heading)), _cell(values[key], tag, cited), Cell(_(tag))))
    headings = (_("ID"), _("Field"), _("Value"), _("Tag"))
    yield Table("region", _("The region"), headings, tuple(rows), (source,))


def fields(view: View, part: int) -> Iterator[Block]:
    """What the applicant fills in: fields alone as one table, each group as a table of its own."""
    here = [field for field in view.case.definition.fields if field.part == part]
    alone = [field for field in here if not field.group]
    if alone:
        yield _fields_alone(view, part, alone)
    joined = {column.column.removeprefix("field:") for column in view.case.definition.columns}
    for group in dict.fromkeys(field.group for field in here if field.group):
        members = [field for field in here if field.group == group]
        if not any(field.field in joined for field in members):
            yield from _group(view, group, members)


def taken(view: View, part: int) -> Iterator[Block]:
    """The results that a part takes; what a region does not have is said."""
    for take in view.case.definition.takes:
        if take.part == part:
            found = {"table": _table, "figure": _figure, "numbers": _numbers}[take.form](view, take)
            if found is None:
                missing = _("Not available for this region: {what}. Its result is {name}.")
                name = f"{take.chapter}/{take.result}"
                found = [Text(missing.format(what=told(take, "title"), name=name), "open")]
            yield from found


def _fields_alone(view: View, part: int, rows: list[Row]) -> Table:
    cells = []
    for field in rows:
        entry = view.case.application.of(field.field).get("1")
        title = told(field, "title") + ("" if field.required else " " + _("(optional)"))
        cited = _cited(view, entry)
        basis = seen(_(entry.source)) if entry else _("placeholder") if field.status == "placeholder" else ""
        tag = _(_entry_tag(view, entry)) if entry else ""
        cells.append((_id(cited), Cell(title), _entry_cell(view, field, entry), Cell(tag), Cell(basis)))
    headings = (_("ID"), _("Field"), _("Value"), _("Tag"), _("Source"))
    return Table(f"fields-{part}", _("Fields of the application"), headings, tuple(cells), _sources(cells))


def _group(view: View, group: str, rows: list[Row]) -> Iterator[Block]:
    case = view.case
    items = items_of(case.definition, case.application, group)
    titles = [told(field, "title") for field in rows]
    if not items:
        lacking = _("Nothing is filled in yet: {titles}.").format(titles="; ".join(titles))
        yield Text(lacking, "open")
        return
    cells = []
    for item in items:
        entries = [case.application.of(field.field).get(item) for field in rows]
        filled = [entry for entry in entries if entry]
        tags = dict.fromkeys(_(_entry_tag(view, entry)) for entry in filled)
        shown = [_entry_cell(view, field, entry) for field, entry in zip(rows, entries, strict=True)]
        name = view.case.name("universities", item) if group == "universities" else None
        first = [Cell(seen(_(name)))] if name else []
        cells.append((_id(_cited(view, filled[0])), *first, *shown, Cell("; ".join(tags))))
    first = [_("University")] if group == "universities" else []
    headings = (_("ID"), *first, *titles, _("Tag"))
    yield Table(f"group-{group}", _("Filled in by the applicant"), headings, tuple(cells), _sources(cells))


def _table(view: View, take: Row) -> list[Block] | None:
    frame = view.case.register.table(take.chapter, take.result, take.whose)
    if frame is None:
        return None
    place = f"{take.chapter}/{take.result}"
    chosen = filtered(frame.convert_dtypes(), take.filter, place)
    columns = view.case.definition.columns_of(take.take)
    lacking = [c.column for c in columns if not is_field(c.column) and c.column not in frame.columns]
    refuse(
        Fault(f"the result {place} has no such column", "dossier/columns.csv", column="column", value=name)
        for name in lacking
    )
    source = view.case.register.cite(take.chapter, f"{take.result}.csv", take.whose)
    if chosen.empty:
        return [Text(_("{title}: none.").format(title=told(take, "title")))]
    plain = chosen.astype(object).where(chosen.notna(), None)
    rows = tuple(
        _row(view, take, columns, record, f"{source}.{place + 1}")
        for place, record in zip(chosen.index, plain.to_dict("records"), strict=True)
    )
    headings = (_("ID"), *(told(column, "heading") for column in columns), _("Tag"))
    sources = tuple(dict.fromkeys([source, *_sources(rows)]))
    return [Table(take.take, told(take, "title"), headings, rows, sources, told(take, "note"), bool(take.long))]


def _row(view: View, take: Row, columns: list[Row], record: dict[str, Any], place: str) -> tuple[Cell, ...]:
    tag = _tag(view, take, record.get("tag"))
    cells, tags = [_id(place)], [tag]
    for column in columns:
        if is_field(column.column):
            field = view.case.definition.field(column.column.removeprefix("field:"))
            entry = view.case.application.of(field.field).get(str(record[take.key]))
            cells.append(_entry_cell(view, field, entry, _("open")))
            tags += [_entry_tag(view, entry)] if entry else []
        else:
            value = _called(view, column.names, _told(column, record))
            cells.append(_cell(value, tag, f"{place}:{column.column}", column.digits))
    return (*cells, Cell("; ".join(_(one) for one in dict.fromkeys(tags))))


def _numbers(view: View, take: Row) -> list[Block] | None:
    numbers = view.case.register.numbers(take.chapter, take.whose)
    if numbers is None:
        return None
    source = view.case.register.cite(take.chapter, "numbers.json", take.whose)
    rows = []
    for column in view.case.definition.columns_of(take.take):
        number = numbers.get(column.column)
        if number is not None:
            tag = _tag(view, take, number["tag"])
            cited = f"{source}:{column.column}"
            rows.append((_id(cited), Cell(told(column, "heading")), _cell(number["value"], tag, cited), Cell(_(tag))))
    headings = (_("ID"), _("What"), _("Value"), _("Tag"))
    return [Table(take.take, told(take, "title"), headings, tuple(rows), (source,))] if rows else None


def _figure(view: View, take: Row) -> list[Block] | None:
    found = pictures.read(take.result, view.board)
    if found is None:
        return None
    drawn = pictures.draw(take.result, view.board, found)
    names = [take.take] if len(drawn) == 1 else [f"{take.take}-{number}" for number in range(1, len(drawn) + 1)]
    tag, sources = _tag(view, take, None), pictures.sources(take.result, view.board)
    return [Picture(name, figure, tag, sources) for name, figure in zip(names, drawn, strict=True)]


def _tag(view: View, take: Row, found: Any) -> str:
    """How a value is known: as its row says, else as the definition says; of a fictitious region all is synthetic."""
    if view.case.region.fictitious and take.whose == "own":
        return "synthetic"
    return found if found in TAGS else take.tag


def _told(column: Row, record: dict[str, Any]) -> Any:
    """A cell, in Russian from the column that has the Russian words, where there is one and it has any."""
    russian = record.get(column.column_ru) if column.column_ru and code() == "ru" else None
    return russian or record[column.column]


def _called(view: View, kind: str | None, value: Any) -> Any:
    """A cell whose identifiers are called by their names, also those that are held at levels (``x = 1, y = 0``)."""
    if kind == "words":
        return "; ".join(_(word) for word in str(value).split(";")) if isinstance(value, str) else value
    if kind and isinstance(value, str) and " = " in value:
        pairs = [pair.partition(" = ") for pair in value.split(", ")]
        return "; ".join(f"{_(view.case.name(kind, name))} = {level}" for name, _sign, level in pairs)
    return view.case.name(kind, value)


def _cell(value: Any, tag: str, source: str, digits: int | None = None) -> Cell:
    """A value for reading; one without decimals of its own is shown without them."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    known = not (value is None or value is pd.NA or value != value)
    endless = number and math.isinf(value)
    if digits is None and number and known and not endless and value == int(value):
        value = int(value)
    shown = ENDLESS if endless else show(value, DIGITS if digits is None else int(digits))
    return Cell(seen(shown), number and known, False, tag if known else None, source if known else None)


def _entry_cell(view: View, field: Row, entry: Entry | None, lacking: str = "") -> Cell:
    """What the applicant gave, or that it is still to be supplied."""
    if entry is None:
        return Cell(lacking or (_("to be supplied") if field.required else _("open")), open=True)
    value: Any = entry.number if entry.number is not None else entry.text(code())
    if field.field == "initiator":
        value = _(view.case.name("universities", value))
    column = "number" if entry.number is not None else f"text_{code()}"
    return _cell(value, _entry_tag(view, entry), f"{_cited(view, entry)}:{column}")


def _entry_tag(view: View, entry: Entry) -> str:
    return "synthetic" if view.case.region.fictitious else entry.tag


def _cited(view: View, entry: Entry | None) -> str | None:
    if entry is None:
        return None
    case = view.case
    path = f"data/regions/{case.region.region}/{FILE}"
    return f"{case.register.cite_data(path, case.application.content)}.{entry.row}"


def _id(source: str | None) -> Cell:
    """The identifier of a row: the file's, with the row in it."""
    return Cell(source.split(":")[0] if source else "–", source=source)


def _sources(rows: Any) -> tuple[str, ...]:
    """The identifiers of the files that cells come from."""
    cited = [cell.source.split(":")[0].split(".")[0] for row in rows for cell in row if cell.source]
    return tuple(dict.fromkeys(cited))
