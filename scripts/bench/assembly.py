"""Putting the book together, and the weight of its pages, as regions are added.

The chapters are the committed notebooks with their outputs, so that nothing is run and what is measured is the book.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import small_project

from unicluster.regions import DEFAULT
from unicluster.regions.examples import TEACHING

SIZES = (1, 5, 20)
PAGES = """\
import nbformat
from unicluster.pipeline import downloads, glossary, home, pages, plan, toc
from unicluster.pipeline.stamp import stamp

jobs = plan.jobs()
for job in jobs:
    region = job.region.region
    pages.write(f"{region}/index.md", pages.region_page(job.region, [one for one in jobs if one.region is job.region]))
    if not job.runs:
        pages.write(f"{region}/{job.page.name}", pages.missing_page(job))
        continue
    notebook = stamp(nbformat.read(job.chapter.file, 4), f"{region}-{job.chapter.name}", job.region.name["en"])
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                output["data"]["image/svg+xml"] += f"<!-- {region} -->"  # each region has figures of its own
    nbformat.write(notebook, job.page)
regions = dict.fromkeys(job.region.region for job in jobs)
for name in ("comparison", "runs", *(f"{region}/dossier{of}" for region in regions for of in ("", "-ru"))):
    pages.write(f"{name}.md", f"# {name}\\n")
pages.write(f"{jobs[0].region.region}/errata.md", "# Errata\\n")
for code in ("en", "ru"):
    pages.write(f"found-{code}.md", "Nothing was computed.\\n")
pages.write("chapters.md", home.every_chapter(jobs))
pages.write("data.md", pages.data_page())
pages.write("downloads.md", downloads.page(jobs))
pages.write("glossary.md", glossary.page())
pages.write("_toc.yml", toc.contents(jobs))
"""
BUILD = "from unicluster.pipeline import book; book.build()"
PLAIN = "cite.html"
"""A page that holds the same however many regions there are; the median page is another as chapters are added."""

LOADED = re.compile(r'<(?:script|img|link(?= [^>]*rel="stylesheet"))\s[^>]*?(?:src|href)="([^"?:]+)')


def rows() -> list[dict]:
    """Processor time of a further region, and the weight of pages, between sizes."""
    seconds, weights, plain = {}, {}, {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            project(Path(folder), size)
            timed(PAGES, Path(folder))
            seconds[size] = timed(BUILD, Path(folder))
            weighed = weigh(Path(folder) / "_build" / "html")
            weights[size], plain[size] = median(weighed.values()), weighed[PLAIN]
    first, second, third = SIZES
    early = (seconds[second] - seconds[first]) / (second - first)
    late = (seconds[third] - seconds[second]) / (third - second)
    growth = (plain[third] - plain[second]) / plain[second]
    return [
        row(f"time of a further region: {second} to {third} / {first} to {second}", late / early, "ratio", 1.2),
        row(f"the same page: growth from {second} to {third} regions", 100 * growth, "%", 5),
        *(row(f"{size} further regions", seconds[size], "s", None) for size in SIZES),
        *(row(f"the same page with {size} further regions", plain[size] / 1000, "kB", None) for size in SIZES),
        *(row(f"median page with {size} further regions", weights[size] / 1000, "kB", None) for size in SIZES),
    ]


def project(root: Path, number: int) -> None:
    """A compendium of the article's data and so many regions with every chapter."""
    small_project.copy(root, (*small_project.FOLDERS, "notebooks"))
    regions = root / "data" / "regions"
    files = {file.name: file.read_bytes() for file in (regions / TEACHING).iterdir() if file.is_file()}
    small_project.keep_regions(root, [DEFAULT])
    for count in range(number):
        folder = regions / f"region-{count}"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(
                content.replace(f"region: {TEACHING}".encode(), f"region: {folder.name}".encode())
            )
    for page in regions.parents[1].joinpath("book").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"generated/{TEACHING}/", "generated/region-0/"), encoding="utf-8")


def timed(program: str, root: Path) -> float:
    """Seconds of processor time that a program takes in the compendium; other work on the machine is left out."""
    environment = small_project.environment(root)
    began = os.times()
    subprocess.run([sys.executable, "-c", program], cwd=root, env=environment, check=True)
    ended = os.times()
    return ended.children_user + ended.children_system - began.children_user - began.children_system


def weigh(html: Path) -> dict[str, float]:
    """Bytes of each page with the scripts, style sheets and images that it names."""
    weights = {}
    for page in html.rglob("*.html"):
        name = page.relative_to(html).as_posix()
        if not name.startswith("_"):
            files = {(page.parent / one).resolve() for one in LOADED.findall(page.read_text(encoding="utf-8"))}
            weights[name] = page.stat().st_size + sum(file.stat().st_size for file in files if file.is_file())
    return weights


def row(name: str, measured: float, unit: str, target: float | None) -> dict:
    """A benchmark's row."""
    met = None if target is None else measured <= target
    return {"name": f"book, {name}", "measured": measured, "unit": unit, "target": target, "met": met}
