"""Indicators carried forward and what support buys, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from unicluster import economics
from unicluster.faults import InputError

NONE = economics.Additionality(0, 0, 0, 0, 1)


def series(values, name="jobs", prices="none", kind="observed", unit="people"):
    years = range(2020, 2020 + len(values))
    return pd.DataFrame(
        {"indicator": name, "name_en": name.title(), "unit": unit, "prices": prices, "year": years, "kind": kind}
    ).assign(value=values)


def test_exact_growth_goes_on_exactly_and_points_are_added():
    found = economics.outlook(series([100, 110, 121, 133.1]), 2025, project_points=5, without_points=10)
    ends = found.paths[found.paths["year"].eq(2025)].set_index("path")
    assert ends.loc["base", "value"] == pytest.approx(133.1 * 1.1**2)
    assert ends.loc["with projects", "value"] == pytest.approx(133.1 * 1.15**2)
    assert ends.loc["counterfactual", "value"] == pytest.approx(133.1)
    assert found.gained("jobs") == pytest.approx(133.1 * (1.15**2 - 1.1**2))
    assert np.isnan(found.gained("no such"))
    assert found.rates["yearly_percent"].iloc[0] == pytest.approx(10)


def test_forecast_rows_are_no_observations():
    rows = pd.concat([series([100, 110, 121]), series([900.0] * 3, kind="forecast").assign(year=[2023, 2024, 2025])])
    found = economics.outlook(rows, 2024, 0, 0)
    assert found.rates["years"].tolist() == [3]
    assert found.rates["yearly_percent"].iloc[0] == pytest.approx(10)


def test_the_band_holds_the_median_and_widens():
    rng = np.random.default_rng(0)
    found = economics.outlook(series(100 * 1.03 ** np.arange(9) * rng.normal(1, 0.02, 9)), 2034, 1, 1)
    for _, path in found.paths.groupby("path"):
        width = (path["high"] / path["low"]).to_numpy()
        assert ((path["low"] <= path["value"]) & (path["value"] <= path["high"])).all()
        assert (np.diff(width) > 0).all()


def test_every_fault_is_told_at_once():
    rows = pd.concat(
        [
            series([1, 2], "short"),
            series([1, 0, 2], "nil"),
            series([1, 2, 3], "nominal", prices="current"),
            series([1, 2, 3], "mixed").assign(unit=["t", "kg", "t"]),
            series([1, 2, 3], "late").assign(year=[2031, 2032, 2033]),
        ]
    )
    with pytest.raises(InputError) as caught:
        economics.outlook(rows, 2030, 1, 1)
    assert [fault.value for fault in caught.value.faults] == ["late", "mixed", "nil", "nominal", "short"]


SUPPORT = pd.DataFrame(
    {
        "year": [2026, 2025],
        "cost": [100.0, 50.0],
        "rate_percent": [40.0, 75.0],
        "ceiling": [30.0, np.nan],
        "gain": [80, np.nan],
    }
)


def test_support_is_paid_by_rate_up_to_the_ceiling_in_the_order_of_years():
    plan = economics.support_plan(SUPPORT)
    assert plan["year"].tolist() == [2025, 2026]
    assert plan["subsidy"].tolist() == [37.5, 30.0]
    assert plan["at_ceiling"].tolist() == [False, True]
    assert plan["gain"].tolist() == [0, 80]


def test_account_by_hand():
    value = economics.support_account(economics.support_plan(SUPPORT), 27, NONE, 0).set_index("measure")["value"]
    assert value["Subsidies in all"] == 67.5
    assert value["Gross cost of a job"] == pytest.approx(2.5)
    assert value["Net gains have made up for it after"] == 2
    assert value["Share of the net gains that would do"] == pytest.approx(100 * 67.5 / 80)
    half = economics.Additionality(50, 0, 0, 0, 1)
    value = economics.support_account(economics.support_plan(SUPPORT), 27, half, 0).set_index("measure")["value"]
    assert value["Net cost of a job"] == pytest.approx(5.0)
    assert value["Net gains have made up for it after"] == np.inf
