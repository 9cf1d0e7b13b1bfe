"""The data dictionary and the files it describes."""

import json

import frictionless
import pytest

from unicluster import paths, tables

DESCRIPTOR = paths.DATA / "datapackage.json"
RESOURCES = json.loads(DESCRIPTOR.read_text(encoding="utf-8"))["resources"]


def test_valid_by_frictionless():
    report = frictionless.Package(str(DESCRIPTOR)).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "type", "message"]) == []
    assert report.valid


@pytest.mark.parametrize("name", tables.dictionary())
def test_table_is_sound(name):
    assert [str(fault) for fault in tables.check(name)] == []


def test_every_file_is_described():
    """A table that the dictionary leaves out would never be checked; those of a region follow others."""
    files = [file for file in paths.DATA.rglob("*.csv") if paths.REGIONS not in file.parents]
    found = {file.relative_to(paths.DATA).as_posix() for file in files}
    assert found == {described.path for described in tables.dictionary().values()}


@pytest.mark.parametrize("name", tables.dictionary())
def test_bytes_are_canonical(name):
    """UTF-8 without a mark, lines ended by a line feed, columns in the dictionary's order."""
    described = tables.table(name)
    text = described.file.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert text.split("\n")[0].split(",") == described.columns
    assert not [line for line in text.split("\n") if line != line.rstrip()]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource["name"])
def test_everything_is_explained(resource):
    """Every table has a source, every column a meaning; amounts have a unit."""
    assert resource["title"] and resource["description"] and resource["sources"]
    for field in resource["schema"]["fields"]:
        assert field["description"][-1] in ".?", field["name"]
        if field["type"] == "number" and "unit" not in field:
            assert "unit" in {other["name"] for other in resource["schema"]["fields"]}, field["name"]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource["name"])
def test_keys_are_required(resource):
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert all(fields[key]["constraints"]["required"] for key in resource["schema"]["primaryKey"])
