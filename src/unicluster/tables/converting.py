"""The typed value of a cell, or why it has none."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import process

from unicluster.tables.dictionary import Field

_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """Why a cell breaks a rule of its field: the message, the rule, and the nearest right value where there is one."""

    message: str
    rule: str
    suggestion: str | None = None


def convert(field: Field, cell: str) -> tuple[object, Problem | None]:
    """The typed value of a cell and, when it breaks the field's type or constraints, why.

    Returns
    -------
    value : object
        ``pandas.NA`` where the cell is empty or faulty.
    problem : Problem or None
    """
    if not cell:
        return pd.NA, Problem("a value is required here", "required") if field.required else None
    value, problem = _typed(field.type, cell)
    problem = problem or _broken_limit(field.constraints, value, cell)
    return (pd.NA, problem) if problem else (value, None)


def _typed(kind: str, cell: str) -> tuple[object, Problem | None]:
    if kind == "integer":
        if not _INTEGER.fullmatch(cell):
            return pd.NA, Problem("a whole number is needed", "type")
        if len(cell.lstrip("+-0")) > 15:
            return pd.NA, Problem("the number is too large", "size")
        return int(cell), None
    if kind == "number":
        if not _NUMBER.fullmatch(cell):
            return pd.NA, Problem("a number is needed, with a point as decimal sign and no spaces", "type")
        value = float(cell)
        return (value, None) if math.isfinite(value) else (pd.NA, Problem("the number is too large", "size"))
    if kind == "boolean":
        if cell not in ("true", "false"):
            return pd.NA, Problem("true or false is needed", "type")
        return cell == "true", None
    return cell, None


def _broken_limit(limits: dict, value: object, cell: str) -> Problem | None:
    if "minimum" in limits and value < limits["minimum"]:
        return Problem(f"at least {limits['minimum']} is needed", "minimum")
    if "maximum" in limits and value > limits["maximum"]:
        return Problem(f"at most {limits['maximum']} is allowed", "maximum")
    if "enum" in limits and value not in limits["enum"]:
        known = ", ".join(map(str, limits["enum"]))
        near = nearest(str(value), limits["enum"])
        return Problem(f"unknown value{_hint(near)}; one of: {known}", "enum", near)
    if "pattern" in limits and not re.fullmatch(limits["pattern"], cell, re.ASCII):
        return Problem(f"the form {limits['pattern']} is needed", "pattern")
    return None


def nearest(name: str, known: object) -> str | None:
    """The known name that is nearest to ``name``, or None where none is near."""
    best = process.extractOne(name, sorted(map(str, known)), score_cutoff=70)
    return best[0] if best else None


def suggest(name: str, known: object) -> str:
    """A hint at the nearest known name, ready to be put into a message; empty when none is near."""
    return _hint(nearest(name, known))


def _hint(near: str | None) -> str:
    return f" (did you mean '{near}'?)" if near else ""
