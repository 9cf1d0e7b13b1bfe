"""Who is named in which cluster."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cluster.conftest import mention, table
from tests.cluster.test_identity import lists
from unicluster import cluster, tables
from unicluster.faults import InputError


class TestTheArticle:
    """Counted by hand: 18 names in line 367, 11 in 369 and 371, 9 in 373, 5 in 377 to 386 and 6 in 388."""

    def test_mentions_and_different_organisations(self, memberships):
        counts = cluster.count_members(memberships).set_index("oblast")
        assert counts["mentions"].to_dict() == {
            "akmola": 11, "aktobe": 9, "east-kazakhstan": 11, "karaganda": 18, "all": 49,
        }  # fmt: skip
        assert counts["organisations"].to_dict() == {
            "akmola": 11, "aktobe": 8, "east-kazakhstan": 9, "karaganda": 18, "all": 45,
        }  # fmt: skip

    def test_repeated_shared_and_outside(self, memberships):
        counts = cluster.count_members(memberships).set_index("oblast")
        assert counts["repeated"].tolist() == [0, 1, 2, 0, 3]
        assert counts["shared"].tolist() == [0, 0, 1, 1, 1]
        assert counts["outside"].tolist() == [0, 0, 3, 1, 4]

    def test_what_the_text_counts(self, memberships):
        """About 84 partners of KarTU (356), of which 18 are named; 11 (369); nine (373); no count in 375 to 388."""
        compared = cluster.compare_counts(memberships, tables.load("partner_counts")).set_index("oblast")
        assert compared["stated"].dropna().to_dict() == {"akmola": 11, "aktobe": 9, "karaganda": 84}
        assert compared["unnamed"].dropna().to_dict() == {"akmola": 0, "aktobe": 0, "karaganda": 66}

    @pytest.mark.parametrize(
        ("university", "unnamed"), [("kartu", 66), ("kariu", None), ("baishev", 0), ("ektu", None)]
    )
    def test_unnamed_partners(self, memberships, university, unnamed):
        stated = tables.load("partner_counts")
        assert cluster.unnamed_partners(memberships, stated, university) == unnamed

    def test_only_zhairem_is_outside_by_the_new_border_alone(self, memberships):
        outlines = tables.load("oblasts").set_index("oblast")["outline"]
        moved = memberships[cluster.only_by_new_border(memberships, outlines)]
        assert moved["organisation"].tolist() == ["karaganda-10"]
        assert moved["located"].tolist() == ["ulytau"]


class TestJoining:
    def test_mentions_of_one_list_become_one_row(self):
        rows = table(
            mention("a-1", kind="services", kind_tag="assumed", line=5),
            mention("a-2"),
            mention("a-3", same_as="a-1", kind="geology", outside=True, located="b", line=9),
        )
        joined = cluster.memberships(rows)
        assert joined["organisation"].tolist() == ["a-1", "a-2"]
        first = joined.iloc[0]
        assert (first["mentions"], first["lines"], first["name_en"]) == (2, "5;9", "Company a-1")
        assert (first["kind"], first["kind_tag"]) == ("geology", "stated"), "the kind that is best known"
        assert (first["outside"], first["located"]) == (True, "b")

    def test_an_organisation_of_two_oblasts_has_a_row_in_each(self):
        joined = cluster.memberships(table(mention("b-1"), mention("a-1", same_as="b-1")))
        assert joined[["oblast", "organisation"]].values.tolist() == [["a", "b-1"], ["b", "b-1"]]
        assert set(joined["name_en"]) == {"Company b-1"}, "the name of the first mention"

    def test_universities_of_all_mentions_are_joined(self):
        rows = table(mention("a-1", universities="u;v"), mention("a-2", universities="v;w", same_as="a-1"))
        assert cluster.memberships(rows)["universities"].tolist() == ["u;v;w"]

    def test_a_list_of_one_oblast_has_no_row_for_all(self, members):
        one = cluster.memberships(members[members["oblast"].eq("aktobe")])
        assert cluster.count_members(one)["oblast"].tolist() == ["aktobe"]

    def test_sharing_is_seen_across_the_lists_given(self, members, memberships):
        one = memberships[memberships["oblast"].eq("east-kazakhstan")]
        assert cluster.count_members(one)["shared"].tolist() == [0]
        assert cluster.count_members(one, memberships)["shared"].tolist() == [1]

    def test_own_list_replaces_that_of_the_article(self, members):
        own = table(mention("karaganda-1", name_en="Own"))
        joined = cluster.join_lists(own, members)
        assert joined.loc[joined["oblast"].eq("karaganda"), "name_en"].tolist() == ["Own"]
        assert len(joined) == 1 + 49 - 18

    def test_no_member_is_refused(self, members):
        with pytest.raises(InputError, match=r"members\.csv"):
            cluster.memberships(members.iloc[:0])


@settings(max_examples=20, deadline=None)
@given(lists(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(members, random):
    order = list(range(len(members)))
    random.shuffle(order)
    shuffled = members.iloc[order].reset_index(drop=True)
    pd.testing.assert_frame_equal(cluster.memberships(members), cluster.memberships(shuffled))


@settings(max_examples=20, deadline=None)
@given(lists())
def test_no_mention_is_lost(members):
    joined = cluster.memberships(members)
    counts = cluster.count_members(joined).set_index("oblast").loc["all"]
    assert joined["mentions"].sum() == counts["mentions"] == len(members)
    assert counts["organisations"] == cluster.identify(members).nunique()
    assert counts["repeated"] == len(members) - len(joined)
