"""Trends, paths, subsidies and break-even."""

import doctest
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress, norm, t

from unicluster.economics import (
    Rate,
    break_even_gain_share,
    break_even_year,
    cost_per_job,
    forecast_paths,
    present_value,
    project_gain,
    subsidy_schedule,
    trend,
)
from unicluster.faults import InputError

OBSERVED = pd.Series([100.0, 108, 121, 127, 146], index=[2016, 2017, 2018, 2019, 2020])


def test_trend_by_the_textbook():
    found = trend(OBSERVED, [2022, 2024], confidence=0.9)
    line = linregress(OBSERVED.index, np.log(OBSERVED))
    quantile = t.ppf(0.95, 3)
    assert found.yearly_percent == pytest.approx(100 * np.expm1(line.slope))
    assert found.upper == pytest.approx(100 * np.expm1(line.slope + quantile * line.stderr))
    residual = np.log(OBSERVED) - line.intercept - line.slope * OBSERVED.index
    variance = (residual**2).sum() / 3
    for year in (2022, 2024):
        fit = line.intercept + line.slope * year
        error = np.sqrt(variance * (1 + 1 / 5 + (year - 2018) ** 2 / 10))
        assert found.path.loc[year, "value"] == pytest.approx(np.exp(fit))
        assert found.path.loc[year, "lower"] == pytest.approx(np.exp(fit - quantile * error))


@given(st.floats(-20, 30), st.floats(1, 1e6))
def test_a_steady_growth_is_found_and_carried_on(percent, start):
    years = np.arange(2015, 2021)
    observed = pd.Series(start * (1 + percent / 100) ** (years - 2015), index=years)
    found = trend(observed, [2025])
    assert found.yearly_percent == pytest.approx(percent, abs=1e-6)
    assert found.path.loc[2025, "value"] == pytest.approx(start * (1 + percent / 100) ** 10, rel=1e-6)


def test_a_single_year_can_be_forecast():
    assert trend(OBSERVED, [2021]).path.shape == (1, 3)


def test_trends_that_cannot_be_fitted_are_refused():
    with pytest.raises(InputError) as error:
        trend(pd.Series([1.0, -1.0], index=[2020, 2020]), [], confidence=1)
    assert len(error.value.faults) == 5


def test_paths_by_their_formula():
    found = forecast_paths(
        200, 2020, 2024, {"base": Rate(0), "with projects": Rate(10, uncertainty=2)}, shock=3, confidence=0.8
    )
    assert (found.loc["base", "value"] == 200).all()
    last = found.loc[("with projects", 2024)]
    assert last["value"] == pytest.approx(200 * 1.1**4)
    spread = norm.ppf(0.9) * np.sqrt((4 * 0.02) ** 2 + 4 * 0.03**2)
    assert np.log(last["upper"] / last["value"]) == pytest.approx(spread)
    assert np.log(last["value"] / last["lower"]) == pytest.approx(spread)
    first = found.loc[("with projects", 2020)]
    assert first["lower"] == first["value"] == first["upper"] == 200


def test_simulated_gain_has_the_analytic_spread_where_there_is_one():
    # Without shocks and with a sure counterfactual the gain is a shifted lognormal.
    found = project_gain(100, 2020, 2023, Rate(10, 2), Rate(3), draws=40000, seed=1, confidence=0.8)
    for year in (2021, 2022, 2023):
        gone = year - 2020
        for end, tail in (("lower", 0.1), ("value", 0.5), ("upper", 0.9)):
            exact = 100 * (np.exp(gone * (np.log(1.1) + 0.02 * norm.ppf(tail))) - 1.03**gone)
            assert found.loc[year, end] == pytest.approx(exact, abs=0.02 * gone * 100 * 0.05)


def test_shocks_common_to_both_paths_do_not_hide_the_gain():
    found = project_gain(100, 2020, 2025, Rate(5), Rate(4), draws=500, seed=2, shock=20)
    assert (found["probability_positive"].iloc[1:] == 1).all()
    assert found.loc[2020, ["value", "lower", "upper"]].tolist() == [0, 0, 0]
    twice = project_gain(100, 2020, 2025, Rate(5), Rate(4), draws=500, seed=2, shock=20)
    pd.testing.assert_frame_equal(found, twice)


def test_wrong_paths_are_refused_at_once():
    with pytest.raises(InputError) as error:
        forecast_paths(0, 2020, 2020, {}, shock=-1, confidence=2)
    assert len(error.value.faults) == 5
    with pytest.raises(InputError) as error:
        project_gain(-1, 2020, 2024, Rate(1), Rate(1), draws=0, seed=1)
    assert len(error.value.faults) == 2
    with pytest.raises(InputError) as error:
        Rate(-100, uncertainty=-1)
    assert len(error.value.faults) == 2


def test_the_pilot_scheme_by_hand():
    found = subsidy_schedule([100, 60, 200, 100, 0], rates=[75, 75, 40, 40, 40], ceiling=60)
    assert found["subsidy"].tolist() == [60, 45, 60, 40, 0]
    assert found["own"].tolist() == [40, 15, 140, 60, 0]
    assert found["at_ceiling"].tolist() == [True, False, True, False, False]
    assert found["cumulative"].tolist() == [60, 105, 165, 205, 205]
    assert found.index.tolist() == [1, 2, 3, 4, 5]
    assert subsidy_schedule([100, 100], [50, 50], [10, np.inf])["subsidy"].tolist() == [10, 50]


def test_wrong_schedules_are_refused_at_once():
    with pytest.raises(InputError) as error:
        subsidy_schedule([100, np.nan], rates=[75, 40, 140], ceiling=[-1])
    assert len(error.value.faults) == 5


def test_examples_of_the_docstrings():
    assert doctest.testmod(sys.modules[subsidy_schedule.__module__]).failed == 0


def test_present_value_of_a_perpetual_like_annuity():
    # An annuity due: (1 - v^n) / (1 - v) with v = 1 / 1.1.
    v = 1 / 1.1
    assert present_value(np.ones(10), 10) == pytest.approx((1 - v**10) / (1 - v))
    np.testing.assert_allclose(present_value([[1, 1], [0, 11]], 10), [1 + v, 10])


def test_cost_per_job():
    assert cost_per_job(1000, 10) == 100
    assert cost_per_job(1000, 10, net_share=0.5) == 200
    np.testing.assert_array_equal(cost_per_job([10, 10], [0, 5]), [np.inf, 2])


def test_break_even_by_hand():
    assert break_even_year([100, 0, 0, 0], [0, 40, 40, 40]) == 4
    assert break_even_year([100, 0, 0, 0], [0, 40, 40, 40], discount_percent=15) == np.inf
    # 60 / 1.1 + 60 / 1.21 is 104, more than the 100 paid at once; one of the two is not.
    assert break_even_year([100, 0, 0, 0], [0, 60, 60, 60], discount_percent=10) == 3
    assert break_even_year([0], [0]) == 1
    assert break_even_gain_share([100, 0, 0, 0], [0, 40, 40, 40]) == pytest.approx(100 * 100 / 120)
    assert break_even_gain_share([100], [0]) == np.inf


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=1, max_size=8), st.floats(0, 30))
def test_scaled_to_the_break_even_share_gains_just_make_up_for_support(flows, discount):
    paid, gained = (np.array(side, dtype=float) for side in zip(*flows, strict=True))
    share = break_even_gain_share(paid, gained, discount) / 100
    balance = present_value(share * gained - paid, discount)
    assert balance == pytest.approx(0, abs=1e-9 * max(paid.sum(), 1))


def test_flows_must_match():
    with pytest.raises(InputError) as error:
        break_even_year([1, np.nan], [1], discount_percent=-100)
    assert len(error.value.faults) == 3
