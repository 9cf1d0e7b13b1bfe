"""What is wrong with an input, told once and in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input, with its place and its remedy.

    Parameters
    ----------
    message : str
        What was found and what to do, as one sentence or two.
    file : str, optional
        The table or file, relative to the data folder.
    row : int, optional
        The line of the file as an editor counts it (the header is line 1).
    column : str, optional
        The column, option or argument.
    value : str, optional
        What was found there, shortened to 60 characters when shown.
    rule : str, optional
        The rule that is broken, in a word or two: ``required``, ``type``, ``enum``, ``foreign key``, …
    suggestion : str, optional
        The nearest value that would be right, where there is one.
    """

    message: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    rule: str | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                None if self.row is None else f"row {self.row}",
                None if self.column is None else f"column {visible(self.column)}",
            )
            if part
        )
        found = "" if self.value is None else f"found {shorten(self.value)}: "
        return f"{place}: {found}{self.message}" if place else f"{found}{self.message}"


class InputError(ValueError):
    """Every fault of an input, in one error.

    Parameters
    ----------
    faults : iterable of Fault or str
        At least one; a plain string is a fault without a place.

    Attributes
    ----------
    faults : tuple of Fault
    """

    def __init__(self, faults: Iterable[Fault | str] | str):
        listed = [faults] if isinstance(faults, str) else list(faults)
        if not listed:
            raise TypeError("InputError needs at least one fault")
        self.faults = tuple(f if isinstance(f, Fault) else Fault(f) for f in listed)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def refuse(faults: Iterable[Fault | str]) -> None:
    """Raise `InputError` when there is at least one fault, else do nothing."""
    listed = list(faults)
    if listed:
        raise InputError(listed)


def shorten(value: object, length: int = 60) -> str:
    """Show a value on one line, quoted, cut to ``length`` characters."""
    text = repr(str(value))
    return text if len(text) <= length else text[: length - 2] + "…'"


def visible(text: str) -> str:
    """Text on one line with every sign that would not be seen written out, as ``\\u202e``; cut like a value."""
    shown = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in str(text))
    return shown if len(shown) <= 60 else shown[:59] + "…"
