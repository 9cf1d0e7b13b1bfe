"""axe finds nothing serious on any kind of page, in both themes and at three widths; pages read without a mouse."""

from __future__ import annotations

import time
from pathlib import Path

import axe_playwright_python
import pytest

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
