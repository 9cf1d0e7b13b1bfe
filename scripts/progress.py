"""What the pipeline says while it runs: a line when a task ends, and a line that names each failure."""

from __future__ import annotations

import sys
import time

from pytask import ExecutionReport, PathNode, Session, TaskOutcome, hookimpl
from pytask.tree_util import tree_leaves

from unicluster.pipeline import standing

WORDS = {
    TaskOutcome.SUCCESS: "done",
    TaskOutcome.SKIP_UNCHANGED: "unchanged",
    TaskOutcome.SKIP: "skipped",
    TaskOutcome.SKIP_PREVIOUS_FAILED: "not run: something it needs failed",
    TaskOutcome.FAIL: "FAILED",
    TaskOutcome.WOULD_BE_EXECUTED: "would run",
    TaskOutcome.PERSISTENCE: "kept",
}


@hookimpl
def pytask_execute_log_start(session: Session) -> None:
    """Remember when the run began."""
    session.config["unicluster_began"] = time.monotonic()
    session.config["unicluster_ended"] = session.config["unicluster_ran"] = 0


@hookimpl(tryfirst=True)
def pytask_execute_task_log_end(session: Session, report: ExecutionReport) -> bool:
    """Say how far the run is, in place of pytask's dots."""
    if report.outcome == TaskOutcome.SKIP:
        return True
    session.config["unicluster_ended"] += 1
    if report.outcome == TaskOutcome.SKIP_UNCHANGED:
        return True
    seconds = time.monotonic() - session.config["unicluster_began"]
    # What is not wanted is marked to be skipped before the run.
    tasks = sum(not any(mark.name == "skip" for mark in task.markers) for task in session.tasks)
    ended = session.config["unicluster_ended"]
    session.config["unicluster_ran"] += report.outcome == TaskOutcome.SUCCESS
    left = seconds / session.config["unicluster_ran"] * (tasks - ended) if session.config["unicluster_ran"] else 0
    about = f", about {left:.0f} s left" if left >= 1 else ""
    print(f"[{ended}/{tasks}, {seconds:.0f} s{about}] {name(report)}: {WORDS[report.outcome]}", flush=True)
    return True


@hookimpl
def pytask_execute_log_end(session: Session, reports: list[ExecutionReport]) -> None:
    """Say what ran, what was unchanged, and each failure in one line."""
    outcomes = [report.outcome for report in reports]
    for report in reports:
        if report.outcome == TaskOutcome.FAIL and report.exc_info:
            cause = " ".join(str(report.exc_info[1]).split())
            print(f"FAILED {name(report)}: {cause}", file=sys.stderr, flush=True)
    ran, failed = outcomes.count(TaskOutcome.SUCCESS), outcomes.count(TaskOutcome.FAIL)
    unchanged = outcomes.count(TaskOutcome.SKIP_UNCHANGED)
    print(f"{ran} ran, {unchanged} unchanged, {failed} failed", flush=True)
    wanted = [report.task for report in reports if report.outcome != TaskOutcome.SKIP]
    if ran + unchanged == len(wanted) and len(reports) == len(session.tasks):
        products = [leaf for task in wanted for leaf in tree_leaves(task.produces) if isinstance(leaf, PathNode)]
        standing.end([product.path for product in products], len(wanted))


def name(report: ExecutionReport) -> str:
    """A task's name as readers know it: the region and notebook, or the step."""
    full = report.task.name.rpartition("::")[2]
    return full.removeprefix("task_").removeprefix("notebook[").removesuffix("]")
