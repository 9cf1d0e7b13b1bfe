"""Tests for several answers against the published farmers' data, scipy and known limits."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey.multiselect import (
    cochran_q,
    multiple_marginal_independence,
    pairwise_marginal_independence,
)

CASES = Path(__file__).parents[1] / "cases" / "survey"


@pytest.fixture(scope="module")
def farmers():
    case = json.loads((CASES / "mrcv_farmer1_mmi.json").read_text())
    patterns = np.array(case["inputs"]["patterns"])
    rows = np.repeat(patterns[:, :-1], patterns[:, -1], axis=0)
    names = case["inputs"]["columns"][1:-1]
    return pd.DataFrame(rows[:, 1:], columns=names), rows[:, 0], case


def test_cochran_q_of_the_nist_example():
    case = json.loads((CASES / "cochranq_nist_dataplot.json").read_text())
    found = cochran_q(pd.DataFrame(case["inputs"]["table"]))
    for name, value in (("Q", found.statistic), ("df", found.df), ("p", found.p)):
        assert value == pytest.approx(case["expected"][name], abs=case["tolerance"][name])


def test_the_farmers_as_r_prints_them(farmers):
    selections, education, case = farmers
    found = multiple_marginal_independence(selections, education)
    expected, tolerance = case["expected"], case["tolerance"]
    assert found.respondents == 262
    assert found.first_order.statistic == pytest.approx(expected["X2_S"], abs=tolerance["X2_S"])
    assert found.options["statistic"].tolist() == pytest.approx(expected["X2_j"], abs=tolerance["X2_j"])
    assert found.bonferroni_p == pytest.approx(expected["bonferroni_p"], abs=tolerance["bonferroni_p"])
    assert found.first_order.df == 20


def test_the_second_order_correction_as_r_prints_it(farmers):
    # MRCV's MI.test(type = "rs2"): 28.68 on 18.6 df, p 0.0632.
    second = multiple_marginal_independence(*farmers[:2]).second_order
    assert second.statistic == pytest.approx(28.68, abs=0.005)
    assert second.df == pytest.approx(18.6, abs=0.05)
    assert second.p == pytest.approx(0.0632, abs=5e-5)


def test_the_permutation_p_value_is_near_the_corrected_one(farmers):
    found = multiple_marginal_independence(*farmers[:2], permutations=1999, seed=1)
    error = np.sqrt(found.second_order.p / 1999)
    assert found.permutation_p == pytest.approx(found.second_order.p, abs=4 * error)
    again = multiple_marginal_independence(*farmers[:2], permutations=1999, seed=1)
    assert again.permutation_p == found.permutation_p


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_each_option_has_its_pearson_statistic(seed):
    rng = np.random.default_rng(seed)
    selections = pd.DataFrame(rng.integers(0, 2, (60, 3)), columns=list("abc"))
    groups = rng.choice(["K", "V", "S"], 60)
    found = multiple_marginal_independence(selections, groups)
    for name in "abc":
        pearson = stats.chi2_contingency(pd.crosstab(groups, selections[name]), correction=False)
        assert found.options.loc[name, "statistic"] == pytest.approx(pearson.statistic)
        assert found.options.loc[name, "p"] == pytest.approx(pearson.pvalue)


def test_copies_of_one_option_count_once():
    """Four copies with equal shares in all groups hold the information, and the freedom, of one."""
    one = np.tile([0, 0, 1], 20)
    groups = np.repeat(list("KVS"), 20)
    one = np.concatenate([np.tile([0, 1, 1, 0, 1], 4)] * 3)
    found = multiple_marginal_independence(pd.DataFrame({n: one for n in "abcd"}), groups)
    assert found.first_order.df == 8
    assert found.second_order.df == pytest.approx(2)


def test_one_option_needs_no_correction():
    one = np.concatenate([np.tile([0, 1], 10)] * 3)
    found = multiple_marginal_independence(pd.DataFrame({"a": one}), np.repeat(list("KVS"), 20))
    assert found.second_order.df == pytest.approx(2)
    assert found.second_order.statistic == pytest.approx(found.first_order.statistic)


def test_pairs_of_options_have_their_pearson_statistics(farmers):
    selections = farmers[0]
    first, second = selections[["Y1", "Y2"]], selections[["Y3", "Y4", "Y5"]]
    found = pairwise_marginal_independence(first, second.iloc[::-1])
    for a in first:
        for b in second:
            pearson = stats.chi2_contingency(pd.crosstab(selections[a], selections[b]), correction=False)
            assert found.options.loc[(a, b), "statistic"] == pytest.approx(pearson.statistic)
    assert found.first_order.df == 6


def test_pairs_that_repeat_each_other_count_once():
    a, b = np.repeat([0, 1], 40), np.tile([0, 1], 40)
    one = pairwise_marginal_independence(pd.DataFrame({"a": a}), pd.DataFrame({"b": b}))
    copies = pairwise_marginal_independence(pd.DataFrame({"a": a, "c": a}), pd.DataFrame({"b": b, "d": b}))
    assert one.second_order.df == pytest.approx(1)
    assert copies.first_order.df == 4
    assert copies.second_order.df == pytest.approx(1)


@pytest.mark.slow
def test_the_corrected_tests_hold_their_level():
    """Correlated options chosen independently of group and of the other question; nominal 10 %."""
    rejected = []
    for seed in range(500):
        rng = np.random.default_rng(seed)
        common, other = rng.normal(size=(2, 120, 1))
        a = pd.DataFrame((common + 0.5 * rng.normal(size=(120, 4)) > 0.3).astype(int))
        b = pd.DataFrame((other + 0.5 * rng.normal(size=(120, 3)) > 0).astype(int))
        grouped = multiple_marginal_independence(a, rng.integers(0, 4, 120))
        paired = pairwise_marginal_independence(a, b)
        rejected.append([t.p < 0.1 for t in (grouped.second_order, grouped.first_order, paired.second_order)])
    second, first, pairs = np.mean(rejected, axis=0)
    assert second == pytest.approx(0.1, abs=0.04)
    assert pairs == pytest.approx(0.1, abs=0.04)
    assert first > second


def test_options_that_do_not_differ_are_left_out_and_named():
    selections = pd.DataFrame({"a": [0, 1, 0, 1], "b": [1, 1, 1, 1], "c": [0, 0, 0, 0]})
    found = multiple_marginal_independence(selections, list("KKVV"))
    assert found.constant == ("b", "c")
    assert found.options.index.tolist() == ["a"]


def test_what_cannot_be_tested_says_why():
    table = pd.DataFrame({"a": [0, 1, 1], "b": [1, 1, 0]})
    with pytest.raises(InputError, match="all respondents are in one group"):
        multiple_marginal_independence(table, ["K"] * 3)
    with pytest.raises(InputError, match="3 rows of answers but 2 of groups"):
        multiple_marginal_independence(table, ["K", "V"])
    with pytest.raises(InputError, match="'a', 'b' was chosen by everybody or nobody"):
        multiple_marginal_independence(table * 0, list("KVV"))
    with pytest.raises(InputError, match="column b: a choice is 0 or 1"):
        cochran_q(table.assign(b=[1, 2, np.nan]))
    with pytest.raises(InputError, match="everybody chose all options or none"):
        cochran_q(pd.DataFrame({"a": [0, 1], "b": [0, 1]}))
    with pytest.raises(InputError, match="two options or more"):
        cochran_q(table[["a"]])
    with pytest.raises(InputError, match="nobody answered both"):
        pairwise_marginal_independence(table, table.set_axis([7, 8, 9]))
