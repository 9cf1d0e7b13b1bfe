"""`make check` for many regions: beside reading the same files with pandas, and as their number grows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from unicluster import paths, tables
from unicluster.regions.csv_text import as_csv
from unicluster.regions.examples import TEACHING

REGIONS = 100
ROWS = 40
CHECK = "from unicluster.regions import examine_region as f; import pathlib, sys; r = pathlib.Path(sys.argv[1]); {work}"
WORK = "assert not [e for n in sorted(p.name for p in r.iterdir()) for e in f(n, r).errors]"
READ = """\
import pathlib, sys, pandas, yaml
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    yaml.safe_load((folder / "region.yml").read_text(encoding="utf-8"))
    for file in sorted(folder.glob("*.csv")):
        pandas.read_csv(file)
"""


def rows() -> list[dict]:
    """Time of a check against that of pandas, start-up in both, and what a further region costs."""
    with tempfile.TemporaryDirectory() as made:
        many, more = Path(made) / "many", Path(made) / "more"
        fill(many, REGIONS)
        fill(more, 3 * REGIONS)
        check = [sys.executable, "-c", CHECK.format(work=WORK)]
        read = [sys.executable, "-c", READ]
        timed(check, many), timed(read, many)
        start = best(lambda: timed([sys.executable, "-c", CHECK.format(work="pass")], many))
        checked = best(lambda: timed(check, many))
        reading = best(lambda: timed(read, many))
        checked_more = best(lambda: timed(check, more))
    growth = (checked_more - start) / (checked - start) / 3
    return [
        row(f"check of {REGIONS} regions / pandas reading the same files", checked / reading, "ratio", 2),
        row(f"cost of a region among {3 * REGIONS} / among {REGIONS}", growth, "ratio", 1.2),
        row(f"check of {REGIONS} regions", checked, "s", None),
        row("pandas reading the same files", reading, "s", None),
        row("start-up of the check", start, "s", None),
    ]


def fill(root: Path, number: int) -> None:
    """Write so many regions with every table that there are rows for."""
    described = (paths.REGIONS / TEACHING / "region.yml").read_text(encoding="utf-8")
    texts = {}
    for file_name, name in tables.region_tables().items():
        for file in (paths.REGIONS / TEACHING / file_name, tables.table(name).file):
            found = tables.read_rows(file, file_name) if file.is_file() else None
            if found and found.cells:
                texts[file_name] = as_csv(found.header, found.cells[:ROWS])
                break
    for count in range(number):
        folder = root / f"region-{count}"
        folder.mkdir(parents=True)
        text = described.replace("region: altynsai", f"region: region-{count}")
        (folder / "region.yml").write_text(text, encoding="utf-8")
        for file_name, text in texts.items():
            (folder / file_name).write_text(text, encoding="utf-8")


def best(measure, times: int = 3) -> float:
    """The shortest of several measurements."""
    return min(measure() for _ in range(times))


def timed(command: list[str], root: Path) -> float:
    """Seconds of processor time that a command takes on a folder of regions; other work on the machine is left out."""
    began = os.times()
    subprocess.run([*command, str(root)], check=True, capture_output=True)
    ended = os.times()
    return ended.children_user + ended.children_system - began.children_user - began.children_system


def row(name: str, measured: float, unit: str, target: float | None) -> dict:
    """A benchmark's row."""
    met = None if target is None else measured <= target
    return {"name": name, "measured": measured, "unit": unit, "target": target, "met": met}
