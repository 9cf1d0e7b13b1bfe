"""Published counts and what can be wrong with them, told all at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from unicluster.faults import Fault, refuse
from unicluster.language import mark

CANNOT_BE_ESTIMATED = mark("{what} cannot be estimated because {reason}")


def checked_counts(
    count: ArrayLike,
    base: ArrayLike,
    confidence: float = 0.95,
    residual: ArrayLike = 0,
    also: Iterable[Fault] = (),
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Counts and their base as whole numbers of one shape.

    Parameters
    ----------
    count : array_like of int
        Answers of each option (respondents).
    base : array_like of int
        Respondents asked, one number or one an option.
    confidence : float, default 0.95
        A level to check along with them, above 0 and below 1.
    residual : array_like of int, default 0
        Respondents whose answer is not known, to be added to ``count``.
    also : iterable of Fault
        What the caller has found itself, for the same message.

    Returns
    -------
    count, base : ndarray of int
        Broadcast against each other.

    Raises
    ------
    InputError
        Every count that is missing, negative, fractional or above its base, every base that is not
        a whole number above zero, and a level outside 0 to 1.
    """
    faults = [
        *whole_number_faults(count, "count"),
        *whole_number_faults(residual, "residual"),
        *whole_number_faults(base, "base", least=1),
        *share_faults(confidence, "confidence"),
        *_above_base(count, base, residual),
        *also,
    ]
    refuse(faults)
    return np.broadcast_arrays(as_floats(count).astype(np.int64), as_floats(base).astype(np.int64))


def checked_answers(counts: ArrayLike, confidence: float = 0.95) -> NDArray[np.int64]:
    """Counts of all options of one single-choice question.

    Parameters
    ----------
    counts : array_like of int, shape (options,)
        Answers of each option; answers that were not reported are an option of their own.
    confidence : float, default 0.95

    Returns
    -------
    ndarray of int, shape (options,)

    Raises
    ------
    InputError
        Every count that is missing, negative or fractional; fewer than two options; no answers at
        all; a level outside 0 to 1.
    """
    faults = [*whole_number_faults(counts, "counts"), *share_faults(confidence, "confidence")]
    values = as_floats(counts)
    if values.ndim != 1 or values.size < 2:
        faults.append(Fault("give one list with the counts of two options or more", column="counts"))
    elif not faults and values.sum() == 0:
        faults.append(Fault("nobody answered; give at least one answer", column="counts"))
    refuse(faults)
    return values.astype(np.int64)


def whole_number_faults(values: ArrayLike, name: str, least: int = 0) -> list[Fault]:
    """A fault for each of ``values`` that is not a whole number of at least ``least``."""
    numbers = as_floats(values)
    faults = []
    for at in _places(~((numbers >= least) & (numbers == np.floor(numbers)) & np.isfinite(numbers))):
        label, value = label_of(values, name, at), numbers[at]
        if not np.isfinite(value):
            faults.append(Fault("no number; where a count is not known use its bounds", column=label))
        elif value < least:
            faults.append(Fault(f"must be at least {least}; correct it", column=label, value=f"{value:g}"))
        else:
            message = "people are counted in whole numbers; a percentage goes to counts_from_percent"
            faults.append(Fault(message, column=label, value=f"{value:g}"))
    return faults


def share_faults(values: ArrayLike, name: str, ends: bool = False) -> list[Fault]:
    """A fault for each of ``values`` that is not between 0 and 1; ``ends`` says if 0 and 1 are allowed."""
    shares = as_floats(values)
    allowed = (shares >= 0) & (shares <= 1) if ends else (shares > 0) & (shares < 1)
    return [
        Fault(
            "must lie between 0 and 1" + ("; it is a share, not per cent" if shares[at] > 1 else ""),
            column=label_of(values, name, at),
            value=f"{shares[at]:g}",
        )
        for at in _places(~allowed)
    ]


def as_floats(values: ArrayLike) -> NDArray[np.float64]:
    """Numbers as float, of the same shape; what is missing or no number is NaN."""
    cells = np.asarray(values)
    if cells.dtype.kind in "iuf":
        return cells.astype(float)
    numbers = pd.to_numeric(pd.Series(cells.ravel(), dtype=object), errors="coerce")
    return numbers.to_numpy(dtype=float, na_value=np.nan).reshape(cells.shape)


def label_of(values: ArrayLike, name: str, at: tuple[int, ...]) -> str:
    """Name of one value for a message: of its option (a Series) or its place."""
    if isinstance(values, pd.Series) and at:
        return f"{name} of {values.index[at[0]]!r}"
    return name + "".join(f"[{place}]" for place in at)


def _above_base(count: ArrayLike, base: ArrayLike, residual: ArrayLike) -> list[Fault]:
    try:
        counted, of, unknown = np.broadcast_arrays(as_floats(count), as_floats(base), as_floats(residual))
    except ValueError:
        return [Fault("count, base and residual differ in length; give one base, or one for each count")]
    faults = []
    for at in _places((counted + unknown > of) & (of >= 1)):
        found = f"{counted[at]:g}" + (f" + {unknown[at]:g} unknown" if unknown[at] else "")
        message = f"more than the {of[at]:g} respondents; correct the count or the base"
        faults.append(Fault(message, column=label_of(count, "count", at), value=found))
    return faults


def _places(faulty: NDArray[np.bool_]) -> list[tuple[int, ...]]:
    return [tuple(place) for place in np.argwhere(faulty).tolist()]
