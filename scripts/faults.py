"""Fault campaign (`make faults`): builds that are killed, interrupted, starved or hung at random moments.

Each run makes a small project, lets a fault strike its build at a random moment (seeded), builds again, and compares
every result, page and table of contents with those of a build that nothing disturbed. Prints a table and leaves with
1 where any run did not come to the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import small_project

KEPT = ("kazakhstan", "akmola")
REGION = "akmola"
WORK = """\
import time
from pathlib import Path
import numpy as np, pandas as pd
from unicluster import results
run = results.start(region, "{name}")
rows = pd.DataFrame({{"step": range(40), "value": np.random.default_rng(7).random(40)}})
for step in range(3):
    run.table(f"part_{{step}}", rows.assign(step=step), "A part")
    time.sleep(0.2)
if Path("{name}.hang").exists():
    time.sleep(60)
if Path("{name}.greedy").exists():
    np.ones(2 * 2**30)
run.table("whole", rows, "The whole")
"""
LIMITS = {"UNICLUSTER_CELL_SECONDS": "4", "UNICLUSTER_MEMORY_GB": "8"}


def project(root: Path) -> None:
    """A copy of the compendium with two regions and notebooks that take a second."""
    small_project.copy(root)
    small_project.keep_regions(root, KEPT)
    small_project.write_notebooks(root, WORK)


def start(root: Path, limit: Callable[[], None] | None = None) -> subprocess.Popen:
    """Begin a build of one region in a process group of its own."""
    environment = {**small_project.environment(root), **LIMITS}
    command = [sys.executable, "scripts/build.py", "--region", REGION]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=root, env=environment, start_new_session=True, preexec_fn=limit, **silent)


def outcome(root: Path) -> dict[str, bytes]:
    """Every file that a build leaves for readers and later steps; of run records what does not tell the time."""
    found = {}
    for folder in (root / "build" / "results", root / "book" / "generated"):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = file.read_bytes()
            if file.name == "run.json":
                content = json.dumps({**json.loads(content), "seconds": 0}, sort_keys=True).encode()
            elif file.suffix == ".ipynb":
                content = without_times(content)
            found[file.relative_to(root).as_posix()] = content
    return found


def without_times(notebook: bytes) -> bytes:
    """A notebook without what papermill notes of its run."""
    content = json.loads(notebook)
    for part in (content, *content["cells"]):
        part["metadata"].pop("papermill", None)
    return json.dumps(content, sort_keys=True).encode()


def members(build: subprocess.Popen, what: str) -> list[psutil.Process]:
    """Processes of a build: its workers, its warm process, or the kernels."""
    with suppress(psutil.Error):
        below = psutil.Process(build.pid).children(recursive=True)
        warm = [process for process in below if "unicluster.pipeline.warm.server" in process.cmdline()]
        servers = [process for process in warm if process.ppid() == build.pid]
        if what == "warm process":
            return servers
        if what == "kernel":
            return [process for process in warm if process not in servers]
        return [process for process in below if process.cmdline() == build.args and process.ppid() == build.pid]
    return []


def strike(build: subprocess.Popen, what: str) -> None:
    """Kill one of a build's processes, as soon as there is one."""
    while build.poll() is None:
        for process in members(build, what):
            with suppress(psutil.Error):
                process.kill()
                return
        time.sleep(0.05)


def kill_driver(build: subprocess.Popen) -> None:
    """Kill the build itself and nothing else."""
    build.kill()


def interrupt(build: subprocess.Popen) -> None:
    """Ctrl-C: the terminal sends it to the whole group."""
    with suppress(ProcessLookupError):
        os.killpg(build.pid, signal.SIGINT)


def full_disk() -> None:
    """Files can no longer grow beyond a few bytes, as when the disk is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, resource.RLIM_INFINITY))


BLOWS: dict[str, Callable[[subprocess.Popen], None]] = {
    "build killed": kill_driver,
    "Ctrl-C": interrupt,
    "worker killed": lambda build: strike(build, "worker"),
    "kernel killed": lambda build: strike(build, "kernel"),
    "warm process killed": lambda build: strike(build, "warm process"),
}
OTHERS = ("full disk", "notebook hangs", "notebook eats memory")


def run(root: Path, fault: str, chance: random.Random, whole: float) -> None:
    """One build of a fresh folder that the fault strikes."""
    for folder in (root / "build", root / "book" / "generated", root / ".pytask"):
        shutil.rmtree(folder, ignore_errors=True)
    (root / "pytask.lock").unlink(missing_ok=True)
    name = chance.choice(["cluster_effect", "cluster_model", "literature_factors", "fcm_scenarios"])
    mark = root / f"{name}.{'hang' if fault == 'notebook hangs' else 'greedy'}"
    if fault in OTHERS[1:]:
        mark.touch()
    build = start(root, full_disk if fault == "full disk" else None)
    if fault in BLOWS:
        time.sleep(chance.uniform(0.2, whole))
        if build.poll() is None:
            BLOWS[fault](build)
    build.wait()
    mark.unlink(missing_ok=True)


def main() -> int:
    """Run the campaign and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=56, help="runs in all, spread over the faults")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    faults = [*BLOWS, *OTHERS]
    chance, good, done = random.Random(wanted.seed), Counter(), Counter()
    with tempfile.TemporaryDirectory(prefix="unicluster-faults-") as folder:
        root = Path(folder)
        project(root)
        began = time.monotonic()
        if start(root).wait():
            print("the undisturbed build failed", file=sys.stderr)
            return 2
        whole, undisturbed = time.monotonic() - began, outcome(root)
        for number in range(wanted.runs):
            fault = faults[number % len(faults)]
            run(root, fault, chance, whole)
            again = start(root).wait()
            same = again == 0 and outcome(root) == undisturbed
            done[fault] += 1
            good[fault] += same
            print(f"[{number + 1}/{wanted.runs}] {fault}: {'same bytes' if same else 'DIFFERENT'}", flush=True)
    print(f"\n{'fault':24} {'runs':>5} {'same bytes after the next build':>32}")
    for fault in faults:
        print(f"{fault:24} {done[fault]:>5} {good[fault]:>32}")
    return int(good != done)


if __name__ == "__main__":
    sys.exit(main())
