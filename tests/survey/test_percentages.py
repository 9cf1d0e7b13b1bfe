"""Counts behind printed percentages: decimal arithmetic, the article's figures, refused input."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey import counts_from_percent, possible_bases, rounding_ranges

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "truncation": ROUND_DOWN}
EXPERIENCE = pd.Series([4, 16, 28, 32, 19], index=["under-1", "1-3", "4-10", "11-20", "over-20"])


def printed(count, base, decimals, rounding):
    """The percentage as decimal arithmetic rounds it, from an exact fraction."""
    scaled = Fraction(100 * 10**decimals * count, base)
    # Enough digits that no fraction of a small base is taken for a tie.
    exact = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return int(exact.quantize(Decimal(1), rounding=MODES[rounding])) / 10**decimals


@given(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(0, 2),
    st.sampled_from(sorted(MODES)),
)
def test_exactly_the_counts_that_print_so(answers, decimals, rounding):
    count, base = answers
    percent = printed(count, base, decimals, rounding)
    low, high = counts_from_percent(percent, base, decimals, rounding)
    fitting = [k for k in range(base + 1) if printed(k, base, decimals, rounding) == percent]
    assert (low, high) == (fitting[0], fitting[-1])
    assert fitting == list(range(low, high + 1))
    wide = counts_from_percent(percent, base, decimals)
    assert wide.low <= low <= high <= wide.high


def test_ties():
    # 1 of 8 is 12.5 %, 3 of 8 is 37.5 %.
    assert counts_from_percent(13, 8, rounding="half_up") == (1, 1)
    assert counts_from_percent(12, 8, rounding="half_even") == (1, 1)
    assert counts_from_percent(38, 8, rounding="half_even") == (3, 3)
    with pytest.raises(InputError):
        counts_from_percent(13, 8, rounding="half_even")


def test_percentages_of_the_article():
    low, high = counts_from_percent([1.4, 55.1, 31.9, 2.9], 69, decimals=1)
    assert low.tolist() == high.tolist() == [1, 38, 22, 2]
    low, high = counts_from_percent(EXPERIENCE, 69, rounding="half_up")
    assert low.tolist() == high.tolist() == [3, 11, 19, 22, 13]
    # Only by truncation could 28 % of 69 be 20, which adds up to 69.
    assert counts_from_percent(28, 69) == (19, 20)


def test_truncation_was_not_used():
    table = rounding_ranges(EXPERIENCE, 69)
    gaps = table["low"].isna().groupby(table["rounding"]).sum()
    assert gaps.to_dict() == {"half_even": 0, "half_up": 0, "truncation": 3}
    row = table[(table["option"] == "4-10") & (table["rounding"] == "truncation")].iloc[0]
    assert (row["low"], row["high"]) == (20, 20)


def test_bases_on_which_the_percentages_are_possible():
    assert possible_bases([1.4, 55.1, 31.9, 2.9], range(60, 80), 1).tolist() == [69]
    # All five steps of experience add up to 68 of 69; on a base of 68 they add up to all.
    fitting = possible_bases(EXPERIENCE, range(65, 74), rounding="half_up", exhaustive=True)
    assert fitting.tolist() == [68]
    assert 69 in possible_bases(EXPERIENCE, range(65, 74), rounding="half_up")


def test_every_impossible_percentage_is_named():
    with pytest.raises(InputError) as error:
        counts_from_percent(pd.Series([31.5, 31.9, 50.0], index=["high", "medium", "low"]), 69, 1)
    assert len(error.value.faults) == 2
    for told in ("'high'", "31.5 %", "'low'", "50 %", "21 (30.43 %) and 22 (31.88 %)"):
        assert told in str(error.value)


def test_refused_input():
    with pytest.raises(InputError) as error:
        counts_from_percent([31.55, -2, 200, None], 0, 1, "up")
    assert len(error.value.faults) == 6
    with pytest.raises(InputError, match="decimals"):
        counts_from_percent(31, 69, -1)


def test_shapes():
    assert np.shape(counts_from_percent([[28, 32]], [[69], [69]]).low) == (2, 2)
    assert possible_bases([33.3], [], 1).tolist() == []
