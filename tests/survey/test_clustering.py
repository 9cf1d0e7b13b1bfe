"""Intraclass correlation against a published table, pingouin and a hand calculation."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey.clustering import intraclass_correlation

# Shrout and Fleiss (1979), table 2: six targets, four ratings each; ICC(1,1) = .17, 95 % -.13 to .72.
RATINGS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_shrout_and_fleiss():
    found = intraclass_correlation(np.ravel(RATINGS), np.repeat(range(6), 4))
    assert found.estimate == pytest.approx(0.17, abs=0.005)
    assert (found.low, found.high) == (pytest.approx(-0.13, abs=0.005), pytest.approx(0.72, abs=0.005))
    assert (found.universities, found.respondents, found.average_size) == (6, 24, 4.0)


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=3, max_size=8))
def test_equal_sizes_agree_with_pingouin(ratings):
    values = np.array(ratings)
    within = ((values - values.mean(axis=1, keepdims=True)) ** 2).sum()
    assume(within > 0)
    long = pd.DataFrame({"t": np.repeat(range(len(values)), 3), "r": [0, 1, 2] * len(values), "v": values.ravel()})
    with np.errstate(all="ignore"):
        expected = pingouin.intraclass_corr(long, "t", "r", "v").iloc[0]
    found = intraclass_correlation(long["v"], long["t"])
    assert found.estimate == pytest.approx(expected["ICC"], abs=1e-9)
    assert found.p == pytest.approx(expected["pval"], abs=1e-9)
    assert found.low <= found.estimate <= found.high


def test_unequal_sizes_by_hand():
    # Means 1, 2, 5 about 22/8; n0 = (8 - (4 + 9 + 9) / 8) / 2 = 2.625.
    found = intraclass_correlation([0, 2, 1, 2, 3, 4, 5, 6], list("aabbbccc"))
    between = (2 * (1 - 23 / 8) ** 2 + 3 * (2 - 23 / 8) ** 2 + 3 * (5 - 23 / 8) ** 2) / 2
    within = (2 + 2 + 2) / 5
    assert found.average_size == pytest.approx(2.625)
    assert found.estimate == pytest.approx((between - within) / (between + 1.625 * within))
    assert found.f == pytest.approx(between / within)


def test_missing_answers_are_left_out():
    full = intraclass_correlation([0, 1, 1, 3, 4, 4], list("aaabbb"))
    assert intraclass_correlation([0, 1, np.nan, 1, 3, 4, 4], list("aaaabbb")) == full


def test_agreement_within_every_university_is_one():
    assert intraclass_correlation([1, 1, 2, 2], list("aabb")).estimate == 1


@pytest.mark.parametrize(
    ("values", "university", "reason"),
    [
        ([1, 2, 3], "aaa", "the answers come from 1 university"),
        ([1, 2, 3], "abc", "every university has one respondent"),
        ([2, 2, 2, 2], "aabb", "all 4 answers are equal"),
    ],
)
def test_what_cannot_be_estimated_says_why(values, university, reason):
    with pytest.raises(InputError, match=f"cannot be estimated because {reason}"):
        intraclass_correlation(values, list(university))
