"""Committed notebooks were run, are thin, and their figures come from the data they name.

nbval compares text outputs; it passes a notebook whose outputs were stripped and ignores changed images. These do not.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT
from unicluster.pipeline.plan import CHAPTERS, TYPES, chapter, default_region, parameters
from unicluster.results import digest

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(path: Path) -> list:
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def figures(path: Path) -> list[dict]:
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    return [o for o in outputs if "image/svg+xml" in o.get("data", {}) or "image/png" in o.get("data", {})]


def test_every_notebook_is_a_chapter():
    assert {path.stem for path in NOTEBOOKS} == {chapter.name for chapter in CHAPTERS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestNotebook:
    def test_is_valid(self, path):
        nbformat.validate(nbformat.read(path, as_version=4))

    def test_every_code_cell_was_executed_in_order(self, path):
        counts = [cell.execution_count for cell in code_cells(path)]
        assert counts == list(range(1, len(counts) + 1))

    def test_every_cell_that_shows_something_has_its_output(self, path):
        for cell in code_cells(path):
            last = ast.parse(cell.source).body[-1]
            if isinstance(last, ast.Expr) and "run.numbers(" not in cell.source:
                assert cell.outputs, f"no output under: {cell.source[:80]}"

    def test_no_error_and_no_warning_is_shown(self, path):
        for cell in code_cells(path):
            for output in cell.outputs:
                assert output.output_type != "error"
                assert output.get("name") != "stderr"

    def test_defines_nothing_and_loops_nowhere(self, path):
        for cell in code_cells(path):
            for node in ast.walk(ast.parse(cell.source)):
                assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.For | ast.While)

    def test_no_two_results_share_a_name(self, path):
        """The data of the second would replace the data behind the first."""
        calls = [n for cell in code_cells(path) for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Call)]
        saving = [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in ("table", "figure")]
        names = [c.args[0].value for c in saving if ast.unparse(c.func.value) == "run"]
        assert names
        assert sorted(names) == sorted(set(names))

    def test_prose_holds_no_result(self, path):
        """Numbers with decimals or a per cent sign in Markdown would be results typed by hand."""
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                prose = re.sub(r"\$\$.*?\$\$|\$.*?\$|`.*?`", "", cell.source, flags=re.DOTALL)
                assert not re.search(r"\d+[.,]\d+|\d+\s?%", prose), cell.source

    def test_parameters_are_typed_and_explained(self, path):
        declared = parameters(next(c for c in CHAPTERS if c.name == path.stem))
        assert "region" in declared
        assert all(p.type in TYPES and p.help for p in declared.values())

    def test_every_figure_has_words_and_the_hash_of_its_data(self, path):
        for output in figures(path):
            words = output["metadata"]["unicluster"]
            assert len(words["alt"]) > 60
            assert words["caption"].endswith(".")
            assert words["data_sha256"] in output["data"]["text/plain"]

    def test_a_cell_shows_one_figure_at_most_and_carries_its_alternative_text(self, path):
        for cell in code_cells(path):
            shown = [o for o in cell.outputs if "unicluster" in o.get("metadata", {})]
            assert len(shown) <= 1
            if shown:
                assert cell.metadata["mystnb"]["image"]["alt"] == shown[0]["metadata"]["unicluster"]["alt"]

    def test_names_no_place_of_one_machine(self, path):
        text = json.dumps([cell.get("outputs", []) for cell in nbformat.read(path, as_version=4).cells])
        assert str(ROOT) not in text
        assert not re.search(r"0x[0-9a-f]{8,}|/(home|root|tmp|Users)/", text)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_figures_and_tables_are_what_the_notebook_computes_now(path, tmp_path, monkeypatch):
    """Run the notebook anew: each figure's data must hash to what the committed output names, images are the same."""
    from nbclient import NotebookClient

    monkeypatch.setenv("UNICLUSTER_RESULTS", str(tmp_path))
    committed = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    NotebookClient(fresh, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    folder = tmp_path / default_region(chapter(path.stem)) / path.stem
    for output in figures(path):
        words = output["metadata"]["unicluster"]
        data = (folder / f"{words['name']}.csv").read_text(encoding="utf-8")
        assert digest(data) == words["data_sha256"]
    images = [
        [output["data"]["image/svg+xml"] for cell in notebook.cells for output in cell.get("outputs", [])
         if "image/svg+xml" in output.get("data", {})]
        for notebook in (committed, fresh)
    ]  # fmt: skip
    assert images[0] == images[1]
