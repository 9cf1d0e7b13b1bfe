"""Pages that the build writes: a region's overview, what is missing, the data dictionary, the runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence

from unicluster import paths, tables
from unicluster.escape import as_html, markdown
from unicluster.pipeline.plan import Job
from unicluster.pipeline.stamp import FICTITIOUS
from unicluster.regions import PARTS, Region
from unicluster.tables.dictionary import Table, region_tables

PART_NAMES = {
    "survey": "survey answers",
    "survey_responses": "respondents' rows",
    "clusters": "cluster output",
    "members": "members",
    "employment": "employment by industry",
    "indicators": "indicators and support",
}


def region_page(region: Region, jobs: Iterable[Job]) -> str:
    """The first page of a region: what it is and which chapters have data."""
    name, known = region.name, region.names_of("universities")
    facts = [
        ("Names", f"{name['en']} · {_other(name.get('ru'), 'ru')} · {_other(name.get('kk'), 'kk')}"),
        ("Universities", ", ".join(as_html(known[u]) for u in region.universities)),
        ("Oblast codes (ISO 3166-2) now", ", ".join(map(as_html, region.oblast_codes.get("now", [])))),
        ("Oblast codes before 8 June 2022", ", ".join(map(as_html, region.oblast_codes.get("before_2022", [])))),
        ("Years compared", f"{region.base_year} and {region.plan_year}"),
        ("Price basis of the plan", as_html(region.price_basis)),
    ]
    rows = "\n".join(f'<tr><th scope="row">{k}</th><td>{v or "not given"}</td></tr>' for k, v in facts)
    listed = "\n".join(
        f"- [{markdown(job.chapter.title)}]({job.page.name})"
        + ("" if job.runs else ": no data yet, the page says what to supply")
        for job in jobs
    )
    return (
        f"# {markdown(name['en'])}\n\n{FICTITIOUS if region.fictitious else ''}\n\n"
        '<table class="result facts">\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n\n## Chapters\n\n{listed}\n"
        "- [Application dossier](dossier.md), [Досье заявки](dossier-ru.md)\n"
    )


def missing_page(job: Job) -> str:
    """The page of a chapter whose data the region does not have: what is missing and how to supply it."""
    part = str(job.chapter.needs)
    region = job.region
    wanted = [tables.table(name) for name in PARTS[part]]
    files = {table_name: file_name for file_name, table_name in region_tables().items()}
    said = (
        "The article pools its answers over all universities and gives none for this oblast alone."
        if part == "survey"
        else "The article does not publish its respondents' rows."
        if part == "survey_responses"
        else f"The article gives no {PART_NAMES[part]} for this oblast."
    )
    own = [f"## {markdown(files[t.name])}\n\n{markdown(t.description)}\n\n{field_table(t)}" for t in wanted]
    return (
        f"# {markdown(job.chapter.title)}: no data for {markdown(region.name['en'])}\n\n"
        f"{FICTITIOUS if region.fictitious else ''}\n\n"
        f"```{{admonition}} What is missing\n:class: warning\n"
        f"{said if region.article else 'No such table has been supplied.'} "
        f"Nothing is shown here that would have to be made up.\n```\n\n"
        f"To fill this chapter, put {_and([f'`{files[t.name]}`' for t in wanted])} into "
        f"`data/regions/{region.region}/` and run `make book`. The columns are:\n\n" + "\n".join(own)
    )


def data_page() -> str:
    """The data dictionary as a page: every table, column, type, unit and source."""
    parts = [
        "# The data\n\nEvery table of the compendium, as `data/datapackage.json` describes it. Each row carries a tag "
        "that says how it is known: `stated` (printed in the article), `implied` (the only value that fits what is "
        "printed), `bounded` (a range), `recomputed`, `assumed` (our judgement) or `synthetic`.\n"
    ]
    for table in tables.dictionary().values():
        sources = "; ".join(markdown(source) for source in table.sources)
        parts.append(
            f"## {markdown(table.title)}\n\n{markdown(table.description)}\n\n"
            f'File <a href="../data/{table.path}" download><code>data/{table.path}</code></a>, {_rows(table)}. '
            f" Source: {sources}. "
            f"Rows are identified by {_and([f'`{c}`' for c in table.primary_key])}.\n\n{field_table(table)}"
        )
    return "\n".join(parts)


def field_table(table: Table) -> str:
    """The columns of a table as HTML."""
    rows = []
    for field in table.fields:
        limits = [
            f"one of {', '.join(map(str, v))}" if k == "enum" else f"{k} {_plain(v)}"
            for k, v in field.constraints.items()
            if k in ("enum", "minimum", "maximum")
        ]
        rows.append(
            f'<tr><th scope="row"><code>{as_html(field.name)}</code></th><td>{field.type}</td>'
            f"<td>{as_html(field.unit or '')}</td><td>{'yes' if field.required else 'no'}</td>"
            f"<td>{as_html(field.description)} {as_html(_sentence(limits))}</td></tr>"
        )
    head = "".join(f'<th scope="col">{h}</th>' for h in ("Column", "Type", "Unit", "Required", "Meaning"))
    return (
        f'<div class="table-frame" tabindex="0" role="region" aria-label="Columns of {as_html(table.title)}">\n'
        '<table class="result">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>\n</div>\n"
    )


def runs_page(jobs: Sequence[Job]) -> str:
    """How long each chapter took, in which environment, and how each page can be made again."""
    done = [(job, json.loads(job.record.read_text(encoding="utf-8"))) for job in jobs if job.runs]
    rows = "\n".join(
        f'<tr><th scope="row"><a href="{job.region.region}/{job.chapter.name}.html">{as_html(job.region.name["en"])}: '
        f'{as_html(job.chapter.title)}</a></th><td class="number">{record["seconds"]:.1f}</td></tr>'
        for job, record in done
    )
    versions = sorted({(n, v) for _, r in done for n, v in [("python", r["python"]), *r["packages"].items()]})
    packages = "\n".join(f"- {as_html(name)} {as_html(version)}" for name, version in versions)
    parts = [
        "# How each page was made\n\nEvery chapter is one notebook run with one set of parameters. The same notebook, "
        "parameters and data give the same tables, letter for letter; only the times below differ from run to run.\n\n"
        f"## Run times\n\nIn all {sum(record['seconds'] for _, record in done):.0f} seconds of one process.\n\n"
        '<div class="table-frame" tabindex="0" role="region" aria-label="Run times">\n<table class="result">\n'
        '<thead><tr><th scope="col">Chapter</th><th scope="col" class="number">Seconds</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n\n## Environment\n\n"
        f"Every version is pinned in `requirements.lock`; the ones that compute are\n\n{packages}\n"
    ]
    for job, record in done:
        given = " ".join(f"-p {k} {v}" for k, v in record["parameters"].items())
        notebook = f"notebooks/{job.chapter.name}.ipynb"
        parts.append(
            f"## {markdown(job.region.name['en'])}: {markdown(job.chapter.title)}\n\n"
            f"```\npapermill {notebook} out.ipynb {given}\n```\n\n"
            f"Notebook `sha256:{record['inputs'][notebook][:16]}`, {len(record['inputs']) - 1} data files.\n"
        )
    return "\n".join(parts)


def write(name: str, text: str) -> None:
    """Write a generated page, leaving it alone where nothing changed."""
    target = paths.GENERATED / name
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")


def remove_stale(jobs: Iterable[Job]) -> None:
    """Remove generated pages of regions that are gone, and a chapter's old page once it has, or has lost, its data."""
    jobs = list(jobs)
    regions = {job.region.region for job in jobs}
    for folder in paths.GENERATED.glob("*/"):
        if folder.name not in regions:
            shutil.rmtree(folder)
    for job in jobs:
        job.page.with_suffix(".md" if job.runs else ".ipynb").unlink(missing_ok=True)


def _sentence(parts: Sequence[str]) -> str:
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _plain(limit: float) -> str:
    """A number as one writes it, without an exponent."""
    return f"{limit:.15f}".rstrip("0").rstrip(".") if isinstance(limit, float) else str(limit)


def _rows(table: Table) -> str:
    if not table.is_template:
        return f"{len(tables.load(table.name))} rows"
    return "empty: its copies lie in the regions' folders"


def _other(name: str | None, language: str) -> str:
    return f'<span lang="{language}">{as_html(name)}</span>' if name else ""


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
