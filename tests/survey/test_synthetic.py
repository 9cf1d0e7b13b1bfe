"""Synthetic respondents: every margin exactly, every admissible joint answer, labelled as what they are."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey import (
    Margin,
    association_bounds,
    frechet_bounds,
    goodman_kruskal_gamma,
    overlap_bounds,
    published_margins,
    spearman,
    spread,
    synthetic_respondents,
)
from unicluster.survey.responses import code_responses

PAPER = Path(__file__).parents[2] / "data" / "paper"
UNIVERSITIES = ("baishev", "ektu", "kartu", "ualikhanov", "zhubanov")
ACTIVITY = Margin("activity", ("1", "2", "3", "4", "5"), *[(1, 6, 38, 22, 2)] * 2, ordinal=True, complete=True)
STABILITY = Margin("stability", ("1", "2", "3", "4", "5"), *[(2, 6, 17, 38, 6)] * 2, ordinal=True, complete=True)


def exactly(name, *counts, **more):
    return Margin(name, tuple("abcde"[: len(counts)]), counts, counts, **more)


@st.composite
def single_margins(draw, base):
    low = draw(st.lists(st.integers(0, base // 3), min_size=1, max_size=3))
    high = tuple(count + draw(st.integers(0, 3)) for count in low)
    complete = sum(high) >= base and draw(st.booleans())
    options = tuple("abc"[: len(low)])
    return Margin("single", options, tuple(low), high, ordinal=draw(st.booleans()), complete=complete)


@st.composite
def multiple_margins(draw, base):
    excluded = draw(st.integers(0, base - 1))
    low = draw(st.lists(st.integers(0, base - excluded), min_size=1, max_size=4))
    high = tuple(min(count + draw(st.integers(0, 2)), base - excluded) for count in low)
    complete = sum(low) >= base - excluded and draw(st.booleans())
    options = ("hard", *"abcd"[: len(low)])
    return Margin(
        "multiple", options, (excluded, *low), (excluded, *high), multiple=True, exclusive="hard", complete=complete
    )


@given(
    st.integers(6, 25).flatmap(lambda n: st.tuples(st.just(n), single_margins(n), multiple_margins(n))),
    st.integers(0, 5),
    st.sampled_from(["spanning", "independent"]),
)
def test_every_draw_reproduces_random_margins(case, seed, coupling):
    base, single, multiple = case
    if sum(single.low) > base:
        return
    survey = synthetic_respondents((single, multiple), base, UNIVERSITIES, 13, seed, coupling)
    given_answers = survey.single["single"]
    assert given_answers.shape == (13, base)
    counts = np.stack([(given_answers == k).sum(axis=1) for k in range(len(single.options))], axis=1)
    assert ((single.low <= counts) & (counts <= single.high)).all()
    assert not single.complete or (given_answers >= 0).all()

    chosen = survey.multiple["multiple"]
    mentions = chosen.sum(axis=1)
    assert ((multiple.low <= mentions) & (mentions <= multiple.high)).all()
    assert not (chosen[..., 0] & chosen[..., 1:].any(axis=2)).any()
    assert not multiple.complete or chosen.any(axis=2).all()
    assert all(set(row) == set(range(5)) for row in survey.university)


def all_tables(first, second):
    """Every joint table of two margins, from every order of the answers."""
    answers = [np.repeat(range(len(m)), m) for m in (first, second)]
    tables = set()
    for order in set(permutations(answers[1].tolist())):
        table = np.zeros((len(first), len(second)), int)
        np.add.at(table, (answers[0], np.array(order)), 1)
        tables.add(table.tobytes())
    return tables


@pytest.mark.parametrize("ordinal", [True, False])
def test_every_admissible_table_is_drawn(ordinal):
    first, second = (2, 1, 3), (1, 4, 1)
    margins = [exactly(n, *m, ordinal=ordinal, complete=True) for n, m in (("x", first), ("y", second))]
    survey = synthetic_respondents(margins, 6, ["u"], draws=1000)
    assert {table.tobytes() for table in survey.tables("x", "y")} == all_tables(first, second)


@pytest.mark.parametrize("measure", [spearman, goodman_kruskal_gamma], ids=lambda f: f.__name__)
def test_draws_reach_the_extremes_and_never_pass_them(measure):
    survey = synthetic_respondents([ACTIVITY, STABILITY], 69, UNIVERSITIES)
    found = spread(measure(survey.tables("activity", "stability")))
    low, high = association_bounds(ACTIVITY.low, STABILITY.low, measure)
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=1e-12)
    assert found["undefined"] == 0


def test_independent_draws_show_one_kind_only():
    wide, narrow = (
        spread(spearman(s.tables("activity", "stability")))
        for s in (
            synthetic_respondents([ACTIVITY, STABILITY], 69, UNIVERSITIES, coupling=c)
            for c in ("spanning", "independent")
        )
    )
    assert wide["low"] < narrow["low"] - 0.2 and narrow["high"] + 0.2 < wide["high"]
    assert abs(narrow["median"]) < 0.05


def test_scales_go_together_in_other_shapes_too():
    # Both ends of one scale with the middle of the other: no rank measure shows it.
    u_shaped = [[0, 2, 0], [2, 0, 2], [0, 2, 0]]
    margins = [
        exactly(name, *counts, ordinal=True, complete=True) for name, counts in (("x", (2, 4, 2)), ("y", (2, 4, 2)))
    ]
    tables = synthetic_respondents(margins, 8, ["u"], draws=400).tables("x", "y")
    assert (tables == u_shaped).all(axis=(1, 2)).mean() > 0.01


@pytest.mark.parametrize("everyone", [True, False])
def test_overlaps_span_their_bounds(everyone):
    counts, base = (5, 4, 3), 8
    margin = exactly("q", *counts, multiple=True, complete=everyone)
    overlaps = synthetic_respondents([margin], base, ["u"], draws=1500).overlaps("q")
    assert (overlaps[:, range(3), range(3)] == counts).all()
    for row in overlap_bounds(counts, base, everyone).itertuples():
        assert set(overlaps[:, row.first, row.second]) == set(range(row.low, row.high + 1))


@pytest.mark.parametrize("sizes", [(3, 2, 2), (7, 4, 2), (2, 6, 4)])
def test_mentions_of_an_item_follow_other_questions_as_far_as_they_can(sizes):
    other, item, excluded = sizes
    margins = [
        exactly("x", other, 10 - other, complete=True),
        Margin("q", ("a", "hard"), (item, excluded), (item, excluded), multiple=True, exclusive="hard"),
    ]
    survey = synthetic_respondents(margins, 10, ["u"], draws=1500)
    both = ((survey.single["x"] == 0) & survey.multiple["q"][..., 0]).sum(axis=1)
    low, high = frechet_bounds(other, item, 10)
    assert set(both) == set(range(low, high + 1))


def test_unknown_counts_run_over_their_bounds():
    margin = Margin("x", ("a", "b", "c"), (3, 0, 2), (3, 4, 5), ordinal=True)
    answers = synthetic_respondents([margin], 9, ["u"], draws=1000).single["x"]
    ways = {tuple((row == k).sum() for k in (0, 1, 2, -1)) for row in answers}
    assert ways == {(3, b, c, 9 - 3 - b - c) for b in range(5) for c in range(2, 6) if 3 + b + c <= 9}


def test_the_published_survey():
    questions, counts = (pd.read_csv(PAPER / f"survey_{name}.csv") for name in ("questions", "counts"))
    margins = published_margins(questions, counts)
    survey = synthetic_respondents(margins, 69, UNIVERSITIES, draws=40)
    known = counts.dropna(subset="count").set_index(["question", "option"])["count"]
    for margin in margins:
        for place, option in enumerate(margin.options):
            chosen = (
                survey.multiple[margin.question][..., place]
                if margin.multiple
                else survey.single[margin.question] == place
            ).sum(axis=1)
            if (margin.question, option) in known.index:
                assert (chosen == known[margin.question, option]).all()
    assert [m.question for m in margins if m.exclusive] == ["funding", "reserves"]
    # It is not known if programmes allowed several answers; only "other" of importance takes in everyone.
    assert [m.question for m in margins if m.multiple] == ["funding", "reserves", "programmes"]
    assert [m.question for m in margins if m.complete] == ["importance"]


def test_rows_are_labelled_and_read_like_any_respondents():
    questions, options = (pd.read_csv(PAPER / f"survey_{name}.csv") for name in ("questions", "counts"))
    questions["choice"] = questions["choice"].replace("unknown", "multiple")
    survey = synthetic_respondents(published_margins(questions, options), 69, UNIVERSITIES, draws=5, seed=3)
    table = survey.responses(4)
    assert survey.tag == table.attrs["tag"] == "synthetic"
    assert table["respondent"].str.startswith("synthetic-").all()
    coded = code_responses(table, questions, options)
    assert coded.single["activity"].value_counts()["medium"] == 38
    assert coded.selections("reserves")["hard-to-answer"].sum() == 46
    joint = pd.crosstab(coded.single["activity"], coded.single["stability"], dropna=False)
    joint = joint.reindex(
        index=coded.single["activity"].cat.categories, columns=coded.single["stability"].cat.categories
    )
    np.testing.assert_array_equal(joint.fillna(0), survey.tables("activity", "stability")[4])


def test_same_seed_same_respondents():
    one, same, other = (synthetic_respondents([ACTIVITY], 69, UNIVERSITIES, 8, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.single["activity"], same.single["activity"])
    np.testing.assert_array_equal(one.university, same.university)
    assert (one.single["activity"] != other.single["activity"]).any()


def test_spread():
    found = spread([0.2, np.nan, -0.4, 0.3])
    assert found.name == "synthetic"
    assert found.to_dict() == {"low": -0.4, "median": 0.2, "high": 0.3, "draws": 4, "undefined": 1}
    with pytest.raises(InputError, match="no draw"):
        spread([np.nan])


def test_every_impossible_margin_is_named_at_once():
    faulty = [
        exactly("above", 70, 2),
        exactly("sum", 40, 30),
        Margin("turned", ("a",), (5,), (3,)),
        exactly("fractional", 2.5, -1),
        exactly("few", 3, 4, complete=True),
        Margin("hard", ("a", "no"), (40, 30), (40, 30), multiple=True, exclusive="no"),
        exactly("nobody", 3, 4, multiple=True, complete=True),
        Margin("ragged", ("a", "a"), (1,), (1, 2)),
    ]
    with pytest.raises(InputError) as error:
        synthetic_respondents(faulty, 69, UNIVERSITIES)
    told = str(error.value)
    assert len(error.value.faults) == 12
    assert all(margin.question in told for margin in faulty)


def test_refused_arguments():
    with pytest.raises(InputError) as error:
        synthetic_respondents([ACTIVITY, ACTIVITY], 69.5, [], draws=0, coupling="wild")
    assert len(error.value.faults) == 5
    with pytest.raises(InputError, match="more than the 3 respondents"):
        synthetic_respondents([replace(ACTIVITY, low=(0,) * 5, high=(3,) * 5)], 3, UNIVERSITIES)
    survey = synthetic_respondents([ACTIVITY, exactly("m", 3, multiple=True)], 69, UNIVERSITIES, draws=2)
    with pytest.raises(InputError, match="0 to 1"):
        survey.responses(2)
    with pytest.raises(InputError, match="'activity'"):
        survey.tables("activity", "m")
    with pytest.raises(InputError, match="'m'"):
        survey.overlaps("activity")


def test_tables_of_margins_are_checked():
    questions, counts = (pd.read_csv(PAPER / f"survey_{name}.csv") for name in ("questions", "counts"))
    with pytest.raises(InputError, match="choice"):
        published_margins(questions.drop(columns="choice"), counts)
    with pytest.raises(InputError, match="stability"):
        published_margins(questions[questions["question"] != "stability"], counts)
