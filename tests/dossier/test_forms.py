"""The Word document opened again, the PDF read again, and the same bytes each time."""

from __future__ import annotations

import asyncio
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.dossier.conftest import HOSTILE, memberships
from unicluster import chromium, dossier
from unicluster.dossier.page import heading


def opened(made: dossier.Dossier):
    return Document(io.BytesIO(dossier.word(made)))


def blocks(made: dossier.Dossier, kind) -> list:
    return [block for part in made.parts for block in part.blocks if isinstance(block, kind)]


def test_the_word_document_has_every_part_table_and_figure(article):
    document = opened(article)
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [heading(part) for part in article.parts]
    tables = blocks(article, dossier.Table)
    assert len(document.tables) == len(tables)
    for made, told in zip(document.tables, tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in (made.rows[0], made.rows[-1])]
        assert rows == [list(told.headings), [cell.text for cell in told.rows[-1]]]
        assert len(made.rows) == 1 + len(told.rows)
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(tables) + len(blocks(article, dossier.Picture))


def test_every_figure_of_the_word_document_has_alternative_text(article):
    document = opened(article)
    pictures = blocks(article, dossier.Picture)
    assert len(document.inline_shapes) == len(pictures) > 0
    for shape, picture in zip(document.inline_shapes, pictures, strict=True):
        assert shape._inline.docPr.get("descr") == picture.figure.alt[:4000]
        assert shape.width <= document.sections[0].page_width - 2 * document.sections[0].left_margin


def test_the_language_and_the_dates_are_set(article):
    document = opened(article)
    assert document.core_properties.created.year == document.core_properties.modified.year == 2024
    told = document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val"))
    assert told == {"en": "en-GB", "ru": "ru-RU"}[article.language]


def test_every_page_of_a_fictitious_region_says_so(bench):
    made, _state = bench.build(fictitious=True)
    assert "fictitious" in opened(made).sections[0].header.paragraphs[0].text
    assert dossier.printed(made).count(made.fictitious) == 1


def test_hostile_names_stay_letters_in_word(bench):
    bench.save("cluster_model", "memberships", memberships(HOSTILE))
    made, _state = bench.build(name={"en": HOSTILE, "ru": HOSTILE})
    document = opened(made)
    shown = HOSTILE.replace("\u202e", "⟨U+202E⟩").replace("\u0007", "⟨U+0007⟩")
    assert any(shown in p.text for p in document.paragraphs)
    assert any(shown == cell.text for table in document.tables for row in table.rows for cell in row.cells)
    with zipfile.ZipFile(io.BytesIO(dossier.word(made))) as file:
        assert not [name for name in file.namelist() if "embed" in name or "vba" in name.lower()]
        assert b"instrText>HYPERLINK" not in file.read("word/document.xml")


def test_the_same_bytes_twice(bench):
    bench.save("cluster_model", "memberships", memberships())
    forms = []
    for _time in range(2):
        made, state = bench.build("ru")
        drawn = sorted(dossier.drawings(made).items())
        forms.append((dossier.word(made), dossier.printed(made), dossier.page(made, "", ""), drawn, state))
    assert forms[0] == forms[1]
    with zipfile.ZipFile(io.BytesIO(forms[0][0])) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_dates_of_a_pdf_go_and_its_length_stays():
    told = b"x /CreationDate (D:20261127013912+00'00') /ModDate (D:20261127) y"
    fixed = chromium.without_dates(told)
    assert fixed == b"x /CreationDate (D:20240101000000+00'00') /ModDate (D:20240101) y"
    assert len(fixed) == len(told)


@pytest.mark.slow
@pytest.mark.skipif(chromium.browser() is None, reason="no Chromium on this machine")
def test_the_pdf_is_tagged_says_the_same_and_is_the_same_each_time(bench):
    from pypdf import PdfReader

    bench.save("cluster_model", "memberships", memberships(HOSTILE))
    made, _state = bench.build("ru", fictitious=True)
    wanted = (dossier.printed(made), made.fictitious)
    [first] = chromium.print_pdfs([wanted], chromium.browser())
    _other, second = chromium.print_pdfs([("<title>One</title><table><tr><td>One", "One"), wanted], chromium.browser())
    assert first == second
    pdf = PdfReader(io.BytesIO(first))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "ru"
    words = [page.extract_text() for page in pdf.pages]
    assert all("Регион вымышлен" in text for text in words)
    assert any("Паспорт" in text for text in words)


@pytest.mark.skipif(chromium.browser() is None, reason="no Chromium on this machine")
def test_printing_works_where_an_event_loop_is_running():
    async def from_a_notebook() -> bytes:
        return chromium.print_pdfs([("<title>One</title><p>One", "One")], chromium.browser())[0]

    # In a thread: another test of this process may have left a loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as aside:
        assert aside.submit(lambda: asyncio.run(from_a_notebook())).result().startswith(b"%PDF")
