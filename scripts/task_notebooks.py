"""Run every notebook for every region that has its data."""

import json
from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from unicluster.pipeline import plan, recorded
from unicluster.regions import DEFAULT

for job in plan.jobs():
    if not job.runs:
        continue
    region = job.region.region
    title_of = None if region == DEFAULT else job.region.name["en"]

    @task(id=f"{region}-{job.chapter.name}")
    def task_notebook(
        # What it depends on is what its last run read and could reach; the node's state is taken again after a run.
        needs: str = PythonNode(value=f"{region}/{job.chapter.name}", hash=lambda _, job=job: recorded.state(job)),
        name: str = job.chapter.name,
        title_of: str | None = title_of,
        fictitious: bool = job.region.fictitious,
        given: str = PythonNode(value=json.dumps(job.given, sort_keys=True), hash=True),
        page: Annotated[Path, Product] = job.page,
        record: Annotated[Path, Product] = job.record,
    ) -> None:
        # Imported only where a notebook runs: a build with nothing to do would spend most of its time on it.
        from unicluster.pipeline import run

        run.execute(plan.chapter(name), json.loads(given), title_of, fictitious)
