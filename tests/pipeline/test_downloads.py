"""What the page on downloads leads to is there, opens, and is described by the crate."""

from __future__ import annotations

import json

import nbformat
import pytest
from rocrate.rocrate import ROCrate

from unicluster.pipeline import downloads
from unicluster.pipeline.plan import CHAPTERS


def test_a_notebook_to_run_has_nothing_run_and_hides_nothing():
    notebook = downloads.without_outputs(nbformat.read(CHAPTERS[1].file, as_version=4))
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(not cell.outputs and cell.execution_count is None for cell in code)
    assert {tag for cell in code for tag in cell.metadata.get("tags", [])} == {"parameters"}
    nbformat.validate(notebook)


@pytest.mark.slow
class TestInTheBook:
    def test_the_crate_opens_and_names_exactly_the_files_that_are_there(self, book):
        crate = ROCrate(book)
        named = {entity.id for entity in crate.data_entities}
        assert named == {file.relative_to(book).as_posix() for file in downloads.files(book)}
        assert str(crate.root_dataset["isBasedOn"].id).startswith("https://doi.org/10.51176/")
        assert crate.license.id == "https://creativecommons.org/licenses/by/4.0/"
        kept = json.loads((book / "ro-crate-metadata.json").read_text(encoding="utf-8"))
        ids = [entity["@id"] for entity in kept["@graph"]]
        assert ids == sorted(set(ids))

    def test_the_crate_is_the_same_twice(self, book):
        assert downloads.crate(book) == downloads.crate(book)
