"""What a page offers to take away is a file whose content is what its name says."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pypdf
import pytest
from docx import Document
from openpyxl import load_workbook

from unicluster import tables

LINK = re.compile(r"<a\s([^>]*)>")
ADDRESS = re.compile(r'href="([^"#]*)')
PAGES = {"", ".html"}


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a table whose header names every column once and whose rows are as long as the header."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    assert all(header) and len(set(header)) == len(header), header
    assert all(len(row) == len(header) for row in rows), "a row of another length"
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_notebook(content: bytes) -> None:
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells


def read_zip(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() and packed.testzip() is None


def read_text(content: bytes) -> None:
    assert content.decode("utf-8").strip()


READERS: dict[str, Callable[[bytes], object]] = {
    ".csv": read_csv,
    ".docx": lambda content: Document(io.BytesIO(content)).paragraphs[0],
    ".ipynb": read_notebook,
    ".json": json.loads,
    ".md": read_text,
    ".pdf": lambda content: pypdf.PdfReader(io.BytesIO(content), strict=True).pages[0],
    ".xlsx": lambda content: load_workbook(io.BytesIO(content)).worksheets[0],
    ".zip": read_zip,
}


@pytest.fixture(scope="module")
def offered(book) -> dict[Path, str]:
    """Every file that some page leads to and that is no page, with the page."""
    found: dict[Path, str] = {}
    for page in sorted(book.rglob("*.html")):
        name = page.relative_to(book).as_posix()
        if name.startswith("_"):
            continue
        for told in LINK.findall(page.read_text(encoding="utf-8")):
            address = html.unescape(unquote("".join(ADDRESS.findall(told))))
            if not re.match(r"[a-z]+:|//", address) and Path(address).suffix not in PAGES:
                found.setdefault((page.parent / address).resolve(), name)
            else:
                assert " download" not in told, f"{name} offers {address}, which is a page"
    return found


def fault(file: Path) -> str | None:
    """What is wrong with a file, in words; None where it is what its name says."""
    if not file.is_file():
        return "is not there"
    if file.suffix not in READERS:
        return "is of a kind that this test does not know"
    try:
        READERS[file.suffix](file.read_bytes())
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def test_every_file_is_what_its_name_says(offered, book):
    assert {file.suffix for file in offered} >= {".csv", ".docx", ".ipynb", ".json", ".pdf"} and len(offered) > 500
    assert all(file.is_relative_to(book) for file in offered)
    told = {file.relative_to(book).as_posix(): (fault(file), f"on {page}") for file, page in offered.items()}
    assert not {name: words for name, words in told.items() if words[0]}


def test_every_table_has_the_columns_of_the_data_dictionary_that_is_offered_with_it(offered, book):
    described = json.loads((book / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {table["name"] for table in described} == set(tables.dictionary())
    for table in described:
        file = book / "data" / table["path"]
        assert file.resolve() in offered, table["path"]
        header = next(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
        assert header == [field["name"] for field in table["schema"]["fields"]], table["path"]


def test_the_ledger_names_every_claim(book):
    rows = read_csv((book / "data" / "claims.csv").read_bytes())
    objects = json.loads((book / "data" / "claims.json").read_text(encoding="utf-8"))
    assert len(rows) == len(objects) > 0
    assert {row["id"] for row in rows} <= set(tables.load("claims")["claim"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"a,a\n1,2\n"),
        ("b.csv", b"a,b\n1\n"),
        ("c.json", b"{"),
        ("d.ipynb", b"{}"),
        ("e.zip", b"PK"),
        ("f.docx", b"%PDF-1.7"),
        ("g.pdf", b"PK"),
        ("h.exe", b"MZ"),
        ("i.md", b"\xff"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_seen(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert fault(tmp_path / name)
    assert fault(tmp_path / "none.csv") == "is not there"
