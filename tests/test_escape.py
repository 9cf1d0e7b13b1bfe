"""Text from data is shown letter for letter."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from unicluster.escape import as_html, markdown

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)


def rendered(text: str) -> str:
    """What a CommonMark renderer makes of the escaped text, as plain text."""
    out = MarkdownIt("commonmark").render("x" + markdown(text) + "x")
    assert not re.search(r"<(?!/?p>)", out), out
    return html.unescape(re.sub(r"</?p>", "", out)).strip()


@given(TEXT)
def test_markdown_shows_every_letter_and_nothing_else(text):
    assert rendered(text) == "x" + " ".join(text.split()) + "x"


def test_markup_becomes_text():
    for text in (
        "**bold**",
        "[a](javascript:b)",
        "<script>",
        "`x`",
        "$x$",
        "{cite}`x`",
        "# title",
        "&amp;",
        "a_b_c",
        "1. x",
    ):
        assert rendered(text) == f"x{text}x"


def test_dollar_and_brace_that_myst_would_read_are_escaped():
    assert markdown("$1$ {x}") == r"\$1\$ \{x\}"


@given(TEXT)
def test_html_can_be_read_back_and_holds_no_markup(text):
    escaped = as_html(text)
    assert html.unescape(escaped) == " ".join(text.split())
    assert not set("<>\"'") & set(escaped)
