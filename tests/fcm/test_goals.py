"""Goal-seeking against problems that can be solved on paper, and against a grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate, simulate_batch
from unicluster.fcm.goals import pareto_front, seek_goal

# y = f(0.8 a + 0.4 b - 0.5 c) under Kosko's rule, with f the sigmoid.
MAP = CognitiveMap("abcy", [[0, 0, 0, 0.8], [0, 0, 0, 0.4], [0, 0, 0, -0.5], [0, 0, 0, 0]])
START = [0.2, 0.2, 0.2, 0.5]
KOSKO = {"rule": "kosko", "hold_transmitters": True}
UNIT = {"a": (0, 1), "b": (0, 1), "c": (0, 1)}


def logit(p):
    return np.log(p / (1 - p))


def test_the_best_lever_alone_when_it_suffices():
    found = seek_goal(MAP, START, UNIT, {"y": 0.6}, **KOSKO)
    needed = logit(0.6) - (0.8 + 0.4 - 0.5) * 0.2
    assert found.reached
    assert found.levers["change"].tolist() == pytest.approx([needed / 0.8, 0, 0], abs=1e-6)
    assert found.cost == pytest.approx(needed / 0.8, abs=1e-6)
    assert found.outcomes.loc["y", "value"] == pytest.approx(0.6, abs=1e-6)
    assert found.outcomes.loc["y", "reference"] == pytest.approx(1 / (1 + np.exp(-0.14)))


def test_costs_and_bounds_decide_which_lever_moves():
    costs = {"a": 4.0, "b": 1.0, "c": (0.5, 9.0)}
    bounds = {"a": (0, 1), "b": (0, 0.7), "c": (0.1, 1)}
    found = seek_goal(MAP, START, bounds, {"y": 0.62}, costs=costs, **KOSKO)
    # Effect for money: c downwards 1.0, b 0.4, a 0.2. c and b go to their bounds, a does the rest.
    rest = logit(0.62) - 0.14 - 0.5 * 0.1 - 0.4 * 0.5
    assert found.levers["change"].tolist() == pytest.approx([rest / 0.8, 0.5, -0.1], abs=1e-6)
    assert found.levers["cost"].tolist() == pytest.approx([4 * rest / 0.8, 0.5, 0.05], abs=1e-6)


def test_ranges_and_reference():
    found = seek_goal(MAP, START, {"a": (0, 1)}, {"y": (None, 0.5)}, reference={"a": 0.9}, **KOSKO)
    assert found.levers.loc["a", "setting"] == pytest.approx(0.02 / 0.8, abs=1e-6)
    free = seek_goal(MAP, START, UNIT, {"y": (0.4, 0.9)}, **KOSKO)
    assert free.reached and free.cost == 0


def test_what_cannot_be_reached_is_said_and_approached():
    found = seek_goal(MAP, START, UNIT, {"y": 0.9}, **KOSKO)
    assert not found.reached
    assert found.levers["setting"].tolist() == pytest.approx([1, 1, 0], abs=1e-6)
    most = 1 / (1 + np.exp(-1.2))
    assert found.outcomes.loc["y", "shortfall"] == pytest.approx(0.9 - most, abs=1e-8)
    assert found.state[3] == pytest.approx(most)


@pytest.mark.parametrize("seed", range(4))
def test_levers_without_effect_stay_where_they_are_even_if_the_goal_is_out_of_reach(seed):
    weights = np.zeros((5, 5))
    weights[0, 2], weights[2, 3], weights[3, 2] = 0.9, 0.8, 0.7
    map = CognitiveMap("adxyz", weights)
    found = seek_goal(map, [0.5] * 5, {"a": (0, 1), "d": (0, 1)}, {"y": 0.99}, seed=seed, starts=12)
    assert not found.reached
    assert found.levers["change"]["d"] == pytest.approx(0, abs=1e-6)
    assert found.levers["setting"]["a"] == pytest.approx(1, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 0.9))
def test_no_point_of_a_grid_is_cheaper(seed, ambition):
    rng = np.random.default_rng(seed)
    weights = rng.uniform(-1, 1, (5, 5)) * (rng.random((5, 5)) < 0.7)
    map, start = CognitiveMap("abcde", weights), np.full(5, 0.5)
    grid = np.array(np.meshgrid(*[np.linspace(0, 1, 21)] * 2)).reshape(2, -1)
    ends = simulate_batch(map, start, clamp={"a": grid[0], "b": grid[1]}).state[:, 4]
    target = ends.min() + ambition * np.ptp(ends)
    found = seek_goal(map, start, {"a": (0, 1), "b": (0, 1)}, {"e": float(target)}, costs={"b": 2})
    assert found.reached
    run = simulate(map, start, clamp=found.levers["setting"].to_dict())
    assert run.state[4] >= target - 1e-7
    stands = simulate(map, start).state[:2]
    prices = np.abs(grid - stands[:, None]).T @ [1, 2]
    assert found.cost <= prices[ends >= target].min() + 1e-6


def test_pareto_front_is_the_knapsack_on_paper():
    front = pareto_front(MAP, START, UNIT, "y", costs={"c": 4.0}, points=9, **KOSKO)
    assert np.all(np.diff(front["cost"]) > 0) and np.all(np.diff(front["value"]) > 0)
    assert front.loc[0, "cost"] == 0
    gain = logit(front["value"].to_numpy()) - 0.14
    # First a (0.8 for 1, up to 0.64), then b (0.4 for 1, up to 0.32), then c (0.5 for 4).
    a, b = np.minimum(gain, 0.64), np.clip(gain - 0.64, 0, 0.32)
    c = np.clip(gain - 0.96, 0, None)
    paper = a / 0.8 + b / 0.4 + 4 * c / 0.5
    assert front["cost"].to_numpy() == pytest.approx(paper, abs=1e-5)
    assert front[["a", "b", "c"]].iloc[-1].tolist() == pytest.approx([1, 1, 0], abs=1e-5)


def test_pareto_front_of_less_is_better_and_of_nothing_to_gain():
    down = pareto_front(MAP, START, UNIT, {"y": -1.0}, points=3, **KOSKO)
    assert np.all(np.diff(down["value"]) > 0)
    assert down[["a", "b", "c"]].iloc[-1].tolist() == pytest.approx([0, 0, 1], abs=1e-5)
    stuck = pareto_front(MAP, START, {"a": (0.2, 0.2)}, "y", points=3, **KOSKO)
    assert len(stuck) == 1 and stuck["cost"].item() == 0


def test_same_seed_same_answer():
    one = seek_goal(MAP, START, UNIT, {"y": 0.6}, seed=3, **KOSKO)
    assert one.levers.equals(seek_goal(MAP, START, UNIT, {"y": 0.6}, seed=3, **KOSKO).levers)


@pytest.mark.parametrize(
    ("levers", "targets", "more", "said"),
    [
        ({}, {"y": 0.5}, {}, "at least one lever"),
        (UNIT, {}, {}, "at least one outcome"),
        ({"aa": (0, 1)}, {"y": 0.5}, {}, "did you mean 'a'"),
        (
            {"a": (0.5, 0.2), "b": (0, 2)},
            {"y": 0.5},
            {"costs": {"a": -1, "c": 1}, "reference": {"y": 0}},
            r"(?s)levers, a.*levers, b.*costs, a.*costs.*'c'.*reference.*'y'",
        ),
        (UNIT, {"a": 0.5, "y": (0.9, 0.1)}, {}, r"(?s)its clamp is no outcome.*targets, y"),
        (UNIT, {"y": 0.5}, {"transfer": "bivalent"}, "sigmoid and tanh"),
    ],
)
def test_bad_input_is_refused(levers, targets, more, said):
    with pytest.raises(InputError, match=said):
        seek_goal(MAP, START, levers, targets, **(KOSKO | more))
