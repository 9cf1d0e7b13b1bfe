"""A build with nothing to do asks no task; whatever differs, the tasks decide."""

from __future__ import annotations

import os

import pytest

pytestmark = pytest.mark.slow
ASKED = "Start pytask session"


def build(project):
    ended = project.build("--region", "akmola")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture
def built(shared_project):
    """A project of which everything stands."""
    build(shared_project)
    return shared_project


def test_where_all_stands_no_task_is_asked(built):
    again = build(built)
    assert ASKED not in again
    assert again.splitlines() == ["Nothing has changed since the last build.", "0 ran, 4 unchanged, 0 failed"]


def test_another_part_was_not_looked_at(built):
    other = built.build("--region", "kazakhstan")
    assert other.returncode == 0
    assert ASKED in other.stdout
    assert ASKED not in build(built)


def test_a_file_that_differs_in_its_content_alone_is_noticed(built):
    file = built.region_file("akmola")
    before, times = file.read_bytes(), file.stat()
    file.write_bytes(before[:-1] + b" ")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.stat().st_size == times.st_size and file.read_bytes() != before
    assert "4 ran" in build(built)


@pytest.mark.parametrize(
    "place", ["book/generated/akmola/cluster_effect.ipynb", "build/results/akmola/cluster_effect/run.json"]
)
def test_what_a_task_made_and_is_gone_is_made_again(built, place):
    made = built.root / place
    made.unlink()
    assert "1 ran, 3 unchanged" in build(built)
    assert made.is_file()


def test_a_build_that_failed_is_no_build_that_stands(built):
    built.write_notebook("cluster_effect", "assert False, 'no result'\n")
    for _time in range(2):
        ended = built.build("--region", "akmola")
        assert ended.returncode != 0
        assert "no result" in ended.stderr
    built.write_notebook("cluster_effect")


def test_a_torn_note_is_no_note(built):
    [note] = (built.root / "build" / "standing").glob("akmola*.json")
    for text in ("", "[]", '{"state": 1}', note.read_text(encoding="utf-8")[:-9]):
        note.write_text(text, encoding="utf-8")
        assert ASKED in build(built)
    assert ASKED not in build(built)
