"""Write a region, or the empty template, as a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from unicluster import tables
from unicluster.faults import refuse
from unicluster.regions import examples, scaffold
from unicluster.regions.checking import examine_region
from unicluster.regions.csv_text import with_comments
from unicluster.regions.region import load_region
from unicluster.regions.workbook import layout
from unicluster.tables import plain_yaml
from unicluster.tables.dictionary import Field, Table
from unicluster.tables.encodings import decode

_HEADER = PatternFill("solid", start_color="1F4E79")
_NEEDED = Font(bold=True, color="FFFFFF")
_OPTIONAL = Font(bold=False, color="FFFFFF")
_COMMENT = Font(italic=True, color="767676")
_LAST_ROW = 2000
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_GUIDE = {
    "en": [
        "How to fill in this workbook",
        "One sheet describes the region, each other sheet is a table. Every table is optional: leave it empty.",
        "Point at a column's heading to read what belongs there. Bold headings with * must be filled in every row.",
        "Grey rows that begin with # and a space are examples or remarks; they are never data.",
        "Do not rename sheets or headings. Colours and notes of your own are not kept.",
        "When done: make new-region REGION=name WORKBOOK=this-file.xlsx",
    ],
    "ru": [
        "Как заполнить эту книгу",
        "Один лист описывает регион, каждый другой лист — таблица. Любую таблицу можно оставить пустой.",
        "Наведите курсор на заголовок столбца, чтобы прочесть, что в нём нужно. Столбцы со звёздочкой * обязательны.",
        "Серые строки, которые начинаются с # и пробела, — примеры и пометки; это не данные.",
        "Не переименовывайте листы и столбцы. Ваши цвета и примечания к ячейкам не сохраняются.",
        "Когда всё готово: make new-region REGION=имя WORKBOOK=этот-файл.xlsx",
    ],
}


def template(language: str = "en") -> bytes:
    """An empty workbook, generated from the data dictionary.

    Parameters
    ----------
    language : {'en', 'ru'}
        Language of sheet names and headings; either is understood when the workbook is read.
    """
    content = {"dictionary": tables.version(), **scaffold.DEFAULTS, "context": {"transition": True, "mining": True}}
    grids: dict[str, tuple[Sequence[str], list[Sequence[str]]]] = {}
    for file_name, name in tables.region_tables().items():
        grids[file_name] = (examples.columns(tables.table(name)), list(examples.comments(file_name)))
    return _workbook(content, [], grids, {}, language)


def region_workbook(region: str, language: str = "en", root: Path | None = None) -> bytes:
    """A region's folder as a workbook.

    Raises
    ------
    InputError
        When the folder is faulty, with every fault: a table that cannot be read would be lost.
    """
    refuse(examine_region(region, root).errors)
    loaded = load_region(region, root)
    file = loaded.folder / "region.yml"
    text, _ = decode(file.read_bytes(), loaded.shown(file))
    content, _ = plain_yaml.parse(text, loaded.shown(file))
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line if line.startswith("# ") or line == "#" else f"# {line[1:]}")
    grids: dict[str, tuple[Sequence[str], list[Sequence[str]]]] = {}
    for file_name, name in tables.region_tables().items():
        rows = loaded.rows(name)
        held = loaded.held.get(name)
        if held is not None:
            grids[file_name] = (held.header, with_comments(held.cells, held.comments))
        elif rows is None:
            grids[file_name] = (examples.columns(tables.table(name)), [])
    carried = {}
    for name in layout.CARRIED:
        if (loaded.folder / name).is_file():
            carried[name] = (loaded.folder / name).read_text(encoding="utf-8")
    return _workbook(content, head, grids, carried, language)


def _workbook(
    content: dict[str, Any],
    head: list[str],
    grids: Mapping[str, tuple[Sequence[str], list[Sequence[str]]]],
    carried: Mapping[str, str],
    language: str,
) -> bytes:
    book = Workbook()
    _guide(book.active, language)
    _description(book.create_sheet(layout.DESCRIPTION[language]), content, head, language)
    lists = book.create_sheet(layout.LISTS)
    for file_name, (header, rows) in grids.items():
        described = tables.for_region(tables.region_tables()[file_name], tuple(content.get("oblasts", ())))
        sheet = book.create_sheet(layout.sheet_name(file_name, language))
        _table(sheet, described, header, rows, language)
        _drop_downs(sheet, lists, described, header)
    for name, text in carried.items():
        sheet = book.create_sheet(name)
        for row, line in enumerate(text.split("\n"), 1):
            _text(sheet.cell(row, 1), line)
        sheet.column_dimensions["A"].width = 110
    lists.sheet_state = "hidden"
    return _same_bytes(book)


def _guide(sheet: Worksheet, language: str) -> None:
    sheet.title = layout.GUIDE[language]
    for row, line in enumerate(_GUIDE[language], 1):
        _text(sheet.cell(row, 1), line)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 110


def _description(sheet: Worksheet, content: dict[str, Any], head: list[str], language: str) -> None:
    values = layout.flat(content)
    keys = [*layout.MEANINGS, *(key for key in values if key not in layout.MEANINGS)]
    for column, heading in enumerate(layout.HEADINGS[language], 1):
        _heading(sheet.cell(1, column), heading, True)
    row = 2
    for line in head:
        _text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = _COMMENT
        row += 1
    for key in keys:
        _text(sheet.cell(row, 1), key)
        _text(sheet.cell(row, 2), values.get(key, ""))
        if key in layout.MEANINGS:
            _text(sheet.cell(row, 3), layout.MEANINGS[key][layout.LANGUAGES.index(language)])
        row += 1
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABC", (26, 46, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["B"].number_format = "@"


def _table(sheet: Worksheet, described: Table, header: Sequence[str], rows: list[Sequence[str]], language: str) -> None:
    fields = {field.name: field for field in described.fields}
    for column, name in enumerate(header, 1):
        field = fields.get(name)
        title = field.title_ru if field and language == "ru" and field.title_ru else name
        needed = bool(field and field.required)
        cell = sheet.cell(1, column)
        _heading(cell, f"{title} *" if needed else title, needed)
        if field:
            cell.comment = Comment(_meaning(field), "unicluster", width=320, height=140)
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(12, min(34, len(title) + 4))
        if not field or field.type in ("string", "boolean"):
            sheet.column_dimensions[letter].number_format = "@"
    for row, cells in enumerate(rows, 2):
        comment = tables.is_comment(cells)
        for column, text in enumerate(cells, 1):
            if not text:
                continue
            name = header[column - 1] if column <= len(header) else ""
            field = fields.get(name)
            cell = sheet.cell(row, column)
            number = _exact(text) if field and field.type in ("integer", "number") and not comment else None
            if number is None:
                _text(cell, text)
            else:
                cell.value = number
            if comment:
                cell.font = _COMMENT
    sheet.freeze_panes = "B2"


def _meaning(field: Field) -> str:
    lines = [field.name, field.description]
    if field.unit:
        lines.append(f"Unit: {field.unit}.")
    if "enum" in field.constraints:
        lines.append(f"One of: {', '.join(map(str, field.constraints['enum']))}.")
    lines.append("Required." if field.required else "May be empty.")
    return "\n".join(lines)


def _drop_downs(sheet: Worksheet, lists: Worksheet, described: Table, header: Sequence[str]) -> None:
    for field in described.fields:
        allowed = ["true", "false"] if field.type == "boolean" else field.constraints.get("enum")
        if not allowed or field.name not in header:
            continue
        column = (lists.max_column if lists["A1"].value else 0) + 1
        for row, value in enumerate([f"{described.name}.{field.name}", *map(str, allowed)], 1):
            _text(lists.cell(row, column), value)
        letter = get_column_letter(column)
        source = f"'{lists.title}'!${letter}$2:${letter}${len(allowed) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.error = f"{field.name}: choose a value of the list"
        place = get_column_letter(list(header).index(field.name) + 1)
        rule.add(f"{place}2:{place}{_LAST_ROW}")
        sheet.add_data_validation(rule)


def _heading(cell: Cell, text: str, needed: bool) -> None:
    _text(cell, text)
    cell.fill = _HEADER
    cell.font = _NEEDED if needed else _OPTIONAL
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _text(cell: Cell, text: str) -> None:
    """Text that stays text, even where it begins like a formula."""
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"


def _exact(text: str) -> int | float | None:
    """The number that a cell of a workbook can hold and that reads back as the very same text, else None."""
    if not _NUMBER.fullmatch(text) or len(text) > 15:
        return None
    value = int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    return value if number_text(value) == text else None


def number_text(value: float) -> str:
    """A number of a workbook as text."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _same_bytes(book: Workbook) -> bytes:
    """The workbook as bytes that are the same whenever it is written."""
    begin = datetime(2024, 1, 1)
    book.properties.creator = "unicluster"
    book.properties.created = begin
    raw = io.BytesIO()
    book.save(raw)
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
