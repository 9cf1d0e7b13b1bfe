"""The three lists of dependencies say the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT


def declared() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    listed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return {canonicalize_name(r.name): str(r.specifier) for r in map(Requirement, listed)}


def in_conda() -> dict[str, str]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    flat = [line for item in listed for line in (item["pip"] if isinstance(item, dict) else [item])]
    wanted = [Requirement(line) for line in flat if not line.startswith("--") and line != "pip"]
    return {canonicalize_name(r.name): str(r.specifier) for r in wanted if r.name != "python"}


def locked() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        told = re.match(r"([A-Za-z0-9_.-]+)==([^ ;]+)", line)
        if told:
            found.setdefault(canonicalize_name(told[1]), []).append(told[2])
    return found


def test_conda_lists_what_pyproject_lists():
    assert in_conda() == declared()


@pytest.mark.parametrize("name", sorted(declared()))
def test_the_lock_holds_a_version_that_fits(name):
    versions = locked().get(name, [])
    assert versions, f"{name} is not in requirements.lock: run `make lock`"
    assert all(Requirement(f"{name}{declared()[name]}").specifier.contains(v) for v in versions)


def test_every_locked_version_has_a_hash():
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry.split("\n")[0])


def test_what_is_installed_fits_together():
    told = subprocess.run(
        [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout


def test_python_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert f"python{project['requires-python']}" in conda


def test_the_fixed_packages_are_direct_dependencies():
    fixed = {"jupyterlab", "papermill", "pandas", "seaborn", "statsmodels", "jupyter-book", "nbval"}
    assert fixed <= set(declared())


def test_binder_gets_the_same_environment():
    """Without the compendium itself, which ``postBuild`` installs once its files are there."""
    whole = yaml.safe_load((ROOT / "environment.yml").read_text())
    whole["dependencies"][-1]["pip"] = [p for p in whole["dependencies"][-1]["pip"] if not p.startswith("--")]
    assert yaml.safe_load((ROOT / ".binder" / "environment.yml").read_text()) == whole
    assert "--editable ." in (ROOT / ".binder" / "postBuild").read_text()


def test_the_descriptions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    meta = json.loads((ROOT / "codemeta.json").read_text())
    assert project["version"] == cited["version"] == meta["version"]
    assert project["description"] == meta["description"]
    assert cited["keywords"] == meta["keywords"]
    assert str(cited["date-released"]) == meta["datePublished"]
    assert cited["references"][0]["doi"] in meta["referencePublication"]
    assert meta["license"].endswith(project["license"])
