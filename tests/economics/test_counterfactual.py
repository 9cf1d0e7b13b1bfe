"""Growth without the cluster, plans that come true in part, and net effects."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster.economics import (
    Additionality,
    cluster_shift_share,
    growth,
    net_effect,
    plan_outcome,
    sector_shift_share,
    shift_share,
    waterfall,
    without_projects,
)
from unicluster.faults import InputError

percent = st.floats(0, 100)
assumptions = st.builds(
    Additionality,
    deadweight=percent,
    leakage=percent,
    displacement=percent,
    substitution=percent,
    multiplier=st.floats(0, 3),
)


def test_cluster_shift_share_is_the_classical_one(clusters):
    sector = dict(zip(clusters["cluster"], [10, 20, 30, 40, 50, -60], strict=True))
    found = cluster_shift_share(clusters, 25, sector)
    np.testing.assert_allclose(found["national"] + found["mix"] + found["regional"], found["change"])
    assert found.loc["total", "change"] == 441190 - 264893
    np.testing.assert_allclose(found["counterfactual"] + found["regional"], [*clusters["plan_output"], 441190])
    # Each cluster is a region with one industry of a nation that grows by 25 % as a whole.
    nation = 1e7 * np.append(np.ones(6), 6.0)
    grown = nation[:6] * (1 + np.array(list(sector.values())) / 100)
    grown = np.append(grown, nation.sum() * 1.25 - grown.sum())
    start = np.column_stack([np.diag(clusters["base_output"]), np.zeros(6)])
    end = np.column_stack([np.diag(clusters["plan_output"]), np.zeros(6)])
    classical = shift_share(start, end, nation, grown).sum(-1)
    for part in ("national", "mix", "regional"):
        np.testing.assert_allclose(found[part].drop("total"), getattr(classical, part), rtol=1e-9)


def test_a_sector_that_grows_like_the_cluster_leaves_nothing_regional(clusters):
    sector = growth(clusters, 4)["growth_percent"].drop("total").to_dict()
    found = cluster_shift_share(clusters, 0, sector)
    np.testing.assert_allclose(found["regional"], 0, atol=1e-9)
    np.testing.assert_allclose(found["counterfactual"].drop("total"), clusters["plan_output"])


def test_missing_sectors_are_told_with_the_table_s_faults(clusters):
    clusters.loc[0, "base_output"] = 0
    with pytest.raises(InputError) as error:
        cluster_shift_share(clusters, float("nan"), {"furniture": 5, "milk": -200})
    message = str(error.value)
    assert "above zero" in message and "national_percent" in message and "growth of milk" in message
    assert message.count("no growth of its sector") == 4


def test_outcomes_by_hand(clusters):
    found = plan_outcome(clusters, {"half": 50, "mixed": {**dict.fromkeys(clusters["cluster"], 100), "flour": 0}})
    assert found.loc[("half", "total"), "outcome"] == 441190 / 2
    assert found.loc[("half", "total"), "growth_percent"] == pytest.approx(100 * (220595 / 264893 - 1))
    assert found.loc[("mixed", "total"), "outcome"] == 441190 - 206100
    assert found.loc[("mixed", "flour"), "growth_percent"] == -100


@given(st.floats(0, 200))
def test_growth_is_nil_at_the_break_even_fulfilment(share):
    clusters = pd.DataFrame({"cluster": ["a"], "base_output": [80.0], "plan_output": [100.0]})
    found = plan_outcome(clusters, {"s": share}).loc[("s", "a")]
    assert found["break_even_percent"] == pytest.approx(80)
    assert (found["growth_percent"] > 0) == (share > 80) or share == pytest.approx(80)


def test_scenarios_must_be_whole(clusters):
    with pytest.raises(InputError) as error:
        plan_outcome(clusters, {"low": -5, "mixed": {"flour": 90}})
    assert len(error.value.faults) == 6 + 5
    with pytest.raises(InputError, match="at least one"):
        plan_outcome(clusters, {})


def test_a_worked_net_effect():
    # Of 100, 20 would have come anyway; 8 of 80 leak; 18 of 72 are displaced; 54 times 1.3.
    held = Additionality(deadweight=20, leakage=10, displacement=25, substitution=0, multiplier=1.3)
    steps = waterfall(100, held)
    assert steps["change"].tolist() == pytest.approx([100, -20, -8, -18, 0, 16.2, 70.2])
    assert steps["level"].tolist() == pytest.approx([100, 80, 72, 54, 54, 70.2, 70.2])
    table = net_effect(100, {"central": held, "none": Additionality(0, 0, 0, 0, 1)})
    assert table.loc["central", "net"] == pytest.approx(70.2)
    assert table.loc["none", "net_percent"] == 100


@given(st.floats(-1e6, 1e6), assumptions)
def test_the_steps_of_a_waterfall_add_up_to_the_net_effect(gross, held):
    steps = waterfall(gross, held)
    assert steps["change"].drop("net").sum() == pytest.approx(steps.loc["net", "change"], abs=1e-6)
    assert steps.loc["net", "level"] == pytest.approx(gross * held.net_share, abs=1e-6)


@given(assumptions, st.sampled_from(["deadweight", "leakage", "displacement", "substitution"]))
def test_taking_off_everything_leaves_nothing(held, name):
    assert Additionality(**{**vars(held), name: 100.0}).net_share == 0


def test_wrong_assumptions_are_refused_at_once():
    with pytest.raises(InputError) as error:
        Additionality(deadweight=-1, leakage=101, displacement=float("nan"), substitution=5, multiplier=-1)
    assert len(error.value.faults) == 4
    with pytest.raises(InputError) as error:
        net_effect(float("inf"), {})
    assert len(error.value.faults) == 2
    with pytest.raises(InputError):
        waterfall(float("inf"), Additionality(0, 0, 0, 0, 1))


def test_the_plan_without_its_projects(clusters):
    # Under reading c flour without 29 % of 206 100.
    found = without_projects(clusters, "c").set_index("cluster")["plan_output"]
    assert found["flour"] == pytest.approx(206100 * 0.71)
    with pytest.raises(InputError, match="reading"):
        without_projects(clusters, "e")


def test_growth_of_sectors_from_a_table(clusters):
    names = ["country", *clusters["cluster"]]
    rates = [25, 10, 20, 30, 40, 50, -60]
    rows = pd.DataFrame({"cluster": names, "sector_en": [f"Sector of {n}" for n in names], "growth_percent": rates})
    found = sector_shift_share(clusters, rows.sample(frac=1, random_state=1)).set_index("cluster")
    wanted = cluster_shift_share(clusters, 25, dict(zip(names[1:], rates[1:], strict=True)))
    pd.testing.assert_frame_equal(found.drop(columns="sector"), wanted)
    assert found["sector"].iloc[0] == f"Sector of {names[1]}" and pd.isna(found["sector"].iloc[-1])
    assert sector_shift_share(clusters, None) is None
    with pytest.raises(InputError, match="national_percent"):
        sector_shift_share(clusters, rows[rows["cluster"].ne("country")])
