"""The build as a user meets it: what runs, what is refused, what a failure leaves."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.slow


def test_only_what_changed_runs_again(project):
    first = project.build("--region", "akmola")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "4 ran, 0 unchanged, 0 failed" in first.stdout  # akmola has no survey

    again = project.build("--region", "akmola")
    assert "0 ran, 4 unchanged, 0 failed" in again.stdout

    with project.region_file("akmola").open("a", encoding="utf-8") as file:
        file.write("parameters:\n  cluster_model: {level: 0.75}\n")
    changed = project.build("--region", "akmola")
    assert "4 ran" in changed.stdout  # the region's own file is an input of all its notebooks
    assert b"0.75" in project.answers()["akmola/cluster_model/answer.csv"]

    library = project.root / "src" / "unicluster" / "escape.py"
    library.write_text(library.read_text(encoding="utf-8") + "\n\nCHANGED = True\n", encoding="utf-8")
    assert "4 ran" in project.build("--region", "akmola").stdout


def test_the_run_record_says_what_went_in(project):
    assert project.build("--region", "akmola").returncode == 0
    record = json.loads((project.root / "build/results/akmola/cluster_effect/run.json").read_text(encoding="utf-8"))
    assert record["parameters"] == {"region": "akmola"}
    assert "notebooks/cluster_effect.ipynb" in record["inputs"]
    assert "data/regions/akmola/region.yml" in record["inputs"]
    assert all(len(digest) == 64 for digest in record["inputs"].values())
    assert record["packages"]["pandas"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("{levle: 1.0}", "did you mean 'level'?"),
        ("{level: high}", "a value of type float is needed"),
        ("{level: true}", "a value of type float is needed"),
        ("{region: aktobe}", "the notebook has no such parameter"),
    ],
)
def test_a_wrong_parameter_is_refused_before_anything_runs(project, given, told):
    with project.region_file("akmola").open("a", encoding="utf-8") as file:
        file.write(f"parameters:\n  survey: {given}\n")
    ended = project.build()
    assert ended.returncode == 2
    assert told in ended.stderr
    assert "regions/akmola/region.yml, column parameters.survey" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not project.answers()


def test_faulty_data_are_refused_whole_and_leave_results_alone(project):
    assert project.build("--region", "akmola").returncode == 0
    before = project.answers()
    folder = project.region_file("akmola").parent
    header = "cluster,name_en,name_ru,place_en,place_ru,oblasts,base_year,plan_year,base_output,plan_output,line,tag"
    rows = ["a,A,А,P,П,akmola,2020,2024,-5,10,1,stated", "a,A,А,P,П,nowhere,2020,x,5,10,1,maybe"]
    (folder / "clusters.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    ended = project.build("--region", "akmola")
    assert ended.returncode == 2
    for place in ("row 2, column base_output", "row 3, column plan_year", "row 3, column tag", "row 3, column cluster"):
        assert f"regions/akmola/clusters.csv, {place}" in ended.stderr
    assert "nothing was run" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert project.answers() == before


def test_a_failing_notebook_stops_its_region_only_and_is_named(project):
    project.add_region("broken")
    ended = project.build()
    assert ended.returncode != 0
    lines = [line for line in ended.stderr.splitlines() if line.startswith("FAILED")]
    assert any(
        "notebook cluster_effect failed for region broken: AssertionError: this region fails" in x for x in lines
    )
    assert "Traceback" not in ended.stderr + ended.stdout
    kept = json.loads((project.root / "build/failed/broken/cluster_effect.ipynb").read_text(encoding="utf-8"))
    assert "this region fails" in json.dumps(kept)
    good = {name.split("/")[0] for name in project.answers()}
    assert good == {"kazakhstan", "akmola"}
    assert not (project.root / "_build").exists()


EDIT_ONCE = """\
import pathlib
from unicluster import paths
mark = pathlib.Path(paths.ROOT) / "edited"
if not mark.exists():
    mark.touch()
    with (pathlib.Path(paths.ROOT) / "FILE").open("a") as opened:
        opened.write("# a remark")
from unicluster import results
import pandas as pd
run = results.start(region, "{name}")
run.table("answer", pd.DataFrame({{"region": [region], "level": [level]}}), "An answer")
"""


@pytest.mark.parametrize("file", ["src/unicluster/escape.py", "data/regions/akmola/region.yml"])
def test_what_changes_during_a_run_leaves_no_result(project, file):
    project.write_notebook("cluster_effect", EDIT_ONCE.replace("FILE", file))
    ended = project.build("--region", "akmola")
    assert ended.returncode != 0
    assert f"{file.removeprefix('src/')} changed meanwhile; build again" in ended.stderr
    assert "akmola/cluster_effect/answer.csv" not in project.answers()
    assert project.build("--region", "akmola").returncode == 0
    assert "akmola/cluster_effect/answer.csv" in project.answers()


def test_a_region_whose_name_is_part_of_anothers_runs_alone(project):
    project.add_region("new-akmola")
    ended = project.build("--region", "akmola", "--workers", "1")
    assert ended.returncode == 0
    assert "Starting 1 worker" in ended.stdout
    assert {name.split("/")[0] for name in project.answers()} == {"akmola"}


def test_an_unknown_region_is_refused(project):
    ended = project.build("--region", "akmolla")
    assert ended.returncode == 2
    assert "did you mean 'akmola'?" in ended.stderr
