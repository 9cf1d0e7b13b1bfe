"""What each table of the dictionary says about a faulty file: where, what, and all of it at once."""

import pytest

from tests.tables.sheets import Sheet, free_column
from unicluster import tables
from unicluster.faults import InputError


def test_sound_rows_load(sheet):
    frame = sheet.write().load()
    assert list(frame.columns) == sheet.header
    assert frame.attrs["lines"] == list(range(2, 2 + len(sheet.rows)))


def test_byte_order_mark_blank_lines_and_windows_line_ends_do_not_matter(sheet):
    plain = sheet.write().load()
    text = sheet.path.read_text(encoding="utf-8").replace("\n", "\r\n")
    sheet.path.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n,,\r\n")
    assert sheet.load().equals(plain)


def test_missing_column(sheet):
    required = [field.name for field in sheet.described.fields if field.required]
    for column in required:
        place = sheet.header.index(column)
        header, rows = list(sheet.header), [list(row) for row in sheet.rows]
        for row in [sheet.header, *sheet.rows]:
            del row[place]
        fault = sheet.write().only_fault()
        assert (fault.row, fault.column) == (1, column)
        assert fault.message == "the column is missing; add it"
        sheet.header, sheet.rows = header, rows


def test_columns_that_may_be_left_out(sheet):
    required = [field.required for field in sheet.described.fields]
    lacking = Sheet(sheet.name, sheet.path.parent)
    lacking.header = [name for name, needed in zip(sheet.header, required, strict=True) if needed]
    lacking.rows = [[c for c, needed in zip(row, required, strict=True) if needed] for row in sheet.rows]
    assert list(lacking.write().load().columns) == sheet.header


def test_unknown_column_is_told_with_the_nearest_name(sheet):
    known = sheet.header[-1]
    sheet.header.append(known + "s")
    for row in sheet.rows:
        row.append("x")
    sheet.write()
    if sheet.described.open_ended:
        assert list(sheet.load().columns) == sheet.header
        return
    fault = sheet.only_fault()
    assert (fault.row, fault.column) == (1, known + "s")
    assert fault.message == f"unknown column (did you mean '{known}'?); rename or remove it"


def test_column_named_twice_or_not_at_all(sheet):
    sheet.header += [sheet.header[0], ""]
    for row in sheet.rows:
        row += ["x", "y"]
    twice, nameless = sheet.write().faults()
    assert (twice.row, twice.column) == (1, sheet.header[0])
    assert twice.message == "a column that appears twice; name every column once"
    assert nameless.message == "a column without a name; name every column once"


def test_code_page_1251(sheet):
    sheet.rows = [[cell.encode("ascii", "replace").decode() for cell in row] for row in sheet.rows]
    sheet.put(free_column(sheet), "Караганда", row=1)
    sheet.write()
    sheet.path.write_bytes(sheet.path.read_text(encoding="utf-8").encode("cp1251"))
    fault = sheet.only_fault()
    assert fault.row == 3
    assert fault.message == "the text is not UTF-8; save the file as 'CSV UTF-8'"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" , ,\n"])
def test_empty_file(sheet, content):
    sheet.path.write_bytes(content)
    fault = sheet.only_fault()
    assert fault.message == "the file is empty; it needs a header line and rows"


def test_no_file(sheet):
    assert sheet.only_fault().message == "there is no such file; create it or check its name"


def test_header_alone_is_an_empty_table_of_the_right_types(sheet):
    full = sheet.write().load()
    sheet.rows = []
    empty = sheet.write().load()
    assert len(empty) == 0
    assert list(empty.dtypes) == list(full.dtypes)


def test_ragged_rows(sheet):
    sheet.rows[0].append("one too many")
    del sheet.rows[1][-1]
    width = len(sheet.header)
    first, second = sheet.write().faults()
    assert (first.row, second.row) == (2, 3)
    assert first.message == f"the row has {width + 1} cells, the header {width}; check commas and quotes"
    assert second.message == f"the row has {width - 1} cells, the header {width}; check commas and quotes"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_separated_otherwise(sheet, separator):
    lines = [separator.join(row) for row in [sheet.header, *sheet.rows]]
    sheet.path.write_text("\n".join(lines), encoding="utf-8")
    fault = sheet.only_fault()
    assert fault.row == 1
    assert fault.message == "columns are separated by semicolons or tabs; save with commas"


def test_quote_that_does_not_close(sheet):
    sheet.write()
    with sheet.path.open("a", encoding="utf-8") as file:
        file.write('"open,\n')
    fault = sheet.only_fault()
    assert fault.row == len(sheet.rows) + 2
    assert fault.message.startswith("not a valid CSV line") and fault.message.endswith("check its quotes")


def test_every_fault_comes_at_once(sheet):
    """A ragged row, a formula, an empty required cell, a doubled key and an unknown column in one file."""
    if sheet.described.open_ended:
        pytest.skip("any further column is allowed here")
    column = free_column(sheet)
    if column in sheet.described.primary_key:
        pytest.skip("no free text outside the key in this table")
    required = next(field.name for field in sheet.described.fields if field.required and field.name != column)
    rows = [list(sheet.rows[0]) for _ in range(2)]
    sheet.rows += rows
    sheet.header.append("remark")
    for row in sheet.rows:
        row.append("")
    sheet.put(column, "=1", row=0)
    sheet.put(required, "", row=1)
    sheet.rows[-1].append("too many")
    places = {(fault.row, fault.column) for fault in sheet.write().faults()}
    last = len(sheet.rows) + 1
    key = sheet.described.primary_key[-1]
    assert places == {(2, column), (3, required), (last - 1, key), (last, None), (1, "remark")}


# Rules between columns, which only some tables have.


@pytest.mark.parametrize(
    ("name", "changes", "faults"),
    [
        (
            "survey_counts",
            {"count": "70", "low": "70", "high": "70"},
            [("high", "must be <= survey_questions.base, which is 69; correct one of them")],
        ),
        (
            "survey_counts",
            {"low": "5", "high": "4"},
            [
                ("low", "must be <= high, which is 4; correct one of them"),
                ("low", "must be <= count, which is 3; correct one of them"),
            ],
        ),
        ("survey_counts", {"count": "4"}, [("count", "must be <= high, which is 3; correct one of them")]),
        (
            "survey_questions",
            {"residual": "70"},
            [("residual", "must be <= base, which is 69; correct one of them")],
        ),
        (
            "clusters",
            {"base_year": "2024"},
            [
                ("base_year", "must be < plan_year, which is 2024; correct one of them"),
                ("base_year", "must be the same in every row, and most have 2020; correct it"),
            ],
        ),
        ("fcm_scale", {"low": "1"}, [("low", None)]),
    ],
)
def test_columns_that_contradict_each_other(name, changes, faults, tmp_path):
    sheet = Sheet(name, tmp_path)
    for column, value in changes.items():
        sheet.put(column, value)
    found = sheet.write().faults()
    assert [(fault.row, fault.column) for fault in found] == [(2, column) for column, _ in faults]
    for fault, (_, message) in zip(found, faults, strict=True):
        assert message is None or fault.message == message


def test_faults_of_a_table_referred_to_come_too(tmp_path):
    """The base of a count cannot be looked up in questions that do not load; both tables' faults are told."""
    questions = Sheet("survey_questions", tmp_path)
    questions.put("base", "many")
    counts = Sheet("survey_counts", tmp_path).write()
    with pytest.raises(InputError) as caught:
        tables.load("survey_questions", questions.write().path)
    assert [fault.column for fault in caught.value.faults] == ["base"]
    sound = Sheet("survey_questions", tmp_path).write().load()
    sound.loc[sound["question"] == "experience", "base"] = 2
    with pytest.raises(InputError) as caught:
        tables.load("survey_counts", counts.path, {"survey_questions": sound})
    assert {fault.column for fault in caught.value.faults} == {"high"}


def test_second_mention_must_point_into_the_same_table(tmp_path):
    sheet = Sheet("members", tmp_path)
    sheet.put("same_as", "karaganda-01", row=2)
    assert sheet.write().load()["same_as"].iloc[2] == "karaganda-01"
    sheet.put("same_as", "karaganda-1", row=2)
    fault = sheet.write().only_fault()
    assert (fault.row, fault.column) == (4, "same_as")
    assert fault.message.startswith("not in paper/members.csv (did you mean 'karaganda-01'?)")


def test_unknown_table():
    with pytest.raises(KeyError, match="nonsense"):
        tables.load("nonsense")
