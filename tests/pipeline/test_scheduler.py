"""The build on a Dask scheduler: same bytes as on one machine, also when a worker dies."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from functools import partial

import distributed
import pytest

from unicluster import fcm, survey

MAP = fcm.CognitiveMap("abc", [[0, 0.6, 0], [0, 0, -0.4], [0.3, 0, 0]])
REGION = ("--region", "akmola")

DIE_ONCE = """\
import os, pathlib, time, psutil
from unicluster import paths
mark = pathlib.Path(paths.ROOT) / "running"
if (pathlib.Path(paths.ROOT) / "slow").exists() and not mark.exists():
    # The warm process lies between the worker and its kernel.
    mark.write_text(str(psutil.Process().parent().ppid()))
    time.sleep(60)
from unicluster import results
import pandas as pd
run = results.start(region, "{name}")
run.table("answer", pd.DataFrame({{"region": [region], "level": [level]}}), "An answer")
"""


def test_a_scheduler_that_does_not_answer_is_named_and_nothing_is_run(project):
    built = project.build(*REGION, "--dask", "tcp://127.0.0.1:9")
    assert built.returncode == 2
    assert "tcp://127.0.0.1:9" in built.stderr and "nothing was run" in built.stderr
    assert "Traceback" not in built.stderr
    assert not project.answers()


@pytest.mark.slow
def test_resampling_on_two_workers_gives_the_same_bytes():
    given = dict(weights=fcm.SpreadSampler(MAP), draws=400, chunk=64)
    held = partial(survey.clustered_coverage, survey.wilson, 0.4, [10, 20], 0.1, draws=400, chunk=64)
    local = fcm.monte_carlo(MAP, {"up": {"a": 1}}, [0.5] * 3, **given), held()
    workers = distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
    with workers, distributed.Client(workers, set_as_default=False) as client:
        pool = client.get_executor()
        spread = fcm.monte_carlo(MAP, {"up": {"a": 1}}, [0.5] * 3, **given, mapper=pool.map), held(mapper=pool.map)
    assert spread[0].states.tobytes() == local[0].states.tobytes()
    assert spread[1] == local[1]


@pytest.mark.slow
def test_two_workers_one_killed_give_the_bytes_of_a_local_build(project, monkeypatch):
    project.write_notebook("cluster_effect", DIE_ONCE)
    assert project.build(*REGION).returncode == 0
    local = project.answers()
    assert local
    for folder in ("build", ".pytask", "book/generated"):
        shutil.rmtree(project.root / folder, ignore_errors=True)
    (project.root / "slow").touch()
    monkeypatch.setenv("PYTHONPATH", str(project.root / "src"))
    monkeypatch.setenv("UNICLUSTER_ROOT", str(project.root))
    mark, killed = project.root / "running", []

    def kill() -> None:
        for _ in range(1500):
            if mark.exists() and mark.read_text():
                os.kill(int(mark.read_text()), signal.SIGKILL)
                killed.append(mark.read_text())
                return
            time.sleep(0.1)

    with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        killer = threading.Thread(target=kill)
        killer.start()
        built = project.build(*REGION, "--dask", cluster.scheduler_address)
        killer.join()
    assert built.returncode == 0, built.stdout + built.stderr
    assert killed
    assert project.answers() == local
