"""Rules on lists: how many items stand in them."""

from __future__ import annotations

from unicluster.claims.answers import Answer, exactly
from unicluster.claims.evidence import Evidence


def items(evidence: Evidence, name: str) -> Answer:
    """Items of a list of the article."""
    return exactly(len(evidence.rows("lists", list=name)), "items counted")


def items_of_kind(evidence: Evidence, kind: str, line: str) -> Answer:
    """Themes, barriers or measures in a list that begins at a line."""
    rows = evidence.rows("themes", kind=kind)
    return exactly(int(rows["line"].ge(int(line)).sum()), "items counted")


def items_at(evidence: Evidence, kind: str, line: str) -> Answer:
    """Themes, barriers or measures that one line names."""
    return exactly(len(evidence.rows("themes", kind=kind, line=int(line))), "items counted")
