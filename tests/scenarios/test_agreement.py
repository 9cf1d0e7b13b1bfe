"""Two coders of the same links."""

import pandas as pd
import pytest

from unicluster import scenarios, tables
from unicluster.faults import InputError


@pytest.fixture(scope="module")
def scale():
    return tables.load("fcm_scale")


def coding(*strengths, signs="++-+"):
    pairs = [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]
    rows = [(*pair, "article", sign, strength) for pair, sign, strength in zip(pairs, signs, strengths, strict=True)]
    return pd.DataFrame(rows, columns=["from", "to", "rater", "sign", "strength"])


def test_the_same_coding_agrees_fully(scale):
    first = coding("low", "high", "medium", "very-high")
    found = scenarios.coder_agreement(first, first, scale)
    assert found.alpha == pytest.approx(1)
    assert found.same_sign == 1
    assert found.disagreements.empty


def test_differences_are_listed_the_widest_first(scale):
    first = coding("low", "high", "medium", "very-high")
    second = coding("medium", "high", "medium", "very-high", signs="++++")
    found = scenarios.coder_agreement(first, second, scale)
    assert found.same_sign == pytest.approx(3 / 4)
    assert 0 < found.alpha < 1
    # On the scale -very-high ... -very-low, none, +very-low ...: from -medium to +medium are six places.
    assert found.disagreements[["first", "second", "steps"]].to_numpy().tolist() == [
        ["-medium", "+medium", 6],
        ["+low", "+medium", 1],
    ]


def test_a_near_miss_costs_less_than_a_turned_sign(scale):
    first = coding("low", "high", "medium", "very-high")
    near = scenarios.coder_agreement(first, coding("low", "high", "low", "very-high"), scale)
    turned = scenarios.coder_agreement(first, coding("low", "high", "medium", "very-high", signs="++++"), scale)
    assert near.alpha > turned.alpha


def test_rows_that_one_coder_left_empty_do_not_count(scale):
    first = coding("low", "high", "medium", "very-high")
    second = first.assign(strength=["low", pd.NA, "medium", "very-high"])
    assert scenarios.coder_agreement(first, second, scale).rows == 3


def test_unknown_terms_and_codings_without_common_rows_are_refused(scale):
    first = coding("low", "high", "medium", "very-high")
    with pytest.raises(InputError, match="not a term of the scale"):
        scenarios.coder_agreement(first, coding("low", "huge", "medium", "very-high"), scale)
    with pytest.raises(InputError, match="no row in common"):
        scenarios.coder_agreement(first, first.assign(rater="survey"), scale)
