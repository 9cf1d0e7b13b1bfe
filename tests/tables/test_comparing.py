"""Two readers of the same tables: what differs, and how far they agree."""

import shutil
import sys

import pandas as pd
import pytest

from scripts import compare_transcriptions
from unicluster import paths, tables


def questions(rows):
    """A frame of survey questions of which only some columns are given."""
    columns = tables.table("survey_questions").columns
    return pd.DataFrame(rows).reindex(columns=columns).convert_dtypes()


def test_every_cell_that_differs():
    first = questions(
        [
            {"question": "a", "base": 69, "choice": "single", "note": "x"},
            {"question": "b", "base": 69, "choice": "single"},
            {"question": "only-here", "base": 1},
        ]
    )
    second = questions(
        [
            {"question": "b", "base": 68, "choice": "single", "note": "y"},
            {"question": "only-there", "base": 1},
            {"question": "a", "base": 69, "choice": "multiple", "note": "x"},
        ]
    )
    found = tables.differences("survey_questions", first, second)
    assert found.fillna("").to_dict("split")["data"] == [
        ["survey_questions", "a", "choice", "single", "multiple"],
        ["survey_questions", "b", "base", "69", "68"],
        ["survey_questions", "b", "note", "", "y"],
        ["survey_questions", "only-here", "", "present", "absent"],
        ["survey_questions", "only-there", "", "absent", "present"],
    ]


def test_rows_with_two_keys_are_matched_by_both():
    columns = tables.table("survey_counts").columns
    rows = [{"question": q, "option": o, "count": n} for n, (q, o) in enumerate(["ax", "ay", "bx"])]
    first = pd.DataFrame(rows).reindex(columns=columns).convert_dtypes()
    found = tables.differences("survey_counts", first, first[::-1].assign(count=[2, 7, 0]))
    assert list(found["key"]) == ["a, y"]


def test_agreement_and_kappa():
    """Twenty rows both call single, fifteen both call multiple, five and ten are split: kappa is 0.4.

    Observed agreement 35/50 = 0.7, by chance 0.6 x 0.5 + 0.4 x 0.5 = 0.5, so (0.7 - 0.5) / (1 - 0.5).
    """
    pairs = [("single", "single")] * 20 + [("single", "multiple")] * 5
    pairs += [("multiple", "single")] * 10 + [("multiple", "multiple")] * 15
    first, second = (
        questions([{"question": f"q{i}", "choice": pair[side], "scale": "nominal"} for i, pair in enumerate(pairs)])
        for side in (0, 1)
    )
    table = tables.agreement("survey_questions", first, second).set_index("column")
    choice = table.loc["choice"]
    assert (choice["cells"], choice["differ"], choice["content"]) == (50, 15, "closed")
    assert choice["percent"] == pytest.approx(70)
    assert choice["kappa"] == pytest.approx(0.4)
    assert table.loc["scale", "percent"] == 100 and pd.isna(table.loc["scale", "kappa"])
    assert table.loc["note", "content"] == "wording"
    assert table.loc["line", "content"] == "closed" and pd.isna(table.loc["line", "kappa"])
    assert "question" not in table.index


def test_empty_cells_count_in_kappa():
    """Two of four agree, one of them on an empty cell: (1/2 - 1/4) / (1 - 1/4).

    By chance 1/2 x 1/4 + 1/2 x 1/4 = 1/4, over `single` and empty; nobody agrees on the other two options.
    """
    first = ["single", "single", pd.NA, pd.NA]
    second = ["single", "multiple", pd.NA, "unknown"]
    frames = [
        questions([{"question": f"q{i}", "choice": said} for i, said in enumerate(side)]) for side in (first, second)
    ]
    table = tables.agreement("survey_questions", *frames).set_index("column")
    assert table.loc["choice", "percent"] == 50
    assert table.loc["choice", "kappa"] == pytest.approx(1 / 3)


def test_rows_that_only_one_has_are_not_compared():
    first = questions([{"question": "a", "base": 1}])
    second = questions([{"question": "b", "base": 1}])
    table = tables.agreement("survey_questions", first, second)
    assert set(table["cells"]) == {0} and table["percent"].isna().all()


@pytest.fixture
def folders(tmp_path):
    """Two copies of the survey tables, one laid out as data/ is, one flat as a region's folder is."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first / "paper", second):
        folder.mkdir(parents=True)
        for name in ("survey_questions.csv", "survey_counts.csv"):
            shutil.copy(paths.DATA / "paper" / name, folder / name)
    return first, second


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["compare_transcriptions.py", *map(str, arguments)])
    return compare_transcriptions.main()


def spoil(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_command_on_equal_folders(folders, monkeypatch, capsys):
    assert run(monkeypatch, *folders) == 0
    assert "survey_counts" in capsys.readouterr().out


def test_command_names_every_difference(folders, monkeypatch, capsys, tmp_path):
    spoil(folders[1] / "survey_counts.csv", "experience,4-10,3,4-10 years", "experience,4-10,3,4 to 10 years")
    spoil(folders[1] / "survey_counts.csv", "funding,other,4,Other sources,другие источники,7,7,7",
          "funding,other,4,Other sources,другие источники,8,8,8")  # fmt: skip
    assert run(monkeypatch, *folders, "--csv", tmp_path / "found.csv") == 1
    out = capsys.readouterr().out.splitlines()
    assert out[:4] == [
        "survey_counts [experience, 4-10] label_en: 4-10 years | 4 to 10 years",
        "survey_counts [funding, other] count: 7 | 8",
        "survey_counts [funding, other] low: 7 | 8",
        "survey_counts [funding, other] high: 7 | 8",
    ]
    assert list(pd.read_csv(tmp_path / "found.csv")["column"]) == ["label_en", "count", "low", "high"]


def test_command_refuses_faulty_tables(folders, monkeypatch, capsys):
    spoil(folders[1] / "survey_questions.csv", ",69,", ",sixty-nine,")
    assert run(monkeypatch, *folders) == 2
    place = f"{folders[1] / 'survey_questions.csv'}, row 2, column base"
    assert f"{place}: found 'sixty-nine': a whole number is needed" in capsys.readouterr().err


def test_command_compares_what_both_have(folders, monkeypatch, capsys):
    (folders[0] / "paper" / "survey_counts.csv").unlink()
    assert run(monkeypatch, *folders) == 0
    assert "not compared, in one folder only: survey_counts\n" in capsys.readouterr().out


def test_command_refuses_folders_without_tables(tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, tmp_path, tmp_path) == 2
    assert "no table of the data dictionary is in both folders" in capsys.readouterr().err
