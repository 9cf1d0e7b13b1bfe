"""Tables as people send them: read what can be read safely, and say what was made of it.

The article's own tables are read strictly (`unicluster.tables.reading`); those of a region may come from a spreadsheet
that writes decimals with commas, separates columns by semicolons and names them in Russian.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from unicluster.faults import Fault, refuse
from unicluster.tables.converting import Problem
from unicluster.tables.dictionary import Field, Table
from unicluster.tables.encodings import decode
from unicluster.tables.headers import called, columns_of, find
from unicluster.tables.normalising import doubtful, has_decimal_comma, normalise
from unicluster.tables.reading import MAX_BYTES, Rows, dangerous

Grid = list[tuple[int, list[str]]]

MAX_CELLS = 1_000_000
EMPTY = "the file is empty; it needs a header line and rows"
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_STRIPPED = " \t\r\n\u00a0\u2007\u2009\u202f\ufeff"


def read_sent(path: Path, shown_as: str, described: Table) -> Rows:
    """Read a table that somebody sent.

    Parameters
    ----------
    path : Path
        UTF-8 (with or without a byte-order mark), UTF-16 or CP1251; separated by commas, semicolons or tabs; the
        header in one of the first rows, in the dictionary's words or in Russian. Rows whose first cell begins with
        ``#`` and a space are comments.
    shown_as : str
        How messages call the file.
    described : Table
        What the table must hold.

    Returns
    -------
    Rows
        The header in the dictionary's words, cells as the dictionary wants them written, with a note for everything
        that was read otherwise than it is written.

    Raises
    ------
    InputError
        When the file cannot be read as a table at all.
    """
    if not path.is_file():
        refuse([Fault("there is no such file; create it or check its name", file=shown_as)])
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        message = f"the file has {len(content)} bytes, the limit is {MAX_BYTES}; split it"
        refuse([Fault(message, shown_as, rule="size")])
    text, encoding = decode(content, shown_as)
    notes = [] if encoding is None else [Fault(f"read as text in {encoding}; better save as 'CSV UTF-8'", shown_as)]
    if not re.search(r"\w", text):
        refuse([Fault(EMPTY, file=shown_as, rule="empty")])
    grid, separator = _separated(text, shown_as, described)
    if separator != ",":
        notes.append(Fault(f"columns are separated by {SEPARATORS[separator]}", shown_as))
    rows = read_grid(grid, shown_as, described)
    rows.notes[:0] = notes
    return rows


def read_grid(
    grid: Grid, shown_as: str, described: Table, refused: Mapping[tuple[int, int], str] | None = None
) -> Rows:
    """Read a grid of text, as a sheet of a workbook holds it, as `read_sent` reads a file.

    Parameters
    ----------
    grid : list of (int, list of str)
        Rows with the line that each begins on.
    shown_as : str
        How messages call the file.
    described : Table
    refused : mapping of (int, int) to str, optional
        Cells that cannot be taken, by line and position in the row, each with the reason.
    """
    refused = refused or {}
    faults: list[Fault] = []
    filled: Grid = []
    held: list[tuple[int, list[str]]] = []
    for line, cells in grid:
        stripped = [cell.strip(_STRIPPED) for cell in cells]
        if is_comment(stripped):
            last = max(place for place, cell in enumerate(stripped) if cell)
            held.append((len(filled), [stripped[0], *cells[1 : last + 1]]))
            faults += [
                Fault(danger, shown_as, line, None, cell, "plain text")
                for cell in stripped
                if (danger := dangerous(cell))
            ]
        elif any(stripped):
            filled.append((line, stripped))
    if not filled:
        refuse([Fault(EMPTY, file=shown_as, rule="empty")])
    if sum(len(cells) for _, cells in filled) > MAX_CELLS:
        refuse([Fault(f"more than {MAX_CELLS} cells; split the table", shown_as, rule="size")])
    place, columns, written = find(described, filled)
    comments = [(max(0, before - place - 1), cells) for before, cells in held]
    header_line = filled[place][0]
    notes = _passed_over(filled, place, written, shown_as)
    body = filled[place + 1 :]
    kept = _kept(columns, written, body)
    header = _header(described, columns, written, kept, header_line, shown_as, faults, notes)
    cells, lines = [], []
    for line, row in body:
        if len(row) != len(written):
            message = f"the row has {len(row)} cells, the header {len(written)}; check separators and quotes"
            faults.append(Fault(message, shown_as, line, rule="ragged row"))
            continue
        cells.append([row[place] for place in kept])
        lines.append(line)
    for line, place in sorted(refused):
        if place in kept and line in lines:
            faults.append(Fault(refused[line, place], shown_as, line, header[kept.index(place)], rule="cell"))
    _clean(described, header, cells, lines, shown_as, faults, notes)
    return Rows(header, cells, lines, faults, notes, comments, header_line, shown_as)


def is_comment(cells: Sequence[str]) -> bool:
    """Whether a row is a comment: its first cell is ``#``, or begins with it and a space."""
    return bool(cells) and (cells[0] == "#" or cells[0].startswith("# "))


def _separated(text: str, shown_as: str, described: Table) -> tuple[Grid, str]:
    """The rows of a text, separated by the sign that gives most of the table's columns."""
    if told := _SEPARATOR_LINE.match(text):
        if told[1] not in SEPARATORS:
            refuse([Fault(f"columns separated by '{told[1]}'; save with commas", shown_as, 1, rule="separator")])
        return _parse(text[told.end() :], told[1], shown_as, 2), told[1]
    best: tuple[int, str] | None = None
    first = [line for line in text[:100_000].splitlines() if line.strip() and not line.startswith("#")][:1]
    exact = columns_of(described, [cell.strip() for cell in first[0].split(",")]) if first else []
    if len(set(exact) - {None}) > 1 or len(described.columns) == 1:
        return _parse(text, ",", shown_as), ","
    parsed: dict[str, Grid] = {}
    for separator in SEPARATORS:
        try:
            grid = [(line, [cell.strip(_STRIPPED) for cell in row]) for line, row in _parse(text, separator, shown_as)]
        except ValueError:
            continue
        filled = [(line, row) for line, row in grid if any(row) and not is_comment(row)]
        if filled:
            parsed[separator] = grid
            count = len(set(find(described, filled)[1]) - {None})
            if best is None or count > best[0]:
                best = (count, separator)
    if best is None:
        return _parse(text, ",", shown_as), ","
    return parsed[best[1]], best[1]


def _parse(text: str, separator: str, shown_as: str, begin: int = 1) -> Grid:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    shift, rows = begin - 1, []
    try:
        for row in reader:
            rows.append((begin, row))
            begin = shift + reader.line_num + 1
    except csv.Error as error:
        message = f"not a valid CSV line ({error}); check its quotes"
        refuse([Fault(message, shown_as, begin, rule="quotes")])
    return rows


def _passed_over(filled: Grid, place: int, written: list[str], shown_as: str) -> list[Fault]:
    if place == 0:
        return []
    joined = written != filled[place][1]
    above = place - joined
    notes = []
    if joined:
        notes.append(Fault("a header in two rows was read as one", shown_as, filled[place][0]))
    if above:
        rows = "the row" if above == 1 else f"{above} rows"
        notes.append(Fault(f"{rows} above the header passed over", shown_as, filled[0][0], None, filled[0][1][0]))
    return notes


def _kept(columns: list[str | None], written: list[str], body: Grid) -> list[int]:
    """Positions of the columns that hold something: nameless ones without a value are left out."""
    filled = {place for _, row in body for place, cell in enumerate(row) if cell}
    return [place for place, name in enumerate(written) if name or columns[place] or place in filled]


def _header(
    described: Table,
    columns: list[str | None],
    written: list[str],
    kept: list[int],
    line: int,
    shown_as: str,
    faults: list[Fault],
    notes: list[Fault],
) -> list[str]:
    header = [columns[place] or written[place] for place in kept]
    for name in dict.fromkeys(header):
        if not name:
            message = "a column without a name; name every column once"
            faults.append(Fault(message, shown_as, line, rule="header"))
        elif header.count(name) > 1:
            message = "a column that appears twice; name every column once"
            faults.append(Fault(message, shown_as, line, name, rule="header"))
        if danger := dangerous(name):
            faults.append(Fault(danger, shown_as, line, name, rule="plain text"))
    renamed = [
        f"{written[place]} = {columns[place]}"
        for place in kept
        if columns[place] and not called(described, columns[place], written[place])
    ]
    if renamed:
        notes.append(Fault(f"column names were read as those of the dictionary: {'; '.join(renamed)}", shown_as, line))
    return header


def _clean(
    described: Table,
    header: list[str],
    cells: list[list[str]],
    lines: list[int],
    shown_as: str,
    faults: list[Fault],
    notes: list[Fault],
) -> None:
    """Write every cell as the dictionary wants it; tell what cannot be read safely."""
    fields = {field.name: field for field in described.fields}
    told = {(fault.row, fault.column) for fault in faults}
    for place, name in enumerate(header):
        field = fields.get(name)
        commas = field is not None and any(has_decimal_comma(row[place]) for row in cells if "," in row[place])
        known: dict[str, tuple[str, Problem | None]] = {}
        for line, row in zip(lines, cells, strict=True):
            cell = row[place]
            if not cell or (line, name) in told:
                continue
            if cell not in known:
                known[cell] = _read(field, cell, commas)
            row[place], problem = known[cell]
            if problem:
                faults.append(Fault(problem.message, shown_as, line, name, cell, problem.rule, problem.suggestion))
            elif row[place] != cell:
                latin = " in Latin letters" if row[place].isascii() and not cell.isascii() and cell.isalpha() else ""
                notes.append(Fault(f"read as {row[place]}{latin}", shown_as, line, name, cell))


def _read(field: Field | None, cell: str, commas: bool) -> tuple[str, Problem | None]:
    """A cell as the dictionary wants it, or why it cannot be read; ``commas`` says how its column writes decimals."""
    if danger := dangerous(cell):
        return cell, Problem(danger, "plain text")
    if field is None:
        return cell, None
    read, problem = normalise(field, cell)
    return read, problem or (doubtful(field, cell) if commas else None)
