"""The wild score bootstrap against scores and enumerations written by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest

from unicluster.faults import InputError
from unicluster.survey.ordinal import ordered_logit
from unicluster.survey.score_bootstrap import efficient_scores, wild_score_bootstrap


def sample(seed=0, n=80, clusters=6, slope=0.0, points=4):
    rng = np.random.default_rng(seed)
    university = np.arange(n) % clusters
    x = rng.normal(size=n) + rng.normal(size=clusters)[university]
    latent = slope * x + 0.7 * rng.normal(size=clusters)[university] + rng.logistic(size=n)
    answers = np.digitize(latent, np.linspace(-1, 1, points - 1))
    return pd.Series(pd.Categorical(answers, ordered=True)), pd.DataFrame({"x": x}), university


def standardised(x):
    return ((x - x.mean()) / x.std(ddof=0)).to_numpy()


def test_with_one_predictor_the_scores_add_up_to_wilcoxon():
    """At a slope of zero the score of the model is the sum of x times the ridit (McCullagh 1980)."""
    answers, X, university = sample()
    share = answers.value_counts(sort=False, normalize=True).to_numpy()
    ridit = share.cumsum() - share / 2
    expected = standardised(X["x"]) @ (2 * ridit - 1)[answers.cat.codes]
    assert efficient_scores(ordered_logit(answers, X, university), "x").sum() == pytest.approx(expected)


def test_with_two_points_each_score_is_that_of_a_binary_logit():
    answers, X, university = sample(points=2)
    y = answers.cat.codes.to_numpy()
    found = efficient_scores(ordered_logit(answers, X, university), "x")
    assert found.to_numpy() == pytest.approx(standardised(X["x"]) * (y - y.mean()), abs=1e-9)


def test_efficient_scores_are_orthogonal_to_the_other_predictors():
    answers, X, university = sample(1)
    X = X.assign(z=np.random.default_rng(5).normal(size=len(X)))
    full = efficient_scores(ordered_logit(answers, X, university), "x")
    shifted = X.assign(x=X["x"] + 3 * X["z"])
    moved = efficient_scores(ordered_logit(answers, shifted, university), "x")
    ratio = X["x"].std() / shifted["x"].std()
    assert moved.to_numpy() == pytest.approx(ratio * full.to_numpy(), abs=1e-6)


def test_every_sign_is_enumerated():
    answers, X, university = sample(2, slope=0.5)
    fit = ordered_logit(answers, X, university)
    sums = efficient_scores(fit, "x").groupby(university).sum().to_numpy()
    signs = np.array(list(itertools.product([-1, 1], repeat=6)))
    p = np.mean(np.abs(signs @ sums) >= abs(sums.sum()) - 1e-9)
    found = wild_score_bootstrap(fit, "x", weights="rademacher")
    assert found.enumerated and found.draws == 64
    assert found.p == pytest.approx(p)
    assert found.p_floor == 2 / 64
    assert found.statistic == pytest.approx(sums.sum() / np.sqrt((sums**2).sum()))


def test_draws_depend_on_the_seed_alone():
    answers, X, university = sample(3, clusters=8)
    fit = ordered_logit(answers, X, university)
    results = [wild_score_bootstrap(fit, "x", draws=199, seed=seed).p for seed in (1, 1, 2, 3)]
    assert results[0] == results[1]
    assert len(set(results)) > 1


def test_a_strong_effect_reaches_the_floor():
    answers, X, university = sample(4, n=200, slope=3.0)
    found = wild_score_bootstrap(ordered_logit(answers, X, university), "x", weights="rademacher")
    assert found.p == found.p_floor


@pytest.mark.slow
def test_the_test_holds_its_level():
    """Eight universities with effects of their own, no slope: at most the nominal 10 %, give or take."""
    rejected = []
    for seed in range(150):
        answers, X, university = sample(seed, n=96, clusters=8)
        fit = ordered_logit(answers, X, university)
        rejected.append(wild_score_bootstrap(fit, "x", weights="rademacher").p <= 0.1)
    assert np.mean(rejected) == pytest.approx(0.1, abs=3 * np.sqrt(0.09 / 150))


def test_every_fault_is_told_at_once():
    answers, X, _ = sample()
    with pytest.raises(InputError) as caught:
        wild_score_bootstrap(ordered_logit(answers, X), "q", weights="normal", draws=0)
    for part in ("without clusters", "found 'q'", "found 'normal'", "at least one draw"):
        assert part in str(caught.value)
