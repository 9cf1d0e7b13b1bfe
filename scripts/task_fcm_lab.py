"""Write the data of the FCM lab."""

from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode

from unicluster import paths
from unicluster.pipeline import inputs, plan

JOBS = [job for job in plan.jobs() if job.chapter.name == "fcm_scenarios" and job.runs]
NAMES = [f"{job.region.region}.{ending}" for job in JOBS for ending in ("json", "js")]


def task_fcm_lab(
    library: str = PythonNode(value="library", hash=lambda _: inputs.digest(inputs.library_files())),
    writer: Path = paths.ROOT / "src" / "unicluster" / "pipeline" / "fcm_lab.py",
    concepts: Path = paths.DATA / "fcm" / "concepts.csv",
    regions: list[Path] = [job.region.folder / "region.yml" for job in JOBS],  # noqa: B006
    records: list[Path] = [job.record for job in JOBS],  # noqa: B006
    produced: Annotated[list[Path], Product] = [  # noqa: B006
        paths.FCM_LAB / name for name in ("regions.js", *NAMES)
    ],
) -> None:
    # Imported only where it runs, to keep a build with nothing to do quick.
    from unicluster.pipeline import fcm_lab

    fcm_lab.write(JOBS)
