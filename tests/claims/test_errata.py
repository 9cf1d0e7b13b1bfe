"""Every contradiction is explained once, in both languages, with numbers from the ledger."""

import re

import pytest

from unicluster import tables
from unicluster.pipeline.errata import PARTS, WEIGHTS, errata_page, fill


@pytest.fixture(scope="module")
def errata():
    return tables.load("errata")


def test_every_discrepancy_is_explained_once(errata, ledger):
    explained = errata["claims"].str.split(";").explode()
    assert explained.is_unique
    assert set(explained) <= set(ledger["id"])
    assert set(ledger.loc[ledger["verdict"].eq("discrepancy"), "id"]) <= set(explained)


def test_no_claim_that_holds_is_an_erratum(errata, ledger):
    verdicts = ledger.set_index("id")["verdict"]
    for claim in errata["claims"].str.split(";").explode():
        assert verdicts[claim] in ("discrepancy", "underdetermined", "not recomputable"), claim


def test_both_languages_carry_the_same_numbers(errata):
    for row in errata.itertuples():
        for part in PARTS:
            english, russian = getattr(row, f"{part}_en"), getattr(row, f"{part}_ru")
            assert sorted(re.findall(r"\{[^}]+\}", english)) == sorted(re.findall(r"\{[^}]+\}", russian)), row.erratum


def test_page_is_filled(errata, ledger):
    page = errata_page(errata, ledger)
    assert "{" not in re.sub(r"\\\{", "", page)
    assert page.count("\n## ") == len(errata)
    assert [row for row in WEIGHTS if WEIGHTS[row][0] in page] == ["much", "some", "slight"]
    assert "give 87\\.4 \\%" in page  # 29170 / 15568 = 1.87372
    assert "Печать" not in page and "Напечатано" in page


def test_fill_takes_numbers_from_the_ledger(ledger):
    values = ledger.set_index("id")
    assert fill("{respondents.printed} of {furniture-effect.recomputed}", values) == "69 of 87\\.4"
    with pytest.raises(KeyError):
        fill("{no-such-claim.printed}", values)
