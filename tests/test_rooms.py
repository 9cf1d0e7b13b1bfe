"""Lower rooms never import upper ones, and the rooms of one floor do not import each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = (
    {"faults", "escape", "paths", "compiling"},
    {"tables", "language", "chromium", "resampling"},
    {"regions", "geometry", "display"},
    {"literature", "survey", "economics", "fcm", "cluster", "figures", "readings"},
    {"scenarios", "results"},
    {"claims", "dossier"},
    {"pipeline"},
)
"""Every room, lowest floor first."""

PACKAGE = ROOT / "src" / "unicluster"


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "unicluster" and len(parts) > 1 else None


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            direct = [f"unicluster.{alias.name}" for alias in node.names] if node.module == "unicluster" else []
            found |= {room_of(module) for module in (direct or [node.module])}
        elif isinstance(node, ast.Import):
            found |= {room_of(alias.name) for alias in node.names}
    return found - {None}


def rooms() -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.parent != PACKAGE or file.stem != "__init__":
            files.setdefault(file.relative_to(PACKAGE).parts[0].removesuffix(".py"), []).append(file)
    return files


def test_every_room_has_its_floor():
    assert set(rooms()) == set().union(*FLOORS)


@pytest.mark.parametrize("room", sorted(rooms()))
def test_a_room_imports_lower_floors_only(room):
    floor = next(number for number, floor in enumerate(FLOORS) if room in floor)
    allowed = set().union(*FLOORS[:floor]) | {room}
    wrong = {file.relative_to(PACKAGE).as_posix(): imported(file) - allowed for file in rooms()[room]}
    assert not {file: names for file, names in wrong.items() if names}
