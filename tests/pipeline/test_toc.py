"""The table of contents and the list of chapters on the front page name every page, each region below its own."""

from __future__ import annotations

import re

import yaml

from unicluster.pipeline import home, plan, printed_book, toc
from unicluster.regions import DEFAULT, list_regions

JOBS = plan.jobs()


def test_a_region_holds_its_chapters_and_the_article_s_are_unfolded():
    parts = {part["caption"]: part["chapters"] for part in yaml.safe_load(toc.contents(JOBS))["parts"]}
    unfolded = [page["file"] for page in parts["The article's data"]]
    assert unfolded[0] == f"generated/{DEFAULT}/index" and f"generated/{DEFAULT}/errata" in unfolded
    folded = {page["file"]: [one["file"] for one in page.get("sections", [])] for page in parts["Regions"]}
    assert set(folded) == {"generated/comparison"} | {f"generated/{r}/index" for r in list_regions() if r != DEFAULT}
    for index, pages in folded.items():
        assert all(page.startswith(index.removesuffix("index")) for page in pages)


def test_the_printed_book_holds_the_pages_below_others_too():
    pages = [page for part in printed_book.parts(toc.contents(JOBS)) for page in part.pages]
    assert len(pages) == len(set(pages))
    assert {f"generated/{job.region.region}/{job.chapter.name}" for job in JOBS} <= set(pages)


def test_the_front_page_leads_to_every_chapter():
    links = re.findall(r'href="([^"]+)"', home.every_chapter(JOBS))
    assert links == [f"generated/{job.region.region}/{job.chapter.name}.html" for job in JOBS]
