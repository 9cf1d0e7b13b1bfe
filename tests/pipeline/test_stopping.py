"""Stop and go on: what is killed, hangs or wants too much leaves nothing half done, and the next build goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import psutil
import pytest

pytestmark = pytest.mark.slow

STOPPED = "stopped: what has ended is kept, and the next build goes on from there"
SLOW = """\
import time
from pathlib import Path
from unicluster import results
import pandas as pd
run = results.start(region, "{name}")
run.table("first", pd.DataFrame({{"region": [region]}}), "Half of the results")
time.sleep(20 if Path("slow").exists() else 0)
run.table("answer", pd.DataFrame({{"region": [region], "level": [level]}}), "An answer")
"""
GREEDY = """\
from pathlib import Path
import numpy as np
if Path("slow").exists():
    np.ones(2 * 2**30)
"""


def everything(project):
    root = project.root / "build" / "results"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*.csv"))}


def started(project, **more):
    """A build in a group of its own, once a notebook is at work."""
    build = project.start("--region", "akmola", **more)
    until = time.monotonic() + 60
    while not list((project.root / "build" / "staging").rglob("first.csv")):
        assert time.monotonic() < until and build.poll() is None
        time.sleep(0.1)
    return build


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_after_a_stop_the_next_build_goes_on_to_the_same_bytes(project, how):
    project.write_notebook("cluster_effect", SLOW)
    assert project.build("--region", "akmola").returncode == 0
    undisturbed = everything(project)
    subprocess.run(["rm", "-r", project.root / "build", project.root / ".pytask"], check=True)
    (project.root / "slow").touch()
    build = started(project)

    second = project.build("--region", "akmola")
    assert second.returncode == 2
    assert f"another build is at work here (process {build.pid}, since " in second.stderr
    assert "Traceback" not in second.stderr

    below = psutil.Process(build.pid).children(recursive=True)
    assert len(below) >= 4  # the workers, the warm process, a kernel
    os.kill(build.pid, signal.SIGKILL) if how == signal.SIGKILL else os.killpg(build.pid, how)
    assert build.wait(30) == (-signal.SIGKILL if how == signal.SIGKILL else 130)
    assert not psutil.wait_procs(below, timeout=20)[1]
    said = project.told.read_text(encoding="utf-8")
    assert said == ("" if how == signal.SIGKILL else f"{STOPPED}\n")
    kept = everything(project)
    # An interrupted worker may yet end the notebook at hand: it is kept whole or not at all.
    assert kept.items() <= undisturbed.items()
    assert ("akmola/cluster_effect/first.csv" in kept) == ("akmola/cluster_effect/answer.csv" in kept)
    assert how == signal.SIGINT or "akmola/cluster_effect/first.csv" not in kept
    (project.root / "slow").unlink()
    again = project.build("--region", "akmola")
    assert again.returncode == 0, again.stderr
    assert everything(project) == undisturbed
    assert not list((project.root / "build").rglob("*.part"))


def test_a_notebook_that_hangs_or_wants_too_much_is_named_and_the_others_are_kept(project):
    project.write_notebook("cluster_effect", SLOW)
    project.write_notebook("cluster_model", GREEDY)
    (project.root / "slow").touch()
    ended = project.build("--region", "akmola", UNICLUSTER_CELL_SECONDS="3", UNICLUSTER_MEMORY_GB="8")
    assert ended.returncode != 0
    assert "cluster_effect failed for region akmola: a cell took longer than 3 seconds" in ended.stderr
    assert "cluster_model failed for region akmola: " in ended.stderr and "MemoryError" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert {name.split("/")[1] for name in everything(project)} == {"fcm_scenarios", "literature_factors"}

    (project.root / "slow").unlink()
    again = project.build("--region", "akmola")
    assert "2 ran, 2 unchanged, 0 failed" in again.stdout
    assert "2 of 4 notebooks will run" in again.stdout
    assert "akmola cluster_effect: first time" in again.stdout


def test_what_another_notebook_uses_makes_nothing_run(project):
    assert project.build("--region", "akmola").returncode == 0
    for file in ("src/unicluster/economics/effect.py", "src/unicluster/fcm/structure.py"):
        with (project.root / file).open("a", encoding="utf-8") as opened:
            opened.write("\n# A remark.\n")
    prices = project.root / "data" / "prices" / "deflators.csv"
    prices.write_text(prices.read_text(encoding="utf-8").replace("may be an estimate", "may well be one"), "utf-8")
    untouched = project.build("--region", "akmola")
    assert "All 4 notebooks stand as they are." in untouched.stdout
    assert "0 ran, 4 unchanged" in untouched.stdout

    project.write_notebook("cluster_effect", "from unicluster import economics\nprint(len(economics.READINGS))\n")
    assert "akmola cluster_effect: notebooks/cluster_effect.ipynb changed" in project.build("--region", "akmola").stdout
    with (project.root / "src/unicluster/economics/effect.py").open("a", encoding="utf-8") as opened:
        opened.write("\n# Another remark.\n")
    changed = project.build("--region", "akmola")
    assert "1 of 4 notebooks will run" in changed.stdout
    assert "akmola cluster_effect: the library changed: economics" in changed.stdout
    assert "1 ran, 3 unchanged" in changed.stdout
