"""Which industries go together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unicluster.economics import co_occurrence, location_quotient, presence, relatedness, relatedness_density
from unicluster.faults import InputError

METHODS = ["proximity", "association", "probability", "cosine", "jaccard"]
COUNTS = np.array([[9.0, 2.0, 3.0], [2.0, 5.0, 1.0], [3.0, 1.0, 8.0]])
presences = hnp.arrays(bool, st.tuples(st.integers(1, 6), st.integers(2, 6)))


@given(presences)
def test_co_occurrences_are_counted(present):
    counts = co_occurrence(present)
    for i, j in np.ndindex(counts.shape):
        assert counts[i, j] == (present[:, i] & present[:, j]).sum()


@pytest.mark.parametrize(
    ("method", "value"),
    [
        # Industries 1 and 2 by hand: sums without the diagonal are 5, 3 and 4, altogether 12.
        ("proximity", 2 / 9),
        ("association", 2 * 12 / (5 * 3)),
        ("probability", 2 / ((5 / 12 * 3 / 7 + 3 / 12 * 5 / 9) * 12 / 2)),
        ("cosine", 2 / np.sqrt(15)),
        ("jaccard", 2 / (5 + 3 - 2)),
    ],
)
def test_relatedness_by_hand(method, value):
    found = relatedness(COUNTS, method)
    assert found[0, 1] == pytest.approx(value)
    np.testing.assert_array_equal(found, found.T)
    np.testing.assert_array_equal(np.diagonal(found), 0)


@pytest.mark.parametrize("method", METHODS)
def test_an_industry_that_is_nowhere_is_related_to_none(method):
    found = relatedness(np.pad(COUNTS, (0, 1)), method)
    np.testing.assert_array_equal(found[3], 0)
    np.testing.assert_allclose(found[:3, :3], relatedness(COUNTS, method))


@given(presences)
def test_density_is_the_share_of_what_is_related(present):
    related = relatedness(co_occurrence(present))
    density = relatedness_density(present, related)
    for r, i in np.ndindex(present.shape):
        whole = related[i].sum()
        if whole == 0:
            assert np.isnan(density[r, i])
        else:
            assert density[r, i] == pytest.approx(100 * related[i][present[r]].sum() / whole)


def test_a_region_with_everything_has_all_that_is_related():
    related = relatedness(COUNTS)
    np.testing.assert_allclose(relatedness_density(np.ones((1, 3)), related), 100)
    np.testing.assert_allclose(relatedness_density(np.zeros((1, 3)), related), 0)


def test_presence_is_a_quotient_of_one_or_more():
    x = np.random.default_rng(1).uniform(0, 5, (3, 4, 5))
    np.testing.assert_array_equal(presence(x), location_quotient(x) >= 1)
    assert not presence(np.array([[1.0, 0.0], [2.0, 0.0]]))[:, 1].any()


def test_every_year_by_itself():
    present = np.random.default_rng(2).random((3, 6, 4)) < 0.5
    counts = co_occurrence(present)
    for method in METHODS:
        for year in range(3):
            np.testing.assert_allclose(relatedness(counts, method)[year], relatedness(counts[year], method))


def test_wrong_counts_are_refused():
    with pytest.raises(InputError) as error:
        relatedness([[1.0, 2.0], [3.0, 1.0]], method="cosinus")
    assert len(error.value.faults) == 2
    with pytest.raises(InputError, match="3 industries by as many"):
        relatedness_density(np.ones((2, 3)), np.ones((2, 2)))
    with pytest.raises(InputError, match="square"):
        relatedness([[1.0, 2.0]])
