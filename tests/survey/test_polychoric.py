"""Polychoric correlation against closed forms, scipy's normal and published tetrachorics."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from unicluster.faults import InputError
from unicluster.survey.polychoric import (
    bivariate_normal_cdf,
    polychoric_correlation,
    polychoric_matrix,
)


def rows(table):
    """Two columns of answers with the given counts."""
    counts = np.asarray(table)
    i, j = np.indices(counts.shape)
    return np.repeat(i.ravel(), counts.ravel()), np.repeat(j.ravel(), counts.ravel())


def drawn(rho, n, seed=0):
    z = np.random.default_rng(seed).multivariate_normal([0, 0], [[1, rho], [rho, 1]], n)
    return np.digitize(z[:, 0], [-1, 0, 1.2]), np.digitize(z[:, 1], [-0.5, 0.3, 0.9, 1.5])


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(-0.99, 0.99))
def test_the_bivariate_normal_is_scipys(a, b, rho):
    expected = multivariate_normal.cdf([a, b], cov=[[1, rho], [rho, 1]], abseps=1e-12, releps=1e-12)
    assert bivariate_normal_cdf(a, b, rho) == pytest.approx(expected, abs=1e-10)


def test_the_bivariate_normal_at_its_edges():
    assert bivariate_normal_cdf(0, 0, 0.5) == pytest.approx(0.25 + np.arcsin(0.5) / (2 * np.pi))
    assert bivariate_normal_cdf(np.inf, 0, -0.3) == pytest.approx(0.5)
    assert bivariate_normal_cdf(-np.inf, 1, 0.3) == pytest.approx(0)
    assert bivariate_normal_cdf(0, -1, 0.0) == pytest.approx(0.5 * 0.15865525)


@pytest.mark.parametrize("agreeing", [10, 20, 30, 35])
def test_a_median_split_has_a_closed_form(agreeing):
    """P(both above) = 1/4 + arcsin(rho) / 2 pi (Sheppard 1899)."""
    found = polychoric_correlation(*rows([[agreeing, 40 - agreeing], [40 - agreeing, agreeing]]))
    assert found.estimate == pytest.approx(np.sin(2 * np.pi * (agreeing / 80 - 0.25)), abs=1e-6)
    assert found.row_thresholds == pytest.approx([0.0])
    assert found.fit_df == 0 and np.isnan(found.fit_p)


def test_a_published_tetrachoric():
    # Help page of R's psych::tetrachoric: Mplus reports .35 for this table.
    assert polychoric_correlation(*rows([[61661, 85], [1610, 20]])).estimate == pytest.approx(0.35, abs=0.005)


def test_agreement_with_ordinalcorr():
    # The Python package ordinalcorr 0.9.0 gives 0.6138357 for these answers.
    found = polychoric_correlation(*drawn_before())
    assert found.estimate == pytest.approx(0.6138357, abs=1e-6)


def drawn_before():
    rng = np.random.default_rng(0)
    z = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 500)
    return np.digitize(z[:, 0], [-1, 0, 1.2]), np.digitize(z[:, 1], [-0.5, 0.3, 0.9, 1.5])


@pytest.mark.parametrize("rho", [-0.7, 0.0, 0.4])
def test_a_large_sample_gives_back_its_correlation(rho):
    found = polychoric_correlation(*drawn(rho, 20_000))
    assert found.estimate == pytest.approx(rho, abs=4 * found.standard_error)
    assert found.standard_error < 0.01
    assert found.row_thresholds == pytest.approx([-1, 0, 1.2], abs=0.05)
    assert found.fit_p > 0.001


def test_the_error_is_the_spread_over_samples():
    found = [polychoric_correlation(*drawn(0.5, 300, seed)) for seed in range(100)]
    spread = np.std([f.estimate for f in found])
    assert np.mean([f.standard_error for f in found]) == pytest.approx(spread, rel=0.25)


def test_the_fit_is_the_likelihood_ratio_of_the_table():
    counts = np.array([[20, 11, 4], [9, 25, 12], [2, 10, 30]])
    found = polychoric_correlation(*rows(counts))
    normal = multivariate_normal(cov=[[1, found.estimate], [found.estimate, 1]])
    a, b = (np.concatenate([[-9], t, [9]]) for t in (found.row_thresholds, found.column_thresholds))
    below = np.array([[normal.cdf([x, y]) for y in b] for x in a])
    cells = np.diff(np.diff(below, axis=0), axis=1)
    expected = 2 * (counts * np.log(counts / counts.sum() / cells)).sum()
    assert found.fit_statistic == pytest.approx(expected, abs=1e-3)
    assert found.fit_df == 3


def test_a_table_that_no_normal_makes_is_seen():
    table = [[40, 5, 40], [5, 60, 5], [40, 5, 40]]
    assert polychoric_correlation(*rows(table)).fit_p < 1e-6


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=9, max_size=9))
def test_only_the_order_of_the_answers_counts(counts):
    x, y = rows(np.reshape(counts, (3, 3)))
    estimate = polychoric_correlation(x, y).estimate
    assert polychoric_correlation(y, x).estimate == pytest.approx(estimate, abs=1e-5)
    assert polychoric_correlation(np.exp(x), 5 + 2 * y).estimate == pytest.approx(estimate, abs=1e-5)
    assert polychoric_correlation(x, -y).estimate == pytest.approx(-estimate, abs=1e-5)


def test_missing_answers_are_left_out_pair_by_pair():
    x, y = (a.astype(float) for a in drawn(0.5, 200))
    x[:10], y[5:15] = np.nan, np.nan
    found = polychoric_correlation(x, y)
    assert found.respondents == 185
    assert found.estimate == polychoric_correlation(x[15:], y[15:]).estimate


def test_an_empty_corner_sends_the_estimate_to_its_limit():
    for table in ([[30, 0], [0, 30]], [[2, 0, 0], [1, 38, 0], [0, 17, 2]]):
        found = polychoric_correlation(*rows(table))
        assert found.estimate > 0.999
        assert np.isnan(found.standard_error)


def test_a_matrix_of_all_pairs():
    x, y = drawn(0.6, 400)
    scores = pd.DataFrame({"x": x, "y": y, "z": np.random.default_rng(3).integers(0, 3, 400)})
    matrix, adjusted = polychoric_matrix(scores)
    assert not adjusted
    assert matrix.loc["x", "y"] == matrix.loc["y", "x"] == polychoric_correlation(y, x).estimate
    assert np.diag(matrix).tolist() == [1, 1, 1]


def test_an_impossible_matrix_is_made_positive_definite():
    """Each pair is known from other respondents: a = b, b = c, a = -c."""
    low, high = np.repeat([0.0, 1.0], 20), np.repeat([1.0, 0.0], 20)
    none = np.full(40, np.nan)
    scores = pd.DataFrame(
        {
            "a": np.concatenate([low, none, low]),
            "b": np.concatenate([low, low, none]),
            "c": np.concatenate([none, low, high]),
        }
    )
    matrix, adjusted = polychoric_matrix(scores)
    assert adjusted
    assert np.linalg.eigvalsh(matrix).min() > 0
    assert np.diag(matrix) == pytest.approx(1)


def test_what_cannot_be_estimated_says_why():
    with pytest.raises(InputError, match="because the second answer is the same for all 3"):
        polychoric_correlation([1, 2, 3], [1, 1, 1])
    with pytest.raises(InputError, match="3 and 2 rows"):
        polychoric_correlation([1, 2, 3], [1, 2])
    with pytest.raises(InputError) as caught:
        polychoric_matrix(pd.DataFrame({"a": [1, 1], "b": [1, 2], "c": [3, 3]}))
    assert "column a" in str(caught.value) and "column c" in str(caught.value)
