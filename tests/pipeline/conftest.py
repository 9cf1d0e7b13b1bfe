"""A small copy of the compendium with notebooks that do next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import small_project

GIVEN = 'region: str = "kazakhstan"  # folder\nlevel: float = 0.5  # a number'
WORK = """\
from unicluster import results
import pandas as pd
run = results.start(region, "{name}")
assert region != "broken", "this region fails"
run.table("answer", pd.DataFrame({{"region": [region], "level": [level]}}), "An answer")
"""


class Project:
    """A compendium in its own folder, run as a user would run it."""

    def __init__(self, root: Path):
        self.root = root

    def build(self, *options: str, **more: str) -> subprocess.CompletedProcess:
        command, environment = self._command(options, more)
        return subprocess.run(command, env=environment, cwd=self.root, capture_output=True, text=True)

    def start(self, *options: str, **more: str) -> subprocess.Popen:
        """Begin a build in a process group of its own, and do not wait for it; what it complains of goes to `told`."""
        command, environment = self._command(options, more)
        with self.told.open("w", encoding="utf-8") as complaints:
            return subprocess.Popen(
                command,
                env=environment,
                cwd=self.root,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                start_new_session=True,
            )

    @property
    def told(self) -> Path:
        """What builds that were begun with `start` wrote to standard error, beside the project."""
        return self.root.with_suffix(".stderr")

    def _command(self, options: tuple[str, ...], more: dict[str, str]) -> tuple[list, dict[str, str]]:
        environment = {k: v for k, v in os.environ.items() if k != "UNICLUSTER_RESULTS"}
        environment |= {"PYTHONPATH": str(self.root / "src"), "UNICLUSTER_ROOT": str(self.root), **more}
        return [sys.executable, self.root / "scripts" / "build.py", *options], environment

    def write_notebook(self, name: str, work: str = WORK) -> None:
        small_project.write_notebook(self.root, name, work, GIVEN)

    def region_file(self, region: str) -> Path:
        return self.root / "data" / "regions" / region / "region.yml"

    def add_region(self, region: str, extra: str = "") -> None:
        folder = self.root / "data" / "regions" / region
        folder.mkdir()
        text = self.region_file("akmola").read_text(encoding="utf-8").replace("region: akmola", f"region: {region}")
        (folder / "region.yml").write_text(text + extra, encoding="utf-8")

    def answers(self) -> dict[str, bytes]:
        root = self.root / "build" / "results"
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("answer.csv"))}


def made(root: Path) -> Project:
    """A project of two regions in a folder."""
    small_project.copy(root)
    small_project.keep_regions(root, ("kazakhstan", "akmola"))
    small_project.write_notebooks(root, WORK, GIVEN)
    return Project(root)


@pytest.fixture
def project(tmp_path) -> Project:
    return made(tmp_path)


@pytest.fixture(scope="module")
def shared_project(tmp_path_factory) -> Project:
    """One for all tests of a module, which leave it as a build that went well does."""
    return made(tmp_path_factory.mktemp("project"))
