"""Roles in the law's definition and the European yardstick."""

from itertools import product

import pytest
from hypothesis import given, settings

from tests.cluster.conftest import mention, table
from tests.cluster.test_identity import lists
from unicluster import cluster, tables
from unicluster.cluster.composition import NAMED_BY_LAW, ROLE_OF_KIND


def test_every_kind_of_the_dictionary_has_a_role():
    field = next(field for field in tables.table("members").fields if field.name == "kind")
    assert set(ROLE_OF_KIND) == set(field.constraints["enum"])
    assert {role for role, _ in ROLE_OF_KIND.values()} <= set(cluster.ROLES)
    assert set(cluster.roles()["tag"]) == {"assumed"}


class TestTheArticle:
    def test_karaganda_by_hand(self, memberships):
        """Line 367, name by name: eight producers, five suppliers, one institute, two others, two unknown."""
        rows = cluster.composition(memberships).query("oblast == 'karaganda'").set_index("role")
        assert rows["members"].to_dict() == {
            "producer": 8, "supplier": 5, "research": 1, "higher-education": 1, "vocational-education": 0,
            "other": 2, "unknown": 2,
        }  # fmt: skip
        assert rows.loc["vocational-education", "at_most"] == 2

    def test_nobody_gives_vocational_education(self, memberships):
        rows = cluster.composition(memberships).query("role == 'vocational-education'")
        assert rows["members"].eq(0).all()

    def test_research_is_named_in_karaganda_alone(self, memberships):
        rows = cluster.composition(memberships).query("role == 'research' and oblast != 'all'")
        assert rows.loc[rows["members"].gt(0), "oblast"].tolist() == ["karaganda"]

    def test_only_karaganda_has_fifteen_names(self, memberships):
        found = cluster.yardstick(memberships)
        rows = found.query("criterion == 'members' and oblast != 'all'").set_index("oblast")
        assert rows["found"].to_dict() == {"akmola": 11, "aktobe": 8, "east-kazakhstan": 9, "karaganda": 18}
        assert rows["lacking"].to_dict() == {"akmola": 4, "aktobe": 7, "east-kazakhstan": 6, "karaganda": 0}
        assert rows.loc["karaganda", "verdict"] == "enough named"

    def test_management_is_never_known(self, memberships):
        found = cluster.yardstick(memberships)
        assert set(found.query("criterion == 'posts of management'")["verdict"]) == {"not known"}


def test_universities_are_no_members_of_the_yardstick():
    rows = [mention(f"a-{order}", universities="u;v") for order in range(1, 15)]
    found = cluster.yardstick(cluster.memberships(table(*rows)))
    assert found.loc[found["criterion"].eq("members"), ["found", "verdict"]].values.tolist() == [[14, "too few named"]]


def test_a_college_fills_vocational_education_and_an_institute_counts_as_a_member():
    rows = table(mention("a-1", kind="vocational-education"), mention("a-2", kind="higher-education"))
    joined = cluster.memberships(rows)
    found = cluster.composition(joined).set_index("role")["members"]
    assert (found["vocational-education"], found["higher-education"]) == (1, 2), "with the university in the middle"
    yardstick = cluster.yardstick(joined).set_index("criterion")["found"]
    assert (yardstick["members"], yardstick["types of actors"]) == (2, 1)


def test_a_guessed_kind_is_told_apart():
    rows = table(mention("a-1", kind_tag="assumed"), mention("a-2", kind_tag="implied"))
    producers = cluster.composition(cluster.memberships(rows)).set_index("role").loc["producer"]
    assert (producers["by_text"], producers["by_guess"], producers["members"]) == (1, 1, 2)


def test_one_organisation_in_two_lists_counts_once_and_by_its_best_known_kind():
    rows = table(mention("a-1", kind_tag="assumed"), mention("b-1", same_as="a-1", kind_tag="stated"))
    found = cluster.composition(cluster.memberships(rows)).query("oblast == 'all'").set_index("role")
    assert found.loc["producer", ["by_text", "by_guess"]].tolist() == [1, 0]


@settings(max_examples=20, deadline=None)
@given(lists())
def test_every_organisation_has_one_role(members):
    joined = cluster.memberships(members)
    found = cluster.composition(joined)
    organisations = cluster.count_members(joined).set_index("oblast")["organisations"]
    universities = joined["universities"].str.split(";").explode().groupby(joined["oblast"]).nunique()
    totals = found.groupby("oblast")["members"].sum()
    for oblast in universities.index:
        assert totals[oblast] == organisations[oblast] + universities[oblast]


@settings(max_examples=20, deadline=None)
@given(lists())
def test_bounds_hold_for_every_way_to_fill_the_unknown(members):
    """Give each member of unknown kind every role of the law in turn: the most roles ever filled is the bound."""
    one = cluster.memberships(members[members["oblast"].eq("a")].assign(same_as=None))
    found = cluster.composition(one)
    bound = cluster.breadth(found).iloc[0]
    filled = set(found.loc[found["members"].gt(0) & found["named_by_law"], "role"])
    unknown = int(one["kind"].eq("unknown").sum())
    reached = [len(filled | set(given)) for given in product(NAMED_BY_LAW, repeat=unknown)]
    assert (bound["filled"], bound["at_most"]) == (min(reached), max(reached))


def test_more_unknown_members_than_open_roles_fill_no_more_than_there_are():
    rows = [mention(f"a-{order}", kind="unknown", kind_tag="assumed") for order in range(1, 9)]
    found = cluster.breadth(cluster.composition(cluster.memberships(table(*rows))))
    assert found[["roles", "filled", "at_most"]].values.tolist() == [[5, 1, 5]]


@pytest.mark.parametrize("kind", sorted(ROLE_OF_KIND))
def test_role_of_agrees_with_the_table_shown(kind):
    shown = cluster.roles().set_index("kind").loc[kind, "role"]
    assert cluster.ROLES[cluster.role_of(kind)] == shown
