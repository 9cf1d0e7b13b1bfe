"""Effects against the baseline, on a chain whose steady state is a tanh of a tanh."""

import numpy as np
import pytest
from scipy.optimize import brentq

from unicluster import fcm, scenarios
from unicluster.faults import InputError
from unicluster.scenarios import Scenario

SETTINGS = scenarios.Settings(slope=0.5)


def chain(first=0.6, second=0.8):
    concepts = [fcm.Concept("lever", role="lever"), fcm.Concept("between"), fcm.Concept("end", role="outcome")]
    return fcm.CognitiveMap(concepts, [[0, first, 0], [0, 0, second], [0, 0, 0]])


def courses(**held):
    return [Scenario("inertial", {"en": "As is"}), *(Scenario(k, {"en": k}, "course", v) for k, v in held.items())]


def level(push):
    """Fixed point of one concept under a constant push, with d = 2a - 1: d = tanh(slope / 2 (d + push))."""
    d = brentq(lambda d: np.tanh(0.25 * (d + push)) - d, -1, 1)
    return (d + 1) / 2


def test_effects_are_those_of_the_chain_by_hand():
    results = scenarios.run_scenarios(chain(), courses(push={"lever": 1}), dict.fromkeys(("lever", "between", "end"), 0.5), SETTINGS)
    between = level(0.6)
    end = level(0.8 * (2 * between - 1))
    found = results[results["scenario"].eq("push")].set_index("concept")["effect"]
    assert found["lever"] == pytest.approx(0.5)
    assert found["between"] == pytest.approx(between - 0.5)
    assert found["end"] == pytest.approx(end - 0.5)


def test_what_a_scenario_holds_is_marked_as_no_result():
    results = scenarios.run_scenarios(chain(), courses(push={"lever": 1}), scenarios.neutral_start(chain()), SETTINGS)
    assert results.loc[results["held"], ["scenario", "concept"]].to_numpy().tolist() == [["push", "lever"]]


def test_opposite_pushes_have_opposite_effects():
    results = scenarios.run_scenarios(chain(), courses(up={"lever": 1}, down={"lever": 0}), scenarios.neutral_start(chain()), SETTINGS)
    effects = scenarios.outcome_effects(results).set_index("scenario")["mean"]
    assert effects["up"] == pytest.approx(-effects["down"])
    assert effects["up"] > 0


def test_ranks_follow_the_mean_effect_and_leave_out_the_baseline():
    results = scenarios.run_scenarios(chain(), courses(a={"lever": 0.6}, b={"lever": 1}, c={"lever": 0.2}), scenarios.neutral_start(chain()), SETTINGS)
    table = scenarios.outcome_effects(results)
    assert table["scenario"].tolist() == ["b", "a", "c"]
    assert table["rank"].tolist() == [1, 2, 3]


def test_a_run_without_a_steady_state_is_no_result():
    rotating = fcm.CognitiveMap(["x", "y"], [[0, 1], [-1, 0]])
    with pytest.raises(InputError, match="no steady state"):
        scenarios.run_scenarios(rotating, courses(), {"x": 1, "y": 0}, scenarios.Settings("kosko", "trivalent", 1.0))


def test_the_baseline_is_needed():
    with pytest.raises(InputError, match="inertial"):
        scenarios.run_scenarios(chain(), courses(push={"lever": 1})[1:], scenarios.neutral_start(chain()), SETTINGS)
