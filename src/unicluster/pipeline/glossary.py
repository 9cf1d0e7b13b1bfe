"""The glossary: its page, and its terms in other pages, each explained where it comes first; a Sphinx extension."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from unicluster import tables
from unicluster.escape import as_html, markdown
from unicluster.pipeline.markup import Element, rewrite

PAGE = "generated/glossary"
FIELDS = {"article": "Terms of the article", "method": "Terms of the method"}
MISSING = "missing"

PROSE = {"p", "li", "dd"}
CLOSED = {
    *("a", "button", "code", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "nav", "pre", "script", "select"),
    *("style", "summary", "svg", "table", "template", "textarea"),
}
"""Elements in which no term is marked: links and names, and what is no prose."""


class Term(NamedTuple):
    """One entry as a page in one language needs it.

    Attributes
    ----------
    name : str
        Identifier, the anchor in the glossary without ``term-``.
    forms : tuple of str
        What a page may call it.
    meaning : str
    others : tuple of (str, str)
        Language and name in the other languages that are known.
    """

    name: str
    forms: tuple[str, ...]
    meaning: str
    others: tuple[tuple[str, str], ...]


@cache
def terms(language: str) -> tuple[Term, ...]:
    """Every term of the glossary for pages in English ("en") or Russian ("ru")."""
    columns = {"en": "english", "ru": "russian", "kk": "kazakh"}
    found = []
    for row in tables.load("glossary").to_dict("records"):
        also = str(row["also"]).split(";") if language == "en" and pd.notna(row["also"]) else []
        others = tuple((code, row[c]) for code, c in columns.items() if code != language and pd.notna(row[c]))
        meaning = row["meaning" if language == "en" else "meaning_russian"]
        found.append(Term(row["term"], (row[columns[language]], *also), meaning, others))
    return tuple(found)


def page() -> str:
    """The page of the glossary as Markdown."""
    frame = tables.load("glossary").sort_values("english", key=lambda names: names.str.casefold())
    parts = [
        "# Glossary\n\nIn the chapters a term is underlined with dots where it first comes up: point at it, or reach "
        "it with the Tab key, to read its meaning; Escape closes it. The meanings are in our words (`assumed`); "
        "references lead to who introduced the term or explains it. "
        f"Where a Kazakh term is called {MISSING}, we know of none that we are sure of: corrections are welcome.\n"
    ]
    for field, title in FIELDS.items():
        entries = [_entry(row) for row in frame[frame["field"].eq(field)].to_dict("records")]
        parts.append(f"## {title}\n\n" + "\n\n".join(entries) + "\n")
    return "\n".join(parts)


def _entry(row: dict[str, Any]) -> str:
    kazakh = f'<span lang="kk">{as_html(row["kazakh"])}</span>' if pd.notna(row["kazakh"]) else MISSING
    sources = [f"{{cite:p}}`{row['reference']}`"] if pd.notna(row["reference"]) else []
    sources += [f"line {row['line']} of the article"] if pd.notna(row["line"]) else []
    told = "; ".join(sources)
    told = f" {told[0].upper()}{told[1:]}." if told else ""
    return (
        f"(term-{row['term']})=\n### {markdown(row['english'])}\n\n{markdown(row['meaning'])}{told}\n\n"
        f'<p lang="ru"><strong>{as_html(row["russian"])}.</strong> {as_html(row["meaning_russian"])}</p>\n\n'
        f"Kazakh: {kazakh}"
    )


def marked(body: str, wanted: Iterable[Term], glossary: str) -> str:
    """The HTML of a page with each term that its prose holds made a link to the glossary, its meaning beside it.

    Only where it comes first, and not within links, headings, tables, code or formulas.

    Parameters
    ----------
    body : str
        HTML that Sphinx wrote.
    wanted : iterable of Term
    glossary : str
        Address of the glossary, as seen from the page.
    """
    left = {form.casefold(): term for term in wanted for form in term.forms}
    if not left:
        return body
    longest_first = sorted(left, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)

    def explain(text: str, around: Sequence[Element]) -> str:
        if not _prose(around):
            return text
        return pattern.sub(lambda found: _explained(found[0], left, glossary), text)

    return rewrite(body, explain)


def _prose(around: Sequence[Element]) -> bool:
    names = {element.name for element in around}
    if not names & PROSE or names & CLOSED:
        return False
    return not any('class="math' in element.tag or ' lang="' in element.tag for element in around)


def _explained(text: str, left: dict[str, Term], glossary: str) -> str:
    """A term as a link with its meaning; its later occurrences stay as they are."""
    term = left.get(text.casefold())
    if term is None:
        return text
    for form in term.forms:
        left.pop(form.casefold(), None)
    others = " · ".join(f'<span lang="{code}">{as_html(name)}</span>' for code, name in term.others)
    return (
        f'<span class="term-box"><a class="term" href="{glossary}#term-{term.name}" '
        f'aria-describedby="meaning-{term.name}">{text}</a>'
        f'<span class="term-meaning" role="tooltip" id="meaning-{term.name}">{as_html(term.meaning)} '
        f'<span class="term-others">{others}</span></span></span>'
    )


def setup(app: Any) -> dict[str, bool]:
    """Let Sphinx call `marked` for every page but the glossary, and write every page anew when terms changed."""
    made_from = tables.table("glossary").file.read_bytes() + Path(__file__).read_bytes()
    app.add_config_value("glossary_digest", hashlib.sha256(made_from).hexdigest(), "html")
    app.connect("html-page-context", _mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _mark(app: Any, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    if doctree is not None and name != PAGE and "body" in context:
        language = "ru" if name.endswith("-ru") else "en"
        context["body"] = marked(context["body"], terms(language), context["pathto"](PAGE))
