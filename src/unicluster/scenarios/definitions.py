"""What a scenario holds, read from YAML and checked against the map."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from unicluster import paths, tables
from unicluster.faults import Fault, InputError, refuse

KINDS = ("course", "barrier-removed", "barrier-worsened")
COURSE = "course"
BASELINE = "inertial"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEYS = ("scenario", "name", "kind", "hold", "note")


@dataclass(frozen=True)
class ScenarioDefinition:
    """Concepts that are held at a level for a whole run.

    Attributes
    ----------
    id : str
        Small letters, digits and hyphens.
    names : dict of str to str
        Name by language; ``en`` at least.
    kind : {'course', 'barrier-removed', 'barrier-worsened'}
    hold : dict of str to float
        Level in [0, 1] of each concept that is held; empty for the baseline.
    notes : dict of str to str
        What is to be said of it, by language; empty where there is nothing.
    """

    id: str
    names: dict[str, str]
    kind: str = COURSE
    hold: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def name(self, language: str = "en") -> str:
        """Name in a language, or in English where that language has none."""
        return self.names.get(language, self.names["en"])


def read_scenarios(concepts: Iterable[str], region_folder: Path | None = None) -> list[ScenarioDefinition]:
    """The scenarios of the base map and of a region.

    Parameters
    ----------
    concepts : iterable of str
        Ids of the map's concepts.
    region_folder : Path, optional
        Folder of a region; its ``fcm_scenarios.yml``, where there is one, adds scenarios and replaces those of the
        same id.

    Returns
    -------
    list of ScenarioDefinition
        In the order of the files, the base map's first.

    Raises
    ------
    InputError
        Naming every fault of both files.
    """
    files = [paths.DATA / "fcm" / "scenarios.yml"]
    if region_folder is not None and (region_folder / "fcm_scenarios.yml").is_file():
        files.append(region_folder / "fcm_scenarios.yml")
    known = set(concepts)
    found: dict[str, ScenarioDefinition] = {}
    faults: list[Fault] = []
    for file in files:
        shown_as = file.relative_to(paths.DATA).as_posix() if file.is_relative_to(paths.DATA) else file.name
        rows = _rows(file, shown_as)
        wrong = _faults(rows, known, shown_as)
        faults += wrong
        if not wrong:
            found |= {row["scenario"]: _scenario(row) for row in rows}
    if not faults and BASELINE not in found:
        faults.append(Fault(f"there is no scenario '{BASELINE}' to compare with; add it", "fcm/scenarios.yml"))
    refuse(faults)
    return list(found.values())


def of_kind(scenarios: Iterable[ScenarioDefinition], *kinds: str, baseline: bool = True) -> list[ScenarioDefinition]:
    """The scenarios of some kinds, in their order, with or without the baseline."""
    return [s for s in scenarios if s.kind in kinds and (baseline or s.id != BASELINE)]


def clamps(scenarios: Iterable[ScenarioDefinition]) -> dict[str, dict[str, float]]:
    """What each scenario holds, by its id."""
    return {s.id: s.hold for s in scenarios}


def scenario_table(scenarios: Iterable[ScenarioDefinition]) -> pd.DataFrame:
    """What each scenario is and holds.

    Returns
    -------
    DataFrame
        ``scenario``, ``name``, ``name_ru``, ``kind``, ``barrier`` (of a scenario on a barrier), ``held`` (concepts with
        levels, as text), ``note``.
    """
    rows = [
        {
            "scenario": s.id,
            "name": s.name(),
            "name_ru": s.name("ru"),
            "kind": s.kind,
            "barrier": pd.NA if s.kind == COURSE else next(iter(s.hold)),
            "held": ", ".join(f"{concept} = {level:g}" for concept, level in s.hold.items()),
            "note": s.notes.get("en", ""),
        }
        for s in scenarios
    ]
    return pd.DataFrame(rows, columns=["scenario", "name", "name_ru", "kind", "barrier", "held", "note"])


def _rows(file: Path, shown_as: str) -> list[dict[str, Any]]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        line = place.line + 1 if place else None
        raise InputError([Fault("not valid YAML in UTF-8; check indents and colons", shown_as, line)]) from None
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise InputError([Fault("a list of scenarios is needed, each beginning with '- scenario:'", shown_as)])
    return content


def _scenario(row: dict[str, Any]) -> ScenarioDefinition:
    hold = {concept: float(level) for concept, level in (row.get("hold") or {}).items()}
    note = row.get("note") or {}
    notes = dict(note) if isinstance(note, dict) else {"en": note}
    return ScenarioDefinition(row["scenario"], dict(row["name"]), row.get("kind", COURSE), hold, notes)


def _faults(rows: list[dict[str, Any]], known: set[str], shown_as: str) -> list[Fault]:
    faults = []
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        id = row.get("scenario")
        where = f"scenario {id if isinstance(id, str) else place}"

        def fault(message: str, key: str, value: object = None, where: str = where) -> None:
            faults.append(Fault(message, shown_as, None, f"{where}, {key}", None if value is None else str(value)))

        if not isinstance(id, str) or not _ID.fullmatch(id):
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
        else:
            for text in name.values():
                if tables.dangerous(str(text)):
                    fault(str(tables.dangerous(str(text))), "name", text)
        note = row.get("note") or ""
        if not isinstance(note, str) and not (isinstance(note, dict) and "en" in note):
            fault("a text in English, or a text in 'en' and other languages, is needed", "note", note)
        if row.get("kind", COURSE) not in KINDS:
            fault(f"one of: {', '.join(KINDS)}", "kind", row.get("kind"))
        hold = row.get("hold") or {}
        if not isinstance(hold, dict):
            fault("concepts with levels are needed", "hold", hold)
            continue
        if row.get("kind", COURSE) != COURSE and len(hold) != 1:
            fault("a scenario on a barrier holds that barrier and nothing else", "hold", ", ".join(map(str, hold)))
        for concept, level in hold.items():
            if concept not in known:
                fault(f"there is no such concept{tables.suggest(str(concept), known)}", "hold", concept)
            if isinstance(level, bool) or not isinstance(level, int | float) or not 0 <= level <= 1:
                fault("the level is a number from 0 to 1", f"hold.{concept}", level)
    return faults
