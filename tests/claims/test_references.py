"""What a DOI and the other entries of a journal say of an entry, on small lists made by hand."""

import re
from fractions import Fraction
from math import inf

import pandas as pd
import pytest

from unicluster import tables
from unicluster.claims import Between, Evidence, NotRecomputable, Once, Text
from unicluster.claims.rules import references


def evidence(*entries):
    """Entries as ``(source, year, journal, volume, issue, first, last, number, doi)``."""
    columns = ["source", "year", "container", "volume", "issue", "first_page", "last_page", "article_number", "doi"]
    rows = pd.DataFrame(entries, columns=columns).convert_dtypes()
    own = ["source", "volume", "issue", "first_page", "last_page", "article_number"]
    return Evidence({"references": rows[own], "sources": rows[["source", "year", "container", "doi"]]})


def entry(source, year, journal="J", volume=1, issue=None, pages=(1, 9), number=None, doi=None):
    return (source, year, journal, volume, issue, *pages, number, doi)


def test_a_volume_has_one_year():
    answer = references.year(evidence(entry("A", 2018, volume=141), entry("B", 2019, volume=141)), "A")
    assert (answer.low, answer.high) == (2019, 2019)


def test_volumes_follow_each_other_in_time():
    told = evidence(entry("A", 1990, volume=5), entry("B", 2001, volume=3), entry("C", 2008, volume=9))
    answer = references.year(told, "A")
    assert (answer.low, answer.high) == (2001, 2008)


def test_one_volume_a_year_where_two_other_entries_show_it():
    """31 of 2006 and 36 of 2011: 41 is of 2016."""
    told = evidence(entry("A", 2015, volume=41), entry("B", 2006, volume=31), entry("C", 2011, volume=36))
    answer = references.year(told, "A")
    assert (answer.low, answer.high) == (Fraction(2016), Fraction(2016))


def test_own_year_and_volume_of_another_journal_play_no_part():
    told = evidence(entry("A", 2018, volume=141), entry("B", 2019, "K", volume=141))
    assert isinstance(references.year(told, "A"), NotRecomputable)


def test_the_article_of_a_journals_name_does_not_matter():
    told = evidence(entry("A", 2018, "The Journal", volume=7), entry("B", 2019, "journal", volume=7))
    assert references.year(told, "A").low == 2019


@pytest.mark.parametrize(
    ("doi", "low", "high"),
    [
        ("10.1016/j.respol.2012.09.007", 2012, inf),
        ("10.1007/s10961-005-5029-z", 2005, inf),
        ("10.1080/14631377.2020.1827199", 2020, inf),
        ("10.55871/2072-9847-2024-62-1-94-110", 2024, 2024),
        ("10.47367/0021-3497_2022_3_43", 2022, 2022),
    ],
)
def test_years_in_a_doi(doi, low, high):
    answer = references.year(evidence(entry("A", 1, doi=doi)), "A")
    assert isinstance(answer, Between)
    assert (answer.low, answer.high) == (low, high)


def test_contradictory_evidence_is_no_verdict():
    told = evidence(entry("A", 2012, volume=4, doi="10.1016/j.respol.2012.09.007"), entry("B", 2009, volume=4))
    assert "contradictory" in references.year(told, "A").reason


def test_volume_and_pages_in_a_doi():
    told = evidence(entry("A", 2024, volume=9, issue=9, pages=(1, 2), doi="10.55871/2072-9847-2024-62-1-94-110"))
    assert references.volume(told, "A") == Text("1(62)", "volume and issue in the DOI")
    assert references.pages(told, "A") == Text("94-110", "pages in the DOI")


def test_what_stands_once_is_said_to():
    numbered = entry("B", 2024, "K", pages=(None, None), number="7")
    told = evidence(entry("A", 2024, volume=9, issue=2, pages=(3, 8)), numbered)
    assert isinstance(references.volume(told, "A"), Once) and references.volume(told, "A").value == "9(2)"
    assert references.pages(told, "A").value == "3-8"
    assert references.pages(told, "B").value == "7"


def test_pages_that_run_backwards_are_turned():
    assert references.pages(evidence(entry("A", 2024, pages=(80, 8))), "A").value == "8-80"


def test_every_number_of_an_entry_is_in_the_ledger(stated):
    """A changed volume, issue or page changes a verdict: each is printed in a claim of its entry."""
    printed = stated.set_index("claim")["value"]
    rules = ["references.volume", "references.pages"]
    claimed = stated[stated["rule"].isin(rules)].groupby("arguments")["claim"].agg(list)
    for row in tables.load("references").itertuples():
        numbers = [row.volume, row.issue, row.first_page, row.last_page, row.article_number]
        wanted = [str(number) for number in numbers if not pd.isna(number)]
        found = [n for claim in claimed.get(row.source, []) for n in re.findall(r"\d+", printed[claim])]
        assert sorted(found) == sorted(wanted), row.source
