"""Structure against definitions, hand-made maps and known graphs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap
from unicluster.fcm.structure import (
    complexity,
    condensation,
    degrees,
    density,
    hierarchy_index,
    loops,
    structure_summary,
)

# a -> b <-> c -> d, c -| b makes the loop balancing; e stands alone; d also feeds itself.
WEIGHTS = np.zeros((5, 5))
WEIGHTS[0, 1], WEIGHTS[1, 2], WEIGHTS[2, 1], WEIGHTS[2, 3], WEIGHTS[3, 3] = 0.5, 0.4, -0.3, 1, 0.2
MAP = CognitiveMap("abcde", WEIGHTS)


def tournament(n):
    return CognitiveMap([f"c{k}" for k in range(n)], np.triu(np.ones((n, n)), 1))


def test_degrees_and_kinds_by_hand():
    table = degrees(MAP)
    assert table["in_degree"].tolist() == pytest.approx([0, 0.8, 0.4, 1.2, 0])
    assert table["out_degree"].tolist() == pytest.approx([0.5, 0.4, 1.3, 0.2, 0])
    assert table["centrality"].tolist() == pytest.approx([0.5, 1.2, 1.7, 1.4, 0])
    assert table["in_links"].tolist() == [0, 2, 1, 2, 0]
    assert table["kind"].tolist() == ["transmitter", "ordinary", "ordinary", "ordinary", "isolated"]


def test_receiver_and_complexity():
    two_ends = CognitiveMap("abc", [[0, 1, -1], [0, 0, 0], [0, 0, 0]])
    assert degrees(two_ends)["kind"].tolist() == ["transmitter", "receiver", "receiver"]
    assert complexity(two_ends) == 2
    assert np.isnan(complexity(CognitiveMap("ab", [[0, 1], [1, 0]])))
    assert complexity(CognitiveMap("ab", [[0.5, 1], [0, 0]])) == np.inf


def test_the_two_densities():
    assert density(MAP, self_loops=True) == pytest.approx(5 / 25)
    assert density(MAP, self_loops=False) == pytest.approx(4 / 20)
    full = CognitiveMap("abc", np.ones((3, 3)) - np.eye(3))
    assert density(full, self_loops=False) == 1
    assert density(full, self_loops=True) == pytest.approx(2 / 3)
    assert np.isnan(density(CognitiveMap("a", [[0]]), self_loops=False))


@pytest.mark.parametrize("n", [2, 3, 8, 25])
def test_hierarchy_index_of_known_graphs(n):
    assert hierarchy_index(tournament(n)) == pytest.approx(1, abs=1e-14)
    assert hierarchy_index(tournament(n), weighted=True) == pytest.approx(1, abs=1e-14)
    ring = np.roll(np.eye(n), 1, axis=1)
    assert hierarchy_index(CognitiveMap(tournament(n).ids, ring)) == 0
    with_selves = CognitiveMap(tournament(n).ids, tournament(n).weights + np.diag(np.arange(n) / n))
    assert hierarchy_index(with_selves) == pytest.approx(1, abs=1e-14)


def test_hierarchy_index_of_weights():
    # Out-degrees 1, 0.5, 0: deviations 0.5, 0, -0.5.
    chain = CognitiveMap("abc", [[0, 1, 0], [0, 0, -0.5], [0, 0, 0]])
    assert hierarchy_index(chain, weighted=True) == pytest.approx(12 / 24 * 0.5)
    assert hierarchy_index(chain) == pytest.approx(12 / 24 * 2 / 3)


def test_loops_and_their_polarity():
    found = loops(MAP)
    assert found["concepts"].tolist() == [("d",), ("b", "c")]
    assert found["polarity"].tolist() == ["reinforcing", "balancing"]
    assert found["strength"].tolist() == pytest.approx([0.2, -0.12])
    two_negatives = CognitiveMap("ab", [[0, -0.2], [-0.3, 0]])
    assert loops(two_negatives)["polarity"].tolist() == ["reinforcing"]


def test_complete_graph_has_its_known_number_of_loops():
    full = CognitiveMap("abcde", 0.5 * (np.ones((5, 5)) - np.eye(5)))
    # C(5, k) (k - 1)! circuits of length k.
    assert loops(full).groupby("length").size().tolist() == [10, 20, 30, 24]
    assert len(loops(full, length_bound=3)) == 30
    with pytest.raises(InputError, match="more than 83 loops"):
        loops(full, limit=83)
    assert len(loops(full, limit=84)) == 84


def test_condensation_by_hand():
    found = condensation(MAP)
    assert found.components == (("a",), ("e",), ("b", "c"), ("d",))
    assert found.layers == (0, 0, 1, 2)
    assert found.links == ((0, 2), (2, 3))


def test_summary():
    summary = structure_summary(MAP)
    assert (summary["concepts"], summary["links"], summary["self_loops"]) == (5, 5, 1)
    assert (summary["transmitters"], summary["isolated"], summary["components"]) == (1, 1, 4)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 6), st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_renaming_and_reordering_concepts_changes_nothing(n, seed, random):
    rng = np.random.default_rng(seed)
    weights = np.round(rng.uniform(-1, 1, (n, n)), 2) * (rng.random((n, n)) < 0.4)
    ids = [f"c{k}" for k in range(n)]
    order = random.sample(range(n), n)
    one = CognitiveMap(ids, weights)
    other = CognitiveMap([ids[k] for k in order], weights[np.ix_(order, order)])
    assert hierarchy_index(one) == pytest.approx(hierarchy_index(other))
    assert degrees(one)["kind"].loc[list(other.ids)].tolist() == degrees(other)["kind"].tolist()
    assert loops(one)["polarity"].value_counts().to_dict() == (loops(other)["polarity"].value_counts().to_dict())
    assert {frozenset(c) for c in condensation(one).components} == {
        frozenset(c) for c in condensation(other).components
    }
