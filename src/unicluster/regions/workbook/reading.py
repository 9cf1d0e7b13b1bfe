"""Read a workbook as the files of a region's folder, refusing what cannot be read safely."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from unicluster import tables
from unicluster.faults import Fault, InputError, refuse
from unicluster.regions import description, doubts
from unicluster.regions.checking import Report, examine_tables
from unicluster.regions.csv_text import as_csv
from unicluster.regions.region import Region
from unicluster.regions.scaffold import BYTE_ORDER_MARK, known_of, readme
from unicluster.regions.workbook import layout
from unicluster.regions.workbook.writing import number_text
from unicluster.tables.headers import plain

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_CELLS = 1_000_000
_ENDINGS = {
    ".xls": "an old workbook; save it as .xlsx",
    ".xlsm": "a workbook with macros; save it as .xlsx",
    ".xlsb": "a binary workbook; save it as .xlsx",
    ".ods": "a LibreOffice workbook; save it as .xlsx",
    ".csv": "a CSV file; put it into the region's folder",
}
Grid = list[tuple[int, list[str]]]


def read_workbook(path: Path, region: str) -> tuple[dict[str, str], Report]:
    """Read a workbook that a co-author filled in.

    Parameters
    ----------
    path : Path
    region : str
        Name of the region; the sheet that describes it may leave it out.

    Returns
    -------
    files : dict of str to str
        The text of every file of the region's folder, in the dictionary's words; empty where there are errors.
    report : Report
        Errors, warnings and notes, located by sheet, row and column.

    Raises
    ------
    InputError
        When the file cannot be read as a workbook at all.
    """
    book, formulas = _opened(path)
    report = Report(region)
    grids: dict[str, tuple[Grid, dict[tuple[int, int], str], str]] = {}
    known = layout.sheets()
    for sheet in book.worksheets:
        shown_as = f"{path.name}, sheet {sheet.title}"
        target = known.get(plain(sheet.title))
        if target == "":
            continue
        grid, refused, noted = _grid(sheet, formulas[sheet.title])
        if target is None:
            if grid:
                hint = tables.suggest(plain(sheet.title), [name for name, file in known.items() if file])
                report.errors.append(Fault(f"unknown sheet{hint}; rename or delete it", shown_as, rule="unknown sheet"))
            continue
        if target in grids:
            report.errors.append(Fault(f"a second sheet for {target}; keep one of them", shown_as, rule="sheet"))
            continue
        if sheet.sheet_state != "visible" and grid:
            report.notes.append(Fault("the sheet is hidden; it was read all the same", shown_as))
        report.notes.extend(Fault(message, shown_as, row) for row, message in noted)
        grids[target] = (grid, refused, shown_as)
    content, head = _description(grids.pop("region.yml", None), region, path.name, report)
    carried = {name: grids.pop(name)[0] for name in layout.CARRIED if name in grids}
    held = _rows(grids, tuple(content.get("oblasts", ())) if content else (), report)
    if content:
        given = {key: tuple(value) if isinstance(value, list) else value for key, value in content.items()}
        loaded = Region(folder=path.parent / ".no-folder", **given, held=held)
        checked = examine_tables(loaded, report)
        report.warnings.extend(doubts.of_tables(loaded, checked))
    if report.errors or content is None:
        return {}, report
    return _files(region, content, head, held, carried), report


def _opened(path: Path) -> tuple[Any, Any]:
    shown_as = path.name
    if not path.is_file():
        refuse([Fault("there is no such workbook; check its name", shown_as, rule="file")])
    ending = path.suffix.casefold()
    if ending != ".xlsx":
        refuse([Fault(_ENDINGS.get(ending, "not an .xlsx workbook"), shown_as, rule="file")])
    if path.stat().st_size > MAX_BYTES:
        refuse([Fault(f"larger than {MAX_BYTES} bytes; split it", shown_as, rule="size")])
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
            if sum(info.file_size for info in infos) > MAX_UNPACKED or len(infos) > 2000:
                refuse([Fault(f"unpacks to more than {MAX_UNPACKED} bytes; split it", shown_as, rule="size")])
            names = {info.filename for info in infos}
            if any("vbaProject" in name for name in names):
                refuse([Fault("the workbook holds macros; save it without them", shown_as, rule="file")])
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and _declares_type(packed, info):
                    refuse([Fault("the workbook declares a document type, which is unsafe", shown_as, rule="file")])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of parts that it leaves out, none of which holds data
            return load_workbook(path, data_only=True), load_workbook(path)
    except InputError:
        raise
    except Exception:  # openpyxl meets a damaged file with errors of every kind
        refuse([Fault("not a sound .xlsx workbook; open it in Excel and save it anew", shown_as, rule="file")])


def _declares_type(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as opened:
        return b"<!DOCTYPE" in opened.read(4096).upper()


def _grid(sheet: Worksheet, formulas: Worksheet) -> tuple[Grid, dict[tuple[int, int], str], list[tuple[int, str]]]:
    """The filled cells of a sheet as text, those that cannot be taken, and what was noted of rows."""
    cells = sorted(sheet._cells.items())
    if len(cells) > MAX_CELLS:
        refuse([Fault(f"more than {MAX_CELLS} cells; split the sheet", sheet.title, rule="size")])
    rows: dict[int, dict[int, str]] = {}
    refused: dict[tuple[int, int], str] = {}
    noted = []
    for (row, column), cell in cells:
        formula = formulas._cells[row, column].data_type == "f"
        if cell.value is None and not formula:
            continue
        text, problem = _cell_text(cell.value, cell.number_format)
        if formula:
            if cell.value is None:
                text, problem = "?", "a formula without a value; open the workbook in Excel and save it"
            else:
                noted.append((row, f"the value of a formula was taken in column {cell.column_letter}: {text[:40]}"))
        if cell.data_type == "e":
            problem = "the cell holds an error of the spreadsheet; mend its formula"
        rows.setdefault(row, {})[column] = text
        if problem:
            refused[row, column - 1] = problem
    width = max((column for found in rows.values() for column, text in found.items() if text.strip()), default=0)
    grid = [(row, [found.get(column, "") for column in range(1, width + 1)]) for row, found in sorted(rows.items())]
    return grid, refused, noted


def _cell_text(value: Any, number_format: str) -> tuple[str, str | None]:
    if isinstance(value, bool):
        return ("true" if value else "false"), None
    if isinstance(value, int | float):
        if "%" in number_format:
            return f"{float(f'{value * 100:.12g}'):.12g}%", None
        return number_text(value), None
    if isinstance(value, datetime | date | time | timedelta):
        return str(value), "the cell holds a date; format the column as text and type the value anew"
    return str(value), None


def _description(
    found: tuple[Grid, dict, str] | None, region: str, file_name: str, report: Report
) -> tuple[dict[str, Any] | None, list[str]]:
    if found is None:
        message = f"the sheet '{layout.DESCRIPTION['en']}' is missing; take it from the template"
        report.errors.append(Fault(message, file_name, rule="sheet"))
        return None, []
    grid, refused, shown_as = found
    rows, head = [], []
    for line, cells in grid:
        key, value = (cells[0].strip(), cells[1].strip() if len(cells) > 1 else "")
        if tables.is_comment([key]):
            head.append(key)
        elif plain(key) not in {plain(words[0]) for words in layout.HEADINGS.values()}:
            if not key and value:
                report.errors.append(Fault("a value without a key", shown_as, line, None, value))
            elif key:
                rows.append((line, key, value))
    for (line, place), reason in refused.items():
        if place == 1:
            report.errors.append(Fault(reason, shown_as, line, "value"))
    content, faults = layout.nested(rows, shown_as)
    content.setdefault("region", region)
    for key, value in {"universities": [], **known_of(region)}.items():
        if key not in content:
            content[key] = value
            report.notes.append(Fault(f"left empty; taken as {value}", shown_as, None, key))
    faults = faults or description.faults(content, region, shown_as, {key: line for line, key, _ in rows})
    report.errors.extend(faults)
    return (None if faults else content), head


def _rows(
    grids: dict[str, tuple[Grid, dict[tuple[int, int], str], str]], places: tuple[str, ...], report: Report
) -> dict[str, tables.Rows]:
    """The tables of the workbook; sheets with a header alone stay, so that nothing is lost."""
    held = {}
    for file_name, (grid, refused, shown_as) in grids.items():
        name = tables.region_tables()[file_name]
        if not grid:
            continue
        try:
            held[name] = tables.read_grid(grid, shown_as, tables.for_region(name, places), refused)
        except InputError as error:
            report.errors.extend(error.faults)
    return held


def _files(
    region: str,
    content: dict[str, Any],
    head: list[str],
    held: dict[str, tables.Rows],
    carried: dict[str, Grid],
) -> dict[str, str]:
    files = {"region.yml": "\n".join([*head, *_yaml_lines(content)]) + "\n"}
    for file_name, name in tables.region_tables().items():
        if name in held:
            rows = held[name]
            files[file_name] = BYTE_ORDER_MARK + as_csv(rows.header, rows.cells, rows.comments)
    for name, grid in carried.items():
        lines: list[str] = []
        for row, cells in grid:
            lines += [""] * (row - 1 - len(lines))
            lines.append(cells[0] if cells else "")
        files[name] = "\n".join(lines) + "\n"
    files.setdefault("README.md", readme(region))
    return files


def _yaml_lines(content: dict[str, Any]) -> list[str]:
    lines = []
    for key, value in content.items():
        written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
        lines.append(f"{key}: {re.sub(r'(?m)^[.]{3}$', '', written).strip()}")
    return lines
