"""The ledger: verdicts as they are committed, computed, and never from the claim's own value."""

import inspect
import json
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP
from fractions import Fraction
from math import inf

import pandas as pd
import pytest

from tests.claims.verdicts import FILE, verdicts
from unicluster import claims
from unicluster.claims.answers import at_least, exactly
from unicluster.claims.ledger import rounded
from unicluster.faults import InputError


def test_no_verdict_changes_unseen(ledger):
    committed = json.loads(FILE.read_text(encoding="utf-8"))
    assert verdicts(ledger) == committed, "if the change is meant: python -m tests.claims.verdicts"


def test_every_verdict_is_one_of_the_known(ledger):
    assert set(ledger["verdict"]) == set(claims.VERDICTS)


def test_evidence_has_no_claims(evidence):
    assert {"claims", "numerals"} & set(evidence) == set()
    with pytest.raises(KeyError):
        evidence["claims"]


def test_rules_get_evidence_and_text_only():
    """A rule's arguments are its evidence and words: there is no way to hand it a claim."""
    for name, rule in claims.RULES.items():
        first, *others = inspect.signature(rule, eval_str=True).parameters.values()
        assert first.annotation is claims.Evidence, name
        assert all(parameter.annotation is str for parameter in others), name
        assert set(rule.__code__.co_names) & {"open", "load", "store", "read_csv", "paths"} == set(), name


def numeric_records(stated, evidence):
    types = {"Int64", "Float64"}
    for claim in stated.dropna(subset="cell").itertuples():
        name, _, column = claim.cell.split("/")
        if str(evidence[name][column].dtype) in types and claim.rule != "article.once":
            yield claim


def test_no_rule_reads_the_record_of_its_own_claim(stated, evidence):
    """Change the cell that holds a claim's value: what the rule recomputes for that claim stays."""
    for claim in numeric_records(stated, evidence):
        name, keys, column = claim.cell.split("/")
        before = claims.answer(claim, evidence)
        changed = evidence[name].copy()
        row = evidence.place(claim.cell)
        changed.loc[row, column] = changed.loc[row, column] + 1
        after = claims.answer(claim, claims.Evidence({**evidence, name: changed}))
        assert after == before, f"{claim.claim} reads {keys} {column}"


def test_a_record_that_differs_from_its_claim_is_refused(stated, evidence):
    changed = stated.copy()
    changed.loc[changed["claim"].eq("respondents"), "value"] = "70"
    with pytest.raises(InputError, match="the claim says 70, its record in the tables is 69"):
        claims.ledger(changed, evidence)


def test_faults_of_the_table_are_told_together(stated, evidence):
    changed = stated.copy()
    changed.loc[changed["claim"].eq("respondents"), "rule"] = "survey.bass"
    changed.loc[changed["claim"].eq("barriers"), "value"] = "five"
    changed.loc[changed["claim"].eq("forms"), "hand_verdict"] = "lost"
    with pytest.raises(InputError) as caught:
        claims.ledger(changed, evidence)
    told = str(caught.value)
    assert "did you mean 'survey.base'?" in told
    assert "a number is needed" in told
    assert "a verdict by hand needs the rule 'by hand'" in told


def test_a_rule_that_fails_is_no_verdict(stated, evidence):
    changed = stated.copy()
    changed.loc[changed["claim"].eq("objects-aktobe"), "arguments"] = "a;b"
    with pytest.raises(TypeError):
        claims.ledger(changed, evidence)


def test_verdicts_by_hand_say_why(ledger):
    by_hand = ledger[ledger["by_hand"]]
    assert len(by_hand) < len(ledger) / 6
    assert by_hand["reason"].str.len().gt(20).all()
    assert by_hand["rule"].eq("by hand").all()


@pytest.mark.parametrize(
    ("printed", "decimals", "relation", "found", "expected"),
    [
        ("69", 0, "equal", exactly(69), "exact"),
        ("55.1", 1, "equal", exactly(Fraction(3800, 69)), "rounding"),
        ("88", 0, "equal", exactly(Fraction("87.37")), "discrepancy"),
        ("12.5", 1, "equal", exactly(Fraction("12.45")), "rounding"),  # half up
        ("12.4", 1, "equal", exactly(Fraction("12.45")), "rounding"),  # half to even
        ("12.6", 1, "equal", exactly(Fraction("12.45")), "discrepancy"),
        ("64", 0, "equal", claims.Between(Fraction(63), Fraction(69)), "underdetermined"),
        ("62", 0, "equal", claims.Between(Fraction(63), Fraction(69)), "discrepancy"),
        ("84", 0, "equal", at_least(18), "underdetermined"),
        ("17", 0, "equal", at_least(18), "discrepancy"),
        ("50", 0, "more than", exactly(Fraction(58)), "exact"),
        ("50", 0, "more than", exactly(Fraction(50)), "discrepancy"),
        ("50", 0, "more than", claims.Between(Fraction(0), Fraction(81)), "underdetermined"),
        ("50", 0, "less than", exactly(Fraction(45)), "exact"),
        ("50", 0, "less than", exactly(Fraction(55)), "discrepancy"),
        ("Vanica", 0, "text", claims.Text("Banica"), "discrepancy"),
        ("Banica", 0, "text", claims.Text("Banica"), "exact"),
        ("9", 0, "equal", claims.Once(Fraction(9), "once"), "not recomputable"),
        ("9", 0, "equal", claims.Once(Fraction(8), "once"), "discrepancy"),
        (None, 0, "equal", claims.Lost("picture"), "lost"),
        (None, 0, "equal", claims.NotRecomputable("blank"), "not recomputable"),
    ],
)
def test_verdict(printed, decimals, relation, found, expected):
    assert claims.verdict(printed, decimals, relation, found) == expected


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [("0.5", ROUND_HALF_UP, 1), ("0.5", ROUND_HALF_EVEN, 0), ("1.5", ROUND_HALF_EVEN, 2), ("2.4999", ROUND_HALF_UP, 2)],
)
def test_rounded(value, mode, expected):
    assert rounded(Fraction(value), 0, mode) == expected


def test_furniture_effect_by_hand(ledger):
    """29170 / 15568 = 1.8737, hence 87 %; the article prints 88."""
    row = ledger.set_index("id").loc["furniture-effect"]
    assert row["verdict"] == "discrepancy"
    assert row["low"] == pytest.approx(100 * (29170 / 15568 - 1))
    assert row["difference"] == pytest.approx(88 - 87.3715, abs=1e-3)


def test_experience_cannot_hold_all_respondents(ledger):
    """3 + 11 + 19 + 22 + 13 = 68, and no other counts of 69 print as 4, 16, 28, 32 and 19 per cent."""
    rows = ledger.set_index("id")
    assert rows.loc["experience-respondents", ["low", "high", "verdict"]].tolist() == [68, 68, "discrepancy"]
    assert rows.loc["experience-percentages", "high"] == pytest.approx(100 * 68 / 69)
    assert claims.can_sum(["19", "32", "28", "16", "4"], 69) == []
    assert set(claims.can_sum(["19", "32", "28", "16", "4"], 69, missing=1)) == {"half_up", "half_even"}


def test_export_is_plain(ledger):
    rows = claims.export(ledger)
    wanted = {"id", "line", "statement", "printed", "recomputed", "difference", "verdict", "rule"}
    assert all(wanted <= set(row) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows) == len(ledger)
    text = json.dumps(rows, allow_nan=False)
    assert "Infinity" not in text
    assert next(row for row in rows if row["id"] == "partners-kartu")["high"] is None
    assert ledger.set_index("id").loc["partners-kartu", "high"] == inf


def test_percentages_of_respondents_have_a_granularity_test(ledger):
    tested = ledger[ledger["half_up"].notna()]
    assert set(tested["id"]) == set(
        ledger.loc[ledger["unit"].eq("% of respondents") & ledger["kind"].eq("percentage"), "id"]
    )
    assert pd.notna(tested[["half_even", "truncated"]]).all(axis=None)
    medium = tested.set_index("id").loc["activity-medium-percent"]
    assert (medium["half_up"], medium["half_even"], medium["truncated"]) == ("38", "38", "none")  # 38 of 69 is 55.07 %
