"""Generated pages: what is there, and what is no longer there."""

from __future__ import annotations

from unicluster import paths
from unicluster.pipeline import pages, plan


def test_pages_of_yesterday_go(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "GENERATED", tmp_path)
    jobs = plan.jobs("akmola")
    running = next(job for job in jobs if job.runs)
    waiting = next(job for job in jobs if not job.runs)
    kept = [job.page for job in jobs]
    stale = [running.page.with_suffix(".md"), waiting.page.with_suffix(".ipynb"), tmp_path / "gone" / "survey.ipynb"]
    for page in (*kept, *stale, tmp_path / "akmola" / "index.md"):
        page.parent.mkdir(exist_ok=True)
        page.touch()
    pages.remove_stale(jobs)
    assert sorted(tmp_path.rglob("*.*")) == sorted([*kept, tmp_path / "akmola" / "index.md"])
    assert not (tmp_path / "gone").exists()
