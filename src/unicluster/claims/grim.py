"""The granularity test: which whole totals can print as a mean or a percentage, and is there any?

References
----------
Brown, N. J. L., & Heathers, J. A. J. (2017). The GRIM test. Social Psychological and Personality Science 8, 363-369.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from unicluster.faults import Fault, refuse

ROUNDINGS = ("half_up", "half_even", "truncated")


def possible_totals(printed: str, size: int, rounding: str, percent: bool = False) -> range:
    """Whole totals whose mean, or whose percentage of the size, prints so.

    Parameters
    ----------
    printed : str
        The number as printed, decimals included ("4.50" is not "4.5"); zero or more.
    size : int
        Respondents, times items where a mean is over several.
    rounding : {"half_up", "half_even", "truncated"}
    percent : bool, default False
        Is it a percentage of the size? Then no total is above the size.

    Returns
    -------
    range
        Empty where the number fails the test.

    Raises
    ------
    InputError
        A number that cannot be read or is negative, a size below one, an unknown rounding.
    """
    refuse(_faults(printed, size, rounding))
    decimals = len(printed.partition(".")[2])
    unit = Fraction(size, (100 if percent else 1) * 10**decimals)  # total for one unit of the last digit
    digits = int(printed.replace(".", ""))
    if rounding == "truncated":
        low, high, closed = digits * unit, (digits + 1) * unit, (True, False)
    else:
        low, high = (digits - Fraction(1, 2)) * unit, (digits + Fraction(1, 2)) * unit
        tie = digits % 2 == 0
        closed = (tie, tie) if rounding == "half_even" else (True, False)
    first = ceil(low) if closed[0] else floor(low) + 1
    last = floor(high) if closed[1] else ceil(high) - 1
    return range(max(first, 0), (min(last, size) if percent else last) + 1)


def passes(printed: str, size: int, percent: bool = False) -> bool:
    """Is there any total that prints so under any of the roundings?"""
    return any(possible_totals(printed, size, rounding, percent) for rounding in ROUNDINGS)


def resolution(size: int, decimals: int, percent: bool = False) -> float:
    """Share of the printable numbers that the test lets pass: near 1 it can hardly fail.

    One less the "GRIM ratio" of Brown and Heathers.
    """
    return min(1.0, size / 10 ** (decimals + 2 * percent))


def set_totals(printed: Sequence[str], size: int, rounding: str) -> tuple[int, int] | None:
    """Least and greatest sum of the counts behind a set of percentages, all rounded in one way.

    Returns
    -------
    tuple of int or None
        None where one of the percentages fails the test. Every sum between the two is possible.
    """
    found = [possible_totals(one, size, rounding, percent=True) for one in printed]
    return (sum(r.start for r in found), sum(r.stop - 1 for r in found)) if all(found) else None


def can_sum(printed: Sequence[str], size: int, missing: int = 0) -> list[str]:
    """Roundings under which a set of percentages can hold every respondent once but for some missing answers.

    Parameters
    ----------
    printed : sequence of str
        Percentages of the size, as printed.
    size : int
        Respondents.
    missing : int, default 0
        Respondents without an answer who are nevertheless in the size.

    Returns
    -------
    list of str
        Names of roundings; empty where the set is impossible.
    """
    ends = {rounding: set_totals(printed, size, rounding) for rounding in ROUNDINGS}
    return [rounding for rounding, found in ends.items() if found and found[0] <= size - missing <= found[1]]


def _faults(printed: str, size: int, rounding: str) -> list[Fault]:
    faults = []
    whole, point, decimals = printed.partition(".")
    if not (whole.isascii() and whole.isdigit() and (not point or (decimals.isascii() and decimals.isdigit()))):
        faults.append(Fault("a number such as 55.1 is needed, zero or more", column="printed", value=printed))
    if size < 1:
        faults.append(Fault("at least 1 is needed", column="size", value=str(size)))
    if rounding not in ROUNDINGS:
        faults.append(Fault(f"choose one of {', '.join(ROUNDINGS)}", column="rounding", value=rounding))
    return faults
