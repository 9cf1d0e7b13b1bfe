"""What an earlier build of the book left is taken away."""

from __future__ import annotations

import json

import pytest

from unicluster.pipeline import leftovers

PAGE = '<link href="_static/a.css{}"><script src="_static/b.js{}"></script><img src="_images/shown.png"> a.html?v=12'
INDEX = {"docnames": ["intro", "generated/akmola/survey"], "terms": {"mine": [0, 1], "zinc": 1}, "titleterms": {}}


@pytest.fixture
def first(tmp_path):
    """A book as a first build leaves it."""
    return made(tmp_path / "first", "", INDEX)


def made(folder, mark, index):
    for name in ("intro", "generated/akmola/survey", "index", "search", "genindex"):
        put(folder / f"{name}.html", PAGE.format(mark, mark))
    put(folder / "_sources" / "intro.md", "# Title")
    put(folder / "_images" / "shown.png", "picture")
    put(folder / "_static" / "theme.html", PAGE.format("?v=1", ""))
    put(folder / "data" / "table.csv", "a\n")
    put(folder / "searchindex.js", f"Search.setIndex({json.dumps(index)})")
    return folder


def put(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def content(folder):
    return {f.relative_to(folder).as_posix(): f.read_text(encoding="utf-8") for f in folder.rglob("*") if f.is_file()}


def test_a_first_build_is_left_as_it_is(first):
    before = content(first)
    leftovers.remove(first)
    assert content(first) == before


def test_a_later_build_becomes_what_a_first_one_would_have_been(first, tmp_path):
    index = {**INDEX, "terms": {"copper": [], **INDEX["terms"]}, "titleterms": {"old": []}}
    later = made(tmp_path / "later", "?v=8cd3d715", index)
    put(later / "generated" / "gone" / "survey.html", PAGE.format("", ""))
    put(later / "_sources" / "generated" / "gone" / "survey.ipynb", "{}")
    put(later / "_images" / "old.png", "picture")
    leftovers.remove(later)
    assert content(later) == content(first)
