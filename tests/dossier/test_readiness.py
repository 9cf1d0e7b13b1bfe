"""Conditions and the score against cases worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.dossier.conftest import memberships
from unicluster import dossier
from unicluster.dossier.application import read
from unicluster.dossier.definition import Definition, Row
from unicluster.dossier.readiness import RULES, Case, Condition

LEVELS = pd.DataFrame({"name": ["a", "b", "c"], "kind": ["x", "x", "y"], "value": [1.0, 2.0, None], "fine": [True] * 3})


def condition(met: bool, blocks: bool = True) -> Condition:
    return Condition("x", 0, "", met, blocks, False, "", "", "")


@pytest.mark.parametrize(
    ("met", "open_ones", "warnings", "expected"),
    [
        (0, 0, 0, (0, 0, 0)),
        (3, 0, 0, (3, 3, 100)),
        (2, 1, 5, (2, 3, 66)),  # 66.7 is rounded down
        (199, 1, 0, (199, 200, 99)),  # never 100 while something is open
        (0, 4, 4, (0, 4, 0)),
    ],
)
def test_the_score_counts_what_blocks_and_is_rounded_down(met, open_ones, warnings, expected):
    listed = [condition(True)] * met + [condition(False)] * open_ones + [condition(False, blocks=False)] * warnings
    assert dossier.score(listed) == expected


def case_of(bench, defined: Definition | None = None) -> Case:
    register = dossier.Register("testland", bench.find)
    return Case(bench.region, defined or dossier.load(), read(bench.region), register, {"universities": {}})


def criterion(rule: str, **given) -> Row:
    empty = dict.fromkeys(("chapter", "result", "filter", "column", "threshold", "field"))
    return Row(rule=rule, whose="own", **{**empty, "chapter": "chapter", "result": "levels", **given})


@pytest.mark.parametrize(
    ("given", "met", "told"),
    [
        ({"rule": "present"}, True, "3 rows"),
        ({"rule": "present", "filter": "kind=z"}, False, "no result chapter/levels"),
        ({"rule": "present", "result": "nothing"}, False, "no result chapter/nothing"),
        ({"rule": "no-rows", "filter": "kind=y"}, False, "1 rows"),
        ({"rule": "no-rows", "filter": "kind=z|w"}, True, "0 rows"),
        ({"rule": "no-rows", "result": "nothing"}, False, "no result chapter/nothing"),
        ({"rule": "at-least", "column": "value", "threshold": "1", "filter": "kind=x"}, True, "all 2 rows"),
        ({"rule": "at-least", "column": "value", "threshold": "2", "filter": "kind=x"}, False, "1 of 2 rows"),
        ({"rule": "at-least", "column": "value", "threshold": "0"}, False, "1 of 3 rows have less than 0: c y"),
        ({"rule": "equals", "column": "fine", "threshold": "True"}, True, "all 3 rows"),
        ({"rule": "equals", "column": "name", "threshold": "a"}, False, "2 of 3 rows are not a: b x, c y"),
        ({"rule": "total-at-most", "column": "value", "threshold": "3"}, True, "3 in all"),
        ({"rule": "total-at-most", "column": "value", "threshold": "2.9"}, False, "3 in all"),
        ({"rule": "total-at-most", "column": "value"}, False, "3 in all; the ceiling is not known"),
        ({"rule": "field-at-least", "field": "management-posts", "threshold": "0.25"}, True, "0.2"),
        ({"rule": "field-at-least", "field": "management-posts", "threshold": "0.5"}, False, "0.2"),
        ({"rule": "field-at-least", "field": "project-cost", "threshold": "0"}, False, "empty"),
        ({"rule": "one-of-region", "field": "initiator", "column": "universities"}, False, "empty"),
        ({"rule": "one-of-region", "field": "cluster-name", "column": "universities"}, False, "Test Cluster"),
        ({"rule": "region-is", "column": "fictitious", "threshold": "False"}, True, "fictitious: no"),
        ({"rule": "region-is-not", "column": "price_basis", "threshold": "unknown"}, False, "price basis: unknown"),
    ],
)
def test_each_rule_by_hand(bench, given, met, told):
    bench.save("chapter", "levels", LEVELS)
    case = Case(
        bench.region, dossier.load(), read(bench.region), dossier.Register("testland", bench.find), {"universities": {}}
    )
    row = criterion(**given)
    outcome = RULES[row.rule](case, row)
    assert outcome[0] is met or outcome[0] == met
    assert outcome[1].startswith(told)


def test_every_row_needs_its_field(bench):
    bench.save("cluster_model", "memberships", memberships())
    case = case_of(bench)
    row = criterion(
        "each-filled", chapter="cluster_model", result="memberships", column="organisation", field="member-bin"
    )
    assert RULES["each-filled"](case, row)[:2] == (False, "1 of 2 filled in")


def test_placeholders_are_counted(bench):
    defined = dossier.load()
    fields = [Row(**{**vars(field), "status": "known"}) for field in defined.fields]
    for known, met in ((fields, True), ([*fields[:-1], defined.fields[-1]], False)):
        whole = Definition(defined.parts, defined.takes, defined.columns, known, defined.criteria)
        case = case_of(bench, whole)
        assert RULES["no-placeholders"](case, criterion("no-placeholders"))[0] is met


def test_every_rule_of_the_dictionary_is_there():
    from unicluster import tables

    rule = next(field for field in tables.table("dossier_criteria").fields if field.name == "rule")
    assert set(rule.constraints["enum"]) == set(RULES)


def test_a_field_of_items_is_met_when_every_item_has_it(bench):
    """Two projects, one without its cost: the field is open and names the project."""
    rows = "".join(
        f"{field},{item},{text},{text},{number},s,stated\n"
        for field, item, text, number in (
            ("project-name", "one", "A", ""),
            ("project-name", "two", "B", ""),
            ("project-cost", "one", "", "5"),
        )
    )
    file = bench.region.folder / "application.csv"
    file.write_text("field,item,text_en,text_ru,number,source,tag\n" + rows, encoding="utf-8")
    fresh = type(bench.region)(**{**vars(bench.region), "held": {}})
    bench.region = fresh
    case = case_of(bench)
    found = {c.id: c for c in dossier.conditions(case)}
    assert found["field:project-name"].met
    assert not found["field:project-cost"].met and found["field:project-cost"].found == "lacking for two"
    assert not found["field:project-stage"].met and found["field:project-stage"].found == "empty"
    assert "field:member-bin" not in found  # every-member-bin tests it member by member


def test_a_criterion_on_a_column_that_is_not_there_is_refused(bench):
    bench.save("chapter", "levels", LEVELS)
    case = case_of(bench)
    with pytest.raises(ValueError, match="the result chapter/levels has no such column"):
        RULES["equals"](case, criterion("equals", column="vlaue", threshold="1"))
