"""What a scenario holds, read from YAML and checked against the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from unicluster import paths
from unicluster.faults import Fault, refuse
from unicluster.regions import scenario_file
from unicluster.regions.scenario_file import COURSE

BASELINE = "inertial"


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
    if region_folder is not None and (region_folder / scenario_file.FILE).is_file():
        files.append(region_folder / scenario_file.FILE)
    known = set(concepts)
    found: dict[str, ScenarioDefinition] = {}
    faults: list[Fault] = []
    for file in files:
        shown_as = file.relative_to(paths.DATA).as_posix() if file.is_relative_to(paths.DATA) else file.name
        rows, wrong = scenario_file.read(file, shown_as, known)
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


def _scenario(row: dict[str, Any]) -> ScenarioDefinition:
    hold = {concept: float(level) for concept, level in (row.get("hold") or {}).items()}
    note = row.get("note") or {}
    notes = dict(note) if isinstance(note, dict) else {"en": note}
    return ScenarioDefinition(row["scenario"], dict(row["name"]), row.get("kind", COURSE), hold, notes)
