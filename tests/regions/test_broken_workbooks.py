"""Broken workbooks, kept as data: each is refused with the message it must get, and no folder is made."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import yaml

from tests.regions.sound import sound
from unicluster.regions.workbook import read_workbook, region_workbook

CASES = yaml.safe_load((Path(__file__).parent / "broken_workbooks" / "workbooks.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    root = tmp_path_factory.mktemp("good")
    sound(root)
    file = root / "good.xlsx"
    file.write_bytes(region_workbook("pavlodar", "en", root))
    return file


def test_the_workbook_that_is_spoilt_is_sound(good):
    files, report = read_workbook(good, "pavlodar")
    assert report.errors == [] and files


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_broken_workbook_gets_its_message(case, good, tmp_path):
    book = openpyxl.load_workbook(good)
    for sheet, row, column, value in [case[key] for key in ("cell", "more") if key in case]:
        book[sheet].cell(row, column).value = value
    for old, new in case.get("rename", {}).items():
        book[old].title = new
    for name, text in case.get("add", {}).items():
        book.create_sheet(name).cell(1, 1).value = text
    if "delete" in case:
        del book[case["delete"]]
    file = tmp_path / "sent.xlsx"
    book.save(file)
    files, report = read_workbook(file, "pavlodar")
    assert files == {}
    told = [str(fault) for fault in report.errors]
    wanted = [fault for fault in report.errors if case["message"] in fault.message]
    assert wanted, told
    fault = wanted[0]
    assert fault.file == (f"sent.xlsx, sheet {case['sheet']}" if "sheet" in case else "sent.xlsx")
    for place in ("row", "column"):
        if place in case:
            assert getattr(fault, place) == case[place], told
