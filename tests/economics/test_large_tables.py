"""Large tables take other ways than small ones, compiled or table by table: the values must be those of the small."""

from __future__ import annotations

import numpy as np
import pytest

from unicluster import economics
from unicluster.economics import arrays, inequality

ROWS, PARTS = 60, 300
DRAWN = np.random.default_rng(3)
SHAPES = {
    "even": DRAWN.uniform(0, 1, (ROWS, PARTS)),
    "whole numbers with ties": DRAWN.integers(0, 40, (ROWS, PARTS)).astype(float),
    "a heavy tail": DRAWN.pareto(0.8, (ROWS, PARTS)),
    "mostly nil": DRAWN.uniform(0, 1, (ROWS, PARTS)) * (DRAWN.uniform(0, 1, (ROWS, PARTS)) < 0.2),
    "one has all": np.eye(ROWS, PARTS),
    "equal": np.ones((ROWS, PARTS)),
    "one row is nil": np.vstack([np.zeros((1, PARTS)), DRAWN.uniform(0, 1, (ROWS - 1, PARTS))]),
    "closer than floating point can divide": 1e-307 * DRAWN.integers(1, 3, (ROWS, PARTS)),
}


def by_pairs(x, weight):
    """The definition: the weighted mean of all absolute differences over twice the mean."""
    weight = weight / weight.sum()
    differences = np.abs(x[:, None] - x[None, :])
    mean = weight @ x
    return np.nan if mean == 0 else weight @ differences @ weight / (2 * mean)


@pytest.fixture(params=[1, 10**9], ids=["compiled", "sorted"])
def threshold(request, monkeypatch):
    monkeypatch.setattr(inequality, "LARGE", request.param)


@pytest.mark.usefixtures("threshold")
@pytest.mark.parametrize("name", SHAPES)
def test_gini_is_that_of_its_definition(name):
    x = SHAPES[name]
    expected = [by_pairs(row, np.ones(PARTS)) for row in x]
    np.testing.assert_allclose(economics.gini(x), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.usefixtures("threshold")
@pytest.mark.parametrize("name", SHAPES)
def test_gini_of_groups_is_that_of_its_definition(name):
    x, weight = SHAPES[name], np.random.default_rng(4).uniform(0, 2, PARTS)
    weight[::7] = 0
    expected = [by_pairs(row, weight) for row in x]
    np.testing.assert_allclose(economics.gini(x, weight), expected, rtol=1e-10, atol=1e-12)
    # The same weights once for each row, and rows in two leading axes.
    each = economics.gini(x.reshape(2, ROWS // 2, PARTS), np.broadcast_to(weight, (ROWS // 2, PARTS)))
    np.testing.assert_allclose(each.ravel(), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.usefixtures("threshold")
@pytest.mark.parametrize("weighted", [True, False])
def test_gini_of_specialisation_is_that_of_the_quotients(weighted):
    table = np.random.default_rng(5).integers(0, 90, (3, 7, 40)).astype(float)
    quotients = economics.location_quotient(table)
    weight = table.sum(axis=-2)
    expected = [
        [by_pairs(row, year_weight if weighted else np.ones(40)) for row in year]
        for year, year_weight in zip(quotients, weight, strict=True)
    ]
    np.testing.assert_allclose(economics.gini_specialisation(table, weighted=weighted), expected, rtol=1e-10)


def test_table_by_table_is_the_same_as_all_at_once(monkeypatch):
    table = np.random.default_rng(6).integers(0, 50, (2, 3, 8, 5)).astype(float)
    firms, area = np.maximum(table, 1), np.random.default_rng(7).uniform(1, 2, (3, 8))

    def measures():
        return [
            economics.location_quotient(table),
            economics.krugman_specialisation(table),
            economics.krugman_specialisation(table, reference="rest"),
            economics.krugman_specialisation(table, reference="mean"),
            economics.krugman_concentration(table),
            economics.cluster_index(table, firms, area, area[::-1]),
        ]

    together = measures()
    monkeypatch.setattr(arrays, "SMALL", 1)
    for one, other in zip(together, measures(), strict=True):
        assert one.shape == other.shape
        np.testing.assert_array_equal(one, other)
