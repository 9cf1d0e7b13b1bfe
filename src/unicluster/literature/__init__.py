"""What the literature says: factor by source evidence, agreement, contradiction, context."""

from unicluster.literature.agreement import (
    SYNONYMS,
    by_factor,
    by_outcome,
    claim_support,
    contradictions,
    factor_outcome,
    unlinked,
)
from unicluster.literature.evidence import (
    DIRECTIONS,
    EVIDENCE_TYPES,
    SIGNED,
    evidence,
    evidence_types,
    in_context,
    moderators,
    source_profiles,
)

__all__ = [
    "DIRECTIONS",
    "EVIDENCE_TYPES",
    "SIGNED",
    "SYNONYMS",
    "by_factor",
    "by_outcome",
    "claim_support",
    "contradictions",
    "evidence",
    "evidence_types",
    "factor_outcome",
    "in_context",
    "moderators",
    "source_profiles",
    "unlinked",
]
