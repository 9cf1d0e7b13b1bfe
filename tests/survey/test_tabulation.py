"""The methods of the room on whole tables: against numbers worked out by hand and every completion of small surveys."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster import regions, survey, tables
from unicluster.faults import InputError
from unicluster.survey.tabulation import scales

QUESTIONS, COUNTS = tables.load("survey_questions"), tables.load("survey_counts")


def made_up(*margins: tuple[str, str, str, int, list]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables of questions given as (question, choice, scale, base, counts or (low, high))."""
    questions, counts = [], []
    for order, (question, choice, scale, base, answers) in enumerate(margins, 1):
        title = {"question": question, "order": order, "title_en": f"Title of {question}"}
        questions.append({**title, "choice": choice, "scale": scale, "base": base})
        for place, answer in enumerate(answers, 1):
            low, high = answer if isinstance(answer, tuple) else (answer, answer)
            counts.append(
                {"question": question, "option": f"option-{place}", "order": place, "label_en": f"Option {place}",
                 "count": low if low == high else None, "low": low, "high": high, "printed_percent": None,
                 "printed_decimals": None, "tag": "stated", "line": 1}
            )  # fmt: skip
    return pd.DataFrame(questions), pd.DataFrame(counts).astype({"count": "Int64"})


class TestTheArticle:
    """What a reviewer reckoned by hand from the article's text."""

    @pytest.mark.parametrize(
        ("question", "label", "low", "high"),
        [("activity", "High or more", 34.8, 43.5), ("stability", "Stable or more", 63.8, 72.5)],
    )
    def test_shares_are_bounded_over_the_unknown_answers(self, question, label, low, high):
        row = survey.partial_shares(QUESTIONS, COUNTS).set_index("question").loc[question]
        assert row["label"] == label
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=0.05)
        assert row["interval_low"] < row["low"] and row["high"] < row["interval_high"]

    def test_state_funding_and_grants_may_overlap_in_nobody_or_in_29(self):
        table = survey.item_overlaps(QUESTIONS, COUNTS).set_index(["first", "second"])
        row = table.loc[("State funding", "External grants and investment")]
        assert (row["low"], row["high"]) == (0, 29)

    def test_hard_to_answer_alone_makes_reserves_overlap(self):
        """69 - 46 = 23 respondents named the 16 + 9 reserves, so at least 2 of them named both."""
        table = survey.item_overlaps(QUESTIONS, COUNTS).set_index(["first", "second"])
        row = table.loc[("Various sources of funding", "Saving in the budget")]
        assert (row["low"], row["exclusive_low"], row["exclusive_high"]) == (0, 2, 9)

    def test_clustering(self):
        table = survey.clustering(69, 5, [0.01, 0.05, 0.1, 0.2])
        assert table["design_effect"].tolist() == pytest.approx([1.13, 1.64, 2.28, 3.56], abs=0.005)
        assert table["effective_sample"].round().tolist() == [61, 42, 30, 19]
        assert survey.clustering(69, 5, [0])["detectable"].item() == pytest.approx(16.5, abs=0.05)

    def test_percentages_with_a_decimal_fit_69_respondents_alone(self):
        bases = survey.printed_percentages(QUESTIONS, COUNTS).groupby("question")["bases"].first()
        assert bases["activity"] == "69"
        assert {"68", "69"} <= set(bases["experience"].split(", "))

    def test_all_options_of_a_question_add_up_to_its_base(self):
        table = survey.simultaneous_intervals(QUESTIONS, COUNTS)
        sums = table.groupby("question")["count"].sum()
        assert sums.eq(69).all() and "activity" in sums.index
        assert table.set_index(["question", "label"]).loc[("activity", "Not reported"), "count"] == 6

    def test_leading_answers_are_sure_to_lead(self):
        assert "participation" not in set(survey.leading(survey.tabulate(QUESTIONS, COUNTS))["question"])

    def test_synthetic_associations_lie_within_the_bounds(self):
        bounds = survey.scale_associations(QUESTIONS, COUNTS).set_index(["first", "second"])
        spreads, values = survey.synthetic_associations(QUESTIONS, COUNTS, list("abcde"), draws=200)
        for row in spreads.itertuples():
            low, high = bounds.loc[(row.first, row.second), ["low", "high"]]
            assert low - 1e-9 <= row.low < 0 < row.high <= high + 1e-9
        assert set(spreads["tag"]) == set(values["tag"]) == {"synthetic"}
        assert values.groupby(["first", "second"])["draws"].sum().eq(200).all()


class TestTabulate:
    def test_intervals_of_bounds_run_from_the_lower_end_of_the_low_to_the_upper_end_of_the_high(self):
        table = survey.tabulate(*made_up(("a", "single", "nominal", 10, [4, (1, 3)])))
        row = table.iloc[1]
        for name, method in (
            ("wilson", survey.wilson),
            ("clopper_pearson", survey.clopper_pearson),
            ("jeffreys", survey.jeffreys),
        ):
            assert row[f"{name}_low"] == pytest.approx(100 * method(1, 10).low)
            assert row[f"{name}_high"] == pytest.approx(100 * method(3, 10).high)
        assert pd.isna(row["share"]) and (row["share_low"], row["share_high"]) == (10, 30)

    def test_every_overfull_question_is_named(self):
        tables_ = made_up(("a", "single", "nominal", 5, [4, 3]), ("b", "single", "nominal", 2, [3, 0]))
        with pytest.raises(InputError) as told:
            survey.tabulate(*tables_)
        assert "a" in str(told.value) and "7" in str(told.value) and "3" in str(told.value)
        assert len(told.value.faults) == 2

    def test_missing_answers_and_mentions(self):
        table = survey.residuals(
            *made_up(("a", "single", "ordinal", 10, [4, (0, 3), 2]), ("b", "multiple", "nominal", 10, [8, 7]))
        )
        assert table.loc[0, ["missing_low", "missing_high"]].tolist() == [1, 4]
        assert table["mentions_per_respondent"].tolist()[1] == 1.5 and pd.isna(table.loc[1, "missing_high"])


class TestComparisons:
    def test_verdicts_follow_the_corrected_p_values(self):
        table = survey.compare_all_options(*made_up(("a", "single", "ordinal", 69, [2, 17, 38, 6])))
        for row in table.itertuples():
            expected = "sure" if row.p_holm < 0.05 else "likely" if row.p_benjamini_hochberg < 0.05 else "open"
            assert row.verdict == expected
        assert set(table["verdict"]) == {"sure", "likely", "open"}

    def test_an_exact_p_value_by_hand(self):
        """9 against 1: 2 (1 + 10) / 2^10."""
        table = survey.compare_all_options(*made_up(("a", "single", "nominal", 10, [9, 1])))
        assert table["p"].item() == pytest.approx(22 / 1024)
        assert table["difference"].item() == pytest.approx(80)

    def test_unknown_answers_can_undo_a_difference(self):
        known = survey.compare_all_options(*made_up(("a", "single", "nominal", 10, [9, 1])))
        unknown = survey.compare_all_options(*made_up(("a", "single", "nominal", 18, [9, 1])))
        assert known["whatever_unknown"].item() and not unknown["whatever_unknown"].item()


class TestUpperAgainstLower:
    @given(st.lists(st.integers(0, 6), min_size=3, max_size=5).filter(lambda n: sum(n) > 0), st.integers(0, 4))
    def test_bounds_hold_every_completion(self, answers, unknown):
        questions, counts = made_up(("a", "single", "ordinal", sum(answers) + unknown, answers))
        row = survey.upper_against_lower(questions, counts, ["jeffreys"]).iloc[0]
        half = len(answers) // 2
        upper, lower = range(len(answers) - half, len(answers)), range(half)
        p = survey.probability_greater(survey.completions(answers, unknown), list(upper), list(lower))
        assert row["p_low"] == pytest.approx(p.min()) and row["p_high"] == pytest.approx(p.max())


class TestContrasts:
    @given(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)),
    )
    def test_bounds_are_those_of_all_surveys_of_the_same_margins(self, cause, effect):
        base = max(sum(cause), sum(effect), 2)
        questions, counts = made_up(
            ("cause", "single", "ordinal", base, list(cause[:2])),
            ("effect", "single", "ordinal", base, list(effect[:2])),
        )
        found = []
        for both, only_cause, only_effect in product(range(base + 1), repeat=3):
            group, answers = both + only_cause, both + only_effect
            possible = (
                both + only_cause + only_effect <= base
                and cause[1] <= group <= base - cause[0]
                and effect[1] <= answers <= base - effect[0]
            )
            if possible and 0 < group < base:
                found.append(100 * (both / group - only_effect / (base - group)))
        table = survey.contrasts(questions, counts, "cause")
        if not found:
            assert table.empty
        else:
            assert (table["low"].item(), table["high"].item()) == pytest.approx((min(found), max(found)))

    def test_the_first_scale_stands_in_for_a_question_that_was_not_asked(self):
        questions, counts = made_up(("a", "single", "ordinal", 9, [4, 5]), ("b", "single", "nominal", 9, [3, 6]))
        assert survey.contrasts(questions, counts, "activity")["driver"].tolist() == ["a"]


SURVEYS = {
    "one scale": [("a", "single", "ordinal", 9, [1, 3, 5])],
    "no scale": [("a", "single", "nominal", 9, [4, 5])],
    "several answers only": [("a", "multiple", "nominal", 9, [4, 7, 1])],
    "bounds only": [("a", "single", "ordinal", 9, [(5, 8), (1, 4)])],
    "all chose one": [("a", "single", "ordinal", 9, [9, 0]), ("b", "single", "ordinal", 9, [2, 7])],
    "different bases": [("a", "single", "ordinal", 9, [4, 5]), ("b", "single", "ordinal", 7, [2, 5])],
    "one option": [("a", "single", "ordinal", 9, [5])],
}

FULL = {
    function: set(function(QUESTIONS, COUNTS).columns)
    for function in (
        survey.simultaneous_intervals,
        survey.posteriors,
        survey.upper_against_lower,
        survey.compare_all_options,
        survey.partial_shares,
        survey.item_overlaps,
        survey.printed_percentages,
        survey.scale_associations,
    )
}


class TestLittleData:
    @pytest.mark.parametrize("margins", SURVEYS.values(), ids=SURVEYS)
    def test_nothing_fails_and_empty_tables_keep_their_columns(self, margins):
        questions, counts = made_up(*margins)
        for function, columns in FULL.items():
            assert set(function(questions, counts).columns) <= columns
        spreads, values = survey.synthetic_associations(questions, counts, [], draws=5)
        assert len(spreads) == len(survey.scale_associations(questions, counts))
        assert set(values.columns) == {"first", "second", "value", "draws", "tag"}
        assert len(survey.contrasts(questions, counts, "a")) <= 1

    def test_respondents_not_asked_may_have_answered_anything(self):
        """7 of the 9 were asked both; the two others could be placed at either end."""
        questions, counts = made_up(*SURVEYS["different bases"])
        smaller = survey.association_bounds([4, 5], [2, 5], survey.spearman, 0, 2)
        assert survey.scale_associations(questions, counts)[["low", "high"]].iloc[0].tolist() == pytest.approx(smaller)

    def test_too_many_unknown_answers_leave_no_bounds(self):
        scale = [10, 10, 10, 10, 10]
        questions, counts = made_up(("a", "single", "ordinal", 250, scale), ("b", "single", "ordinal", 250, scale))
        assert np.isnan(survey.scale_associations(questions, counts)["low"].item())

    def test_one_university_has_no_design_to_speak_of(self):
        full = survey.clustering(69, 5, [0.1])
        empty = survey.clustering(69, 1, [0.1])
        assert empty.empty and list(empty.columns) == list(full.columns)


class TestUniversityPower:
    def test_needed_universities_reach_the_power_and_one_less_does_not(self):
        needed, curves = survey.university_power([0.4, 0.7], 5, 14, 0.1)
        for row in needed.itertuples():
            assert survey.correlation_power(row.correlation, row.needed) >= 0.8
            assert survey.correlation_power(row.correlation, row.needed - 1) < 0.8
            assert row.needed_attenuated > row.needed and row.power_now_attenuated < row.power_now
        assert curves.groupby("correlation")["power"].apply(lambda p: p.is_monotonic_increasing).all()

    def test_no_likeness_within_universities_leaves_nothing_to_find(self):
        needed, _ = survey.university_power([0.5], 3, 14, 0.0)
        assert needed["attenuated"].item() == 0 and pd.isna(needed["needed_attenuated"].item())
        assert pd.isna(needed["power_now"].item())


def test_scales_know_what_is_not_reported():
    activity = next(s for s in scales(QUESTIONS, COUNTS) if s.question == "activity")
    assert (activity.residual, activity.everybody.sum(), activity.group_label) == (6, 69, "High or more")
    assert regions.load_region("kazakhstan").table("survey_counts").equals(COUNTS)
