"""What a reader can take away: notebooks with and without outputs, result tables, and the whole as an RO-Crate."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import yaml

from unicluster import paths, tables
from unicluster.escape import as_html, markdown
from unicluster.pipeline.plan import CHAPTERS, Job
from unicluster.regions import list_regions, load_region

CITATION = paths.ROOT / "CITATION.cff"
LICENCES = {
    "text and data": "https://creativecommons.org/licenses/by/4.0/",
    "code": "https://opensource.org/license/mit",
}
DESCRIBED = {
    "datapackage.json": "The data dictionary: every table, column, type, unit and source (Frictionless)",
    "claims.csv": "Every claim of the article with its verdict, as a table",
    "claims.json": "Every claim of the article with its verdict, as objects",
}
FORMATS = {".csv": "text/csv", ".json": "application/json", ".ipynb": "application/x-ipynb+json"}


def copy(html: Path) -> None:
    """Put everything that the page on downloads leads to into the built book, and describe it as an RO-Crate.

    Parameters
    ----------
    html : Path
        Folder of the built book.
    """
    results = paths.BUILD / "results"
    if results.is_dir():
        shutil.copytree(results, html / "results", ignore=shutil.ignore_patterns("*.svg", "*.figure.json"))
    (html / "data").mkdir(exist_ok=True)
    shutil.copy(paths.DATA / "datapackage.json", html / "data" / "datapackage.json")
    for table in tables.dictionary().values():
        (html / "data" / table.path).parent.mkdir(exist_ok=True)
        shutil.copy(table.file, html / "data" / table.path)
    for name in ("claims.csv", "claims.json"):
        if (paths.BUILD / name).is_file():
            shutil.copy(paths.BUILD / name, html / "data" / name)
    (html / "notebooks" / "exercise").mkdir(parents=True, exist_ok=True)
    for chapter in CHAPTERS:
        notebook = nbformat.read(chapter.file, as_version=4)
        nbformat.write(notebook, html / "notebooks" / chapter.file.name)
        nbformat.write(without_outputs(notebook), html / "notebooks" / "exercise" / chapter.file.name)
    (html / "ro-crate-metadata.json").write_text(crate(html), encoding="utf-8", newline="\n")


def without_outputs(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook as one begins with it: nothing has run, and no code is hidden."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            kept = [tag for tag in cell.metadata.get("tags", []) if tag == "parameters"]
            cell.metadata = nbformat.NotebookNode({"tags": kept} if kept else {})
    return notebook


def crate(html: Path) -> str:
    """Metadata of the book's folder as an RO-Crate, the same bytes for the same files.

    Parameters
    ----------
    html : Path
        Folder that is described: its result tables, data and notebooks.

    References
    ----------
    Soiland-Reyes et al. (2022), "Packaging research artefacts with RO-Crate", *Data Science* 5(2), 97-138.
    """
    # Imported only when a book is built: it takes a while.
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    cited = yaml.safe_load(CITATION.read_text(encoding="utf-8"))
    article = cited["references"][0]
    made = ROCrate()
    made.name, made.description = cited["title"], cited["message"]
    made.datePublished = str(cited["date-released"])
    made.keywords = cited["keywords"]
    licences = [
        made.add(
            ContextEntity(
                made, url, {"@type": "CreativeWork", "name": name, "url": url, "description": f"Licence of {what}"}
            )
        )
        for (what, url), name in zip(LICENCES.items(), ("CC BY 4.0", "MIT License"), strict=True)
    ]
    made.license = licences[0]
    authors = made.add(ContextEntity(made, "#authors", {"@type": "Organization", "name": cited["authors"][0]["name"]}))
    made.root_dataset["author"] = made.root_dataset["publisher"] = authors
    doi = f"https://doi.org/{article['doi']}"
    source = {"@type": "ScholarlyArticle", "name": article["title"], "identifier": doi}
    made.root_dataset["isBasedOn"] = made.add(ContextEntity(made, doi, source))
    regions = {region: load_region(region).name["en"] for region in list_regions()}
    for file in files(html):
        name = file.relative_to(html).as_posix()
        words = described(name, regions)
        told: dict[str, Any] = {"name": name, "encodingFormat": FORMATS[file.suffix], "description": words}
        # A run record holds how long the run took: its size may differ where nothing else does.
        if file.name != "run.json":
            told["contentSize"] = str(file.stat().st_size)
        entity = made.add_file(file, name, properties=told)
        if file.suffix == ".ipynb":
            entity["license"] = licences
    graph = made.metadata.generate()
    graph["@graph"].sort(key=lambda entity: entity["@id"])
    for entity in graph["@graph"]:
        if isinstance(entity.get("hasPart"), list):
            entity["hasPart"].sort(key=lambda part: part["@id"])
    return json.dumps(graph, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def described(path: str, regions: Mapping[str, str]) -> str:
    """What a file of the built book holds, in words.

    Parameters
    ----------
    path : str
        Path within the book, such as ``results/kazakhstan/survey/intervals.csv``.
    regions : mapping
        Name of each region.
    """
    folder, *between, name = path.split("/")
    if folder == "data":
        path = "/".join((*between, name))
        return DESCRIBED.get(path) or next(t.title for t in tables.dictionary().values() if t.path == path)
    titles = {chapter.name: chapter.title for chapter in CHAPTERS}
    if folder == "notebooks":
        outputs = "without" if between else "with"
        return f"Notebook of the chapter “{titles[Path(name).stem]}” {outputs} outputs"
    region, chapter, *_deeper = between
    what = {"run.json": "Run record", "numbers.json": "Headline numbers"}.get(name, f"Result “{Path(name).stem}”")
    return f"{what} of the chapter “{titles.get(chapter, chapter)}” for {regions.get(region, region)}"


def files(html: Path) -> list[Path]:
    """The data files and notebooks of a built book, sorted."""
    folders = (html / name for name in ("data", "notebooks", "results"))
    return sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in FORMATS)


def page(jobs: Iterable[Job]) -> str:
    """The page on downloads as Markdown; links are as seen from ``generated/``."""
    notebooks = "\n".join(
        f'<tr><th scope="row">{as_html(chapter.title)}</th>'
        f'<td><a href="../notebooks/{chapter.name}.ipynb" download>with outputs</a></td>'
        f'<td><a href="../notebooks/exercise/{chapter.name}.ipynb" download>without outputs</a></td></tr>'
        for chapter in CHAPTERS
    )
    results = []
    for job in jobs:
        if job.runs:
            folder = f"{job.region.region}/{job.chapter.name}"
            names = sorted(file.name for file in (paths.BUILD / "results" / folder).glob("*.csv"))
            links = ", ".join(f'<a href="../results/{folder}/{name}" download>{as_html(name)}</a>' for name in names)
            results.append(f"- **{markdown(job.region.name['en'])}: {markdown(job.chapter.title)}.** {links}")
    told = "\n".join(results) + "\n"
    return (
        "# Downloads\n\nEverything here works without a network. Text and data are under CC BY 4.0, code under MIT.\n\n"
        '<p id="whole-book">The whole book as PDF is made by <code>make pdf</code>, which needs Chromium and '
        "takes some minutes.</p>\n\n"
        "## Notebooks\n\nEach chapter as a notebook: with its outputs, and as an exercise without them. To run "
        "one, put it into the folder `notebooks` of the compendium and type `make lab`.\n\n"
        '<table class="result">\n<thead><tr><th scope="col">Chapter</th><th scope="col">To read</th>'
        f'<th scope="col">To run yourself</th></tr></thead>\n<tbody>\n{notebooks}\n</tbody>\n</table>\n\n'
        "## Data dictionary and claims\n\n"
        f"- {_link('data/datapackage.json')}: every table, column, type, unit and source (Frictionless); the tables "
        "themselves are on [the page of the data](data.md)\n"
        f"- {_link('data/claims.csv')}, {_link('data/claims.json')}: every claim of the article with its verdict\n"
        f"- {_link('ro-crate-metadata.json')}: the data, results and notebooks described as an RO-Crate\n\n"
        "## Result tables\n\nThe columns are those of the tables in the chapters.\n\n" + told
    )


def _link(path: str) -> str:
    return f'<a href="../{path}" download>{as_html(Path(path).name)}</a>'
