"""Change the text of a page's HTML, knowing in which elements it stands, and leave the rest byte for byte."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

TOKEN = re.compile(r"(<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>)", re.DOTALL)
NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Element(NamedTuple):
    """An open element: its name and its start tag as written."""

    name: str
    tag: str


def rewrite(html: str, change: Callable[[str, Sequence[Element]], str]) -> str:
    """The HTML with every piece of text replaced by what `change` makes of it and of the elements open around it.

    Scripts, styles and comments are no text. An end tag closes everything up to its start tag; one without a start
    tag closes nothing.
    """
    tokens, around, opened = TOKEN.split(html), [], Counter()
    for place, token in enumerate(tokens):
        if place % 2 == 0:
            if token.strip():
                tokens[place] = change(token, around)
            continue
        named = NAME.match(token)
        if not named or token.startswith(("<script", "<style")) or named[1] in VOID or token.endswith("/>"):
            continue
        if not token.startswith("</"):
            around.append(Element(named[1], token))
            opened[named[1]] += 1
        elif opened[named[1]]:
            closed = ""
            while closed != named[1]:
                closed = around.pop().name
                opened[closed] -= 1
    return "".join(tokens)
