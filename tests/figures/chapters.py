"""What a chapter shows, taken from its notebook run here with few draws."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from pathlib import Path

import nbformat
import pytest

from tests.figures.looking import words
from unicluster import paths, results
from unicluster.display import TableView
from unicluster.figures.style import Figure
from unicluster.language import speaking


def shown(
    chapter: str, region: str, language: str, folder: Path, **parameters: object
) -> tuple[dict[str, Figure], dict[str, TableView]]:
    """Figures and tables of a chapter, by name, in a language."""
    figures: dict[str, Figure] = {}
    tables: dict[str, TableView] = {}
    saved_table = results.Run.table

    def table(run: results.Run, name: str, *given: object, **view: object) -> TableView:
        tables[name] = saved_table(run, name, *given, **view)
        return tables[name]

    def figure(_run: results.Run, name: str, drawn: Figure) -> None:
        figures[name] = drawn

    notebook = nbformat.read(paths.NOTEBOOKS / f"{chapter}.ipynb", as_version=4)
    variables: dict = {}
    # The notebook chooses its language itself; afterwards that of the other tests is in use again.
    with pytest.MonkeyPatch.context() as patch, speaking("en"):
        patch.setenv("UNICLUSTER_RESULTS", str(folder))
        patch.setattr(results.Run, "table", table)
        patch.setattr(results.Run, "figure", figure)
        for place, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
            exec(cell.source, variables)
            if place == 0:
                variables |= {"region": region, "language": language, **parameters}
    return figures, tables


def latin_in_table(table: TableView, allowed: Collection[str] = ()) -> list[str]:
    """Words of two and more Latin letters in a table, its caption and its headings."""
    return sorted(words(html.unescape(re.sub(r"<[^>]+>", " ", table.html()))) - set(allowed))
