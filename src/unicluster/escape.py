"""Make text that comes from data harmless on a page."""

from __future__ import annotations

import html
import re
import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORMULA = ("=", "+", "-", "@")
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


def seen(text: object) -> str:
    """Text on one line, every character that would not be seen or would turn the writing round written out.

    Parameters
    ----------
    text : object
        Anything; its ``str`` is taken. A right-to-left mark becomes ``⟨U+200F⟩``.
    """
    # Not `str.split`: it would turn the thin space that keeps a number together into one at which a line may break.
    shown = re.sub(r"[ \t\r\n\f\v]+", " ", str(text)).strip()
    return "".join(f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in _UNSEEN else c for c in shown)


def seen_html(text: object) -> str:
    """Text as `seen`, escaped so that a browser shows it letter for letter."""
    return html.escape(seen(text), quote=True)


def spreadsheet(text: object) -> str:
    """Text that a spreadsheet shows and does not compute: an apostrophe stands before what would be a formula."""
    shown = seen(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
