"""A file of scenarios: what each one must say, and everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from unicluster import tables
from unicluster.faults import Fault
from unicluster.regions.description import ID
from unicluster.tables import plain_yaml

FILE = "fcm_scenarios.yml"
"""Where a region adds scenarios to those of the base map, and replaces those of the same id."""

KINDS = ("course", "barrier-removed", "barrier-worsened")
COURSE = "course"

_KEYS = ("scenario", "name", "kind", "hold", "note")


def read(file: Path, shown_as: str, concepts: Iterable[str]) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Read a file of scenarios and check it in full.

    Parameters
    ----------
    file : Path
    shown_as : str
        How messages call the file.
    concepts : iterable of str
        Ids of the map's concepts.

    Returns
    -------
    rows : list of dict
        ``scenario``, ``name`` by language, and ``kind``, ``hold``, ``note`` where given.
    faults : list of Fault

    Raises
    ------
    InputError
        When the file is no YAML or holds something else than a list of scenarios.
    """
    content, _, _ = plain_yaml.read(file, shown_as)
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        return [], [Fault("a list of scenarios is needed, each beginning with '- scenario:'", shown_as)]
    known = set(concepts)
    seen: set[str] = set()
    faults = []
    for place, row in enumerate(content, start=1):
        faults += _faults(row, place, known, seen, shown_as)
    return content, faults


def _faults(row: dict[str, Any], place: int, known: set[str], seen: set[str], shown_as: str) -> list[Fault]:
    """What is wrong with one scenario; its id is added to those seen."""
    faults = []
    id = row.get("scenario")
    where = f"scenario {id if isinstance(id, str) else place}"

    def fault(message: str, key: str, value: object = None) -> None:
        faults.append(Fault(message, shown_as, None, f"{where}, {key}", None if value is None else str(value)))

    if not isinstance(id, str) or not ID.fullmatch(id):
        fault("use small Latin letters, digits and hyphens", "scenario", id)
    elif id in seen:
        fault("the scenario appears more than once; keep one", "scenario")
    seen.add(str(id))
    for key in row:
        if key not in _KEYS:
            fault(f"unknown key{tables.suggest(str(key), _KEYS)}; remove it", str(key))
    name = row.get("name")
    if not isinstance(name, dict) or not isinstance(name.get("en"), str) or not name["en"].strip():
        fault("a name in 'en' is needed", "name")
        name = {}
    note = row.get("note") or {}
    if isinstance(note, dict) and note and "en" not in note:
        fault("a text in 'en' is needed beside those in other languages", "note")
    noted = [(f"note.{code}", text) for code, text in note.items()] if isinstance(note, dict) else [("note", note)]
    for key, text in [*((f"name.{code}", text) for code, text in name.items()), *noted]:
        if not isinstance(text, str):
            fault("text needed; put it in quotation marks", key, text)
        elif danger := tables.dangerous(text):
            fault(danger, key, text)
    kind = row.get("kind", COURSE)
    if kind not in KINDS:
        fault(f"one of: {', '.join(KINDS)}", "kind", kind)
    hold = row.get("hold") or {}
    if not isinstance(hold, dict):
        fault("concepts with levels are needed", "hold", hold)
        return faults
    if kind != COURSE and len(hold) != 1:
        fault("a scenario on a barrier holds that barrier and nothing else", "hold", ", ".join(map(str, hold)))
    for concept, level in hold.items():
        if concept not in known:
            fault(f"there is no such concept{tables.suggest(str(concept), known)}", "hold", concept)
        if isinstance(level, bool) or not isinstance(level, int | float) or not 0 <= level <= 1:
            fault("the level is a number from 0 to 1", f"hold.{concept}", level)
    return faults
