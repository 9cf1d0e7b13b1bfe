"""Tests of proportional odds against values printed by Stata and R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey.ordinal import ordered_logit
from unicluster.survey.proportional_odds import OMNIBUS, brant, parallel_lines

CASES = Path(__file__).parents[1] / "cases" / "survey"

# The wine data of R's ordinal package: counts of ratings 1 to 5 by temperature and contact.
WINE = {
    ("cold", "no"): [4, 9, 5, 0, 0],
    ("cold", "yes"): [1, 7, 8, 2, 0],
    ("warm", "no"): [0, 5, 8, 3, 2],
    ("warm", "yes"): [0, 1, 5, 7, 5],
}


def scale(values):
    return pd.Series(pd.Categorical(values, ordered=True))


@pytest.fixture(scope="module")
def ucla():
    table = pd.read_csv(CASES / "ologit_ucla.csv")
    order = ["unlikely", "somewhat likely", "very likely"]
    answers = pd.Series(pd.Categorical(table["apply"], order, ordered=True))
    return ordered_logit(answers, table[["pared", "public", "gpa"]])


@pytest.fixture(scope="module")
def wine():
    rows = [(t, c, r + 1) for (t, c), counts in WINE.items() for r, n in enumerate(counts) for _ in range(n)]
    table = pd.DataFrame(rows, columns=["temp", "contact", "rating"])
    return ordered_logit(scale(table["rating"]), table[["temp", "contact"]])


def test_brant_as_stata_prints_it(ucla):
    # UCLA, "Ordered logistic regression, Stata data analysis examples": brant, detail.
    found = brant(ucla)
    assert found["statistic"].round(2).tolist() == [4.34, 0.13, 3.44, 0.18]
    assert found["p"].round(3).tolist() == [0.227, 0.716, 0.064, 0.672]
    assert found["df"].tolist() == [3, 1, 1, 1]
    assert found.index.tolist() == [OMNIBUS, "pared", "public", "gpa"]


def test_brant_of_a_two_by_four_table():
    # Fagerland, Lydersen and Laake (2017), chapter 6 (postoperative nausea): T = 1.668, df = 2, P = 0.43422.
    counts = np.array([[14, 10, 3, 2], [11, 7, 8, 4]])
    group = np.repeat([0, 1], counts.sum(axis=1))
    answers = np.concatenate([np.repeat(range(4), row) for row in counts])
    found = brant(ordered_logit(scale(answers), pd.DataFrame({"x": group}))).loc["x"]
    assert found["statistic"] == pytest.approx(1.668, abs=5e-4)
    assert found["p"] == pytest.approx(0.43422, abs=5e-6)
    assert found["df"] == 2


def test_parallel_lines_as_r_prints_it(wine):
    # ordinal::nominal_test(clm(rating ~ temp + contact, data = wine)); the effect of temperature is infinite
    # at two cuts there, so that the likelihood is a limit.
    assert wine.log_likelihood == pytest.approx(-86.49, abs=0.005)
    found = parallel_lines(wine)
    assert found.loc["temp: warm", "p"] == pytest.approx(0.3654, abs=1e-4)
    assert found.loc["contact: yes", "statistic"] == pytest.approx(0.5667, abs=1e-4)
    assert found.loc["contact: yes", "p"] == pytest.approx(0.904, abs=5e-4)
    assert found["df"].tolist() == [6, 3, 3]


def test_a_saturated_model_has_the_likelihood_of_the_table():
    """One 0/1 predictor with free slopes fits every cell, so its likelihood is known."""
    counts = np.array([[14, 10, 3, 2], [11, 7, 8, 4]])
    group = np.repeat([0, 1], counts.sum(axis=1))
    answers = np.concatenate([np.repeat(range(4), row) for row in counts])
    fit = ordered_logit(scale(answers), pd.DataFrame({"x": group}))
    saturated = (counts * np.log(counts / counts.sum(axis=1, keepdims=True))).sum()
    found = parallel_lines(fit).loc[OMNIBUS]
    assert found["statistic"] == pytest.approx(2 * (saturated - fit.log_likelihood), abs=1e-6)


def test_both_tests_see_a_slope_that_changes_along_the_scale():
    rng = np.random.default_rng(0)
    x = rng.normal(size=1500)
    above = [stats.logistic.cdf(1 + 0.2 * x), stats.logistic.cdf(-1 + 0.2 * x) * stats.logistic.cdf(1.5 * x)]
    u = rng.uniform(size=1500)
    fit = ordered_logit(scale((u < above[0]).astype(int) + (u < above[1])), pd.DataFrame({"x": x}))
    assert brant(fit).loc["x", "p"] < 1e-4
    assert parallel_lines(fit).loc["x", "p"] < 1e-4


@pytest.mark.slow
def test_both_tests_hold_their_level():
    rejected = []
    for seed in range(120):
        rng = np.random.default_rng(seed)
        X = pd.DataFrame({"x": rng.normal(size=200), "z": rng.integers(0, 2, 200)})
        latent = 0.7 * X["x"] - 0.4 * X["z"] + rng.logistic(size=200)
        fit = ordered_logit(scale(np.digitize(latent, [-1, 0.3, 1.5])), X)
        rejected.append([brant(fit).loc[OMNIBUS, "p"] < 0.1, parallel_lines(fit).loc[OMNIBUS, "p"] < 0.1])
    assert np.mean(rejected, axis=0) == pytest.approx(0.1, abs=3 * np.sqrt(0.09 / 120))


def test_what_cannot_be_tested_says_why(wine):
    with pytest.raises(InputError, match=r"the predictors separate the answers at the cut '1 \| 2', '4 \| 5'"):
        brant(wine)
    x = np.random.default_rng(0).normal(size=40)
    two = ordered_logit(scale(np.tile([0, 1], 20)), pd.DataFrame({"x": x}))
    for test in (brant, parallel_lines):
        with pytest.raises(InputError, match="two points of the scale have one cut only"):
            test(two)
