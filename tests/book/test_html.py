"""What the built pages must and must not hold, read as files."""

from __future__ import annotations

import re

import pytest

from unicluster.paths import BOOK
from unicluster.pipeline.plan import chapters, jobs
from unicluster.regions import list_regions


@pytest.fixture(scope="module")
def pages(book) -> dict[str, str]:
    files = [f for f in sorted(book.rglob("*.html")) if not f.relative_to(book).as_posix().startswith("_")]
    return {f.relative_to(book).as_posix(): f.read_text(encoding="utf-8") for f in files}


def test_no_page_loads_anything_from_another_host(pages):
    loads = re.compile(
        r"<(?:script|link|img|iframe|source)[^>]+(?:src|href)=[\"'](?:https?:)?//[^\"']+|https?://(?:unpkg|cdn)[^\"']*"
    )
    found = {name: loads.findall(text) for name, text in pages.items()}
    assert not {name: hits for name, hits in found.items() if hits}


def test_the_front_page_leads_to_every_chapter_of_every_region(pages):
    front = pages["intro.html"]
    for region in list_regions():
        for chapter in chapters(region):
            assert f'href="generated/{region}/{chapter.name}.html"' in front


def test_internal_links_and_anchors_lead_somewhere(pages, book):
    broken = []
    for name, text in pages.items():
        for target in re.findall(r'<a[^>]+href="([^"#]*)(?:#([^"]*))?"', text):
            file, anchor = target
            if re.match(r"[a-z]+:|//", file):
                continue
            place = (book / name).parent / file if file else book / name
            if not place.exists():
                broken.append((name, file))
            elif anchor and place.suffix == ".html" and f'id="{anchor}"' not in place.read_text(encoding="utf-8"):
                broken.append((name, f"{file}#{anchor}"))
    assert not broken


def test_no_traceback_and_no_place_of_this_machine_is_shown(pages, book):
    for name, text in pages.items():
        assert "Traceback (most recent call last)" not in text, name
        assert str(book.parents[1]) not in text, name


def test_tables_have_headings_with_scope(pages):
    for name, text in pages.items():
        for table in re.findall(r'<table class="result.*?</table>', text, flags=re.DOTALL):
            assert 'scope="col"' in table or 'scope="row"' in table, name


def test_downloads_are_there(pages, book):
    for job in jobs():
        name = job.page.relative_to(BOOK).as_posix()
        assert (book / "_sources" / name).is_file()
