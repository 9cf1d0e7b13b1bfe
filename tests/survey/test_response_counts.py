"""A region's rows and its counts: made from each other, and held against each other; the teaching region's tables."""

from __future__ import annotations

import runpy

import pandas as pd
import pytest

from tests.conftest import ROOT
from unicluster import survey
from unicluster.faults import InputError
from unicluster.regions import load_region

CODES = {"98": "does not know", "99": "refused"}
QUESTIONS = pd.DataFrame(
    {"question": ["view", "tools"], "choice": ["single", "multiple"], "scale": ["ordinal", "nominal"], "base": [4, 4]}
)
OPTIONS = pd.DataFrame(
    {"question": ["view", "view", "tools", "tools"], "option": ["bad", "good", "maps", "plans"], "order": [1, 2, 1, 2],
     "low": 0, "high": 4}
)  # fmt: skip
ROWS = pd.DataFrame(
    {"respondent": list("abcd"), "university": ["one", "one", "two", "two"], "view": ["good", "99", "good", "bad"],
     "tools": ["maps;plans", "plans", "", "plans"], "tag": "synthetic"}
)  # fmt: skip


def test_counts_follow_from_the_rows():
    responses = survey.checked_responses(ROWS, QUESTIONS, OPTIONS, CODES)
    questions, counts = survey.counts_from_responses(responses, QUESTIONS, OPTIONS)
    assert counts["count"].tolist() == counts["low"].tolist() == counts["high"].tolist() == [1, 2, 1, 3]
    assert questions["base"].tolist() == [4, 4]
    assert questions["residual"].tolist() == [1, pd.NA]


def test_counts_that_the_rows_contradict_are_named_all_at_once():
    wrong = OPTIONS.assign(low=[1, 3, 0, 3], high=[1, 3, 0, 3])
    with pytest.raises(InputError) as caught:
        survey.checked_responses(ROWS, QUESTIONS.assign(base=[4, 5]), wrong, CODES)
    told = [str(fault) for fault in caught.value.faults]
    assert len(told) == 3
    assert "the base is 5 but there are 4 rows" in told[0]
    assert "good" in told[1] and "the rows hold 2 such answers, the counts say 3" in told[1]
    assert "maps" in told[2] and "hold 1" in told[2]


def test_bounds_are_contradicted_only_from_outside():
    survey.checked_responses(ROWS, QUESTIONS, OPTIONS.assign(low=[0, 2, 1, 0], high=[1, 4, 1, 3]), CODES)


class TestTeachingRegion:
    NAMES = ("questions", "counts", "responses", "codings", "totals")

    def test_every_row_is_tagged_synthetic(self):
        place = load_region("altynsai")
        assert place.fictitious
        for name in self.NAMES:
            table = place.table(f"survey_{name}")
            tag = table["tag"] if "tag" in table else table["base_tag"]
            assert set(tag) == {"synthetic"}

    def test_counts_agree_with_the_rows(self):
        place = load_region("altynsai")
        rows, questions, counts = (place.table(f"survey_{name}") for name in ("responses", "questions", "counts"))
        responses = survey.checked_responses(rows, questions, counts, CODES)
        assert 150 <= len(rows) <= 180 and responses.university.nunique() == len(place.universities)
        assert counts.loc[counts["question"].eq("activity"), "count"].sum() + 4 == len(rows)

    def test_the_script_draws_the_committed_tables(self, monkeypatch, tmp_path):
        script = runpy.run_path(str(ROOT / "scripts" / "teaching" / "survey.py"))
        script["main"].__globals__["FOLDER"] = tmp_path
        script["main"]()
        for name in self.NAMES:
            drawn, committed = (f / f"survey_{name}.csv" for f in (tmp_path, load_region("altynsai").folder))
            assert drawn.read_bytes() == committed.read_bytes()

    def test_totals_describe_the_same_people(self):
        totals = load_region("altynsai").table("survey_totals")
        assert totals.groupby("variable")["total"].sum().nunique() == 1


class TestTabulateScript:
    @pytest.fixture
    def tabulate(self):
        return runpy.run_path(str(ROOT / "scripts" / "tabulate_survey.py"))["main"]

    @pytest.fixture
    def folder(self, tmp_path, monkeypatch):
        from unicluster import paths

        source, target = load_region("altynsai").folder, tmp_path / "altynsai"
        target.mkdir()
        for file in [*source.glob("survey_*.csv"), source / "region.yml"]:
            (target / file.name).write_bytes(file.read_bytes())
        monkeypatch.setattr(paths, "REGIONS", tmp_path)
        return target

    def test_fills_in_open_counts(self, tabulate, folder):
        before = (folder / "survey_counts.csv").read_bytes()
        table = pd.read_csv(folder / "survey_counts.csv", dtype=str).assign(count="", low=0, high=164)
        table.to_csv(folder / "survey_counts.csv", index=False)
        assert tabulate("altynsai") == 0
        assert (folder / "survey_counts.csv").read_bytes() == before

    def test_leaves_everything_as_it_was_where_a_row_is_wrong(self, tabulate, folder, capsys):
        rows = pd.read_csv(folder / "survey_responses.csv", dtype=str)
        rows.loc[3, "activity"] = "hgih"
        rows.to_csv(folder / "survey_responses.csv", index=False)
        before = (folder / "survey_counts.csv").read_bytes()
        assert tabulate("altynsai") == 2
        assert "write 'high'" in capsys.readouterr().err
        assert (folder / "survey_counts.csv").read_bytes() == before
