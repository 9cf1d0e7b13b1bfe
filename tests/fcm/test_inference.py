"""Single runs against the published cases and a plain reference."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import root

from tests.fcm import reference
from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, Concept, simulate, steady_state

CASES = Path(__file__).parents[1] / "cases" / "fcm"
VIGNETTE = json.loads((CASES / "c01_rfcm_vignette_ex1.json").read_text())
EIGHT = json.loads((CASES / "c03_rfcm_8node_three_rules.json").read_text())
EIGHT_MAP = CognitiveMap(EIGHT["concepts"], EIGHT["W"])
RULE_NAMES = {"kosko": "kosko", "mkosko": "modified_kosko", "rescaled": "rescaled"}


def stopped(map, start, rule, eps):
    """State after the first update that changes no concept by more than eps, as the tools stop."""
    path = simulate(map, start, rule, steps=200).path
    steps = np.abs(np.diff(path, axis=0)).max(axis=1)
    return path[np.argmax(steps <= eps) + 1]


def test_vignette_of_the_r_package():
    map = CognitiveMap(VIGNETTE["concepts"], VIGNETTE["W"])
    updates = VIGNETTE["expected_state_index_1based"] - 1
    run = simulate(map, VIGNETTE["initial"], VIGNETTE["rule"], VIGNETTE["transfer"], VIGNETTE["lam"], steps=updates)
    assert np.abs(run.state - VIGNETTE["expected_state"]).max() <= 0.5 * 10.0 ** -VIGNETTE["decimals"]


def test_published_trajectory_of_the_modified_rule():
    expected = np.array(EIGHT["expected_trajectory_mkosko"])
    run = simulate(EIGHT_MAP, EIGHT["initial"], steps=len(expected) - 1)
    assert np.abs(run.path - expected).max() <= 0.5e-6


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_published_equilibria_are_where_the_tools_stop(rule):
    expected = EIGHT["expected_equilibria_at_eps"][rule]
    state = stopped(EIGHT_MAP, EIGHT["initial"], RULE_NAMES[rule], EIGHT["eps"])
    assert np.abs(state - expected).max() <= 0.5e-7


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_true_fixed_points_are_those_of_a_root_finder(rule):
    run = simulate(EIGHT_MAP, EIGHT["initial"], RULE_NAMES[rule])
    published = EIGHT["expected_equilibria_at_eps"][rule]
    solved = root(
        lambda a: reference.update(a, EIGHT_MAP.weights, RULE_NAMES[rule], "sigmoid") - a, published, tol=1e-14
    )
    assert run.end == "fixed_point"
    assert run.period == 1
    assert run.residual <= 1e-12
    assert np.abs(run.state - solved.x).max() <= 1e-9


def test_the_published_rescaled_equilibrium_is_none():
    published = np.array(EIGHT["expected_equilibria_at_eps"]["rescaled"])
    run = simulate(EIGHT_MAP, EIGHT["initial"], "rescaled")
    assert np.abs(run.state - 0.5).max() <= 1e-12
    assert np.abs(published - run.state).max() > 0.014


@pytest.mark.parametrize("rule", reference.RULES)
@pytest.mark.parametrize("transfer", reference.TRANSFERS)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 6), slope=st.floats(0.1, 5))
@settings(max_examples=10, deadline=None)
def test_every_step_is_that_of_the_formula(rule, transfer, seed, n, slope):
    rng = np.random.default_rng(seed)
    weights = reference.random_weights(rng, n)
    start = rng.uniform(reference.LOWEST[transfer], 1, n)
    run = simulate(CognitiveMap(reference.names(n), weights), start, rule, transfer, slope, steps=6)
    # step by step, because a map may push two nearly equal states apart
    for before, after in pairwise(run.path):
        expected = reference.update(before, weights, rule, transfer, slope)
        assert np.abs(after - expected).max() <= 1e-13


def test_transfer_functions_at_their_edges():
    map = CognitiveMap(["a", "b", "c"], np.eye(3))

    def first(transfer, start, slope=1.0):
        return simulate(map, start, "kosko", transfer, slope, steps=1).state.tolist()

    assert first("bivalent", [0, 1e-300, 1]) == [0, 1, 1]
    assert first("trivalent", [-1e-300, 0, 1]) == [-1, 0, 1]
    assert first("saturation", [0, 0.5, 1], 1.5) == [0, 0.75, 1]
    assert first("sigmoid", [0, 1, 1], 1e6) == [0.5, 1, 1]
    assert first("tanh", [0, -1, 1], 1e6) == [0, -1, 1]


def test_saturation_cuts_at_0_and_1():
    map = CognitiveMap(["a", "b"], [[0, -1], [0, 1]])
    assert simulate(map, [1, 0.5], "kosko", "saturation", steps=1).state.tolist() == [0, 0]
    assert simulate(map, [0, 1], "modified_kosko", "saturation", steps=1).state.tolist() == [0, 1]


def test_slope_by_concept_in_three_ways():
    slopes = np.linspace(0.5, 2, 8)
    start = EIGHT["initial"]
    expected = reference.path(start, EIGHT_MAP.weights, "modified_kosko", "sigmoid", 4, slopes)
    by_name = dict(zip(EIGHT["concepts"], slopes, strict=True))
    for slope in (slopes, slopes.tolist(), by_name):
        assert np.abs(simulate(EIGHT_MAP, start, slope=slope, steps=4).path - expected).max() <= 1e-14


def test_steps_are_exact_and_the_start_comes_first():
    for steps in (0, 1, 7):
        run = simulate(EIGHT_MAP, EIGHT["initial"], steps=steps)
        assert len(run.path) == steps + 1
        assert run.path[0].tolist() == EIGHT["initial"]
        assert np.array_equal(run.state, run.path[-1])


def test_clamps_hold_from_the_start_and_0_is_a_value():
    run = simulate(EIGHT_MAP, EIGHT["initial"], clamp={"C1": 0, "C5": 0.3}, steps=9)
    expected = reference.path(
        EIGHT["initial"], EIGHT_MAP.weights, "modified_kosko", "sigmoid", 9, clamp={0: 0.0, 4: 0.3}
    )
    assert np.abs(run.path - expected).max() <= 1e-14
    assert (run.path[:, 0] == 0).all()
    assert run.held == ("C1", "C5")


def test_a_clamped_concept_needs_no_start():
    start = dict.fromkeys(EIGHT["concepts"][1:], 0.5)
    run = simulate(EIGHT_MAP, start, clamp={"C1": 0.2}, steps=1)
    assert run.path[0].tolist() == [0.2] + [0.5] * 7


def test_concepts_that_nothing_influences_are_held_or_free():
    map = CognitiveMap(["a", "b", "c"], [[0, 0.5, 0], [0, 0, 0], [0, 0, 0.5]])
    free = simulate(map, [0.9, 0, 0.8], "kosko")
    held = simulate(map, [0.9, 0, 0.8], "kosko", hold_transmitters=True)
    assert free.held == ()
    assert free.state[0] == 0.5
    assert held.held == ("a",)
    assert held.state[0] == 0.9
    assert held.state[2] == free.state[2]
    clamped = simulate(map, [0.9, 0, 0.8], "kosko", clamp={"a": 0.1}, hold_transmitters=True)
    assert clamped.state[0] == 0.1


def test_start_and_clamp_by_any_name():
    concepts = [Concept("a", {"en": "First"}), Concept("b", {"en": "Second"})]
    map = CognitiveMap(concepts, [[0, 0.5], [-0.5, 0]])
    plain = simulate(map, [0.2, 0.4], clamp={"b": 0.4})
    named = simulate(map, {"Second": 0.4, "a": 0.2}, clamp={"Second": 0.4})
    assert np.array_equal(plain.path, named.path)


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(2, 7))
@settings(max_examples=40, deadline=None)
def test_permuting_concepts_permutes_results(seed, n):
    rng = np.random.default_rng(seed)
    order = rng.permutation(n)
    # eighths add up without rounding, so that the order of a sum cannot matter
    weights = rng.integers(-8, 9, (n, n)) / 8 * (rng.random((n, n)) < 0.6)
    start = rng.integers(0, 2, n).astype(float)
    names = np.array(reference.names(n))
    for rule in reference.RULES:
        for transfer in ("bivalent", "trivalent", "sigmoid"):
            one = simulate(CognitiveMap(names, weights), start, rule, transfer, clamp={"C1": 1}, max_steps=2000)
            other = simulate(
                CognitiveMap(names[order], weights[np.ix_(order, order)]),
                start[order],
                rule,
                transfer,
                clamp={"C1": 1},
                max_steps=2000,
            )
            assert (one.end, one.period) == (other.end, other.period)
            if transfer == "sigmoid":
                assert np.abs(one.state[order] - other.state).max() <= 1e-9
            else:
                assert np.array_equal(one.path[:, order], other.path)


def test_steady_state():
    assert np.array_equal(steady_state(EIGHT_MAP, EIGHT["initial"]), simulate(EIGHT_MAP, EIGHT["initial"]).state)
    assert np.abs(steady_state(EIGHT_MAP) - simulate(EIGHT_MAP, EIGHT["initial"]).state).max() <= 1e-12
    swap = CognitiveMap(["a", "b"], [[0, 1], [1, 0]])
    with pytest.raises(InputError, match="limit cycle of period 2"):
        steady_state(swap, [1, 0], rule="kosko", transfer="bivalent")


def test_every_fault_in_one_error():
    with pytest.raises(InputError) as refused:
        simulate(
            EIGHT_MAP,
            {"C1": 2, "C11": 0, "C2": float("nan")},
            "mkosko",
            slope={"C1": -1},
            clamp={"c7": 1, "C8": 1.5},
        )
    told = [str(fault) for fault in refused.value.faults]
    for part in (
        "'mkosko'",
        "start, C1: found '2'",
        "'C11'",
        "start, C2: found 'nan'",
        "slope, C1",
        "'C7'",
        "clamp, C8",
    ):
        assert sum(part in one for one in told) == 1, part


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"start": [0.5] * 7}, "8 values"),
        ({"start": 0.5}, "a single number"),
        ({"start": ["x"] * 8}, "numbers"),
        ({"start": [0.5] * 7 + [np.nan]}, "start, C8"),
        ({"start": {"C1": 0.5}}, "no value"),
        ({"start": np.full((3, 8), 0.5)}, "simulate_batch"),
        ({"slope": 0}, "slope"),
        ({"slope": np.inf}, "slope"),
        ({"slope": [1, 2]}, "slope"),
        ({"steps": -1}, "steps"),
        ({"steps": 1.5}, "steps"),
        ({"max_steps": 0}, "max_steps"),
        ({"backend": "gpu"}, "backend"),
        ({"transfer": "logistic"}, "transfer"),
        ({"clamp": {"C1": None}}, "clamp"),
    ],
)
def test_what_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        simulate(EIGHT_MAP, **({"start": [0.5] * 8} | arguments))


def test_a_start_below_0_is_right_for_tanh_only():
    start = [-0.5] * 8
    assert simulate(EIGHT_MAP, start, transfer="tanh", steps=1).path[0].tolist() == start
    with pytest.raises(InputError, match="from 0 to 1"):
        simulate(EIGHT_MAP, start)
