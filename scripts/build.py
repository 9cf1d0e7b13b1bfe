"""Check everything, then run what changed and build the book (`make book`, `make region`, `make dossier`)."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import signal
import sys
import threading
import time
from types import FrameType

from unicluster import paths
from unicluster.pipeline import lock, standing
from unicluster.pipeline.warm import process

NOTEBOOKS_NEED = ("unicluster.pipeline.run",)
BOOK_NEEDS = ("unicluster.dossier", "unicluster.pipeline.pages")
"""What tasks import where they run, because a build with nothing to do would spend most of its time on it."""

STOPPED = 130
"""Exit code of a build that was interrupted, as shells have it."""

PAUSE = 0.005
"""Seconds between two looks at which tasks have ended."""


def main() -> int:
    """Build the book, or run only one region's notebooks; the exit code is 0 when all went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--region", help="run only this region's notebooks")
    parser.add_argument("--dossier", action="store_true", help="write that region's dossier too")
    parser.add_argument("--only-notebooks", action="store_true", help="run notebooks, and write neither pages nor book")
    parser.add_argument("--workers", type=int, default=2, help="notebooks run at the same time")
    parser.add_argument(
        "--dask", default=os.environ.get("UNICLUSTER_DASK"), help="run on this Dask scheduler, such as tcp://host:8786"
    )
    wanted = parser.parse_args()
    try:
        with lock.held():
            part = "dossier" if wanted.dossier else "notebooks" if wanted.only_notebooks or wanted.region else "book"
            tasks = standing.begin(f"{wanted.region or ''}.{part}")
            # Who names a scheduler wants to know whether it can be reached.
            if tasks is None or wanted.dask:
                return build(wanted)
            print("Nothing has changed since the last build.")
            say_where(wanted)
            print(f"0 ran, {tasks} unchanged, 0 failed")
            return 0
    except lock.HeldError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped before anything was run", file=sys.stderr)
        return STOPPED


def say_where(wanted: argparse.Namespace) -> None:
    """Say where the files are that were asked for."""
    if wanted.region and wanted.dossier:
        print(f"The dossier goes to build/dossiers/{wanted.region}/", flush=True)


def build(wanted: argparse.Namespace) -> int:
    """Run the tasks that must run, with a warm process for their kernels; the exit code."""
    # The warm process imports for seconds: meanwhile this one does, and checks.
    warm = None if wanted.dask else process.share()
    try:
        return run_tasks(wanted)
    finally:
        if warm:
            warm.kill()
            warm.wait()


def run_tasks(wanted: argparse.Namespace) -> int:
    """Check everything, say what will run and why, and run it; the exit code, 2 where nothing can be run."""
    # Imported only now, to keep a build with nothing to do quick.
    from unicluster.faults import InputError, refuse
    from unicluster.pipeline import foreseen, plan
    from unicluster.regions import check_region, list_regions

    try:
        refuse(fault for name in list_regions() for fault in check_region(name))
        jobs = plan.jobs(wanted.region)
    except InputError as error:
        count = len(error.faults)
        print(f"{error}\n{count} fault{'s' * (count > 1)} in the data: nothing was run.", file=sys.stderr)
        return 2
    try:
        backend = place(wanted)
    except InputError as error:
        print(f"{error}: nothing was run.", file=sys.stderr)
        return 2
    # What a build that was killed left half done; no other build is at work, so nobody needs it.
    shutil.rmtree(paths.BUILD / "staging", ignore_errors=True)
    why = foreseen.why_run(jobs)
    print("\n".join(foreseen.told(jobs, why, wanted.workers)), flush=True)
    if why and not wanted.dask:
        # Workers are forked from this process and need not import again what it has imported.
        for name in NOTEBOOKS_NEED if wanted.only_notebooks or wanted.region else NOTEBOOKS_NEED + BOOK_NEEDS:
            importlib.import_module(name)
    say_where(wanted)
    return ask_tasks(["--n-workers", str(wanted.workers), "--parallel-backend", backend, *selection(wanted)])


def place(wanted: argparse.Namespace) -> str:
    """Where tasks will run, as pytask's name of it; with a scheduler its number of workers is the one that counts."""
    if wanted.dask:
        # Imported only where it is used: it takes a good part of a second.
        from unicluster.pipeline import scheduler

        wanted.workers = scheduler.connect(wanted.dask)
        return "custom"
    if process.available():
        from unicluster.pipeline import workers

        workers.register()
        return "custom"
    return "loky"


def selection(wanted: argparse.Namespace) -> list[str]:
    """The options with which pytask runs the tasks that were asked for; those they depend on run too."""
    if not wanted.region:
        return ["-k", "task_notebook"] if wanted.only_notebooks else []
    from unicluster.regions import list_regions

    task = "task_dossier" if wanted.dossier else "task_notebook"
    # pytask looks for parts of names: a region may be part of another's.
    others = [name for name in list_regions() if name != wanted.region and f"{wanted.region}-" in f"{name}-"]
    return ["-k", " and not ".join([f"{task} and {wanted.region}-", *(f"{name}-" for name in others)])]


def ask_tasks(options: list[str]) -> int:
    """Let pytask ask every task and run those that must run; its exit code, another one after an interrupt."""
    import pytask
    import pytask_parallel.execute

    # It looks for ended tasks up to a second apart, in which their workers would have nothing to do.
    pytask_parallel.execute._Sleeper.sleep = lambda _: time.sleep(PAUSE)
    interrupted = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupted.set()
        signal.default_int_handler(number, frame)

    # It takes an interrupt for the end of a build that went well.
    signal.signal(signal.SIGINT, interrupt)
    try:
        pytask.cli(["build", *options, str(paths.ROOT / "scripts")])
    except SystemExit as ended:
        if not interrupted.is_set():
            return int(ended.code or 0)
    print("stopped: what has ended is kept, and the next build goes on from there", file=sys.stderr)
    return STOPPED


if __name__ == "__main__":
    sys.exit(main())
