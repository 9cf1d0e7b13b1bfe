"""Elicitation against the published case, hand-made shares and its own refusals."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import (
    LINGUISTIC_SCALE,
    aggregate_memberships,
    defuzzify,
    dissent,
    elicit_weight,
    elicit_weights,
    entropy,
    imply,
    individual_maps,
    memberships,
    proportions,
)

CASES = Path(__file__).parents[1] / "cases" / "fcm"
CASE = json.loads((CASES / "c06_fcmpy_expert_elicitation.json").read_text())
GRID = np.arange(-1, 1.05, 0.05)


def tidy(ratings):
    return pd.DataFrame(
        [
            (*link.split("->"), f"expert {k}", answer)
            for link, answers in ratings.items()
            for k, answer in enumerate(answers)
        ],
        columns=["source", "target", "rater", "rating"],
    )


def test_published_weights_and_entropy():
    found = elicit_weights(tidy(CASE["ratings"]), CASE["linguistic_terms"], universe=GRID).table
    links = found["source"] + "->" + found["target"]
    weights = dict(zip(links, found["weight"].round(6), strict=True))
    assert weights == CASE["expected_weight"]
    assert dict(zip(links, found["entropy"].round(6), strict=True)) == CASE["expected_entropy"]


def test_published_centroid_from_given_proportions():
    terms = memberships(CASE["linguistic_terms"])
    second = CASE["second"]
    activated = [imply(terms[t], share) for t, share in second["proportions"].items()]
    for universe in (GRID, None):
        centroid = defuzzify(aggregate_memberships(activated, universe=universe))
        assert round(centroid, 2) == second["expected_centroid_2dp"]


def test_the_default_scale_is_the_published_one():
    assert {t: list(shape) for t, shape in LINGUISTIC_SCALE.items()} == CASE["linguistic_terms"]


def test_no_causality_counts_but_a_missing_answer_does_not():
    assert proportions(["+H", "no causality", None, float("nan")]) == {
        "+H": 0.5,
        "no causality": 0.5,
    }
    clipped = elicit_weight(["+H", "no causality"], implication="mamdani")
    assert clipped.membership(np.array([0.75])) == pytest.approx(0.5)
    assert clipped.raters == 2
    assert elicit_weight(["+H", None]).membership(np.array([0.75])) == pytest.approx(1.0)


def test_only_no_causality_is_a_weight_of_zero():
    found = elicit_weight(["no causality", "no causality"])
    assert (found.weight, found.membership, found.entropy) == (0.0, None, 0.0)


def test_credibility_weighs_people():
    assert proportions(["+H", "+L", "+L"], [2, 1, 1]) == {"+H": 0.5, "+L": 0.5}
    heard = elicit_weight(["+H", "-H"], credibility=[1, 0])
    assert heard.weight == pytest.approx(0.75)


@settings(max_examples=20, deadline=None)
@given(st.permutations(["+H", "+VH", "+H", "-M", "no causality", "NA"]))
def test_the_order_of_people_does_not_matter(answers):
    expected = elicit_weight(sorted(answers), aggregation="hamacher_sum").weight
    found = elicit_weight(answers, aggregation="hamacher_sum").weight
    assert found == pytest.approx(expected, abs=1e-14)


def test_entropy_in_bits():
    assert entropy({"a": 1.0}) == 0
    assert entropy({"a": 0.5, "b": 0.25, "c": 0.25}) == pytest.approx(1.5)


def test_dissent_knows_neighbours_from_opposites():
    assert dissent({"+VH": 0.5, "-VH": 0.5}) == pytest.approx(1.0)
    assert dissent({"+VH": 1.0}) == 0
    # Two neighbours 0.25 apart on a scale of width 2: each 1/16 of it from the mean.
    assert dissent({"+VH": 0.5, "+H": 0.5}) == pytest.approx(-math.log2(1 - 1 / 16))
    assert dissent({"+VH": 0.5, "no causality": 0.5}) == pytest.approx(-math.log2(1 - 1 / 4))


def test_one_map_a_rater():
    maps = individual_maps(tidy(CASE["ratings"]), ["C1", "C2", "C3", "C4"])
    assert list(maps) == [f"expert {k}" for k in range(6)]
    first = maps["expert 0"].matrix()
    assert first.loc["C1", "C2"] == pytest.approx((-1 - 1 - 0.75) / 3)
    assert first.loc["C2", "C1"] == pytest.approx(0.75)
    assert maps["expert 5"].matrix().loc["C3", "C1"] == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: elicit_weight(["+HH"]), r"'\+HH': is not a term.*did you mean '\+H'"),
        (lambda: elicit_weight([None]), "no rater"),
        (lambda: elicit_weight(["+H"], credibility=[-1]), "credibility"),
        (lambda: elicit_weight(["+H"], credibility=[1, 1]), "credibility"),
        (lambda: memberships({"a": (0, 1), "b": (1, 0, 2)}), "(?s)column a.*column b"),
        (lambda: elicit_weights(pd.DataFrame({"source": []})), "(?s)rater.*rating.*target"),
        (
            lambda: elicit_weights(pd.concat([tidy({"a->b": ["+H"]})] * 2), credibility={"somebody": 1}),
            "(?s)more than once.*no credibility",
        ),
        (
            lambda: elicit_weights(tidy({"a->b": [None], "a->c": [None], "a->d": ["+H"]})),
            "(?s)a -> b.*a -> c",
        ),
        (lambda: individual_maps(tidy({"a->cc": ["+H"]}), ["a", "c"]), "did you mean 'c'"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(InputError, match=said):
        call()
