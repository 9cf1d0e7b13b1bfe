"""Chapters show the claims that they work with."""

from unicluster.pipeline.plan import CHAPTERS
from unicluster.pipeline.tested_claims import section


def test_topics_of_chapters_are_topics_of_claims(ledger):
    shown = [topic for chapter in CHAPTERS for topic in chapter.topics]
    assert len(shown) == len(set(shown))
    assert set(shown) <= set(ledger["topic"])
    assert {"clusters", "literature", "members", "survey", "universities"} <= set(shown)


def test_section_lists_every_claim_of_its_topics_and_no_other(ledger):
    text = section(ledger, ["clusters"])
    for row in ledger.itertuples():
        assert (f'href="claims.html#claim-{row.id}"' in text) == (row.topic == "clusters"), row.id
    assert "3 discrepancy" in text  # furniture's effect, and what is called effect and commercialisation
