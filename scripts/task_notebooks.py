"""Run every notebook for every region that has its data."""

import json
from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from unicluster.pipeline import inputs, plan
from unicluster.regions import DEFAULT

JOBS = plan.jobs()
LIBRARY = inputs.library_files()

for job in JOBS:
    if not job.runs:
        continue
    region = job.region.region
    title_of = None if region == DEFAULT else job.region.name["en"]

    @task(id=f"{region}-{job.chapter.name}")
    def task_notebook(
        notebook: Path = job.chapter.file,
        data: list[Path] = inputs.data_files(job.region),  # noqa: B008
        library: list[Path] = LIBRARY,
        name: str = job.chapter.name,
        title_of: str | None = title_of,
        fictitious: bool = job.region.fictitious,
        given: str = PythonNode(value=json.dumps(job.given, sort_keys=True), hash=True),
        page: Annotated[Path, Product] = job.page,
        record: Annotated[Path, Product] = job.record,
    ) -> None:
        # Imported only where a notebook runs: a build with nothing to do would spend most of its time on it.
        from unicluster.pipeline import run

        run.execute(plan.chapter(name), json.loads(given), [notebook, *data], title_of, fictitious)
