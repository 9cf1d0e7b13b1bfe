"""Every page of the built book, opened from disk with the network blocked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

FIRST = "index.html"
"""Leads on to the home page at once."""

MEDIAN = 1_000_000
"""Bytes of a page with everything it loads, that half of the pages keep to."""

LAB = 300_000
"""Bytes of the FCM lab beyond what every page loads."""


@pytest.fixture(scope="module")
def visits(chromium, book) -> dict[str, dict]:
    """What was seen on each page: requests to elsewhere, failures, console errors, images, width, what it loads."""
    seen = {}
    loaded: set[str] = set()
    context = chromium.new_context(viewport={"width": 390, "height": 844}, offline=True)
    context.on("request", lambda r: loaded.add(r.url))
    for file in sorted(book.rglob("*.html")):
        name = file.relative_to(book).as_posix()
        if not name.startswith(("_static/", "_sources/")) and name != FIRST:
            loaded.clear()
            seen[name] = visit(context, file)
            seen[name]["loaded"] = sizes(book, loaded)
    context.close()
    return seen


def sizes(book: Path, addresses: Iterable[str]) -> dict[str, int]:
    """Bytes of the files behind addresses; what is not a file of the book is a fault that other tests find."""
    files = {Path(url2pathname(urlsplit(one).path)) for one in addresses if one.startswith("file:")}
    return {file.relative_to(book).as_posix(): file.stat().st_size for file in files if file.is_file()}


def visit(context, file: Path) -> dict:
    page = context.new_page()
    told: dict[str, list] = {"elsewhere": [], "failed": [], "errors": []}
    page.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else told["elsewhere"].append(r.url)
    )
    page.on("requestfailed", lambda r: told["failed"].append(r.url))
    page.on("console", lambda m: told["errors"].append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: told["errors"].append(str(e)))
    page.goto(file.as_uri(), wait_until="load")
    page.evaluate("window.MathJax?.startup?.promise?.then(() => true)")
    told["images"] = page.eval_on_selector_all(
        "main img", "images => images.map(i => [i.getAttribute('src'), i.getAttribute('alt') || '', i.naturalWidth])"
    )
    told["overflow"] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    told["tex"] = page.evaluate(
        "[...document.querySelectorAll('.math')].filter(e => !e.querySelector('mjx-container')).length"
    )
    told["title"] = page.title()
    page.close()
    return told


def faulty(visits, what) -> dict:
    return {name: what(seen) for name, seen in visits.items() if what(seen)}


def test_the_first_page_leads_to_the_home_page(chromium, book):
    page = chromium.new_page(offline=True)
    page.goto((book / FIRST).as_uri())
    page.wait_for_url("**/intro.html")
    page.close()


def test_no_page_asks_another_host(visits):
    assert not faulty(visits, lambda seen: seen["elsewhere"])


def test_no_request_fails(visits):
    assert not faulty(visits, lambda seen: seen["failed"])


def test_no_page_reports_an_error(visits):
    assert not faulty(visits, lambda seen: seen["errors"])


def test_every_image_is_there_and_has_alternative_text(visits):
    def bare(seen):
        return [src for src, alt, width in seen["images"] if not width or len(alt) < 20]

    assert not faulty(visits, bare)


def test_some_page_shows_figures(visits):
    assert sum(len(seen["images"]) for seen in visits.values()) >= 10


def test_formulas_are_typeset_without_a_network(visits):
    assert not faulty(visits, lambda seen: seen["tex"])


def test_no_page_is_wider_than_a_phone(visits):
    assert not faulty(visits, lambda seen: seen["overflow"] > 1)


def heaviest(visits) -> str:
    """The heaviest pages, each with its heaviest files."""
    pages = sorted(visits, key=lambda name: -sum(visits[name]["loaded"].values()))
    told = []
    for name in pages[:5]:
        files = sorted(visits[name]["loaded"].items(), key=lambda file: -file[1])
        told.append(f"{name}: {sum(size for _, size in files)} bytes, {files[:4]}")
    return "\n".join(told)


def test_half_of_the_pages_weigh_a_megabyte_at_most(visits):
    assert median(sum(seen["loaded"].values()) for seen in visits.values()) <= MEDIAN, heaviest(visits)


def test_the_lab_weighs_little_beyond_what_every_page_loads(visits):
    shared = set.intersection(*(set(seen["loaded"]) for seen in visits.values()))
    own = {file: size for file, size in visits["fcm-lab.html"]["loaded"].items() if file not in shared}
    assert "fcm_lab/lab.js" in own
    assert sum(own.values()) <= LAB, own


def test_every_region_has_a_page_for_every_notebook(visits):
    from unicluster.pipeline.plan import chapters
    from unicluster.regions import list_regions

    wanted = {f"generated/{region}/{chapter.name}.html" for region in list_regions() for chapter in chapters(region)}
    assert wanted <= set(visits)


@pytest.fixture
def ledger(chromium, book):
    page = chromium.new_page(offline=True)
    page.goto((book / "generated" / "kazakhstan" / "claims.html").as_uri(), wait_until="load")
    yield page.locator(".table-frame:has(th:has-text('Claim'))").first
    page.close()


def test_a_long_table_is_filtered_by_what_is_typed(ledger):
    rows = ledger.locator("tbody tr")
    field = ledger.page.get_by_label("Filter rows").first
    whole = rows.count()
    assert whole > 12
    field.fill("no such words anywhere")
    assert ledger.locator("tbody tr:visible").count() == 0
    field.fill("")
    assert ledger.locator("tbody tr:visible").count() == whole


def test_a_table_is_sorted_by_keyboard_in_both_directions(ledger):
    button = ledger.locator("thead button").nth(1)

    def column():
        return ledger.locator("tbody tr td:nth-child(2)").all_inner_texts()

    button.focus()
    ledger.page.keyboard.press("Enter")
    upwards = column()
    ledger.page.keyboard.press("Enter")
    assert column() == upwards[::-1] != upwards
    assert ledger.locator("thead th").nth(1).get_attribute("aria-sort") == "descending"
