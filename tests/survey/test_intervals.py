"""Intervals of one share: published values, mathematical properties, refused input."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey import clopper_pearson, jeffreys, wilson

CASES = Path(__file__).parents[1] / "cases" / "survey"
INTERVALS = [wilson, clopper_pearson, jeffreys]


@st.composite
def count_and_base(draw):
    base = draw(st.integers(1, 500))
    return draw(st.integers(0, base)), base


@pytest.mark.parametrize("interval", [wilson, clopper_pearson], ids=lambda f: f.__name__)
def test_newcombe_1998(interval):
    case = json.loads((CASES / "newcombe1998_single_proportion.json").read_text(encoding="utf-8"))
    count, base = np.transpose(case["inputs"]["x_n"])
    found = np.transpose(interval(count, base, case["inputs"]["conf"]))
    tolerance = case["tolerance"][interval.__name__]
    np.testing.assert_allclose(found, case["expected"][interval.__name__], rtol=0, atol=tolerance)


def test_all_answers_quoted_from_newcombe():
    low, high = wilson(29, 29)
    assert low == pytest.approx(0.8830, abs=5e-5)
    assert high == 1


@given(count_and_base(), st.floats(0.5, 0.999))
def test_wilson_ends_solve_the_score_equation(answers, confidence):
    count, base = answers
    z = stats.norm.ppf((1 + confidence) / 2)
    for end in wilson(count, base, confidence):
        assert (count / base - end) ** 2 == pytest.approx(z**2 * end * (1 - end) / base, abs=1e-9)


@given(count_and_base(), st.floats(0.5, 0.999))
def test_clopper_pearson_is_scipy_binomtest(answers, confidence):
    exact = stats.binomtest(*answers).proportion_ci(confidence, method="exact")
    np.testing.assert_allclose(clopper_pearson(*answers, confidence), exact, rtol=0, atol=1e-9)


@given(count_and_base(), st.floats(0.5, 0.999))
def test_jeffreys_leaves_the_same_posterior_in_both_tails(answers, confidence):
    count, base = answers
    low, high = jeffreys(count, base, confidence)
    posterior = stats.beta(count + 0.5, base - count + 0.5)
    tail = (1 - confidence) / 2
    assert low == 0 if count == 0 else posterior.cdf(low) == pytest.approx(tail, abs=1e-7)
    assert high == 1 if count == base else posterior.sf(high) == pytest.approx(tail, abs=1e-7)


@pytest.mark.parametrize("interval", INTERVALS, ids=lambda f: f.__name__)
@given(answers=count_and_base(), levels=st.tuples(st.floats(0.5, 0.999), st.floats(0.5, 0.999)))
def test_intervals_nest_mirror_and_hold_the_share(interval, answers, levels):
    count, base = answers
    inner, outer = (interval(count, base, level) for level in sorted(levels))
    slack = 1e-12
    assert -slack <= outer.low <= inner.low + slack
    assert inner.high - slack <= outer.high <= 1 + slack
    assert inner.low - slack <= count / base <= inner.high + slack
    mirrored = interval(base - count, base, max(levels))
    assert mirrored.low == pytest.approx(1 - outer.high, abs=1e-9)


def test_a_table_at_once_is_each_option_alone():
    counts, bases = np.array([[1, 0, 38], [22, 2, 6]]), np.array([69, 68, 69])
    for interval in INTERVALS:
        low, high = interval(counts, bases)
        for place in np.ndindex(counts.shape):
            assert (low[place], high[place]) == interval(counts[place], bases[place[1]])


def test_every_fault_is_named_at_once():
    counts = pd.Series([1, -2, 2.5, None, 9], index=["medium", "high", "low", "other", "none"])
    with pytest.raises(InputError) as error:
        wilson(counts, [3, 3, 3, 3, 8], confidence=95)
    assert len(error.value.faults) == 5
    for told in (
        "'high'",
        "'-2'",
        "'low'",
        "'2.5'",
        "'other'",
        "'none'",
        "'9'",
        "8 respondents",
        "confidence",
    ):
        assert told in str(error.value)


@pytest.mark.parametrize("base", [0, -69, 1.5, None, "many"])
def test_the_base_is_a_whole_number_above_zero(base):
    with pytest.raises(InputError, match="base"):
        wilson(0, base)


def test_lengths_must_agree():
    with pytest.raises(InputError, match="differ in length"):
        clopper_pearson([1, 2, 3], [69, 68])
