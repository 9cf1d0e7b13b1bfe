"""Which mentions are one organisation."""

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cluster.conftest import mention, table
from unicluster import cluster
from unicluster.faults import InputError


@st.composite
def lists(draw):
    """Members of up to three oblasts, some of them pointing at an earlier mention."""
    names = []
    for oblast in ("a", "b", "c"):
        names += [f"{oblast}-{order}" for order in range(1, draw(st.integers(1, 4)) + 1)]
    rows = []
    for number, name in enumerate(names):
        earlier = draw(st.sampled_from([None, *names[:number]]))
        kind = draw(st.sampled_from(["mining", "services", "research", "unknown"]))
        tag = draw(st.sampled_from(["stated", "implied", "assumed"]))
        rows.append(mention(name, same_as=earlier, kind=kind, kind_tag=tag, outside=draw(st.booleans())))
    return table(*rows)


def test_the_article_names_four_organisations_again(members):
    """Kazchrome's branch in line 373; Kazakhmys of line 367 again in 382; UKTMP and Kazzinc of 377 and 379 in 388."""
    repeated = cluster.repeated_mentions(members)
    lines = repeated[["oblast", "line", "first_oblast", "first_line"]].values.tolist()
    assert lines == [
        ["aktobe", 373, "aktobe", 373],
        ["east-kazakhstan", 382, "karaganda", 367],
        ["east-kazakhstan", 388, "east-kazakhstan", 379],
        ["east-kazakhstan", 388, "east-kazakhstan", 377],
    ]


def test_a_chain_ends_at_the_first_mention():
    rows = table(mention("a-1"), mention("a-2", same_as="a-1"), mention("b-1", same_as="a-2"))
    assert cluster.identify(rows).tolist() == ["a-1", "a-1", "a-1"]


def test_a_first_mention_in_another_table_keeps_its_name():
    rows = table(mention("b-1", same_as="a-1"), mention("b-2", same_as="b-1"))
    assert cluster.identify(rows).tolist() == ["a-1", "a-1"]


@settings(max_examples=20, deadline=None)
@given(lists())
def test_organisations_are_the_connected_parts_of_same_as(members):
    graph = nx.Graph()
    graph.add_nodes_from(members["member"])
    graph.add_edges_from(members.dropna(subset="same_as")[["member", "same_as"]].values)
    found = members.groupby(cluster.identify(members))["member"].agg(frozenset)
    assert set(found) == {frozenset(part) for part in nx.connected_components(graph)}


def test_every_circle_and_repetition_is_named_at_once():
    rows = table(
        mention("a-1", same_as="a-2"),
        mention("a-2", same_as="a-1"),
        mention("b-1", same_as="b-1"),
        mention("c-1"),
        mention("c-1"),
    )
    with pytest.raises(InputError) as caught:
        cluster.identify(rows)
    told = [str(fault) for fault in caught.value.faults]
    assert len(told) == 3
    assert "c-1" in told[0] and "a-1, a-2" in told[1] and "b-1" in told[2]


class TestLookAlikes:
    def test_finds_every_pair_that_the_article_repeats(self, members):
        """Without the links that the transcription made, the four repeated names are found again, and no other."""
        apart = members.assign(same_as=pd.NA)
        found = cluster.look_alikes(apart)
        assert {frozenset(pair) for pair in found[["first", "second"]].values} == {
            frozenset({"aktobe-01", "aktobe-09"}),
            frozenset({"karaganda-02", "east-kazakhstan-03"}),
            frozenset({"east-kazakhstan-01", "east-kazakhstan-08"}),
            frozenset({"east-kazakhstan-02", "east-kazakhstan-07"}),
        }

    def test_pairs_that_are_linked_are_not_reported(self, members):
        assert cluster.look_alikes(members).empty

    def test_most_alike_come_first(self, members):
        found = cluster.look_alikes(members, least=50)
        assert found["likeness"].is_monotonic_decreasing and found["likeness"].min() >= 50
