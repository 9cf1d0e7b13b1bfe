"""Who gives what to whom, and the steps of creating a cluster."""

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster import cluster, tables
from unicluster.faults import InputError

PARTIES = list(cluster.PARTIES)


@pytest.fixture(scope="module")
def exchanges():
    return tables.load("exchanges")


@pytest.fixture(scope="module")
def steps():
    return tables.load("creation_steps")


@st.composite
def flows(draw):
    pairs = [(giver, receiver) for giver in PARTIES for receiver in PARTIES if giver != receiver]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=12))
    rows = [
        {
            "exchange": f"flow-{number}",
            "giver": giver,
            "receiver": receiver,
            "flow_en": f"thing {number}",
            "kind": draw(st.sampled_from(["money", "knowledge", "people"])),
            "line": number + 1,
            "also": draw(st.sampled_from([None, "7", "7;8"])),
            "tag": draw(st.sampled_from(["stated", "implied"])),
        }
        for number, (giver, receiver) in enumerate(chosen)
    ]
    columns = ["exchange", "giver", "receiver", "flow_en", "kind", "line", "also", "tag"]
    return pd.DataFrame(rows, columns=columns)


class TestExchange:
    def test_line_397_gives_money_against_knowledge(self, exchanges):
        """«Предоставляя субсидии и финансируя ..., взамен участники отдают свои знания, опыт, способности, идеи»."""
        arcs = cluster.arcs(exchanges).set_index(["giver", "receiver"])
        for receiver in ("enterprises", "university"):
            assert "money" in arcs.loc[("state", receiver), "kinds"].split(";")
            assert {"knowledge", "people", "ideas"} <= set(arcs.loc[(receiver, "state"), "kinds"].split(";"))

    def test_the_university_applies_to_the_operator(self, exchanges):
        """Line 416: the regional university applies to QazIndustry."""
        cell = cluster.exchange_matrix(exchanges).set_index("giver").loc["university", "state"]
        assert "Application for a territorial mining cluster to QazIndustry [416, 400, 444]" in cell

    def test_every_party_gives_to_and_gets_from_every_other(self, exchanges):
        graph = cluster.exchange_graph(exchanges)
        assert nx.is_strongly_connected(graph)
        assert all(graph.has_edge(giver, receiver) for giver in PARTIES for receiver in PARTIES if giver != receiver)

    @settings(max_examples=20, deadline=None)
    @given(flows())
    def test_no_flow_is_lost_in_graph_arcs_or_matrix(self, exchanges):
        graph, arcs = cluster.exchange_graph(exchanges), cluster.arcs(exchanges)
        assert graph.number_of_edges() == arcs["flows"].sum() == len(exchanges)
        assert arcs["stated"].sum() == exchanges["tag"].eq("stated").sum()
        matrix = cluster.exchange_matrix(exchanges).set_index("giver")
        assert list(matrix.index) == list(matrix.columns) == PARTIES
        for row in exchanges.itertuples():
            assert f"{row.flow_en} [{row.line}" in matrix.loc[row.giver, row.receiver]

    @settings(max_examples=20, deadline=None)
    @given(flows())
    def test_the_tag_is_shown_unless_stated(self, exchanges):
        cells = cluster.exchange_matrix(exchanges)[PARTIES].to_numpy().ravel()
        text = "; ".join(cell for cell in cells if isinstance(cell, str))
        assert text.count("; implied]") == exchanges["tag"].eq("implied").sum()

    @settings(max_examples=20, deadline=None)
    @given(flows())
    def test_an_arc_without_flow_has_a_row_and_an_empty_cell(self, exchanges):
        arcs = cluster.arcs(exchanges)
        assert len(arcs) == 6
        matrix = cluster.exchange_matrix(exchanges).set_index("giver")
        for row in arcs[arcs["flows"].eq(0)].itertuples():
            assert pd.isna(matrix.loc[row.giver, row.receiver]) and row.kinds == ""


class TestSteps:
    def test_the_state_opens_and_pays(self, steps):
        """Line 397: QazIndustry announces the competition; line 446: the operator of the project may get subsidies."""
        actors = cluster.step_actors(steps)
        state = actors[actors["party"].eq("state")]
        assert state["line"].tolist() == [397, 446] and state["alone"].all()

    def test_shares_by_hand(self, steps):
        shares = cluster.share_of_steps(cluster.step_actors(steps))
        assert shares.values.tolist() == [["state", 2, 2], ["enterprises", 5, 0], ["university", 10, 5]]

    def test_joint_steps_stand_once_for_each_party(self):
        table = pd.DataFrame(
            {"step": [2, 1], "actor": ["all", "university-and-enterprises"], "action_en": ["b", "a"],
             "input_en": [None, None], "output_en": [None, None], "line": [1, 1], "tag": ["stated", "stated"]}
        )  # fmt: skip
        actors = cluster.step_actors(table)
        assert actors["step"].tolist() == [1, 1, 2, 2, 2]
        assert actors["party"].tolist() == ["enterprises", "university", *PARTIES]
        assert not actors["alone"].any()

    @pytest.mark.parametrize("numbers", [[1, 3], [0, 1], [1, 1], [2, 3]])
    def test_a_gap_in_the_numbers_is_refused(self, steps, numbers):
        with pytest.raises(InputError, match=", ".join(map(str, numbers))):
            cluster.step_actors(steps.head(2).assign(step=numbers))

    def test_every_actor_of_the_dictionary_is_known(self):
        from unicluster.cluster.creation import ACTORS

        field = next(field for field in tables.table("creation_steps").fields if field.name == "actor")
        assert set(ACTORS) == set(field.constraints["enum"])
        assert {party for parties in ACTORS.values() for party in parties} == set(PARTIES)
