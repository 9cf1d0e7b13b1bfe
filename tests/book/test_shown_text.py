"""No page shows what a program says to programmers: tracebacks, warnings, names of objects, markup left undone."""

from __future__ import annotations

import html
import re

import pytest

CODE = re.compile(
    r'<div class="cell_input.*?</pre>|<(script|style|pre|code|kbd)\b.*?</\1>|<(span|div) class="math.*?</\2>', re.DOTALL
)
"""Passages that show code on purpose; what a cell put out is not among them, for it is looked for by its class."""

PUT_OUT = re.compile(r'<div class="output (?:stream|stderr|traceback|text_plain|error)[^"]*"')
WORDS = re.compile(r' (?:alt|title|aria-label)="([^"]*)"')
CELL = re.compile(r"<t[dh][^>]*>([^<]*)</t[dh]>")
RAW = re.compile(
    r"""Traceback|\b[A-Z]\w*(?:Error|Exception|Warning):         # what Python reports
    |<class\ '|\bobject\ at\ 0x|<(?:function|bound\ method)       # objects by their names
    |\bdtype:|np\.\w+\(|\bDataFrame\b|\bTimestamp\(|\barray\(\[
    |(?<![\w-])(?:nan|NaN|NaT|inf|True|False|undefined|\[object)(?![\w-])
    |(?:^|[\s"'(])(?:/home/|/root/|/Users/|/tmp/|[A-Z]:\\)        # places of a machine
    |\b(?:DEBUG|TODO|FIXME|XXX)\b
    |\{\{|\}\}|\{[a-z]+(?::[a-z]+)?\}`|```|:::|\*\*|\]\([a-z.#/]|\[missing|\$\$|\\[a-z]+\{|&(?:amp|lt|gt|quot|\#\d+);
    |%\(\w+\)|\{[a-z_]+\}|(?<![\w.])\d+\.\d{7,}(?![\w.])(?!/)     # words and numbers not filled in, not rounded
    """,
    re.VERBOSE,
)
WHOLE = {"nan", "NaN", "NaT", "None", "null", "NULL", "NA", "<NA>", "inf", "-inf", "True", "False", "[]", "{}", "()"}
"""What no cell of a table holds alone."""


@pytest.fixture(scope="module")
def pages(book) -> dict[str, str]:
    """The part of each page that is the book's, without what shows code."""
    files = [f for f in sorted(book.rglob("*.html")) if not f.relative_to(book).as_posix().startswith("_")]
    return {f.relative_to(book).as_posix(): CODE.sub(" ", f.read_text(encoding="utf-8")) for f in files}


def shown(page: str) -> str:
    """The text of a page, as one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def raw(text: str) -> list[str]:
    """What is raw in a text, with what stands around it."""
    return [text[max(0, found.start() - 40) : found.end() + 30] for found in RAW.finditer(text)]


def faulty(told: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found[:3] for name, found in told.items() if found}


def test_nothing_raw_is_read(pages):
    assert not faulty({name: raw(shown(page)) for name, page in pages.items()})


def test_nothing_raw_is_read_aloud(pages):
    told = {name: [html.unescape(words) for words in WORDS.findall(page)] for name, page in pages.items()}
    assert not faulty({name: [hit for one in words for hit in raw(one)] for name, words in told.items()})


def test_no_cell_holds_a_value_of_python(pages):
    cells = {name: [html.unescape(cell).strip() for cell in CELL.findall(page)] for name, page in pages.items()}
    assert not faulty({name: [cell for cell in held if cell in WHOLE] for name, held in cells.items()})


def test_no_cell_puts_out_anything_but_tables_figures_and_prose(book):
    told = {page.name: PUT_OUT.findall(page.read_text(encoding="utf-8")) for page in book.rglob("generated/**/*.html")}
    assert told and not faulty(told)


@pytest.mark.parametrize(
    "text",
    [
        "Traceback (most recent call last)",
        "FutureWarning: this changes",
        "made of <class 'int'>",
        "<Figure object at 0x7f>",
        "bounds nan to nan",
        "fictitious: False",
        'the file "/home/me/data.csv"',
        "see {ref}`here`",
        "for {{ n }} regions",
        "from {low} to {high}",
        "[missing reference]",
        "a **bold** word",
        "R&amp;D",
        "0.30000000000000004",
    ],
)
def test_what_is_raw_is_seen(text):
    assert raw(text)


@pytest.mark.parametrize(
    "text",
    [
        "None of the six clusters is one",
        "the null hypothesis is false",
        "Warning: the scale is ours",
        "doi:10.1080/01621459.1927.10502953",
        "https://example.org/home/page",
        "5 * 3 and 2*4, Finance",
        "Nanoscience, information, infinite",
    ],
)
def test_what_is_prose_is_left(text):
    assert raw(text) == []
