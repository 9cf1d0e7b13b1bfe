"""Scenarios against the published interventions and against their definition."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.fcm import reference
from unicluster.faults import InputError
from unicluster.fcm import (
    CognitiveMap,
    Intervention,
    Scenario,
    Stage,
    VoidScenarioWarning,
    compare_scenarios,
    run_scenario,
    simulate,
    single_shot,
    sustained,
    temporary,
)

CASE = json.loads((Path(__file__).parents[1] / "cases" / "fcm" / "c05_fcmpy_interventions.json").read_text())
MAP = CognitiveMap(reference.names(8), CASE["W"])
START = CASE["initial"]
# two states of each other's making: high together or low together
BISTABLE = CognitiveMap(["a", "b"], [[0, 1], [1, 0]])
BISTABLE_SETTINGS = {"rule": "rescaled", "slope": 1.5}


def stopped_baseline():
    path = simulate(MAP, START, steps=CASE["max_iter"]).path
    return path[np.argmax(np.abs(np.diff(path, axis=0)).max(axis=1) <= CASE["eps"]) + 1]


@pytest.mark.parametrize("name", CASE["interventions"])
def test_published_interventions(name):
    case = CASE["interventions"][name]
    expected = np.array(case["expected_trajectory"])
    baseline = stopped_baseline()
    stage = Stage(effectiveness={name: case["effectiveness"]}, updates=len(expected) - 1)
    run = run_scenario(MAP, Scenario(name, [stage], [Intervention(name, case["impact"])]), baseline)
    assert np.abs(run.stages[0].path - expected).max() <= 0.5e-6
    assert np.abs(run.path - expected[:, :8]).max() <= 0.5e-6
    points = 100 * (run.state - baseline)
    assert np.abs(points - CASE["expected_comparison_table_pp"][name]).max() <= 0.5e-6


def test_effects_against_one_baseline():
    half = Intervention("campaign", {"C1": -0.6, "C3": 0.4})
    scenarios = [sustained("lever off", {"C4": 0}), sustained("campaign", interventions=[half], effectiveness=0.5)]
    comparison = compare_scenarios(MAP, scenarios, START)
    baseline = simulate(MAP, START).state
    off = simulate(MAP, START, clamp={"C4": 0}).state
    table = comparison.table.set_index(["scenario", "concept"])
    rows = {name: column.to_numpy() for name, column in table.loc["lever off"].items()}
    free = [i for i in range(8) if i != 3]
    assert np.abs(rows["baseline"] - baseline).max() <= 1e-12
    assert np.abs(rows["value"] - off).max() <= 1e-12
    assert np.abs(rows["absolute"] - (off - baseline))[free].max() <= 1e-12
    assert np.abs(rows["points"] - 100 * (off - baseline))[free].max() <= 1e-10
    assert np.abs(rows["percent"] - 100 * (off / baseline - 1))[free].max() <= 1e-10
    assert (table.loc["campaign", "baseline"].to_numpy() == rows["baseline"]).all()
    assert rows["held"].tolist() == [i == 3 for i in range(8)]
    assert not table["void"].any()


def test_what_is_set_is_no_effect():
    rows = compare_scenarios(MAP, [sustained("s", {"C2": 0.9})], START).table.set_index("concept")
    assert rows.loc["C2", "value"] == 0.9
    assert rows.loc["C2", ["absolute", "points", "percent"]].isna().all()
    assert rows.drop("C2")[["absolute", "points", "percent"]].notna().all(axis=None)


def test_percent_of_a_baseline_of_0_is_none():
    map = CognitiveMap(["a", "b"], [[0, 0.5], [0, 0]])
    rows = compare_scenarios(map, [sustained("s", {"a": 1})], [0, 0], rule="kosko", transfer="saturation").table
    row = rows.set_index("concept").loc["b"]
    assert (row["baseline"], row["absolute"], row["points"]) == (0, 0.5, 50)
    assert np.isnan(row["percent"])


def test_no_effect_is_told_where_a_run_does_not_settle():
    swap = CognitiveMap(["a", "b", "c"], [[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    rows = compare_scenarios(swap, [sustained("s", {"c": 1})], [1, 0, 0], rule="kosko", transfer="bivalent").table
    assert rows["end"].tolist() == ["limit_cycle"] * 3
    assert rows["absolute"].isna().all()


@pytest.mark.parametrize("rule", reference.RULES)
@pytest.mark.parametrize("transfer", ["sigmoid", "tanh"])
def test_an_intervention_adds_its_impact_to_the_net_input(rule, transfer):
    effectiveness, impact = 0.3, {"C1": -0.8, "C5": 0.5}
    scenario = Scenario("s", [Stage(effectiveness={"m": effectiveness}, updates=1)], [Intervention("m", impact)])
    start = np.linspace(0.1, 0.9, 8)
    run = run_scenario(MAP, scenario, start, rule=rule, transfer=transfer)
    base = 2 * start - 1 if rule == "rescaled" else start
    x = base @ MAP.weights + (0 if rule == "kosko" else base)
    x[[0, 4]] += effectiveness * np.array([-0.8, 0.5])
    expected = np.tanh(x) if transfer == "tanh" else 1 / (1 + np.exp(-x))
    assert np.abs(run.state - expected).max() <= 1e-14


def test_an_intervention_of_no_effectiveness_does_nothing():
    for rule in reference.RULES:
        measure = Intervention("m", {"C1": 0.8})
        run = run_scenario(MAP, Scenario("s", [Stage(updates=9)], [measure]), START, rule=rule)
        assert np.abs(run.path - simulate(MAP, START, rule, steps=9).path).max() <= 1e-14


def test_stages_follow_one_another():
    stages = [Stage({"C1": 1}, updates=3), Stage({"C1": 0.5, "C2": 0}, updates=2), Stage()]
    run = run_scenario(MAP, Scenario("stepped", stages), START)
    first = simulate(MAP, START, clamp={"C1": 1}, steps=3)
    second = simulate(MAP, first.state, clamp={"C1": 0.5, "C2": 0}, steps=2)
    third = simulate(MAP, second.state)
    assert np.array_equal(run.path, np.concatenate([first.path, second.path[1:], third.path[1:]]))
    assert np.array_equal(run.state, third.state)
    assert run.end == "fixed_point"


def test_the_baseline_clamps_hold_in_every_scenario_that_does_not_override_them():
    table = compare_scenarios(MAP, [sustained("a", {"C2": 1}), sustained("b", {"C1": 0.7})], START, {"C1": 0.2}).table
    values = table.set_index(["scenario", "concept"])["value"]
    assert values["a", "C1"] == 0.2
    assert values["b", "C1"] == 0.7
    assert set(table["baseline"][table["concept"] == "C1"]) == {0.2}


def test_what_lets_go_is_void_where_the_fixed_point_is_unique():
    scenarios = [single_shot("shot", {"C3": 1}), temporary("spell", 4, {"C2": 1}), sustained("hold", {"C2": 1})]
    with pytest.warns(VoidScenarioWarning, match="void: shot, spell") as warned:
        comparison = compare_scenarios(MAP, scenarios, START)
    assert len(warned) == 1
    assert comparison.certificate.unique
    rows = comparison.table.groupby("scenario")
    assert rows["void"].all().to_dict() == {"shot": True, "spell": True, "hold": False}
    assert rows["absolute"].apply(lambda effect: effect.abs().max())[["shot", "spell"]].max() <= 1e-12


@pytest.mark.filterwarnings("error::unicluster.fcm.VoidScenarioWarning")
def test_what_lets_go_may_last_where_there_are_two_fixed_points():
    comparison = compare_scenarios(BISTABLE, [temporary("push", 5, {"a": 1, "b": 1})], [0.1, 0.1], **BISTABLE_SETTINGS)
    assert not comparison.certificate.unique
    assert (comparison.table["absolute"] > 0.5).all()
    assert not comparison.table["void"].any()


@pytest.mark.filterwarnings("error::unicluster.fcm.VoidScenarioWarning")
def test_a_single_shot_at_a_held_transmitter_lasts():
    map = CognitiveMap(["a", "b"], [[0, 0.8], [0, 0]])
    table = compare_scenarios(map, [single_shot("s", {"a": 1})], [0.2, 0.5], hold_transmitters=True).table
    effect = table.set_index("concept")["absolute"]
    assert effect["b"] > 0.05
    assert np.isnan(effect["a"])


def test_transmitters_are_held_in_baseline_and_scenarios_alike():
    map = CognitiveMap(["a", "b", "c"], [[0, 0.8, 0], [0, 0, 0.5], [0, 0, 0]])
    campaign = Intervention("campaign", {"b": 0.5})
    comparison = compare_scenarios(
        map, [sustained("s", interventions=[campaign])], [0.9, 0.5, 0.5], hold_transmitters=True
    )
    assert comparison.runs[0].state[0] == comparison.baseline.state[0] == 0.9


def test_every_fault_of_every_scenario_in_one_error():
    scenarios = [
        sustained("one", {"C11": 0, "C2": 2}),
        single_shot("two", {"C3": -1}),
        sustained("three", interventions=[Intervention("m", {"C1": -3, "cc": 1})], effectiveness=1.5),
        Scenario("four", [Stage(effectiveness={"n": 1})], [Intervention("m", {"C1": 0.5})]),
        Scenario("five", []),
        Scenario("six", [Stage({"C1": 1}, {"m": 1})], [Intervention("m", {"C1": 0.5})]),
        sustained("seven", interventions=[Intervention("C2", {"C1": 0.5})]),
    ]
    with pytest.raises(InputError) as refused:
        compare_scenarios(MAP, scenarios, START)
    told = str(refused.value)
    for part in (
        "'C1'", "found '2'", "found '-1'", "found '-3'", "'cc'", "1.5", "'n'", "at least one stage", "held", "share"
    ):  # fmt: skip
        assert part in told, part
    for name in ("one", "two", "three", "four", "five", "six", "seven"):
        assert f"(scenario {name})" in told


def test_scenarios_need_different_names():
    with pytest.raises(InputError, match="two scenarios are called 'a'"):
        compare_scenarios(MAP, [sustained("a", {"C1": 1}), sustained("a", {"C2": 1})], START)


def test_an_intervention_cannot_act_on_what_is_held():
    map = CognitiveMap(["a", "b"], [[0, 0.8], [0, 0]])
    measure = sustained("s", interventions=[Intervention("m", {"a": 0.5})])
    with pytest.raises(InputError, match="'a', which is held"):
        run_scenario(map, measure, [0.5, 0.5], hold_transmitters=True)
    assert run_scenario(map, measure, [0.5, 0.5]).end == "fixed_point"
