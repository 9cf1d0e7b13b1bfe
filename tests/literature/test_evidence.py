"""The literature room, on rows small enough to count by hand."""

import pandas as pd
import pytest

from unicluster import literature
from unicluster.faults import InputError


@pytest.fixture
def factors():
    return pd.DataFrame(
        [
            ("spin-offs", "mechanism"),
            ("transfer", "mechanism"),
            ("spillover", "mechanism"),
            ("scale", "moderator"),
            ("growth", "outcome"),
        ],
        columns=["factor", "kind"],
    ).assign(name_en=lambda t: t["factor"].str.title())


@pytest.fixture
def sources():
    return pd.DataFrame(
        [
            ("A2001", 2001, "review", "no", "no"),
            ("B2002", 2002, "econometric", "yes", "no"),
            ("C2003", 2003, "case", "mixed", "yes"),
            ("D2004", 2004, "case", "unknown", "unknown"),
        ],
        columns=["source", "year", "evidence", "transition", "mining"],
    )


@pytest.fixture
def statements():
    rows = [
        ("s1", "A2001", "transfer", "growth", "positive", "direct"),
        ("s2", "A2001", "transfer", "growth", "positive", "direct"),
        ("s3", "B2002", "transfer", "growth", "negative", "direct"),
        ("s4", "C2003", "transfer", "growth", "positive", "second-hand"),
        ("s5", "B2002", "spillover", "growth", "mixed", "direct"),
        ("s6", "D2004", "scale", "growth", "moderates", "direct"),
        ("s7", "D2004", "spin-offs", pd.NA, "names", "direct"),
    ]
    columns = ["statement", "source", "factor", "outcome", "direction", "reading"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(context=pd.NA, text_en="text", line=range(100, 107), tag="stated")


@pytest.fixture
def table(statements, factors, sources):
    return literature.evidence(statements, factors, sources)


def test_every_statement_keeps_its_row_and_gets_its_source(table, statements):
    assert table["statement"].tolist() == statements["statement"].tolist()
    assert table.loc[2, ["year", "evidence_type", "transition"]].tolist() == [2002, "econometric", "yes"]


def test_unknown_sources_and_factors_are_all_named(statements, factors, sources):
    broken = statements.assign(source="Z1999").assign(factor=["nothing", *statements["factor"][1:]])
    with pytest.raises(InputError) as error:
        literature.evidence(broken, factors, sources)
    assert {fault.value for fault in error.value.faults} == {"Z1999", "nothing"}


def test_a_source_counts_once_however_many_sentences_it_has(table):
    pair = literature.factor_outcome(table).set_index(["factor", "outcome"]).loc[("transfer", "growth")]
    assert pair[["positive", "negative", "mixed", "sources", "second_hand", "direct"]].tolist() == [2, 1, 0, 3, 1, 2]
    assert pair["agreement"] == pytest.approx(2 / 3)
    assert pair["contradiction"]
    assert pair["source_keys"] == "A2001;B2002;C2003"
    assert pair["lines"] == "100;101;102;103"


def test_pairs_without_a_direction_have_no_agreement(table):
    pair = literature.factor_outcome(table).set_index("factor").loc["scale"]
    assert pair["moderates"] == 1
    assert pd.isna(pair["agreement"])
    assert not pair["contradiction"]


def test_what_is_only_named_connects_no_pair(table):
    assert "spin-offs" not in set(literature.factor_outcome(table)["factor"])


def test_synonyms_join_evidence_that_names_hide(table):
    apart = literature.contradictions(table)
    joined = literature.contradictions(table, {"spillover": "transfer"})
    assert set(apart["statement"]) == {"s1", "s2", "s3", "s4"}
    assert set(joined["statement"]) == {"s1", "s2", "s3", "s4", "s5"}


def test_sources_that_agree_are_no_contradiction(table):
    assert literature.contradictions(table[table["direction"].eq("positive")]).empty


def test_context_keeps_mixed_and_leaves_out_unknown(table):
    assert set(literature.in_context(table, transition=True)["source"]) == {"B2002", "C2003"}
    assert set(literature.in_context(table, mining=True)["source"]) == {"C2003"}
    assert len(literature.in_context(table)) == len(table)


def test_moderators_are_told_apart_from_factors(table):
    assert literature.moderators(table)[["factor", "outcome"]].to_numpy().tolist() == [["scale", "growth"]]


def test_factor_profiles_say_what_is_raised_lowered_and_unclear(table):
    profile = literature.by_factor(table).set_index("factor")
    assert profile.loc["transfer", ["raises", "lowers", "unclear"]].tolist() == ["Growth", "Growth", ""]
    assert profile.loc["spillover", "unclear"] == "Growth"
    assert profile.index[0] == "transfer"


def test_source_profiles_count_every_statement_once(table):
    profiles = literature.source_profiles(table).set_index("source")
    assert profiles["statements"].sum() == len(table)
    assert profiles[list(literature.DIRECTIONS)].to_numpy().sum() == len(table)
    assert profiles.loc["C2003", "second_hand"] == 1


def test_types_of_evidence_count_sources_and_statements(table):
    types = literature.evidence_types(table).set_index("evidence_type")
    assert types.loc["case", ["sources", "statements", "names"]].tolist() == [2, 3, 1]
    assert types.index.tolist() == ["review", "econometric", "case"]


def test_claims_are_set_beside_the_sources():
    links = pd.DataFrame(
        [
            ("a", "b", "article", "+", "article"),
            ("a", "b", "A2001", "+", "source"),
            ("a", "b", "B2002", "0", "source"),
            ("c", "b", "article", "-", "article"),
            ("c", "b", "A2001", "+", "source"),
            ("d", "b", "article", "+", "article"),
            ("d", "b", "survey", "+", "survey"),
            ("e", "b", "article", "+", "article"),
            ("e", "b", "C2003", "+", "source"),
            ("f", "b", "A2001", "+", "source"),
        ],
        columns=["from", "to", "rater", "sign", "tag"],
    ).assign(strength="medium", lines="1")
    verdicts = literature.claim_support(links).set_index("from")
    assert verdicts["support"].to_dict() == {
        "a": "contested",
        "c": "contradicted",
        "d": "article alone",
        "e": "supported",
    }
    assert verdicts.loc["a", ["supporting", "doubting"]].tolist() == ["A2001", "B2002"]


def test_statements_that_no_link_rests_on_are_found(table):
    links = pd.DataFrame({"statements": ["s1;s2", pd.NA, "s3", "x001"]})
    assert literature.unlinked(table, links)["statement"].tolist() == ["s4", "s5"]
