"""Write the application dossier of every region."""

import json
from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from unicluster import language, paths
from unicluster.pipeline import dossiers, inputs, plan
from unicluster.regions import DEFAULT

JOBS = plan.jobs()
LIBRARY = [*inputs.library_files(), *inputs.dossier_files(), Path(dossiers.__file__)]
SHARED = [
    paths.DATA / "datapackage.json",
    *sorted((paths.DATA / "dossier").glob("*.csv")),
    *sorted(language.FOLDER.rglob("*.po")),
]

for region in dict.fromkeys(job.region.region for job in JOBS):

    @task(id=f"{region}-dossier")
    def task_dossier(
        region: str = region,
        results: list[Path] = [j.record for j in JOBS if j.runs and j.region.region in (region, DEFAULT)],  # noqa: B006
        data: list[Path] = next(j.region.files() for j in JOBS if j.region.region == region),  # noqa: B008
        shared: list[Path] = SHARED,
        library: str = PythonNode(value="library", hash=lambda _: inputs.digest(LIBRARY)),
        parameters: str = PythonNode(value=json.dumps(dossiers.parameters_of(region), sort_keys=True), hash=True),
        products: Annotated[list[Path], Product] = dossiers.products(region),  # noqa: B008
    ) -> None:
        dossiers.write_all(region, json.loads(parameters))
