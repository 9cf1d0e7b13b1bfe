"""What a notebook depends on: never less than what its kernel imports and reads, and no more than it can reach."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from unicluster import paths
from unicluster.pipeline import inputs, plan

IMPORTED = """\
import json, sys
{imports}
files = [module.__file__ for name, module in sys.modules.items() if name.split(".")[0] == "unicluster"]
print(json.dumps([file for file in files if file]))
"""


def imports_of(chapter: plan.Chapter) -> str:
    cells = json.loads(chapter.file.read_text(encoding="utf-8"))["cells"]
    lines = "".join("".join(cell["source"]) + "\n" for cell in cells if cell["cell_type"] == "code").splitlines()
    return "\n".join(line for line in lines if line.startswith(("from unicluster", "import unicluster")))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["survey", "cluster_effect", "fcm_scenarios", "claims"])
def test_everything_that_a_kernel_imports_is_among_the_files(name):
    chapter = plan.chapter(name)
    imports = imports_of(chapter)
    assert imports
    code = IMPORTED.format(imports=imports)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    reachable = {str(file) for file in inputs.notebook_library(chapter.file)}
    assert set(json.loads(ended.stdout)) <= reachable


def test_rooms_that_a_notebook_cannot_reach_are_not_among_the_files():
    rooms = {
        name: {file.relative_to(inputs.PACKAGE).parts[0] for file in inputs.notebook_library(plan.chapter(name).file)}
        for name in ("survey", "cluster_effect")
    }
    assert "survey" in rooms["survey"] and "economics" in rooms["cluster_effect"]
    assert not {"economics", "fcm", "claims", "dossier"} & rooms["survey"]
    assert not {"survey", "fcm", "claims", "dossier"} & rooms["cluster_effect"]


def test_files_that_are_opened_are_noted_once(tmp_path):
    target = tmp_path / "reads.txt"
    code = (
        "from unicluster import tables; tables.load('deflators'); tables.load('deflators');"
        "open('/dev/null').close(); from pathlib import Path; Path('/etc/hostname').exists()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"UNICLUSTER_READS": str(target), "PATH": ""})
    noted = target.read_text(encoding="utf-8").splitlines()
    assert sorted(noted) == [str(paths.DATA / "datapackage.json"), str(paths.DATA / "prices" / "deflators.csv")]
