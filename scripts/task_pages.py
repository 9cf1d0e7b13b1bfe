"""Write the book's generated pages and its table of contents."""

from pathlib import Path
from typing import Annotated

from pytask import Product

from unicluster import language, paths
from unicluster.pipeline import inputs, plan

JOBS = plan.jobs()
WRITERS = [inputs.pipeline_file(n) for n in ("comparison", "downloads", "glossary", "home", "pages", "plan", "toc")]
DATA = sorted({file for job in JOBS for file in inputs.data_files(job.region)})
CATALOGUES = sorted(language.FOLDER.rglob("*.po"))


def task_pages(
    writers: list[Path] = WRITERS,
    data: list[Path] = DATA,
    catalogues: list[Path] = CATALOGUES,
    terms: Path = paths.DATA / "glossary" / "terms.csv",
    static: Path = paths.BOOK / "_toc.yml",
    records: list[Path] = [job.record for job in JOBS if job.runs],  # noqa: B006
    produced: Annotated[list[Path], Product] = [  # noqa: B006
        paths.GENERATED / "_toc.yml",
        *(paths.GENERATED / f"found-{code}.md" for code in language.LANGUAGES),
        paths.GENERATED / "chapters.md",
        paths.GENERATED / "comparison.md",
        paths.GENERATED / "data.md",
        paths.GENERATED / "downloads.md",
        paths.GENERATED / "glossary.md",
        paths.GENERATED / "runs.md",
    ],
    missing: Annotated[list[Path], Product] = [job.page for job in JOBS if not job.runs],  # noqa: B006
) -> None:
    # Imported only where it runs, to keep a build with nothing to do quick.
    from unicluster.pipeline import comparison, downloads, glossary, home, pages, toc

    pages.remove_stale(JOBS)
    for job in JOBS:
        if not job.runs:
            pages.write(f"{job.region.region}/{job.page.name}", pages.missing_page(job))
    for region in {job.region.region: job.region for job in JOBS}.values():
        its_jobs = [job for job in JOBS if job.region is region]
        pages.write(f"{region.region}/index.md", pages.region_page(region, its_jobs))
    for code in language.LANGUAGES:
        pages.write(f"found-{code}.md", home.found(code))
    pages.write("chapters.md", home.every_chapter(JOBS))
    pages.write("comparison.md", comparison.page(JOBS))
    pages.write("data.md", pages.data_page())
    pages.write("downloads.md", downloads.page(JOBS))
    pages.write("glossary.md", glossary.page())
    pages.write("runs.md", pages.runs_page(JOBS))
    pages.write("_toc.yml", toc.contents(JOBS))
