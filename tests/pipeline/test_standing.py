"""A build with nothing to do asks no task; whatever differs, the tasks decide."""

from __future__ import annotations

import os

import pytest

pytestmark = pytest.mark.slow
ASKED = "Start pytask session"


def build(project, *more):
    ended = project.build("--region", "akmola", *more)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_where_all_stands_no_task_is_asked(project):
    first = build(project)
    assert ASKED in first
    again = build(project)
    assert ASKED not in again
    assert again.splitlines() == ["Nothing has changed since the last build.", "0 ran, 4 unchanged, 0 failed"]
    # Another part of the compendium was not looked at by that build.
    project.add_region("other")
    assert "4 ran" in project.build("--region", "other").stdout
    assert ASKED in build(project)
    assert ASKED not in build(project)


def test_a_file_that_differs_in_its_content_alone_is_noticed(project):
    build(project)
    file = project.region_file("akmola")
    before, times = file.read_bytes(), file.stat()
    file.write_bytes(before.replace(b"#", b"# ", 1)[: len(before)] if b"#" in before else before[:-1] + b" ")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.stat().st_size == times.st_size and file.read_bytes() != before
    assert "4 ran" in build(project)


@pytest.mark.parametrize(
    "made", ["book/generated/akmola/cluster_effect.ipynb", "build/results/akmola/cluster_effect/run.json"]
)
def test_what_a_task_made_and_is_gone_is_made_again(project, made):
    build(project)
    (project.root / made).unlink()
    assert "1 ran, 3 unchanged" in build(project)
    assert (project.root / made).is_file()


def test_a_build_that_failed_is_no_build_that_stands(project):
    build(project)
    project.write_notebook("cluster_effect", "assert False, 'no result'\n")
    for _time in range(2):
        ended = project.build("--region", "akmola")
        assert ended.returncode != 0
        assert "no result" in ended.stderr
    project.write_notebook("cluster_effect")
    assert "0 failed" in build(project)


def test_a_torn_note_is_no_note(project):
    build(project)
    [note] = (project.root / "build" / "standing").glob("*.json")
    for text in ("", "[]", '{"state": 1}', note.read_text(encoding="utf-8")[:-9]):
        note.write_text(text, encoding="utf-8")
        assert ASKED in build(project)
    assert ASKED not in build(project)
