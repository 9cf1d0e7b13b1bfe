"""A new region's folder is made whole, or not at all."""

from __future__ import annotations

import pytest

from unicluster import tables
from unicluster.faults import InputError
from unicluster.regions import check_region, examine_region, list_regions, load_region, scaffold


def make(region, root):
    return scaffold.create(region, scaffold.new_files(region), root)


@pytest.mark.parametrize("region", ["pavlodar", "almaty-city", "new-valley", "x1"])
def test_a_new_region_is_sound_and_has_no_data(region, tmp_path):
    folder = make(region, tmp_path)
    report = examine_region(region, tmp_path)
    assert (report.errors, report.warnings, report.notes) == ([], [], [])
    loaded = load_region(region, tmp_path)
    assert loaded.dictionary == tables.version()
    assert {file.name for file in folder.iterdir()} == {"region.yml", "README.md", *tables.region_tables()}
    assert all(loaded.table(name) is None for name in tables.region_tables().values())
    assert not any(loaded.has(part) for part in ("survey", "clusters", "members"))


def test_what_the_tables_know_of_an_oblast_is_filled_in(tmp_path):
    make("karaganda", tmp_path)
    made = load_region("karaganda", tmp_path)
    assert made.name == {"en": "Karaganda oblast", "ru": "Карагандинская область", "kk": "Қарағанды облысы"}
    assert set(made.universities) == {"kartu", "kariu"}


@pytest.mark.parametrize("file_name", tables.region_tables())
def test_every_table_begins_with_an_example_that_is_sound_once_it_is_no_comment(file_name, tmp_path):
    folder = make("pavlodar", tmp_path)
    lines = (folder / file_name).read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("# The next row is an example")
    assert lines[2].startswith("# ")
    name = tables.region_tables()[file_name]
    described = tables.for_region(name)
    header = lines[0].split(",")
    assert header == [field.name for field in described.fields if not field.article_only]
    (folder / file_name).write_text("\n".join([lines[0], lines[2].removeprefix("# ")]), encoding="utf-8")
    references = {"foreign key"}  # the example of a question or a concept may stand in another table
    wrong = [fault for fault in check_region("pavlodar", tmp_path) if fault.rule not in references]
    assert [str(fault) for fault in wrong] == []


def test_the_readme_names_every_file_and_column(tmp_path):
    text = (make("pavlodar", tmp_path) / "README.md").read_text(encoding="utf-8")
    for file_name, name in tables.region_tables().items():
        assert f"## {file_name}" in text
        for field in tables.table(name).fields:
            assert field.article_only or f"`{field.name}`" in text


def test_a_folder_that_is_there_is_not_touched(tmp_path):
    folder = tmp_path / "pavlodar"
    folder.mkdir()
    with pytest.raises(InputError, match="there already"):
        make("pavlodar", tmp_path)
    assert list(folder.iterdir()) == []


ESCAPES = ["", ".", "..", "../x", "a/b", "a\\b", "/etc", "Pavlodar", "павлодар", "con", "a b", "-x", "x" * 41, "a\0"]


@pytest.mark.parametrize("region", ESCAPES)
def test_a_name_cannot_leave_the_folder_of_regions(region, tmp_path):
    inside = tmp_path / "regions"
    inside.mkdir()
    with pytest.raises(InputError, match="cannot be a region"):
        make(region, inside)
    assert [path.name for path in tmp_path.rglob("*")] == ["regions"]


def test_an_interruption_leaves_nothing(tmp_path):

    files = {"region.yml": "x", "members.csv": 3}
    with pytest.raises(TypeError):
        scaffold.create("pavlodar", files, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert list_regions(tmp_path) == []
