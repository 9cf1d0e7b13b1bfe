"""The whole book: cold build, unchanged rebuild, and the plain loop that one would write first."""

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


def rows() -> list[dict]:
    """Cold build against the plain loop, and unchanged rebuild against the cold build, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        small_project.copy(root, (*small_project.FOLDERS, "notebooks"))
        build = [sys.executable, "scripts/build.py"]
        warm_up(root)
        cold = timed(build, root)
        unchanged = min(timed(build, root) for _ in range(3))
        loop = timed([sys.executable, "-c", PLAIN_LOOP], root)
        shutil.rmtree(root / "build" / "book")
        assemble = "from unicluster.pipeline import book; book.build()"
        loop += timed([sys.executable, "-c", assemble], root)
    return [
        row("cold build / plain loop", cold / loop, "ratio", 0.35),
        row("unchanged rebuild / cold build", unchanged / cold, "ratio", 0.02),
        row("cold build", cold, "s", None),
        row("unchanged rebuild", unchanged, "s", None),
        row("plain loop", loop, "s", None),
    ]


def warm_up(root: Path) -> None:
    """Compile the copied library once, so that neither side pays for it."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", root / "src"], check=True)


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
