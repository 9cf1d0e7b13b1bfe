"""Gather what figures and tables say and bring the catalogues up to date (`make messages`).

From the code come the texts marked with `_` or `mark`; from the committed notebooks the captions and headings of
tables; from the data dictionary the words of coded columns. A new text gets an empty translation, to be filled in by
hand; one that is no longer used is dropped.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from unicluster import language, paths, tables

PACKAGE = Path(language.__file__).parent
KEYWORDS = {"_": None, "mark": None}
HEADINGS = re.compile(r'<p class="table-caption">(.*?)</p>|<th scope="col"[^>]*>(.*?)</th>', re.DOTALL)


def marked() -> Iterator[tuple[str, str]]:
    """Every marked text of the library, with the file it stands in."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    for file, _line, text, _comments, _context in found:
        yield text, Path(file).as_posix()


def shown() -> Iterator[tuple[str, str]]:
    """Captions and headings of the tables in the committed notebooks, those without letters left out."""
    for file in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        for cell in nbformat.read(file, as_version=4).cells:
            for output in cell.get("outputs", []):
                for match in HEADINGS.finditer(output.get("data", {}).get("text/html", "")):
                    text = html.unescape(match[1] or match[2] or "")
                    if re.search(r"[^\W\d_]", text):
                        yield text, f"notebooks/{file.name}"


def coded() -> Iterator[tuple[str, str]]:
    """The words that coded columns of the data dictionary hold, which tables show as they are."""
    for table in tables.dictionary().values():
        for field in table.fields:
            for word in () if field.name in ("oblast", "located", "outline") else field.constraints.get("enum", ()):
                if re.search(r"[^\W\d_]{3}|no", str(word)):
                    yield str(word), "data/datapackage.json"


def template() -> Catalog:
    """All texts, sorted, each with the files that it stands in."""
    places: dict[str, set[str]] = {}
    for text, place in (*marked(), *shown(), *coded()):
        places.setdefault(text, set()).add(place)
    catalog = Catalog()
    for text in sorted(places):
        catalog.add(text, locations=[(place, None) for place in sorted(places[text])])
    return catalog


def catalogue(code: str) -> Catalog:
    """A language's catalogue as it stands; an empty one where there is none yet."""
    file = file_of(code)
    if not file.is_file():
        return Catalog(locale=code)
    with file.open("rb") as opened:
        return read_po(opened, locale=code)


def updated(code: str) -> Catalog:
    """A language's catalogue with exactly today's texts and the translations that it has."""
    old, new = catalogue(code), Catalog(locale=code, domain=language.DOMAIN, fuzzy=False)
    for message in template():
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known else "", locations=message.locations)
    return new


def written(catalog: Catalog) -> bytes:
    """A catalogue as text, the same bytes at any time: its header names the language only."""
    buffer = BytesIO()
    write_po(buffer, catalog, omit_header=True, width=0)
    header = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return header.encode() + buffer.getvalue()


def file_of(code: str) -> Path:
    """Where a language's catalogue lies."""
    return language.FOLDER / code / "LC_MESSAGES" / f"{language.DOMAIN}.po"


def main() -> int:
    for code in language.LANGUAGES:
        if code != "en":
            catalog = updated(code)
            file_of(code).parent.mkdir(parents=True, exist_ok=True)
            file_of(code).write_bytes(written(catalog))
            empty = [message.id for message in catalog if message.id and not message.string]
            print(f"{code}: {len(catalog)} texts, {len(empty)} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
