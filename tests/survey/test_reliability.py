"""Alpha and omega against R, pingouin, scikit-learn and exact one-factor data."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import FactorAnalysis
from statsmodels.multivariate.factor import Factor

from unicluster.faults import InputError
from unicluster.survey.reliability import cronbach_alpha, mcdonald_omega

CASES = Path(__file__).parents[1] / "cases" / "survey"


@pytest.fixture(scope="module")
def attitude():
    case = json.loads((CASES / "cronbach_attitude_psych.json").read_text())
    return pd.DataFrame(case["inputs"]["data"]), case


def exact(covariance, n=200):
    """Data whose sample covariance is exactly the one given."""
    z = np.random.default_rng(0).normal(size=(n, len(covariance)))
    z -= z.mean(axis=0)
    z = z @ np.linalg.inv(np.linalg.cholesky(np.cov(z, rowvar=False)).T)
    return pd.DataFrame(z @ np.linalg.cholesky(covariance).T).add_prefix("item")


def test_attitude_as_r_prints_it(attitude):
    items, case = attitude
    found = cronbach_alpha(items)
    assert found.estimate == pytest.approx(case["expected"]["raw_alpha"], abs=case["tolerance"]["raw_alpha"])
    # psych::alpha(attitude) prints Feldt's interval 0.74 to 0.92.
    assert (round(found.low, 2), round(found.high, 2)) == (0.74, 0.92)
    assert (found.respondents, found.items, found.dropped, found.against) == (30, 7, 0, ())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.8, 0.9, 0.95]))
def test_alpha_is_pingouins(seed, confidence):
    rng = np.random.default_rng(seed)
    items = pd.DataFrame(rng.integers(1, 6, (25, 4)) + rng.integers(0, 4, (25, 1)))
    estimate, interval = pingouin.cronbach_alpha(items, ci=confidence)
    found = cronbach_alpha(items, confidence)
    assert found.estimate == pytest.approx(estimate)
    assert [found.low, found.high] == pytest.approx(interval, abs=5.1e-4)


def test_dropped_rows_do_not_narrow_the_interval(attitude):
    items = attitude[0].astype(float)
    padded = pd.concat([items, items.assign(rating=np.nan)], ignore_index=True)
    found, plain = cronbach_alpha(padded), cronbach_alpha(items)
    assert (found.low, found.high, found.dropped) == (plain.low, plain.high, 30)


def test_equal_correlations_have_a_closed_form():
    r, k = 0.4, 5
    found = cronbach_alpha(exact(np.full((k, k), r) + (1 - r) * np.eye(k)))
    assert found.estimate == pytest.approx(k * r / (1 + (k - 1) * r))


def test_an_item_worded_the_other_way_is_named(attitude):
    items = attitude[0]
    assert cronbach_alpha(items.assign(raises=-items["raises"])).against == ("raises",)


def test_omega_of_an_exact_factor():
    loadings, unique = np.array([0.9, 1.4, 0.5, 2.0]), np.array([0.5, 1.0, 0.3, 2.5])
    found = mcdonald_omega(exact(np.outer(loadings, loadings) + np.diag(unique)))
    common = loadings.sum() ** 2
    assert found.estimate == pytest.approx(common / (common + unique.sum()), abs=1e-5)
    assert found.loadings.to_numpy() == pytest.approx(loadings, abs=1e-4)
    assert found.uniquenesses.to_numpy() == pytest.approx(unique, abs=1e-3)
    assert found.heywood == ()


def test_omega_equals_alpha_when_all_loadings_are_equal():
    items = exact(np.full((4, 4), 0.5) + 0.5 * np.eye(4))
    assert mcdonald_omega(items).estimate == pytest.approx(cronbach_alpha(items).estimate, abs=1e-6)


def test_omega_of_attitude_with_the_factor_of_scikit_learn(attitude):
    items = attitude[0]
    z = (items - items.mean()) / items.std(ddof=0)
    factor = FactorAnalysis(1, tol=1e-10, max_iter=50_000, svd_method="lapack").fit(z)
    loadings = factor.components_[0] * items.std().to_numpy()
    common = loadings.sum() ** 2
    expected = common / (common + (factor.noise_variance_ * items.var()).sum())
    assert mcdonald_omega(items).estimate == pytest.approx(expected, abs=1e-5)


def test_ordinal_omega_recovers_the_hidden_scale():
    rng = np.random.default_rng(1)
    loadings = np.array([0.8, 0.7, 0.6, 0.9])
    hidden = rng.normal(size=(4000, 1)) * loadings + rng.normal(size=(4000, 4)) * np.sqrt(1 - loadings**2)
    answers = pd.DataFrame(np.digitize(hidden, [-0.5, 1.0]))
    truth = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())
    assert mcdonald_omega(answers, "polychoric").estimate == pytest.approx(truth, abs=0.015)
    assert mcdonald_omega(answers).estimate < truth - 0.03


def test_an_item_without_uniqueness_is_named():
    """One factor needs a loading of sqrt(.9 .8 / .6) > 1 on the first item."""
    found = mcdonald_omega(exact(np.array([[1, 0.9, 0.8], [0.9, 1, 0.6], [0.8, 0.6, 1]])))
    assert found.heywood == ("item0",)
    assert found.uniquenesses["item0"] == pytest.approx(0.005)


@pytest.mark.parametrize("seed", range(5))
def test_the_factor_is_statsmodels_where_that_converges(seed):
    rng = np.random.default_rng(seed)
    items = pd.DataFrame(rng.normal(size=(80, 5)) + rng.normal(size=(80, 1)))
    factor = Factor(items.to_numpy(), n_factor=1, method="ml").fit(rng=0)
    found = mcdonald_omega(items)
    assert found.uniquenesses.to_numpy() / items.var().to_numpy() == pytest.approx(factor.uniqueness, abs=1e-3)


@pytest.mark.parametrize(
    ("function", "items", "reason"),
    [
        (cronbach_alpha, {"a": [1, 2, 3]}, "it needs 2 items or more; there are 1"),
        (
            cronbach_alpha,
            {"a": [1, 2, np.nan], "b": [1, 2, 3]},
            "it needs three respondents who answered every item",
        ),
        (cronbach_alpha, {"a": [2, 2, 2], "b": [1, 1, 1]}, "the sum of the items is the same for everybody"),
        (mcdonald_omega, {"a": [1, 2, 3], "b": [3, 1, 2]}, "it needs 3 items or more; there are 2"),
        (mcdonald_omega, {"a": [1, 2, 3], "b": [3, 1, 2], "c": [1, 1, 1]}, "'c' is the same for everybody"),
        (
            mcdonald_omega,
            {"a": [1, 2, 4, 3], "b": [1, 2, 4, 3], "c": [3, 1, 2, 2]},
            "the items depend on each",
        ),
    ],
)
def test_what_cannot_be_estimated_says_why(function, items, reason):
    with pytest.raises(InputError, match=f"cannot be estimated because {reason}"):
        function(pd.DataFrame(items))


def test_an_unknown_correlation_is_refused(attitude):
    with pytest.raises(InputError, match="found 'spearman': the correlation is"):
        mcdonald_omega(attitude[0], "spearman")
