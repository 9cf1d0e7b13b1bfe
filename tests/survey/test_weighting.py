"""Raking: totals reached, structure kept, faults named."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey.weighting import design_effect_of_weights, rake

GROUPS = pd.DataFrame(
    {"university": list("KKVVVKKVVV"), "post": list("abababaabb")}, index=[f"r{i}" for i in range(10)]
)
TOTALS = {"university": {"K": 300, "V": 200}, "post": {"a": 150, "b": 350}}


def margin(found, groups, name):
    return found.weights.groupby(groups[name]).sum().to_dict()


def test_known_totals_are_reached():
    found = rake(GROUPS, TOTALS)
    for name, wanted in TOTALS.items():
        assert margin(found, GROUPS, name) == pytest.approx(wanted, rel=1e-8)
    assert found.weights.index.equals(GROUPS.index)
    assert found.discrepancy <= 1e-9


def test_cross_product_ratios_of_the_start_are_kept():
    """What makes raking the solution nearest to the start (Deming and Stephan 1940)."""
    start = pd.Series(np.arange(1.0, 11.0), index=GROUPS.index)
    table = [
        w.groupby([GROUPS["university"], GROUPS["post"]]).sum().unstack().to_numpy()
        for w in (start, rake(GROUPS, TOTALS, start).weights)
    ]
    before, after = (t[0, 0] * t[1, 1] / (t[0, 1] * t[1, 0]) for t in table)
    assert after == pytest.approx(before)
    ratio = rake(GROUPS, TOTALS, start).weights / start
    assert ratio.groupby([GROUPS["university"], GROUPS["post"]]).nunique().le(3).all()


def test_independent_margins_by_hand():
    groups = pd.DataFrame({"a": list("xxyy"), "b": list("pqpq")})
    found = rake(groups, {"a": {"x": 60, "y": 40}, "b": {"p": 30, "q": 70}})
    assert found.weights.tolist() == pytest.approx([18, 42, 12, 28])
    assert found.design_effect == pytest.approx(4 * (18**2 + 42**2 + 12**2 + 28**2) / 100**2)
    assert found.effective_size == pytest.approx(4 / found.design_effect)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000))
def test_totals_of_a_weighting_can_be_reached_again(seed):
    rng = np.random.default_rng(seed)
    groups = pd.DataFrame({n: rng.choice(list("abc"), 60) for n in ("x", "y", "z")})
    truth = pd.Series(rng.uniform(1, 5, 60))
    totals = {n: truth.groupby(groups[n]).sum().to_dict() for n in groups}
    found = rake(groups, totals)
    for name, wanted in totals.items():
        assert margin(found, groups, name) == pytest.approx(wanted, rel=1e-7)
    assert found.weights.min() > 0
    assert found.design_effect >= 1


def test_totals_that_hold_already_change_nothing():
    totals = {n: GROUPS[n].value_counts().to_dict() for n in GROUPS}
    found = rake(GROUPS, totals)
    assert found.weights.tolist() == pytest.approx([1.0] * 10)
    assert found.rounds == 1
    assert design_effect_of_weights(found.weights) == pytest.approx(1)


def test_totals_that_no_weights_can_match_are_refused():
    groups = pd.DataFrame({"a": list("xy"), "b": list("pq")})
    with pytest.raises(InputError, match="no weights seem to match them all"):
        rake(groups, {"a": {"x": 60, "y": 40}, "b": {"p": 30, "q": 70}})


def test_every_fault_is_told_at_once():
    groups = GROUPS.copy()
    groups.loc["r1", "post"] = None
    with pytest.raises(InputError) as caught:
        rake(
            groups,
            {"university": {"K": 300, "S": 200}, "post": {"a": -1, "b": 350}, "age": {"30": 5}},
            pd.Series(0.0, index=GROUPS.index),
        )
    for part in (
        "column post: 1 respondents have no category",
        "column university: no total for 'V'",
        "no respondent to stand for 'S'",
        "the total of 'a' must be positive",
        "column age: totals of an unknown variable",
        "the totals differ in sum",
        "one positive weight a respondent",
    ):
        assert part in str(caught.value)
    with pytest.raises(InputError, match="the totals of one variable or more"):
        rake(GROUPS, {})
