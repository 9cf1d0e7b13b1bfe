"""Hebbian learning against its published trace and one step by hand."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate
from unicluster.fcm.learning import active_hebbian_learning, nonlinear_hebbian_learning

CASES = Path(__file__).parents[1] / "cases" / "fcm"
CASE = json.loads((CASES / "c13_nhl_trace.json").read_text())
MAP = CognitiveMap([f"c{k}" for k in range(1, 6)], CASE["W0"])
PAIR = CognitiveMap("ab", [[0, 0.5], [-0.4, 0]])


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def test_published_trace_to_its_printed_digits():
    learnt = nonlinear_hebbian_learning(
        MAP,
        CASE["A0"],
        learning_rate=CASE["eta"],
        decay=CASE["gamma"],
        slope=CASE["lam"],
        steps=6,
        backwards=True,
    )
    assert learnt.path.round(8).tolist() == CASE["expected_A"]
    assert learnt.weights[1].round(8).tolist() == CASE["expected_W1"]
    assert learnt.weights[6].round(8).tolist() == CASE["expected_W6"]
    assert learnt.end == "steps_done"


def test_one_nonlinear_step_by_hand():
    learnt = nonlinear_hebbian_learning(PAIR, [0.6, 0.2], learning_rate=0.1, decay=0.9, steps=1)
    assert learnt.path[1] == pytest.approx([sigmoid(0.6 - 0.4 * 0.2), sigmoid(0.2 + 0.5 * 0.6)], abs=1e-15)
    a_to_b = 0.9 * 0.5 + 0.1 * 0.2 * (0.6 - 0.5 * 0.2)
    b_to_a = 0.9 * -0.4 + 0.1 * 0.6 * (0.2 - 0.4 * 0.6)
    assert learnt.map.weights == pytest.approx(np.array([[0, a_to_b], [b_to_a, 0]]), abs=1e-15)


def test_without_learning_the_run_is_the_simulation():
    learnt = nonlinear_hebbian_learning(MAP, CASE["A0"], learning_rate=0, decay=1, steps=9)
    assert learnt.path == pytest.approx(simulate(MAP, CASE["A0"], steps=9).path, abs=1e-15)
    assert np.array_equal(learnt.map.weights, MAP.weights)


def test_targets_stop_the_learning():
    learnt = nonlinear_hebbian_learning(PAIR, [0.6, 0.2], learning_rate=0.001, decay=1, targets={"b": (0.6, 0.9)})
    assert learnt.end == "targets_reached"
    assert 0.6 <= learnt.path[-1, 1] <= 0.9
    assert abs(learnt.path[-1, 1] - learnt.path[-2, 1]) < 0.002 <= abs(learnt.path[-2, 1] - learnt.path[-3, 1])


def test_learning_stops_before_weights_leave_their_range():
    learnt = nonlinear_hebbian_learning(PAIR, [0.6, 0.2], learning_rate=0.9, decay=1)
    assert learnt.end == "weights_out_of_range"
    assert np.abs(learnt.weights).max() <= 1


def test_changed_signs_are_told():
    learnt = nonlinear_hebbian_learning(PAIR, [0.6, 0.2], learning_rate=0.1, decay=0.5, steps=20)
    assert learnt.sign_changes == (("b", "a"),)
    assert learnt.map.weights[1, 0] > 0


def test_one_active_cycle_by_hand():
    learnt = active_hebbian_learning(PAIR, [0.6, 0.2], sequence=["b", "a"], learning_rate=0.1, decay=0.05, cycles=1)
    b = sigmoid(0.2 + 0.5 * 0.6)
    a_to_b = 0.95 * 0.5 + 0.1 * 0.6 * (0.2 - 0.5 * 0.6)
    a = sigmoid(0.6 - 0.4 * b)
    b_to_a = 0.95 * -0.4 + 0.1 * b * (0.6 + 0.4 * b)
    assert learnt.path == pytest.approx(np.array([[0.6, 0.2], [0.6, b], [a, b]]), abs=1e-15)
    assert learnt.map.weights == pytest.approx(np.array([[0, a_to_b], [b_to_a, 0]]), abs=1e-15)


def test_active_learning_makes_new_links_unless_told_not_to():
    start = CASE["A0"]
    grown = active_hebbian_learning(MAP, start, cycles=2).map.weights
    assert np.count_nonzero(grown) == 20
    kept = active_hebbian_learning(MAP, start, cycles=2, new_links=False).map.weights
    assert np.array_equal(kept != 0, MAP.weights != 0)


def test_active_rates_may_fall_with_the_cycle():
    falling = active_hebbian_learning(
        PAIR, [0.6, 0.2], learning_rate=lambda k: 0.1 / k, decay=lambda k: 0.05 / k, cycles=2
    )
    first = active_hebbian_learning(PAIR, [0.6, 0.2], learning_rate=0.1, decay=0.05, cycles=1)
    second = active_hebbian_learning(first.map, first.path[-1], learning_rate=0.05, decay=0.025, cycles=1)
    assert falling.map.weights == pytest.approx(second.map.weights, abs=1e-15)


def test_bad_input_is_refused_in_one_message():
    with pytest.raises(InputError, match=r"(?s)learning_rate.*decay"):
        nonlinear_hebbian_learning(PAIR, [0, 0], learning_rate=-1, decay=2)
    with pytest.raises(InputError, match="targets, a"):
        active_hebbian_learning(PAIR, [0, 0], targets={"a": (0.9, 0.1)})
    with pytest.raises(InputError, match="no such concept"):
        active_hebbian_learning(PAIR, [0, 0], targets={"bb": (0.1, 0.9)})
    with pytest.raises(InputError, match="start"):
        nonlinear_hebbian_learning(PAIR, [0, 3])
