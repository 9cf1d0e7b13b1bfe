"""The pipeline: a warm kernel against an ordinary one, and what a further region costs.

What a further region costs is measured with notebooks that do next to nothing, so that what is measured is the
pipeline and not the chapters; what need not run again, with the chapters themselves.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import small_project
from nbformat.v4 import new_code_cell, new_notebook

IMPORTS = """\
import pandas, seaborn, statsmodels.api
from unicluster import economics, figures, readings, regions, results, survey, tables"""
ENGINE = """\
import sys, time, papermill
from unicluster.pipeline.warm import engine
name = engine.register() if sys.argv[2] == "warm" else None
seconds = []
for _ in range(5):
    began = time.perf_counter()
    papermill.execute_notebook(sys.argv[1], sys.argv[1] + ".out", engine_name=name, progress_bar=False)
    seconds.append(time.perf_counter() - began)
print(min(seconds[1:]))
"""
WORK = """\
import pandas as pd
from unicluster import results
run = results.start(region, "{name}")
run.table("answer", pd.DataFrame({{"region": [region]}}), "An answer")
"""
CLUSTER = """\
import sys, distributed
workers = distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
print(workers.scheduler_address, flush=True)
sys.stdin.read()
"""
SIZES = (5, 10, 40)


def rows() -> list[dict]:
    """The fixed cost of a notebook, and builds of more and more regions."""
    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(folder) / "imports.ipynb"
        nbformat.write(
            new_notebook(cells=[new_code_cell(IMPORTS, id="imports")], metadata=small_project.KERNEL), notebook
        )
        ordinary, warm = (engine(notebook, which) for which in ("ordinary", "warm"))
    made = [row("fixed cost of a notebook: warm / ordinary kernel", warm / ordinary, "ratio", 0.15)]
    made += [row("fixed cost, warm", warm, "s", None), row("fixed cost, ordinary", ordinary, "s", None)]
    seconds, peaks = {}, {}
    for size in SIZES:
        runs = []
        for _time in range(2):
            with tempfile.TemporaryDirectory() as folder:
                project(Path(folder), size)
                runs.append(build(Path(folder)))
        seconds[size], peaks[size] = map(min, zip(*runs, strict=True))
    # What starting costs is the same for each size; the rest is by the region.
    marginal = [(seconds[b] - seconds[a]) / (b - a) for a, b in ((5, 10), (10, 40))]
    made.append(row("time of a further region: 10 to 40 / 5 to 10", marginal[1] / marginal[0], "ratio", 1.1))
    made.append(row("peak memory: 40 regions / 5", peaks[40] / peaks[5], "ratio", 1.1))
    with tempfile.TemporaryDirectory() as local, tempfile.TemporaryDirectory() as spread:
        for folder in (local, spread):
            project(Path(folder), 40)
        with workers(Path(spread)) as address:
            on_dask, _peak = build(Path(spread), "--dask", address)
        here, _peak = build(Path(local))
    made.append(row("two Dask workers / two local ones, 40 regions", on_dask / here, "ratio", 1.25))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        project(root, 20, chapters=True)
        cold, _peak = build(root)
        unchanged, _peak = build(root)
        with (root / "data" / "regions" / "region-7" / "region.yml").open("a", encoding="utf-8") as file:
            file.write("# a remark\n")
        changed, _peak = build(root)
    made.append(row("chapters of 20 regions, unchanged / cold", unchanged / cold, "ratio", 0.02))
    made.append(row("chapters of 20 regions, one changed / cold", changed / cold, "ratio", 0.1))
    made.append(row("chapters of 20 regions, cold", cold, "s", None))
    return made


def engine(notebook: Path, which: str) -> float:
    """Seconds that the notebook takes with a kind of kernel, the first time left out."""
    command = [sys.executable, "-c", ENGINE, notebook, which]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def project(root: Path, number: int, chapters: bool = False) -> None:
    """A compendium of so many regions with its own chapters, or with notebooks that do next to nothing."""
    small_project.copy(root, (*small_project.FOLDERS, *(["notebooks"] if chapters else [])))
    regions = root / "data" / "regions"
    described = (regions / "akmola" / "region.yml").read_text(encoding="utf-8")
    small_project.keep_regions(root, ["kazakhstan"])
    for count in range(number - 1):
        folder = regions / f"region-{count}"
        folder.mkdir()
        text = described.replace("region: akmola", f"region: region-{count}")
        (folder / "region.yml").write_text(text, encoding="utf-8")
    if not chapters:
        small_project.write_notebooks(root, WORK)
    subprocess.run([sys.executable, "-m", "compileall", "-q", root / "src"], check=True)


@contextmanager
def workers(root: Path) -> Iterator[str]:
    """Two Dask workers that know the project; the address of their scheduler."""
    command = [sys.executable, "-c", CLUSTER]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=root, env=small_project.environment(root), stdin=pipe, stdout=pipe, text=True
    ) as started:
        yield started.stdout.readline().strip()
        started.stdin.close()


def build(root: Path, *options: str) -> tuple[float, float]:
    """Seconds that the notebooks of a project take, and the most memory of one of the build's processes, in KiB."""
    command = [sys.executable, "scripts/build.py", "--only-notebooks", *options]
    began = time.perf_counter()
    started = subprocess.Popen(command, cwd=root, env=small_project.environment(root), stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise subprocess.CalledProcessError(started.returncode, command)
    return time.perf_counter() - began, used.ru_maxrss


def row(name: str, measured: float, unit: str, target: float | None) -> dict:
    """A benchmark's row."""
    met = None if target is None else measured <= target
    return {"name": f"pipeline, {name}", "measured": measured, "unit": unit, "target": target, "met": met}
