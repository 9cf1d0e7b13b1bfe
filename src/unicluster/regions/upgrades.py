"""When the data dictionary changes: what an older folder of a region must change, and the change itself."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from unicluster import tables
from unicluster.faults import Fault, refuse
from unicluster.regions.csv_text import as_csv
from unicluster.regions.region import Region, load_region
from unicluster.tables import plain_yaml
from unicluster.tables.encodings import decode

FIRST = "1.0.0"
"""The version of a folder that names none."""


@dataclass(frozen=True)
class Upgrade:
    """The step from one version of the dictionary to the next.

    Attributes
    ----------
    before, after : str
        Versions.
    changes : tuple of str
        What a co-author should know, a sentence each.
    files : callable
        Gives the new text of each file that changes, by name, from the region; ``region.yml`` comes later.
    """

    before: str
    after: str
    changes: tuple[str, ...]
    files: Callable[[Region], dict[str, str]]


def _without_stand_ins(region: Region) -> dict[str, str]:
    """Tables without the columns that only rows of the article have, where they hold nothing or a stand-in.

    Version 1.0.0 required the line of the article; who had none could only write 1 in every row.
    """
    changed = {}
    for file_name, name in tables.region_tables().items():
        rows = region.rows(name)
        if rows is None:
            continue
        allowed = {
            field.name: {"", "1"} if field.required else {""}
            for field in tables.table(name).fields
            if field.article_only
        }
        stand_ins = [
            column
            for place, column in enumerate(rows.header)
            if column in allowed and {row[place] for row in rows.cells} <= allowed[column]
        ]
        if stand_ins:
            kept = [place for place, column in enumerate(rows.header) if column not in stand_ins]
            cells = [[row[place] for place in kept] for row in rows.cells]
            changed[file_name] = as_csv([rows.header[place] for place in kept], cells, rows.comments)
    return changed


UPGRADES = (
    Upgrade(
        before="1.0.0",
        after="1.1.0",
        changes=(
            "region.yml names the version of the dictionary that the folder was made under (dictionary: 1.1.0)",
            "columns that only rows of the article have (line, also, figure, term_ru) are no longer required and go "
            "where they are empty or hold the stand-in 1 in every row",
        ),
        files=_without_stand_ins,
    ),
)
"""Every step, oldest first. A change of the dictionary that old folders must follow adds one here."""


def number(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared."""
    return tuple(int(part) for part in version.split("."))


def pending(version: str) -> list[Upgrade]:
    """The steps that a folder of this version has still to make."""
    return [step for step in UPGRADES if number(step.after) > number(version)]


def newer(version: str) -> bool:
    """Whether a folder was made under a dictionary that this compendium does not know yet."""
    return number(version) > number(tables.version())


def upgrade(region: str, root: Path | None = None) -> list[str]:
    """Bring a region's folder to the present dictionary.

    Each file is replaced whole, ``region.yml`` last: a step that was interrupted is simply made again.

    Returns
    -------
    list of str
        The changes that were made, a sentence each; empty when the folder was up to date.

    Raises
    ------
    InputError
        When a table cannot be read, or the folder is newer than the compendium; then nothing is changed.
    """
    told: list[str] = []
    while steps := pending((loaded := load_region(region, root)).dictionary):
        step = steps[0]
        changed = step.files(loaded)
        changed["region.yml"] = _with_version(loaded, step.after)
        for name, text in changed.items():
            _replace(loaded.folder / name, text)
        told += [f"{step.before} to {step.after}: {change}" for change in step.changes]
        told += [f"{step.before} to {step.after}: rewrote {name}" for name in changed]
    if newer(loaded.dictionary):
        message = f"made under dictionary {loaded.dictionary}, this compendium knows {tables.version()}; update it"
        refuse([Fault(message, loaded.shown(loaded.folder / "region.yml"), column="dictionary")])
    return told


def _with_version(region: Region, version: str) -> str:
    """The text of ``region.yml`` with the version, everything else as it was written."""
    file = region.folder / "region.yml"
    shown_as = region.shown(file)
    text = decode(file.read_bytes(), shown_as)[0]
    line = f"dictionary: {version}"
    if re.search(r"^dictionary:.*$", text, re.MULTILINE):
        text = re.sub(r"^dictionary:.*$", line, text, count=1, flags=re.MULTILINE)
    else:
        text = text.rstrip("\n") + f"\n{line}\n"
    try:
        content, _ = plain_yaml.parse(text, shown_as)
    except ValueError:
        content = {}
    if not isinstance(content, dict) or content.get("dictionary") != version:
        refuse([Fault(f"cannot be changed by a program; write the line '{line}' yourself", shown_as)])
    return text


def _replace(file: Path, text: str) -> None:
    made = file.with_name(f".{file.name}.new")
    try:
        made.write_text(text, encoding="utf-8", newline="")
        os.replace(made, file)
    finally:
        made.unlink(missing_ok=True)
