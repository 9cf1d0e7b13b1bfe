"""Every number the article prints: what it should follow from, and the verdict."""

from unicluster.claims.answers import Between, Lost, NotRecomputable, Once, Text
from unicluster.claims.evidence import Evidence
from unicluster.claims.evidence import load as load_evidence
from unicluster.claims.grim import ROUNDINGS, can_sum, passes, possible_totals, resolution, set_totals
from unicluster.claims.ledger import VERDICTS, answer, export, ledger, verdict
from unicluster.claims.numerals import find_numerals, uncovered
from unicluster.claims.percentages import percentage_sets
from unicluster.claims.rules import RULES

__all__ = [
    "ROUNDINGS",
    "RULES",
    "VERDICTS",
    "Between",
    "Evidence",
    "Lost",
    "NotRecomputable",
    "Once",
    "Text",
    "answer",
    "can_sum",
    "export",
    "find_numerals",
    "ledger",
    "load_evidence",
    "passes",
    "percentage_sets",
    "possible_totals",
    "resolution",
    "set_totals",
    "uncovered",
    "verdict",
]
