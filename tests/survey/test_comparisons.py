"""Comparisons of options: published p-values, statsmodels' test, enumeration of what is unknown."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar

from unicluster.faults import InputError
from unicluster.survey import (
    adjusted_p,
    compare_options,
    mcnemar,
    mcnemar_bounds,
    paired_difference,
)

CASES = Path(__file__).parents[1] / "cases" / "survey"


def test_benjamini_hochberg_1995():
    case = json.loads((CASES / "bh1995_thrombolysis.json").read_text(encoding="utf-8"))
    p, alpha = case["inputs"]["p"], case["inputs"]["alpha"]
    rejected = {m: int((adjusted_p(p, m) <= alpha).sum()) for m in ("benjamini_hochberg", "bonferroni")}
    assert rejected["benjamini_hochberg"] == case["expected"]["n_bh"]
    assert rejected["bonferroni"] == case["expected"]["n_bonferroni"]
    # By hand: the fourth smallest, times 15 over 4.
    assert adjusted_p(p, "benjamini_hochberg")[3] == pytest.approx(0.035625)


def test_holm_by_hand():
    # 0.01 x 4; 0.02 x 3; 0.03 x 2 = 0.06 again; 0.04 x 1, raised to 0.06.
    np.testing.assert_allclose(adjusted_p([0.04, 0.01, 0.03, 0.02], "holm"), [0.06, 0.04, 0.06, 0.06])


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_statsmodels_exact_test(first, second):
    known = statsmodels_mcnemar([[0, first], [second, 0]], exact=True).pvalue
    assert mcnemar(first, second) == pytest.approx(known, abs=1e-12)


def test_nobody_disagrees():
    assert mcnemar(0, 0) == 1


def test_bonett_price_by_hand():
    # (9 + 1) / 42 - (3 + 1) / 42 = 1/7, error sqrt((14/42 - 1/49) / 42).
    low, high = paired_difference(9, 3, 40)
    half = 1.959964 * np.sqrt((14 / 42 - 1 / 49) / 42)
    assert (low, high) == pytest.approx((1 / 7 - half, 1 / 7 + half), abs=1e-6)


@pytest.mark.parametrize("cells", [(0.3, 0.2, 0.5), (0.55, 0.32, 0.13), (0.05, 0.02, 0.93)])
def test_paired_difference_covers(cells):
    first, second, _ = np.random.default_rng(3).multinomial(69, cells, size=20_000).T
    low, high = paired_difference(first, second, 69)
    true = cells[0] - cells[1]
    assert np.mean((low <= true) & (true <= high)) > 0.94


def test_all_pairs_of_options():
    counts = pd.Series([1, 38, 22, 2], index=["very-low", "medium", "high", "very-high"])
    table = compare_options(counts, residual=6)
    pairs = list(zip(table["first"], table["second"], strict=True))
    assert pairs[0] == ("very-low", "medium") and len(pairs) == 6
    row = table[(table["first"] == "medium") & (table["second"] == "high")].iloc[0]
    assert row["difference"] == pytest.approx(16 / 69)
    assert row["p"] == pytest.approx(statsmodels_mcnemar([[0, 38], [22, 0]]).pvalue)
    assert (table["p"] <= table["p_benjamini_hochberg"]).all()
    assert (table["p_benjamini_hochberg"] <= table["p_holm"]).all()


# Few examples: statsmodels collects garbage at each adjustment.
@settings(max_examples=15)
@given(st.tuples(st.integers(0, 15), st.integers(0, 15)).filter(any), st.integers(0, 6))
def test_p_values_hold_every_completion(counts, residual):
    row = compare_options(counts, residual).iloc[0]
    ways = [way for way in product(range(residual + 1), repeat=2) if sum(way) <= residual]
    every = mcnemar(*np.add(counts, ways).T)
    assert (row["p_low"], row["p_high"]) == pytest.approx((min(every), max(every)))


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))))
def test_mcnemar_bounds_hold_every_overlap(answers):
    first, second, base = answers
    possible = [
        mcnemar(first - both, second - both) for both in range(min(first, second) + 1) if first + second - both <= base
    ]
    assert mcnemar_bounds(*answers) == pytest.approx((min(possible), max(possible)))


def test_refused_input():
    with pytest.raises(InputError) as error:
        adjusted_p([0.2, 1.2, None], "tukey")
    assert len(error.value.faults) == 3
    with pytest.raises(InputError, match="at least one"):
        adjusted_p([])
    with pytest.raises(InputError, match="exceed the respondents"):
        paired_difference(40, 30, 69)
    with pytest.raises(InputError, match="residual"):
        compare_options([1, 2], residual=-1)
    with pytest.raises(InputError, match="69 respondents"):
        mcnemar_bounds(70, 3, 69)
