"""Run one notebook for one region, and keep the result only if it succeeded."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_markdown_cell
from papermill.exceptions import PapermillExecutionError

from unicluster import claims, paths, tables
from unicluster.pipeline import provenance, recorded, tested_claims
from unicluster.pipeline.plan import Chapter
from unicluster.pipeline.stamp import stamp
from unicluster.pipeline.warm import engine
from unicluster.pipeline.warm.process import MEMORY_LIMIT
from unicluster.regions import Region, load_region

RECORDED = ("matplotlib", "networkx", "numba", "numpy", "pandas", "scipy", "seaborn", "statsmodels")

KERNEL_OPTIONS = ["--log-level=CRITICAL", "--HistoryManager.enabled=False"]
"""Errors of a notebook come with its outputs; what the kernel itself would say is for who debugs it. A history is for
people."""

CELL_SECONDS = 900
MEMORY_GB = 12
"""Limits of one notebook: time of a cell, and memory where kernels begin warm. The environment variables
``UNICLUSTER_CELL_SECONDS`` and ``UNICLUSTER_MEMORY_GB`` set others."""


class NotebookError(RuntimeError):
    """A notebook failed; the message is one line that names region, notebook, cause and the copy kept."""


def execute(
    chapter: Chapter,
    given: dict[str, Any],
    title_of: str | None = None,
    fictitious: bool = False,
) -> None:
    """Run a notebook with papermill, stamp it and put its results in place.

    Nothing that an earlier run left is touched before this one has succeeded.

    Parameters
    ----------
    chapter : Chapter
    given : dict
        Notebook parameters; ``region`` among them.
    title_of : str, optional
        Name of the region for the page's title.
    fictitious : bool
        Whether the page must say that the region does not exist.

    Raises
    ------
    NotebookError
        When a cell fails, takes too long or wants too much memory; the notebook as far as it went is kept under
        ``build/failed``.
    """
    region = given["region"]
    # Of this process alone: a worker that outlives its build must not write into the next one's.
    staging = paths.BUILD / "staging" / f"{platform.node()}-{os.getpid()}" / region / chapter.name
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    executed = staging / f"{chapter.name}.ipynb"
    noted = staging / "reads.txt"
    for_kernel = {"UNICLUSTER_RESULTS": str(staging / "results"), paths.READS: str(noted)}
    for_kernel[MEMORY_LIMIT] = os.environ.get(MEMORY_LIMIT, str(MEMORY_GB))
    limit = int(os.environ.get("UNICLUSTER_CELL_SECONDS", CELL_SECONDS))
    began, clock = time.time(), time.perf_counter()
    try:
        with _environment(for_kernel):
            notebook = papermill.execute_notebook(
                chapter.file,
                executed,
                parameters=given,
                engine_name=engine.register(),
                kernel_name="python3",
                extra_arguments=KERNEL_OPTIONS,
                execution_timeout=limit,
                progress_bar=False,
                cwd=paths.ROOT,
            )
    except PapermillExecutionError as error:
        raise NotebookError(_keep_failed(region, chapter, executed, f"{error.ename}: {error.evalue}")) from None
    except CellTimeoutError:
        cause = f"a cell took longer than {limit} seconds"
        raise NotebookError(_keep_failed(region, chapter, executed, cause)) from None
    except DeadKernelError:
        cause = "its kernel ended; was it killed for want of memory?"
        raise NotebookError(_keep_failed(region, chapter, executed, cause)) from None
    seconds = time.perf_counter() - clock
    results = staging / "results" / region / chapter.name
    results.mkdir(parents=True, exist_ok=True)
    read = [Path(line) for line in noted.read_text(encoding="utf-8").splitlines()] if noted.is_file() else []
    if changed := recorded.changed_meanwhile(chapter, load_region(region), read, began):
        cause = f"{', '.join(changed)} changed meanwhile; build again, on workers that were started anew"
        raise NotebookError(_keep_failed(region, chapter, executed, cause))
    record = run_record(chapter, given, load_region(region), read, seconds)
    (results / "run.json").write_text(record, encoding="utf-8", newline="\n")
    folder = provenance.results_path(region, chapter.name)
    notebook = stamp(notebook, f"{region}-{chapter.name}", title_of, fictitious, folder)
    if recorded.shows_claims(chapter, region):
        ledger = claims.ledger(tables.load("claims"), claims.load_evidence())
        cell = new_markdown_cell(tested_claims.section(ledger, chapter.topics), id="claims-tested")
        notebook.cells.append(cell)
    saved = [path.name for path in results.iterdir()]
    notebook.cells.append(new_markdown_cell(provenance.panel(json.loads(record), saved, folder), id="provenance"))
    _replace_folder(results, paths.BUILD / "results" / region / chapter.name)
    write_notebook(notebook, paths.GENERATED / region / f"{chapter.name}.ipynb")
    (paths.BUILD / "failed" / region / f"{chapter.name}.ipynb").unlink(missing_ok=True)
    shutil.rmtree(staging)


def write_notebook(notebook: nbformat.NotebookNode, target: Path) -> None:
    """Write a notebook whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    part.replace(target)


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Environment variables for a while: papermill hands its own environment on to the kernel."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def run_record(chapter: Chapter, given: dict[str, Any], region: Region, read: Iterable[Path], seconds: float) -> str:
    """What is needed to run the same again: parameters, hashes of inputs, commit and versions, as JSON."""
    record = {
        "notebook": chapter.name,
        "parameters": given,
        **recorded.dependencies(chapter, region, read),
        "commit": commit(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in RECORDED},
        "seconds": round(seconds, 1),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def commit() -> str:
    """The commit of the working tree, marked where files differ from it; empty outside git."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            cwd=paths.ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return told.stdout.strip()


def _keep_failed(region: str, chapter: Chapter, executed: Path, cause: str) -> str:
    kept = paths.BUILD / "failed" / region / f"{chapter.name}.ipynb"
    kept.parent.mkdir(parents=True, exist_ok=True)
    if executed.is_file():
        executed.replace(kept)
    where = kept.relative_to(paths.ROOT).as_posix()
    return f"notebook {chapter.name} failed for region {region}: {' '.join(cause.split())[:300]} (kept at {where})"


def _replace_folder(new: Path, old: Path) -> None:
    old.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    new.replace(old)
