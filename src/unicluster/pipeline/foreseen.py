"""What a build will run and why, said before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from unicluster.pipeline import recorded
from unicluster.pipeline.plan import Job

MOST_LINES = 12
MOST_REASONS = 3


Why = list[tuple[Job, list[str]]]


def why_run(jobs: Sequence[Job]) -> Why:
    """The notebooks that will run, each with its reasons; jobs without data are left out."""
    return [(job, found) for job in jobs if job.runs and (found := recorded.reasons(job))]


def told(jobs: Sequence[Job], why: Why, workers: int) -> list[str]:
    """The notebooks that will run, each with its reasons, and how long that may take.

    Parameters
    ----------
    jobs : sequence of Job
        Those of the build; jobs without data are left out.
    why : list of tuple
        From `why_run`.
    workers : int
        Notebooks run at the same time.
    """
    running = [job for job in jobs if job.runs]
    if not why:
        return [f"All {len(running)} notebooks stand as they are."]
    if all(found == ["first time"] for _, found in why) and len(why) == len(running):
        return [f"{len(why)} notebooks will run, for the first time."]
    lines = [f"{len(why)} of {len(running)} notebooks will run{_time([job for job, _ in why], workers)}:"]
    for job, found in why[:MOST_LINES]:
        more = f" and {len(found) - MOST_REASONS} more" if len(found) > MOST_REASONS else ""
        lines.append(f"  {job.region.region} {job.chapter.name}: {', '.join(found[:MOST_REASONS])}{more}")
    if len(why) > MOST_LINES:
        lines.append(f"  and {len(why) - MOST_LINES} more")
    return lines


def _time(jobs: Sequence[Job], workers: int) -> str:
    """About how long notebooks take, by their last runs; nothing where none has run before."""
    known = [seconds for job in jobs if (seconds := recorded.seconds(job)) is not None]
    if not known:
        return ""
    return f", in about {max(1, round(mean(known) * len(jobs) / workers))} s"
