"""Counts and shares by group, checked by hand and by what must add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey.cross_tabulation import cross_tabulate, grouping
from unicluster.survey.likert import diverging, likert_counts
from unicluster.survey.nonresponse import item_nonresponse, missing_patterns
from unicluster.survey.responses import code_responses

QUESTIONS = pd.DataFrame(
    [
        ("activity", "single", "ordinal"),
        ("stability", "single", "ordinal"),
        ("funding", "multiple", "nominal"),
        ("post", "single", "nominal"),
    ],
    columns=["question", "choice", "scale"],
)
SCALE = ["low", "medium", "high"]
OPTIONS = pd.DataFrame(
    [("activity", option, i + 1) for i, option in enumerate(SCALE)]
    + [("stability", option, i + 1) for i, option in enumerate(SCALE)]
    + [("stability", "hard to say", None), ("funding", "state", 1), ("funding", "grants", 2)]
    + [("post", "teacher", 1), ("post", "dean", 2), ("post", "rector", 3)],
    columns=["question", "option", "order"],
)
ROWS = [
    ("a", "K", "low", "high", "state;grants", "teacher"),
    ("b", "K", "high", "hard to say", "", "teacher"),
    ("c", "K", "high", "low", "state", "dean"),
    ("d", "V", "", "low", "grants", ""),
    ("e", "V", "99", "high", "state", "dean"),
]


@pytest.fixture
def responses():
    return coded(ROWS)


def coded(rows):
    columns = ["respondent", "university", *QUESTIONS["question"]]
    return code_responses(pd.DataFrame(rows, columns=columns), QUESTIONS, OPTIONS, {"99": "refused"})


def test_counts_by_university_by_hand(responses):
    table = cross_tabulate(responses, "activity", "university")
    assert table["group"].tolist() == ["K"] * 3 + ["V"] * 3
    assert table["option"].tolist() == SCALE * 2
    assert table["count"].tolist() == [1, 0, 2, 0, 0, 0]
    assert table["base"].tolist() == [3, 3, 3, 0, 0, 0]
    assert table["missing"].tolist() == [0, 0, 0, 2, 2, 2]
    assert table["share"].tolist()[:3] == pytest.approx([1 / 3, 0, 2 / 3])
    assert table["share"][3:].isna().all()


def test_several_answers_are_shares_of_those_who_answered(responses):
    table = cross_tabulate(responses, "funding").set_index("option")
    assert table.loc["state", ["count", "base", "missing"]].tolist() == [3, 4, 1]
    assert table.loc["grants", "share"] == pytest.approx(0.5)


def test_those_without_a_subgroup_are_a_group_of_their_own(responses):
    table = cross_tabulate(responses, "funding", "post")
    groups = table.groupby("group", observed=False)["base"].first()
    assert groups.to_dict() == {"teacher": 1, "dean": 2, "rector": 0, "no answer": 1}
    assert grouping(responses, "university").equals(responses.university)


def test_weighted_shares_by_hand(responses):
    weights = pd.Series([1.0, 2.0, 3.0, 4.0, 6.0], index=list("abcde"))
    table = cross_tabulate(responses, "funding", "university", weights).set_index(["group", "option"])
    assert table.loc[("K", "state"), "weighted_share"] == pytest.approx(1.0)
    assert table.loc[("K", "grants"), "weighted_share"] == pytest.approx(1 / 4)
    assert table.loc[("V", "state"), "weighted_share"] == pytest.approx(0.6)


def test_unknown_names_and_missing_weights_are_refused(responses):
    with pytest.raises(InputError, match="no such question"):
        cross_tabulate(responses, "age")
    with pytest.raises(InputError, match="choose 'university' or one of 'activity', 'stability', 'post'"):
        cross_tabulate(responses, "activity", "funding")
    with pytest.raises(InputError, match="no weight for respondents 'c', 'd', 'e'"):
        cross_tabulate(responses, "activity", weights=pd.Series([1.0, 1.0], index=["a", "b"]))


answers = st.tuples(
    st.sampled_from("KVS"), st.sampled_from([*SCALE, "", "99"]), st.sampled_from(["teacher", "dean", ""])
)


@settings(max_examples=30)
@given(st.lists(answers, min_size=1, max_size=30))
def test_groups_add_up_to_everybody(drawn):
    rows = [(str(i), u, a, "low", "state", p) for i, (u, a, p) in enumerate(drawn)]
    responses = coded(rows)
    everybody = cross_tabulate(responses, "activity").set_index("option")
    assert (everybody["base"] + everybody["missing"] == len(rows)).all()
    for by in ("university", "post"):
        parts = cross_tabulate(responses, "activity", by).groupby("option", sort=False)
        assert parts["count"].sum().equals(everybody["count"])
        assert (parts["base"].sum() == everybody["base"]).all()


def test_a_diverging_bar_by_hand():
    counts = pd.DataFrame([[10, 20, 40, 20, 10]], index=["q"], columns=list("abcde"))
    bar = diverging(counts)
    assert bar["left"].tolist() == pytest.approx([-0.5, -0.4, -0.2, 0.2, 0.4])
    assert bar["right"].tolist() == pytest.approx([-0.4, -0.2, 0.2, 0.4, 0.5])
    even = diverging(pd.DataFrame([[1, 2, 3, 4]], columns=list("abcd")))
    assert even["right"].tolist()[1] == pytest.approx(0)
    assert even["left"].tolist() == pytest.approx([-0.3, -0.2, 0, 0.3])


@given(st.lists(st.lists(st.integers(0, 50), min_size=5, max_size=5), min_size=1, max_size=6))
def test_segments_of_a_diverging_bar_join_without_gaps(rows):
    counts = pd.DataFrame(rows, columns=list("abcde"))
    bars = diverging(counts)
    for _, bar in bars.groupby("bar_0"):
        if bar["base"].iloc[0] == 0:
            assert bar[["share", "left", "right"]].isna().all(axis=None)
            continue
        assert np.allclose(bar["left"][1:], bar["right"][:-1])
        assert np.allclose(bar["right"] - bar["left"], bar["count"] / bar["base"])
        middle = bar.iloc[2]
        assert middle["left"] == pytest.approx(-middle["right"])


def test_likert_counts_leave_out_answers_off_the_scale(responses):
    counts = likert_counts(responses, ["activity", "stability"], "university")
    assert list(counts.columns) == SCALE
    assert counts.loc[("stability", "K")].tolist() == [1, 0, 1]
    assert counts.loc[("activity", "V")].tolist() == [0, 0, 0]
    assert diverging(counts)["question"].unique().tolist() == ["activity", "stability"]


def test_likert_plots_need_counts_on_one_ordinal_scale(responses):
    with pytest.raises(InputError, match="not an ordinal question"):
        likert_counts(responses, ["activity", "post"])
    other = OPTIONS.replace({"option": {"high": "very high"}}).where(OPTIONS["question"] == "stability", OPTIONS)
    rows = [tuple("very high" if (i == 3 and c == "high") else c for i, c in enumerate(r)) for r in ROWS]
    table = pd.DataFrame(rows, columns=["respondent", "university", *QUESTIONS["question"]])
    mixed = code_responses(table, QUESTIONS, other, {"99": "refused"})
    with pytest.raises(InputError, match="do not share one scale"):
        likert_counts(mixed, ["activity", "stability"])
    with pytest.raises(InputError, match=r"found '-1.0': a count is a whole number"):
        diverging(pd.DataFrame([[1, -1]], columns=["a", "b"]))


def test_item_nonresponse_by_reason(responses):
    table = item_nonresponse(responses)
    assert table.loc[("activity", "all"), "answered"] == 3
    assert table.loc[("activity", "all"), "share_missing"] == pytest.approx(0.4)
    assert table.loc[("activity", "all"), ["missing: no answer", "missing: refused"]].tolist() == [1, 1]
    by = item_nonresponse(responses, "university")
    assert by.loc[("activity", "V"), "missing"] == 2
    assert by.loc[("funding", "K"), "missing: no answer"] == 1
    assert (by["answered"] + by["missing"] == by["respondents"]).all()
    reasons = by.filter(like="missing: ").sum(axis=1)
    assert reasons.equals(by["missing"])


def test_answers_missing_together(responses):
    patterns = missing_patterns(responses)
    assert patterns["unanswered"].tolist() == ["", "activity", "activity, post", "funding"]
    assert patterns["respondents"].tolist() == [2, 1, 1, 1]
    assert patterns["share"].sum() == pytest.approx(1)
