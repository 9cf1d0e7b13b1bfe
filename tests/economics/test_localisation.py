"""Concentration of industries over regions, the cluster index and agglomeration."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unicluster.economics import (
    cluster_index,
    coagglomeration,
    ellison_glaeser,
    ellison_glaeser_from_plants,
    herfindahl,
    krugman_concentration,
    localisation_coefficient,
    locational_gini,
)
from unicluster.faults import InputError

tables = hnp.arrays(float, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=st.floats(0.01, 1e4))


@given(tables)
def test_industries_spread_like_the_whole_are_not_concentrated(x):
    alike = np.outer(x[:, 0], x[0])
    for index in (krugman_concentration, localisation_coefficient, locational_gini):
        np.testing.assert_allclose(index(alike), 0, atol=1e-9)
    np.testing.assert_allclose(ellison_glaeser(alike, np.zeros(x.shape[1])).gamma, 0, atol=1e-9)


@given(tables)
def test_krugman_concentration_by_its_definition(x):
    share, whole = x / x.sum(axis=0), x.sum(axis=1) / x.sum()
    expected = np.abs(share - whole[:, None]).sum(axis=0)
    np.testing.assert_allclose(krugman_concentration(x), expected, atol=1e-12)
    np.testing.assert_allclose(localisation_coefficient(x), expected / 2, atol=1e-12)


@given(tables)
def test_locational_gini_is_twice_the_area_at_the_hoover_curve(x):
    region = x.sum(axis=1) / x.sum()
    for industry, found in zip(x.T, locational_gini(x), strict=True):
        order = np.argsort(industry / region)
        along = np.concatenate([[0], np.cumsum(region[order])])
        up = np.concatenate([[0], np.cumsum(industry[order]) / industry.sum()])
        assert found == pytest.approx(1 - 2 * np.trapezoid(up, along), abs=1e-9)


def test_cluster_index_by_its_three_factors():
    random = np.random.default_rng(2)
    employment, firms = random.uniform(10, 99, (4, 3)), random.uniform(1, 9, (4, 3))
    area, population = random.uniform(1, 9, 4), random.uniform(10, 90, 4)
    density = (employment.T / area).T / (employment.sum(0) / area.sum())
    specialisation = (employment.T / population).T / (employment.sum(0) / population.sum())
    firm_size = (employment / firms) / (employment.sum(0) / firms.sum(0))
    np.testing.assert_allclose(cluster_index(employment, firms, area, population), density * specialisation / firm_size)


def test_cluster_index_is_nil_without_the_industry():
    found = cluster_index([[0, 5], [5, 5]], [[0, 1], [1, 1]], [1, 1], [1, 1])
    assert found[0, 0] == 0 and found[1, 0] == 4


def test_cluster_index_refuses_what_cannot_be():
    with pytest.raises(InputError) as error:
        cluster_index([[1, 5], [5, 5]], [[0, 1], [1, 1]], [1, 0], [1, 1, 1])
    assert len(error.value.faults) == 3
    with pytest.raises(InputError, match="same shape"):
        cluster_index([[1, 5]], [[1, 2], [3, 4]], [1], [1])


def test_a_dartboard_gives_no_agglomeration_on_average():
    random = np.random.default_rng(7)
    region = np.array([0.5, 0.3, 0.2])
    size = np.array([30.0, 20.0, 10.0, 5.0, 5.0])
    darts = random.choice(3, p=region, size=(20000, len(size)))
    x = ((darts[..., None] == np.arange(3)) * size[:, None]).sum(axis=1)[..., None]
    found = ellison_glaeser(x, [herfindahl(size)], region_total=region)
    error = 4 * found.raw.std() / np.sqrt(len(x))
    assert found.raw.mean() == pytest.approx(found.expected.mean(), abs=error)
    assert found.gamma.mean() == pytest.approx(0, abs=0.01)


def test_the_test_of_agglomeration_by_every_throw_of_the_dartboard():
    region, size = {"a": 0.5, "b": 0.3, "c": 0.2}, [5.0, 3.0, 2.0, 1.0]
    throws = list(product(region, repeat=len(size)))
    chance = np.array([np.prod([region[r] for r in throw]) for throw in throws])
    plants = pd.concat(
        pd.DataFrame({"industry": f"{i:03d}", "region": throw, "employment": size}) for i, throw in enumerate(throws)
    )
    found = ellison_glaeser_from_plants(plants, pd.Series(region))
    assert chance @ found["z"] == pytest.approx(0, abs=1e-12)
    assert chance @ found["z"] ** 2 == pytest.approx(1)
    assert chance @ found["gamma"] == pytest.approx(0, abs=1e-12)


def test_all_in_one_small_region_is_almost_fully_agglomerated():
    found = ellison_glaeser([[1000.0], [0.0]], [0.0], region_total=[1, 999])
    assert found.gamma[0] == pytest.approx(0.999**2 * 2 / (1 - 0.001**2 - 0.999**2))
    assert found.expected[0] == 0


def test_one_plant_is_no_evidence_of_agglomeration():
    found = ellison_glaeser([[5.0, 1.0], [0.0, 1.0]], [1.0, 0.5])
    assert np.isnan(found.gamma[0]) and np.isfinite(found.gamma[1])


def test_industries_that_share_every_region_alike_coagglomerate_as_each_agglomerates():
    spread, weight = np.array([0.7, 0.2, 0.1]), np.array([3.0, 2.0, 1.0])
    region = [0.2, 0.3, 0.5]
    x = np.outer(spread, weight)
    own = ellison_glaeser(x, np.zeros(3), region).gamma
    assert coagglomeration(x, np.zeros(3), region) == pytest.approx(own[0])


def test_industries_thrown_apart_do_not_coagglomerate_on_average():
    random = np.random.default_rng(9)
    region, size = np.array([0.5, 0.3, 0.2]), np.array([4.0, 3.0, 2.0])
    darts = random.choice(3, p=region, size=(20000, 2, 3))
    x = np.swapaxes(((darts[..., None] == np.arange(3)) * size[:, None]).sum(axis=2), 1, 2)
    found = coagglomeration(x, np.full(2, herfindahl(size)), region)
    assert found.mean() == pytest.approx(0, abs=4 * found.std() / np.sqrt(len(x)))


def test_a_list_of_plants_agrees_with_its_table():
    random = np.random.default_rng(10)
    plants = pd.DataFrame(
        {
            "industry": random.choice(["coal", "ore", "steel"], 40),
            "region": random.choice(["north", "east", "west"], 40),
            "employment": random.integers(5, 900, 40),
        }
    )
    found = ellison_glaeser_from_plants(plants)
    table = plants.pivot_table(index="region", columns="industry", values="employment", aggfunc="sum", fill_value=0)
    sizes = [plants.loc[plants["industry"] == i, "employment"] for i in table.columns]
    expected = ellison_glaeser(table.to_numpy(), [herfindahl(size) for size in sizes])
    np.testing.assert_allclose(found["gamma"], expected.gamma)
    assert found["plants"].tolist() == [len(size) for size in sizes]


def test_regions_without_a_plant_count_too():
    plants = pd.DataFrame({"industry": "coal", "region": ["a", "b"], "employment": [5, 5]})
    totals = pd.Series({"c": 80, "a": 10, "b": 10})
    found = ellison_glaeser_from_plants(plants, totals).loc["coal"]
    assert found["raw"] == pytest.approx(0.4**2 + 0.4**2 + 0.8**2)


def test_wrong_plants_are_refused_in_full():
    plants = pd.DataFrame({"industry": ["coal", None], "region": ["a", "b"], "employment": [0, -1]})
    with pytest.raises(InputError) as error:
        ellison_glaeser_from_plants(plants, pd.Series({"a": 5}))
    assert len(error.value.faults) == 4
    with pytest.raises(InputError, match="employment"):
        ellison_glaeser_from_plants(plants.drop(columns="employment"))
    with pytest.raises(InputError) as error:
        ellison_glaeser([[1.0, 1.0]], [1.5, 0.5, 0.5], region_total=[1, 1])
    assert len(error.value.faults) == 3
