"""The survey chapters in Russian as a reader of two regions meets them: figures, and tables with all their cells."""

from __future__ import annotations

import pytest

from tests.figures.chapters import latin_in_table, shown
from tests.figures.looking import cut, latin, overlapping

CHAPTERS = [("survey", "kazakhstan", 50), ("survey", "altynsai", 50), ("survey_responses", "altynsai", 99)]
# What respondents and the coders of their words put in Latin letters themselves.
OWN_WORDS = {"IT", "IO", "IEEP", "FCM", "makerspace", "contacts", "money", "rules", "time"}
ABBREVIATIONS = {"ICC"}


@pytest.mark.parametrize(("chapter", "region", "draws"), CHAPTERS)
def test_a_chapter_in_russian_says_nothing_in_english(chapter, region, draws, tmp_path):
    figures, tables = shown(chapter, region, "ru", tmp_path, draws=draws)
    assert figures and tables
    assert {name: found for name, table in tables.items() if (found := latin_in_table(table, OWN_WORDS))} == {}
    assert {name: found for name, one in figures.items() if (found := latin(one, ABBREVIATIONS | OWN_WORDS))} == {}
    assert {name: found for name, one in figures.items() if (found := overlapping(one) + cut(one))} == {}
