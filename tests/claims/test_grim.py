"""The granularity test against a definition that shares nothing with it: print every possible total and look."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster import survey
from unicluster.claims import ROUNDINGS, can_sum, passes, possible_totals, resolution, set_totals
from unicluster.faults import InputError

MODES = dict(zip(ROUNDINGS, (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN), strict=True))


def printed_as(total, size, decimals, mode, percent):
    """What a person would print for a total, by long division: 60 digits are more than any tie needs here."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(total * (100 if percent else 1)) / Decimal(size)
        return exact.quantize(Decimal(1).scaleb(-decimals), mode)


sizes = st.integers(1, 400)
decimals = st.integers(0, 3)


@given(st.data(), sizes, decimals, st.sampled_from(ROUNDINGS), st.booleans())
def test_totals_are_those_that_print_so(data, size, decimals, rounding, percent):
    last = 10**decimals * (100 if percent else 4)
    digits = data.draw(st.integers(0, last))
    printed = str(Decimal(digits).scaleb(-decimals))
    top = size if percent else 5 * size
    expected = [
        k for k in range(top + 1) if printed_as(k, size, decimals, MODES[rounding], percent) == Decimal(printed)
    ]
    assert list(possible_totals(printed, size, rounding, percent)) == expected


@given(sizes, decimals, st.sampled_from(ROUNDINGS), st.data())
def test_what_a_count_prints_as_leads_back_to_it(size, decimals, rounding, data):
    count = data.draw(st.integers(0, size))
    printed = str(printed_as(count, size, decimals, MODES[rounding], percent=True))
    assert count in possible_totals(printed, size, rounding, percent=True)


def scrutiny(printed: str, size: int) -> bool:
    """The percent test of the R package scrutiny (`grim_scalar`, rounding "up_or_down"), from its documentation.

    The percentage becomes a proportion with two more decimals; the two whole totals next to proportion times size
    are divided by the size again and rounded both up and down from 5; one of them must be the proportion.
    """
    decimals = len(printed.partition(".")[2]) + 2
    proportion = Fraction(printed) / 100
    unit = Fraction(1, 10**decimals)
    for total in {floor(proportion * size), ceil(proportion * size)}:
        scaled = Fraction(total, size) / unit
        up, down = floor(scaled + Fraction(1, 2)), ceil(scaled - Fraction(1, 2))
        if proportion / unit in (up, down):
            return True
    return False


@given(st.data(), sizes, st.integers(0, 2))
def test_agrees_with_scrutiny(data, size, decimals):
    digits = data.draw(st.integers(0, 100 * 10**decimals))
    printed = str(Decimal(digits).scaleb(-decimals))
    up = possible_totals(printed, size, "half_up", percent=True)
    # A tie rounded down from 5 is the one case that "half_up" leaves out.
    half = Fraction(size) * (Fraction(printed) / 100 + Fraction(1, 2 * 100 * 10**decimals))
    down = half.denominator == 1 and half <= size
    assert scrutiny(printed, size) == bool(up or down)


@given(st.data(), sizes, st.integers(0, 2))
def test_agrees_with_the_survey_room(data, size, decimals):
    digits = data.draw(st.integers(0, 100 * 10**decimals))
    printed = Decimal(digits).scaleb(-decimals)
    names = dict(zip(ROUNDINGS, survey.percentages.ROUNDINGS, strict=True))
    table = survey.rounding_ranges([float(printed)], size, decimals).set_index("rounding")
    for rounding in ROUNDINGS:
        found = possible_totals(str(printed), size, rounding, percent=True)
        row = table.loc[names[rounding]]
        assert [row["low"], row["high"]] == ([found.start, found.stop - 1] if found else [row["low"], row["high"]])
        assert bool(found) == row.notna()["low"]


@pytest.mark.parametrize(
    ("printed", "size", "percent", "expected"),
    [
        ("3.45", 20, False, True),  # 69 / 20; Brown and Heathers (2017)
        ("3.48", 20, False, False),  # between 3.45 and 3.50
        ("5.19", 28, False, False),  # 145 / 28 = 5.18, 146 / 28 = 5.21; the worked case of the paper
        ("5.18", 28, False, True),
        ("67.4", 150, True, False),  # the worked case of scrutiny: 101 / 150 = 67.3, 102 / 150 = 68.0
        ("55.1", 69, True, True),
        ("55.1", 68, True, False),
    ],
)
def test_published_cases(printed, size, percent, expected):
    if (printed, size) == ("67.4", 150):
        assert not possible_totals(printed, size, "half_up", percent)
    assert passes(printed, size, percent) is expected


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), decimals, st.sampled_from(ROUNDINGS), st.integers(0, 3))
def test_a_real_set_can_sum(counts, decimals, rounding, missing):
    size = sum(counts) + missing
    if size == 0:
        return
    printed = [str(printed_as(k, size, decimals, MODES[rounding], percent=True)) for k in counts]
    low, high = set_totals(printed, size, rounding)
    assert low <= sum(counts) <= high
    assert rounding in can_sum(printed, size, missing)


def test_a_set_that_cannot_sum():
    assert can_sum(["50", "51"], 100) == []
    assert can_sum(["33", "33", "33"], 3) == ["half_up", "half_even", "truncated"]
    assert set_totals(["55.1", "10"], 68, "half_up") is None


def test_resolution():
    assert resolution(69, 0, percent=True) == 0.69
    assert resolution(69, 1, percent=True) == 0.069
    assert resolution(500, 2) == 1.0


@pytest.mark.parametrize(
    ("printed", "size", "rounding"), [("-1", 0, "up"), ("ten", 5, "half_up"), ("1.", 5, "half_up")]
)
def test_bad_input(printed, size, rounding):
    with pytest.raises(InputError) as caught:
        possible_totals(printed, size, rounding)
    assert len(caught.value.faults) == (3 if size == 0 else 1)
