"""The map: what it tells of itself, and what it refuses."""

import numpy as np
import pytest

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, Concept, simulate

WEIGHTS = [[0, 0.5, 0, 0], [-0.25, 0.1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]


@pytest.fixture
def small():
    concepts = [
        Concept("grants", {"en": "Research grants", "kk": "Гранттар"}, "state", "lever"),
        Concept("jobs", {"en": "Employment"}, "region", "outcome"),
        "market",
        Concept("weather", role="driver"),
    ]
    return CognitiveMap(concepts, WEIGHTS, evidence={("grants", "jobs"): "p. 7"})


def test_row_is_source(small):
    link = small.links[0]
    assert (link.source, link.target, link.weight, link.sign, link.evidence) == ("grants", "jobs", 0.5, 1, "p. 7")
    assert simulate(small, [1, 0, 0, 0], "kosko", "saturation", steps=1).state.tolist() == [0, 0.5, 0, 0]


def test_what_it_tells(small):
    assert small.ids == ("grants", "jobs", "market", "weather")
    assert (small.n, len(small), len(small.links)) == (4, 4, 4)
    assert small.self_loops == ("jobs",)
    assert small.transmitters == ("market", "weather")
    assert small.isolated == ("weather",)
    assert small.with_role("lever") == ("grants",)
    assert small.matrix().loc["market", "jobs"] == 1
    assert small.concepts[0].label("kk") == "Гранттар"
    assert small.concepts[2].label("kk") == "market"


def test_a_concept_is_found_by_id_and_by_every_name(small):
    assert [small.index(name) for name in ("grants", "Research grants", "Гранттар")] == [0, 0, 0]
    assert small.positions(["Employment", "weather"]).tolist() == [1, 3]


def test_unknown_names_are_all_refused_with_the_nearest_spelling(small):
    with pytest.raises(InputError) as refused:
        small.positions(["Employmnt", "JOBS", "zzz"])
    first, second, third = refused.value.faults
    assert "'Employment'" in first.message
    assert "'jobs'" in second.message
    assert "similar" in third.message


def test_its_arrays_cannot_be_changed_from_outside():
    weights = np.zeros((2, 2))
    held = CognitiveMap(["a", "b"], weights)
    weights[0, 1] = 1
    assert held.weights[0, 1] == 0
    with pytest.raises(ValueError, match="read-only"):
        held.weights[0, 1] = 1


def test_other_weights_keep_the_concepts(small):
    other = small.with_weights(np.array(WEIGHTS) / 2)
    assert other.concepts == small.concepts
    assert other.evidence == small.evidence
    assert other.weights[0, 1] == 0.25


def test_every_fault_in_one_error():
    concepts = ["a", "a", Concept("b", role="king"), " "]
    weights = np.zeros((4, 4))
    weights[0, 1], weights[2, 3] = 1.5, np.nan
    spread = np.full((4, 4), -0.1)
    with pytest.raises(InputError) as refused:
        CognitiveMap(concepts, weights, spread, terms={("a", "bb"): "high"})
    told = str(refused.value)
    for part in ("two concepts share", "king", "empty name", "1.5", "nan", "at least 0", "'bb'", "'b'"):
        assert part in told
    assert len(refused.value.faults) == 7


@pytest.mark.parametrize("weights", [np.zeros((2, 3)), [0, 0], "text", [[0], [0, 0]], 3])
def test_weights_of_a_wrong_shape(weights):
    with pytest.raises(InputError, match="column weights"):
        CognitiveMap(["a", "b"], weights)


def test_an_empty_map():
    with pytest.raises(InputError, match="at least one concept"):
        CognitiveMap([], [])


def test_many_faults_are_told_shortly():
    with pytest.raises(InputError, match="and 380 more") as refused:
        CognitiveMap([f"c{i}" for i in range(20)], np.full((20, 20), 2.0))
    assert len(refused.value.faults) == 21


def test_two_thousand_concepts_settle():
    rng = np.random.default_rng(0)
    n = 2000
    weights = rng.uniform(-1, 1, (n, n)) * (rng.random((n, n)) < 5 / n)
    run = simulate(CognitiveMap([f"c{i}" for i in range(n)], weights), np.full(n, 0.5))
    expected = 1 / (1 + np.exp(-(run.state + run.state @ weights)))
    assert run.end == "fixed_point"
    assert np.abs(run.state - expected).max() <= 1e-12
