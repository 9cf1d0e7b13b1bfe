"""Arrays of amounts: checked on the way in, divided without silent infinities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse

SMALL = 50_000
"""A table with fewer entries is not worth a step of its own."""


def amounts(**named: ArrayLike | None) -> list[np.ndarray | None]:
    """Arguments as float arrays, refused in one message where they are not amounts.

    Parameters
    ----------
    **named : array_like or None
        Argument name to value; None stays None.

    Returns
    -------
    list of ndarray of float or None, in the order given

    Raises
    ------
    InputError
        For every argument that has missing, infinite or negative entries, or none.
    """
    arrays, faults = [], []
    for name, value in named.items():
        array = None if value is None else np.asarray(value, dtype=float)
        arrays.append(array)
        if array is not None:
            faults += amount_faults(array, name)
    refuse(faults)
    return arrays


def amount_faults(array: np.ndarray, name: str) -> list[Fault]:
    """Missing, infinite or negative entries of an array, or that it has none."""
    if array.size == 0:
        return [Fault("has no entries; give at least one", column=name)]
    # Two reductions settle the sound case; NaN fails both comparisons.
    if array.min() >= 0 and array.max() < np.inf:
        return []
    faults = []
    for wrong, what in (
        (~np.isfinite(array), "missing or infinite; give a number"),
        (array < 0, "negative; an amount is zero or more"),
    ):
        if wrong.any():
            first = ", ".join(str(int(place[0])) for place in np.nonzero(wrong))
            faults.append(Fault(f"{int(wrong.sum())} entries are {what} (the first at [{first}])", column=name))
    return faults


def divide(numerator: ArrayLike, denominator: ArrayLike) -> np.ndarray:
    """Elementwise quotient, missing where the denominator is nil."""
    numerator, denominator = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.divide(numerator, denominator)
    return np.where(denominator == 0, np.nan, quotient) if (denominator == 0).any() else quotient


def shares(array: np.ndarray, axis: int = -1) -> np.ndarray:
    """Parts of the sum along an axis, missing where the sum is nil."""
    return divide(array, array.sum(axis=axis, keepdims=True))


def table_places(x: np.ndarray) -> Iterator[tuple[int, ...]]:
    """Places of the tables of the last two axes, one after the other.

    What is computed for one table at a time stays in the processor's cache; small tables go all together.
    """
    if x.ndim == 2 or x[(0,) * (x.ndim - 2)].size < SMALL:
        yield ()
    else:
        yield from np.ndindex(x.shape[:-2])


def scaled(
    x: np.ndarray, of_industry: np.ndarray, of_region: np.ndarray, beside: np.ndarray | None = None
) -> np.ndarray:
    """Each table of regions and industries times a factor of the industry, one of the region and a table beside it.

    Parameters
    ----------
    x : ndarray, shape (..., regions, industries)
    of_industry, of_region : ndarray, shape (..., industries) and (..., regions)
    beside : ndarray, the shape of ``x``, optional
    """
    of_industry = np.broadcast_to(of_industry, (*x.shape[:-2], x.shape[-1]))
    of_region = np.broadcast_to(of_region, x.shape[:-1])
    product = np.empty_like(x)
    for place in table_places(x):
        here = np.multiply(x[place], of_industry[place][..., None, :], out=product[place])
        here *= of_region[place][..., :, None]
        if beside is not None:
            here *= beside[place]
    return product


def finite_log(x: np.ndarray) -> np.ndarray:
    """Natural logarithm, finite at 0 so that 0 ln 0 comes out as 0."""
    logarithm = np.maximum(x, np.finfo(float).tiny)
    return np.log(logarithm, out=logarithm)


def table_and_total(x: ArrayLike, total: ArrayLike | None) -> tuple[np.ndarray, np.ndarray]:
    """A table of regions by industries and the totals of its industries, checked.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., industries), optional
        The sum of the regions when not given.

    Returns
    -------
    x, total : ndarray

    Raises
    ------
    InputError
        Missing or negative amounts, fewer than two axes, totals of another shape or below their parts.
    """
    x = np.asarray(x, dtype=float)
    if x.ndim < 2:
        refuse([Fault("must have regions and industries as its last two axes", column="x")])
    if total is None:
        (x,) = amounts(x=x)
        return x, x.sum(axis=-2)
    total = np.asarray(total, dtype=float)
    faults = amount_faults(x, "x") + amount_faults(total, "total")
    if total.shape[-1:] != x.shape[-1:]:
        faults.append(
            Fault(
                f"needs one entry for each of the {x.shape[-1]} industries",
                column="total",
                value=f"{total.shape}",
            )
        )
    elif (x.sum(axis=-2) > total * (1 + 1e-9)).any():
        faults.append(Fault("is below the sum of its regions; the whole contains them", column="total"))
    refuse(faults)
    return x, np.broadcast_to(total, (*x.shape[:-2], x.shape[-1]))
