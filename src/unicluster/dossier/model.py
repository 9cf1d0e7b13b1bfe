"""A dossier before it becomes a page, a Word document or a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from unicluster.display import MISSING
from unicluster.figures.style import Figure


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    Attributes
    ----------
    text : str
        What is shown, harmless in any of the forms once escaped for it.
    number : bool
        Whether it is a number; every number has a tag and a source.
    open : bool
        Whether something is still to be supplied.
    tag, source : str or None
        How it is known, and the identifier of the source with row and column: ``R5.3:share``.
    """

    text: str
    number: bool = False
    open: bool = False
    tag: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Table:
    """A table with its caption.

    ``sources`` are identifiers of the register; ``long`` folds it on a page; ``stacked`` sets the cells of a row one
    below the other where the page is narrow.
    """

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[str, ...] = ()
    note: str = ""
    long: bool = False
    stacked: bool = False

    @cached_property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers and nothing else but open cells."""
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.headings)
        return tuple(
            any(cell.number for cell in column)
            and all(cell.number or cell.open or cell.text in ("", MISSING) for cell in column)
            for column in columns
        )


@dataclass(frozen=True)
class Picture:
    """A figure with the identifiers of its sources and the tag of what it shows."""

    name: str
    figure: Figure
    tag: str
    sources: tuple[str, ...]

    @cached_property
    def svg(self) -> str:
        """The drawing as SVG text, drawn once for all forms of the dossier and in its language."""
        return self.figure.svg()


@dataclass(frozen=True)
class Text:
    """A paragraph; ``kind`` is ``plain``, ``open`` (something is missing) or ``warning``."""

    text: str
    kind: str = "plain"


Block = Table | Picture | Text


@dataclass(frozen=True)
class Part:
    """One of the parts, or what stands before them (``number`` None)."""

    number: int | None
    title: str
    content: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Dossier:
    """The whole.

    Attributes
    ----------
    region, language : str
    title : str
    fictitious : str
        What must be said on every page of a region that does not exist; empty for a real one.
    readiness : str
        One line.
    parts : tuple of Part
        The opening first.
    links : dict of str to str
        Page of the book behind each source, relative to the region's folder of the book.
    """

    region: str
    language: str
    title: str
    fictitious: str
    readiness: str
    parts: tuple[Part, ...]
    links: dict[str, str]
