"""Bounds: the article's numbers by hand, and that they hold every admissible completion."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey import (
    completions,
    extra_mentions,
    frechet_bounds,
    imbens_manski,
    imbens_manski_quantile,
    imbens_manski_share,
    jeffreys,
    manski_bounds,
    overlap_bounds,
)

FUNDING = pd.Series([40, 29, 17, 7], index=["state", "grants", "sales", "other"])


def test_high_activity_and_stability_of_the_article():
    low, high = manski_bounds([22 + 2, 38 + 6], 69, 6)
    np.testing.assert_allclose(low, [24 / 69, 44 / 69])
    np.testing.assert_allclose(high, [30 / 69, 50 / 69])
    assert np.round(100 * np.array([low, high]), 1).T.tolist() == [[34.8, 43.5], [63.8, 72.5]]


@given(st.lists(st.integers(0, 5), min_size=2, max_size=4).filter(any), st.integers(0, 5))
def test_manski_bounds_are_the_extremes_of_all_completions(counts, residual):
    every = completions(counts, residual)
    base = sum(counts) + residual
    low, high = manski_bounds(counts, base, residual)
    np.testing.assert_array_equal(every.min(axis=0) / base, low)
    np.testing.assert_array_equal(every.max(axis=0) / base, high)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=4).filter(any), st.integers(0, 4), st.data())
def test_completions_are_all_there_once(counts, residual, data):
    into = data.draw(st.sets(st.integers(0, len(counts) - 1), min_size=1))
    added = (completions(counts, residual, sorted(into)) - counts).tolist()
    places = [range(residual + 1) if place in into else [0] for place in range(len(counts))]
    assert added == [list(way) for way in product(*places) if sum(way) == residual]


def test_state_and_grants_of_the_article():
    assert frechet_bounds(40, 29, 69) == (0, 29)
    assert extra_mentions(FUNDING, 69).low == 24


@given(st.integers(1, 7).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))))
def test_frechet_bounds_are_what_subsets_can_do(answers):
    first, second, base = answers
    fixed = set(range(first))
    found = [len(fixed & set(other)) for other in combinations(range(base), second)]
    assert frechet_bounds(*answers) == (min(found), max(found))
    assert set(found) == set(range(min(found), max(found) + 1))


@given(
    st.integers(2, 4).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n), min_size=2, max_size=3))),
    st.booleans(),
)
def test_overlap_bounds_are_what_respondents_can_do(answers, everyone):
    base, counts = answers
    if everyone and sum(counts) < base:
        with pytest.raises(InputError, match="fewer mentions"):
            overlap_bounds(counts, base, everyone=True)
        return
    table = overlap_bounds(counts, base, everyone)
    sets = [[set(s) for s in combinations(range(base), count)] for count in counts]
    ways = [way for way in product(*sets) if not everyone or len(set().union(*way)) == base]
    for row in table.itertuples():
        found = [len(way[row.first] & way[row.second]) for way in ways]
        assert (row.low, row.high) == (min(found), max(found))
    if not everyone:
        extra = [sum(map(len, way)) - len(set().union(*way)) for way in ways]
        assert extra_mentions(counts, base) == (min(extra), max(extra))


def test_overlaps_of_funding_sources():
    free = overlap_bounds(FUNDING, 69).set_index(["first", "second"])
    covering = overlap_bounds(FUNDING, 69, everyone=True).set_index(["first", "second"])
    assert tuple(free.loc[("state", "grants")]) == (0, 29)
    # If everyone names a source, 93 - 69 = 24 mentions are second ones.
    assert tuple(covering.loc[("state", "grants")]) == (0, 24)


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_imbens_manski_quantile_solves_its_equation_between_one_and_two_sides(confidence):
    stretch = np.array([0, 0.3, 1, 2, 5, np.inf])
    quantile = imbens_manski_quantile(stretch, confidence)
    held = stats.norm.cdf(quantile + stretch) - stats.norm.cdf(-quantile)
    np.testing.assert_allclose(held, confidence, atol=1e-10)
    assert quantile[0] == pytest.approx(stats.norm.ppf((1 + confidence) / 2))
    assert quantile[-1] == pytest.approx(stats.norm.ppf(confidence))
    assert (np.diff(quantile) < 0).all()


def test_imbens_manski_by_hand():
    # Bounds ten errors apart: one-sided 1.6449 on either side.
    assert imbens_manski(0.2, 0.7, 0.05, 0.04) == pytest.approx((0.2 - 0.082243, 0.7 + 0.065794), abs=1e-5)
    assert imbens_manski(0.4, 0.4, 0.1, 0.1) == pytest.approx((0.4 - 0.195996, 0.4 + 0.195996), abs=1e-5)
    assert imbens_manski(0.2, 0.3, 0.0, 0.0) == (0.2, 0.3)
    # The larger error decides how far apart the bounds are: 0.05 is one of them.
    quantile = imbens_manski_quantile(1.0)
    assert imbens_manski(0.3, 0.35, 0.05, 0.02) == pytest.approx((0.3 - 0.05 * quantile, 0.35 + 0.02 * quantile))


@given(
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.data(),
    st.tuples(st.floats(0.55, 0.99), st.floats(0.55, 0.99)),
)
def test_share_interval_holds_the_bounds_and_nests(answers, data, levels):
    count, base = answers
    residual = data.draw(st.integers(0, base - count))
    bounds = manski_bounds(count, base, residual)
    inner, outer = (imbens_manski_share(count, base, residual, level) for level in sorted(levels))
    assert outer.low <= inner.low + 1e-9
    assert inner.high - 1e-9 <= outer.high
    assert inner.low <= bounds.low + 1e-9 and bounds.high - 1e-9 <= inner.high
    if residual == 0:
        assert inner == pytest.approx(jeffreys(count, base, min(levels)), abs=1e-8)


def test_clusters_widen_the_share_interval():
    alone, clustered = (imbens_manski_share(24, 69, 6, deff=deff) for deff in (1, 2.28))
    assert clustered.low < alone.low < 24 / 69 < 30 / 69 < alone.high < clustered.high
    # By hand at the effective sample of 69 / 2.28.
    error = np.sqrt(30 / 69 * 39 / 69 * 2.28 / 69)
    tail = stats.norm.sf(imbens_manski_quantile(6 / 69 / error))
    size = 69 / 2.28
    assert clustered.low == pytest.approx(stats.beta.ppf(tail, 24 / 69 * size + 0.5, 45 / 69 * size + 0.5))
    assert clustered.high == pytest.approx(stats.beta.isf(tail, 30 / 69 * size + 0.5, 39 / 69 * size + 0.5))


def test_refused_input():
    with pytest.raises(InputError, match=r"24 \+ 50 unknown.*69 respondents"):
        manski_bounds([24, 3], 69, [50, 0])
    with pytest.raises(InputError) as error:
        frechet_bounds([70, 3], [3, 71], 69)
    assert "count[0]" in str(error.value)
    with pytest.raises(InputError, match="places are 0 to 1"):
        completions([1, 2], 3, into=[2])
    with pytest.raises(InputError, match="too many"):
        completions([1] * 12, 60)
    with pytest.raises(InputError) as error:
        imbens_manski(0.5, 0.4, -1, 0)
    assert len(error.value.faults) == 2
    with pytest.raises(InputError, match="design effect"):
        imbens_manski_share(24, 69, 6, deff=0)
