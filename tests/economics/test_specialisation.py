"""Location quotient and the specialisation of regions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unicluster.economics import (
    average_location_quotient,
    gini_specialisation,
    hachman,
    krugman_specialisation,
    location_quotient,
    location_quotient_bootstrap,
    location_quotient_interval,
    specialisation_coefficient,
)
from unicluster.faults import InputError

tables = hnp.arrays(float, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=st.floats(0.01, 1e4))
INDICES = [
    krugman_specialisation,
    specialisation_coefficient,
    average_location_quotient,
    hachman,
    gini_specialisation,
]


@given(tables)
def test_location_quotient_by_its_definition(x):
    found = location_quotient(x)
    for r, i in np.ndindex(x.shape):
        assert found[r, i] == pytest.approx((x[r, i] / x[r].sum()) / (x[:, i].sum() / x.sum()))


@given(tables)
def test_weighted_mean_of_the_quotients_is_one(x):
    quotient = location_quotient(x)
    np.testing.assert_allclose(x.sum(axis=1) / x.sum() @ quotient, 1)
    np.testing.assert_allclose(quotient @ (x.sum(axis=0) / x.sum()), 1)


@given(tables)
def test_regions_like_the_whole_are_not_specialised(x):
    alike = np.outer(x[:, 0], x[0])
    np.testing.assert_allclose(location_quotient(alike), 1)
    for index in (krugman_specialisation, specialisation_coefficient, gini_specialisation):
        np.testing.assert_allclose(index(alike), 0, atol=1e-9)
    np.testing.assert_allclose(hachman(alike), 1)


@given(st.integers(2, 6))
def test_regions_with_nothing_in_common_are_at_the_bound(n):
    apart = np.eye(n)
    np.testing.assert_allclose(krugman_specialisation(apart, reference="rest"), 2)
    np.testing.assert_allclose(krugman_specialisation(apart, reference="mean"), 2)
    np.testing.assert_allclose(krugman_specialisation(apart), 2 * (1 - 1 / n))
    np.testing.assert_allclose(specialisation_coefficient(apart), 1 - 1 / n)
    np.testing.assert_allclose(hachman(apart), 1 / n)
    np.testing.assert_allclose(gini_specialisation(apart), 1 - 1 / n)


@given(tables)
def test_indices_stay_within_their_bounds(x):
    for reference in ("total", "rest", "mean"):
        found = krugman_specialisation(x, reference=reference)
        assert ((found >= 0) & (found <= 2 + 1e-12)).all()
    assert ((hachman(x) > 0) & (hachman(x) <= 1 + 1e-12)).all()
    assert ((gini_specialisation(x) >= -1e-12) & (gini_specialisation(x) < 1)).all()


@given(tables)
def test_gini_of_specialisation_by_all_pairs(x):
    weight = x.sum(axis=0) / x.sum()
    for quotient, found in zip(location_quotient(x), gini_specialisation(x), strict=True):
        pairs = np.abs(np.subtract.outer(quotient, quotient)) * np.outer(weight, weight)
        assert found == pytest.approx(pairs.sum() / 2, abs=1e-9)


@pytest.mark.parametrize("index", [location_quotient, *INDICES])
def test_every_year_by_itself(index):
    panel = np.random.default_rng(3).uniform(0, 9, (4, 3, 5))
    together = index(panel)
    for year in range(4):
        np.testing.assert_allclose(together[year], index(panel[year]))


@pytest.mark.parametrize("index", [location_quotient, *INDICES])
def test_a_larger_whole_is_what_counts(index):
    x = np.random.default_rng(4).uniform(1, 9, (3, 5))
    nation = x.sum(axis=0)
    np.testing.assert_allclose(index(x[:1], total=nation), index(x)[:1])


def test_empty_regions_and_industries_are_missing_not_infinite():
    x = np.array([[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [0.0, 0.0, 0.0]])
    quotient = location_quotient(x)
    assert np.isnan(quotient[2]).all() and np.isnan(quotient[:, 2]).all()
    np.testing.assert_allclose(quotient[:2, :2], location_quotient(x[:2, :2]))
    for index in INDICES:
        found = index(x)
        assert np.isnan(found[2])
        np.testing.assert_allclose(found[:2], index(x[:2, :2]))


def test_interval_covers_as_often_as_it_says():
    share = np.array([[0.02, 0.08, 0.10], [0.10, 0.25, 0.45]])
    true = location_quotient(share)
    drawn = np.random.default_rng(5).multinomial(2000, share.ravel(), size=4000).reshape(-1, 2, 3)
    lower, upper = location_quotient_interval(drawn, confidence=0.9)
    covered = ((lower <= true) & (true <= upper)).mean(axis=0)
    # Four binomial standard errors of 4000 draws.
    np.testing.assert_allclose(covered, 0.9, atol=4 * np.sqrt(0.09 / 4000))


def test_interval_widens_with_the_root_of_the_design_effect():
    x = np.array([[40.0, 60.0], [100.0, 400.0]])
    quotient = location_quotient(x)
    _, upper = location_quotient_interval(x)
    _, wide = location_quotient_interval(x, design_effect=9)
    np.testing.assert_allclose(np.log(wide / quotient), 3 * np.log(upper / quotient))


def test_interval_is_missing_where_a_region_has_none():
    lower, upper = location_quotient_interval(np.array([[0.0, 5.0], [5.0, 5.0]]))
    assert np.isnan(lower[0, 0]) and np.isnan(upper[0, 0]) and np.isfinite(lower[1]).all()


def test_bootstrap_agrees_with_the_analytic_interval():
    x = np.array([[400, 600, 900], [1000, 4000, 3000]])
    analytic, drawn = location_quotient_interval(x), location_quotient_bootstrap(x, draws=4000, seed=6)
    for one, other in zip(analytic, drawn, strict=True):
        np.testing.assert_allclose(one, other, rtol=0.01)


def test_one_draw_of_the_bootstrap_is_its_own_interval():
    lower, upper = location_quotient_bootstrap(np.array([[4, 6], [10, 40]]), draws=1, seed=3)
    np.testing.assert_array_equal(lower, upper)


def test_bootstrap_of_clustered_units_is_wider():
    x = np.array([[400, 600], [1000, 4000]])
    (lower, upper), (low, high) = (location_quotient_bootstrap(x, 2000, 4, design_effect=d) for d in (1, 25))
    np.testing.assert_allclose((high - low) / (upper - lower), 5, rtol=0.15)


def test_bootstrap_repeats_with_its_seed():
    x = np.array([[4, 6], [10, 40]])
    first, second, third = (location_quotient_bootstrap(x, 50, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, third)


def test_wrong_tables_are_refused_in_full():
    with pytest.raises(InputError) as error:
        location_quotient([[1.0, -1.0], [np.nan, 2.0]], total=[1.0, 2.0, 3.0])
    assert len(error.value.faults) == 3
    with pytest.raises(InputError, match="sum of its regions"):
        hachman([[5.0, 1.0]], total=[4.0, 1.0])
    with pytest.raises(InputError, match="last two axes"):
        location_quotient([1.0, 2.0])
    with pytest.raises(InputError, match="two regions"):
        krugman_specialisation([[1.0, 2.0]], reference="mean")
    with pytest.raises(InputError, match="reference"):
        krugman_specialisation([[1.0, 2.0]], reference="nation")
    with pytest.raises(InputError) as error:
        location_quotient_interval([[1.0, 2.0]], confidence=1.5, design_effect=0)
    assert len(error.value.faults) == 2
    with pytest.raises(InputError) as error:
        location_quotient_bootstrap(np.zeros((2, 3, 4)), draws=0, seed=1)
    assert len(error.value.faults) == 3
