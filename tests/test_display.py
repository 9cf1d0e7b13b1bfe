"""How tables and numbers look."""

import numpy as np
import pandas as pd
import pytest

from unicluster.display import FigureView, Reading, TableView, show
from unicluster.language import speaking


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12, "12"),
        (1234, "1234"),
        (12345, "12\u202f345"),
        (-0.25, "−0.2"),
        (2.55, "2.5"),
        (None, "–"),
        (pd.NA, "–"),
        (float("nan"), "–"),
        (True, "yes"),
        (np.False_, "no"),
        (float("inf"), "∞"),
        (np.float64("-inf"), "−∞"),
        ("a", "a"),
        (1234567.891, "1\u202f234\u202f567.9"),
    ],
)
def test_values_are_shown_for_reading(value, shown):
    assert show(value) == shown


@pytest.mark.parametrize(("value", "digits", "shown"), [(-0.2, 0, "0"), (-0.04, 1, "0.0"), (-0.0, 3, "0.000")])
def test_nothing_has_no_sign(value, digits, shown):
    assert show(value, digits) == shown


def test_a_table_escapes_names_from_data_in_cells_headings_and_caption():
    view = TableView(pd.DataFrame({"<b>": ["<script>alert(1)</script>"]}), "A <i> caption")
    assert "<script>" not in view.html()
    assert "<b>" not in view.html()
    assert "<i>" not in view.html()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in view.html()


def test_a_table_shows_chosen_columns_with_labels_and_digits():
    frame = pd.DataFrame({"a": [1.234], "b": [2], "c": ["x"]})
    view = TableView(frame, "T", columns=["c", "a"], labels={"a": "Alpha"}, digits={"a": 2})
    assert view.text().split() == ["T", "c", "Alpha", "x", "1.23"]
    assert '<th scope="col" class="number">Alpha</th>' in view.html()


def test_identifiers_in_a_column_are_shown_by_their_names():
    frame = pd.DataFrame({"a": ["milk", "milk -> dark-bread dropped", None], "b": ["milk"] * 3})
    view = TableView(frame, "T", names={"a": {"milk": "Milk", "dark-bread": "Bread"}})
    assert [row[0] for row in view._rows] == ["Milk", "Milk -> Bread dropped", "–"]
    assert {row[1] for row in view._rows} == {"milk"}
    with speaking("ru", {"Milk": "Молоко", "Bread": "Хлеб"}):
        view = TableView(frame, "T", names={"a": {"milk": "Milk", "dark-bread": "Bread"}})
    assert [row[0] for row in view._rows] == ["Молоко", "Молоко -> Хлеб убрана", "–"]


def test_an_empty_table_says_so():
    assert "(no rows)" in TableView(pd.DataFrame({"a": []}), "T").text()


def test_a_figure_shows_its_words_and_the_hash_of_its_data_as_text():
    data, metadata = FigureView("f", "<svg/>", "Caption.", "Alt.", "abc")._repr_mimebundle_()
    assert "abc" in data["text/plain"]
    assert metadata["unicluster"] == {"name": "f", "caption": "Caption.", "alt": "Alt.", "data_sha256": "abc"}


def test_a_reading_is_markdown():
    assert Reading("One.", "Two.")._repr_mimebundle_()["text/markdown"] == "One.\n\nTwo."
