"""Rules on the universities and oblasts of the study."""

from __future__ import annotations

from fractions import Fraction

from unicluster.claims.answers import Answer, Between, Text, exactly, fraction
from unicluster.claims.evidence import Evidence


def named(evidence: Evidence, mark: str) -> Answer:
    """Universities that the article names as visited or as surveyed."""
    rows = evidence["universities"]
    return exactly(int(rows[mark].sum()), f"named as {mark}")


def named_in(evidence: Evidence, oblast: str) -> Answer:
    """Universities of an oblast among those named as objects of study."""
    rows = evidence["universities"]
    return exactly(int((rows["visited"] & rows["oblast"].eq(oblast)).sum()), "named among the objects")


def oblasts(evidence: Evidence) -> Answer:
    """Oblasts of the universities named as objects of study."""
    rows = evidence["universities"]
    return exactly(rows.loc[rows["visited"], "oblast"].nunique(), "oblasts of the named universities")


def same(evidence: Evidence, counts: str) -> Answer:
    """The same number at other places."""
    numbers = [fraction(evidence.cell(f"university_counts/{one}/count")) for one in counts.split(",")]
    return Between(min(numbers), max(numbers), "the same number elsewhere")


def share(evidence: Evidence, part: str, whole: str) -> Answer:
    """One printed count as a percentage of another."""
    one, all_ = (fraction(evidence.cell(f"university_counts/{name}/count")) for name in (part, whole))
    return exactly(Fraction(100) * one / all_, f"{one} of {all_}")


def city(evidence: Evidence, university: str) -> Answer:
    """City of a university."""
    return Text(
        evidence.rows("universities", university=university)["city_ru"].iloc[0], "so in the list of the six objects"
    )
