"""A content security policy in every page: it runs the scripts that the book came with, and asks no other host.

The book is opened from a folder as often as from a server, where no header can be sent: the policy is an element of
the page. What it does not name, the browser refuses, whoever brought it into the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

# Browsers do not agree on whether 'self' means files beside a page that was opened from a folder; on a server
# "file:" allows nothing.
OWN = "'self' file:"
CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


class PolicyError(ValueError):
    """A page has no place for its policy."""


def write(folder: Path) -> None:
    """Put its policy into each page of a finished book.

    Parameters
    ----------
    folder : Path
        All ``*.html`` below it are changed, but those of the theme in ``_static``.

    Raises
    ------
    PolicyError
        When a page does not declare its encoding.
    """
    for file in sorted(folder.rglob("*.html")):
        if "_static" in file.relative_to(folder).parts:
            continue
        page = file.read_text(encoding="utf-8")
        charset = CHARSET.search(page)
        if charset is None:
            raise PolicyError(f"{file.relative_to(folder).as_posix()}: no <meta charset> to put the policy behind")
        meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(page), quote=False)}">'
        # The encoding must stand within a page's first 1024 bytes, before any policy.
        page = f"{page[: charset.end()]}\n{meta}{page[charset.end() :]}"
        file.write_text(page, encoding="utf-8", newline="\n")


def policy(page: str) -> str:
    """The policy that allows what a page holds.

    Parameters
    ----------
    page : str
        HTML.

    Returns
    -------
    str
        Directives of Content Security Policy Level 3. Scripts within the page are allowed by their hashes.
    """
    found = _Scripts()
    found.feed(page)
    scripts = " ".join([OWN, *sorted(map(_hashed, found.scripts))])
    if found.handlers:
        scripts += " " + " ".join(["'unsafe-hashes'", *sorted(map(_hashed, found.handlers))])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            # MathJax writes the style of each formula into the page.
            f"style-src {OWN} 'unsafe-inline'",
            f"img-src {OWN} data:",
            f"font-src {OWN} data:",
            f"form-action {OWN}",
            "base-uri 'none'",
        ]
    )


def _hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class _Scripts(HTMLParser):
    """Collects what a page holds of scripts and of handlers of events."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: set[str] = set()
        self.handlers: set[str] = set()
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and "src" not in dict(attrs):
            self._open = []
        self.handlers |= {value for name, value in attrs if name.startswith("on") and value}

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.scripts.add("".join(self._open))
            self._open = None
