"""Run one notebook for one region, and keep the result only if it succeeded."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat.v4 import new_markdown_cell
from papermill.exceptions import PapermillExecutionError

from unicluster import claims, paths, tables
from unicluster.pipeline import provenance, tested_claims
from unicluster.pipeline.plan import Chapter
from unicluster.pipeline.stamp import stamp
from unicluster.regions import DEFAULT

RECORDED = ("matplotlib", "networkx", "numba", "numpy", "pandas", "scipy", "seaborn", "statsmodels")


KERNEL_OPTIONS = ["--log-level=ERROR"]
"""The kernel warns that it talks without encryption; it listens on this machine only."""


class NotebookError(RuntimeError):
    """A notebook failed; the message is one line that names region, notebook, cause and the copy kept."""


def execute(
    chapter: Chapter,
    given: dict[str, Any],
    inputs: Iterable[Path],
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
    inputs : iterable of Path
        Files whose hashes go into the run record.
    title_of : str, optional
        Name of the region for the page's title.
    fictitious : bool
        Whether the page must say that the region does not exist.

    Raises
    ------
    NotebookError
        When a cell fails; the notebook with its error is kept under ``build/failed``.
    """
    region = given["region"]
    staging = paths.BUILD / "staging" / region / chapter.name
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    executed = staging / f"{chapter.name}.ipynb"
    os.environ["UNICLUSTER_RESULTS"] = str(staging / "results")
    began = time.perf_counter()
    try:
        papermill.execute_notebook(
            chapter.file,
            executed,
            parameters=given,
            kernel_name="python3",
            extra_arguments=KERNEL_OPTIONS,
            progress_bar=False,
            cwd=paths.ROOT,
        )
    except PapermillExecutionError as error:
        raise NotebookError(_keep_failed(region, chapter, executed, error)) from None
    finally:
        del os.environ["UNICLUSTER_RESULTS"]
    seconds = time.perf_counter() - began
    results = staging / "results" / region / chapter.name
    results.mkdir(parents=True, exist_ok=True)
    record = run_record(chapter, given, inputs, seconds)
    (results / "run.json").write_text(record, encoding="utf-8", newline="\n")
    folder = provenance.results_path(region, chapter.name)
    notebook = stamp(nbformat.read(executed, as_version=4), f"{region}-{chapter.name}", title_of, fictitious, folder)
    if chapter.topics and region == DEFAULT:
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


def run_record(chapter: Chapter, given: dict[str, Any], inputs: Iterable[Path], seconds: float) -> str:
    """What is needed to run the same again: parameters, hashes of inputs, commit and versions, as JSON."""
    record = {
        "notebook": chapter.name,
        "parameters": given,
        "inputs": {p.relative_to(paths.ROOT).as_posix(): _sha256(p) for p in sorted(inputs)},
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


def _keep_failed(region: str, chapter: Chapter, executed: Path, error: PapermillExecutionError) -> str:
    kept = paths.BUILD / "failed" / region / f"{chapter.name}.ipynb"
    kept.parent.mkdir(parents=True, exist_ok=True)
    executed.replace(kept)
    cause = " ".join(f"{error.ename}: {error.evalue}".split())
    where = kept.relative_to(paths.ROOT).as_posix()
    return f"notebook {chapter.name} failed for region {region}: {cause[:300]} (kept at {where})"


def _replace_folder(new: Path, old: Path) -> None:
    old.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    new.replace(old)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
