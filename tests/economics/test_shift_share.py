"""Shift-share: its components add up, and each is what its author says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unicluster.economics import arcelus, dynamic_shift_share, esteban_marquillas, shift_share
from unicluster.faults import InputError

METHODS = [shift_share, esteban_marquillas, arcelus]
amount = st.floats(0.1, 1e5)
two_dates = st.tuples(st.integers(1, 4), st.integers(1, 5)).flatmap(
    lambda shape: st.tuples(*[hnp.arrays(float, shape, elements=amount)] * 2)
)
# Farhauer and Kröll's regions A, B and C over four industries.
START = np.array([[90.0, 20, 10, 60], [60, 30, 30, 40], [250, 100, 110, 300]])
END = np.array([[100.0, 40, 10, 55], [85, 55, 40, 35], [255, 115, 85, 390]])


@pytest.mark.parametrize("method", METHODS)
@given(two_dates)
def test_components_add_up_to_the_change(method, dates):
    start, end = dates
    found = method(start, end)
    scale = max(start.max(), end.max()) ** 2 / start.min()
    np.testing.assert_allclose(found.change, end - start, atol=1e-9 * scale)
    np.testing.assert_allclose(found.sum(-1).change, (end - start).sum(axis=-1), atol=1e-9 * scale)


@given(two_dates)
def test_shifts_cancel_over_the_whole(dates):
    start, end = dates
    found = shift_share(start, end).sum((-2, -1))
    scale = max(start.max(), end.max()) ** 2 / start.min()
    assert found.national == pytest.approx((end - start).sum(), abs=1e-9 * scale)
    assert found.mix == pytest.approx(0, abs=1e-9 * scale)
    assert found.regional == pytest.approx(0, abs=1e-9 * scale)


@given(two_dates)
def test_further_methods_split_the_classical_components(dates):
    start, end = dates
    classical, esteban, arcelian = (method(start, end) for method in METHODS)
    scale = 1e-9 * max(start.max(), end.max()) ** 2 / start.min()
    np.testing.assert_allclose(esteban.competitive + esteban.allocation, classical.regional, atol=scale)
    np.testing.assert_allclose(
        arcelian.national_expected + arcelian.national_differential, classical.national, atol=scale
    )
    np.testing.assert_allclose(arcelian.mix_expected + arcelian.mix_differential, classical.mix, atol=scale)


def test_esteban_marquillas_by_hand():
    # Region A, industry 1: 180 of 1100, so 400 * 180 / 1100 homothetic; own growth 10/90, nation's 40/400.
    found = esteban_marquillas(START, END)
    homothetic, advantage = 400 * 180 / 1100, 10 / 90 - 40 / 400
    assert found.competitive[0, 0] == pytest.approx(homothetic * advantage)
    assert found.allocation[0, 0] == pytest.approx((90 - homothetic) * advantage)


def test_arcelus_by_hand():
    # The same cell; region A grows by 25 on 180, the nation by 165 on 1100.
    found = arcelus(START, END)
    homothetic, region, nation = 400 * 180 / 1100, 25 / 180, 165 / 1100
    assert found.regional_expected[0, 0] == pytest.approx(homothetic * (region - nation))
    assert found.regional_differential[0, 0] == pytest.approx((90 - homothetic) * (region - nation))
    left = 10 / 90 - region - 40 / 400 + nation
    assert found.regional_mix_expected[0, 0] == pytest.approx(homothetic * left)
    assert found.mix_differential[0, 0] == pytest.approx((90 - homothetic) * (40 / 400 - nation))


def test_a_region_with_the_nation_s_structure_has_no_allocation():
    start = np.array([[10.0, 30], [20, 60]])
    found = esteban_marquillas(start, [[15.0, 31], [18, 66]])
    np.testing.assert_allclose(found.allocation, 0, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_the_nation_may_be_more_than_its_regions(method):
    nation = START.sum(axis=0), END.sum(axis=0)
    part, whole = method(START[:1], END[:1], *nation), method(START, END)
    for name in vars(part):
        np.testing.assert_allclose(getattr(part, name), getattr(whole, name)[:1])


@pytest.mark.parametrize("method", METHODS)
def test_dynamic_components_are_those_of_each_period(method):
    panel = np.stack([START, END, END[::-1] + 1])
    found = dynamic_shift_share(panel, method=method)
    for period in range(2):
        alone = method(panel[period], panel[period + 1])
        for name in vars(alone):
            np.testing.assert_allclose(getattr(found, name)[period], getattr(alone, name))
    np.testing.assert_allclose(found.sum(0).change, panel[-1] - panel[0])


def test_dynamic_with_a_nation():
    panel = np.stack([START, END])
    nation = 2 * panel.sum(axis=1)
    found = dynamic_shift_share(panel, nation)
    np.testing.assert_allclose(found.national[0], shift_share(START, END).national)


def test_a_cell_that_starts_empty_has_a_regional_component_but_no_rate():
    start, end = np.array([[0.0, 5.0], [5.0, 5.0]]), np.array([[4.0, 5.0], [5.0, 6.0]])
    classical = shift_share(start, end)
    assert (classical.national[0, 0], classical.mix[0, 0], classical.regional[0, 0]) == (0, 0, 4)
    extended = esteban_marquillas(start, end)
    assert np.isnan(extended.competitive[0, 0]) and np.isfinite(extended.competitive[1]).all()


def test_an_industry_new_to_the_whole_is_all_regional():
    found = shift_share([[0.0, 5.0]], [[4.0, 5.0]])
    np.testing.assert_allclose(found.change, [[4.0, 0.0]])
    assert found.regional[0, 0] == 4


def test_wrong_dates_are_refused_in_full():
    with pytest.raises(InputError) as error:
        shift_share([[1.0, -1.0]], [[1.0, np.nan, 3.0]], reference_start=[1.0, 2.0])
    assert len(error.value.faults) == 4
    with pytest.raises(InputError, match="region has"):
        shift_share([[1.0, 1.0]], [[1.0, 1.0]], [0.0, 5.0], [1.0, 5.0])
    with pytest.raises(InputError, match="industries"):
        shift_share([[1.0, 1.0]], [[1.0, 1.0]], [5.0], [5.0])
    with pytest.raises(InputError, match="no growth"):
        shift_share([[0.0]], [[1.0]])
    with pytest.raises(InputError, match="two dates"):
        dynamic_shift_share([[[1.0]]])
    with pytest.raises(InputError, match="like the panel"):
        dynamic_shift_share(np.ones((2, 1, 1)), np.ones((2, 2)))
