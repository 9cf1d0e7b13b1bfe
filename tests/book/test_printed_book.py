"""A small book printed: contents that lead somewhere and name the right page, nothing cut, no code, the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata

import pypdf
import pytest
import yaml

from unicluster import chromium as printing
from unicluster.pipeline import downloads, printed_book

pytestmark = pytest.mark.slow

PAGES = ("learn/ordered-logit", "generated/altynsai/specialisation", "generated/altynsai/dossier-ru")
TOC = yaml.safe_dump(
    {"root": "intro", "parts": [{"caption": "Chapters", "chapters": [{"file": page} for page in PAGES]}]}
)
TITLE = printed_book.title_page(yaml.safe_load(downloads.CITATION.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def folder(book, tmp_path_factory):
    """A copy of what the small book needs of the built one."""
    made = tmp_path_factory.mktemp("printed")
    for page in ("intro", *PAGES):
        (made / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(book / f"{page}.html", made / f"{page}.html")
    (made / "_static").mkdir()
    (made / "_images").symlink_to(book / "_images")
    (made / "_static" / "mathjax").symlink_to(book / "_static" / "mathjax")
    return made


@pytest.fixture(scope="module")
def printed(chromium, folder):
    """Asks for the browser of the tests only to be skipped, or to fail, where there is none."""
    return printed_book.print_book(folder, TOC, TITLE, printing.browser())


@pytest.fixture(scope="module")
def pdf(printed):
    return pypdf.PdfReader(io.BytesIO(printed))


@pytest.fixture(scope="module")
def texts(pdf):
    return [unicodedata.normalize("NFKC", " ".join(page.extract_text().split())) for page in pdf.pages]


def test_the_first_page_is_the_title_page(texts):
    assert TITLE["title"] in texts[0] and "doi:10.51176/" in texts[0]


def test_the_contents_name_the_page_on_which_each_heading_stands(texts, folder):
    contents = texts[1]
    headings = [printed_book.heading((folder / f"{page}.html").read_text(encoding="utf-8")) for page in PAGES]
    for heading in headings:
        number = int(re.search(rf"{re.escape(heading)} (\d+)", contents)[1])
        assert heading in texts[number - 1], heading
        assert f"{number} / {len(texts)}" in texts[number - 1]


def test_every_link_leads_to_a_page_or_to_the_network(pdf):
    places, goals = set(pdf.named_destinations), []
    for page in pdf.pages:
        for link in (one.get_object() for one in page.get("/Annots", [])):
            address = link.get("/A", {}).get("/URI")
            if address is None:
                goals.append(link.get("/Dest") or link["/A"]["/D"])
            else:
                assert re.match(r"https?:|mailto:", address), address
    assert len(goals) > len(PAGES) and {str(goal) for goal in goals} <= places


def test_it_has_an_outline_and_tells_a_screen_reader_its_structure(pdf):
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert titles == ["Contents", "Chapters"]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] and pdf.trailer["/Root"]["/Lang"] == "en"


def test_code_is_left_out_and_tables_and_formulas_are_whole(texts, folder):
    whole = " ".join(texts)
    assert "economics.specialisation(" not in whole and "\\frac" not in whole
    for name in ("Copper mining", "Ellison-Glaeser"):
        assert name in whole
    page = (folder / "generated/altynsai/specialisation.html").read_text(encoding="utf-8")
    for row in re.findall(r"<tr><td>(?:.(?!</tr>))*", page)[:60]:
        cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>([^<]*)", row)]
        assert all(" ".join(cell.split()) in whole for cell in cells if cell.isalpha())


def test_nothing_is_wider_or_higher_than_the_paper(chromium, folder):
    page = chromium.new_page(viewport={"width": 673, "height": 978})  # A4 without its margins, in points of a screen
    file = folder / "_looked-at.html"
    file.write_text(printed_book.document(folder, TOC, TITLE), encoding="utf-8", newline="\n")
    page.emulate_media(media="print")
    page.goto(file.as_uri(), wait_until="load")
    page.evaluate("MathJax.startup.promise.then(() => true)")
    too_large = page.evaluate(
        """() => [...document.querySelectorAll('table, figure, img, pre, mjx-container')].filter(one => {
            const box = one.getBoundingClientRect(), wide = one.closest('.sideways') ? 1000 : innerWidth;
            return box.right > wide + 1 || (one.matches('figure') && box.height > innerHeight);
        }).map(one => one.outerHTML.slice(0, 120))"""
    )
    lost = page.evaluate("[...document.images].filter(one => !one.naturalWidth).map(one => one.src)")
    page.close()
    assert not too_large and not lost


def test_it_is_the_same_twice(printed, folder):
    assert printed_book.print_book(folder, TOC, TITLE, printing.browser()) == printed


def test_the_page_on_downloads_says_how_to_make_it_and_then_leads_to_it(book, tmp_path, monkeypatch):
    copy = tmp_path / "html"
    (copy / "generated").mkdir(parents=True)
    shutil.copy(book / "generated" / "downloads.html", copy / "generated" / "downloads.html")
    monkeypatch.setattr(printed_book.paths, "HTML", copy)
    printed_book.put_in_place(b"%PDF-")
    text = (copy / "generated" / "downloads.html").read_text(encoding="utf-8")
    assert f'href="../{printed_book.FILE}" download' in text and (copy / printed_book.FILE).read_bytes() == b"%PDF-"
