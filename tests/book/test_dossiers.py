"""The dossiers of the built book: every number leads to the cell that holds it, every file can be downloaded."""

from __future__ import annotations

import csv
import html
import io
import re
from functools import cache
from pathlib import Path

import pytest
from docx import Document

from unicluster import paths
from unicluster.dossier.words import TAGS
from unicluster.language import LANGUAGES
from unicluster.regions import list_regions, load_region

pytestmark = pytest.mark.slow
NUMBER = re.compile(r'<td class="number(?: open)?"([^>]*)>([^<]*)</td>')
REGISTER = re.compile(r"<td>(R\d+)</td><td>([^<]+)</td><td>[0-9a-f]{16}</td>")
CASES = [(region, language) for region in list_regions() for language in LANGUAGES]


def page(book: Path, region: str, language: str) -> str:
    name = "dossier.html" if language == "en" else f"dossier-{language}.html"
    return (book / "generated" / region / name).read_text(encoding="utf-8")


@cache
def rows(path: str) -> list[dict[str, str]]:
    with (paths.ROOT / path).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(("region", "language"), CASES)
def test_every_number_leads_to_the_cell_that_holds_it(book, region, language):
    text = page(book, region, language)
    files = dict(REGISTER.findall(text))
    looked_up = 0
    for attributes, shown in NUMBER.findall(text):
        told = dict(re.findall(r'data-([a-z]+)="([^"]*)"', attributes))
        if shown in ("–", "∞") or " open" in attributes or not re.search(r"\d", shown):
            continue
        assert told["tag"] in TAGS and told["source"], (attributes, shown)
        place, column = html.unescape(told["source"]).split(":")
        file, _, row = place.partition(".")
        if not files[file].endswith(".csv") or column == "part":
            continue
        value = float(rows(files[file])[int(row) - 1][column])
        number = shown.replace("\u202f", "").replace("−", "-").replace(",", ".")
        digits = len(number.partition(".")[2])
        assert float(number) == pytest.approx(value, abs=0.5001 * 10**-digits), (attributes, shown)
        looked_up += 1
    assert looked_up > 300


@pytest.mark.parametrize(("region", "language"), CASES)
def test_the_files_can_be_downloaded(book, region, language):
    folder = book / "dossiers" / region
    document = Document(io.BytesIO((folder / f"dossier-{language}.docx").read_bytes()))
    assert len(document.tables) > 20
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    text = page(book, region, language)
    for file in folder.iterdir():
        if f"-{language}." in file.name or file.name == "readiness.csv":
            assert f'href="../../dossiers/{region}/{file.name}"' in text


@pytest.mark.parametrize(("region", "language"), CASES)
def test_a_fictitious_region_and_no_other_says_that_it_is(book, region, language):
    word = {"en": "This region is fictitious", "ru": "Регион вымышлен"}[language]
    document = Document(str(book / "dossiers" / region / f"dossier-{language}.docx"))
    header = document.sections[0].header.paragraphs[0].text
    fictitious = load_region(region).fictitious
    assert (word in header) == (word in page(book, region, language)) == fictitious
