"""The article's own literature: facts that anyone can check in its text."""

import pytest

from unicluster import literature, tables


@pytest.fixture(scope="module")
def table():
    return literature.evidence(tables.load("statements"), tables.load("factors"), tables.load("sources"))


def test_university_knowledge_does_not_always_pay_off_in_transition_economies(table):
    # Line 109: Carree & Thurik, Qiu et al.; line 113: Bercovitz & Feldmann, Mowery & Nelson.
    apart = literature.contradictions(table, literature.SYNONYMS)
    rows = apart[apart["common_factor"].eq("knowledge-transfer") & apart["outcome"].eq("regional-growth")]
    assert set(rows.loc[rows["direction"].eq("mixed"), "source"]) == {"Carree2010", "Qiu2017"}
    assert set(rows.loc[rows["direction"].eq("positive"), "source"]) == {"Bercovitz2006", "Mowery2004"}


def test_the_four_moderators_of_line_107_are_there(table):
    named = literature.moderators(table)
    assert {"collaboration-phase", "partner-scale", "organisational-level", "scientific-discipline"} <= set(
        named["factor"]
    )


def test_five_barriers_stand_in_the_way_of_collaboration(table):
    # Lines 113-115, Nsanzumuhire & Groot (2020).
    pairs = literature.factor_outcome(table)
    barriers = pairs[pairs["kind"].eq("barrier")]
    assert len(barriers) == 5
    assert barriers["negative"].eq(1).all()
    assert barriers["outcome"].eq("university-industry-collaboration").all()


def test_sources_of_line_115_are_second_hand(table):
    profiles = literature.source_profiles(table).set_index("source")
    borrowed = set(profiles.index[profiles["second_hand"].gt(0)])
    assert borrowed == {"Ankrah2015", "Marhl2011", "Perkmann2013", "Pinheiro2015"}
