"""From bytes to rows of text, refusing what cannot be read safely."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from unicluster.faults import Fault, refuse

MAX_BYTES = 20_000_000
MAX_CELL = 10_000

_HTML = re.compile(r"<\s*[a-zA-Z/!]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"^[=@]|^[+-](?=.*[A-Za-z(])(?![+-]?\s*\d)")


@dataclass(frozen=True)
class Rows:
    """A table as text: its header, its cells, and the line of the file each row begins on."""

    header: list[str]
    cells: list[list[str]]
    lines: list[int]


def read_rows(path: Path, shown_as: str) -> Rows:
    """Read a comma-separated file as text.

    Parameters
    ----------
    path : Path
        The file: UTF-8 (a byte-order mark is allowed), commas, a header line.
    shown_as : str
        How messages call the file.

    Returns
    -------
    Rows
        Blank lines left out; short rows are faults, not filled up.

    Raises
    ------
    InputError
        When the file is missing, empty, too large, not UTF-8, has doubled or nameless columns, ragged rows,
        or cells that a spreadsheet or a browser would run.
    """
    if not path.is_file():
        refuse([Fault("there is no such file; create it or check its name", file=shown_as)])
    size = path.stat().st_size
    if size > MAX_BYTES:
        refuse([Fault(f"the file has {size} bytes, the limit is {MAX_BYTES}; split it", shown_as)])
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        refuse(
            [Fault("the text is not UTF-8; save the file as 'CSV UTF-8'", shown_as, line)],
        )
    if not text.strip():
        refuse([Fault("the file is empty; it needs a header line and rows", file=shown_as)])
    rows = _parse(text, shown_as)
    refuse(_shape_faults(rows, shown_as))
    return rows


def _parse(text: str, shown_as: str) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    cells: list[list[str]] = []
    lines: list[int] = []
    begin = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                cells.append([cell.strip() for cell in row])
                lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        refuse([Fault(f"not a valid CSV line ({error}); check its quotes", shown_as, begin)])
    return Rows(header=cells[0], cells=cells[1:], lines=lines[1:])


def _shape_faults(rows: Rows, shown_as: str) -> list[Fault]:
    faults = []
    for name in sorted({n for n in rows.header if rows.header.count(n) > 1}):
        what = "a column without a name" if not name else "the column appears more than once"
        faults.append(Fault(f"{what}; name every column once", shown_as, 1, name or None))
    if len(rows.header) == 1 and ";" in rows.header[0]:
        faults.append(Fault("columns are separated by semicolons; save with commas", shown_as, 1))
    width = len(rows.header)
    for line, row in zip(rows.lines, rows.cells, strict=True):
        if len(row) != width:
            message = f"the row has {len(row)} cells, the header {width}; check commas and quotes"
            faults.append(Fault(message, shown_as, line))
            continue
        for name, cell in zip(rows.header, row, strict=True):
            danger = dangerous(cell)
            if danger:
                faults.append(Fault(danger, shown_as, line, name, cell))
    return faults


def dangerous(cell: str) -> str | None:
    """Say why a cell cannot be taken as plain text, or None.

    A cell that begins like a formula would run in a spreadsheet, a tag in a browser; control and
    text-direction characters hide what a reader sees.
    """
    if len(cell) > MAX_CELL:
        return f"the cell has {len(cell)} characters, the limit is {MAX_CELL}; shorten it"
    if _FORMULA.search(cell):
        return "the cell begins like a spreadsheet formula; write it as plain text"
    if _HTML.search(cell):
        return "the cell holds an HTML tag; write it as plain text"
    if _CONTROL.search(cell):
        return "the cell holds a control or text-direction character; type the text anew"
    return None
