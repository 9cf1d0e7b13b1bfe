"""Make text that comes from data harmless on a page."""

from __future__ import annotations

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-!|$~&:@^=%.])")


def markdown(text: object) -> str:
    """Escape text so that MyST Markdown shows it letter for letter.

    Parameters
    ----------
    text : object
        Anything; its ``str`` is taken, line ends become spaces.
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))


def as_html(text: object) -> str:
    """Escape text so that a browser shows it letter for letter, quotes included."""
    return html.escape(" ".join(str(text).split()), quote=True)
