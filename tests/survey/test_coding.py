"""Agreement of coders against Krippendorff's published examples and hand calculations."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey.coding import (
    code_presence,
    coder_table,
    cohen_kappa,
    disagreements,
    krippendorff_alpha,
)

N = np.nan
# Krippendorff (2011), section D: four observers, twelve units, missing values.
OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        "C": [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    }
)
# Section B: two observers, twelve articles, nominal.
ARTICLES = pd.DataFrame({"Ben": list("aabbdcccedda"), "Gerry": list("babbbccceddd")})


def long(codes):
    table = codes.rename_axis("unit").reset_index().melt("unit", var_name="coder", value_name="code")
    return table.dropna()


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_krippendorffs_example_with_missing_codes(level, alpha):
    assert krippendorff_alpha(OBSERVERS, level) == pytest.approx(alpha, abs=5e-4)
    assert krippendorff_alpha(coder_table(long(OBSERVERS)), level) == pytest.approx(alpha, abs=5e-4)


def test_krippendorffs_example_with_two_values():
    # Section A: 0/1 codes of ten articles, alpha 0.095.
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(pd.DataFrame({"Meg": meg, "Owen": owen})) == pytest.approx(0.095, abs=5e-4)


def test_krippendorffs_nominal_example():
    assert krippendorff_alpha(ARTICLES) == pytest.approx(0.692, abs=5e-4)


def test_the_order_of_text_codes_is_used():
    words = OBSERVERS.replace({1: "never", 2: "seldom", 3: "often", 4: "mostly", 5: "always"})
    order = ["never", "seldom", "often", "mostly", "always"]
    assert krippendorff_alpha(words, "ordinal", order) == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(words, "ordinal", order[::-1]) == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(words, "ordinal", sorted(order)) != pytest.approx(0.815, abs=5e-3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([1.0, 2.0, 3.0, N])] * 3), min_size=4, max_size=20), st.data())
def test_coders_and_units_may_change_places(rows, data):
    codes = pd.DataFrame(rows, columns=list("ABC"))
    pairable = codes[codes.notna().sum(axis=1) >= 2].to_numpy()
    assume(len(set(pairable[~np.isnan(pairable)])) > 1)
    shuffled = codes[data.draw(st.permutations(list("ABC")))].sample(frac=1, random_state=0)
    for level in ("nominal", "ordinal", "interval"):
        alpha = krippendorff_alpha(codes, level)
        assert krippendorff_alpha(shuffled, level) == pytest.approx(alpha)
        assert alpha <= 1 + 1e-12
    assert krippendorff_alpha(7 - 2 * codes, "interval") == pytest.approx(alpha)


def test_full_agreement_is_one_and_full_disagreement_negative():
    same = pd.DataFrame({"A": list("abc"), "B": list("abc")})
    assert krippendorff_alpha(same) == 1
    assert krippendorff_alpha(pd.DataFrame({"A": list("ab"), "B": list("ba")})) < 0


def test_kappa_by_hand():
    """20 both yes, 15 both no, 5 and 10 apart: (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    codes = pd.DataFrame(
        [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, columns=["A", "B"]
    )
    found = cohen_kappa(codes)
    assert found["kappa"] == pytest.approx(0.4)
    assert found["units"] == 50
    assert found["low"] < 0.4 < found["high"]


@pytest.mark.parametrize(("weights", "power"), [("linear", 1), ("quadratic", 2)])
def test_weighted_kappa_from_its_definition(weights, power):
    pairs = OBSERVERS[["A", "D"]].dropna()
    d = (pairs["A"] - pairs["D"]).abs() ** power
    chance = np.abs(pairs["A"].to_numpy()[:, None] - pairs["D"].to_numpy()) ** power
    assert cohen_kappa(OBSERVERS[["A", "D"]], weights)["kappa"] == pytest.approx(1 - d.mean() / chance.mean())


def test_an_unused_code_of_the_order_widens_no_distance_of_names():
    pairs = OBSERVERS[["A", "D"]]
    plain = cohen_kappa(pairs)["kappa"]
    assert cohen_kappa(pairs, order=[1, 2, 3, 4, 5, 6])["kappa"] == pytest.approx(plain)


def test_disagreements_are_listed_with_both_codes():
    found = disagreements(OBSERVERS[["A", "B", "D"]])
    assert found["unit"].tolist() == [5, 5, 5]
    assert found[["first", "second"]].to_numpy().tolist() == [["A", "B"], ["A", "D"], ["B", "D"]]
    assert found["first_code"].tolist() == [1, 1, 2]
    assert found["second_code"].tolist() == [2, 4, 4]
    assert disagreements(pd.DataFrame({"A": ["a"], "B": ["a"]})).empty


def test_units_with_several_codes_are_compared_code_by_code():
    codings = pd.DataFrame(
        [(1, "A", "funding"), (1, "A", "staff"), (1, "B", "funding"), (2, "A", "staff"), (2, "B", "staff")],
        columns=["unit", "coder", "code"],
    )
    assert code_presence(codings, "staff").to_numpy().tolist() == [[1, 0], [1, 1]]
    with pytest.raises(InputError, match="found '1': coder 'A' gave the unit several codes: 'funding', 'staff'"):
        coder_table(codings)
    with pytest.raises(InputError, match="nobody used the code; used were 'funding', 'staff'"):
        code_presence(codings, "markets")


@pytest.mark.parametrize(
    ("codes", "arguments", "message"),
    [
        ({"A": ["a", None], "B": [None, "b"]}, {}, "because no unit was coded twice"),
        ({"A": [None], "B": [None]}, {}, "because no unit was coded twice"),
        ({"A": ["a", "a"], "B": ["a", "a"]}, {}, "because all codes are the same"),
        ({"A": ["a", "b"], "B": ["a", "a"]}, {"level": "ordinal"}, "the order of the codes is not known"),
        ({"A": ["a", "b"], "B": ["a", "a"]}, {"level": "ratio"}, "found 'ratio': the level is one of"),
        (
            {"A": ["a", "b"], "B": ["a", "a"]},
            {"level": "interval"},
            "interval codes must be numbers: 'a', 'b'",
        ),
        ({"A": ["1", 1], "B": [1, 1]}, {}, "codes mix numbers and text"),
        ({"A": ["a", "b"], "B": ["a", "a"]}, {"order": ["a"]}, "codes that the order does not hold: 'b'"),
    ],
)
def test_alpha_says_why_it_cannot_be_estimated(codes, arguments, message):
    with pytest.raises(InputError, match=message):
        krippendorff_alpha(pd.DataFrame(codes), **arguments)


def test_kappa_says_why_it_cannot_be_estimated():
    with pytest.raises(InputError, match="compares two coders; there are 4") as caught:
        cohen_kappa(OBSERVERS, "cubic")
    assert "found 'cubic'" in str(caught.value)
    with pytest.raises(InputError, match="the order of the codes is not known"):
        cohen_kappa(pd.DataFrame({"A": ["a", "b"], "B": ["b", "b"]}), "linear")
    with pytest.raises(InputError, match="no unit was coded by both"):
        cohen_kappa(pd.DataFrame({"A": ["a", None], "B": [None, "b"]}))
    with pytest.raises(InputError, match="all codes are the same"):
        cohen_kappa(pd.DataFrame({"A": ["a", "a"], "B": ["a", "a"]}))
    with pytest.raises(InputError, match="column coder: the column is missing"):
        coder_table(pd.DataFrame({"unit": [1], "code": ["a"]}))
