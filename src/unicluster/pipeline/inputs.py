"""Which files a run depends on: by what its code imports and by what it read."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from unicluster import paths

if TYPE_CHECKING:
    # To import it takes longer than a build with nothing to do.
    from unicluster.regions import Region

PACKAGE = Path(__file__).resolve().parents[1]
NAME = PACKAGE.name
SHARED_DATA = ("paper", "literature", "prices", "fcm", "geometry")


def pipeline_file(name: str) -> Path:
    """A module of the pipeline, as a file on which a task depends that imports it only where it runs."""
    return PACKAGE / "pipeline" / f"{name}.py"


PAGE_MAKERS = tuple(pipeline_file(name) for name in ("run", "stamp", "provenance"))
"""What turns an executed notebook into a page."""


def data_files(region: Region) -> list[Path]:
    """Every data file that a page may need for a region: the shared tables and the region's own folder."""
    shared = [p for folder in SHARED_DATA for p in (paths.DATA / folder).rglob("*") if p.is_file()]
    return sorted([paths.DATA / "datapackage.json", *shared, *region.files()])


def library_files() -> list[Path]:
    """Every file of the library that a notebook can depend on; what only reads its results is not among them."""
    return sorted(p for p in PACKAGE.rglob("*.py") if p.relative_to(PACKAGE).parts[0] not in ("pipeline", "dossier"))


def dossier_files() -> list[Path]:
    """Every file of the library that only dossiers depend on."""
    return sorted((PACKAGE / "dossier").glob("*.py"))


def notebook_library(notebook: Path, also: Iterable[str] = ()) -> list[Path]:
    """The files of the library that a notebook's code can reach, by its imports and theirs.

    Parameters
    ----------
    notebook : Path
    also : iterable of str
        Further modules that are needed, as ``unicluster.claims``.

    Returns
    -------
    list of Path
        Sorted; among them the translations, because a notebook chooses its language, and what makes the page.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    wanted = [*_imported(ast.parse(code)), *also]
    reached: set[Path] = set()
    while wanted:
        for file in _files(wanted.pop()):
            if file not in reached:
                reached.add(file)
                wanted += _imports(file)
    return sorted([*reached, *PAGE_MAKERS, *(PACKAGE / "locale").rglob("*.po")])


def library() -> dict[str, str]:
    """SHA-256 of each file that the library reads of itself, by its path in the package."""
    files = (file for kind in ("*.py", "*.po") for file in PACKAGE.rglob(kind))
    return {file.relative_to(PACKAGE).as_posix(): sha256(file) for file in sorted(files)}


def digest(files: Iterable[Path], *also: str) -> str:
    """One digest of many files, their places and contents, and of further text: a task compares one state for all."""
    told = json.dumps([*([_place(file), sha256(file)] for file in sorted(files)), *also])
    return hashlib.sha256(told.encode()).hexdigest()


def _place(file: Path) -> str:
    """A file's path in the compendium, or in the package where that lies elsewhere."""
    return file.relative_to(paths.ROOT if file.is_relative_to(paths.ROOT) else PACKAGE.parent).as_posix()


def sha256(file: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal; empty where it is not there."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


@cache
def _imports(file: Path) -> tuple[str, ...]:
    return tuple(_imported(ast.parse(file.read_text(encoding="utf-8"))))


def _imported(tree: ast.AST) -> list[str]:
    """Modules of the library that code imports anywhere, and names that may be modules."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in found if name.partition(".")[0] == NAME]


def _files(module: str) -> list[Path]:
    """The files that importing a module runs: itself and the packages that it lies in."""
    parts = module.split(".")[1:]
    found = [PACKAGE / "__init__.py"]
    for end in range(1, len(parts) + 1):
        place = PACKAGE.joinpath(*parts[:end])
        found += [file for file in (place / "__init__.py", place.with_suffix(".py")) if file.is_file()]
    return [file for file in found if file.is_file()]


LOADED = library()
"""The library as this process found it when it began."""
