"""A small copy of the compendium with notebooks that do next to nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.conftest import ROOT
from unicluster.pipeline.plan import CHAPTERS

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
        """Begin a build in a process group of its own, and do not wait for it."""
        command, environment = self._command(options, more)
        nothing = subprocess.DEVNULL
        return subprocess.Popen(
            command, env=environment, cwd=self.root, stdout=nothing, stderr=nothing, start_new_session=True
        )

    def _command(self, options: tuple[str, ...], more: dict[str, str]) -> tuple[list, dict[str, str]]:
        environment = {k: v for k, v in os.environ.items() if k != "UNICLUSTER_RESULTS"}
        environment |= {"PYTHONPATH": str(self.root / "src"), "UNICLUSTER_ROOT": str(self.root), **more}
        return [sys.executable, self.root / "scripts" / "build.py", *options], environment

    def write_notebook(self, name: str, work: str = WORK) -> None:
        parameters = 'region: str = "kazakhstan"  # folder\nlevel: float = 0.5  # a number'
        cells = [
            new_markdown_cell(f"# {name}"),
            new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            new_code_cell(work.format(name=name)),
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(new_notebook(cells=cells, metadata=kernel), self.root / "notebooks" / f"{name}.ipynb")

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


@pytest.fixture
def project(tmp_path) -> Project:
    for folder in ("data", "scripts", "src", "book"):
        ignored = shutil.ignore_patterns("__pycache__", "generated")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for file in ("pyproject.toml", "_config.yml", "CITATION.cff"):
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "notebooks").mkdir()
    for folder in sorted((tmp_path / "data" / "regions").iterdir()):
        if folder.name not in ("kazakhstan", "akmola"):
            shutil.rmtree(folder)
    made = Project(tmp_path)
    for chapter in CHAPTERS:
        made.write_notebook(chapter.name)
    return made
