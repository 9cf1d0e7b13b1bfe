"""Ranks and probabilities against hand-made draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate
from unicluster.fcm.ranking import probability_better, rank_acceptability, what_if_ranking
from unicluster.fcm.sampling import SpreadSampler
from unicluster.fcm.uncertainty import MonteCarlo


def draws(**scenarios):
    """A result with one concept x from a list of draws for each scenario."""
    return MonteCarlo(tuple(scenarios), ("x",), np.array(list(scenarios.values()))[:, :, None])


def test_probability_by_counting():
    result = draws(a=[0.3, 0.4, 0.5, np.nan], b=[0.2, 0.4, 0.6, 0.1])
    row = probability_better(result, "a", "b").iloc[0]
    assert (row["probability"], row["tie"], row["draws"]) == (
        pytest.approx(1 / 3),
        pytest.approx(1 / 3),
        3,
    )
    assert row["difference"] == pytest.approx(0)
    assert row["standard_error"] == pytest.approx(np.sqrt(2 / 9 / 3))
    # Rounding of two steady states is no difference.
    close = probability_better(draws(a=[0.5, 0.5], b=[0.5 + 1e-12, 0.5 - 1e-12]), "a", "b")
    assert (close["tie"].item(), close["probability"].item()) == (1, 0)


def test_ranks_by_counting():
    table = rank_acceptability(draws(a=[3, 3, 1], b=[2, 3, 2], c=[1, 0, 3]), "x")
    assert table.loc["a", [1, 2, 3]].tolist() == pytest.approx([1.5 / 3, 0.5 / 3, 1 / 3])
    assert table.loc["b", [1, 2, 3]].tolist() == pytest.approx([0.5 / 3, 2.5 / 3, 0])
    assert table.loc["c", [1, 2, 3]].tolist() == pytest.approx([1 / 3, 0, 2 / 3])
    assert table["expected_rank"].tolist() == pytest.approx([5.5 / 3, 5.5 / 3, 7 / 3])


def test_less_may_be_better():
    table = rank_acceptability(draws(a=[3.0, 3.0], b=[1.0, 2.0]), {"x": -1})
    assert table[1].tolist() == [0, 1]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_every_scenario_and_every_rank_is_shared_out_fully(count, size, seed):
    values = np.random.default_rng(seed).integers(0, 4, (count, size)) / 4
    table = rank_acceptability(draws(**{f"s{k}": row for k, row in enumerate(values)}), "x")
    shares = table.drop(columns="expected_rank").to_numpy()
    assert shares.sum(axis=0) == pytest.approx(np.ones(count))
    assert shares.sum(axis=1) == pytest.approx(np.ones(count))
    better = (values[None] > values[:, None]).sum(axis=1)
    level = (values[None] == values[:, None]).sum(axis=1)
    expected = (better + (level + 1) / 2).mean(axis=1)
    assert table["expected_rank"].to_numpy() == pytest.approx(expected)


MAP = CognitiveMap(
    ["good", "bad", "weak", "y"],
    [[0, 0, 0, 0.9], [0, 0, 0, -0.9], [0, 0, 0, 0.1], [0, 0, 0, 0]],
)


def test_what_ifs_are_ranked_by_their_effect():
    start = [0.5, 0.5, 0.5, 0.5]
    levers = {"good": 1, "bad": (0, 1), "weak": 1}
    table = what_if_ranking(MAP, start, levers, "y", hold_transmitters=True)
    assert table["what_if"].tolist() == ["bad = 0", "good = 1", "weak = 1", "bad = 1"]
    baseline = simulate(MAP, start, hold_transmitters=True).state[3]
    held = simulate(MAP, start, clamp={"bad": 0}, hold_transmitters=True).state[3]
    assert table["effect"][0] == pytest.approx(held - baseline, abs=1e-11)
    # good at 1 and bad at 0 move the input of y equally: they share the first rank.
    assert table["probability_best"].tolist() == [0.5, 0.5, 0, 0]
    assert table["expected_rank"].tolist() == [1.5, 1.5, 3, 4]
    assert table["probability_better"].tolist() == [1, 1, 1, 0]


def test_pairs_of_levers_and_uncertain_weights():
    table = what_if_ranking(
        MAP,
        [0.5] * 4,
        {"good": 1, "bad": 0, "weak": 1},
        {"y": 1},
        together=2,
        weights=SpreadSampler(MAP, 0.1),
        draws=400,
        hold_transmitters=True,
    )
    assert table["clamp"][0] == {"good": 1, "bad": 0}
    assert table["probability_best"][0] == 1
    assert table["probability_best"].sum() == pytest.approx(1)
    assert (table["q05"] < table["effect"]).all() and (table["effect"] < table["q95"]).all()


def test_bad_input_is_refused():
    nothing = draws(a=[np.nan, 1.0], b=[1.0, np.nan])
    with pytest.raises(InputError, match="no draw"):
        rank_acceptability(nothing, "x")
    with pytest.raises(InputError, match="in no draw"):
        probability_better(nothing, "a", "b")
    with pytest.raises(InputError, match="none of a, b"):
        probability_better(nothing, "a", "c")
    with pytest.raises(InputError, match="none of x"):
        rank_acceptability(nothing, "z")
    with pytest.raises(InputError, match="from 1 to 1"):
        what_if_ranking(MAP, [0.5] * 4, {"good": 1}, "y", together=2)
