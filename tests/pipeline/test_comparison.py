"""Regions side by side, and what differs between two runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from tests.conftest import ROOT
from unicluster.pipeline import comparison, plan


@pytest.fixture
def runs(tmp_path):
    """Two copies of the same results."""
    folder = tmp_path / "before" / "survey"
    folder.mkdir(parents=True)
    pd.DataFrame({"name": ["a", "b"], "value": [1.0, 2.0]}).to_csv(folder / "shares.csv", index=False)
    words = {"caption": "Shares.", "alt": "Two bars.", "data_sha256": "0"}
    (folder / "shares.figure.json").write_text(json.dumps(words), encoding="utf-8")
    shutil.copytree(tmp_path / "before", tmp_path / "after")
    return tmp_path / "before", tmp_path / "after"


def test_two_equal_runs_do_not_differ(runs):
    assert comparison.changed(*runs) == []


def test_numbers_differ_beyond_the_tolerance_only(runs):
    table = pd.DataFrame({"name": ["a", "b"], "value": [1.0, 2.02]})
    table.to_csv(runs[1] / "survey" / "shares.csv", index=False)
    assert comparison.changed(*runs, tolerance=0.02) == []
    (line,) = comparison.changed(*runs, tolerance=0.005)
    assert line == "survey/shares.csv: column 'value': 1 of 2 values differ, first in row 3: 2.0 before, 2.02 now"


def test_rows_columns_words_and_files_are_told(runs):
    folder = runs[1] / "survey"
    pd.DataFrame({"name": ["a"], "amount": [1.0]}).to_csv(folder / "shares.csv", index=False)
    pd.DataFrame({"x": [1]}).to_csv(folder / "more.csv", index=False)
    words = {"caption": "Shares.", "alt": "One bar.", "data_sha256": "0"}
    (folder / "shares.figure.json").write_text(json.dumps(words), encoding="utf-8")
    assert comparison.changed(*runs) == [
        "survey/more.csv: new",
        "survey/shares.csv: column 'value' is gone",
        "survey/shares.csv: column 'amount' is new",
        "survey/shares.csv: 2 rows before, 1 now",
        "survey/shares: the figure's alt differ",
    ]


def test_the_command_says_which_folder_is_missing(runs):
    command = [sys.executable, ROOT / "scripts" / "changed.py", str(runs[0]), "nowhere"]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stderr.startswith("nowhere: there is no such folder")
    same = subprocess.run([*command[:-1], str(runs[1])], capture_output=True, text=True)
    assert (same.returncode, same.stdout) == (0, "nothing differs\n")


@pytest.mark.slow
def test_the_page_sets_real_regions_side_by_side(book):
    text = comparison.page(plan.jobs())
    assert text.count('<th scope="row">Karaganda oblast</th>') == len(comparison.SECTIONS)
    assert "Altynsai" not in text
    members = text.partition("## Members")[2].partition("##")[0]
    assert '<tr><th scope="row">Kazakhstan</th><td>49, recomputed</td><td>45, recomputed</td>' in members
