"""Draw the pictures of "Add a region" from the tools themselves: the template's sheet and what a check says."""

from __future__ import annotations

import html
import io
import sys
import tempfile
from pathlib import Path

import openpyxl

from unicluster import paths
from unicluster.regions.telling import as_text
from unicluster.regions.workbook import read_workbook, template

TARGET = paths.BOOK / "_static" / "add-a-region"
REGION = "kumistau"
DESCRIPTION = {
    "region": REGION,
    "name.en": "Kumistau (fictitious)",
    "name.ru": "Кумистау (вымышленный)",
    "oblasts": REGION,
    "universities": "kumistau-mining",
    "price_basis": "current",
    "fictitious": "true",
}
"""What the tutorial puts into the sheet of the region: a region that does not exist."""

CLUSTERS = [
    ["silver", "Silver", "Серебро", "Kumistau", "Кумистау", REGION, 2020, 2024, "12 500,5", 18000, 44, 12, "synthetic"],
    ["salt", "Salt", "Соль", "Kumistau", "Кумистау", REGION, 2020, 2024, 3200, 3900, 22, "4,5 %", "synthetic"],
]
MISTAKES = {("clusters", 4, 9): "1,234", ("clusters", 5, 13): "syntetic"}
"""Two slips of the pen, by sheet, row and column."""

CHARACTER, LINE = 7.3, 22
SHOWN = 8


def filled(mistakes: bool = False) -> bytes:
    """The template as the tutorial fills it in, with or without two slips."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    for row in book["region"].iter_rows(min_row=2):
        if row[0].value in DESCRIPTION:
            row[1].value = DESCRIPTION[row[0].value]
    for row, cells in enumerate(CLUSTERS, 4):
        for column, value in enumerate(cells, 1):
            book["clusters"].cell(row, column).value = value
    if mistakes:
        for (sheet, row, column), value in MISTAKES.items():
            book[sheet].cell(row, column).value = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sheet_picture() -> str:
    """The sheet of clusters with its first columns, the note of a heading shown."""
    sheet = openpyxl.load_workbook(io.BytesIO(filled()))["clusters"]
    columns = [1, 2, 6, 7, 8, 9, 13]
    widths = [150, 150, 110, 100, 100, 120, 100]
    left, parts = 40, []
    height = LINE * (SHOWN + 1)
    total = left + sum(widths)
    x = left
    for column, width in zip(columns, widths, strict=True):
        letter = openpyxl.utils.get_column_letter(column)
        parts += [box(x, 0, width, LINE, "#e7e6e6"), label(x + width / 2, LINE - 7, letter, "#444", "middle")]
        for row in range(1, SHOWN + 1):
            y = row * LINE
            cell = sheet.cell(row, column)
            heading = row == 1
            parts.append(box(x, y, width, LINE, "#1F4E79" if heading else "white"))
            text = "" if cell.value is None else str(cell.value)
            remark = str(sheet.cell(row, 1).value or "").startswith("# ")
            if remark and column == 1 and row == 2:
                parts.append(label(x + 4, y + LINE - 7, text, "#6b6b6b", style="italic"))
            elif not (remark and row == 2):
                shown = text if len(text) * CHARACTER < width - 6 else text[: int(width / CHARACTER) - 2] + "…"
                colour = "white" if heading else "#6b6b6b" if remark else "black"
                parts.append(label(x + 4, y + LINE - 7, shown, colour, style="italic" if remark else "normal"))
        x += width
    for row in range(1, SHOWN + 1):
        parts.append(box(0, row * LINE, left, LINE, "#e7e6e6"))
        parts.append(label(left / 2, row * LINE + LINE - 7, str(row), "#444", "middle"))
    parts += [box(left, 2 * LINE, sum(widths), LINE, "white")]
    parts.append(label(left + 4, 3 * LINE - 7, str(sheet.cell(2, 1).value), "#6b6b6b", style="italic"))
    note = sheet.cell(1, 9).comment.text.split("\n")
    nx, ny = left + sum(widths[:4]) - 60, LINE * 6.3
    parts.append(box(nx, ny, 330, len(note) * 18 + 10, "#ffffe1", "#666"))
    parts += [label(nx + 8, ny + 18 * (place + 1), line, "black") for place, line in enumerate(note)]
    return svg(total, max(height, ny + len(note) * 18 + 14), parts)


def check_picture() -> str:
    """What is said of the workbook with two slips."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{REGION}.xlsx"
        file.write_bytes(filled(mistakes=True))
        text = as_text(read_workbook(file, REGION)[1])
    lines = [f"$ make new-region REGION={REGION} WORKBOOK={REGION}.xlsx"]
    for line in text.split("\n"):
        lines += wrapped(line, 104)
    lines.append(f"{REGION}: nothing was made; mend the workbook and try again")
    parts = [box(0, 0, 800, len(lines) * 20 + 16, "#1e1e1e")]
    for place, line in enumerate(lines):
        colour = "#ff9d8a" if line.startswith("    error") else "#9cdcfe" if line.startswith("    note") else "#f0f0f0"
        parts.append(label(12, 22 + 20 * place, line, colour, mono=True))
    return svg(800, len(lines) * 20 + 16, parts)


def wrapped(line: str, width: int) -> list[str]:
    """A line of text in pieces that fit, the later ones set in."""
    pieces = []
    while len(line) > width:
        cut = line.rfind(" ", 20, width)
        pieces.append(line[:cut])
        line = " " * 13 + line[cut + 1 :]
    return [*pieces, line]


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str = "#c8c8c8") -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}" stroke="{stroke}"/>'


def label(
    x: float, y: float, text: str, colour: str, anchor: str = "start", style: str = "normal", mono: bool = False
) -> str:
    """A line of text."""
    family = "monospace" if mono else "sans-serif"
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" text-anchor="{anchor}" font-style="{style}" xml:space="preserve" '
        f'font-family="{family}" font-size="{12.5 if mono else 13}">{html.escape(text)}</text>'
    )


def svg(width: float, height: float, parts: list[str]) -> str:
    """The whole picture."""
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', *parts, "</svg>"]) + "\n"


def pictures() -> dict[str, str]:
    """Every picture by file name."""
    return {"sheet.svg": sheet_picture(), "check.svg": check_picture()}


def main() -> int:
    """Write the pictures; they are committed, and a test holds them equal to what the tools give."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in pictures().items():
        (TARGET / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
