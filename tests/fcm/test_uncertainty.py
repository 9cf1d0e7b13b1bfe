"""Monte Carlo against its inputs' distributions, and against runs made one by one."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate
from unicluster.fcm.aggregation import aggregate_maps
from unicluster.fcm.membership import triangular
from unicluster.fcm.sampling import DisagreementSampler, MembershipSampler, SpreadSampler
from unicluster.fcm.uncertainty import monte_carlo

WEIGHTS = np.array([[0, 0.6, -0.3], [0, 0, 0.5], [0.2, 0, 0]])
MAP = CognitiveMap("abc", WEIGHTS, spread=0.2 * (WEIGHTS != 0))
START = [0.5, 0.5, 0.5]
RNG = np.random.default_rng(1)


def test_membership_draws_follow_the_membership():
    draws = MembershipSampler(MAP, {("a", "b"): triangular(0.2, 0.5, 0.8)})(RNG, 40_000)
    assert draws.shape == (40_000, 3, 3)
    drawn = draws[:, 0, 1]
    assert drawn.mean() == pytest.approx(0.5, abs=0.003)
    assert drawn.std() == pytest.approx(0.3 / np.sqrt(6), abs=0.003)
    draws[:, 0, 1] = 0.6
    assert (draws == MAP.weights).all()


def test_disagreement_draws_are_what_people_said():
    other = CognitiveMap("abc", -WEIGHTS)
    sampler = DisagreementSampler(aggregate_maps([MAP, other], [0.75, 0.25]))
    draws = sampler(RNG, 20_000)
    whole = np.array([(draw == MAP.weights).all() for draw in draws[:100]])
    assert all((draw == -MAP.weights).all() for draw in draws[:100][~whole])
    assert (draws[:, 0, 1] > 0).mean() == pytest.approx(0.75, abs=0.02)
    apart = DisagreementSampler(sampler.aggregated, together=False)(RNG, 20_000)
    assert (apart[:, 0, 1] > 0).mean() == pytest.approx(0.75, abs=0.02)
    both = (apart[:, 0, 1] > 0) & (apart[:, 0, 2] < 0)
    assert both.mean() == pytest.approx(0.75**2, abs=0.02)


def test_disagreement_of_people_without_opinion():
    maps = [CognitiveMap("ab", [[0, 0.8], [0, 0]]), CognitiveMap("bc", [[0, 0.4], [0, 0]])]
    aggregated = aggregate_maps(maps, missing_concept="no_opinion")
    for together in (True, False):
        draws = DisagreementSampler(aggregated, together)(RNG, 50)
        assert (draws == aggregated.map.weights).all()


@pytest.mark.parametrize("shape", ["uniform", "triangular"])
def test_spread_draws_fill_their_range_and_no_more(shape):
    spread = np.full((3, 3), 0.4)
    sampler = SpreadSampler(MAP, spread, shape)
    low, high = sampler.bounds
    assert (low[0], high[0]) == (
        pytest.approx([0, 0.2, -0.7]),
        pytest.approx([0, 1.0, 0.0]),
    )
    draws = sampler(RNG, 20_000)
    assert np.all((draws >= low) & (draws <= high))
    assert draws.min(axis=0) == pytest.approx(low, abs=0.03)
    assert draws.max(axis=0) == pytest.approx(high, abs=0.03)
    mean = (low + high) / 2 if shape == "uniform" else (low + WEIGHTS + high) / 3
    assert draws.mean(axis=0) == pytest.approx(mean, abs=0.01)
    assert SpreadSampler(MAP, 0.4, keep_sign=False).bounds[0][0, 2] == pytest.approx(-0.7)
    assert SpreadSampler(MAP, 0.4, keep_sign=False).bounds[1][0, 2] == pytest.approx(0.1)
    assert SpreadSampler(MAP, 0.4, keep_sign=False).bounds[0][2, 0] == pytest.approx(-0.2)
    assert SpreadSampler(MAP, 0.4).bounds[0][2, 0] == 0
    assert SpreadSampler(MAP).bounds[0][0, 1] == pytest.approx(0.4)


def test_without_uncertainty_it_is_the_simulation():
    result = monte_carlo(MAP, {"baseline": {}, "a up": {"a": 0.9}}, START, draws=3)
    for name, clamp in (("baseline", {}), ("a up", {"a": 0.9})):
        expected = simulate(MAP, START, clamp=clamp).state
        for concept, value in zip("abc", expected, strict=True):
            assert result.values(name, concept) == pytest.approx([value] * 3, abs=1e-11)


def test_scenarios_share_their_draws():
    sampler = SpreadSampler(MAP, 0.3)
    result = monte_carlo(
        MAP,
        {"one": {"a": 0.4}, "two": {"a": 0.4}, "three": {"a": 0.8}},
        START,
        weights=sampler,
        slope=(0.5, 1.5),
        draws=200,
    )
    assert np.array_equal(result.states[0], result.states[1])
    assert not np.array_equal(result.states[0], result.states[2])
    assert result.values("one", "b").std() > 0.01


def test_the_same_bytes_whatever_the_workers():
    given = dict(weights=SpreadSampler(MAP), slope=(0.8, 1.2), draws=500, seed=7, chunk=64)
    alone = monte_carlo(MAP, {"a up": {"a": 1}}, START, **given)
    with ThreadPoolExecutor(2) as pool:
        spread = monte_carlo(MAP, {"a up": {"a": 1}}, START, mapper=pool.map, **given)
    assert alone.states.tobytes() == spread.states.tobytes()
    other = monte_carlo(MAP, {"a up": {"a": 1}}, START, **(given | {"seed": 8}))
    assert not np.array_equal(alone.states, other.states)


def test_start_matters_only_where_it_is_held():
    free = monte_carlo(MAP, {"x": {}}, START, start_spread=0.3, draws=50)
    assert np.ptp(free.states, axis=1).max() < 1e-10
    chain = CognitiveMap("ab", [[0, 0.8], [0, 0]])
    held = monte_carlo(chain, {"x": {}}, [0.5, 0.5], start_spread=[0.2, 0], draws=4000, hold_transmitters=True)
    assert held.values("x", "a").min() == pytest.approx(0.3, abs=0.01)
    assert held.values("x", "a").max() == pytest.approx(0.7, abs=0.01)
    assert held.values("x", "a").mean() == pytest.approx(0.5, abs=0.01)


def test_runs_that_cycle_give_no_state():
    spin = CognitiveMap("ab", [[0, 1], [-1, 0]])
    result = monte_carlo(
        spin,
        {"free": {}, "held": {"a": 0.5}},
        [0.5, 0.1],
        draws=5,
        slope=5.0,
        rule="kosko",
        transfer="tanh",
    )
    assert np.isnan(result.values("free", "a")).all()
    assert result.settled.to_dict() == {"free": 0, "held": 1}
    table = result.summary().set_index(["scenario", "concept"])
    assert np.isnan(table.loc[("free", "b"), "mean"])
    assert table.loc[("held", "b"), "q50"] == pytest.approx(np.tanh(2.5))


def test_summary_is_that_of_the_draws():
    result = monte_carlo(MAP, {"x": {}}, START, weights=SpreadSampler(MAP), draws=300, concepts="c")
    row = result.summary((0.25,)).iloc[0]
    values = result.values("x", "c")
    assert row["mean"] == pytest.approx(values.mean())
    assert row["standard_deviation"] == pytest.approx(values.std())
    assert row["q25"] == pytest.approx(np.quantile(values, 0.25))
    assert result.concepts == ("c",)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: SpreadSampler(MAP, -1, "normal"), "(?s)spread.*shape"),
        (lambda: monte_carlo(MAP, {}, START, draws=0), "(?s)scenario.*draws"),
        (
            lambda: monte_carlo(MAP, {"x": {}}, START, slope=(0, 1), start_spread=-1),
            "(?s)start_spread.*slope",
        ),
        (lambda: monte_carlo(MAP, {"x": {"aa": 1}}, START, draws=1), "did you mean 'a'"),
        (lambda: monte_carlo(MAP, {"x": {}}, START, concepts=["d"], draws=1), "no such concept"),
        (lambda: monte_carlo(MAP, {"x": {}}, START, draws=1).values("y", "a"), "none of x"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(InputError, match=said):
        call()
