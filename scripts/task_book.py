"""Turn the pages into the HTML book."""

from pathlib import Path
from typing import Annotated

from pytask import Product

from unicluster import paths, tables
from unicluster.pipeline import dossiers, inputs, plan
from unicluster.regions import DEFAULT, list_regions

JOBS = plan.jobs()
BUILDERS = [
    inputs.pipeline_file(name)
    for name in ("accessible", "book", "downloads", "glossary", "leftovers", "markup", "policy", "weight")
]
PAGES = [
    paths.GENERATED / name
    for name in (
        "_toc.yml",
        "chapters.md",
        "comparison.md",
        "data.md",
        "downloads.md",
        "glossary.md",
        "runs.md",
        "found-en.md",
        "found-ru.md",
        f"{DEFAULT}/errata.md",
    )
]
OFFERED = [file for region in list_regions() for file in dossiers.products(region)]
OFFERED += [table.file for table in tables.dictionary().values()]
WRITTEN = sorted(p for p in paths.BOOK.rglob("*") if p.is_file() and paths.GENERATED not in p.parents)


def task_book(
    written: list[Path] = WRITTEN,
    included: Path = paths.DATA / "paper" / "TRANSCRIPTION.md",
    terms: Path = paths.DATA / "glossary" / "terms.csv",
    config: Path = paths.ROOT / "_config.yml",
    generated: list[Path] = PAGES,
    chapters: list[Path] = [job.page for job in JOBS],  # noqa: B006
    records: list[Path] = [job.record for job in JOBS if job.runs],  # noqa: B006
    lab: Path = paths.FCM_LAB / "regions.js",
    offered: list[Path] = OFFERED,
    builder: list[Path] = BUILDERS,
    index: Annotated[Path, Product] = paths.HTML / "index.html",
) -> None:
    # Imported only where it runs, to keep a build with nothing to do quick.
    from unicluster.pipeline import book

    book.build()
