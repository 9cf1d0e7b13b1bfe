"""A copy of the compendium whose notebooks do next to nothing: for tests, benchmarks and the fault campaign."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from unicluster import paths
from unicluster.pipeline.plan import CHAPTERS

FOLDERS = ("data", "scripts", "src", "book")
FILES = ("pyproject.toml", "_config.yml", "CITATION.cff")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
GIVEN = 'region: str = "kazakhstan"  # folder'


def copy(root: Path, folders: Iterable[str] = FOLDERS) -> None:
    """Copy what people write, and nothing that a build made but the compiled library, which saves seconds a process."""
    for folder in folders:
        shutil.copytree(paths.ROOT / folder, root / folder, ignore=shutil.ignore_patterns("generated"))
    for file in FILES:
        shutil.copy(paths.ROOT / file, root / file)


def environment(root: Path) -> dict[str, str]:
    """The environment in which programs work on the copy and with its library."""
    return {**os.environ, "PYTHONPATH": str(root / "src"), "UNICLUSTER_ROOT": str(root)}


def keep_regions(root: Path, kept: Iterable[str]) -> None:
    """Remove all regions but some."""
    for folder in (root / "data" / "regions").iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder)


def write_notebook(root: Path, name: str, work: str, given: str = GIVEN) -> None:
    """Write a notebook of one title, its parameters and one cell; ``{name}`` in the cell stands for its name."""
    cells = [
        new_markdown_cell(f"# {name}", id="title"),
        new_code_cell(given, metadata={"tags": ["parameters"]}, id="given"),
        new_code_cell(work.format(name=name), id="work"),
    ]
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), root / "notebooks" / f"{name}.ipynb")


def write_notebooks(root: Path, work: str, given: str = GIVEN) -> None:
    """Write a notebook that does the same for every chapter."""
    for chapter in CHAPTERS:
        write_notebook(root, chapter.name, work, given)
