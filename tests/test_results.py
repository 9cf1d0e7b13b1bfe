"""The way in and out of results."""

import hashlib

import pandas as pd
import pytest

from unicluster import results
from unicluster.figures.style import Figure, canvas


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("UNICLUSTER_RESULTS", str(tmp_path))
    return results.start("karaganda", "survey")


def drawing() -> Figure:
    with canvas(height=2) as (figure, axes):
        axes.plot([0, 1], [0, 1])
    return Figure(figure, pd.DataFrame({"x": [0.1 + 0.2], "y": [1]}), "A line.", "A line that rises from 0 to 1.")


def test_a_table_comes_back_as_it_went_in(run):
    frame = pd.DataFrame({"name": ["a, b", 'say "x"'], "value": [1 / 3, 2.0], "count": [1, 2]})
    run.table("t", frame, "T")
    back = results.read_table("karaganda", "survey", "t")
    pd.testing.assert_frame_equal(back, frame, rtol=1e-9)


def test_the_same_table_is_the_same_bytes_with_line_feeds_only(run):
    run.table("t", pd.DataFrame({"v": [0.1 + 0.2, 1e-300, 1e300]}), "T")
    assert (run.folder / "t.csv").read_bytes() == b"v\n0.3\n1e-300\n1e+300\n"


def test_a_zero_has_no_sign(run):
    run.table("t", pd.DataFrame({"v": [-0.0, -1e-300, 1.0], "w": [0, -1, 1]}), "T")
    assert (run.folder / "t.csv").read_bytes() == b"v,w\n0,0\n-1e-300,-1\n1,1\n"


def test_a_figure_is_saved_with_its_data_and_words(run):
    view = run.figure("f", drawing())
    data = (run.folder / "f.csv").read_bytes()
    assert hashlib.sha256(data).hexdigest() == view.data_sha256
    words = results.read_json("karaganda", "survey", "f.figure.json")
    assert words == {"caption": "A line.", "alt": "A line that rises from 0 to 1.", "data_sha256": view.data_sha256}


def test_what_the_region_lacks_is_said_to_be_missing_and_leaves_no_file(run):
    told = [run.figure("growth_of_all", None), run.table("parts", None, "Parts <of> growth")]
    assert [view.markdown for view in told] == [
        "*Missing for want of data: the figure “growth of all”*",
        r"*Missing for want of data: Parts \<of\> growth*",
    ]
    assert not run.folder.exists()


def test_the_same_drawing_is_the_same_bytes():
    first, second = drawing().svg(), drawing().svg()
    assert first == second
    assert "matplotlib" not in first.lower().split("<defs>")[0]


def test_a_missing_result_names_the_command_that_makes_it(run):
    with pytest.raises(FileNotFoundError, match="make region REGION=karaganda"):
        results.read_table("karaganda", "survey", "nothing")


@pytest.mark.parametrize("region", ["../x", "a/b", "A", "", "a b"])
def test_a_run_cannot_leave_its_folder(region):
    with pytest.raises(ValueError, match="small Latin letters"):
        results.start(region, "survey")


def test_headline_numbers_need_value_unit_tag_and_source(run):
    with pytest.raises(TypeError, match="growth"):
        run.numbers(growth={"value": 1.0})
