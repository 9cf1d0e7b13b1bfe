"""A Sphinx extension: what Sphinx writes that a reader with a screen reader stumbles over, mended in every page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from unicluster.pipeline.markup import Element, rewrite

REPLACED = {
    # docutils calls a bibliography a list, and its entries something that a list must not hold.
    '<div role="list" class="citation-list">': '<div class="citation-list">',
    ' role="doc-biblioentry"': "",
}
SWITCH = '<span class="toctree-toggle"'
UNFOLDS = {"en": "Chapters of this region", "ru": "Главы этого региона"}
CYRILLIC = re.compile(r"[Ѐ-ӿ](?:[Ѐ-ӿ\s\d«»„“”\"'()№%,.:;/·–—-]*[Ѐ-ӿ])?")
KAZAKH = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһ]")
NO_PLACE = {"option", "title", "textarea", "text", "tspan"}
"""Elements that hold text and no other element."""


def mended(body: str) -> str:
    """The HTML of a page without roles that are not allowed where they stand."""
    for written, better in REPLACED.items():
        body = body.replace(written, better)
    return body


def named(html: str, language: str = "en") -> str:
    """The HTML of a page whose switches in the contents, which show an arrow alone, say what they unfold."""
    return html.replace(f"<summary>{SWITCH}", f'<summary aria-label="{UNFOLDS[language]}">{SWITCH}')


def spoken(html: str) -> str:
    """The HTML of an English page with its passages in Russian or Kazakh marked, so that they are read aloud as such.

    Cyrillic letters within an element that names its language are left as they are. A passage with a letter that only
    Kazakh has is taken for Kazakh, any other for Russian.
    """
    return rewrite(html, _passages)


def _passages(text: str, around: Sequence[Element]) -> str:
    if not CYRILLIC.search(text):
        return text
    named = any(' lang="' in element.tag and element.name != "html" for element in around)
    if named or any(element.name in NO_PLACE for element in around):
        return text
    return CYRILLIC.sub(_passage, text)


def _passage(found: re.Match[str]) -> str:
    return f'<span lang="{"kk" if KAZAKH.search(found[0]) else "ru"}">{found[0]}</span>'


def setup(app: Any) -> dict[str, bool]:
    """Let Sphinx call `mended` for every page, and `named` and `spoken` for what the theme has made of it."""
    # A value of the configuration: Sphinx writes every page anew when it changes.
    app.add_config_value("accessible_digest", hashlib.sha256(Path(__file__).read_bytes()).hexdigest(), "html")
    app.connect("html-page-context", _mend)
    app.connect("build-finished", _speak)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _mend(app: Any, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    if "body" in context:
        context["body"] = mended(context["body"])


def _speak(app: Any, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    for file in sorted(Path(app.outdir).rglob("*.html")):
        if "_static" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        # Pages in Russian are in Russian as a whole (`unicluster.pipeline.book`).
        told = named(text, "ru") if file.stem.endswith("-ru") else spoken(named(text))
        if told != text:
            file.write_text(told, encoding="utf-8", newline="\n")
