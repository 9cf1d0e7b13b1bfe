"""What printed, rounded numbers make sure: intervals that hold whatever was rounded away.

Bounds are found at the corners of the box of unrounded values, which is exact for a function that rises or
falls in each argument; the ends are moved outward by the error of floating point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.economics.checking import OUTPUTS, check_clusters
from unicluster.faults import Fault, refuse

Interval = tuple[np.ndarray, np.ndarray]


def rounding_interval(printed: ArrayLike, unit: ArrayLike = 1.0) -> Interval:
    """Values that round to what is printed.

    Parameters
    ----------
    printed : array_like
    unit : array_like
        Unit of the last digit that was kept: 1 for whole numbers, 0.1 for one decimal, 100 for hundreds.

    Returns
    -------
    lower, upper : ndarray
        printed -/+ unit/2.

    Raises
    ------
    InputError
        A unit below zero; 0 stands for a number that was not rounded.
    """
    printed, unit = np.asarray(printed, dtype=float), np.asarray(unit, dtype=float)
    if not (unit >= 0).all():
        refuse([Fault("must be zero or more", column="unit")])
    return printed - unit / 2, printed + unit / 2


def apparent_unit(printed: ArrayLike) -> np.ndarray:
    """Largest power of ten that divides each printed whole number: the unit it may have been rounded to.

    Parameters
    ----------
    printed : array_like of whole numbers

    Returns
    -------
    ndarray of float
        At least 1; 1 for a zero. A number may end in zeros by chance, one in ten by one zero.

    Raises
    ------
    InputError
        Numbers that are not whole.
    """
    printed = np.asarray(printed, dtype=float)
    if not (np.isfinite(printed) & (printed == np.round(printed))).all():
        refuse([Fault("must be whole numbers", column="printed")])
    powers = 10.0 ** np.arange(1, 16)
    divides = (printed[..., None] % powers == 0) & (printed != 0)[..., None]
    return 10.0 ** divides.sum(axis=-1)


def bounds(function: Callable[..., np.ndarray], *intervals: Interval) -> Interval:
    """Range of a function that is monotone in each argument, over a box.

    Parameters
    ----------
    function : callable
        Elementwise on arrays.
    *intervals : pair of ndarray
        Lower and upper end of each argument; broadcast against each other.

    Returns
    -------
    lower, upper : ndarray
    """
    corners = np.stack(np.broadcast_arrays(*(function(*corner) for corner in product(*intervals))))
    lower, upper = corners.min(axis=0), corners.max(axis=0)
    slack = 16 * np.finfo(float).eps
    return lower - slack * np.abs(lower), upper + slack * np.abs(upper)


def output_bounds(
    clusters: pd.DataFrame,
    base_unit: ArrayLike = 1.0,
    plan_unit: ArrayLike = 1.0,
    totals: Mapping[str, float] | None = None,
    total_unit: float = 1.0,
) -> dict[str, Interval]:
    """Outputs that agree with what is printed of them and of their totals.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` (one unit of money).
    base_unit, plan_unit : array_like, one for all or one a cluster
        Unit that each output was rounded to, in the unit of output.
    totals : mapping of str to float, optional
        Printed totals of ``base_output`` and ``plan_output``.
    total_unit : float
        Unit of the last printed digit of the totals.

    Returns
    -------
    dict of str to (lower, upper)
        Of ``base_output`` and ``plan_output``, each of shape (clusters,).

    Raises
    ------
    InputError
        Faults of the table, a total that no outputs within their rounding can give.
    """
    check_clusters(clusters)
    box, faults = {}, []
    for column, unit in zip(OUTPUTS, (base_unit, plan_unit), strict=True):
        lower, upper = rounding_interval(clusters[column].to_numpy(dtype=float), unit)
        lower = np.maximum(lower, 0)
        if totals is not None and column in totals:
            total_lower, total_upper = rounding_interval(totals[column], total_unit)
            if lower.sum() > total_upper or upper.sum() < total_lower:
                faults.append(
                    Fault(
                        f"the parts add up to {lower.sum():g} to {upper.sum():g}, which cannot be the total",
                        column=column,
                        value=f"{totals[column]:g}",
                    )
                )
            others_lower, others_upper = lower.sum() - lower, upper.sum() - upper
            # Each part is what the others leave of the total, at most and at least.
            lower, upper = (
                np.maximum(lower, total_lower - others_upper),
                np.minimum(upper, total_upper - others_lower),
            )
        box[column] = (lower, upper)
    refuse(faults)
    return box
