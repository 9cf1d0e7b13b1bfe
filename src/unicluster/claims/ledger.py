"""The ledger: every claim beside what its rule recomputes, with a verdict that is computed."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import inf

import pandas as pd

from unicluster import tables
from unicluster.claims.answers import Answer, Between, Lost, NotRecomputable, Once, Text
from unicluster.claims.evidence import Evidence
from unicluster.claims.grim import ROUNDINGS, possible_totals
from unicluster.claims.rules import RULES
from unicluster.faults import Fault, refuse

VERDICTS = ("exact", "rounding", "underdetermined", "discrepancy", "lost", "not recomputable")
MODES = (ROUND_HALF_UP, ROUND_HALF_EVEN)


def ledger(claims: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Recompute every claim and compare.

    Parameters
    ----------
    claims : DataFrame
        The table ``claims``.
    evidence : Evidence
        Every other table (`unicluster.claims.load_evidence`).

    Returns
    -------
    DataFrame
        One row a claim, in the order of the text: ``id``, ``line``, ``section``, ``topic``, ``kind``, ``statement``,
        ``term_ru``, ``unit``, ``relation``, ``printed`` and ``recomputed`` (text), ``low`` and ``high`` (numbers,
        infinite where there is no end), ``difference`` (printed less the nearest recomputed value), ``verdict``,
        ``by_hand``, ``reason``, ``rule`` (as called), ``cell`` and, for a percentage of respondents, the counts that
        can print so under each rounding (``half_up``, ``half_even``, ``truncated``).

    Raises
    ------
    InputError
        An unknown rule, a value that its kind cannot have, a record in the tables that differs from the claim. A rule
        that fails lets its own error through: that is no verdict.
    """
    refuse(_faults(claims, evidence))
    rows = [_row(claim, evidence) for claim in claims.itertuples()]
    return pd.DataFrame(rows).sort_values(["line", "id"], kind="stable", ignore_index=True)


def answer(claim: tuple, evidence: Evidence) -> Answer:
    """What the claim's rule says; the rule gets its arguments and the evidence, never the claim."""
    given = [] if pd.isna(claim.arguments) else [part.strip() for part in claim.arguments.split(";")]
    return RULES[claim.rule](evidence, *given)


def verdict(printed: str | None, decimals: int, relation: str, found: Answer) -> str:
    """The verdict on one claim.

    Parameters
    ----------
    printed : str or None
        The claim's value; None where the place is blank in print.
    decimals : int
        Printed decimals.
    relation : {"equal", "more than", "less than", "text"}
        What the words claim of the value.
    found : Answer
    """
    if isinstance(found, Lost):
        return "lost"
    if isinstance(found, NotRecomputable):
        return "not recomputable"
    if isinstance(found, Text):
        return "exact" if found.value == printed else "discrepancy"
    if isinstance(found, Once):
        same = found.value == printed if isinstance(found.value, str) else found.value == Fraction(printed)
        return "not recomputable" if same else "discrepancy"
    value = Fraction(printed)
    if relation != "equal":
        holds = [_holds(end, relation, value) for end in (found.low, found.high)]
        return "exact" if all(holds) else "underdetermined" if any(holds) else "discrepancy"
    if found.low == found.high:
        if found.low == value:
            return "exact"
        return "rounding" if any(rounded(found.low, decimals, mode) == value for mode in MODES) else "discrepancy"
    half = Fraction(1, 2) / 10**decimals if decimals else 0
    return "underdetermined" if found.low - half <= value <= found.high + half else "discrepancy"


def rounded(value: Fraction, decimals: int, mode: str) -> Fraction:
    """A number at the printed precision."""
    scaled = value * 10**decimals
    whole = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return Fraction(whole.quantize(Decimal(1), mode)) / 10**decimals


def export(table: pd.DataFrame) -> list[dict]:
    """The ledger as a list of plain objects for JSON: missing values are None, an end that is open too."""
    plain = table.astype(object).where(table.notna() & ~table.isin([inf, -inf]), None)
    return plain.to_dict("records")


def _row(claim: tuple, evidence: Evidence) -> dict:
    given = "" if pd.isna(claim.arguments) else claim.arguments
    by_hand = not pd.isna(claim.hand_verdict)
    found = NotRecomputable(claim.note) if by_hand else answer(claim, evidence)
    printed = None if pd.isna(claim.value) else claim.value
    decimals = 0 if pd.isna(claim.printed_decimals) else int(claim.printed_decimals)
    judged = claim.hand_verdict if by_hand else verdict(printed, decimals, claim.relation, found)
    low, high = (found.low, found.high) if isinstance(found, Between) else (None, None)
    reason = found.reason if by_hand or pd.isna(claim.note) else ". ".join(filter(None, (found.reason, claim.note)))
    return {
        "id": claim.claim,
        "line": claim.line,
        "section": claim.section,
        "topic": claim.topic,
        "kind": claim.kind,
        "statement": claim.statement_en,
        "term_ru": claim.term_ru,
        "unit": claim.unit,
        "relation": claim.relation,
        "printed": printed,
        "recomputed": _told(found),
        "low": None if low is None else float(low),
        "high": None if high is None else float(high),
        "difference": _difference(printed, claim.relation, found),
        "verdict": judged,
        "by_hand": by_hand,
        "reason": reason,
        "rule": "by hand" if by_hand else f"{claim.rule}({given})",
        "cell": claim.cell,
        **_granularity(claim, evidence),
    }


def _granularity(claim: tuple, evidence: Evidence) -> dict[str, str | None]:
    """Counts that can print as the percentage, under each rounding; empty for a claim of another kind."""
    if claim.kind != "percentage" or pd.isna(claim.cell) or not claim.cell.startswith("survey_counts/"):
        return dict.fromkeys(ROUNDINGS)
    question = claim.cell.split("/")[1].partition("|")[0]
    base = int(evidence.cell(f"survey_questions/{question}/base"))
    found = {rounding: possible_totals(claim.value, base, rounding, percent=True) for rounding in ROUNDINGS}
    return {rounding: " ".join(map(str, counts)) or "none" for rounding, counts in found.items()}


def _told(found: Answer) -> str | None:
    if isinstance(found, Text):
        return found.value
    if not isinstance(found, Between):
        return None
    if found.high == inf:
        return f"{_number(found.low)} or more"
    return _number(found.low) if found.low == found.high else f"{_number(found.low)} to {_number(found.high)}"


def _number(value: Fraction) -> str:
    return f"{float(value):.10g}" if value == int(value) else f"{float(value):.7g}"


def _difference(printed: str | None, relation: str, found: Answer) -> float | None:
    """Printed less the nearest value that was recomputed."""
    if printed is None or relation != "equal" or not isinstance(found, Between):
        return None
    value = Fraction(printed)
    return float(value - min(max(value, found.low), found.high))


def _holds(end: Fraction | float, relation: str, value: Fraction) -> bool:
    return end > value if relation == "more than" else end < value


def _faults(claims: pd.DataFrame, evidence: Evidence) -> list[Fault]:
    faults = []
    shown_as = tables.table("claims").path
    lines = claims.attrs.get("lines", range(2, len(claims) + 2))
    for line, claim in zip(lines, claims.itertuples(), strict=True):
        by_hand = not pd.isna(claim.hand_verdict)
        if by_hand != (claim.rule == "by hand"):
            faults.append(Fault("a verdict by hand needs the rule 'by hand', and only that", shown_as, line, "rule"))
        elif not by_hand and claim.rule not in RULES:
            faults.append(Fault(f"no such rule{tables.suggest(claim.rule, RULES)}", shown_as, line, "rule", claim.rule))
        if claim.relation != "text" and not pd.isna(claim.value) and not _is_number(claim.value):
            faults.append(Fault("a number is needed", shown_as, line, "value", claim.value))
        if not pd.isna(claim.cell) and not pd.isna(claim.value):
            recorded = evidence.cell(claim.cell)
            same = str(recorded) == claim.value if claim.relation == "text" else _equal(recorded, claim.value)
            if not same:
                message = f"the claim says {claim.value}, its record in the tables is {recorded}; correct one of them"
                faults.append(Fault(message, shown_as, line, "cell", claim.cell))
    return faults


def _is_number(text: str) -> bool:
    try:
        Fraction(text)
    except ValueError:
        return False
    return True


def _equal(recorded: object, value: str) -> bool:
    return recorded is not None and Fraction(str(recorded)) == Fraction(value)
