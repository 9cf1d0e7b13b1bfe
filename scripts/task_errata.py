"""Write the errata page and export the ledger of claims."""

from pathlib import Path
from typing import Annotated

from pytask import Product

from unicluster import paths
from unicluster.pipeline import plan
from unicluster.regions import DEFAULT

[RECORD] = [job.record for job in plan.jobs(DEFAULT) if job.chapter.name == "claims"]


def task_errata(
    explained: Path = paths.DATA / "paper" / "errata.csv",
    record: Path = RECORD,
    writer: Path = paths.ROOT / "src" / "unicluster" / "pipeline" / "errata.py",
    page: Annotated[Path, Product] = paths.GENERATED / DEFAULT / "errata.md",
    table: Annotated[Path, Product] = paths.BUILD / "claims.csv",
    objects: Annotated[Path, Product] = paths.BUILD / "claims.json",
) -> None:
    # Imported only where it runs, to keep a build with nothing to do quick.
    from unicluster import tables
    from unicluster.pipeline import errata, pages

    pages.write(f"{DEFAULT}/errata.md", errata.errata_page(tables.load("errata"), errata.ledger()))
    errata.export()
