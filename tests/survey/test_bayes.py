"""Dirichlet posteriors: conjugacy by hand, simulation, limits, refused input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey import (
    completions,
    jeffreys,
    posterior,
    prior_concentration,
    prior_sensitivity,
    probability_greater,
)

ACTIVITY = pd.Series([1, 0, 38, 22, 2], index=["very-low", "low", "medium", "high", "very-high"])


def test_the_three_named_priors():
    assert [prior_concentration(5, prior) for prior in ("jeffreys", "uniform", "perks", 2)] == [0.5, 1, 0.2, 2]


def test_means_by_hand():
    table = posterior(ACTIVITY, "uniform").set_index("option")
    assert table.loc["medium", "mean"] == pytest.approx(39 / 68)
    assert table.loc["low", "mean"] == pytest.approx(1 / 68)
    # Variance of a Dirichlet share: m (1 - m) / (A + 1).
    assert table.loc["medium", "sd"] == pytest.approx(np.sqrt(39 / 68 * 29 / 68 / 69))


def test_with_two_options_it_is_the_jeffreys_interval():
    table = posterior([24, 45], "jeffreys", confidence=0.9)
    np.testing.assert_allclose(table[["low", "high"]], np.transpose(jeffreys([24, 45], 69, 0.9)), atol=1e-12)


def test_sensitivity_stacks_the_priors_and_more_answers_drown_them():
    few, many = (prior_sensitivity(n * ACTIVITY) for n in (1, 1000))
    assert few["prior"].unique().tolist() == ["jeffreys", "uniform", "perks"]
    between = [t.groupby("option")["mean"].agg(np.ptp).max() for t in (few, many)]
    assert between[0] > 0.01 > 1e-3 > between[1]


@given(
    st.lists(st.integers(0, 30), min_size=4, max_size=4).filter(any),
    st.sampled_from(["jeffreys", "uniform", "perks"]),
)
def test_probability_greater_agrees_with_draws_from_the_dirichlet(counts, prior):
    draws = np.random.default_rng(5).dirichlet(np.array(counts) + prior_concentration(4, prior), size=4000)
    simulated = (draws[:, 2:].sum(axis=1) > draws[:, 0]).mean()
    assert probability_greater(counts, [2, 3], [0], prior) == pytest.approx(simulated, abs=0.05)


def test_probability_greater_is_exact_and_complementary():
    # Two options and a uniform prior: P(Beta(3, 1) > 1/2) = 1 - 1/8.
    assert probability_greater([2, 0], [0], [1], "uniform") == pytest.approx(7 / 8)
    assert probability_greater([2, 0], [1], [0], "uniform") == pytest.approx(1 / 8)
    assert probability_greater([5, 9, 5], [0], [2]) == pytest.approx(0.5)


def test_unknown_answers_bound_the_probability():
    every = probability_greater(completions(ACTIVITY, 6), [3, 4], [0, 1])
    assert every.min() == probability_greater([1, 6, 38, 22, 2], [3, 4], [0, 1])
    assert every.max() == probability_greater([1, 0, 38, 22, 8], [3, 4], [0, 1])
    assert 0.99 < every.min() < every.max()


def test_credible_intervals_hold_the_share_as_often_as_believed():
    # Shares drawn from the prior, answers from the shares: then the level holds exactly.
    rng = np.random.default_rng(2)
    held = []
    for _ in range(400):
        shares = rng.dirichlet([0.5] * 4)
        table = posterior(rng.multinomial(69, shares), "jeffreys", 0.9)
        held.append((table["low"] <= shares) & (shares <= table["high"]))
    assert np.mean(held) == pytest.approx(0.9, abs=4 * stats.bernoulli(0.9).std() / np.sqrt(1600))


def test_refused_input():
    with pytest.raises(InputError, match="jeffreys, uniform, perks"):
        posterior([1, 2], "flat")
    with pytest.raises(InputError, match="weight above zero"):
        posterior([1, 2], 0)
    with pytest.raises(InputError) as error:
        probability_greater([1, 2, -3], [0, 7], [0])
    assert len(error.value.faults) == 3
    with pytest.raises(InputError, match="less"):
        probability_greater([1, 2], [0], [])
