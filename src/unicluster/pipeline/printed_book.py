"""The whole book as one document to print: title page, contents, every page in the order of the contents."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from unicluster import chromium, paths
from unicluster.escape import as_html

STYLE = Path(__file__).with_name("printed_book.css")
FILE = "unicluster.pdf"
OFFER = re.compile(r'<p id="whole-book">.*?</p>', re.DOTALL)
"""The place on the page of downloads (`unicluster.pipeline.downloads`) that tells of the PDF."""
MATHS = "_static/mathjax/tex-chtml.js"
WIDE = 11
"""Columns from which on a table lies on a page turned sideways."""
PAPER = 178, 269
"""Millimetres of text across a page, upright and turned."""
LETTER, GAP = 1.5, 2.6
"""Millimetres that a letter of a table takes, and the room between columns."""

ARTICLE = re.compile(r'<article class="bd-article">(.*)</article>', re.DOTALL)
CODE = re.compile(r'<details class="admonition hide above-input">.*?</details>', re.DOTALL)
ONLY_ON_SCREEN = re.compile(
    r'<a class="headerlink"[^>]*>.*?</a>|<span class="where-from">.*?</span>|<script.*?</script>'
    r'|<p class="dossier-links">.*?</p>',
    re.DOTALL,
)
HEADING = re.compile(r"(</?h)([1-5])\b")
IDENTIFIER = re.compile(r' (id|for|aria-labelledby)="([^"]+)"')
LINK = re.compile(r'<a\b([^>]*?) href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
SOURCE = re.compile(r' src="([^":]+)"')
FRAME = re.compile(
    r'(?:<p class="table-caption">(?:(?!</p>).)*</p>\s*)?<div class="table-frame".*?</table>\s*</div>', re.DOTALL
)
CELL = re.compile(r"<t[hd]\b([^>]*)>(.*?)</t[hd]>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


class Part(NamedTuple):
    """Pages under one heading of the contents: its caption, and the pages' names as in the table of contents."""

    caption: str
    pages: list[str]


def parts(toc: str) -> list[Part]:
    """The parts of a book from its table of contents (``_toc.yml``), the first page on its own in the first."""
    told = yaml.safe_load(toc)
    rest = [
        Part(part["caption"], [page["file"] for chapter in part["chapters"] for page in _with_sections(chapter)])
        for part in told["parts"]
    ]
    return [Part("", [told["root"]]), *rest]


def _with_sections(chapter: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [chapter, *chapter.get("sections", [])]


def anchor(page: str, place: str = "") -> str:
    """How a place of a page is called in the document: pages use the same names."""
    return re.sub(r"[^A-Za-z0-9]+", "-", page) + (f"--{place}" if place else "")


def body(text: str, page: str, pages: Mapping[str, str]) -> str:
    """What one page of the built book adds to the document.

    Parameters
    ----------
    text : str
        HTML of the page.
    page : str
        Its name, as ``generated/akmola/survey``.
    pages : mapping of str to str
        The files of the pages of the document, as ``generated/akmola/survey.html``, and their names.
    """
    found = ARTICLE.search(text)
    told = ONLY_ON_SCREEN.sub("", CODE.sub("", found[1] if found else ""))
    told = IDENTIFIER.sub(lambda one: f' {one[1]}="{anchor(page, one[2])}"', told)
    folder = posixpath.dirname(page)
    told = LINK.sub(lambda one: _link(one, page, folder, pages), told)
    told = SOURCE.sub(lambda one: f' src="{posixpath.normpath(posixpath.join(folder, one[1]))}"', told)
    told = FRAME.sub(_turned, told)
    told = told.replace("<details", "<details open").replace(' tabindex="0"', "")
    return HEADING.sub(lambda one: f"{one[1]}{int(one[2]) + 1}", told)


def document(html: Path, toc: str, title: Mapping[str, str], numbers: Mapping[str, int] | None = None) -> str:
    """The whole book as one HTML document that stands in the folder of the built book.

    Parameters
    ----------
    html : Path
        Folder of the built book.
    toc : str
        Its table of contents, YAML.
    title : mapping of str to str
        ``title``, ``subtitle``, ``authors``, ``note``.
    numbers : mapping of str to int, optional
        The page on which each anchor of `anchor` was printed; contents without numbers when not given.
    """
    several = parts(toc)
    pages = {f"{page}.html": page for part in several for page in part.pages}
    printed, contents = [], []
    for number, part in enumerate(several):
        if part.caption:
            name = anchor(f"part-{number}")
            contents.append(f'<li class="part">{_entry(name, part.caption, numbers)}</li>')
            printed.append(f'<h1 class="part" id="{name}">{as_html(part.caption)}</h1>')
        for page in part.pages:
            text = (html / f"{page}.html").read_text(encoding="utf-8")
            contents.append(f"<li>{_entry(anchor(page), heading(text), numbers)}</li>")
            language = "ru" if page.endswith("-ru") else "en"
            printed.append(f'<div class="page" lang="{language}" id="{anchor(page)}">{body(text, page, pages)}</div>')
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{as_html(title["title"])}</title>\n'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style>\n"
        '<script>window.MathJax = {options: {processHtmlClass: "math", enableMenu: false}}</script>\n'
        f'<script defer src="{MATHS}"></script>\n</head>\n<body class="tex2jax_ignore mathjax_ignore">\n'
        f'<header class="title-page"><p class="title">{as_html(title["title"])}</p>'
        f'<p class="subtitle">{as_html(title["subtitle"])}</p><p>{as_html(title["authors"])}</p>'
        f"<p>{as_html(title['note'])}</p></header>\n"
        f'<nav class="contents"><h1>Contents</h1>\n<ul>\n{"".join(contents)}\n</ul></nav>\n'
        + "\n".join(printed)
        + "\n</body>\n</html>\n"
    )


def print_book(html: Path, toc: str, title: Mapping[str, str], program: str) -> bytes:
    """The whole book as PDF, the same bytes for the same book and browser.

    Parameters
    ----------
    html : Path
        Folder of the built book; a document is put there while it is printed.
    toc : str
        Its table of contents, YAML.
    title : mapping of str to str
        As `document` takes it.
    program : str
        From `unicluster.chromium.browser`.
    """
    file = html / "_printed.html"
    try:
        file.write_text(document(html, toc, title), encoding="utf-8")
        numbers = page_numbers(chromium.print_file(file, title["title"], program, tagged=False))
        file.write_text(document(html, toc, title, numbers), encoding="utf-8")
        return packed(chromium.print_file(file, title["title"], program))
    finally:
        file.unlink(missing_ok=True)


def page_numbers(printed: bytes) -> dict[str, int]:
    """The page of every place of a PDF that a link leads to."""
    # Imported only where a book is printed.
    import pikepdf

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        order = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return {str(name)[1:]: order[place[0].objgen] for name, place in pdf.Root.get("/Dests", {}).items()}


def packed(printed: bytes) -> bytes:
    """The same PDF in less than half of the room: what tells a screen reader the structure is compressed too."""
    import pikepdf

    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pdf.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return kept.getvalue()


def title_page(cited: Mapping[str, Any]) -> dict[str, str]:
    """What stands on the first page, from ``CITATION.cff``."""
    article = cited["references"][0]
    names = ", ".join(one.get("name") or f"{one['given-names']} {one['family-names']}" for one in cited["authors"])
    return {
        "title": "Universities and mining clusters",
        "subtitle": cited["title"],
        "authors": names,
        "note": f"Recomputes, questions and extends: {article['title']}, doi:{article['doi']}. CC BY 4.0.",
    }


def put_in_place(printed: bytes) -> None:
    """Put the PDF into the built book and let the page on downloads lead to it."""
    (paths.HTML / FILE).write_bytes(printed)
    page = paths.HTML / "generated" / "downloads.html"
    link = f'<a href="../{FILE}" download>{FILE}</a>: the whole book as PDF'
    page.write_text(OFFER.sub(f'<p id="whole-book">{link}</p>', page.read_text(encoding="utf-8")), encoding="utf-8")


def heading(text: str) -> str:
    """The first heading of a page's article, plain."""
    found = re.search(r"<h1>(.*?)(?:<a class=\"headerlink\"|</h1>)", ARTICLE.search(text)[1], re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split()) if found else ""


def _entry(name: str, text: str, numbers: Mapping[str, int] | None) -> str:
    number = numbers[name] if numbers and name in numbers else ""
    # The text of a heading is HTML already.
    told = re.sub(r"&(?!\w+;|#)", "&amp;", text)
    return f'<a href="#{name}"><span>{told}</span><span class="leader"></span><span>{number}</span></a>'


def _link(found: re.Match[str], page: str, folder: str, pages: Mapping[str, str]) -> str:
    """A link within the document, to the network, or, where it leads to a file beside the book, its text alone."""
    before, target, after, text = found[1], found[2], found[3], found[4]
    if re.match(r"https?:|mailto:", target):
        return found[0]
    file, _, place = target.partition("#")
    goal = pages.get(posixpath.normpath(posixpath.join(folder, file))) if file else page
    if goal is None or "download" in after:
        return text
    return f'<a{before} href="#{anchor(goal, place)}"{after}>{text}</a>'


def _turned(found: re.Match[str]) -> str:
    """A table with its caption; on a page turned sideways, or with broken words, where it is too wide."""
    rows = [CELL.findall(row) for row in found[0].split("</tr>")]
    longest: dict[int, int] = {}
    for row in rows:
        for place, (kind, text) in enumerate(row):
            plain = TAG.sub("", text)
            words = [plain] if "number" in kind and not plain.isalpha() else re.split(r"[\s-]", plain)
            longest[place] = max([longest.get(place, 0), *map(len, words)])
    needed = sum(LETTER * letters + GAP for letters in longest.values())
    broken = " broken" if needed > PAPER[1] else ""
    if len(longest) >= WIDE or needed > PAPER[0]:
        return f'<div class="sideways{broken}">{found[0]}</div>'
    return found[0]
