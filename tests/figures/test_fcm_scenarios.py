"""The chapter on scenarios in both languages: nothing overlaps, nothing is cut, nothing stays English."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.text import Text

from tests.figures.chapters import latin_in_table, shown
from tests.figures.looking import cut, latin, overlapping, words
from unicluster import figures, tables

NAMES = [name for name in figures.fcm_scenarios.__all__ if not name.isupper()]
RUNS = {"English": ("kazakhstan", "en"), "Russian": ("kazakhstan", "ru"), "Russian, no survey": ("akmola", "ru")}


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    return {run: shown("fcm_scenarios", region, language, folder, draws=40) for run, (region, language) in RUNS.items()}


def test_every_figure_is_drawn(chapter):
    assert all(set(drawn) == set(NAMES) for drawn, _ in chapter.values())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("run", RUNS)
def test_no_label_covers_another_or_is_cut_and_words_are_there(chapter, run, name):
    figure = chapter[run][0][name]
    assert overlapping(figure) == []
    assert cut(figure) == []
    assert not any(text.get_text().endswith("…") for text in figure.canvas.findobj(Text))
    assert figure.caption.endswith(".") and len(figure.alt) > 60
    assert "nan" not in figure.alt.split()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("run", [run for run in RUNS if run.startswith("Russian")])
def test_a_figure_in_russian_says_nothing_in_english(chapter, run, name):
    assert latin(chapter[run][0][name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_language_changes_no_number(chapter, name):
    pd.testing.assert_frame_equal(chapter["Russian"][0][name].data, chapter["English"][0][name].data)


@pytest.mark.parametrize("run", [run for run in RUNS if run.startswith("Russian")])
def test_a_table_in_russian_says_nothing_in_english(chapter, run):
    # Statements are named by identifiers, studies as they are cited.
    cited = words(" ".join((*tables.load("statements")["statement"], *tables.load("fcm_neighbours")["reference"])))
    for name, table in chapter[run][1].items():
        assert latin_in_table(table, cited) == [], name
