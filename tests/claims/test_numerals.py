"""Every numeral of the article belongs to a claim, or the index says why it does not."""

from fractions import Fraction

import pandas as pd
import pytest

from unicluster import paths, tables
from unicluster.claims import find_numerals, uncovered

COPY = paths.ROOT.parent / "shared" / "paper" / "taikulakova-2024.txt"

WORDS = {
    "четыре": 4, "четырех": 4, "три": 3, "трех": 3, "пять": 5, "пяти": 5, "шесть": 6, "девять": 9, "два": 2, "двум": 2,
    "двух": 2, "втором": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def index():
    return tables.load("numerals")


def test_every_numeral_has_a_claim_or_a_reason(index, stated):
    assert uncovered(index, stated) == []


@pytest.mark.skipif(not COPY.is_file(), reason="no copy of the article beside the repository")
def test_the_index_is_that_of_the_article(index):
    found = find_numerals(COPY.read_text(encoding="utf-8").split("\n"))
    printed = list(found.itertuples(index=False, name=None))
    indexed = list(index[["line", "place", "numeral"]].itertuples(index=False, name=None))
    assert indexed == printed


@pytest.mark.skipif(not COPY.is_file(), reason="no copy of the article beside the repository")
def test_every_claim_stands_in_the_article(stated):
    """A few words of each claim stand at its line or its further lines."""
    lines = ["", *COPY.read_text(encoding="utf-8").split("\n")]
    lacking = []
    for claim in stated.itertuples():
        further = [] if pd.isna(claim.also) else map(int, claim.also.split(";"))
        text = " ".join(lines[n] for n in [claim.line, *further]).lower()
        words = [word for word in claim.term_ru.lower().replace("…", " ").split() if len(word) > 1]
        if not all(word.strip("«».,()") in text for word in words):
            lacking.append((claim.claim, claim.term_ru))
    assert lacking == []


def test_numbers_of_claims_are_among_their_numerals(index, stated):
    """A claimed number is one of the numerals that belong to it; a majority is a word."""
    numerals = index.dropna(subset="claim").groupby("claim")["numeral"].agg(list)
    compared = 0
    for claim in (
        stated[stated["kind"].isin(["count", "percentage", "amount", "year"])].dropna(subset="value").itertuples()
    ):
        if claim.claim not in numerals.index:
            continue
        printed = [
            Fraction(WORDS.get(n.lower(), n.replace(",", ".")))
            for n in numerals[claim.claim]
            if n.lower() in WORDS or n[0].isdigit()
        ]
        assert Fraction(claim.value) in printed, claim.claim
        compared += 1
    assert compared > 80


def test_what_is_a_numeral():
    found = find_numerals(
        ["Всего 264,9 млрд, пять из 11; почти половину (IV и V поколений)", "", "One of 2.5%, Первичные, 3D"]
    )
    assert list(found.itertuples(index=False, name=None)) == [
        (1, 1, "264,9"), (1, 2, "пять"), (1, 3, "11"), (1, 4, "половину"), (1, 5, "IV"), (1, 6, "V"),
        (3, 1, "One"), (3, 2, "2.5"), (3, 3, "3"),
    ]  # fmt: skip


def test_what_is_wrong_with_an_index():
    claims = pd.DataFrame({"claim": ["a"], "line": [5], "also": ["7;8"]})
    index = pd.DataFrame(
        [
            (5, 1, "2", "a", None),
            (7, 1, "2", "a", None),
            (6, 1, "3", "a", None),
            (6, 2, "4", None, None),
            (6, 3, "5", "a", "name"),
        ],
        columns=["line", "place", "numeral", "claim", "reason"],
    )
    assert uncovered(index, claims) == [
        "line 6, 3: the claim a is not of this line",
        "line 6, 4: a claim or a reason is needed, and not both",
        "line 6, 5: a claim or a reason is needed, and not both",
    ]
