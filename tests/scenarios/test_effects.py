"""Effects against the baseline, on a chain whose steady state is a tanh of a tanh."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq

from unicluster import fcm, scenarios
from unicluster.faults import InputError
from unicluster.scenarios import ScenarioDefinition

SETTINGS = scenarios.Settings(slope=0.5)
NEUTRAL = dict.fromkeys(("lever", "between", "end"), 0.5)


def chain(first=0.6, second=0.8):
    concepts = [
        fcm.Concept("lever", role="lever"),
        fcm.Concept("between"),
        fcm.Concept("end", role="outcome"),
    ]
    return fcm.CognitiveMap(concepts, [[0, first, 0], [0, 0, second], [0, 0, 0]])


def courses(**held):
    baseline = ScenarioDefinition("inertial", {"en": "As is"})
    return [baseline, *(ScenarioDefinition(name, {"en": name}, "course", hold) for name, hold in held.items())]


def effects(results, scenario):
    return results[results["scenario"].eq(scenario)].set_index("concept")["effect"]


def level(push):
    """Fixed point of one concept under a constant push, with d = 2a - 1: d = tanh(slope / 2 (d + push))."""
    d = brentq(lambda d: np.tanh(0.25 * (d + push)) - d, -1, 1)
    return (d + 1) / 2


def test_effects_are_those_of_the_chain_by_hand():
    results = scenarios.run_scenarios(chain(), courses(push={"lever": 1}), NEUTRAL, SETTINGS)
    between = level(0.6)
    end = level(0.8 * (2 * between - 1))
    found = effects(results, "push")
    assert found["lever"] == pytest.approx(0.5)
    assert found["between"] == pytest.approx(between - 0.5)
    assert found["end"] == pytest.approx(end - 0.5)


def test_what_a_scenario_holds_is_marked_as_no_result():
    results = scenarios.run_scenarios(chain(), courses(push={"lever": 1}), NEUTRAL, SETTINGS)
    assert results.loc[results["held"], ["scenario", "concept"]].to_numpy().tolist() == [["push", "lever"]]


def test_opposite_pushes_have_opposite_effects():
    results = scenarios.run_scenarios(chain(), courses(up={"lever": 1}, down={"lever": 0}), NEUTRAL, SETTINGS)
    up, down = effects(results, "up"), effects(results, "down")
    assert up["end"] > 0
    np.testing.assert_allclose(up, -down, atol=1e-11)


def test_the_start_of_what_the_map_moves_leaves_no_trace_but_that_of_a_lever_does():
    far = {**NEUTRAL, "between": 0.9, "end": 0.1}
    raised = {**NEUTRAL, "lever": 0.9}
    one, other, third = (
        scenarios.run_scenarios(chain(), courses(), start, SETTINGS)["level"] for start in (NEUTRAL, far, raised)
    )
    np.testing.assert_allclose(one, other, atol=1e-11)
    assert third.iloc[2] > one.iloc[2] + 0.01


def test_a_run_without_a_steady_state_is_no_result():
    rotating = fcm.CognitiveMap(["x", "y"], [[0, 1], [-1, 0]])
    settings = scenarios.Settings("kosko", "trivalent", 1.0)
    with pytest.raises(InputError, match="no steady state"):
        scenarios.run_scenarios(rotating, courses(), {"x": 1, "y": 0}, settings)


def test_the_baseline_is_needed():
    with pytest.raises(InputError, match="inertial"):
        scenarios.run_scenarios(chain(), courses(push={"lever": 1})[1:], NEUTRAL, SETTINGS)


def test_a_lever_that_only_harms_may_only_fall():
    concepts = [
        fcm.Concept("helps", role="lever"),
        fcm.Concept("harms", role="lever"),
        fcm.Concept("barrier", group="barriers"),
        fcm.Concept("end", role="outcome"),
    ]
    weights = np.zeros((4, 4))
    weights[0, 2], weights[1, 2], weights[1, 3] = -0.5, 0.5, -0.5
    built = fcm.CognitiveMap(concepts, weights)
    start = pd.DataFrame({"concept": built.ids, "level": [0.3, 0.4, 0.5, 0.5]})
    assert scenarios.lever_limits(built, start) == {"helps": (0.3, 1.0), "harms": (0.0, 0.4)}
