"""A Sphinx extension: what Sphinx writes that a reader with a screen reader stumbles over, mended in every page."""

from __future__ import annotations

from typing import Any

REPLACED = {
    # docutils calls a bibliography a list, and its entries something that a list must not hold.
    '<div role="list" class="citation-list">': '<div class="citation-list">',
    ' role="doc-biblioentry"': "",
}


def mended(body: str) -> str:
    """The HTML of a page without roles that are not allowed where they stand."""
    for written, better in REPLACED.items():
        body = body.replace(written, better)
    return body


def setup(app: Any) -> dict[str, bool]:
    """Let Sphinx call `mended` for every page."""
    app.connect("html-page-context", _mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _mend(app: Any, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    if "body" in context:
        context["body"] = mended(context["body"])
