"""What people really send: read to the meaning it has, or refused; never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster import tables
from unicluster.faults import InputError
from unicluster.tables.converting import convert
from unicluster.tables.dictionary import Field
from unicluster.tables.headers import LOOK_ALIKES
from unicluster.tables.normalising import normalise

NUMBER = Field("x", "number", "A number.", None, {})
PERCENT = Field("x", "number", "A share.", "%", {})
WHOLE = Field("x", "integer", "A count.", None, {})
TRUTH = Field("x", "boolean", "True.", None, {})
NAME = Field("x", "string", "An identifier.", None, {"pattern": "[a-z0-9]+([-_][a-z0-9]+)*"})
KIND = Field("x", "string", "A kind.", None, {"enum": ["mining", "metallurgy"]})


@pytest.mark.parametrize(
    ("field", "cell", "read"),
    [
        (NUMBER, "1234.5", "1234.5"),
        (NUMBER, "12,5", "12.5"),
        (NUMBER, "0,234", "0.234"),
        (NUMBER, "-0,234", "-0.234"),
        (NUMBER, "1234,567", "1234.567"),
        (NUMBER, "1 234,5", "1234.5"),
        (NUMBER, "1 234 567", "1234567"),
        (NUMBER, "1 234,567", "1234.567"),
        (NUMBER, "1\u00a0234", "1234"),
        (NUMBER, "1\u202f234,5", "1234.5"),
        (NUMBER, "1\u2009234\u2009567,5", "1234567.5"),
        (NUMBER, "1,234.5", "1234.5"),
        (NUMBER, "1.234,5", "1234.5"),
        (NUMBER, "1,234,567", "1234567"),
        (NUMBER, "1.234.567", "1234567"),
        (NUMBER, "\u22125", "-5"),
        (NUMBER, "–5,5", "-5.5"),
        (NUMBER, "1,5E+06", "1.5E+06"),
        (PERCENT, "12 %", "12"),
        (PERCENT, "12,5\u00a0%", "12.5"),
        (WHOLE, "1 234", "1234"),
        (WHOLE, "12,0", "12"),
        (WHOLE, "12.0", "12"),
        (TRUTH, "ИСТИНА", "true"),
        (TRUTH, "нет", "false"),
        (TRUTH, "Yes", "true"),
        (NAME, "pаvlоdаr", "pavlodar"),  # а and о are Cyrillic
        (NAME, "Pavlodar", "pavlodar"),
        (NAME, "east\u2011kazakhstan", "east-kazakhstan"),
        (KIND, "Mining", "mining"),
    ],
)
def test_what_can_be_read_safely(field, cell, read):
    assert normalise(field, cell) == (read, None)
    assert convert(field, read)[1] is None


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        *((NUMBER, cell) for cell in ("1,234", "12,345", "-1,234", "12 34", "1 2345", "1'234", "1,23,4", "1.2.3")),
        *((NUMBER, cell) for cell in ("5 %", "1,234 567", "1 234 56", "١٢", "1/2", "½", "1e5e5", "--5", "+-5", "")),
        *((WHOLE, cell) for cell in ("1,234", "1.5", "1,5", "1.234", "0x10", "1e3", "12.")),
        *((TRUTH, cell) for cell in ("2", "maybe", "да?")),
        *((NAME, cell) for cell in ("строка", "a b", "../a", "a--b", "naïve")),
        *((KIND, cell) for cell in ("minning", "горная", "mining;metallurgy")),
    ],
)
def test_what_cannot_be_read_safely_stays_as_it_is(field, cell):
    read, problem = normalise(field, cell) if cell else (cell, None)
    assert read == cell
    assert problem or convert(field, cell)[1] or not cell


@pytest.mark.parametrize("cell", ["1,234", "-999,000", "12,345 %"])
def test_thousands_or_decimals_is_explained(cell):
    assert normalise(PERCENT, cell)[1].rule == "ambiguous number"


SPACES = st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"])


@given(st.integers(0, 10**12), st.integers(0, 99), SPACES)
def test_a_number_written_the_russian_way_means_the_same(whole, hundredths, space):
    written = f"{whole:,}".replace(",", space) + f",{hundredths:02d}"
    read, problem = normalise(NUMBER, written)
    assert problem is None
    assert convert(NUMBER, read) == (float(f"{whole}.{hundredths:02d}"), None)


@given(st.text("0123456789,. \u00a0-+%eE", min_size=1, max_size=12))
def test_reading_twice_changes_nothing_and_what_is_read_is_sound(cell):
    for field in (NUMBER, WHOLE, PERCENT):
        read, problem = normalise(field, cell)
        if read != cell:
            assert problem is None
            assert normalise(field, read) == (read, None)
            assert convert(field, read)[1] is None


@given(st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True), st.data())
def test_look_alikes_in_an_identifier_mean_the_same(name, data):
    back = {chr(latin): chr(other) for other, latin in LOOK_ALIKES.items() if chr(latin).islower()}
    written = "".join(data.draw(st.sampled_from([sign, back.get(sign, sign)])) for sign in name)
    assert normalise(NAME, written) == (name, None)


# Whole files


HEADER = "indicator,name_en,name_ru,year,value,unit,prices,kind,source,tag,note"
ROW = "jobs,Jobs,Работа,2023,{value},persons,none,observed,Yearbook,stated,Заметка"
DESCRIBED = tables.for_region("indicators")
RUSSIAN = ",".join(field.title_ru for field in DESCRIBED.fields)


def read(content, tmp_path):
    file = tmp_path / "indicators.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    rows = tables.read_sent(file, "indicators.csv", DESCRIBED)
    return rows, tables.examine(DESCRIBED, rows, "indicators.csv")


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (f"\ufeff{HEADER}\n{ROW}\n", None),
        (f"{HEADER}\r\n{ROW}\r\n,,,,,,,,,,\r\n,,,,,,,,,,\r\n", None),
        (f"{HEADER}\n{ROW}\n".replace(",", ";"), "semicolons"),
        (f"{HEADER}\n{ROW}\n".replace(",", "\t"), "tabs"),
        (("sep=;\r\n" + f"{HEADER}\n{ROW}\n".replace(",", ";")), "semicolons"),
        (f"{HEADER}\n{ROW}\n".encode("cp1251"), "CP1251"),
        (f"{HEADER}\n{ROW}\n".replace(",", ";").encode("cp1251"), "CP1251"),
        (f"{HEADER}\n{ROW}\n".replace(",", "\t").encode("utf-16"), "UTF-16"),
        (f"Показатели области,,,,,,,,,,\n,,,,,,,,,,\n{HEADER}\n{ROW}\n", "above the header passed over"),
        (f"{RUSSIAN}\n{ROW}\n", None),
        (f"{RUSSIAN.upper()}\n{ROW}\n", None),
        (f"{HEADER.replace('_', ' ').title()}\n{ROW}\n", None),
        (f"{HEADER.replace('year', 'уеаr').replace('value', 'value (persons)')}\n{ROW}\n", "column names were read"),
        (f"{HEADER},,\n{ROW},,\n", None),
        (f"# a remark\n{HEADER}\n# another, with commas\n{ROW}\n", None),
        (f"Название,,,,,,,,,,\n,по-английски,по-русски,,,,,,,,\n{HEADER}\n{ROW}\n", "passed over"),
    ],
)
def test_a_file_means_the_same_however_it_was_saved(content, note, tmp_path):
    fill = {bytes: lambda text: text.replace(b"{value}", b"1200"), str: lambda text: text.replace("{value}", "1200")}
    content = (
        fill[type(content)](content)
        if content[:2] != b"\xff\xfe"
        else content.replace("{value}".encode("utf-16-le"), "1200".encode("utf-16-le"))
    )
    rows, checked = read(content, tmp_path)
    assert checked.faults == []
    assert rows.header == HEADER.split(",")
    assert rows.cells == [ROW.format(value=1200).split(",")]
    assert bool(rows.notes) == (note is not None)
    assert note is None or any(note in str(fault) for fault in rows.notes)


def test_a_header_in_two_rows_is_read_as_one(tmp_path):
    upper = "indicator,Название,,year,value,unit,prices,kind,source,tag,note"
    lower = ",по-английски,по-русски,,,,,,,,"
    rows, checked = read(f"{upper}\n{lower}\n{ROW.format(value=5)}\n", tmp_path)
    assert checked.faults == []
    assert rows.cells == [ROW.format(value=5).split(",")]
    assert any("two rows" in fault.message for fault in rows.notes)


def test_every_reading_is_told_with_row_and_column(tmp_path):
    header, row = HEADER.replace(",", ";"), ROW.replace(",", ";")
    text = f"{header}\n{row.format(value='1 200,5')}\n"
    rows, checked = read(text, tmp_path)
    assert [(note.row, note.column, note.value, note.message) for note in rows.notes if note.row] == [
        (2, "value", "1 200,5", "read as 1200.5")
    ]
    assert checked.columns["value"] == [1200.5]


@pytest.mark.parametrize(
    "content", [b"\x00" * 50, b"\xff\xfe\x00", b"\xef\xbb\xbf\xff", bytes(range(256)), b'"', b"\n"]
)
def test_bytes_that_are_no_table_are_refused_with_the_file(content, tmp_path):
    with pytest.raises(InputError, match=r"indicators\.csv"):
        checked = read(content, tmp_path)[1]
        raise InputError(checked.faults)


@pytest.mark.parametrize("name", tables.region_tables().values())
def test_every_column_of_a_region_has_its_own_russian_title(name):
    titles = [field.title_ru for field in tables.table(name).fields]
    assert all(titles), [field.name for field in tables.table(name).fields if not field.title_ru]
    assert len(set(titles)) == len(titles)
