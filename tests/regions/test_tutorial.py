"""Every command of the page "Add a region" is run, in a copy, in the order in which the page gives them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from scripts import tutorial_pictures
from tests.conftest import ROOT
from tests.pipeline.conftest import project  # noqa: F401

PAGE = (ROOT / "book" / "add-a-region.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
SAVED = "Save the workbook as `kumistau.xlsx`"
REAL = ("cluster_effect.ipynb", "claims.ipynb", "fcm_scenarios.ipynb")
"""Notebooks that the page names or the book cannot do without; the others do next to nothing here."""


@pytest.mark.parametrize("name", sorted(tutorial_pictures.pictures()))
def test_the_pictures_show_what_the_tools_give(name):
    committed = (ROOT / "book" / "_static" / "add-a-region" / name).read_text(encoding="utf-8")
    assert committed == tutorial_pictures.pictures()[name]
    assert f"_static/add-a-region/{name}\n:alt: " in PAGE


def test_the_page_gives_every_command_that_a_new_region_needs():
    for command in ("workbook", "new-region", "check", "region", "book", "upgrade", "lab"):
        assert any(line.startswith(f"make {command}") for line in COMMANDS)


class Reader:
    """Somebody who follows the page in a copy of the compendium."""

    def __init__(self, root):
        self.root = root
        self.environment = {k: v for k, v in os.environ.items() if k not in ("UNICLUSTER_RESULTS", "MAKEFLAGS")}
        self.environment |= {"PYTHONPATH": str(root / "src"), "UNICLUSTER_ROOT": str(root)}
        self.environment["JUPYTER_CONFIG_DIR"] = str(root / "jupyter")
        (root / "jupyter").mkdir()
        settings = {"ServerApp": {"allow_root": True, "open_browser": False}}
        (root / "jupyter" / "jupyter_server_config.json").write_text(json.dumps(settings))
        binaries = root / ".venv" / "bin"
        binaries.mkdir(parents=True)
        for name, words in {"python": "", "papermill": "-m papermill"}.items():
            (binaries / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
            (binaries / name).chmod(0o755)
        for name in ("Makefile", "requirements.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, root / name)
        for name in REAL:
            shutil.copy(ROOT / "notebooks" / name, root / "notebooks" / name)
        shutil.rmtree(root / "data" / "regions" / "akmola")
        (root / ".venv" / ".ready").touch()

    def type(self, line):
        return subprocess.run(
            line, shell=True, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=500
        )

    def opens(self, line, sign):
        """Start a command that does not end, and stop it when it has said that it is there."""
        log = self.root / "log.txt"
        with log.open("w") as out:
            begun = subprocess.Popen(
                line, shell=True, cwd=self.root, env=self.environment, stdout=out, stderr=out, start_new_session=True
            )
        try:
            for _ in range(240):
                if re.search(sign, log.read_text()):
                    return True
                if begun.poll() is not None:
                    return False
                time.sleep(0.5)
            return False
        finally:
            if begun.poll() is None:
                os.killpg(begun.pid, signal.SIGTERM)
                begun.wait(60)


@pytest.mark.slow
def test_every_command_of_the_page_works(project):  # noqa: F811
    reader = Reader(project.root)
    assert SAVED in PAGE
    told = {}
    for line in COMMANDS:
        if line.startswith("make new-region REGION=kumistau"):
            workbook = project.root / "kumistau.xlsx"
            workbook.write_bytes(tutorial_pictures.filled(mistakes=True))
            slips = reader.type(line)
            assert slips.returncode != 0
            assert "did you mean 'synthetic'?" in slips.stdout and "nothing was made" in slips.stderr
            assert not (project.root / "data" / "regions" / "kumistau").exists()
            workbook.write_bytes(tutorial_pictures.filled())
        if line == "make lab":
            assert reader.opens(line, r"http://(localhost|127\.0\.0\.1)"), (project.root / "log.txt").read_text()
            continue
        ended = reader.type(line)
        assert ended.returncode == 0, f"{line}\n{ended.stdout}\n{ended.stderr}"
        told[line] = ended.stdout
    assert (project.root / "build" / "workbooks" / "template.xlsx").is_file()
    assert (project.root / "build" / "workbooks" / "template-ru.xlsx").is_file()
    assert "kumistau: nothing wrong" in told["make check REGION=kumistau"]
    assert '"region": "kostanay"' in told["make check REGION=kostanay JSON=1"]
    made = {path.parent.name for path in (project.root / "build" / "results").glob("*/*/run.json")}
    assert "cluster_effect" in made
    index = (project.root / "_build" / "html" / "intro.html").read_text(encoding="utf-8")
    assert "generated/kumistau/cluster_effect.html" in index
    own = nbformat.read(project.root / "build" / "cluster_effect_kumistau.ipynb", as_version=4)
    assert any("deadweight = 30.0" in cell.source for cell in own.cells)


def test_the_russian_page_gives_the_same_commands():
    russian = (ROOT / "book" / "add-a-region-ru.md").read_text(encoding="utf-8")

    def commands(page: str) -> list[str]:
        return [
            line for block in re.findall(r"```bash\n(.*?)```", page, flags=re.DOTALL) for line in block.splitlines()
        ]

    assert commands(russian)
    assert [c for c in commands(russian) if c not in commands(PAGE)] == []
