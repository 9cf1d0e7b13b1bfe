"""What the last run of a notebook depended on, and whether it still stands: the reasons why it must run again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from unicluster import paths
from unicluster.pipeline import inputs
from unicluster.pipeline.plan import Chapter, Job
from unicluster.regions import DEFAULT, Region

LOCK = paths.ROOT / "requirements.lock"


def dependencies(chapter: Chapter, region: Region, read: Iterable[Path]) -> dict[str, Any]:
    """What a run that has just ended depended on, for its record.

    Parameters
    ----------
    chapter : Chapter
    region : Region
    read : iterable of Path
        Data files that the kernel read.

    Returns
    -------
    dict
        ``inputs``: SHA-256 of each file by its path; ``library``: the same by the path in the package;
        ``environment``: that of the lock file; ``region_files``: names of all files of the region, because one more
        may be wanted.
    """
    needed = {chapter.file, paths.DATA / "datapackage.json", region.folder / "region.yml", *read}
    also = []
    if shows_claims(chapter, region.region):
        needed |= {file for folder in ("paper", "literature") for file in (paths.DATA / folder).glob("*.csv")}
        also = ["unicluster.claims", "unicluster.pipeline.tested_claims"]
    return {
        "inputs": _hashes(needed),
        "library": _hashes(inputs.notebook_library(chapter.file, also), inputs.PACKAGE),
        "environment": inputs.sha256(LOCK),
        "region_files": _names(region),
    }


def changed_meanwhile(chapter: Chapter, region: Region, read: Iterable[Path], began: float) -> list[str]:
    """Files of a run that changed while it was under way, so that nobody knows which of their contents went in.

    Parameters
    ----------
    chapter : Chapter
    region : Region
    read : iterable of Path
        Data files that the kernel read.
    began : float
        When the run began, in seconds since the epoch.

    Returns
    -------
    list of str
        Paths in the compendium. Of the library also what changed since this process, which may be a worker that
        outlives its builds, has loaded it.
    """
    files = {chapter.file, paths.DATA / "datapackage.json", region.folder / "region.yml", *read}
    changed = [file.relative_to(paths.ROOT).as_posix() for file in files if _time(file) > began]
    now, loaded = inputs.library(), inputs.LOADED
    changed += [f"{inputs.NAME}/{path}" for path in {*now, *loaded} if now.get(path) != loaded.get(path)]
    return sorted(changed)


def shows_claims(chapter: Chapter, region: str) -> bool:
    """Whether the page ends with the article's claims that it tests."""
    return bool(chapter.topics) and region == DEFAULT


def reasons(job: Job) -> list[str]:
    """Why a notebook must run, a phrase each; empty where the last run still stands."""
    record = _read(job.record)
    if record is None:
        return ["first time"]
    found = [] if job.page.is_file() else ["its page is gone"]
    if record["parameters"] != job.given:
        found.append("other parameters")
    for path, digest in record["inputs"].items():
        now = inputs.sha256(paths.ROOT / path)
        if now != digest:
            found.append(f"{path} {'changed' if now else 'is gone'}")
    for name in sorted(set(_names(job.region)) ^ set(record["region_files"])):
        there = (job.region.folder / name).is_file()
        if there or f"data/regions/{job.region.region}/{name}" not in record["inputs"]:
            found.append(f"{name} {'is new' if there else 'is gone'}")
    changed = {path for path, digest in record["library"].items() if inputs.sha256(inputs.PACKAGE / path) != digest}
    rooms = sorted({path.partition("/")[0].removesuffix(".py") for path in changed})
    if rooms:
        found.append(f"the library changed: {', '.join(rooms)}")
    if record["environment"] != inputs.sha256(LOCK):
        found.append("the environment changed")
    return found


def state(job: Job) -> str:
    """A digest of all that the last run depended on, as it is now: another one means that the notebook must run.

    It is taken again after a run, when the record is that of the new run.
    """
    record = _read(job.record)
    if record is None:
        return "never run"
    data = {path: inputs.sha256(paths.ROOT / path) for path in record["inputs"]}
    library = {path: inputs.sha256(inputs.PACKAGE / path) for path in record["library"]}
    now = [job.given, data, library, _names(job.region), inputs.sha256(LOCK)]
    told = json.dumps(now, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def seconds(job: Job) -> float | None:
    """How long the last run took, None where there was none."""
    record = _read(job.record)
    return None if record is None else float(record["seconds"])


def _read(file: Path) -> dict[str, Any] | None:
    """A run record; None where there is none or one of another make."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if {"inputs", "library", "environment", "region_files", "parameters"} <= set(record) else None


def _time(file: Path) -> float:
    return file.stat().st_mtime if file.is_file() else 0.0


def _names(region: Region) -> list[str]:
    return [file.name for file in region.files()]


def _hashes(files: Iterable[Path], below: Path = paths.ROOT) -> dict[str, str]:
    return {file.relative_to(below).as_posix(): inputs.sha256(file) for file in sorted(set(files))}
