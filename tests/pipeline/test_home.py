"""The front page says what the results say."""

from __future__ import annotations

import re

import pytest

from unicluster import results
from unicluster.pipeline import home


@pytest.fixture
def invented(monkeypatch):
    """Results of a world in which one share was ninety per cent."""
    real = results.read_json

    def read_json(region, notebook, name):
        found = real(region, notebook, name)
        if notebook == "survey":
            found["activity_medium"] |= {"value": 90.4, "low": 81.0, "high": 95.5}
        return found

    monkeypatch.setattr(results, "read_json", read_json)


@pytest.mark.slow
class TestFound:
    def test_numbers_follow_the_results(self, book, invented):
        assert "Medium, say 90 % (95 % interval 81 to 96" in home.found()

    def test_speaks_russian_whole(self, book):
        text = re.sub(r"<[^>]+>", " ", home.found("ru"))
        assert not re.search(r"[A-Za-z]{4,}", text), re.findall(r"[A-Za-z]{4,}", text)
        assert "7,3 %" in text
        assert "What was found" in home.found()

    def test_every_link_leads_to_a_file_of_the_book(self, book):
        targets = re.findall(r'href="([^"#]+)', home.found())
        assert len(targets) > 20
        assert all((book / target).is_file() for target in targets)
