"""Derivatives against finite differences, indices against closed forms."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import (
    CognitiveMap,
    morris_screening,
    simulate,
    sobol_indices,
    steady_state_sensitivity,
)


def random_map(n, seed):
    rng = np.random.default_rng(seed)
    weights = rng.uniform(-0.8, 0.8, (n, n)) * (rng.random((n, n)) < 0.6)
    return CognitiveMap([f"c{k}" for k in range(n)], weights), rng


@settings(max_examples=20, deadline=None)
@given(
    st.integers(2, 6),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["kosko", "modified_kosko", "rescaled"]),
    st.sampled_from(["sigmoid", "tanh"]),
    st.booleans(),
)
def test_derivatives_agree_with_finite_differences(n, seed, rule, transfer, clamped):
    map, rng = random_map(n, seed)
    slope = rng.uniform(0.2, 0.6, n)
    start = rng.uniform(0.2, 0.8, n)
    clamp = {"c0": 0.6} if clamped else {}

    def state(weights=map.weights, slope=slope, clamp=clamp):
        return simulate(map.with_weights(weights), start, rule, transfer, slope, clamp).state

    found = steady_state_sensitivity(map, start, rule, transfer, slope, clamp)
    # Near a bifurcation the finite differences, not the derivatives, go wrong.
    assume(np.abs(found.weights).max() < 5)
    h = 5e-4

    def difference(change):
        near, far = change(h) - change(-h), change(2 * h) - change(-2 * h)
        return (8 * near - far) / (12 * h)

    for i in range(n):
        for j in range(n):
            unit = np.zeros((n, n))
            unit[i, j] = 1.0
            numeric = difference(lambda e, unit=unit: state(map.weights + e * unit))
            assert found.weights[i, j] == pytest.approx(numeric, rel=1e-6, abs=1e-8)
    for j in range(n):
        numeric = difference(lambda e, j=j: state(slope=slope + e * (np.arange(n) == j)))
        assert found.slope[j] == pytest.approx(numeric, rel=1e-6, abs=1e-8)
    if clamped:
        numeric = difference(lambda e: state(clamp={"c0": 0.6 + e}))
        assert found.clamps[0] == pytest.approx(numeric, rel=1e-6, abs=1e-8)
        assert not found.weights[:, 0].any()
        assert found.held == ("c0",)


def test_chain_by_hand():
    # b = f(w a) under Kosko's rule: db/dw = b (1 - b) a, db/da = b (1 - b) w.
    map = CognitiveMap("ab", [[0, 0.8], [0, 0]])
    found = steady_state_sensitivity(map, [0.5, 0], "kosko", hold_transmitters=True)
    b = 1 / (1 + np.exp(-0.4))
    assert found.held == ("a",)
    row = found.table.iloc[0]
    assert (row["source"], row["target"], row["weight"], row["a"]) == ("a", "b", 0.8, 0)
    assert row["b"] == pytest.approx(b * (1 - b) * 0.5)
    assert found.clamps[0] == pytest.approx([1, b * (1 - b) * 0.8])
    assert found.slope[1, 1] == pytest.approx(b * (1 - b) * 0.4)


def test_no_derivatives_of_what_is_not_smooth_or_not_there():
    map = CognitiveMap("ab", [[0, 1], [-1, 0]])
    with pytest.raises(InputError, match="sigmoid and tanh"):
        steady_state_sensitivity(map, [0, 0], transfer="saturation")
    with pytest.raises(InputError, match="no steady state"):
        steady_state_sensitivity(map, [0.5, 0.1], "kosko", "tanh", slope=5.0)


def test_sobol_indices_of_an_almost_linear_map():
    # Small slope and narrow ranges: the outcome is linear in the two levers, with
    # variances in the ratio of the squared weights.
    map = CognitiveMap("abcd", [[0, 0, 0.8, 0], [0, 0, -0.4, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    table = sobol_indices(
        map,
        [0, 0, 0, 0],
        ["c", "d"],
        clamps={"a": (0.4, 0.6), "b": (0.4, 0.6)},
        slope=0.1,
        samples=512,
        rule="kosko",
    )
    shares = table[table["outcome"] == "c"].set_index("factor")
    assert shares["S1"].tolist() == pytest.approx([0.8, 0.2], abs=0.01)
    assert shares["ST"].tolist() == pytest.approx([0.8, 0.2], abs=0.01)
    untouched = table[table["outcome"] == "d"]
    assert not untouched[["S1", "S1_conf", "ST", "ST_conf"]].to_numpy().any()


def test_morris_effects_of_links_and_slope_have_the_sign_of_the_derivatives():
    map, _ = random_map(4, 5)
    i, j = np.argwhere(map.weights)[0]
    pair = (map.ids[i], map.ids[j])
    w = map.weights[i, j]
    ranges = {pair: (w - 0.01, w + 0.01)}
    start = np.full(4, 0.5)
    table = morris_screening(map, start, list(map.ids), links=ranges, slope=(0.99, 1.01))
    local = steady_state_sensitivity(map, start)
    effects = table[table["factor"] == f"{pair[0]} -> {pair[1]}"]["mu"]
    assert effects.to_numpy() == pytest.approx(0.02 * local.weights[i, j], abs=1e-4)
    effects = table[table["factor"] == "slope"]["mu"]
    assert effects.to_numpy() == pytest.approx(0.02 * local.slope.sum(axis=0), abs=1e-4)


def test_same_seed_same_indices_and_held_concepts_stay_held():
    map = CognitiveMap("abc", [[0, 0.5, 0], [0, 0, 0.5], [0, 0, 0]])
    common = {"links": {("a", "b"): (0.0, 0.5)}, "hold_transmitters": True}
    one = sobol_indices(map, [0.3, 0.9, 0.5], ["c"], samples=16, seed=4, **common)
    assert one.equals(sobol_indices(map, [0.3, 0.9, 0.5], ["c"], samples=16, seed=4, **common))
    # At weight 0 nothing leads into b: it still answers to the rule, not to its start.
    low = morris_screening(map, [0.3, 0.9, 0.5], ["b"], trajectories=8, **common)
    high = morris_screening(map, [0.3, 0.1, 0.5], ["b"], trajectories=8, **common)
    assert low["mu"].tolist() == pytest.approx(high["mu"].tolist(), abs=1e-9)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "there is no factor"),
        ({"links": {("a", "bb"): (0, 1)}}, "did you mean 'b'"),
        ({"clamps": {"a": (0.5, 0.5)}, "links": {("a", "b"): (1, 0)}}, "(?s)a -> b.*column a"),
        ({"clamps": {"a": (0, 1)}, "samples": 100}, "power of two"),
        (
            {"links": {("a", "b"): (-1, 1)}, "rule": "kosko", "transfer": "tanh", "slope": 9.0},
            "do not settle",
        ),
    ],
)
def test_bad_input_is_refused(change, said):
    map = CognitiveMap("ab", [[0, 1], [-1, 0]])
    with pytest.raises(InputError, match=said):
        sobol_indices(map, [0.5, 0.5], ["b"], **change)
