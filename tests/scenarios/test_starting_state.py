"""From answers to levels: by hand, and against every way the missing answers may have been."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster import scenarios, survey, tables
from unicluster.faults import InputError

CONCEPTS = pd.DataFrame({"concept": ["asked", "named", "silent"]})


def rules(*rows):
    return pd.DataFrame(rows, columns=["concept", "question", "option", "score"])


def answers(question, choice, base, options):
    table = pd.DataFrame(options, columns=["option", "low", "high"])
    return table.assign(question=question, choice=choice, base=base)


SCALE = rules(
    ("asked", "q", "no", 0), ("asked", "q", "so-so", 0.5), ("asked", "q", "yes", 1), ("asked", "q", "who-knows", np.nan)
)


def test_levels_of_a_scale_by_hand():
    # Ten people: 2 no, 4 so-so, 1 to 3 yes, 1 unsure. Certain is (4 * 0.5 + 1) / 10; three may stand anywhere.
    asked = answers("q", "single", 10, [("no", 2, 2), ("so-so", 4, 4), ("yes", 1, 3), ("who-knows", 1, 1)])
    row = scenarios.starting_state(CONCEPTS, SCALE, asked).iloc[0]
    assert row[["bound_low", "bound_high", "level"]].tolist() == pytest.approx([0.3, 0.6, 0.45])
    assert row["low"] < 0.3 and row["high"] > 0.6
    assert row["spread"] == pytest.approx(max(0.45 - row["low"], row["high"] - 0.45))


def test_levels_of_a_list_are_the_share_that_names_the_option():
    asked = answers("s", "multiple", 40, [("this", 10, 10), ("that", 30, 30)])
    row = scenarios.starting_state(CONCEPTS, rules(("named", "s", "this", 1)), asked, confidence=0.95).iloc[1]
    assert row["level"] == pytest.approx(0.25)
    # The normal interval of a share, z = 1.96.
    assert row["high"] - row["level"] == pytest.approx(1.959964 * np.sqrt(0.25 * 0.75 / 40), rel=1e-6)


@given(st.integers(0, 6), st.lists(st.floats(0, 1), min_size=6, max_size=6))
def test_no_completion_of_the_answers_leaves_the_bounds(extra, anywhere):
    asked = answers("q", "single", 10, [("no", 1, 7), ("so-so", 2, 8), ("yes", 1, 7), ("who-knows", 0, 6)])
    row = scenarios.starting_state(CONCEPTS, SCALE, asked).iloc[0]
    # Six people are free: some of them said yes, the others may mean any level.
    mean = (0.5 * 2 + 1 + extra + sum(anywhere[extra:])) / 10
    assert row["bound_low"] - 1e-12 <= mean <= row["bound_high"] + 1e-12


def test_concepts_without_data_start_neutral():
    start = scenarios.starting_state(CONCEPTS, SCALE, None, neutral_spread=0.2)
    assert start["level"].eq(0.5).all()
    assert start["low"].eq(0.3).all() and start["high"].eq(0.7).all()
    assert start["tag"].eq("assumed").all()


def test_faults_are_told_together():
    asked = answers("q", "single", 10, [("no", 2, 2)])
    with pytest.raises(InputError) as error:
        scenarios.starting_state(CONCEPTS, SCALE, asked, confidence=1.5, neutral_spread=0.9)
    assert len(error.value.faults) == 5


def test_the_article_s_activity_lies_between_medium_and_high():
    # Line 253-255: 1 very low, 38 medium, 22 high, 2 very high of 69; 6 unknown.
    asked = survey.tabulate(tables.load("survey_questions"), tables.load("survey_counts"))
    start = scenarios.starting_state(tables.load("fcm_concepts"), tables.load("fcm_starting_state"), asked)
    row = start.set_index("concept").loc["entrepreneurial-activity"]
    assert row["bound_low"] == pytest.approx((38 * 0.5 + 22 * 0.75 + 2) / 69)
    assert row["bound_high"] == pytest.approx((38 * 0.5 + 22 * 0.75 + 2 + 6) / 69)
    assert (start["tag"] == "survey").sum() == tables.load("fcm_starting_state")["concept"].nunique()
