"""Enclosures against exact arithmetic, sampled runs, all vertex runs, and known attractors."""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate, simulate_batch
from unicluster.fcm.enclosure import enclose_path, enclose_steady_state
from unicluster.fcm.intervals import IntervalMap, net_input, transfer
from unicluster.fcm.sampling import SpreadSampler

RULES = ["kosko", "modified_kosko", "rescaled"]
TRANSFERS = ["sigmoid", "tanh", "bivalent", "trivalent", "saturation"]


def random_map(n, seed, links=None):
    rng = np.random.default_rng(seed)
    weights = rng.uniform(-1, 1, (n, n)) * (rng.random((n, n)) < 0.6)
    if links is not None:
        weights = np.zeros((n, n))
        places = rng.choice(n * n, size=links, replace=False)
        weights.flat[places] = rng.uniform(0.1, 0.9, links) * rng.choice([-1, 1], links)
    return CognitiveMap([f"c{k}" for k in range(n)], weights), rng


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_one_update_holds_in_exact_arithmetic(n, seed):
    rng = np.random.default_rng(seed)
    weights, state = rng.uniform(-1, 1, (n, n)), rng.uniform(0, 1, n)
    nothing = np.zeros(n)
    map = IntervalMap(
        "kosko",
        "sigmoid",
        (weights, weights),
        (nothing + 0.5, nothing + 0.5),
        nothing > 0,
        (nothing, nothing),
    )
    low, high = net_input(map, (state, state))
    bottom, top = transfer(map, (low, high))
    for j in range(n):
        exact = sum(Fraction(a) * Fraction(w) for a, w in zip(state, weights[:, j], strict=True))
        assert Fraction(low[j]) <= exact <= Fraction(high[j])
        assert high[j] - low[j] < 1e-13
        with localcontext() as context:
            context.prec = 60
            z = Decimal("0.5") * Decimal(exact.numerator) / Decimal(exact.denominator)
            value = 1 / (1 + (-z).exp())
            assert Decimal(float(bottom[j])) <= value <= Decimal(float(top[j]))


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 6),
    st.integers(0, 2**32 - 1),
    st.sampled_from(RULES),
    st.sampled_from(TRANSFERS),
    st.floats(0, 0.5),
    st.booleans(),
)
def test_every_sampled_run_and_every_attractor_lies_inside(n, seed, rule, name, spread, clamped):
    map, rng = random_map(n, seed)
    low, high = SpreadSampler(map, spread, keep_sign=False).bounds
    runs = 60
    drawn = rng.uniform(low, high, (runs, n, n))
    drawn[::2] = np.where(rng.random((runs // 2, n, n)) < 0.5, low, high)
    slope = (0.5, 1.5)
    slopes = rng.uniform(*slope, (runs, n))
    slopes[::3] = 1.5
    clamp = {"c0": (0.2, 0.6)} if clamped else {}
    clamps = {"c0": rng.choice([0.2, 0.4, 0.6], runs)} if clamped else {}
    start = rng.uniform(0, 1, (runs, n))
    given = {"rule": rule, "transfer": name}
    batch = simulate_batch(map, start, slope=slopes, clamp=clamps, weights=drawn, **given)
    inside = enclose_steady_state(map, weights=(low, high), slope=slope, clamp=clamp, **given)
    assert inside.contains(batch.state[batch.end == "fixed_point"])
    settled = batch.end != "undetermined"
    assert np.all(batch.state[settled] >= inside.attractor_lower - 1e-11)
    assert np.all(batch.state[settled] <= inside.attractor_upper + 1e-11)
    lower, upper = enclose_path(
        map,
        (start.min(axis=0), start.max(axis=0)),
        6,
        weights=(low, high),
        slope=slope,
        clamp=clamp,
        **given,
    )
    for k in range(7):
        state = simulate_batch(map, start, slope=slopes, clamp=clamps, weights=drawn, steps=k, **given).state
        assert np.all((state >= lower[k] - 1e-13) & (state <= upper[k] + 1e-13))


@settings(max_examples=15, deadline=None)
@given(
    st.integers(2, 5),
    st.integers(1, 6),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["kosko", "modified_kosko"]),
)
def test_where_signs_are_proved_the_bounds_are_two_vertex_runs(n, links, seed, rule):
    map, _ = random_map(n, seed, min(links, n * n))
    low, high = SpreadSampler(map, 0.05).bounds
    i, j = np.nonzero(map.weights)
    ends = np.array(list(product(*zip(low[i, j], high[i, j], strict=True))))
    weights = np.repeat(map.weights[None], len(ends), axis=0)
    weights[:, i, j] = ends
    states = simulate_batch(map, np.full(n, 0.5), rule, slope=0.5, weights=weights).state
    inside = enclose_steady_state(map, weights=(low, high), rule=rule, slope=0.5)
    assert inside.unique and inside.contains(states)
    assert inside.lower == pytest.approx(states.min(axis=0), abs=1e-9)
    assert inside.upper == pytest.approx(states.max(axis=0), abs=1e-9)


def test_clamps_and_slopes_are_parameters_too():
    map = CognitiveMap("abc", [[0, 0.8, 0], [0, 0, -0.6], [0, 0, 0]])
    inside = enclose_steady_state(map, rule="kosko", clamp={"a": (0.2, 0.9)}, slope=(np.ones(3), np.array([1, 2, 1.5])))

    def c(a, slope_b, slope_c):
        b = 1 / (1 + np.exp(-slope_b * 0.8 * a))
        return 1 / (1 + np.exp(slope_c * 0.6 * b))

    assert (inside.lower[2], inside.upper[2]) == (
        pytest.approx(c(0.9, 2, 1.5), abs=1e-10),
        pytest.approx(c(0.2, 1, 1), abs=1e-10),
    )
    assert inside.unique


def test_several_fixed_points_are_all_inside_and_not_called_unique():
    map = CognitiveMap("ab", [[0, 1], [1, 0]])
    inside = enclose_steady_state(map, rule="kosko", transfer="tanh", slope=3.0)
    ends = [simulate(map, [s, s], "kosko", "tanh", 3.0).state for s in (-0.5, 0.0, 0.5)]
    assert not inside.unique and inside.contains(ends)


def test_a_cycle_lies_within_the_bounds_of_attractors_though_not_of_fixed_points():
    map = CognitiveMap("ab", [[0, 1], [-1, 0]])
    run = simulate(map, [0.5, 0.1], "kosko", "tanh", 1.2)
    inside = enclose_steady_state(map, rule="kosko", transfer="tanh", slope=1.2)
    assert run.end == "limit_cycle"
    assert np.all((run.cycle >= inside.attractor_lower) & (run.cycle <= inside.attractor_upper))


def test_the_published_map_within_its_rounding():
    # Weights printed to one decimal stand for anything within 0.05 of them.
    weights = np.zeros((8, 8))
    weights[0, [2, 3, 7]] = 0.6, 0.9, 0.8
    weights[1, [0, 6, 7]] = 0.1, 0.2, 0.5
    weights[2, [1, 4, 6, 7]] = 0.7, 0.9, 0.4, 0.1
    weights[3, [0, 5]] = 0.4, 0.9
    weights[4, [5, 7]] = -0.9, 0.3
    weights[5, 0] = -0.3
    weights[6, [5, 6, 7]] = 0.8, 0.4, 0.9
    weights[7, [0, 5, 6]] = 0.1, 0.1, 0.6
    map = CognitiveMap([f"C{k}" for k in range(1, 9)], weights)
    sampler = SpreadSampler(map, 0.05)
    inside = enclose_steady_state(map, weights=sampler.bounds)
    drawn = sampler(np.random.default_rng(0), 500)
    assert inside.unique
    assert inside.contains(simulate_batch(map, np.full(8, 0.5), weights=drawn).state)
    assert np.all(inside.upper - inside.lower < 0.1)


def test_held_transmitters_and_their_start():
    map = CognitiveMap("ab", [[0, 0.8], [0, 0]])
    inside = enclose_steady_state(map, rule="kosko", start=([0.2, 0], [0.4, 1]), hold_transmitters=True)
    assert (inside.lower[0], inside.upper[0]) == (pytest.approx(0.2), pytest.approx(0.4))
    assert inside.upper[1] == pytest.approx(1 / (1 + np.exp(-0.32)), abs=1e-10)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rule": "x", "transfer": "y"}, "(?s)rule.*transfer"),
        ({"clamp": {"aa": 0.5}}, "did you mean 'a'"),
        ({"clamp": {"a": (0.5, 2)}}, "clamp, a"),
        (
            {
                "weights": (np.ones((2, 2)), np.zeros((2, 2))),
                "slope": -1,
                "clamp": {"a": (0.9, 0.1)},
                "hold_transmitters": True,
            },
            "(?s)weights.*slope.*column a.*start",
        ),
        ({"weights": (np.ones(3), np.ones(3))}, r"shape \(2, 2\)"),
    ],
)
def test_bad_input_is_refused(given, said):
    with pytest.raises(InputError, match=said):
        enclose_steady_state(CognitiveMap("ab", [[0, 1], [0, 0]]), **given)
