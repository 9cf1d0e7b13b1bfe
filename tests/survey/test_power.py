"""Power: the numbers of the review, statsmodels and Cohen's tables, simulation against approximation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from unicluster.faults import InputError
from unicluster.survey import (
    attenuated_correlation,
    correlation_power,
    correlation_sample,
    detectable_difference,
    latent_normal_table,
    ordinal_power,
)
from unicluster.survey.polychoric import polychoric_correlation

ACTIVITY, STABILITY = [1, 6, 38, 22, 2], [2, 6, 17, 38, 6]


def test_the_survey_and_two_universities_of_fourteen():
    assert detectable_difference(69) == pytest.approx(0.165, abs=5e-4)
    # Two groups of 14 tell as much about a difference as one of 7 about a share.
    assert detectable_difference(14 / 2) == pytest.approx(0.436, abs=5e-4)


@given(st.integers(10, 2000), st.floats(0.05, 0.7), st.floats(0.5, 0.99), st.floats(0.001, 0.2))
def test_statsmodels_gives_the_power_back(base, share, power, alpha):
    difference = detectable_difference(base, share, power, alpha)
    if np.isfinite(difference):
        effect = proportion_effectsize(share + difference, share)
        found = NormalIndPower().power(effect, base, alpha, ratio=0, alternative="larger")
        one_tail = NormalIndPower().power(effect, base, alpha / 2, ratio=0, alternative="larger")
        assert one_tail == pytest.approx(power, abs=1e-6) and found > one_tail


def test_nothing_above_one_can_be_found():
    assert np.isnan(detectable_difference(69, 0.98))
    assert detectable_difference(69, 0.02) == pytest.approx(0.09, abs=0.02)


@pytest.mark.parametrize(("correlation", "needed"), [(0.1, 783), (0.3, 85), (0.5, 30)])
def test_samples_for_cohens_small_medium_and_large(correlation, needed):
    # By Fisher's z; Cohen (1988), table 3.4.1, has 783, 84 and 28 by an exact method.
    assert correlation_sample(correlation) == needed
    assert correlation_power(correlation, needed) >= 0.8 > correlation_power(correlation, needed - 1)
    assert correlation_sample(-correlation) == needed


@given(st.floats(0.05, 0.95), st.floats(0.1, 0.99), st.floats(0.01, 0.3))
def test_the_sample_is_the_least(correlation, power, alpha):
    needed = correlation_sample(correlation, power, alpha)
    assert correlation_power(correlation, needed, alpha) >= power - 1e-12
    assert needed == 4 or correlation_power(correlation, needed - 1, alpha) < power


def test_correlation_power_against_simulation():
    rng = np.random.default_rng(0)
    x, e = rng.standard_normal((2, 4000, 30))
    y = 0.5 * x + np.sqrt(0.75) * e
    assert correlation_power(0.5, 30) == pytest.approx((stats.pearsonr(x, y, axis=1).pvalue < 0.05).mean(), abs=0.03)
    assert correlation_power(0, [4, 100]) == pytest.approx(0.05)


def test_attenuation_by_spearman_brown():
    # Reliability of a mean of 14 with an icc of 0.1: 1.4 / 2.3.
    assert attenuated_correlation(0.5, 14, 0.1) == pytest.approx(0.5 * np.sqrt(1.4 / 2.3))
    assert attenuated_correlation(0.5, [1, 10], 1).tolist() == [0.5, 0.5]
    assert attenuated_correlation(0.5, 10, 0) == 0


@pytest.mark.parametrize("correlation", [-0.8, 0.0, 0.4])
def test_latent_table_has_the_margins_and_the_correlation(correlation):
    cells = latent_normal_table(ACTIVITY, STABILITY, correlation)
    np.testing.assert_allclose(cells.sum(axis=1), np.array(ACTIVITY) / 69, atol=1e-12)
    np.testing.assert_allclose(cells.sum(axis=0), np.array(STABILITY) / 69, atol=1e-12)
    if correlation == 0:
        np.testing.assert_allclose(cells, np.outer(ACTIVITY, STABILITY) / 69**2, atol=1e-12)
    counts = np.rint(cells * 20_000).astype(int)
    rows, columns = (np.repeat(side.ravel(), counts.ravel()) for side in np.indices(counts.shape))
    assert polychoric_correlation(rows, columns).estimate == pytest.approx(correlation, abs=0.01)


def test_ordinal_power_keeps_the_level_and_grows():
    power = ordinal_power(ACTIVITY, STABILITY, [0, 0.3, 0.6], [20, 69, 200], draws=2000)
    np.testing.assert_allclose(power[0], 0.05, atol=0.02)
    assert (np.diff(power, axis=0) > 0).all() and (np.diff(power[1:], axis=1) >= 0).all()
    # Coarse answers find less than the normal variables themselves would.
    assert power[1, 1] < correlation_power(0.3, 69)
    np.testing.assert_array_equal(power, ordinal_power(ACTIVITY, STABILITY, [0, 0.3, 0.6], [20, 69, 200]))


def test_ordinal_power_uses_the_t_test_with_few_respondents():
    power = ordinal_power([1] * 15, [1] * 15, 0, 10, draws=10_000).item()
    ranks = np.random.default_rng(1).random((2, 10_000, 10)).argsort(axis=-1)
    known = (stats.pearsonr(*ranks, axis=1).pvalue < 0.05).mean()
    assert power == pytest.approx(known, abs=0.012)


def test_a_question_that_all_answer_alike_finds_nothing():
    assert ordinal_power([69, 0], STABILITY, 0.5, 69, draws=10).item() == 0


def test_refused_input():
    with pytest.raises(InputError) as error:
        detectable_difference([69, 0], 1.5, 80)
    assert len(error.value.faults) == 3
    with pytest.raises(InputError, match="not 0"):
        correlation_sample(0)
    with pytest.raises(InputError) as error:
        correlation_power(1, 3)
    assert len(error.value.faults) == 2
    with pytest.raises(InputError, match="respondents"):
        attenuated_correlation(0.5, 0, 0.1)
    with pytest.raises(InputError) as error:
        ordinal_power(ACTIVITY, STABILITY, [1], [3], draws=0)
    assert len(error.value.faults) == 3
