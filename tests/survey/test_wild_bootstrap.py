"""The wild cluster bootstrap against refitting every draw, the analytic floor and another package."""

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey.bootstrap_weights import WEIGHTS, bootstrap_weights, p_floor
from unicluster.survey.wild_bootstrap import wild_cluster_bootstrap

CASES = Path(__file__).parents[1] / "cases" / "survey"


def sample(seed=1, n=69, clusters=5, slope=0.3):
    rng = np.random.default_rng(seed)
    university = np.sort(rng.integers(0, clusters, n))
    x = rng.normal(size=n) + rng.normal(size=clusters)[university]
    z = rng.normal(size=n)
    y = 1 + slope * x + 0.5 * z + rng.normal(size=clusters)[university] * 0.5 + rng.normal(size=n)
    return y, pd.DataFrame({"x": x, "z": z}), university


def refitted(y, predictors, university, coefficient, null, points):
    """Every draw made and fitted by statsmodels, the plain way."""
    X = sm.add_constant(predictors).rename(columns={"const": "intercept"})
    restricted = X.drop(columns=coefficient)
    beta = np.linalg.lstsq(restricted.to_numpy(), y - null * X[coefficient], rcond=None)[0]
    fitted = restricted.to_numpy() @ beta + null * X[coefficient].to_numpy()
    clustered = {"cov_type": "cluster", "cov_kwds": {"groups": university}}
    drawn = []
    for weights in itertools.product(points, repeat=len(set(university))):
        again = sm.OLS(fitted + (y - fitted) * np.array(weights)[university], X).fit(**clustered)
        drawn.append((again.params[coefficient] - null) / again.bse[coefficient])
    observed = sm.OLS(y, X).fit(**clustered)
    t = (observed.params[coefficient] - null) / observed.bse[coefficient]
    return t, np.array(drawn)


@pytest.mark.parametrize(("coefficient", "null"), [("x", 0.0), ("x", 0.4), ("intercept", 0.7)])
@pytest.mark.parametrize("weights", ["rademacher", "webb"])
def test_every_draw_is_what_refitting_gives(coefficient, null, weights):
    clusters = 5 if weights == "rademacher" else 3
    y, predictors, university = sample(clusters=clusters)
    t, drawn = refitted(y, predictors, university, coefficient, null, WEIGHTS[weights])
    found = wild_cluster_bootstrap(y, predictors, university, coefficient, null=null, weights=weights)
    assert found.enumerated and found.draws == len(drawn)
    assert found.t == pytest.approx(t)
    assert np.sort(found.t_draws) == pytest.approx(np.sort(drawn), rel=1e-6)
    assert found.p == pytest.approx(np.mean(np.abs(drawn) >= abs(t) * (1 - 1e-7)))


def test_five_universities_never_reject_at_five_per_cent():
    case = json.loads((CASES / "wcr_five_clusters_pvalue_floor.json").read_text())
    clusters, n = case["inputs"]["G"], case["inputs"]["n"]
    university = np.arange(n) % clusters
    x = np.random.default_rng(0).normal(size=n)
    y = 10 * x + 0.1 * np.random.default_rng(1).normal(size=n)
    found = wild_cluster_bootstrap(y, pd.DataFrame({"x": x}), university, "x", weights=case["inputs"]["weights"])
    expected, tolerance = case["expected"], case["tolerance"]
    assert found.t > 100
    assert found.p == pytest.approx(expected["min_p"], abs=tolerance["min_p"])
    assert found.p_floor == pytest.approx(expected["min_p"], abs=tolerance["min_p"])
    assert found.draws == expected["draws"]
    assert len(set(np.abs(found.t_draws).round(6))) == expected["distinct_abs_t"]
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_webb_weights_let_five_universities_reject():
    university = np.arange(69) % 5
    x = np.random.default_rng(0).normal(size=69)
    y = 10 * x + 0.1 * np.random.default_rng(1).normal(size=69)
    found = wild_cluster_bootstrap(y, pd.DataFrame({"x": x}), university, "x")
    assert found.p_floor == pytest.approx(6 / 6**5)
    assert found.p < 0.05
    assert found.low < 10 < found.high


@pytest.mark.parametrize("weights", WEIGHTS)
def test_weights_have_mean_zero_and_variance_one(weights):
    assert WEIGHTS[weights].mean() == pytest.approx(0)
    assert (WEIGHTS[weights] ** 2).mean() == pytest.approx(1)


def test_all_combinations_are_taken_once_when_they_fit():
    v, enumerated = bootstrap_weights(5, "rademacher", 32)
    assert enumerated and len({tuple(row) for row in v}) == 32
    v, enumerated = bootstrap_weights(5, "rademacher", 31, seed=3)
    assert not enumerated and v.shape == (31, 5)
    assert p_floor(5, "rademacher", 31) == pytest.approx(1 / 32)
    assert np.array_equal(v, bootstrap_weights(5, "rademacher", 31, seed=3)[0])
    assert not np.array_equal(v, bootstrap_weights(5, "rademacher", 31, seed=4)[0])


def test_agreement_with_wildboottest():
    # wildboottest 0.3.2 on the same data, Webb weights, 99 999 draws: t 4.936609, p 0.02889.
    y, predictors, university = sample()
    found = wild_cluster_bootstrap(y, predictors, university, "x")
    assert found.t == pytest.approx(4.936609, abs=1e-6)
    simulation_error = np.sqrt(0.02889 * (1 - 0.02889) / 99_999)
    assert found.p == pytest.approx(0.02889, abs=3 * simulation_error)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.floats(-2, 2))
def test_the_interval_holds_the_nulls_that_are_not_rejected(seed, null):
    y, predictors, university = sample(seed, n=60, clusters=8)
    found = wild_cluster_bootstrap(y, predictors, university, "x", null=null, draws=399, seed=seed)
    if abs(null - found.low) > 1e-6 and abs(null - found.high) > 1e-6:
        assert (found.low < null < found.high) == (found.p > 0.05)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100), st.floats(-10, 10))
def test_units_of_the_outcome_do_not_matter(seed, scale, shift):
    y, predictors, university = sample(seed, n=50, clusters=6)
    plain = wild_cluster_bootstrap(y, predictors, university, "x", draws=199)
    turned = wild_cluster_bootstrap(shift + scale * y, predictors, university, "x", draws=199)
    assert turned.p == plain.p
    assert turned.low == pytest.approx(scale * plain.low, rel=1e-6)
    assert turned.high == pytest.approx(scale * plain.high, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_intervals_nest_with_the_confidence_level(seed):
    y, predictors, university = sample(seed, n=50, clusters=7)
    bounds = [
        wild_cluster_bootstrap(y, predictors, university, "x", draws=399, confidence=level)
        for level in (0.8, 0.9, 0.95)
    ]
    assert bounds[2].low <= bounds[1].low <= bounds[0].low <= bounds[0].estimate
    assert bounds[0].estimate <= bounds[0].high <= bounds[1].high <= bounds[2].high


@pytest.mark.slow
def test_the_test_holds_its_level_where_the_clustered_t_test_does_not():
    """8 universities of very unequal size, a predictor of the university; nominal 10 %, 400 samples."""
    sizes = [3, 4, 5, 6, 8, 10, 24, 40]
    university = np.repeat(range(8), sizes)
    X = pd.DataFrame({"x": np.array([0.2, -1, 0.5, 1.5, -0.3, 0.8, -1.2, 2.0])[university]})
    wild, plain = [], []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        y = rng.normal(size=8)[university] * 0.5 + rng.normal(size=100)
        found = wild_cluster_bootstrap(y, X, university, "x", draws=499, seed=seed)
        wild.append(found.p <= 0.1)
        plain.append(abs(found.t) > 1.645)
    assert np.mean(wild) == pytest.approx(0.1, abs=0.045)  # three simulation errors
    assert np.mean(plain) > 0.2


def test_every_fault_is_told_at_once():
    y, predictors, university = sample()
    y[3] = np.nan
    with pytest.raises(InputError) as caught:
        wild_cluster_bootstrap(y, predictors, university * 0, "q", weights="normal", draws=0)
    text = str(caught.value)
    for part in (
        "missing values in 1 of 69 rows",
        "1 cluster;",
        "found 'q'",
        "found 'normal'",
        "at least one draw",
    ):
        assert part in text


def test_what_the_data_do_not_determine_is_refused():
    y, predictors, university = sample()
    with pytest.raises(InputError, match="collinear"):
        wild_cluster_bootstrap(y, predictors.assign(w=2 * predictors["x"]), university, "x")
    with pytest.raises(InputError, match="lengths differ"):
        wild_cluster_bootstrap(y[:-1], predictors, university, "x")
    one = pd.DataFrame({"x": (university == 2).astype(float)})
    with pytest.raises(InputError, match="differ within one cluster only"):
        wild_cluster_bootstrap(np.arange(69.0) * 0 + one["x"], one, university, "x")
