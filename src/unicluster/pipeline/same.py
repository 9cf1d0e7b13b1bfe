"""Whether two builds left the same bytes: results, pages, executed notebooks and the book, less what tells the time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FOLDERS = ("build/results", "build/dossiers", "build/fcm_lab", "book/generated", "_build/html")
"""What a build makes for readers and for later steps."""

TIMED = ("seconds", "start_time", "end_time", "duration")
"""Keys of JSON whose values tell how long a run took and when."""

TIMED_PAGES = ("runs.html", "runs.md", "searchindex.js", "_sources/generated/runs.md")
"""Pages that show times on purpose, and the index of their words."""

SHOWN = 60


def first_difference(before: Path, after: Path) -> str | None:
    """The first difference between two builds, in words; None where there is none.

    Parameters
    ----------
    before, after : Path
        The folders of the two compendia, or any two folders with the same parts below them.
    """
    files = [{path: root for path in _files(root)} for root in (before, after)]
    for path in sorted({*files[0], *files[1]}):
        for there, where in ((files[0], before), (files[1], after)):
            if path not in there:
                return f"{path}: is not in {where}"
        one, other = (_content(root / path) for root in (before, after))
        if one != other:
            return f"{path}: {_place(one, other)}"
    return None


def _files(root: Path) -> list[str]:
    """Paths of everything that a build made below a folder."""
    folders = [root / folder for folder in FOLDERS if (root / folder).is_dir()] or [root]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.relative_to(root).as_posix() for path in found if not path.as_posix().endswith(TIMED_PAGES)]


def _content(file: Path) -> bytes:
    content = file.read_bytes()
    if file.suffix not in (".json", ".ipynb"):
        return content
    try:
        return json.dumps(_timeless(json.loads(content)), indent=1, sort_keys=True, ensure_ascii=False).encode()
    except ValueError:
        return content


def _timeless(value: Any) -> Any:
    """JSON without times."""
    if isinstance(value, dict):
        return {key: _timeless(inner) for key, inner in value.items() if key not in TIMED}
    return [_timeless(inner) for inner in value] if isinstance(value, list) else value


def _place(one: bytes, other: bytes) -> str:
    """Where two contents part: the line for text, the byte for anything else."""
    end = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    try:
        texts = [re.split("\n", content.decode()) for content in (one, other)]
    except UnicodeDecodeError:
        return f"differs at byte {end + 1}"
    line = one[:end].count(b"\n")
    shown = [text[line][:SHOWN] if line < len(text) else "nothing" for text in texts]
    return f"differs in line {line + 1}: {shown[0]!r} and {shown[1]!r}"
