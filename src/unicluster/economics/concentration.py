"""How few parts hold a whole: Herfindahl, concentration ratio, entropy.

Every function works along the last axis and keeps the others, so that one call serves a whole table of
regions and years. Where a sum is nil the index is missing (NaN). Formulas are written in sums over amounts
rather than over shares where that is the same: on large tables the time goes into making arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from unicluster.economics.arrays import amounts, divide, finite_log, shares
from unicluster.faults import Fault, refuse


def herfindahl(x: ArrayLike, normalised: bool = False) -> np.ndarray:
    """Herfindahl-Hirschman index: the sum of squared shares.

    Parameters
    ----------
    x : array_like, shape (..., n)
        Amounts, zero or more.
    normalised : bool
        (H - 1/n) / (1 - 1/n): 0 for equal parts, 1 for one part alone; missing where n = 1.

    Returns
    -------
    ndarray, shape (...)
        Between 1/n (equal parts) and 1 (one part has all).

    Raises
    ------
    InputError
        Missing or negative amounts.

    References
    ----------
    Hirschman (1964), "The paternity of an index", *American Economic Review* 54(5), 761.
    """
    (x,) = amounts(x=x)
    index = divide(np.einsum("...i,...i->...", x, x), x.sum(axis=-1) ** 2)
    if not normalised:
        return index
    n = x.shape[-1]
    return divide(index - 1 / n, 1 - 1 / n)


def numbers_equivalent(x: ArrayLike) -> np.ndarray:
    """Number of equal parts that would have the same Herfindahl index: 1 / H (Adelman 1969).

    Parameters
    ----------
    x : array_like, shape (..., n)

    Returns
    -------
    ndarray, shape (...)
        Between 1 and n.

    Raises
    ------
    InputError
        Missing or negative amounts.
    """
    return 1 / herfindahl(x)


def concentration_ratio(x: ArrayLike, largest: int) -> np.ndarray:
    """Share of the ``largest`` greatest parts in the whole.

    Parameters
    ----------
    x : array_like, shape (..., n)
    largest : int
        How many parts, from 1 to n.

    Returns
    -------
    ndarray, shape (...)

    Raises
    ------
    InputError
        Missing or negative amounts, more parts than there are.
    """
    (x,) = amounts(x=x)
    if not 1 <= largest <= x.shape[-1]:
        refuse([Fault(f"must be from 1 to {x.shape[-1]}", column="largest", value=f"{largest}")])
    return np.sort(shares(x), axis=-1)[..., -largest:].sum(axis=-1)


def entropy(x: ArrayLike, base: float = np.e, normalised: bool = False) -> np.ndarray:
    """Shannon entropy of the shares.

    Parameters
    ----------
    x : array_like, shape (..., n)
    base : float
        Base of the logarithm: e for nats, 2 for bits.
    normalised : bool
        Divide by log n, so that equal parts give 1; missing where n = 1.

    Returns
    -------
    ndarray, shape (...)
        0 (one part has all) to log n (equal parts). The EconGeo package adds 1e-9 inside the logarithm
        and rounds to three decimals; here 0 log 0 is 0.

    Raises
    ------
    InputError
        Missing or negative amounts.

    References
    ----------
    Shannon (1948), "A mathematical theory of communication", *Bell System Technical Journal* 27, eq. 4.
    """
    (x,) = amounts(x=x)
    total = x.sum(axis=-1)
    with np.errstate(divide="ignore"):
        value = np.maximum(np.log(total) - divide(np.einsum("...i,...i->...", x, finite_log(x)), total), 0)
    return divide(value, np.log(x.shape[-1])) if normalised else value / np.log(base)
