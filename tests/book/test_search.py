"""The book is searched from disk, without a network, in English and in Russian."""

from __future__ import annotations

import pytest

from tests.book.waiting import wait_until

pytestmark = pytest.mark.slow

SOUGHT = [
    ("odds ratio", "learn/ordered-logit.html"),
    ("fixed point", "learn/cognitive-map.html"),
    ("кластер", "intro-ru.html"),
    ("вымышленный", "generated/altynsai/dossier-ru.html"),
]
"""Words as a reader types them, and a page that is about them."""


@pytest.fixture(scope="module")
def context(chromium):
    made = chromium.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context):
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    yield made
    made.close()
    assert not wrong


def search(page, book, words: str) -> None:
    """Search as a reader does, from a page that lies in a folder of its own."""
    page.goto((book / "learn" / "index.html").as_uri(), wait_until="load")
    page.locator(".search-button__button").first.click()
    page.locator("#pst-search-dialog input[name=q]").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    wait_until(page, "document.querySelector('#search-results .search-summary')?.innerText")


@pytest.mark.parametrize(("words", "chapter"), SOUGHT)
def test_what_a_chapter_speaks_of_leads_to_it(page, book, words, chapter):
    search(page, book, words)
    link = page.locator(f"#search-results li a[href='{chapter}']").first
    link.click()
    page.wait_for_url(f"**/{chapter}*")
    assert words.split()[0].lower() in page.inner_text("main").lower()


def test_what_the_book_does_not_speak_of_is_said_not_to_be_there(page, book):
    search(page, book, "zymurgy")
    assert page.locator("#search-results li").count() == 0
    assert "did not match" in page.inner_text("#search-results .search-summary")
