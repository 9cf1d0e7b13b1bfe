"""Where runs end: fixed points, cycles of any period, what is undetermined, and what is proven."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from tests.fcm import reference
from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, assess_stability, certify_uniqueness, find_attractors, simulate, simulate_batch


def ring_map(*lengths):
    weights = reference.rings(*lengths)
    return CognitiveMap(reference.names(len(weights)), weights)


def ring_start(*lengths):
    return np.concatenate([np.eye(length)[0] for length in lengths])


@pytest.mark.parametrize("lengths", [(1,), (2,), (7,), (2, 3, 5, 7), (5, 7, 8, 9, 11)])
@pytest.mark.parametrize("transfer", ["bivalent", "trivalent"])
def test_rings_return_after_the_least_common_multiple_of_their_lengths(lengths, transfer):
    run = simulate(ring_map(*lengths), ring_start(*lengths), "kosko", transfer)
    period = math.lcm(*lengths)
    assert run.period == period
    assert run.end == ("fixed_point" if period == 1 else "limit_cycle")
    assert run.cycle.shape == (period, sum(lengths))
    assert run.residual == 0


def test_a_cap_below_the_period_leaves_the_end_undetermined():
    run = simulate(ring_map(5, 7, 8, 9, 11), ring_start(5, 7, 8, 9, 11), "kosko", "bivalent", max_steps=20_000)
    assert (run.end, run.period) == ("undetermined", 0)
    assert len(run.path) == 20_001
    assert len(run.cycle) == 0
    assert run.residual == 1


def test_a_smooth_cycle():
    weights = np.array([[0, 1], [-1, 0]])
    run = simulate(CognitiveMap(["a", "b"], weights), [0.3, 0.1], "kosko", "tanh", 2.0)
    size = brentq(lambda x: math.tanh(2 * x) - x, 0.5, 1)
    assert (run.end, run.period) == ("limit_cycle", 4)
    assert run.residual <= 1e-12
    assert np.abs(np.abs(run.cycle) - size).max() <= 1e-12


@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(2, 12),
    rule=st.sampled_from(reference.RULES),
    transfer=st.sampled_from(reference.TRANSFERS),
    slope=st.sampled_from([0.7, 1, 3]),
)
@settings(max_examples=150, deadline=None)
def test_ends_are_what_they_are_called(seed, n, rule, transfer, slope):
    rng = np.random.default_rng(seed)
    weights = reference.random_weights(rng, n)
    start = rng.uniform(reference.LOWEST[transfer], 1, n)
    run = simulate(CognitiveMap(reference.names(n), weights), start, rule, transfer, slope, max_steps=4000)
    after = reference.path(run.state, weights, rule, transfer, max(1, run.period), slope)
    moved = np.abs(after - run.state).max(axis=1)
    if run.end == "undetermined":
        assert run.period == 0
        assert abs(moved[1] - run.residual) <= 1e-12
        return
    assert moved[-1] <= 1e-11
    assert run.residual <= 1e-12
    if run.end == "fixed_point":
        assert run.period == 1
    else:
        assert run.period > 1
        assert moved[1:-1].min() > 1e-9
        assert np.abs(run.cycle - after[:-1]).max() <= 1e-9


def test_slow_alternating_approach_is_no_cycle_of_two():
    map = CognitiveMap(["a"], [[-1]])
    slow = simulate(map, [0.9], "kosko", "tanh", 0.9999)
    assert (slow.end, slow.period) == ("fixed_point", 1)
    assert abs(slow.state[0]) <= 1e-12
    beyond = simulate(map, [0.9], "kosko", "tanh", 1.01)
    size = brentq(lambda x: math.tanh(1.01 * x) - x, 0.05, 1)
    assert beyond.period == 2
    assert abs(abs(beyond.state[0]) - size) <= 1e-10


def test_slow_approach_of_a_cycle_of_two_is_no_cycle_of_four():
    # two concepts that take turns, each a slowly alternating one
    map = CognitiveMap(["a", "b"], [[0, 1], [-1, 0]])
    run = simulate(map, [0.9, 0.2], "kosko", "tanh", 0.9995)
    assert (run.end, run.period) == ("fixed_point", 1)
    assert np.abs(run.state).max() <= 1e-12


def test_a_transmitter_under_tanh_goes_to_0_though_it_never_gets_there():
    # a' = tanh(a) falls like sqrt(3 / 2t): a last step of 1e-12 would still be 1e-4 away
    run = simulate(CognitiveMap(["a", "b"], [[0, 0.5], [0, -0.5]]), [1, 1], transfer="tanh")
    assert run.end == "fixed_point"
    assert np.abs(run.state).max() <= 1e-7


def test_slow_approach_of_a_kink():
    run = simulate(CognitiveMap(["a"], [[0.999]]), [1], "kosko", "saturation", max_steps=3000)
    assert run.end == "fixed_point"
    assert 0 <= run.state[0] <= 1e-12


def test_a_quasi_periodic_run_is_undetermined():
    c, s = math.cos(1), math.sin(1)
    map = CognitiveMap(["a", "b"], [[c, s], [-s, c]])
    run = simulate(map, [0.3, 0.1], "kosko", "tanh", 1.05, max_steps=30_000)
    assert (run.end, run.period) == ("undetermined", 0)
    assert run.residual > 0.01


def test_a_run_passing_an_unstable_fixed_point_goes_on():
    map = CognitiveMap(["a"], [[1]])
    run = simulate(map, [1e-13], "kosko", "tanh", 1.02)
    assert run.end == "fixed_point"
    assert run.state[0] == pytest.approx(brentq(lambda x: math.tanh(1.02 * x) - x, 0.01, 1), abs=1e-12)


def test_a_forced_run_tells_what_its_last_state_is():
    map, start = ring_map(3), ring_start(3)
    assert simulate(map, start, "kosko", "bivalent", steps=20).period == 3
    assert simulate(map, start, "kosko", "bivalent", steps=4).end == "undetermined"
    calm = CognitiveMap(["a", "b"], [[0, 0.5], [0.5, 0]])
    assert simulate(calm, [0, 1], steps=5).end == "undetermined"
    assert simulate(calm, [0, 1], steps=60).end == "fixed_point"
    alternating = CognitiveMap(["a"], [[-1]])
    assert simulate(alternating, [1e-7], "kosko", "tanh", 1 - 1e-7, steps=100).end == "undetermined"


def test_newton_moves_the_state_but_not_the_path():
    weights = np.array([[0, 0.9], [0.9, 0]])
    run = simulate(CognitiveMap(["a", "b"], weights), [0.3, 0.9], "kosko", "tanh", 1.1, max_steps=5000)
    assert np.abs(np.diff(run.path, axis=0)[-1]).max() > 0
    assert np.abs(reference.update(run.state, weights, "kosko", "tanh", 1.1) - run.state).max() <= 1e-15


PUBLISHED_LIMIT = {"kosko": 4, "modified_kosko": 4, "rescaled": 2}


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 8), rule=st.sampled_from(reference.RULES))
@settings(max_examples=60, deadline=None)
def test_the_spectral_norm_is_the_published_condition(seed, n, rule):
    rng = np.random.default_rng(seed)
    weights, slope = reference.random_weights(rng, n), rng.uniform(0.3, 3)
    certificate = certify_uniqueness(CognitiveMap(reference.names(n), weights), None, rule, slope=slope)
    matrix = weights if rule == "kosko" else np.eye(n) + weights
    expected = slope * np.linalg.norm(matrix, 2) / PUBLISHED_LIMIT[rule]
    assert certificate.factors["spectral norm"] == pytest.approx(expected, rel=1e-12)
    if expected < 1 - 1e-6:
        assert certificate.unique


@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(1, 7),
    rule=st.sampled_from(reference.RULES),
    transfer=st.sampled_from(reference.TRANSFERS),
)
@settings(max_examples=150, deadline=None)
def test_certificates_and_boxes_are_never_contradicted(seed, n, rule, transfer):
    rng = np.random.default_rng(seed)
    map = CognitiveMap(reference.names(n), reference.random_weights(rng, n, rng.random()))
    slope = rng.choice([0.3, 1, 2.5])
    clamp = {"C1": rng.random()} if rng.random() < 0.5 else {}
    search = find_attractors(map, 40, 0, rule, transfer, slope, clamp, max_steps=3000)
    if search.certificate.unique:
        assert len(search.attractors) == 1
        assert search.attractors[0].end == "fixed_point"
        assert search.undetermined == 0
    for attractor in search.attractors:
        assert (attractor.states >= search.certificate.lower - 1e-9).all()
        assert (attractor.states <= search.certificate.upper + 1e-9).all()


@given(
    seed=st.integers(0, 2**32 - 1), rule=st.sampled_from(reference.RULES), transfer=st.sampled_from(["sigmoid", "tanh"])
)
@settings(max_examples=60, deadline=None)
def test_factors_bound_how_fast_two_states_come_together(seed, rule, transfer):
    rng = np.random.default_rng(seed)
    n, slope = 5, rng.uniform(0.3, 2)
    weights = reference.random_weights(rng, n)
    certificate = certify_uniqueness(CognitiveMap(reference.names(n), weights), None, rule, transfer, slope)
    one, other = rng.uniform(reference.LOWEST[transfer], 1, (2, n))
    before = np.linalg.norm(one - other)
    after = np.linalg.norm(
        reference.update(one, weights, rule, transfer, slope) - reference.update(other, weights, rule, transfer, slope)
    )
    assert after <= certificate.factors["spectral norm"] * before * (1 + 1e-12)


def test_only_the_free_block_counts():
    map = CognitiveMap(["a", "b"], [[0, 1], [1, 0]])
    assert not certify_uniqueness(map, rule="rescaled", slope=1.5).unique
    clamped = certify_uniqueness(map, rule="rescaled", slope=1.5, clamp={"a": 0.5})
    assert clamped.unique
    assert clamped.free == ("b",)
    chain = CognitiveMap(["a", "b"], [[0, 1], [0, 0]])
    assert certify_uniqueness(chain, rule="kosko", slope=50).unique
    held = certify_uniqueness(chain, [0.2, 0.5], "kosko", hold_transmitters=True)
    assert held.free == ("b",)
    with pytest.raises(InputError, match="start"):
        certify_uniqueness(chain, hold_transmitters=True)


def test_two_basins_and_their_shares():
    search = find_attractors(CognitiveMap(["a"], [[1]]), 400, 1, "kosko", "tanh", 2.0)
    size = brentq(lambda x: math.tanh(2 * x) - x, 0.5, 1)
    assert sorted(float(a.states[0, 0]) for a in search.attractors) == pytest.approx([-size, size], abs=1e-12)
    assert [a.share for a in search.attractors] == pytest.approx([0.5, 0.5], abs=0.1)
    assert sum(a.runs for a in search.attractors) == search.starts == 400
    assert not search.certificate.unique
    assert search.table["period"].tolist() == [1, 1]


def test_every_phase_of_a_cycle_is_one_attractor():
    search = find_attractors(ring_map(4), 200, 0, "kosko", "bivalent")
    # from a start that is not 0, all four are 1 after one update
    assert [(a.period, a.runs) for a in search.attractors] == [(1, 200)]
    alternating = find_attractors(CognitiveMap(["a"], [[-1]]), 200, 0, "kosko", "tanh", 3.0)
    assert [(a.period, a.share) for a in alternating.attractors] == [(2, 1.0)]


def test_the_same_seed_finds_the_same():
    map = CognitiveMap(reference.names(4), reference.random_weights(np.random.default_rng(0), 4))
    one, other = (find_attractors(map, 60, 3, "kosko", "tanh", 3.0) for _ in range(2))
    assert one.table.equals(other.table)


@given(
    seed=st.integers(0, 2**32 - 1), rule=st.sampled_from(reference.RULES), transfer=st.sampled_from(["sigmoid", "tanh"])
)
@settings(max_examples=30, deadline=None)
def test_stability_is_that_of_finite_differences(seed, rule, transfer):
    rng = np.random.default_rng(seed)
    n = 4
    weights = reference.random_weights(rng, n)
    map = CognitiveMap(reference.names(n), weights)
    run = simulate(map, rng.random(n), rule, transfer, 1.3, clamp={"C2": 0.4}, max_steps=2000)
    if run.end == "undetermined":
        return
    judged = assess_stability(run)

    def after_a_period(state):
        return reference.path(state, weights, rule, transfer, run.period, 1.3, {1: 0.4})[-1]

    free = [0, 2, 3]
    h = 1e-6
    nudged = [(after_a_period(run.state + h * e) - after_a_period(run.state - h * e)) / (2 * h) for e in np.eye(n)]
    block = np.array(nudged)[np.ix_(free, free)]
    assert np.abs(judged.jacobian[np.ix_(free, free)] - block).max() <= 1e-7
    expected = np.abs(np.linalg.eigvals(block)).max() ** (1 / run.period)
    assert judged.spectral_radius == pytest.approx(expected, abs=1e-4)


def test_speed_of_settling():
    # a' = tanh(a / 2): a deviation halves in every update
    run = simulate(CognitiveMap(["a"], [[0.5]]), [0.9], "kosko", "tanh")
    judged = assess_stability(run)
    assert judged.spectral_radius == pytest.approx(0.5)
    assert judged.half_life == pytest.approx(1)
    assert judged.rotation == math.inf
    assert judged.attracting
    assert (np.abs(run.path[judged.settled_after :]) <= 1e-3).all()
    assert abs(run.path[judged.settled_after - 1, 0]) > 1e-3
    turning = simulate(CognitiveMap(["a", "b"], [[0, 0.5], [-0.5, 0]]), [0.9, 0], "kosko", "tanh")
    assert assess_stability(turning).rotation == pytest.approx(4)
    stepped = simulate(CognitiveMap(["a"], [[1]]), [1], "kosko", "bivalent")
    assert assess_stability(stepped).half_life == 0
    with pytest.raises(InputError, match="no end"):
        assess_stability(simulate(ring_map(5), ring_start(5), "kosko", "bivalent", max_steps=3))


def test_batches_of_mixed_ends():
    map = ring_map(2, 3)
    starts = np.array([[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [1, 0, 1, 0, 0]], dtype=float)
    batch = simulate_batch(map, starts, "kosko", "bivalent")
    assert batch.period.tolist() == [1, 2, 3, 6]
    assert batch.end.tolist() == ["fixed_point"] + ["limit_cycle"] * 3
