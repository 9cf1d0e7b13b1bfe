"""Rules on the clusters' outputs, totals and effects."""

from __future__ import annotations

from fractions import Fraction

from unicluster.claims.answers import Answer, Between, exactly, fraction
from unicluster.claims.evidence import Evidence

MILLIONS = 1000  # in a billion


def total(evidence: Evidence, column: str) -> Answer:
    """Sum of a column of Figure 1, in billion tenge."""
    return exactly(_sum(evidence, column) / MILLIONS, "sum of the six rows of Figure 1")


def left_by_others(evidence: Evidence, cluster: str, column: str) -> Answer:
    """Output of one cluster: the printed total, whatever was rounded away, less the other rows; million tenge."""
    part = column.partition("_")[0]
    totals = evidence["cluster_totals"]
    printed = totals[totals["total"].str.startswith(part)]
    half = max(Fraction(1, 2) / 10 ** int(digits) for digits in printed["printed_decimals"]) * MILLIONS
    amounts = [fraction(value) * MILLIONS for value in printed["value"]]
    rows = evidence["clusters"]
    others = sum(fraction(value) for value in rows.loc[rows["cluster"].ne(cluster), column])
    return Between(max(amounts) - half - others, min(amounts) + half - others, "printed total less the other five rows")


def growth(evidence: Evidence, cluster: str) -> Answer:
    """Growth from base to plan, per cent."""
    row = evidence.rows("clusters", cluster=cluster).iloc[0]
    return exactly(100 * (fraction(row["plan_output"]) / fraction(row["base_output"]) - 1), "100 (plan / base - 1)")


def year_of_table(evidence: Evidence, column: str) -> Answer:
    """Year of a column of Figure 1."""
    return _one(evidence["clusters"][column].unique())


def year_of_total(evidence: Evidence, part: str) -> Answer:
    """Year that the text gives with the totals."""
    totals = evidence["cluster_totals"]
    return _one(totals.loc[totals["total"].str.startswith(part), "year"].unique())


def _sum(evidence: Evidence, column: str) -> Fraction:
    return sum((fraction(value) for value in evidence["clusters"][column]), Fraction(0))


def _one(values: object) -> Answer:
    numbers = sorted(fraction(value) for value in values)
    return Between(numbers[0], numbers[-1])
