"""Two builds compared byte for byte."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from unicluster.pipeline.same import first_difference

NOTEBOOK = {"cells": [{"source": "1", "metadata": {"papermill": {"duration": 1.5, "status": "completed"}}}]}


@pytest.fixture
def builds(tmp_path):
    one, other = tmp_path / "one", tmp_path / "a longer name" / "other"
    results = one / "build" / "results" / "akmola" / "survey"
    results.mkdir(parents=True)
    (results / "t.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    (results / "run.json").write_text(json.dumps({"seconds": 1.5, "parameters": {}}), encoding="utf-8")
    (one / "book" / "generated").mkdir(parents=True)
    (one / "book" / "generated" / "n.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    html = one / "_build" / "html"
    html.mkdir(parents=True)
    (html / "index.html").write_text("<p>1</p>\n<p>2</p>\n", encoding="utf-8")
    (html / "picture.png").write_bytes(b"\x89PNG\xff\x00")
    shutil.copytree(one, other)
    return one, other


def put(folder, path, old, new):
    file = folder / path
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))


def test_a_copy_is_the_same(builds):
    assert first_difference(*builds) is None


def test_times_of_runs_do_not_count(builds):
    put(builds[1], "build/results/akmola/survey/run.json", b"1.5", b"99.1")
    put(builds[1], "book/generated/n.ipynb", b'"duration": 1.5', b'"duration": 7')
    assert first_difference(*builds) is None


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("build/results/akmola/survey/t.csv", b"3,4", b"3,5", "differs in line 3: '3,4' and '3,5'"),
        ("build/results/akmola/survey/t.csv", b"3,4\n", b"", "differs in line 3: '3,4' and ''"),
        ("_build/html/index.html", b"<p>2", b"<p>3", "differs in line 2: '<p>2</p>' and '<p>3</p>'"),
        ("_build/html/picture.png", b"\xff\x00", b"\xff\x01", "differs at byte 6"),
        ("book/generated/n.ipynb", b"completed", b"failed", '"status": "completed"'),
        ("build/results/akmola/survey/run.json", b"{}", b'{"x": 1}', "differs in line"),
    ],
)
def test_the_first_difference_is_named_with_file_and_place(builds, path, old, new, told):
    put(builds[1], path, old, new)
    found = first_difference(*builds)
    assert found.startswith(f"{path}: ") and told in found


def test_a_file_on_one_side_only_is_named_with_the_side(builds):
    (builds[0] / "_build" / "html" / "more.html").touch()
    assert first_difference(*builds) == f"_build/html/more.html: is not in {builds[1]}"
    assert first_difference(*reversed(builds)) == f"_build/html/more.html: is not in {builds[1]}"


def test_the_command_tells_and_its_exit_code_says_so(builds):
    def run(*folders):
        return subprocess.run([sys.executable, ROOT / "scripts" / "same.py", *folders], capture_output=True, text=True)

    assert run(*builds).returncode == 0
    put(builds[1], "_build/html/index.html", b"<p>2", b"<p>3")
    ended = run(*builds)
    assert ended.returncode == 1 and ended.stdout.startswith("_build/html/index.html: differs in line 2")
    ended = run(builds[0], builds[0] / "nowhere")
    assert ended.returncode == 2 and "no such folder" in ended.stderr
