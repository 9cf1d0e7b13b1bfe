"""axe finds nothing serious on any kind of page, in both themes and at three widths; pages read without a mouse."""

from __future__ import annotations

import re
import time
from pathlib import Path

import axe_playwright_python
import pytest

from tests.book.waiting import wait_until

pytestmark = pytest.mark.slow

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
KINDS = {
    "home": "intro.html",
    "home in Russian": "intro-ru.html",
    "how to": "add-a-region-ru.html",
    "learning": "learn/ordered-logit.html",
    "lab": "fcm-lab.html",
    "region": "generated/altynsai/index.html",
    "chapter": "generated/altynsai/indicators.html",
    "chapter without data": "generated/akmola/survey.html",
    "claims": "generated/kazakhstan/claims.html",
    "errata": "generated/kazakhstan/errata.html",
    "dossier": "generated/altynsai/dossier-ru.html",
    "comparison": "generated/comparison.html",
    "data": "generated/data.html",
    "downloads": "generated/downloads.html",
    "runs": "generated/runs.html",
    "glossary": "generated/glossary.html",
    "bibliography": "bibliography.html",
    "transcription": "transcription.html",
    "search": "search.html",
}
WIDTHS = (1440, 768, 360)
THEMES = ("light", "dark")
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_WIDTH = ["color-contrast", "scrollable-region-focusable", "target-size"]
"""The rules whose answer depends on the width; colours are all that depends on the theme."""
RESIZED = 0.4
"""Seconds after a resize until the theme has made what scrolls focusable."""

# What is repeated (rows, folded code, sections of long pages) is looked at a few times; what is folded is opened.
SHORTENED = """() => {
    [...document.querySelectorAll('details')].forEach((one, place) => place < 4 ? one.open = true : one.remove());
    document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(2).forEach(row => row.remove()));
    for (const several of ['article section section', '.citation', 'article section section > ul > li'])
        [...document.querySelectorAll(several)].slice(6).forEach(one => one.remove());
}"""
FOUND = """rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(told => told.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).slice(0, 3).join(' | ')}`))"""


def put_on(page, theme: str) -> None:
    """Choose a theme as the switch of the page does."""
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)


@pytest.fixture(scope="module")
def context(chromium):
    made = chromium.new_context(offline=True, reduced_motion="reduce", color_scheme="light")
    yield made
    made.close()


@pytest.fixture
def page(context):
    made = context.new_page()
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_serious(page, book, kind):
    found = {}
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto((book / KINDS[kind]).as_uri(), wait_until="load")
    page.evaluate(SHORTENED)
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        began = time.monotonic()
        put_on(page, "dark")
        found[width, "dark"] = page.evaluate(FOUND, ["color-contrast"])
        put_on(page, "light")
        page.wait_for_timeout(max(0, RESIZED - (time.monotonic() - began)) * 1000)
        found[width, "light"] = page.evaluate(FOUND, EVERYTHING if width == WIDTHS[0] else OF_WIDTH)
    assert len(found) == len(WIDTHS) * len(THEMES)
    assert not {place: told for place, told in found.items() if told}


@pytest.fixture
def reader(page, book):
    """The method in short, which speaks of several terms of the glossary, on a phone."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((book / "method.html").as_uri(), wait_until="load")
    return page


def test_a_meaning_is_read_by_keyboard_alone(reader):
    term = reader.locator("a.term").first
    meaning = reader.locator(f"#{term.get_attribute('aria-describedby')}")
    assert not meaning.is_visible()
    for _ in range(400):  # the table of contents comes before the page
        reader.keyboard.press("Tab")
        if term.evaluate("node => node === document.activeElement"):
            break
    assert meaning.is_visible()
    box = meaning.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    reader.keyboard.press("Escape")
    assert not meaning.is_visible()
    assert term.evaluate("node => node === document.activeElement")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/glossary.html#term-*")
    assert reader.locator(f"#{reader.url.split('#')[1]}").count() == 1


def test_a_meaning_stays_while_the_pointer_is_on_it(reader):
    term = reader.locator("a.term").first
    meaning = reader.locator(f"#{term.get_attribute('aria-describedby')}")
    term.hover()
    assert meaning.is_visible()
    meaning.hover()
    assert meaning.is_visible()
    reader.mouse.move(0, 0)
    assert not meaning.is_visible()


def test_every_meaning_is_within_a_phone(reader):
    for term in reader.locator("a.term").all():
        term.focus()
        box = reader.locator(f"#{term.get_attribute('aria-describedby')}").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_figure_scrolls_in_its_frame_on_a_phone_and_fits_a_screen(page, book):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((book / KINDS["chapter"]).as_uri(), wait_until="load")
    frame = page.locator(".figure-frame").first
    assert frame.get_attribute("tabindex") == "0" and "scrolls sideways" in frame.get_attribute("aria-label")
    frame.focus()
    page.keyboard.press("ArrowRight")
    wait_until(page, "document.querySelector('.figure-frame').scrollLeft > 0")
    page.set_viewport_size({"width": 1440, "height": 900})
    wait_until(page, "document.querySelector('.figure-frame').getAttribute('tabindex') === null")


def test_passages_in_russian_and_kazakh_are_marked(book):
    """Cyrillic letters stand in an element with a language, or on a page whose language is Russian."""
    seen = {}
    for kind in ("home", "region", "glossary", "errata", "learning", "comparison"):
        text = (book / KINDS[kind]).read_text(encoding="utf-8")
        article = re.search(r'<article class="bd-article">(.*)</article>', text, re.DOTALL)[1]
        bare = re.sub(r'<(\w+)[^>]* lang="(?:ru|kk)"[^>]*>.*?</\1>', "", article, flags=re.DOTALL)
        seen[kind] = re.findall(r"[А-Яа-яӘ-ӿ]{3,}[^<]*", re.sub(r"<(?:script|img)[^>]*>", "", bare))
    assert not {kind: found[:3] for kind, found in seen.items() if found}
    assert '<html lang="ru"' in (book / KINDS["home in Russian"]).read_text(encoding="utf-8")[:400]


def test_nothing_moves_where_motion_is_not_wanted(page, book):
    page.goto((book / KINDS["lab"]).as_uri(), wait_until="load")
    moving = page.evaluate(
        """[...document.querySelectorAll('body *')].filter(one => {
            const style = getComputedStyle(one);
            return style.animationName !== 'none' || [...style.transitionDuration.split(', ')].some(s => parseFloat(s));
        }).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert not moving


def test_paper_has_the_text_without_the_furniture(page, book):
    page.goto((book / KINDS["claims"]).as_uri(), wait_until="load")
    page.emulate_media(media="print")
    for furniture in (".bd-sidebar-primary", ".header-article", "label.filter", ".term-meaning"):
        assert not any(one.is_visible() for one in page.locator(furniture).all()), furniture
    frames = page.eval_on_selector_all(
        ".table-frame", "all => all.filter(one => getComputedStyle(one).overflow !== 'visible').length"
    )
    assert frames == 0
