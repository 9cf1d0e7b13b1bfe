"""The whole book: cold build, unchanged rebuild, and the plain loop that one would write first.

The plain loop runs every notebook with papermill, one after the other, and then Jupyter Book; it writes no dossiers,
which a build does. So three comparisons are shown: the build against the loop, against the loop and the dossiers
written one after the other, and the notebooks alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import small_project

PLAIN_LOOP = """\
import pathlib, papermill, subprocess, sys
from unicluster import paths
from unicluster.pipeline import plan
out = paths.BUILD / "plain"
for job in plan.jobs():
    if job.runs:
        target = out / job.region.region
        target.mkdir(parents=True, exist_ok=True)
        papermill.execute_notebook(job.chapter.file, target / job.page.name, job.given, progress_bar=False)
"""


DOSSIERS = """\
from unicluster.pipeline import dossiers
from unicluster.regions import list_regions
for region in list_regions():
    dossiers.write_all(region, dossiers.parameters_of(region))
"""
ASSEMBLE = "from unicluster.pipeline import book; book.build()"


def rows() -> list[dict]:
    """Cold build against the plain loop, and rebuilds against the cold build, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        build = [sys.executable, "scripts/build.py"]
        cold = timed(build, root)
        unchanged = min(timed(build, root) for _ in range(3))
        with (root / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write("# a remark\n")
        asked = timed(build, root)
        notebooks = timed([sys.executable, "-c", PLAIN_LOOP], root)
        dossiers = timed([sys.executable, "-c", DOSSIERS], root)
        shutil.rmtree(root / "build" / "book")
        loop = notebooks + timed([sys.executable, "-c", ASSEMBLE], root)
    with tempfile.TemporaryDirectory() as folder:
        alone = timed([*build, "--only-notebooks"], copied(Path(folder)))
    return [
        row("cold build / plain loop", cold / loop, "ratio", 0.35),
        row("cold build / plain loop and dossiers one by one", cold / (loop + dossiers), "ratio", None),
        row("notebooks alone: build / plain loop", alone / notebooks, "ratio", None),
        row("unchanged rebuild / cold build", unchanged / cold, "ratio", 0.02),
        row("rebuild where tasks find nothing to do / cold build", asked / cold, "ratio", None),
        row("cold build", cold, "s", None),
        row("unchanged rebuild", unchanged, "s", None),
        row("plain loop", loop, "s", None),
        row("dossiers one by one", dossiers, "s", None),
    ]


def copied(root: Path) -> Path:
    """A copy of the compendium in a folder, its library compiled so that neither side pays for it."""
    small_project.copy(root, (*small_project.FOLDERS, "notebooks"))
    subprocess.run([sys.executable, "-m", "compileall", "-q", root / "src"], check=True)
    return root


def timed(command: list[str], root: Path) -> float:
    """Seconds that a command takes in the copy of the compendium."""
    environment = small_project.environment(root)
    began = time.perf_counter()
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def row(name: str, measured: float, unit: str, target: float | None) -> dict:
    """A benchmark's row."""
    met = None if target is None else measured <= target
    return {"name": name, "measured": measured, "unit": unit, "target": target, "met": met}
