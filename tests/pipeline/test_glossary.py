"""The glossary: sound entries, and terms marked once, in prose only, leaving the page as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_file

from unicluster import paths, tables
from unicluster.pipeline import glossary

ROWS = tables.load("glossary")
WILSON = glossary.terms("en")[[term.name for term in glossary.terms("en")].index("wilson-interval")]
BOX = re.compile(
    r'<span class="term-box"><a class="term" href="[^"]*" aria-describedby="[^"]*">([^<]*)</a>'
    r'<span class="term-meaning".*?<span class="term-others">(?:<span lang="\w+">[^<]*</span>(?: · )?)*</span>'
    r"</span></span>"
)


def test_every_reference_is_in_the_bibliography_and_every_entry_on_the_page():
    keys = set(parse_file(str(paths.BOOK / "references.bib"), bib_format="bibtex").entries)
    assert set(ROWS["reference"].dropna()) <= keys
    page = glossary.page()
    assert page.count("\n### ") == len(ROWS)
    assert page.count(f"Kazakh: {glossary.MISSING}") == ROWS["kazakh"].isna().sum() > 0
    assert page.count('lang="kk"') == ROWS["kazakh"].notna().sum() > 0
    assert all(f"(term-{name})=" in page for name in ROWS["term"])


def test_no_two_terms_have_one_form():
    for language in ("en", "ru"):
        forms = [form.casefold() for term in glossary.terms(language) for form in term.forms]
        assert len(forms) == len(set(forms))


def test_meanings_are_short_and_do_not_say_the_term_itself():
    for row in ROWS.to_dict("records"):
        assert 30 < len(row["meaning"]) < 200 and row["meaning"].endswith(".")
        assert row["english"].casefold() not in row["meaning"].casefold()
        assert row["meaning_russian"].endswith(".") and re.search("[а-я]", row["meaning_russian"])


def test_a_term_is_explained_where_it_comes_first():
    told = glossary.marked("<p>The Wilson interval, a wilson interval.</p><p>Wilson interval</p>", [WILSON], "g.html")
    assert told.count('class="term"') == 1
    assert told.startswith('<p>The <span class="term-box"><a class="term" href="g.html#term-wilson-interval"')
    assert BOX.sub(r"\1", told) == "<p>The Wilson interval, a wilson interval.</p><p>Wilson interval</p>"


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Wilson interval</h2>",
        "<p><a href='x'>Wilson interval</a></p>",
        "<p><code>Wilson interval</code></p>",
        '<p><span class="math notranslate">Wilson interval</span></p>',
        "<table><tr><td><p>Wilson interval</p></td></tr></table>",
        '<p lang="ru">Wilson interval</p>',
        "<p>Wilson intervals-like, Wilson interval-ish</p>",
        '<p><img alt="Wilson interval"></p>',
        "<div>Wilson interval</div>",
    ],
)
def test_it_is_not_marked_in(body):
    assert glossary.marked(body, [WILSON], "g.html") == body


def test_the_longer_form_wins():
    told = glossary.marked("<p>a fuzzy cognitive map</p>", glossary.terms("en"), "g.html")
    assert ">fuzzy cognitive map</a>" in told and told.count('class="term"') == 1


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<em>", "</em>", "<br/>", "<code>", "</code>", "</div>", "lever ", "a Lever, ", "x"]
        )
    )
)
def test_a_page_is_otherwise_left_as_it_was(pieces):
    body = "".join(pieces)
    told = glossary.marked(body, glossary.terms("en"), "g.html")
    assert BOX.sub(r"\1", told) == body
    assert told.count('class="term"') <= 1
