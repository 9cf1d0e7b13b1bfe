"""Growth, contributions and the readings of the effect from cluster projects."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster.economics import READINGS, growth, project_effect, project_effect_bounds
from unicluster.faults import InputError

money = st.floats(1, 1e6)
rows = st.lists(st.tuples(money, money, st.floats(0, 100)), min_size=1, max_size=8)


def table(drawn):
    base, plan, percent = zip(*drawn, strict=True)
    return pd.DataFrame(
        {
            "cluster": [f"c{i}" for i in range(len(base))],
            "base_output": base,
            "plan_output": plan,
            "project_effect_percent": percent,
        }
    )


def test_the_total_of_the_article(clusters):
    total = growth(clusters, years=4).loc["total"]
    # Sums added by hand: 441190 / 264893 = 1.6655404; its fourth root is two square roots.
    assert (total["base_output"], total["plan_output"]) == (264893, 441190)
    assert total["growth_percent"] == pytest.approx(66.55404, abs=5e-6)
    assert total["yearly_percent"] == pytest.approx(100 * (np.sqrt(np.sqrt(441190 / 264893)) - 1))
    assert total["log_percent"] == pytest.approx(4 * total["log_yearly_percent"])
    assert np.isnan(total["effect_percent"])


def test_only_furniture_misses_its_printed_effect(clusters):
    table = growth(clusters, years=4).drop("total")
    missed = table.index[table["difference_points"].abs() > 0.5]
    assert list(missed) == ["furniture"]
    assert table.loc["furniture", "growth_percent"] == pytest.approx(87.372, abs=5e-4)


def test_flour_gives_more_than_half_of_the_growth(clusters):
    flour = growth(clusters, years=4).loc["flour"]
    assert round(100 * flour["base_output"] / 264893, 1) == 41.9
    assert flour["contribution_percent"] == pytest.approx(100 * 95201 / 176297)


@given(rows)
def test_contributions_add_up(drawn):
    found = growth(table(drawn), years=3)
    parts, total = found.drop("total"), found.loc["total"]
    assert parts["contribution_points"].sum() == pytest.approx(total["growth_percent"], abs=1e-7)
    if total["change"] == 0:
        assert parts["contribution_percent"].isna().all()
    else:
        scale = parts["contribution_percent"].abs().max()
        assert parts["contribution_percent"].sum() == pytest.approx(100, abs=1e-9 * max(scale, 1))


@given(rows, st.integers(1, 9))
def test_yearly_growth_compounds_to_the_whole(drawn, years):
    found = growth(table(drawn), years)
    compounded = (1 + found["yearly_percent"] / 100) ** years
    np.testing.assert_allclose(compounded, found["plan_output"] / found["base_output"])
    np.testing.assert_allclose(np.exp(found["log_percent"] / 100), found["plan_output"] / found["base_output"])


def test_a_cluster_that_closes_falls_without_bound():
    found = growth(table([(10.0, 0.0, 0.0), (10.0, 20.0, 0.0)]), years=1).loc["c0"]
    assert (found["growth_percent"], found["log_percent"]) == (-100, -np.inf)


@pytest.mark.parametrize(
    ("reading", "amount", "percent_of_growth"),
    [
        # By hand: 66740*.19 + 15568*.39 + 28663*.17 + 20895*.43 + 110899*.29 + 22128*.35, and so on.
        ("a", 72515.19, 41.13),
        ("b", 52155.71, 29.58),
        ("c", 124670.90, 70.72),
    ],
)
def test_the_three_readings_of_the_article(clusters, reading, amount, percent_of_growth):
    total = project_effect(clusters).loc[(reading, "total")]
    assert total["amount"] == pytest.approx(amount, abs=0.005)
    assert total["percent_of_growth"] == pytest.approx(percent_of_growth, abs=0.005)


def test_the_article_contradicts_no_reading(clusters):
    assert not project_effect(clusters)["contradicted"].any()


def test_a_share_above_the_growth_contradicts_its_reading():
    # Growth of 10 on 100: 20 % of the base or of the plan is more than all of it, 20 % of the growth is not.
    found = project_effect(table([(100.0, 110.0, 20.0), (100.0, 200.0, 20.0)]))["contradicted"]
    assert found.xs("c0", level="cluster").to_dict() == {"a": True, "b": False, "c": True, "d": True}
    assert not found.xs("c1", level="cluster").any()
    assert found.xs("total", level="cluster").to_dict() == {"a": True, "b": False, "c": True, "d": True}


def test_a_falling_cluster_has_no_positive_share_of_growth():
    found = project_effect(table([(100.0, 80.0, 10.0)]))
    assert found["contradicted"].all()


@given(rows)
def test_each_reading_means_what_it_says(drawn):
    clusters = table(drawn)
    found = project_effect(clusters).drop("total", level="cluster")
    percent = clusters["project_effect_percent"].to_numpy()
    np.testing.assert_allclose(found.loc["a", "percent_of_base"], percent, atol=1e-12)
    np.testing.assert_allclose(found.loc["c", "percent_of_plan"], percent, atol=1e-12)
    grown = (clusters["plan_output"] != clusters["base_output"]).to_numpy()
    np.testing.assert_allclose(found.loc["b", "percent_of_growth"][grown], percent[grown], atol=1e-12)
    without = clusters["plan_output"].to_numpy() - found.loc["d", "amount"].to_numpy()
    np.testing.assert_allclose(100 * found.loc["d", "amount"], percent * without, atol=1e-9)


def test_every_reading_is_explained():
    assert all(reading.meaning and reading.formula for reading in READINGS.values())
    for reading in READINGS.values():
        base, plan, percent = 100.0, 150.0, 30.0
        by_formula = eval(reading.formula, {"base": base, "plan": plan, "percent": percent})
        assert reading.amount(base, plan, percent) == pytest.approx(by_formula)


def test_every_fault_in_one_message():
    broken = pd.DataFrame(
        {
            "cluster": ["steel", "steel", "coal", "gold", "total"],
            "base_output": [0.0, -5.0, 10.0, 10.0, 5.0],
            "plan_output": [1.0, 1.0, np.nan, -3.0, 5.0],
            "currency": ["KZT", "USD", "KZT", "KZT", "KZT"],
            "unit": ["mn", "mn", "bn", "mn", "mn"],
            "project_effect_percent": [1.0, 1.0, 1.0, np.nan, 1.0],
        }
    )
    with pytest.raises(InputError) as error:
        project_effect(broken)
    message = str(error.value)
    assert len(error.value.faults) == 8
    for part in (
        "there twice",
        "above zero",
        "'coal'",
        "negative",
        "KZT, USD",
        "bn, mn",
        "'gold'",
        "'total'",
    ):
        assert part in message


def test_missing_columns_and_no_rows_are_told():
    with pytest.raises(InputError) as error:
        growth(pd.DataFrame({"cluster": []}), years=4)
    assert {fault.column for fault in error.value.faults} == {"base_output", "plan_output", None}


def test_clusters_without_a_percentage_are_left_out():
    drawn = [(100.0, 150.0, 20.0), (100.0, 120.0, np.nan), (300.0, 400.0, 10.0)]
    found = project_effect(table(drawn)).loc["a"]
    assert list(found.index) == ["c0", "c2", "total"]
    # 20 % of 100 and 10 % of 300 against a growth of 50 and 100.
    assert found.loc["total", ["amount", "percent_of_growth"]].to_list() == pytest.approx([50, 100 * 50 / 150])
    bounds = project_effect_bounds(table(drawn)).loc["a"]
    assert list(bounds.index) == list(found.index)
    assert (bounds["amount_lower"] < found["amount"]).all() and (found["amount"] < bounds["amount_upper"]).all()


def test_no_percentage_at_all_is_no_effect_and_no_fault():
    nothing = table([(100.0, 150.0, np.nan)])
    assert project_effect(nothing).empty and project_effect_bounds(nothing).empty
    assert list(project_effect(nothing).columns) == list(project_effect(table([(1.0, 2.0, 3.0)])).columns)


def test_growth_needs_time(clusters):
    with pytest.raises(InputError, match="years"):
        growth(clusters, years=0)
