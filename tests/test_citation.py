"""How the compendium asks to be cited and found is valid by the standards that it names, without a network."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from importlib.resources import files

import jsonschema
import pytest
import yaml

from tests.conftest import ROOT

# The Citation File Format's own schema, DOI 10.5281/zenodo.5171937, under CC BY 4.0; a version's schema never changes.
SCHEMA = json.loads((ROOT / "tests" / "data" / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
CODEMETA = {
    *("buildInstructions", "continuousIntegration", "developmentStatus", "embargoEndDate", "funding", "hasSourceCode"),
    *("isSourceCodeOf", "issueTracker", "maintainer", "readme", "referencePublication", "softwareSuggestions"),
}
"""Properties that CodeMeta 3.0 adds to those of schema.org."""


@pytest.fixture(scope="module")
def cited() -> dict:
    # The schema wants dates as text, where YAML makes them dates.
    loaded = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return json.loads(json.dumps(loaded, default=datetime.date.isoformat))


@pytest.fixture(scope="module")
def meta() -> dict:
    return json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))


def faults(cited: dict) -> list[str]:
    checker = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in checker.iter_errors(cited)]


def test_the_citation_is_valid(cited):
    assert not faults(cited)


@pytest.mark.parametrize("key, value", [("doi", "not a DOI"), ("authors", []), ("colour", "red"), ("license", "Mit")])
def test_the_schema_sees_what_is_wrong(cited, key, value):
    assert faults({**cited, key: value})


def objects(value) -> Iterator[dict]:
    """Every object of a JSON document, the innermost last."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def test_codemeta_names_only_what_its_context_knows(meta):
    assert meta["@context"] == "https://w3id.org/codemeta/3.0"
    graph = json.loads((files("rocrate") / "data" / "schema.jsonld").read_text(encoding="utf-8"))["@graph"]
    terms = {entity["@id"].removeprefix("schema:"): entity["@type"] for entity in graph}
    properties = {name for name, kind in terms.items() if kind == "rdf:Property"}
    for told in objects(meta):
        assert set(told) - {"@context", "@type", "@id"} <= {*properties, *CODEMETA}
        assert terms[told["@type"]] == "rdfs:Class"


def test_codemeta_and_the_citation_agree(meta, cited):
    assert meta["name"] == cited["title"].partition(":")[0]
    assert meta["license"] == f"https://spdx.org/licenses/{cited['license']}"
    assert meta["datePublished"] == cited["date-released"]
    assert meta["keywords"] == cited["keywords"]
    assert [author["name"] for author in meta["author"]] == [author["name"] for author in cited["authors"]]
    assert meta["referencePublication"] == f"https://doi.org/{cited['references'][0]['doi']}"
