"""Every result on a page leads to its data and to how it was made."""

from __future__ import annotations

import pandas as pd

from unicluster.display import TableView
from unicluster.pipeline.provenance import link_tables, panel, results_path, where_from

FOLDER = results_path("akmola", "survey")
RECORD = {
    "notebook": "survey",
    "parameters": {"region": "akmola", "note": "<b>'a b'</b>"},
    "inputs": {"notebooks/survey.ipynb": "a" * 64},
    "commit": "",
    "python": "3.11.0",
    "packages": {"pandas": "3.0.0"},
}


def test_a_table_leads_to_the_file_it_was_saved_as():
    first, second = (TableView(pd.DataFrame({"a": [1]}), f"Table {n}", name=n).html() for n in ("one", "two"))
    plain = TableView(pd.DataFrame({"a": [1]}), "Not saved").html()
    linked = link_tables(first + second + plain, FOLDER)
    assert linked.count('class="where-from"') == 2
    for name in ("one", "two"):
        assert f"Table {name} {where_from(name, FOLDER)}</p>" in linked
    assert "../../results/akmola/survey/one.csv" in linked
    assert link_tables(plain, FOLDER) == plain


def test_the_panel_says_how_to_make_the_page_again():
    text = panel(RECORD, ["b.csv", "a.csv", "a.svg"], FOLDER)
    assert text.startswith("## Where this page comes from")
    assert "make region REGION=akmola" in text
    assert "-p region akmola" in text
    assert text.index("a.csv") < text.index("b.csv") < text.index("run.json")
    assert "a.svg" not in text and "<b>" not in text
    assert "a" * 16 in text and "a" * 17 not in text
