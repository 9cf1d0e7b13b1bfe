"""The design: the numbers of the review by hand, reference formulas, limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey import (
    clopper_pearson,
    design_effect,
    design_effect_bounds,
    design_table,
    effective_sample_size,
    finite_population_correction,
    korn_graubard,
    t_interval,
)

ICC = np.array([0.01, 0.05, 0.1, 0.2])


def test_five_universities_of_13_8():
    deff = design_effect(ICC, 69 / 5)
    np.testing.assert_allclose(deff, [1.128, 1.64, 2.28, 3.56])
    assert np.round(effective_sample_size(69, deff)).tolist() == [61, 42, 30, 19]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.floats(0, 1))
def test_unequal_sizes_through_their_coefficient_of_variation(sizes, icc):
    # Eldridge, Ashby and Kerry (2006): 1 + ((cv² + 1) mean - 1) icc.
    mean, cv = np.mean(sizes), np.std(sizes) / np.mean(sizes)
    assert design_effect(icc, sizes) == pytest.approx(1 + ((cv**2 + 1) * mean - 1) * icc)


def test_it_is_the_variance_of_a_mean_of_alike_answers():
    sizes, icc = [3, 1, 5], 0.3
    group = np.repeat(range(3), sizes)
    covariance = np.where(group[:, None] == group, icc, 0.0)
    np.fill_diagonal(covariance, 1)
    assert design_effect(icc, sizes) == pytest.approx(covariance.sum() / 9)


@given(st.integers(1, 6), st.integers(0, 40), st.data())
def test_bounds_hold_every_partition_of_the_respondents(universities, spare, data):
    base = universities + spare
    cuts = sorted(data.draw(st.lists(st.integers(0, spare), min_size=universities - 1, max_size=universities - 1)))
    sizes = np.diff([0, *cuts, spare]) + 1
    low, high = design_effect_bounds(0.1, base, universities)
    assert low - 1e-12 <= design_effect(0.1, sizes) <= high + 1e-12


def test_bounds_are_reached():
    assert design_effect_bounds(0.1, 69, 5).low == design_effect(0.1, [14, 14, 14, 14, 13])
    assert design_effect_bounds(0.1, 69, 5, least=3).high == design_effect(0.1, [57, 3, 3, 3, 3])


def test_five_of_eleven_universities():
    assert finite_population_correction(5, 11) == pytest.approx(0.739, abs=5e-4)
    assert finite_population_correction([0, 11], 11).tolist() == [1, 0]


def test_t_with_four_degrees_of_freedom():
    low, high = t_interval(38, 69, 1.64, universities=5)
    half = 2.776445 * np.sqrt(1.64 * 38 / 69 * 31 / 69 / 69)
    assert (low, high) == pytest.approx((38 / 69 - half, 38 / 69 + half), abs=1e-6)


def test_korn_graubard_by_hand():
    # n* = 69 / 2.28 times (t with 68 df over t with 4 df) squared, then Clopper and Pearson.
    size = 69 / 2.28 * (1.995469 / 2.776445) ** 2
    low, high = korn_graubard(22, 69, 2.28, universities=5)
    share = 22 / 69
    assert low == pytest.approx(stats.beta.ppf(0.025, share * size, size - share * size + 1), abs=1e-6)
    assert high == pytest.approx(stats.beta.isf(0.025, share * size + 1, size - share * size), abs=1e-6)


@given(st.integers(0, 69), st.floats(1, 5))
def test_korn_graubard_is_wider_than_a_random_sample_and_nests(count, deff):
    inner = korn_graubard(count, 69, deff, 5, 0.9)
    for narrower, wider in (
        (clopper_pearson(count, 69, 0.9), inner),
        (inner, korn_graubard(count, 69, deff, 5, 0.95)),
        (inner, korn_graubard(count, 69, deff + 1, 5, 0.9)),
    ):
        assert wider.low <= narrower.low + 1e-12
        assert narrower.high - 1e-12 <= wider.high


def test_with_as_many_clusters_as_respondents_it_is_clopper_pearson():
    for end, exact in zip(korn_graubard([3, 40], 69, 1, 69), clopper_pearson([3, 40], 69), strict=True):
        np.testing.assert_allclose(end, exact)


def test_a_sample_is_never_worth_more_than_its_respondents():
    assert korn_graubard(22, 69, 0.3, 5) == pytest.approx(clopper_pearson(22, 69))


def test_design_table():
    table = design_table(69, 5, icc=[0, 0.2])
    assert table["design_effect"].tolist() == pytest.approx([1, 3.56])
    assert table["effective_sample"].tolist() == pytest.approx([69, 19.38], abs=0.01)
    # 65 in one university and one in each other: (65² + 4) / 69 = 61.29.
    assert table["design_effect_high"].iloc[1] == pytest.approx(1 + 60.2899 * 0.2, abs=1e-4)
    assert table["half_width"].iloc[0] == pytest.approx(2.776445 * 0.5 / np.sqrt(69), abs=1e-6)


def test_refused_input():
    with pytest.raises(InputError) as error:
        design_effect([-0.1, 2], [3, 0])
    assert len(error.value.faults) == 3
    with pytest.raises(InputError, match="need more"):
        design_effect_bounds(0.1, 4, 5)
    with pytest.raises(InputError) as error:
        korn_graubard([70, 3.5], 69, 0, universities=1)
    assert len(error.value.faults) == 4
    with pytest.raises(InputError, match="universities"):
        design_table(69, 1)
    with pytest.raises(InputError, match="more than the 11"):
        finite_population_correction(12, 11)
