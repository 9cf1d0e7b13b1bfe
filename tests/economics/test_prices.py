"""Deflation, price bases and break-even inflation."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster.economics import break_even_inflation, deflate, growth_by_price_basis, inflate, price_index
from unicluster.faults import InputError

CASE = json.loads((Path(__file__).parents[1] / "cases" / "economics" / "kz_deflation_sensitivity.json").read_text())
CPI = {int(year): value for year, value in CASE["inputs"]["cpi"].items()}


def test_published_case():
    expected, tolerance = CASE["expected"]["cpi_ratio"], CASE["tolerance"]["cpi_ratio"]
    assert float(inflate(1, CPI, base_year=2020, year=2024)) == pytest.approx(expected, abs=tolerance)
    deflator = {int(year): value for year, value in CASE["inputs"]["gdp_deflator"].items()}
    assert float(inflate(1, deflator, 2020, 2022)) == pytest.approx(
        CASE["verification"]["computed"]["deflator_2022_2020"]
    )


def test_real_growth_of_the_article_under_both_price_bases(clusters):
    table = growth_by_price_basis(clusters, CPI, 2020, 2024)
    computed = CASE["verification"]["computed"]
    current, constant = table.loc[(2024, "total")], table.loc[(2020, "total")]
    assert current["nominal_percent"] == pytest.approx(100 * computed["nominal_growth"])
    assert current["nominal_yearly_percent"] == pytest.approx(100 * computed["nominal_cagr"])
    assert current["real_percent"] == pytest.approx(100 * computed["real_growth_cpi"])
    assert current["real_yearly_percent"] == pytest.approx(100 * computed["real_cagr"])
    # A plan in prices of the base year needs no deflation: its real growth is what is printed.
    assert constant["real_percent"] == pytest.approx(100 * computed["nominal_growth"])
    assert constant["nominal_percent"] == pytest.approx(100 * (441190 / 264893 * 313.5 / 202 - 1))


def test_a_price_year_between_lies_between(clusters):
    real = growth_by_price_basis(clusters, CPI, 2020, 2024, range(2020, 2025))["real_percent"]
    assert real.xs("total", level="cluster").is_monotonic_decreasing


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5),
    st.floats(0.01, 1e4),
    st.floats(0.01, 1e4),
)
def test_deflating_and_inflating_return_the_start(amounts, first, last):
    index = {2020: first, 2024: last}
    back = inflate(deflate(amounts, index, 2020, 2024), index, 2020, 2024)
    np.testing.assert_allclose(back, amounts, rtol=1e-12)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(1, 20))
def test_break_even_inflation_leaves_no_real_growth(base, plan, years):
    rate = float(break_even_inflation(base, plan, years)) / 100
    index = {2020: 100.0, 2020 + years: 100 * (1 + rate) ** years}
    assert float(deflate(plan, index, 2020, 2020 + years)) == pytest.approx(base, rel=1e-9)


def test_each_cluster_may_have_its_own_deflator(clusters):
    index = pd.DataFrame({name: [100.0, 100.0] for name in clusters["cluster"]}, index=[2020, 2024])
    index.loc[2024, "flour"] = 200.0
    table = growth_by_price_basis(clusters, index, 2020, 2024).loc[2024]
    assert table.loc["flour", "plan_real"] == 206100 / 2
    assert table.loc["milk", "plan_real"] == 39100
    assert table.loc["total", "plan_real"] == 441190 - 206100 / 2


def test_the_order_of_deflator_columns_does_not_matter(clusters):
    index = pd.DataFrame(
        {name: [100.0, 100.0 + place] for place, name in enumerate(clusters["cluster"])}, index=[2020, 2024]
    )
    pd.testing.assert_frame_equal(
        growth_by_price_basis(clusters, index, 2020, 2024),
        growth_by_price_basis(clusters, index[index.columns[::-1]], 2020, 2024),
    )


def test_faults_of_table_and_index_in_one_message(clusters):
    clusters.loc[0, "base_output"] = 0
    index = pd.Series([100.0, -1.0], index=[2020, 2023])
    with pytest.raises(InputError) as error:
        growth_by_price_basis(clusters, index, 2020, 2024, [2020, 2023, 2024])
    message = str(error.value)
    assert "above zero" in message and "no value for 2024; the series has 2020, 2023" in message
    assert "2023 must be a positive number" in message


def test_a_missing_or_repeated_year_is_told():
    with pytest.raises(InputError) as error:
        deflate(1, pd.Series([1.0, 2.0], index=[2020, 2020]), 2020, 2024)
    assert len(error.value.faults) == 2


def test_deflators_must_fit_the_amounts(clusters):
    index = pd.DataFrame({"flour": [1.0, 2.0]}, index=[2020, 2024])
    with pytest.raises(InputError, match="has 1"):
        deflate([1, 2, 3], index, 2020, 2024)
    with pytest.raises(InputError) as error:
        growth_by_price_basis(clusters, index, 2024, 2020)
    assert len(error.value.faults) == 6


def test_a_plan_below_the_base_breaks_even_at_falling_prices():
    assert break_even_inflation(4.0, 1.0, 2) == pytest.approx(-50)
    assert break_even_inflation(4.0, 0.0, 2) == -100


def test_an_index_of_nil_is_no_price():
    with pytest.raises(InputError, match="2024 must be a positive number"):
        deflate(1, {2020: 1.0, 2024: 0.0}, 2020, 2024)


def test_break_even_needs_bases_and_time():
    with pytest.raises(InputError) as error:
        break_even_inflation([1, 0], [1, np.nan], 0)
    assert len(error.value.faults) == 3


INDICES = pd.DataFrame(
    {
        "series": ["cpi", "cpi", "cpi", "copper", "copper", "ppi"],
        "year": [2020, 2021, 2024, 2020, 2024, 2020],
        "value": [200.0, 210.0, 310.0, 100.0, 171.5, 1.0],
    }
)


def test_one_index_for_all_where_no_cluster_has_its_own():
    found = price_index(INDICES, "cpi", ["milk", "flour"])
    assert found.to_dict() == {2020: 200.0, 2021: 210.0, 2024: 310.0}


def test_a_series_named_as_a_cluster_is_its_own_prices():
    found = price_index(INDICES, "cpi", ["milk", "copper"])
    clusters = pd.DataFrame({"cluster": ["copper", "milk"], "base_output": [100.0, 100], "plan_output": [171.5, 310]})
    real = growth_by_price_basis(clusters, found, 2020, 2024).loc[2024, "real_percent"]
    # 171.5 of copper at 1.715 and 310 of milk at 1.55 are worth 100 and 200.
    assert real.to_list() == pytest.approx([0, 100, 50])


def test_an_index_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(InputError, match="found 'gdp': no such price index; there are: copper, cpi, ppi"):
        price_index(INDICES, "gdp")
