"""Broken folders of regions, kept as data in ``broken/*.yml``: each is refused with the message it must get."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from tests.regions.sound import sound
from unicluster.regions import check_region, examine_region
from unicluster.regions.csv_text import as_csv

FILES = sorted(Path(__file__).with_name("broken").glob("*.yml"))
CASES = [(file.stem, case) for file in FILES for case in yaml.safe_load(file.read_text(encoding="utf-8"))]


def rows_of(file):
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))


def put(file, row, column, value):
    header, *rows = rows_of(file)
    rows[row][header.index(column)] = value
    file.write_text(as_csv(header, rows), encoding="utf-8")


def spoil(folder, case):
    """Do to a sound folder what the case says."""
    for name, text in case.get("write", {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, digits in case.get("write_bytes", {}).items():
        (folder / name).write_bytes(bytes.fromhex(digits))
    for name, (text, times) in case.get("write_times", {}).items():
        (folder / name).write_text(text * times, encoding="utf-8")
    for name, text in case.get("append", {}).items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    for name, (old, new) in case.get("replace", {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    for name, encoding in case.get("recode", {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes(text.encode(encoding, "replace"))
    for name, renamed in case.get("header", {}).items():
        spoil_header(folder / name, renamed)
    for name, cell in case.get("cell", {}).items():
        put(folder / name, *cell)
    for name, cells in case.get("cells", {}).items():
        for cell in cells:
            put(folder / name, *cell)
    for name, (row, column, sign, times) in case.get("cell_times", {}).items():
        put(folder / name, row, column, sign * times)
    for name, which in case.get("append_row", {}).items():
        rows = rows_of(folder / name)
        rows.append(rows[0] if which == "header" else rows[which + 1])
        (folder / name).write_text(as_csv(rows[0], rows[1:]), encoding="utf-8")
    for name, target in case.get("link", {}).items():
        (folder / name).symlink_to(target)
    if "mkdir" in case:
        (folder / case["mkdir"]).mkdir()
    if "delete" in case:
        (folder / case["delete"]).unlink()


def spoil_header(file, renamed):
    header, *rows = rows_of(file)
    kept = [place for place, name in enumerate(header) if renamed.get(name, "") is not None]
    names = [renamed.get(header[place], header[place]) for place in kept]
    file.write_text(as_csv(names, [[row[place] for place in kept] for row in rows]), encoding="utf-8")


def test_there_are_many_cases_and_no_two_of_one_name():
    names = [(group, case["name"]) for group, case in CASES]
    assert len(names) >= 100
    assert len(set(names)) == len(names)


def test_the_folder_that_is_spoilt_is_sound(tmp_path):
    sound(tmp_path)
    report = examine_region("pavlodar", tmp_path)
    assert (report.errors, report.notes) == ([], [])


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{group}: {case['name']}" for group, case in CASES])
def test_a_broken_folder_gets_its_message(case, tmp_path):
    folder = sound(tmp_path)
    spoil(folder, case)
    faults = check_region("pavlodar", tmp_path)
    told = [str(fault) for fault in faults]
    wanted = [fault for fault in faults if case["message"] in fault.message]
    assert wanted, told
    if case.get("region_missing"):
        return
    fault = wanted[0]
    assert fault.file == f"regions/pavlodar/{case['file']}"
    if "row" in case:
        assert fault.row == case["row"], told
    if "column" in case:
        assert fault.column == case["column"], told
