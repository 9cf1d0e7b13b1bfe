"""Everything that is to be said of a region's folder: errors, warnings, and what was read otherwise than written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from unicluster import paths, tables
from unicluster.faults import Fault, InputError
from unicluster.regions import agreement, description, doubts, scenario_file, upgrades
from unicluster.regions.region import Region, load_region

OTHER_FILES = ("region.yml", "README.md", scenario_file.FILE)
"""What a region's folder may hold besides its tables."""


@dataclass(frozen=True)
class Report:
    """What was found in a region's folder.

    Attributes
    ----------
    region : str
    errors : list of Fault
        What must be mended before anything runs.
    warnings : list of Fault
        What is allowed and perhaps not meant.
    notes : list of Fault
        What was read otherwise than it is written.
    """

    region: str
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def examine_region(region: str, root: Path | None = None) -> Report:
    """Check a region's folder in full: its description, all its tables, and files that do not belong there.

    Parameters
    ----------
    region : str
    root : Path, optional
        Folder of the regions' folders, ``data/regions`` when not given.
    """
    report = Report(region)
    try:
        loaded = load_region(region, root)
    except InputError as error:
        report.errors.extend(error.faults)
        return report
    file = loaded.folder / "region.yml"
    report.notes.extend(description.read(file, loaded.shown(file), region)[1])
    checked = examine_tables(loaded, report)
    report.errors.extend(agreement.of_tables(loaded, checked))
    _scenarios(loaded, report)
    _files(loaded, report)
    report.warnings.extend(doubts.of_tables(loaded, checked))
    _version(loaded, report)
    return report


def check_region(region: str, root: Path | None = None) -> list[Fault]:
    """Every error of a region's folder: its description and all its tables."""
    return examine_region(region, root).errors


def examine_tables(loaded: Region, report: Report) -> dict[str, tables.Checked]:
    """Check all tables of a region, add what is found to the report, and give those that are sound, by name."""
    checked = {}
    for name in sorted(set(tables.region_tables().values())):
        try:
            if loaded.rows(name) is None and name not in loaded.held:
                continue
            table = loaded.checked(name)
        except InputError as error:
            report.errors.extend(error.faults)
            continue
        report.errors.extend(table.faults)
        report.notes.extend(table.notes)
        if not table.faults:
            checked[name] = table
    return checked


def _scenarios(loaded: Region, report: Report) -> None:
    file = loaded.folder / scenario_file.FILE
    if not file.is_file():
        return
    try:
        report.errors.extend(scenario_file.read(file, loaded.shown(file), tables.load("fcm_concepts")["concept"])[1])
    except InputError as error:
        report.errors.extend(error.faults)


def _version(loaded: Region, report: Report) -> None:
    """What an older folder has to change; a newer one cannot be read."""
    shown_as = loaded.shown(loaded.folder / "region.yml")
    if upgrades.newer(loaded.dictionary):
        message = f"made under a newer data dictionary than the present {tables.version()}; update the compendium"
        report.errors.append(Fault(message, shown_as, None, "dictionary", loaded.dictionary, "version"))
    for step in upgrades.pending(loaded.dictionary):
        message = (
            f"the data dictionary has gone from {step.before} to {step.after}: {'; '.join(step.changes)}. "
            f"`make upgrade REGION={loaded.region}` does it"
        )
        report.warnings.append(Fault(message, shown_as, None, "dictionary", loaded.dictionary, "version"))


def _files(loaded: Region, report: Report) -> None:
    known = {*OTHER_FILES, *tables.region_tables()}
    for entry in sorted(loaded.folder.iterdir()):
        shown_as = loaded.shown(entry)
        if entry.is_symlink() and not entry.resolve().is_relative_to(paths.ROOT.resolve()):
            report.errors.append(Fault("leads out of the compendium; put the file itself here", shown_as, rule="link"))
        elif entry.name not in known:
            near = tables.suggest(entry.name, known)
            message = f"unknown {'folder' if entry.is_dir() else 'file'}{near}; remove it"
            report.errors.append(Fault(message, shown_as, rule="unknown file"))
