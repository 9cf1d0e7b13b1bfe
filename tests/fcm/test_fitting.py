"""Fitted weights against maps that made the data, and against hand-made ambiguity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate, simulate_batch
from unicluster.fcm.fitting import fit_weights


def random_map(n, seed, share=0.6):
    rng = np.random.default_rng(seed)
    weights = rng.uniform(-0.95, 0.95, (n, n)) * (rng.random((n, n)) < share)
    np.fill_diagonal(weights, 0)
    return CognitiveMap([f"c{k}" for k in range(n)], weights), rng


@settings(max_examples=15, deadline=None)
@given(
    st.integers(2, 6),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["kosko", "modified_kosko", "rescaled"]),
    st.sampled_from(["sigmoid", "tanh"]),
)
def test_enough_exact_observations_give_the_weights_back(n, seed, rule, transfer):
    map, rng = random_map(n, seed)
    before = rng.uniform(0, 1, (3 * n, n))
    after = simulate_batch(map, before, rule, transfer, 1.5, steps=1).state
    fitted = fit_weights(map, before, after, rule=rule, transfer=transfer, slope=1.5)
    assert fitted.identified.all()
    assert fitted.map.weights == pytest.approx(map.weights, abs=1e-6)
    free = fit_weights(map, before, after, np.full((n, n), np.nan), rule=rule, transfer=transfer, slope=1.5)
    assert free.map.weights == pytest.approx(map.weights, abs=1e-6)


def test_steady_states_under_different_clamps_identify():
    map = CognitiveMap("abc", [[0, 0.7, -0.4], [0, 0, 0.5], [0, 0, 0]])
    states = np.array(
        [simulate(map, [0, 0, 0], clamp={"a": a, "b": b}).state for a, b in [(0, 1), (1, 0), (1, 1)]]
        + [simulate(map, [0, 0, 0], clamp={"a": a}).state for a in (0.0, 1.0)]
    )
    after = states.copy()
    after[:, 0] = np.nan
    after[:3, 1] = np.nan
    fitted = fit_weights(map, states, after)
    assert fitted.identified.all()
    assert fitted.map.weights == pytest.approx(map.weights, abs=1e-6)


def test_one_equation_for_two_weights_leaves_their_whole_set():
    map = CognitiveMap("abc", [[0, 0, 0.6], [0, 0, 0.3], [0, 0, 0]])
    before = np.array([[0.5, 0.5, 0.2]])
    after = simulate_batch(map, before, steps=1).state
    fitted = fit_weights(map, before, after)
    # Any two weights in [0, 1] that sum to 0.9 do.
    assert not fitted.identified[[0, 1], 2].any()
    assert fitted.lower[[0, 1], 2] == pytest.approx([0, 0], abs=1e-9)
    assert fitted.upper[[0, 1], 2] == pytest.approx([0.9, 0.9], abs=1e-9)
    assert (fitted.rank[2], fitted.links[2]) == (1, 2)
    assert np.nanmax(np.abs(fitted.residual)) < 1e-9


def test_bounds_can_identify_what_rank_alone_does_not():
    map = CognitiveMap("abc", [[0, 0, 1.0], [0, 0, 1.0], [0, 0, 0]])
    before = np.array([[0.5, 0.5, 0.2]])
    fitted = fit_weights(map, before, simulate_batch(map, before, steps=1).state)
    assert fitted.identified.all()
    assert fitted.map.weights == pytest.approx(map.weights, abs=1e-6)


def test_a_source_that_never_moves_is_not_identified():
    map = CognitiveMap("abc", [[0, 0, 0.6], [0, 0, -0.3], [0, 0, 0]])
    before = np.array([[0.1, 0.0, 0.2], [0.9, 0.0, 0.4], [0.4, 0.0, 0.3]])
    fitted = fit_weights(map, before, simulate_batch(map, before, steps=1).state)
    assert fitted.identified[0, 2] and not fitted.identified[1, 2]
    assert (fitted.lower[1, 2], fitted.upper[1, 2]) == (-1, 0)


def test_signs_hold_and_noise_averages_out():
    map, rng = random_map(4, 3)
    before = rng.uniform(0, 1, (1500, 4))
    after = simulate_batch(map, before, steps=1).state
    noisy = np.clip(after + rng.normal(0, 0.02, after.shape), 0, 1)
    fitted = fit_weights(map, before, noisy).map.weights
    assert np.all(fitted * np.sign(map.weights) >= 0)
    assert np.abs(fitted - map.weights).max() < 0.04
    wrong = fit_weights(map, before, after, -np.sign(map.weights)).map.weights
    assert np.all(wrong * map.weights <= 0)


def test_the_fit_is_least_squares_in_the_states_not_in_their_logits():
    map, rng = random_map(3, 5)
    before = rng.uniform(0, 1, (400, 3))
    given = {"slope": 4.0}
    after = simulate_batch(map, before, steps=1, **given).state
    noisy = np.clip(after + rng.normal(0, 0.1, after.shape), 0, 1)
    fitted = fit_weights(map, before, noisy, **given)
    at_truth = after - noisy
    assert np.all((fitted.residual**2).sum(axis=0) <= (at_truth**2).sum(axis=0))
    for nudge in (-0.01, 0.01):
        for i, j in np.argwhere(map.weights):
            weights = fitted.map.weights.copy()
            weights[i, j] = np.clip(weights[i, j] + nudge, *sorted((0, np.sign(map.weights[i, j]))))
            moved = simulate_batch(map, before, steps=1, weights=weights, **given).state - noisy
            assert np.sum(fitted.residual**2) <= np.sum(moved**2) + 1e-12


def test_bad_input_is_refused():
    map = CognitiveMap("ab", [[0, 0.5], [0.5, 0]])
    state = [[0.5, 0.5]]
    with pytest.raises(InputError, match=r"(?s)rule.*transfer.*slope.*signs"):
        fit_weights(map, state, state, [[2]], rule="k", transfer="bivalent", slope=0)
    with pytest.raises(InputError, match=r"(?s)before, b.*after, a"):
        fit_weights(map, [[0.5, 2]], [[-1, 0.5]])
    with pytest.raises(InputError, match="2 rows of 2"):
        fit_weights(map, [[0.5, 0.5]] * 2, state)
    with pytest.raises(InputError, match="after, a: has links to fit but was never observed"):
        fit_weights(map, state, [[np.nan, 0.5]])
