"""The crate of the built book is what RO-Crate asks, by a validator that may not use a network."""

from __future__ import annotations

import io
import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from urllib3 import HTTPResponse

from unicluster.pipeline import downloads

pytestmark = pytest.mark.slow

CONTEXT = "https://w3id.org/ro/crate/1.3/context"
OF_AUTHORS = {"SHOULD have a URL", "ROR identifier", "contactPoint"}
"""What is recommended of authors and cannot be told of authors who are not named."""


class Shelf(HTTPAdapter):
    """Answers every request with the context that the library which writes the crate brings along."""

    def send(self, request, **_options):
        assert request.url == CONTEXT
        body = io.BytesIO((files("rocrate") / "data" / "ro-crate.jsonld").read_bytes())
        headers = {"Content-Type": "application/ld+json"}
        return self.build_response(
            request, HTTPResponse(body, headers, 200, preload_content=False, request_url=CONTEXT)
        )


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    """A cache of the validator that holds the context; offline, it reads nothing else."""
    name = tmp_path_factory.mktemp("validator") / "cache"
    with CachedSession(str(name), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", Shelf())
        assert session.get(CONTEXT).json()["@context"]
    return name


def findings(cache: Path, folder: Path, severity: Severity) -> list[str]:
    settings = ValidationSettings(
        rocrate_uri=folder, requirement_severity=severity, offline=True, cache_path=cache, profile_identifier="ro-crate"
    )
    found = services.validate(settings).get_issues()
    return sorted(f"{issue.severity.name} {issue.violatingEntity}: {issue.message}" for issue in found)


def left(found: list[str]) -> list[str]:
    """What is neither about authors without names nor the size of a run record, which tells how long a run took."""
    return [
        one
        for one in found
        if not any(words in one for words in OF_AUTHORS) and not ("/run.json: " in one and "contentSize" in one)
    ]


@pytest.fixture
def few(book, tmp_path) -> Path:
    """A few files of each kind: all would take a minute, and `test_downloads` compares the names of all."""
    for part in ("data", "notebooks/exercise", "results/altynsai/indicators"):
        shutil.copytree(book / part, tmp_path / part)
    shutil.copy(book / "notebooks" / "survey.ipynb", tmp_path / "notebooks")
    (tmp_path / "ro-crate-metadata.json").write_text(downloads.crate(tmp_path), encoding="utf-8")
    return tmp_path


def test_the_validator_finds_nothing_required_or_recommended(few, cache):
    assert not left(findings(cache, few, Severity.RECOMMENDED))


def test_the_validator_sees_what_is_wrong(few, cache):
    graph = json.loads((few / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    [root] = [entity for entity in graph["@graph"] if entity["@id"] == "./"]
    del root["license"]
    (few / "ro-crate-metadata.json").write_text(json.dumps(graph), encoding="utf-8")
    assert any("license" in one for one in findings(cache, few, Severity.REQUIRED))
