"""How the findings in a region's folder are told: by file, errors first."""

from __future__ import annotations

from collections.abc import Iterable

from unicluster.faults import Fault, shorten, visible
from unicluster.regions.checking import Report

FEW = 3
"""How many notes of one kind in one column are told one by one."""


def as_text(report: Report) -> str:
    """The report as lines of text: a heading for each file, errors before warnings before notes.

    Parameters
    ----------
    report : Report
    """
    kinds = {"error": report.errors, "warning": report.warnings, "read as": report.notes}
    lines = []
    for file in sorted({fault.file or "" for found in kinds.values() for fault in found}):
        lines.append(f"  {file or report.region}")
        for kind, found in kinds.items():
            here = [fault for fault in found if (fault.file or "") == file]
            lines += _few(here) if kind == "read as" else [_line(kind, fault) for fault in here]
    return "\n".join([*lines, summary(report)]) if lines else summary(report)


def summary(report: Report) -> str:
    """One line: how many errors and warnings there are."""
    counted = [_count(len(report.errors), "error"), _count(len(report.warnings), "warning")]
    told = ", ".join(text for text in counted if text)
    return f"{report.region}: {told or 'nothing wrong'}"


def told(region: str, errors: Iterable[Fault]) -> str:
    """Errors alone, told in the same way."""
    return as_text(Report(region, list(errors)))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}" if number else ""


def _line(kind: str, fault: Fault) -> str:
    place = [f"row {fault.row}"] if fault.row is not None else []
    place += [f"column {visible(fault.column)}"] if fault.column is not None else []
    found = "" if fault.value is None else f"found {shorten(fault.value)}: "
    where = ", ".join(place)
    return f"    {kind:<8} {where + ': ' if where else ''}{found}{fault.message}"


def _few(notes: list[Fault]) -> list[str]:
    """Notes, those of one column only up to `FEW`."""
    lines: list[str] = []
    told: dict[str | None, int] = {}
    for note in notes:
        told[note.column] = told.get(note.column, 0) + 1
        if note.column is None or told[note.column] <= FEW:
            lines.append(_line("note", note))
    for column, count in told.items():
        if column is not None and count > FEW:
            lines.append(f"    note     column {visible(column)}: {count - FEW} more cells read in the same way")
    return lines
