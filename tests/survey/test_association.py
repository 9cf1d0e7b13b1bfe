"""Association: scipy's measures, and that no joint table goes beyond the bounds."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey import (
    association_bounds,
    comonotone,
    completions,
    countermonotone,
    goodman_kruskal_gamma,
    kendall_tau_b,
    spearman,
)

MEASURES = [spearman, kendall_tau_b, goodman_kruskal_gamma]
TABLES = arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(0, 5))


def respondents(table):
    """Answers of each respondent of a table."""
    return [np.repeat(side.ravel(), table.ravel()) for side in np.indices(table.shape)]


def margin(answers, options):
    return np.bincount(answers, minlength=options)


@given(TABLES.filter(lambda t: (t.sum(0) > 0).sum() > 1 and (t.sum(1) > 0).sum() > 1))
def test_measures_are_scipys(table):
    rows, columns = respondents(table)
    assert spearman(table) == pytest.approx(stats.spearmanr(rows, columns).statistic, abs=1e-12)
    assert kendall_tau_b(table) == pytest.approx(stats.kendalltau(rows, columns).statistic, abs=1e-12)


def test_gamma_by_hand():
    # Concordant 3 x 4 = 12, discordant 1 x 2 = 2.
    assert goodman_kruskal_gamma([[3, 1], [2, 4]]) == pytest.approx(10 / 14)
    assert np.isnan(goodman_kruskal_gamma([[3, 1], [0, 0]]))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda f: f.__name__)
def test_a_stack_is_each_table_alone(measure):
    tables = np.random.default_rng(0).integers(0, 6, (2, 3, 4, 3))
    assert measure(tables).tolist() == [[measure(t) for t in row] for row in tables]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda f: f.__name__)
@given(answers=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=6))
def test_bounds_are_the_extremes_of_all_joint_answers(measure, answers):
    first, second = np.array(answers).T
    if len(set(first)) == 1 or len(set(second)) == 1:
        with pytest.raises(InputError, match="all gave one answer"):
            association_bounds(margin(first, 3), margin(second, 3), measure)
        return
    found = []
    for order in permutations(second):
        table = np.zeros((3, 3), int)
        np.add.at(table, (first, np.array(order)), 1)
        found.append(measure(table))
    low, high = association_bounds(margin(first, 3), margin(second, 3), measure)
    assert (low, high) == pytest.approx((np.nanmin(found), np.nanmax(found)))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=20))
def test_couplings_have_the_margins_and_sort_the_answers(answers):
    first, second = np.array(answers).T
    margins = margin(first, 4), margin(second, 3)
    for table, order in ((comonotone(*margins), np.sort(second)), (countermonotone(*margins), np.sort(second)[::-1])):
        expected = np.zeros((4, 3), int)
        np.add.at(expected, (np.sort(first), order), 1)
        np.testing.assert_array_equal(table, expected)


def test_unknown_answers_are_tried_in_every_way():
    first, second = [1, 3, 0], [2, 1, 2]
    every = [
        association_bounds(one, other, spearman) for one in completions(first, 2) for other in completions(second, 1)
    ]
    assert association_bounds(first, second, spearman, 2, 1) == pytest.approx(
        (min(b.low for b in every), max(b.high for b in every))
    )


def test_what_the_article_supports_at_most():
    # Without the six unknown answers to either question the scales can run against each other, or with.
    low, high = association_bounds([1, 0, 38, 22, 2], [2, 0, 17, 38, 6])
    assert -0.95 < low < -0.5 and 0.5 < high < 0.95
    gamma = association_bounds([1, 0, 38, 22, 2], [2, 0, 17, 38, 6], goodman_kruskal_gamma)
    assert gamma == (-1, 1)


def test_refused_input():
    with pytest.raises(InputError, match="different numbers of answers"):
        comonotone([1, 2], [1, 3])
    with pytest.raises(InputError) as error:
        countermonotone([1, -2], [1.5, 0])
    assert len(error.value.faults) == 2
