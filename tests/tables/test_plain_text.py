"""What is said of cells that are not plain text: formulas, HTML, hidden characters."""

import pytest

from tests.tables.sheets import Sheet, free_column
from unicluster import tables

FORMULA = "the cell begins like a spreadsheet formula; write it as plain text"
HTML = "the cell holds an HTML tag; write it as plain text"
HIDDEN = "the cell holds a control, text-direction or zero-width character; type the text anew"


def test_cells_that_are_not_plain_text(sheet):
    column = free_column(sheet)
    cells = {
        '=HYPERLINK("https://example.org","click")': FORMULA,
        "<script>x</script>": HTML,
        "a\u202eb": HIDDEN,
    }
    for row, cell in enumerate(cells):
        sheet.put(column, cell, row)
    told = [(fault.row, fault.column, fault.value, fault.message) for fault in sheet.write().faults()]
    assert told == [(row, column, cell, message) for row, (cell, message) in enumerate(cells.items(), 2)]


def test_one_cell_has_one_fault(tmp_path):
    """What is dangerous is not told to be of the wrong type as well."""
    sheet = Sheet("deflators", tmp_path)
    for row, column in enumerate(("series", "year", "value")):
        sheet.put(column, "=1+1", row)
    told = [(fault.row, fault.column, fault.message) for fault in sheet.write().faults()]
    assert told == [(2, "series", FORMULA), (3, "year", FORMULA), (4, "value", FORMULA)]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=1+1", FORMULA),
        ("@SUM(A1:A9)", FORMULA),
        ("+cmd|' /C calc'!A0", FORMULA),
        ("-2+3+cmd|' /C calc'!A0", FORMULA),
        ("-2+SUM(A1:A9)", FORMULA),
        ("-A1", FORMULA),
        ("+СУММ(A1;A9)", FORMULA),
        ("a <img src=x onerror=alert(1)>", HTML),
        ("</td>", HTML),
        ("text <!-- hidden", HTML),
        ("abc\u2066def\u2069", HIDDEN),
        ("abc\u200fdef", HIDDEN),
        ("kar\u200btu", HIDDEN),
        ("bell\x07", HIDDEN),
        ("nul\x00", HIDDEN),
        ("next\x85line", HIDDEN),
        ("x" * 10_001, "the cell has 10001 characters, the limit is 10000; shorten it"),
        ("-5 °C", None),
        ("+7 (701) 000-00-00", None),
        ("+", None),
        ("-0.5", None),
        ("a < b and b > c", None),
        ("p<0.05", None),
        ("«Экостройсервис»", None),
        ("1+1=2", None),
        ("two\nlines\tand a tab", None),
    ],
)
def test_what_is_plain_text(cell, message):
    assert tables.dangerous(cell) == message


@pytest.mark.parametrize("name", ["=HYPERLINK()", "<b>", "kar\u202etu"])
def test_column_names_that_are_not_plain_text(sheet, name):
    sheet.header.append(name)
    for row in sheet.rows:
        row.append("x")
    assert any(fault.row == 1 and fault.column == name for fault in sheet.write().faults())


def test_cell_too_long(sheet):
    column = free_column(sheet)
    sheet.put(column, "x" * 10_001)
    fault = sheet.write().only_fault()
    assert fault.message == "the cell has 10001 characters, the limit is 10000; shorten it"
    assert len(str(fault)) < 250
