"""The bibliography: every source is in it, every citation finds its entry."""

import re
import unicodedata

import pytest
from pybtex.database import parse_file

from unicluster import paths, tables

ENTRIES = parse_file(str(paths.BOOK / "references.bib"), bib_format="bibtex").entries
SOURCES = tables.load("sources").to_dict("records")
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["source"])
def test_source_has_an_entry(source):
    """Same DOI; another year or first author only where the table says what is mis-cited."""
    entry = ENTRIES[source["source"]]
    assert entry.fields.get("doi", "") == (source["doi"] if isinstance(source["doi"], str) else "")
    noted = isinstance(source["miscitation"], str)
    assert entry.fields["year"] == str(source["year"]) or noted
    first = " ".join(entry.persons["author"][0].prelast_names + entry.persons["author"][0].last_names)
    assert first.strip("{}") in source["authors"].replace("’", "'") or noted


def test_citations_have_entries():
    """In the book's prose, in the notebooks and in the text that code writes."""
    places = [*paths.BOOK.glob("*.md"), *paths.NOTEBOOKS.glob("*.ipynb"), *(paths.ROOT / "src").rglob("*.py")]
    cited = {
        key.strip()
        for place in places
        for keys in CITED.findall(place.read_text(encoding="utf-8"))
        for key in keys.split(",")
    }
    assert {"Taikulakova2024", "Kosko1986"} <= cited
    assert cited - set(ENTRIES) == set()


@pytest.mark.parametrize("key", ENTRIES)
def test_entry_is_sound(key):
    entry = ENTRIES[key]
    assert entry.persons["author"] and entry.fields["title"]
    assert key.endswith(entry.fields["year"]) or key in {source["source"] for source in SOURCES}
    assert re.fullmatch(r"10\.\d{4,5}/\S+", entry.fields.get("doi", "10.1000/none"))
    first = entry.persons["author"][0]
    name = unicodedata.normalize("NFD", "".join(first.prelast_names + first.last_names))
    assert re.sub("[^A-Za-z]", "", name).startswith(key[:3]) or key == "MIID2021"
