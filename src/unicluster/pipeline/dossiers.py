"""Write a region's dossier in every language: the page of the book, its figures, and the files to download."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from unicluster import chromium, paths
from unicluster.escape import as_html
from unicluster.language import LANGUAGES, _, speaking
from unicluster.pipeline import plan
from unicluster.regions import load_region

FOLDER = paths.BUILD / "dossiers"
NAMES = {"en": "English", "ru": "Русский"}


def page_of(region: str, language: str) -> Path:
    """The page of the book that shows a dossier."""
    return paths.GENERATED / region / ("dossier.md" if language == "en" else f"dossier-{language}.md")


def files_of(region: str) -> list[Path]:
    """The files to download that can be made on this machine."""
    endings = ["docx", *(["pdf"] if chromium.browser() else [])]
    made = [FOLDER / region / f"dossier-{language}.{ending}" for language in LANGUAGES for ending in endings]
    return [*made, FOLDER / region / "readiness.csv"]


def products(region: str) -> list[Path]:
    """Everything that `write_all` is sure to make for a region; figures depend on its results."""
    return [*(page_of(region, language) for language in LANGUAGES), *files_of(region)]


def parameters_of(region: str) -> dict[str, dict[str, Any]]:
    """The parameters that each notebook runs with for a region: those given to it, else its defaults."""
    return {
        job.chapter.name: {name: p.default for name, p in plan.parameters(job.chapter).items()} | job.given
        for job in plan.jobs(region)
    }


def write_all(region: str, parameters: Mapping[str, Mapping[str, Any]]) -> None:
    """Write a region's dossier in every language from the results of the last build."""
    # Imported only where dossiers are written: a build with nothing to do would spend most of its time on it.
    from unicluster import dossier
    from unicluster.pipeline.pages import write

    place, program = load_region(region), chromium.browser()
    (FOLDER / region).mkdir(parents=True, exist_ok=True)
    for old in (paths.GENERATED / region / "dossier").glob("*.svg"):
        old.unlink()
    to_print: dict[Path, tuple[str, str]] = {}
    for language in LANGUAGES:
        made, state = dossier.build(place, language, parameters)
        stem = FOLDER / region / f"dossier-{language}"
        stem.with_suffix(".docx").write_bytes(dossier.word(made))
        if program:
            head = f"{made.title}. {made.fictitious}" if made.fictitious else made.title
            to_print[stem.with_suffix(".pdf")] = (dossier.printed(made), head)
        else:
            stem.with_suffix(".pdf").unlink(missing_ok=True)
        for name, svg in dossier.drawings(made).items():
            write(f"{region}/dossier/{name}.svg", svg)
        links, lacking = _links(region, language, program is not None)
        page = dossier.page(made, links, "dossier/", lacking)
        write(page_of(region, language).relative_to(paths.GENERATED).as_posix(), page)
        (FOLDER / region / "readiness.csv").write_text(state, encoding="utf-8", newline="\n")
    if program:
        for file, printed in zip(to_print, chromium.print_pdfs(list(to_print.values()), program), strict=True):
            file.write_bytes(printed)


def _links(region: str, language: str, printed: bool) -> tuple[str, str]:
    """Links to the files and to the other languages as HTML, and what to say of a form that could not be made."""
    with speaking(language):
        offered = {f"dossier-{language}.docx": _("Word document to edit")}
        if printed:
            offered[f"dossier-{language}.pdf"] = _("PDF to print")
        offered["readiness.csv"] = _("Conditions as CSV")
        lacking = "" if printed else _("There is no PDF: it needs Chromium, which the machine that built this has not.")
    links = [f'<a href="../../dossiers/{region}/{file}" download>{as_html(text)}</a>' for file, text in offered.items()]
    links += [
        f'<a href="{page_of(region, code).stem}.html" lang="{code}">{NAMES[code]}</a>'
        for code in LANGUAGES
        if code != language
    ]
    return " · ".join(links), lacking
