"""How results look in a notebook and on a page."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from unicluster.escape import as_html
from unicluster.language import _, number

MISSING = "–"
IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


class TableView:
    """A table for reading: chosen columns, readable headings, rounded numbers.

    Parameters
    ----------
    frame : DataFrame
    caption : str
        What the table shows.
    columns : sequence of str, optional
        Columns to show, in order; all when not given.
    labels : mapping of str to str, optional
        Headings; the column's name with spaces when not given.
    names : mapping of str to mapping of str to str, optional
        What the identifiers in a column are called, in English, by column: a cell may be one identifier or hold some.
    digits : mapping of str to int, or int, default 1
        Decimals of numbers that are not whole.
    name : str, optional
        Name of the saved result that it shows, so that a page can lead to the data.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        caption: str,
        columns: Sequence[str] | None = None,
        labels: Mapping[str, str] | None = None,
        names: Mapping[str, Mapping[str, str]] | None = None,
        digits: Mapping[str, int] | int = 1,
        name: str = "",
    ):
        self.name = name
        self.caption = _(caption)
        chosen = list(columns or frame.columns)
        self._headings = [_((labels or {}).get(c, c.replace("_", " "))) for c in chosen]
        self._numeric = [
            pd.api.types.is_numeric_dtype(frame[c]) and not pd.api.types.is_bool_dtype(frame[c]) for c in chosen
        ]
        places = [digits if isinstance(digits, int) else digits.get(c, 1) for c in chosen]
        self._rows = [
            [
                show(value, place) if column not in (names or {}) else called(value, names[column])
                for column, value, place in zip(chosen, row, places, strict=True)
            ]
            for row in frame[chosen].itertuples(index=False, name=None)
        ]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}

    def html(self) -> str:
        """The table as HTML, every cell escaped, headings marked as such."""
        side = [' class="number"' if numeric else "" for numeric in self._numeric]
        head = "".join(f'<th scope="col"{s}>{as_html(h)}</th>' for h, s in zip(self._headings, side, strict=True))
        body = "\n".join(
            "<tr>" + "".join(f"<td{s}>{as_html(c)}</td>" for c, s in zip(row, side, strict=True)) + "</tr>"
            for row in self._rows
        )
        saved = f' data-result="{as_html(self.name)}"' if self.name else ""
        return (
            f'<p class="table-caption">{as_html(self.caption)}</p>\n'
            f'<div class="table-frame" tabindex="0" role="region" aria-label="{as_html(self.caption)}"{saved}>\n'
            '<table class="result">\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
        )

    def text(self) -> str:
        """The table as plain text."""
        shown = pd.DataFrame(self._rows, columns=self._headings)
        told = shown.to_string(index=False) if self._rows else "(" + _("no rows") + ")"
        return f"{self.caption}\n{told}"


class FigureView:
    """A figure with its caption and alternative text; its plain text names the hash of its data."""

    def __init__(self, name: str, svg: str, caption: str, alt: str, data_sha256: str):
        self.name = name
        self.svg = svg
        self.caption = caption
        self.alt = alt
        self.data_sha256 = data_sha256

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        words = {"name": self.name, "caption": self.caption, "alt": self.alt, "data_sha256": self.data_sha256}
        text = f"Figure {self.name}: {self.caption}\ndata sha256 {self.data_sha256}"
        return {"image/svg+xml": self.svg, "text/plain": text}, {"unicluster": words}


class Reading:
    """A paragraph of Markdown whose numbers come from results.

    Text from data must have passed `unicluster.escape.markdown`.
    """

    def __init__(self, *paragraphs: str):
        self.markdown = "\n\n".join(paragraphs)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}


def show(value: Any, digits: int = 1) -> str:
    """One value for reading: missing as a dash, thousands apart, whole numbers whole, words in the language in use."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return MISSING
    if isinstance(value, bool) or (hasattr(value, "dtype") and value.dtype.kind == "b"):
        return _("yes") if value else _("no")
    if isinstance(value, int) or (hasattr(value, "dtype") and value.dtype.kind in "iu"):
        return group(str(int(value)))
    if isinstance(value, float) or (hasattr(value, "dtype") and value.dtype.kind == "f"):
        if math.isinf(value):
            return "∞" if value > 0 else "−∞"
        # Whether a zero comes from above or from below is a matter of the last bit, which machines differ in.
        return number(group(f"{float(value):z.{digits}f}"))
    return _(str(value))


def called(value: Any, names: Mapping[str, str]) -> str:
    """An identifier, or a text that holds some, with their names in the language in use instead."""
    if not isinstance(value, str) or value in names:
        return show(names.get(value, value))
    return number(IDENTIFIER.sub(lambda found: _(names.get(found[0], found[0])), value))


def group(number: str) -> str:
    """Set thousands apart by a thin no-break space, from five digits on (ISO 80000-1), with a true minus."""
    sign, number = ("−", number[1:]) if number.startswith("-") else ("", number)
    whole, point, rest = number.partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", "\u202f")
    return sign + whole + point + rest
