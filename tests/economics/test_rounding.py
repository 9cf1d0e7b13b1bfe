"""Bounds that rounding cannot pass."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unicluster.economics import (
    apparent_unit,
    growth,
    growth_bounds,
    herfindahl,
    herfindahl_bounds,
    output_bounds,
    portfolio_shares,
    printed_effect_agreement,
    project_effect,
    project_effect_bounds,
    rounding_interval,
)
from unicluster.faults import InputError

TOTALS = {"base_output": 264900, "plan_output": 441200}
exact = st.lists(
    st.tuples(st.integers(500, 10**6), st.integers(500, 10**6), st.integers(0, 999)), min_size=1, max_size=6
)


def printed_and_exact(drawn, unit):
    """A table as it would be printed after rounding, and the table before (in thousandths, for odd ends)."""
    true = pd.DataFrame(drawn, columns=["base_output", "plan_output", "project_effect_percent"]).astype(float)
    true["project_effect_percent"] /= 10
    true.insert(0, "cluster", [f"c{i}" for i in range(len(true))])
    printed = true.assign(
        base_output=unit * np.round(true["base_output"] / unit),
        plan_output=unit * np.round(true["plan_output"] / unit),
        project_effect_percent=np.round(true["project_effect_percent"]),
    )
    return printed, true


@given(exact, st.sampled_from([1, 10, 100, 1000]))
def test_the_truth_is_always_within_the_bounds(drawn, unit):
    printed, true = printed_and_exact(drawn, unit)
    assume((printed["base_output"] > 0).all())
    found, expected = growth_bounds(printed, 3, unit, unit), growth(true, 3)
    for measure in (
        "change",
        "growth_percent",
        "yearly_percent",
        "contribution_points",
        "contribution_percent",
    ):
        value = expected[measure]
        told = value.notna()
        assert (found[measure]["lower"] <= value)[told].all(), measure
        assert (value <= found[measure]["upper"])[told].all(), measure
    shares = portfolio_shares(true)
    for date in ("base_percent", "plan_percent"):
        parts = found[date].drop("total")
        assert (parts["lower"] <= shares[date]).all() and (shares[date] <= parts["upper"]).all()
        low, high = herfindahl_bounds(parts["lower"] / 100, parts["upper"] / 100)
        assert low - 1e-12 <= herfindahl(true[date.replace("percent", "output")]) <= high + 1e-12


@given(exact, st.sampled_from([1, 100]))
def test_the_true_effect_is_always_within_the_bounds(drawn, unit):
    printed, true = printed_and_exact(drawn, unit)
    assume((printed["base_output"] > 0).all())
    found, expected = project_effect_bounds(printed, unit, unit), project_effect(true)
    assert (found["amount_lower"] <= expected["amount"]).all()
    assert (expected["amount"] <= found["amount_upper"]).all()
    told = expected["percent_of_growth"].notna()
    assert (found["percent_of_growth_lower"] <= expected["percent_of_growth"])[told].all()
    assert (expected["percent_of_growth"] <= found["percent_of_growth_upper"])[told].all()
    assert (expected["contradicted"] <= found["maybe_contradicted"]).all()
    assert (found["surely_contradicted"] <= expected["contradicted"]).all()


def test_bounds_are_reached(clusters):
    one = clusters.head(1)
    found = growth_bounds(one, 4).loc["construction"]
    assert found["growth_percent", "upper"] == pytest.approx(100 * (89160.5 / 66739.5 - 1), rel=1e-12)
    assert found["growth_percent", "lower"] == pytest.approx(100 * (89159.5 / 66740.5 - 1), rel=1e-12)
    effect = project_effect_bounds(clusters)
    assert effect.loc[("b", "milk"), "percent_of_growth_lower"] == pytest.approx(42.5, rel=1e-12)
    assert effect.loc[("a", "milk"), "amount_upper"] == pytest.approx(20895.5 * 0.435, rel=1e-12)


def test_numbers_that_were_not_rounded_have_no_width(clusters):
    found = growth_bounds(clusters, 4, base_unit=0, plan_unit=0)
    expected = growth(clusters, 4)
    for measure in ("growth_percent", "contribution_points", "contribution_percent"):
        np.testing.assert_allclose(found[measure]["lower"], expected[measure], rtol=1e-12)
        np.testing.assert_allclose(found[measure]["upper"], expected[measure], rtol=1e-12)


def test_furniture_is_the_one_effect_that_no_rounding_to_the_nearest_gives(clusters):
    found = printed_effect_agreement(clusters)
    assert found.index[~found["nearest"]].tolist() == ["furniture"]
    # Rounding up would give the printed 88, but then milk's 87.1 would be 88 too.
    assert found.index[~found["up"]].tolist() == ["milk"]
    assert found.index[found["down"]].tolist() == ["milk"]


def test_the_article_contradicts_no_reading_whatever_was_rounded(clusters):
    for unit in (1, 10, 100):
        assert not project_effect_bounds(clusters, unit, unit)["maybe_contradicted"].any()


def test_totals_of_the_article_fit_and_narrow_nothing_that_is_narrow_already(clusters):
    free, held = output_bounds(clusters), output_bounds(clusters, totals=TOTALS, total_unit=100)
    for column in free:
        np.testing.assert_array_equal(free[column], held[column])


def test_a_total_narrows_coarsely_rounded_parts():
    clusters = pd.DataFrame({"cluster": ["a", "b"], "base_output": [100, 200], "plan_output": [1, 1]})
    lower, upper = output_bounds(clusters, base_unit=100, totals={"base_output": 395}, total_unit=10)["base_output"]
    # 50..150 and 150..250 add up to 390..400 only if each is near its upper end.
    np.testing.assert_allclose(lower, [140, 240])
    np.testing.assert_allclose(upper, [150, 250])


def test_a_total_that_no_rounding_explains_is_refused(clusters):
    with pytest.raises(InputError) as error:
        growth_bounds(clusters, 4, totals={"base_output": 264800, "plan_output": 442000}, total_unit=100)
    assert {fault.column for fault in error.value.faults} == {"base_output", "plan_output"}


def test_growth_that_may_be_nil_has_no_bounded_shares():
    clusters = pd.DataFrame(
        {
            "cluster": ["a", "b"],
            "base_output": [100, 100],
            "plan_output": [100, 100],
            "project_effect_percent": [5, 5],
        }
    )
    found = growth_bounds(clusters, 1).loc["a", "contribution_percent"]
    assert found.tolist() == [-np.inf, np.inf]
    effect = project_effect_bounds(clusters).loc[("a", "total")]
    assert effect["percent_of_growth_lower"] == -np.inf and effect["percent_of_growth_upper"] == np.inf


def test_a_negative_effect_contradicts_growth():
    clusters = pd.DataFrame({"cluster": ["a", "b"], "base_output": [100, 100], "plan_output": [200, 200]})
    found = project_effect_bounds(clusters.assign(project_effect_percent=[-5, 0]))
    assert found.xs("a", level="cluster")["surely_contradicted"].all()
    # Nothing printed may stand for half a per cent less than nothing, or more.
    assert found.xs("b", level="cluster")["maybe_contradicted"].all()
    assert not found.xs("b", level="cluster")["surely_contradicted"].any()


def test_apparent_units(clusters):
    assert apparent_unit(clusters["plan_output"]).tolist() == [10, 10, 10, 100, 100, 100]
    assert apparent_unit([0, 7, 1000, -20]).tolist() == [1, 1, 1000, 10]
    with pytest.raises(InputError):
        apparent_unit([0.5])


def test_rounding_interval():
    np.testing.assert_allclose(rounding_interval([264.9, 441.2], 0.1), [[264.85, 441.15], [264.95, 441.25]])
    with pytest.raises(InputError):
        rounding_interval(1, -1)
    with pytest.raises(InputError, match="years"):
        growth_bounds(pd.DataFrame(), years=0)
