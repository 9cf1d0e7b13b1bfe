"""From bytes to rows of text, refusing what cannot be read safely."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from unicluster.faults import Fault, refuse

MAX_BYTES = 20_000_000
MAX_CELL = 10_000

_HTML = re.compile(r"<[a-zA-Z/!?]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls other than tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # text direction
    "\u200b-\u200d\u2028\u2029\u2060-\u2065\ufeff"  # zero width, separators
    "\ud800-\udfff\ufffe\uffff]"  # no characters at all
)
_FORMULA = re.compile(
    r"^[=@]"
    r"|^[+-](?=.*[A-Za-z(])(?!\s*\d)"  # -A1, +SUM(…), but not -5 °C or +7 (701) …
    r"|^[+-].*(?:[|!]|\w\()"  # -2+cmd|'…', +1+SUM(…)
)


@dataclass(frozen=True)
class Rows:
    """A table as text.

    Attributes
    ----------
    header : list of str
    cells : list of list of str
        One list a row, as wide as the header; ragged rows are left out.
    lines : list of int
        The line of the file that each row begins on.
    faults : list of Fault
        Ragged rows, doubled or nameless columns, and cells that a spreadsheet or a browser would run.
    notes : list of Fault
        What was read otherwise than it is written.
    comments : list of (int, list of str)
        Comment rows, each with the number of rows before it.
    header_line : int
        The line of the header.
    shown_as : str
        How messages call the file.
    """

    header: list[str]
    cells: list[list[str]]
    lines: list[int]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    comments: list[tuple[int, list[str]]] = field(default_factory=list)
    header_line: int = 1
    shown_as: str = ""


def read_rows(path: Path, shown_as: str) -> Rows:
    """Read a comma-separated file as text.

    Parameters
    ----------
    path : Path
        The file: UTF-8 (a byte-order mark is allowed), commas, a header line. Blank lines are passed over.
    shown_as : str
        How messages call the file.

    Returns
    -------
    Rows
        With the faults of single rows and cells, for the caller to tell together with its own.

    Raises
    ------
    InputError
        When the file cannot be read as a table at all: missing, empty, too large, not UTF-8, not
        comma-separated, or with a quote that does not close.
    """
    if not path.is_file():
        refuse([Fault("there is no such file; create it or check its name", file=shown_as)])
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        refuse([Fault(f"the file has {len(content)} bytes, the limit is {MAX_BYTES}; split it", shown_as)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        refuse([Fault("the text is not UTF-8; save the file as 'CSV UTF-8'", shown_as, line)])
    (_, header), *rows = _parse(text, shown_as)
    faults = _header_faults(header, shown_as)
    cells, lines = [], []
    for line, row in rows:
        if len(row) != len(header):
            message = f"the row has {len(row)} cells, the header {len(header)}; check commas and quotes"
            faults.append(Fault(message, shown_as, line))
            continue
        cells.append(row)
        lines.append(line)
        faults += [
            Fault(danger, shown_as, line, name, cell)
            for name, cell in zip(header, row, strict=True)
            if (danger := dangerous(cell))
        ]
    return Rows(header, cells, lines, faults, shown_as=shown_as)


def _parse(text: str, shown_as: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, header first, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    begin = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begin, [cell.strip() for cell in row]))
            begin = reader.line_num + 1
    except csv.Error as error:
        refuse([Fault(f"not a valid CSV line ({error}); check its quotes", shown_as, begin)])
    if not rows:
        refuse([Fault("the file is empty; it needs a header line and rows", file=shown_as)])
    line, header = rows[0]
    if len(header) == 1 and re.search("[;\t]", header[0]):
        refuse([Fault("columns are separated by semicolons or tabs; save with commas", shown_as, line)])
    return rows


def _header_faults(header: list[str], shown_as: str) -> list[Fault]:
    faults = []
    for name in dict.fromkeys(header):
        if not name:
            faults.append(Fault("a column without a name; name every column once", shown_as, 1))
        elif header.count(name) > 1:
            faults.append(Fault("a column that appears twice; name every column once", shown_as, 1, name))
        if danger := dangerous(name):
            faults.append(Fault(danger, shown_as, 1, name))
    return faults


def dangerous(cell: str) -> str | None:
    """Say why a cell cannot be taken as plain text, or None.

    A cell that begins like a formula would run in a spreadsheet, a tag in a browser; control, text-direction
    and zero-width characters hide what a reader sees.
    """
    if len(cell) > MAX_CELL:
        return f"the cell has {len(cell)} characters, the limit is {MAX_CELL}; shorten it"
    if _FORMULA.search(cell):
        return "the cell begins like a spreadsheet formula; write it as plain text"
    if _HTML.search(cell):
        return "the cell holds an HTML tag; write it as plain text"
    if _HIDDEN.search(cell):
        return "the cell holds a control, text-direction or zero-width character; type the text anew"
    return None
