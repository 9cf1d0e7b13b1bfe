"""Averages of maps against hand-made means and independence of order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap
from unicluster.fcm.aggregation import aggregate_maps


def two(weight, ids="ab"):
    return CognitiveMap(ids, [[0, weight], [0, 0]])


def test_mean_and_dispersion_by_hand():
    found = aggregate_maps([two(0.2), two(0.4), two(-0.6), two(0.0)])
    row = found.table.iloc[0]
    assert (row["source"], row["target"], row["people"]) == ("a", "b", 4)
    assert row["weight"] == pytest.approx(0)
    assert row["standard_deviation"] == pytest.approx(np.sqrt((0.04 + 0.16 + 0.36) / 4))
    assert (row["lowest"], row["highest"]) == (-0.6, 0.4)
    assert row["sign_agreement"] == pytest.approx(0.5)
    assert found.map.spread[0, 1] == pytest.approx(0.6)


def test_three_maps_are_not_averaged_in_pairs():
    assert aggregate_maps([two(0.9), two(0.0), two(0.0)]).map.weights[0, 1] == pytest.approx(0.3)


def test_credibility_weighs_people():
    found = aggregate_maps([two(0.8), two(0.0)], credibility=[3, 1])
    assert found.map.weights[0, 1] == pytest.approx(0.6)
    assert found.table["standard_deviation"].item() == pytest.approx(np.sqrt(0.75 * 0.25) * 0.8)
    assert found.credibility.tolist() == [0.75, 0.25]


def test_a_concept_that_someone_lacks():
    maps = [two(0.8), two(0.6, "bc")]
    zero = aggregate_maps(maps)
    assert zero.map.ids == ("a", "b", "c")
    assert zero.map.matrix().loc["a", "b"] == pytest.approx(0.4)
    assert zero.map.matrix().loc["b", "c"] == pytest.approx(0.3)
    silent = aggregate_maps(maps, missing_concept="no_opinion")
    assert silent.map.matrix().loc["a", "b"] == pytest.approx(0.8)
    assert silent.table["people"].tolist() == [1, 1]
    assert silent.map.matrix().loc["a", "c"] == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1), st.sampled_from(["zero", "no_opinion"]))
def test_the_order_of_people_and_of_concepts_does_not_matter(people, seed, missing):
    rng = np.random.default_rng(seed)
    maps = []
    for _ in range(people):
        ids = rng.choice(list("abcde"), size=rng.integers(1, 6), replace=False)
        maps.append(CognitiveMap(ids, rng.uniform(-1, 1, (len(ids), len(ids)))))
    credibility = rng.uniform(0.1, 1, people)
    order = rng.permutation(people)
    one = aggregate_maps(maps, credibility, missing)
    other = aggregate_maps([maps[k] for k in order], credibility[order], missing)
    ids = list(one.map.ids)
    assert one.map.matrix().to_numpy() == pytest.approx(other.map.matrix().loc[ids, ids].to_numpy(), abs=1e-15)
    key = ["source", "target"]
    deviations = [t.sort_values(key)["standard_deviation"].to_numpy() for t in (one.table, other.table)]
    assert deviations[0] == pytest.approx(deviations[1], abs=1e-12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: aggregate_maps([]), "no map"),
        (lambda: aggregate_maps([two(1)], [1, 2]), "each of the 1 maps"),
        (lambda: aggregate_maps([two(1)], [0]), "not all 0"),
        (lambda: aggregate_maps([two(1)], [-1], "drop"), "(?s)credibility.*missing_concept"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(InputError, match=said):
        call()
