"""How unequal parts are: Theil, mean log deviation, Gini, Hoover, Atkinson.

Every function works along the last axis and keeps the others, so that one call serves a whole table of
regions and years. Where a sum is nil the index is missing (NaN). Formulas are written in sums over amounts
rather than over shares where that is the same: on large tables the time goes into making arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlogy

from unicluster.economics.arrays import amounts, divide, finite_log, shares
from unicluster.faults import Fault, refuse

# From so many amounts on, pairs are summed by buckets, compiled, and not by sorting.
LARGE = 100_000
# Rows sorted at a time: few enough for their copies to stay in the processor's cache.
BLOCK = 64


def theil_t(x: ArrayLike, weights: ArrayLike | None = None) -> np.ndarray:
    """Theil's T: the mean of (x/mean) ln(x/mean).

    Parameters
    ----------
    x : array_like, shape (..., n)
        Amount of each part or, with weights, the mean amount within each group.
    weights : array_like, shape (..., n) or (n,), optional
        Size of each group.

    Returns
    -------
    ndarray, shape (...)
        0 (equal) to ln n (one part has all).

    Raises
    ------
    InputError
        Missing or negative amounts or weights, weights of another length.

    References
    ----------
    Theil (1967), *Economics and Information Theory*, ch. 4.

    See Also
    --------
    mean_log_deviation : Theil's other index, which REAT calls ``theil``.
    """
    x, weight = _weighted(x, weights)
    mean = np.einsum("...i,...i->...", weight, x)
    logarithms = np.einsum("...i,...i,...i->...", weight, x, finite_log(x))
    with np.errstate(divide="ignore"):
        return np.maximum(divide(logarithms, mean) - np.log(mean), 0)


def mean_log_deviation(x: ArrayLike, weights: ArrayLike | None = None) -> np.ndarray:
    """Mean log deviation, or Theil's L: the mean of ln(mean/x).

    Parameters
    ----------
    x : array_like, shape (..., n)
        Amount of each part or, with weights, the mean amount within each group.
    weights : array_like, shape (..., n) or (n,), optional
        Size of each group.

    Returns
    -------
    ndarray, shape (...)
        0 (equal) and up; infinite where a part of positive weight has nothing.

    Raises
    ------
    InputError
        Missing or negative amounts or weights, weights of another length.

    Notes
    -----
    REAT's ``theil`` is this index and not Theil's T. Its ``weighting`` takes the mean of terms that are
    weighted already and so comes out n times too small; here weights of one give the unweighted value.

    References
    ----------
    Theil (1967), *Economics and Information Theory*, ch. 4; Cowell (2011), *Measuring Inequality*, 3rd ed.
    """
    x, weight = _weighted(x, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        # xlogy leaves a part without weight out, even if it has nothing.
        return np.maximum(np.log((weight * x).sum(axis=-1)) - xlogy(weight, x).sum(axis=-1), 0)


def gini(x: ArrayLike, weights: ArrayLike | None = None, normalised: bool = False) -> np.ndarray:
    """Gini coefficient, also of groups.

    Parameters
    ----------
    x : array_like, shape (..., n)
        Amount of each part or, with weights, the mean amount within each group.
    weights : array_like, shape (..., n) or (n,), optional
        Size of each group.
    normalised : bool
        Multiply by n/(n - 1), so that one part with all gives 1; without weights only, missing where n = 1.

    Returns
    -------
    ndarray, shape (...)
        0 (equal) to 1 - 1/n (one part has all).

    Raises
    ------
    InputError
        Missing or negative amounts or weights, weights of another length or together with ``normalised``.

    Notes
    -----
    Values and weights are sorted together. REAT's ``gini(weighting=)`` sorts the values alone, which is
    right only for values that come in ascending order.

    References
    ----------
    Gini (1912), *Variabilità e mutabilità*; Dörsam (2004), *Wirtschaftsstatistik anschaulich dargestellt*,
    pp. 44-48.
    """
    if weights is None:
        (x,) = amounts(x=x)
        n = x.shape[-1]
        value = divide(_differences(x), n * x.sum(axis=-1))
        return divide(n * value, n - 1) if normalised else value
    if normalised:
        refuse([Fault("is defined without weights only; leave one of the two out", column="normalised")])
    x, weights = amounts(x=x, weights=weights)
    _check_length(x, weights=weights)
    return gini_of_groups(x, weights)


def gini_of_groups(x: np.ndarray, weights: np.ndarray, factor: np.ndarray | None = None) -> np.ndarray:
    """Gini coefficient of ``x * factor`` with weights, all of them checked.

    Parameters
    ----------
    x : ndarray of float, shape (..., n)
    weights, factor : ndarray of float, shape (..., n)
        Leading axes that broadcast against those of ``x``; both of the same shape.

    Returns
    -------
    ndarray, the leading shape of both together
    """
    shape = np.broadcast_shapes(x.shape, weights.shape)
    x = np.broadcast_to(x, shape)
    weight = shares(weights).reshape(-1, shape[-1])
    factor = np.ones((1, shape[-1])) if factor is None else factor.reshape(-1, shape[-1])
    kinds = np.broadcast_to(np.arange(len(weight)).reshape(weights.shape[:-1]), shape[:-1]).ravel()
    factors = kinds if len(factor) == len(weight) else np.zeros_like(kinds)
    rows = x.reshape(-1, shape[-1])
    pairs, sums = np.full(len(rows), np.nan), np.empty(len(rows))
    if rows.size >= LARGE:
        from unicluster.economics.pair_sums import pair_sums

        factor = np.ascontiguousarray(factor if len(factor) == len(weight) else np.repeat(factor, len(weight), axis=0))
        pair_sums(np.ascontiguousarray(rows), factor, np.ascontiguousarray(weight), kinds, pairs, sums)
        factors = kinds
    left = np.flatnonzero(np.isnan(pairs))
    for start in range(0, len(left), BLOCK):
        block = left[start : start + BLOCK]
        pairs[block], sums[block] = _sorted_groups(rows[block] * factor[factors[block]], weight[kinds[block]])
    return divide(pairs, sums).reshape(shape[:-1])


def hoover(x: ArrayLike, reference: ArrayLike | None = None) -> np.ndarray:
    """Hoover index: the share that would have to move to match the reference.

    Parameters
    ----------
    x : array_like, shape (..., n)
    reference : array_like, shape (..., n) or (n,), optional
        What ``x`` is compared with, population for example; equal parts when not given.

    Returns
    -------
    ndarray, shape (...)
        Half the sum of absolute differences of shares: 0 (the same) to 1 (nothing in common).

    Raises
    ------
    InputError
        Missing or negative amounts, a reference of another length.

    References
    ----------
    Hoover (1936), "The measurement of industrial localization", *Review of Economics and Statistics*
    18(4), 162-171.
    """
    x, reference = amounts(x=x, reference=reference)
    _check_length(x, reference=reference)
    against = np.full(x.shape[-1], 1 / x.shape[-1]) if reference is None else shares(reference)
    return abs(shares(x) - against).sum(axis=-1) / 2


def atkinson(x: ArrayLike, epsilon: float) -> np.ndarray:
    """Atkinson's index.

    Parameters
    ----------
    x : array_like, shape (..., n)
    epsilon : float
        Aversion to inequality, zero or more.

    Returns
    -------
    ndarray, shape (...)
        0 (equal) to 1.

    Raises
    ------
    InputError
        Missing or negative amounts, a negative aversion.

    References
    ----------
    Atkinson (1970), "On the measurement of inequality", *Journal of Economic Theory* 2(3), 244-263.
    """
    (x,) = amounts(x=x)
    if not epsilon >= 0:
        refuse([Fault("must be zero or more", column="epsilon", value=f"{epsilon}")])
    relative = divide(x, x.mean(axis=-1, keepdims=True))
    with np.errstate(divide="ignore"):
        if epsilon == 1:
            return 1 - np.exp(np.log(relative).mean(axis=-1))
        return 1 - (relative ** (1 - epsilon)).mean(axis=-1) ** (1 / (1 - epsilon))


def _differences(x: np.ndarray) -> np.ndarray:
    """Sum of absolute differences over all pairs along the last axis."""
    n = x.shape[-1]
    rank = 2 * np.arange(1, n + 1) - n - 1
    if x.size < LARGE:
        return np.sort(x, axis=-1) @ rank
    from unicluster.economics.pair_sums import pair_sums_alike

    rows = np.ascontiguousarray(x).reshape(-1, n)
    pairs = np.empty(len(rows))
    pair_sums_alike(rows, pairs)
    left = np.isnan(pairs)
    if left.any():
        pairs[left] = np.sort(rows[left], axis=-1) @ rank
    return pairs.reshape(x.shape[:-1])


def _sorted_groups(x: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sum of weighted absolute differences over all pairs, and weighted sum, of rows whose weights add up to one."""
    order = np.argsort(x, axis=-1)
    part = np.take_along_axis(weight * x, order, axis=-1)
    weight = np.take_along_axis(weight, order, axis=-1)
    # Each part times the weights below it less those above it.
    place = 2 * np.cumsum(weight, axis=-1) - weight - 1
    return np.einsum("...i,...i->...", part, place), part.sum(axis=-1)


def _weighted(x: ArrayLike, weights: ArrayLike | None) -> tuple[np.ndarray, np.ndarray]:
    """Amounts and weights that add up to one, of the same shape."""
    x, weights = amounts(x=x, weights=weights)
    _check_length(x, weights=weights)
    weight = shares(np.ones(x.shape[-1]) if weights is None else weights)
    return tuple(np.broadcast_arrays(x, weight))


def _check_length(x: np.ndarray, **beside: np.ndarray | None) -> None:
    refuse(
        Fault(f"needs one entry for each of the {x.shape[-1]} parts", column=name, value=f"{array.shape}")
        for name, array in beside.items()
        if array is not None and array.shape[-1:] != x.shape[-1:]
    )
