"""Counts that a printed percentage can stand for, and percentages that nothing can stand for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from unicluster.faults import Fault, refuse
from unicluster.survey.counts import as_floats, label_of, whole_number_faults
from unicluster.survey.intervals import Interval

ROUNDINGS = ("half_up", "half_even", "truncation")


def counts_from_percent(
    percent: ArrayLike, base: ArrayLike, decimals: ArrayLike = 0, rounding: str = "any"
) -> Interval:
    """Counts that a printed percentage of a base can stand for.

    Parameters
    ----------
    percent : array_like of float
        As printed, from 0 to 100.
    base : array_like of int
        Respondents of which it is a percentage.
    decimals : array_like of int, default 0
        Decimals printed.
    rounding : {"any", "half_up", "half_even", "truncation"}
        How the percentage was rounded; "any" allows for each of them.

    Returns
    -------
    Interval
        Whole numbers; each one between them is possible, and where they are equal the count is implied.

    Raises
    ------
    InputError
        Naming every percentage that no count of its base gives, or that is no percentage.

    References
    ----------
    Brown, N. J. L., & Heathers, J. A. J. (2017). The GRIM test. Social Psychological and Personality
    Science 8, 363-369.
    """
    refuse(_argument_faults(percent, base, decimals, rounding))
    low, high = _range(percent, base, decimals, rounding)
    printed, asked, impossible = np.broadcast_arrays(as_floats(percent), as_floats(base), low > high)
    faults = []
    for at in map(tuple, np.argwhere(impossible).tolist()):
        below = int(printed[at] * asked[at] / 100)
        near = " and ".join(f"{k} ({100 * k / asked[at]:.2f} %)" for k in (below, below + 1) if k <= asked[at])
        message = f"no count of {asked[at]:g} gives this percentage, nearest are {near}; check the base"
        faults.append(Fault(message, column=label_of(percent, "percent", at), value=f"{printed[at]:g} %"))
    refuse(faults)
    return Interval(low, high)


def rounding_ranges(percent: ArrayLike, base: ArrayLike, decimals: ArrayLike = 0) -> pd.DataFrame:
    """What each way of rounding makes of the printed percentages.

    Parameters
    ----------
    percent, base, decimals
        As in `counts_from_percent`, in one dimension; the index of a Series names the options.

    Returns
    -------
    DataFrame
        One row an option and rounding: ``option``, ``percent``, ``rounding``, ``low``, ``high`` (whole
        numbers, missing where no count gives the percentage). A rounding with a gap was not the one used.

    Raises
    ------
    InputError
    """
    refuse(_argument_faults(percent, base, decimals))
    printed = np.atleast_1d(as_floats(percent))
    options = percent.index if isinstance(percent, pd.Series) else range(printed.size)
    tables = []
    for rounding in ROUNDINGS:
        low, high = _range(printed, base, decimals, rounding)
        table = pd.DataFrame({"option": options, "percent": printed, "rounding": rounding})
        for name, end in (("low", low), ("high", high)):
            table[name] = pd.Series(end, dtype="Int64").where(low <= high)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def possible_bases(
    percent: ArrayLike,
    bases: Iterable[int],
    decimals: ArrayLike = 0,
    rounding: str = "any",
    exhaustive: bool = False,
) -> NDArray[np.int64]:
    """Numbers of respondents on which all printed percentages of a question are possible.

    Parameters
    ----------
    percent, decimals, rounding
        As in `counts_from_percent`.
    bases : iterable of int
        Numbers to try.
    exhaustive : bool, default False
        Do the options hold every respondent once? Then the counts must be able to add up to the base.

    Returns
    -------
    ndarray of int
        Those that fit, in increasing order; empty when none does.

    Raises
    ------
    InputError
    """
    tried = sorted(set(bases))
    faults = whole_number_faults(tried, "bases", least=1)
    refuse([*faults, *_argument_faults(percent, 1, decimals, rounding)])
    fitting = []
    for base in tried:
        low, high = _range(percent, base, decimals, rounding)
        sums = not exhaustive or np.sum(low) <= base <= np.sum(high)
        if np.all(low <= high) and sums:
            fitting.append(base)
    return np.array(fitting, dtype=np.int64)


def _range(
    percent: ArrayLike, base: ArrayLike, decimals: ArrayLike, rounding: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    power = 10 ** as_floats(decimals).astype(np.int64)
    # Twice the last printed digit as a whole number: ties are then compared exactly.
    twice = 2 * np.rint(as_floats(percent) * power).astype(np.int64)
    asked = as_floats(base).astype(np.int64)
    unit = 200 * power
    even = twice % 4 == 0
    below = twice if rounding == "truncation" else twice - 1
    above = twice + (2 if rounding in ("truncation", "any") else 1)
    low_included = even if rounding == "half_even" else np.True_
    high_included = even if rounding == "half_even" else np.False_
    low = np.where(low_included, -(-asked * below // unit), asked * below // unit + 1)
    high = np.where(high_included, asked * above // unit, -(-asked * above // unit) - 1)
    return np.maximum(low, 0)[()], np.minimum(high, asked)[()]


def _argument_faults(percent: ArrayLike, base: ArrayLike, decimals: ArrayLike, rounding: str = "any") -> list[Fault]:
    faults = [*whole_number_faults(base, "base", least=1), *whole_number_faults(decimals, "decimals")]
    if rounding not in ("any", *ROUNDINGS):
        message = f"choose one of any, {', '.join(ROUNDINGS)}"
        faults.append(Fault(message, column="rounding", value=rounding))
    try:
        printed, digits, _ = np.broadcast_arrays(as_floats(percent), as_floats(decimals), as_floats(base))
    except ValueError:
        return [*faults, Fault("percent, base and decimals differ in length; give one, or one for each")]
    for at in np.ndindex(printed.shape):
        label, value, shown = label_of(percent, "percent", at), printed[at], digits[at]
        if not 0 <= value <= 100:
            faults.append(Fault("a percentage lies between 0 and 100", column=label, value=f"{value:g}"))
        elif abs(value * 10**shown - np.rint(value * 10**shown)) > 1e-6:
            message = f"has more than {shown:g} decimals; correct them"
            faults.append(Fault(message, column=label, value=f"{value:g}"))
    return faults
