"""Any table, changed at random, loads to the same meaning or is refused with the place; never anything else."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.regions.sound import sound, table_text
from unicluster import tables
from unicluster.regions import examine_region, load_region
from unicluster.regions.telling import as_text

TABLES = [(file, name) for file, name in tables.region_tables().items() if table_text(file, name)]
SAME = {
    "byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "empty rows": lambda text: (text + "\n,,,\n\n").encode(),
    "a remark": lambda text: (text + "# a remark, of two cells\n").encode(),
    "semicolons": lambda text: rewritten(text, delimiter=";"),
    "tabs": lambda text: rewritten(text, delimiter="\t"),
    "every cell quoted": lambda text: rewritten(text, quoting=csv.QUOTE_ALL),
    "spaces around cells": lambda text: spaced(text, "  {}\u00a0"),
    "a title above": lambda text: ("Таблица\n" + text).encode(),
}
"""Changes that mean nothing."""


def rewritten(text, **how):
    made = io.StringIO()
    csv.writer(made, lineterminator="\n", **how).writerows(csv.reader(io.StringIO(text)))
    return made.getvalue().encode()


def spaced(text, form):
    rows = [[form.format(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue().encode()


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    made = tmp_path_factory.mktemp("regions")
    sound(made)
    return made


@pytest.mark.parametrize("file_name, name", TABLES)
@pytest.mark.parametrize("change", SAME)
def test_a_change_that_means_nothing_changes_nothing(change, file_name, name, root):
    file = root / "pavlodar" / file_name
    kept = file.read_bytes()
    before = load_region("pavlodar", root).table(name)
    try:
        file.write_bytes(SAME[change](kept.decode()))
        assert load_region("pavlodar", root).table(name).equals(before)
    finally:
        file.write_bytes(kept)


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["1,5", "1 000", "1,000", "5%", "да", "=1+1", "<b>", "\u202e", "#REF!", "-", "NaN", "inf", "1e400"]
    ),
    st.text("0123456789,. -+%eE\u00a0", max_size=10),
    st.text("аеорсухabc-_;", max_size=8),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_cell_is_read_soundly_or_refused_with_its_place(data, root):
    file_name, name = data.draw(st.sampled_from(TABLES))
    file = root / "pavlodar" / file_name
    kept = file.read_text(encoding="utf-8")
    header, *rows = list(csv.reader(io.StringIO(kept)))
    row, place = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(header) - 1))
    cell = data.draw(CELLS)
    rows[row][place] = cell
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([header, *rows])
    try:
        file.write_bytes(made.getvalue().encode("utf-8", "surrogatepass"))
        report = examine_region("pavlodar", root)
        assert as_text(report).isprintable() or all(part.isprintable() for part in as_text(report).split("\n"))
        if report.errors:
            assert all(fault.file and fault.message for fault in report.errors)
            return
        before, after = before_and_after(kept, file, name, root)
        others = [column for column in after if column not in (header[place],)]
        if len(after) == len(before):
            assert after[others].equals(before[others])
        else:  # a cell that made its row a remark or left it empty
            assert cell.strip().startswith("#") or not cell.strip()
    finally:
        file.write_text(kept, encoding="utf-8")


def before_and_after(kept, file, name, root):
    after = load_region("pavlodar", root).table(name)
    file.write_text(kept, encoding="utf-8")
    return load_region("pavlodar", root).table(name), after


BYTES = st.binary(max_size=12) | st.sampled_from([b'"', b"\n", b";", b",", b"\x00", b"[{", b": "])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_damage_to_the_bytes_is_told_with_the_file(data, root):
    file_name = data.draw(st.sampled_from([file for file, _ in TABLES] + ["region.yml"]))
    file = root / "pavlodar" / file_name
    kept = file.read_bytes()
    damaged = bytearray(kept)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(damaged)))
        end = min(len(damaged), start + data.draw(st.integers(0, 40)))
        damaged[start:end] = data.draw(
            st.binary(max_size=12) | st.sampled_from([b'"', b"\n", b";", b",", b"\x00", b"[{", b": "])
        )
    try:
        file.write_bytes(bytes(damaged))
        report = examine_region("pavlodar", root)
        assert all(fault.file for fault in [*report.errors, *report.warnings, *report.notes])
        as_text(report)
    finally:
        file.write_bytes(kept)
