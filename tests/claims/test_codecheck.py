"""codecheck.yml against the published rules of its specification 2.0 (github.com/codecheckers/register, rules-2.0.yml).

Rules on the codechecker's own part (CC-CFG-008 to 013 and 024 to 026: codechecker, report, summary, certificate)
hold once there is a certificate. Until then those nodes must be absent rather than filled with placeholders.
"""

import re

import pytest
import yaml

from unicluster import paths, tables
from unicluster.pipeline.plan import CHAPTERS

FILE = paths.ROOT / "codecheck.yml"
CODECHECKERS_PART = {"codechecker", "report", "summary", "certificate", "check_time"}


@pytest.fixture(scope="module")
def config():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_explicit_document():  # CC-CFG-001 to 003
    assert FILE.read_bytes().decode("utf-8").startswith("---\n")


def test_manifest(config):  # CC-CFG-004 to 007, CC-BUN-001 and 002
    assert config["manifest"]
    for item in config["manifest"]:
        assert not item["file"].startswith(("/", "~")) and ".." not in item["file"]
        assert item["comment"]
        assert (paths.ROOT / item["file"]).is_file(), item["file"]
    files = [item["file"] for item in config["manifest"]]
    assert len(set(files)) == len(files)


def test_manifest_has_items_of_every_chapter(config):
    chapters = {item["file"].split("/")[1] for item in config["manifest"]}
    assert chapters <= {chapter.name for chapter in CHAPTERS}
    assert "codecheck/claims/claims.csv" in {item["file"] for item in config["manifest"]}


def test_nothing_is_there_for_the_codechecker_to_remove(config):
    assert not CODECHECKERS_PART & set(config)


def test_version(config):  # CC-CFG-014, 015
    assert config["version"] == "https://codecheck.org.uk/spec/config/2.0/"


def test_paper(config):  # CC-CFG-016 to 022, 027, 028
    paper = config["paper"]
    assert paper["title"]
    doi = tables.load("repeats").query("fact == 'doi'")["printed"].iloc[0]
    assert paper["reference"] == f"https://doi.org/{doi}"
    assert len(paper["authors"]) == 4
    assert all(author["name"] for author in paper["authors"])


def test_no_placeholders():  # CC-CFG-023
    assert not re.search(r"FIXME|TODO|XXXX", FILE.read_text(encoding="utf-8"))


def test_orcids_have_their_check_digit(config):  # CC-CFG-020, CC-MET-001; ISO 7064 mod 11-2
    for author in config["paper"]["authors"]:
        orcid = author["ORCID"]
        assert re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", orcid)
        total = 0
        for digit in orcid.replace("-", "")[:-1]:
            total = (total + int(digit)) * 2
        check = (12 - total % 11) % 11
        assert orcid[-1] == ("X" if check == 10 else str(check))
