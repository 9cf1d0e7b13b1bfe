"""What the chapters for students say is what the library computes."""

from __future__ import annotations

import doctest
import re

import pytest
import yaml

from tests.conftest import ROOT

PAGES = sorted(path for path in (ROOT / "book" / "learn").glob("*.md") if path.stem != "index")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
class TestChapter:
    def test_its_examples_hold(self, path):
        failed, tried = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
        assert not failed
        assert tried >= 3

    def test_it_asks_a_question_works_an_example_and_hides_every_solution(self, path):
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^# .+\n\n\*\*.+\?\*\*$", text, flags=re.MULTILINE)
        assert "## By hand" in text
        exercises = text.partition("## Exercises")[2]
        asked = re.findall(r"^\d\. ", exercises, flags=re.MULTILINE)
        assert 3 <= len(asked) <= 5
        assert exercises.count(":::{dropdown} Solution") == len(asked)


def test_every_chapter_is_listed():
    listed = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in listed["parts"] for chapter in part["chapters"]]
    index = (ROOT / "book" / "learn" / "index.md").read_text(encoding="utf-8")
    for path in PAGES:
        assert f"learn/{path.stem}" in files
        assert f"]({path.stem}.md)" in index
