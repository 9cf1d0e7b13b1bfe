"""The same bytes in another folder, time zone, locale, order of hashes and number of threads."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import small_project
from tests.conftest import ROOT
from tests.pipeline.conftest import Project
from unicluster.pipeline.same import first_difference

pytestmark = pytest.mark.slow

REGION = "altynsai"
"""Has data for every chapter."""

ELSEWHERE = {
    "TZ": "Asia/Kathmandu",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "4242",
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"),
}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Path:
    """A copy of the compendium in a folder with a name of another kind."""
    root = tmp_path_factory.mktemp("elsewhere") / "рабочая папка"
    small_project.copy(root, (*small_project.FOLDERS, "notebooks"))
    return root


@pytest.fixture(scope="module")
def region(elsewhere) -> Path:
    """The copy with the chapters of one region."""
    told = Project(elsewhere).build("--region", REGION, **ELSEWHERE)
    assert told.returncode == 0, told.stdout + told.stderr
    return elsewhere


def test_results_of_a_region(book, region):
    own, other = (
        {f.relative_to(root): f for f in made(root / "build" / "results" / REGION)} for root in (ROOT, region)
    )
    assert set(own) == set(other) != set()
    assert not [str(name) for name, file in own.items() if file.read_bytes() != other[name].read_bytes()]


def test_executed_notebooks_of_a_region(book, region):
    pages = sorted((region / "book" / "generated" / REGION).glob("*.ipynb"))
    assert len(pages) > 5
    for page in pages:
        assert shown(page) == shown(ROOT / page.relative_to(region)), page.name


def made(folder: Path) -> list[Path]:
    """What was made, but the records, which name the commit of a run; the copy has none."""
    return [file for file in folder.rglob("*") if file.is_file() and file.name != "run.json"]


def shown(notebook: Path) -> list[dict]:
    """The cells that a notebook shows, but the last, which shows its record."""
    return [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["id"] != "provenance"]


def test_html_of_the_whole_book(book, tmp_path):
    root = tmp_path / "книга"
    small_project.copy(root, ("src", "data", "notebooks"))
    shutil.copytree(ROOT / "book", root / "book")
    # All that the pages lead to, and nothing that Jupyter Book has made before.
    shutil.copytree(ROOT / "build", root / "build", ignore=shutil.ignore_patterns("book", "*lock*"))
    environment = {**small_project.environment(root), **ELSEWHERE}
    build = [sys.executable, "-c", "from unicluster.pipeline import book; book.build()"]
    told = subprocess.run(build, env=environment, cwd=root, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert first_difference(book, root / "_build" / "html") is None
