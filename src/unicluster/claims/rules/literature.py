"""Rules on what is cited and listed."""

from __future__ import annotations

import re

from unicluster.claims.answers import Answer, Text, exactly
from unicluster.claims.evidence import Evidence


def listed_year(evidence: Evidence, source: str) -> Answer:
    """Year of a work in the reference list."""
    return exactly(evidence.rows("sources", source=source)["year"].iloc[0], "year in the reference list")


def listed_surname(evidence: Evidence, source: str, place: str) -> Answer:
    """Surname of the author in that place of the list's entry."""
    authors = evidence.rows("sources", source=source)["authors"].iloc[0].replace("’", "'")
    names = re.findall(r"([^\W\d_][\w'\-]+)(?:,| \w\. \w\.)", authors)
    return Text(names[int(place) - 1], "so in the reference list")


def cited_surname(evidence: Evidence, source: str, place: str) -> Answer:
    """Surname of the author in that place where the body cites the work."""
    names = re.findall(r"[^\W\d_][\w’'\-]{2,}", evidence.rows("sources", source=source)["cited_as"].iloc[0])
    return Text(names[int(place) - 1], "so where the body cites it")


def named(evidence: Evidence, source: str, kind: str) -> Answer:
    """How many factors of a kind the article names from a source."""
    said = evidence.rows("statements", source=source)
    factors = evidence["factors"]
    wanted = factors.loc[factors["kind"].eq(kind), "factor"]
    return exactly(said.loc[said["factor"].isin(wanted), "factor"].nunique(), "named in the text")
