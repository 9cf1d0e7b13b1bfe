"""A region as a workbook, there and back."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.regions.sound import sound
from unicluster import tables
from unicluster.faults import InputError
from unicluster.regions import examine_region, load_region, scaffold
from unicluster.regions.csv_text import as_csv
from unicluster.regions.workbook import read_workbook, region_workbook, template
from unicluster.regions.workbook.layout import flat, nested

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"]), min_size=1, max_size=30).filter(
    lambda text: tables.dangerous(text) is None and text.strip() == text
)
NUMBERS = st.one_of(
    st.integers(0, 10**14).map(str),
    st.decimals(0, 10**9, places=3, allow_nan=False).map(str),
    st.floats(0, 1e12, allow_nan=False).map(repr),
)


@pytest.fixture
def folder(tmp_path):
    return sound(tmp_path)


def loaded(root):
    region = load_region("pavlodar", root)
    return {name: region.table(name) for name in tables.region_tables().values()}


def through_workbook(folder, language, target):
    file = target / "book.xlsx"
    file.write_bytes(region_workbook("pavlodar", language, folder.parent))
    files, report = read_workbook(file, "pavlodar")
    assert report.errors == []
    scaffold.create("pavlodar", files, target / "regions")
    return target / "regions" / "pavlodar"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_folder_to_workbook_to_folder_to_workbook_loses_nothing(folder, language, tmp_path):
    with (folder / "clusters.csv").open("a", encoding="utf-8") as file:
        file.write("# a remark, kept\n")
    (folder / "README.md").write_text("# Notes\n\n- =1+1 stays text\n", encoding="utf-8")
    back = through_workbook(folder, language, tmp_path)
    before, after = loaded(folder.parent), loaded(back.parent)
    for name, frame in before.items():
        assert (frame is None) == (after[name] is None)
        assert frame is None or after[name].equals(frame)
    one, other = load_region("pavlodar", folder.parent), load_region("pavlodar", back.parent)
    for key in ("name", "oblasts", "universities", "context", "parameters", "base_year", "dictionary"):
        assert getattr(one, key) == getattr(other, key)
    for file in folder.glob("*.csv"):
        assert (back / file.name).read_text(encoding="utf-8-sig") == file.read_text(encoding="utf-8")
    assert (back / "README.md").read_text(encoding="utf-8") == (folder / "README.md").read_text(encoding="utf-8")
    again = region_workbook("pavlodar", language, back.parent)
    assert sheets(again) == sheets((tmp_path / "book.xlsx").read_bytes())


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_text_and_number_comes_back_letter_for_letter(data, tmp_path_factory):
    root = tmp_path_factory.mktemp("any")
    folder = sound(root)
    rows = tables.read_rows(folder / "clusters.csv", "clusters.csv")
    place = rows.header.index
    for row in rows.cells:
        row[place("name_en")], row[place("note")] = data.draw(TEXT), data.draw(TEXT)
        row[place("plan_output")], row[place("effect_percent")] = data.draw(NUMBERS), data.draw(NUMBERS)
    text = as_csv(rows.header, rows.cells)
    (folder / "clusters.csv").write_text(text, encoding="utf-8")
    back = through_workbook(folder, data.draw(st.sampled_from(["en", "ru"])), root)
    assert (back / "clusters.csv").read_text(encoding="utf-8-sig") == text


VALUES = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | st.text("абв xyz0.:-", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["parameters", "context", "base_year"]), VALUES))
def test_a_description_becomes_rows_and_comes_back(content):
    rows = [(line, key, text) for line, (key, text) in enumerate(flat(content).items())] if content else []
    back, faults = nested(rows, "sheet")
    assert faults == []
    assert back == content


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_template_is_generated_from_the_dictionary_and_makes_a_region(language, tmp_path):
    file = tmp_path / "t.xlsx"
    file.write_bytes(template(language))
    book = openpyxl.load_workbook(file)
    assert len(book.sheetnames) == 3 + len(tables.region_tables())
    clusters = book["clusters" if language == "en" else "Кластеры"]
    assert clusters.cell(1, 1).value == ("cluster *" if language == "en" else "Код кластера *")
    assert "Identifier." in clusters.cell(1, 1).comment.text
    files, report = read_workbook(file, "pavlodar")
    assert report.errors == []
    scaffold.create("pavlodar", files, tmp_path / "regions")
    assert examine_region("pavlodar", tmp_path / "regions").errors == []
    made = load_region("pavlodar", tmp_path / "regions")
    assert made.name["ru"] == "Павлодарская область"
    assert not any(made.has(part) for part in ("survey", "clusters", "members"))


def test_every_closed_column_of_the_template_has_a_drop_down():
    book = openpyxl.load_workbook(io.BytesIO(template()))
    for file_name, name in tables.region_tables().items():
        described = tables.table(name)
        closed = [
            field.name
            for field in described.fields
            if not field.article_only and (field.type == "boolean" or "enum" in field.constraints)
        ]
        assert len(book[file_name.removesuffix(".csv")].data_validations.dataValidation) == len(closed)


def test_the_same_region_gives_the_same_bytes(folder):
    assert region_workbook("pavlodar", "ru", folder.parent) == region_workbook("pavlodar", "ru", folder.parent)


@pytest.fixture
def filled(folder, tmp_path):
    """A workbook to be spoilt: the open book and a function that saves and reads it."""
    file = tmp_path / "sent.xlsx"
    file.write_bytes(region_workbook("pavlodar", "en", folder.parent))
    book = openpyxl.load_workbook(file)

    def read():
        book.save(file)
        return read_workbook(file, "pavlodar")

    return book, read


def test_what_excel_stores_otherwise_is_read_and_told(filled):
    book, read = filled
    sheet = book["clusters"]
    place = {cell.value.strip(" *"): cell.column for cell in sheet[1]}
    sheet.cell(2, place["base_output"]).value = "66\u00a0740,5"
    sheet.cell(2, place["effect_percent"]).value = 0.34
    sheet.cell(2, place["effect_percent"]).number_format = "0%"
    sheet.insert_rows(1)
    sheet.cell(1, 1).value = "Кластеры области"
    sheet.merge_cells("A1:F1")
    sheet.cell(900, 1).value = "   "
    files, report = read()
    assert report.errors == []
    first = files["clusters.csv"].splitlines()[1].split(",")
    assert first[8] == "66740.5" and first[10] == "34"
    told = [str(note) for note in report.notes]
    assert any("row 3" in text and "read as 66740.5" in text for text in told)
    assert any("above the header passed over" in text for text in told)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("base_year", __import__("datetime").date(2020, 1, 1), "the cell holds a date"),
        ("cluster", __import__("datetime").date(2020, 1, 2), "the cell holds a date"),
        ("base_output", "=A1+1", "a formula without a value"),
        ("base_output", "#DIV/0!", "an error of the spreadsheet"),
        ("base_output", "1,234", "can mean 1.234 or 1234"),
        ("name_en", "<script>", "HTML tag"),
        ("name_en", "a\u202eb", "text-direction"),
        ("tag", "statd", "did you mean 'stated'?"),
    ],
)
def test_what_cannot_be_read_safely_is_refused_with_sheet_row_and_column(filled, column, value, message):
    book, read = filled
    sheet = book["clusters"]
    place = {cell.value.strip(" *"): cell.column for cell in sheet[1]}
    sheet.cell(3, place[column]).value = value
    files, report = read()
    assert files == {}
    (fault,) = report.errors
    assert (fault.file, fault.row, fault.column) == ("sent.xlsx, sheet clusters", 3, column)
    assert message in fault.message


def test_text_that_begins_like_a_formula_is_never_one(folder, tmp_path):
    (folder / "README.md").write_text("=HYPERLINK(1)\n+1\n", encoding="utf-8")
    book = openpyxl.load_workbook(io.BytesIO(region_workbook("pavlodar", "en", folder.parent)))
    assert [book["README.md"].cell(row, 1).data_type for row in (1, 2)] == ["s", "s"]


def test_an_unknown_sheet_is_refused_with_the_nearest_name(filled):
    book, read = filled
    book["clusters"].title = "cluster"
    _, report = read()
    assert any("did you mean 'clusters'" in fault.message for fault in report.errors)


def test_an_empty_sheet_of_somebody_does_not_matter(filled):
    book, read = filled
    book.create_sheet("Лист1")
    assert read()[1].errors == []


@pytest.mark.parametrize("name", ["x.xls", "x.xlsm", "x.ods", "x.csv", "x.txt", "absent.xlsx"])
def test_what_is_no_workbook_is_refused(tmp_path, name):
    if not name.startswith("absent"):
        (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(InputError, match=name):
        read_workbook(tmp_path / name, "pavlodar")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<a>", b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"])
def test_a_damaged_workbook_is_refused(tmp_path, part, content):
    file = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(io.BytesIO(template())) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    with pytest.raises(InputError, match=r"damaged\.xlsx"):
        read_workbook(file, "pavlodar")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", b"\0" * 210_000_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        read_workbook(file, "pavlodar")
