"""Figures on specialisation, indicators and support: nothing overlaps, and the words say what is drawn."""

from __future__ import annotations

import pytest

from tests.figures.looking import cut, overlapping
from unicluster import economics, figures, regions


@pytest.fixture(scope="module")
def drawn():
    place = regions.load_region("altynsai")
    structure = economics.structure(place.table("employment"), place.table("territories"), "Altynsai")
    quotients, parts = economics.specialisation(structure), economics.shift_share_table(structure)
    outlook = economics.outlook(place.table("indicators"), 2029, 1.5, 1.0)
    return {
        "location_quotients": figures.specialisation.location_quotients(quotients, "Altynsai"),
        "shift_share": figures.specialisation.shift_share(parts, (2016, 2024)),
        "nearness": figures.specialisation.nearness(quotients),
        "paths": figures.indicators.paths(outlook.observed, outlook.paths),
        "support": figures.indicators.support(economics.support_plan(place.table("support"))),
    }


@pytest.mark.parametrize("name", ["location_quotients", "shift_share", "nearness", "paths", "support"])
def test_no_label_covers_another_or_is_cut_and_words_are_there(drawn, name):
    figure = drawn[name]
    assert overlapping(figure) == []
    assert cut(figure) == []
    assert figure.caption.endswith(".") and len(figure.alt) > 60 and len(figure.data)


def test_a_figure_of_invented_data_says_so(drawn):
    figure = figures.marked(drawn["support"], True)
    assert figure.caption.endswith("(synthetic data).")
    assert figure.alt.startswith("Synthetic data. ")
    assert "synthetic data" in [text.get_text() for text in figure.canvas.texts]
    assert figures.marked(drawn["support"], False) is drawn["support"]
