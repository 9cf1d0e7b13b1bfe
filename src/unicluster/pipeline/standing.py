"""Whether all stands as the last build left it: then no task need be asked.

To ask each task whether it must run means to import the library and to check all data, which takes seconds. A build
that ended well leaves the digest of every file that people write, as it was before the build, and size and time of
every file that tasks made. Where both are the same, the next build has nothing to do. Only a first look, and a
cautious one: whatever differs, the tasks decide.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from unicluster import chromium, paths
from unicluster.pipeline import inputs

FOLDER = paths.BUILD / "standing"
WRITTEN = (paths.BOOK, paths.DATA, paths.NOTEBOOKS, paths.ROOT / "scripts", inputs.PACKAGE)
"""Folders that people write in; the files beside them count too."""

UNREAD = {"__pycache__", ".ipynb_checkpoints"}
OWN = "pytask.lock"


@dataclass(frozen=True)
class Attempt:
    """A build that is under way.

    Attributes
    ----------
    scope : str
        What it was asked for: one part of the compendium may stand while another does not.
    state : str
        Digest of all that people write, before it began.
    """

    scope: str
    state: str


under_way: Attempt | None = None
"""The build of this process, None before `begin`."""


def begin(scope: str) -> int | None:
    """Begin a build, or find that there is none to do.

    Parameters
    ----------
    scope : str
        What is asked for.

    Returns
    -------
    int or None
        How many tasks the last build of this scope saw done, where all stands; None where tasks must be asked.
    """
    global under_way
    under_way = Attempt(scope, state())
    try:
        left = json.loads(_file(scope).read_text(encoding="utf-8"))
        made = _made(paths.ROOT / name for name in left["products"])
        return left["tasks"] if left["state"] == under_way.state and left["products"] == made else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def end(products: Iterable[Path], tasks: int) -> None:
    """Note that the build of this process, where there is one, ended well.

    Parameters
    ----------
    products : iterable of Path
        Everything that its tasks are to make.
    tasks : int
        How many tasks ran or were found to stand.
    """
    if under_way is None:
        return
    left = {"state": under_way.state, "products": _made(products), "tasks": tasks}
    file = _file(under_way.scope)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(left), encoding="utf-8", newline="\n")
    part.replace(file)


def state() -> str:
    """Digest of every file that people write and of the programs that work on them."""
    beside = [file for file in paths.ROOT.iterdir() if file.is_file() and not file.name.startswith(OWN)]
    inside = [file for folder in WRITTEN for file in folder.rglob("*") if _counts(file)]
    return inputs.digest([*beside, *inside], sys.version, chromium.browser() or "")


def _counts(file: Path) -> bool:
    return paths.GENERATED not in file.parents and UNREAD.isdisjoint(file.parts) and file.is_file()


def _made(files: Iterable[Path]) -> dict[str, list[int] | None]:
    """Size and time of each file, None where it is not there."""
    return {file.relative_to(paths.ROOT).as_posix(): _size_and_time(file) for file in files}


def _size_and_time(file: Path) -> list[int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _file(scope: str) -> Path:
    return FOLDER / f"{quote(scope, safe='')}.json"
