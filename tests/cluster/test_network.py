"""Universities and organisations as a bipartite network."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.spatial.distance import jaccard

from tests.cluster.conftest import mention, table
from tests.cluster.test_identity import lists
from unicluster import cluster
from unicluster.faults import InputError


@pytest.fixture(scope="module")
def article(memberships):
    return cluster.network(memberships, ["kartu", "kariu", "zhubanov", "baishev", "ualikhanov", "ektu"])


class TestTheArticle:
    def test_members_of_each_university(self, article):
        assert {name: article.degree(name) for name in cluster.universities_of(article)} == {
            "kartu": 18, "ualikhanov": 11, "ektu": 9, "baishev": 8, "zhubanov": 8, "kariu": 0,
        }  # fmt: skip

    def test_only_kazakhmys_joins_two_oblasts(self, article):
        found = cluster.components(article)
        assert found.values.tolist() == [
            ["ektu;kartu", 26, "Kazakhmys Corporation"],
            ["ualikhanov", 11, ""],
            ["baishev;zhubanov", 8, ""],
            ["kariu", 0, ""],
        ]

    def test_both_universities_of_aktobe_have_one_list(self, article):
        shared = cluster.shared_members(article).set_index(["first", "second"])
        assert shared.loc[("baishev", "zhubanov"), ["shared", "jaccard"]].tolist() == [8, 1.0]
        assert shared.loc[("ektu", "kartu"), "shared"] == 1
        assert shared["shared"].gt(0).sum() == 2

    def test_ego_network_reaches_the_other_university(self, article):
        around = cluster.ego_network(article, "ektu")
        assert cluster.universities_of(around) == ["ektu", "kartu"]
        assert around.degree("kartu") == 1 and around.degree("ektu") == 9

    def test_edges_tell_who_is_outside(self, article):
        outside = {member for _, member, about in article.edges(data=True) if about["outside"]}
        assert outside == {"karaganda-02", "karaganda-10", "east-kazakhstan-04", "east-kazakhstan-06"}
        assert not article.edges["kartu", "karaganda-02"]["outside"], "Kazakhmys is at home in Karaganda"


class TestCentre:
    def test_is_the_university_with_most_members(self, article):
        assert cluster.choose_centre(article) == "kartu"

    def test_can_be_chosen(self, article):
        assert cluster.choose_centre(article, "kariu") == "kariu"

    def test_an_unknown_one_is_refused_with_those_there_are(self, article):
        with pytest.raises(InputError, match=r"no university 'kaztu'.*kartu, ualikhanov"):
            cluster.choose_centre(article, "kaztu")

    def test_an_organisation_is_no_centre(self, article):
        with pytest.raises(InputError):
            cluster.choose_centre(article, "karaganda-01")

    def test_a_network_without_university_is_refused(self):
        with pytest.raises(InputError):
            cluster.choose_centre(nx.Graph())


def test_a_name_for_two_things_is_refused():
    with pytest.raises(InputError, match="'a-1'"):
        cluster.network(cluster.memberships(table(mention("a-1", universities="a-1"))))


@settings(max_examples=20, deadline=None)
@given(lists())
def test_network_is_bipartite_and_complete(members):
    joined = cluster.memberships(members)
    graph = cluster.network(joined, ["alone"])
    universities = cluster.universities_of(graph)
    assert nx.is_bipartite(graph)
    assert len(graph) == len(universities) + joined["organisation"].nunique()
    assert graph.number_of_edges() == joined["universities"].str.split(";").map(len).sum()
    assert universities[-1] == "alone" and graph.degree("alone") == 0


@settings(max_examples=20, deadline=None)
@given(lists())
def test_overlap_is_the_jaccard_index(members):
    graph = cluster.network(cluster.memberships(members))
    organisations = [node for node, side in graph.nodes("bipartite") if side]
    for row in cluster.shared_members(graph).itertuples():
        first, second = ([node in graph[name] for node in organisations] for name in (row.first, row.second))
        assert row.jaccard == pytest.approx(1 - jaccard(first, second))
        assert row.shared == np.sum(np.logical_and(first, second))


@settings(max_examples=20, deadline=None)
@given(lists())
def test_bridges_are_found_by_removing_each_organisation(members):
    graph = cluster.network(cluster.memberships(members))
    parts = nx.number_connected_components(graph)
    organisations = [node for node, side in graph.nodes("bipartite") if side]
    splitting = {
        graph.nodes[node]["name"]
        for node in organisations
        if nx.number_connected_components(graph.subgraph(set(graph) - {node})) > parts
    }
    found = cluster.components(graph)
    assert len(found) == parts and found["organisations"].sum() == len(organisations)
    assert {name for cell in found["bridges"] for name in cell.split("; ") if name} == splitting
