"""Rules on the partner enterprises."""

from __future__ import annotations

from unicluster import cluster
from unicluster.claims.answers import Answer, at_least, exactly
from unicluster.claims.evidence import Evidence


def organisations(evidence: Evidence, oblast: str) -> Answer:
    """Different organisations among the names of an oblast's list."""
    rows = evidence.rows("members", oblast=oblast)
    count = cluster.identify(rows).nunique()
    return exactly(count, f"{len(rows)} names, {count} different organisations")


def at_work_there(evidence: Evidence, oblast: str) -> Answer:
    """Names of an oblast's list whose organisation is not known to work in another oblast."""
    rows = evidence.rows("members", oblast=oblast)
    outside = rows.loc[rows["outside"].fillna(False), "name_en"]
    return exactly(len(rows) - len(outside), f"works elsewhere: {', '.join(outside) or 'none'}")


def named_at_least(evidence: Evidence, oblast: str) -> Answer:
    """Partners: at least as many as are named."""
    rows = evidence.rows("members", oblast=oblast)
    return at_least(cluster.identify(rows).nunique(), "different organisations are named; the other partners are not")


def parties(evidence: Evidence) -> Answer:
    """Parties that give or receive in the mechanism."""
    rows = evidence["exchanges"]
    return exactly(len(set(rows["giver"]) | set(rows["receiver"])), "parties in the text of Figure 11")
