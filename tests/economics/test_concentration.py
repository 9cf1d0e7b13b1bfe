"""Indices of concentration: their bounds, their kinship and what they do not depend on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unicluster.economics import (
    atkinson,
    concentration_ratio,
    entropy,
    gini,
    herfindahl,
    hoover,
    mean_log_deviation,
    numbers_equivalent,
    theil_t,
)
from unicluster.faults import InputError

positive = hnp.arrays(float, st.integers(2, 12), elements=st.floats(0.01, 1e6))
INEQUALITY = [gini, theil_t, mean_log_deviation, hoover, lambda x: atkinson(x, 0.5), lambda x: atkinson(x, 1)]


@pytest.mark.parametrize("index", INEQUALITY)
def test_equal_parts_have_no_inequality(index):
    assert index([7.0, 7.0, 7.0]) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("index", "bound"),
    [
        (herfindahl, 1),
        (lambda x: herfindahl(x, normalised=True), 1),
        (numbers_equivalent, 1),
        (entropy, 0),
        (lambda x: entropy(x, normalised=True), 0),
        (gini, 3 / 4),
        (lambda x: gini(x, normalised=True), 1),
        (theil_t, np.log(4)),
        (mean_log_deviation, np.inf),
        (hoover, 3 / 4),
        (lambda x: concentration_ratio(x, 1), 1),
        (lambda x: atkinson(x, 1), 1),
        (lambda x: atkinson(x, 2), 1),
    ],
)
def test_one_part_with_all_is_at_the_bound(index, bound):
    assert index([0, 0, 5, 0]) == pytest.approx(bound)


@given(positive)
def test_theil_t_and_entropy_are_complements(x):
    assert theil_t(x) == pytest.approx(np.log(len(x)) - entropy(x), abs=1e-9)
    assert entropy(x, base=2) == pytest.approx(entropy(x) / np.log(2))


@given(positive)
def test_mean_log_deviation_by_the_geometric_mean(x):
    assert mean_log_deviation(x) == pytest.approx(np.log(x.mean()) - np.log(x).mean(), abs=1e-9)
    assert atkinson(x, 1) == pytest.approx(1 - np.exp(-mean_log_deviation(x)), abs=1e-9)


@given(positive)
def test_gini_is_half_the_relative_mean_difference(x):
    differences = np.abs(np.subtract.outer(x, x))
    assert gini(x) == pytest.approx(differences.mean() / (2 * x.mean()), abs=1e-9)


@given(positive)
def test_herfindahl_by_the_coefficient_of_variation(x):
    variation = x.std() / x.mean()
    assert herfindahl(x) == pytest.approx((1 + variation**2) / len(x))
    assert 1 - 1e-9 <= numbers_equivalent(x) <= len(x) + 1e-9


@given(positive)
def test_atkinson_of_one_half_by_its_definition(x):
    equally_distributed = np.mean(np.sqrt(x)) ** 2
    assert atkinson(x, 0.5) == pytest.approx(1 - equally_distributed / x.mean(), abs=1e-9)


@given(positive, st.floats(0.1, 100))
def test_scale_and_order_do_not_matter(x, factor):
    for index in INEQUALITY:
        assert index(factor * x[::-1]) == pytest.approx(float(index(x)), abs=1e-9)


@given(st.lists(st.tuples(st.floats(0.01, 100), st.integers(1, 5)), min_size=1, max_size=6))
def test_weights_stand_for_repeated_parts(groups):
    value, times = (np.array(side) for side in zip(*groups, strict=True))
    repeated = np.repeat(value, times)
    for index in (gini, theil_t, mean_log_deviation):
        assert index(value, weights=times) == pytest.approx(float(index(repeated)), abs=1e-9)


@given(positive)
def test_weights_of_one_change_nothing(x):
    # What REAT's weighted call gets wrong by the factor n.
    for index in (gini, theil_t, mean_log_deviation):
        assert index(x, weights=np.ones(len(x))) == pytest.approx(float(index(x)), abs=1e-9)


def test_groups_need_no_order():
    # REAT sorts the values but not their weights.
    income, size = [500, 1500, 2500, 4000, 7500, 15000], [1000, 1200, 1600, 400, 200, 600]
    assert gini(income[::-1], weights=size[::-1]) == pytest.approx(float(gini(income, weights=size)))


def test_a_group_without_weight_counts_for_nothing():
    assert mean_log_deviation([0, 1, 2], weights=[0, 1, 1]) == pytest.approx(float(mean_log_deviation([1, 2])))


@given(positive)
def test_concentration_ratio_rises_to_one(x):
    ratios = [concentration_ratio(x, k) for k in range(1, len(x) + 1)]
    assert ratios[-1] == pytest.approx(1)
    assert np.all(np.diff(ratios) >= -1e-12)
    assert ratios[0] == pytest.approx(x.max() / x.sum())


def test_hoover_compares_with_a_reference():
    assert hoover([1, 3], [3, 1]) == pytest.approx(0.5)
    assert hoover([1, 0], [0, 1]) == 1
    assert hoover([2, 6], [1, 3]) == pytest.approx(0)


@pytest.mark.parametrize("index", [herfindahl, entropy, gini, theil_t, mean_log_deviation, hoover])
def test_every_row_of_a_table_by_itself(index):
    table = np.random.default_rng(1).uniform(0.1, 9, (3, 4, 5))
    together = index(table)
    assert together.shape == (3, 4)
    for place in np.ndindex(3, 4):
        assert together[place] == pytest.approx(float(index(table[place])))


@pytest.mark.parametrize("index", [herfindahl, entropy, gini, theil_t, hoover])
def test_nothing_at_all_has_no_concentration(index):
    found = index([[0.0, 0.0], [1.0, 3.0]])
    assert np.isnan(found[0]) and np.isfinite(found[1])


def test_one_part_alone_cannot_be_normalised():
    assert gini([5.0]) == 0
    assert np.isnan(gini([5.0], normalised=True))
    assert np.isnan(herfindahl([5.0], normalised=True))


def test_all_faults_of_the_amounts_at_once():
    with pytest.raises(InputError) as error:
        gini([1.0, np.nan, -2.0], weights=[1.0, np.inf, 1.0])
    assert len(error.value.faults) == 3
    assert "the first at [1]" in str(error.value) and "the first at [2]" in str(error.value)


def test_wrong_arguments_are_refused():
    for call in (
        lambda: gini([1, 2], weights=[1, 1], normalised=True),
        lambda: concentration_ratio([1, 2], 3),
        lambda: atkinson([1, 2], -1),
        lambda: herfindahl([]),
        lambda: theil_t([1, 2], weights=[1, 1, 1]),
        lambda: hoover([1, 2], [1, 2, 3]),
    ):
        with pytest.raises(InputError):
            call()
