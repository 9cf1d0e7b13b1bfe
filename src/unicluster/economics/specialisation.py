"""What a region is specialised in: Krugman, Hoover, Hachman, Gini.

Tables of amounts (employment, output, firms) have shape (..., regions, industries); leading axes, years for
example, are kept. Regions add up to the whole unless totals of the whole are given.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from unicluster.economics.arrays import divide, shares, table_and_total, table_places
from unicluster.economics.inequality import gini, gini_of_groups
from unicluster.faults import Fault, refuse

Reference = Literal["total", "rest", "mean"]


def krugman_specialisation(x: ArrayLike, total: ArrayLike | None = None, reference: Reference = "total") -> np.ndarray:
    """Krugman's index: the sum of absolute differences of a region's shares from the reference's.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., industries), optional
        Amounts of the whole; the sum of the regions when not given.
    reference : {"total", "rest", "mean"}
        Compare with the whole, the region in it (EconGeo); with the whole less the region (Krugman); or with
        the unweighted mean of the other regions' shares (REAT ``krugman.spec2``).

    Returns
    -------
    ndarray, shape (..., regions)
        0 (the reference's structure) to 2 (no industry in common).

    Raises
    ------
    InputError
        As `location_quotient`; an unknown reference, or ``mean`` with fewer than two regions.

    References
    ----------
    Krugman (1991), *Geography and Trade*, p. 76; Farhauer and Kröll (2013), *Standorttheorien*, ch. 8.
    """
    x, total = table_and_total(x, total)
    if reference == "total":
        against = shares(total)[..., None, :]
    elif reference == "rest":
        # Subtraction of equals must not leave a rest below zero.
        against = shares(np.maximum(total[..., None, :] - x, 0))
    elif reference == "mean":
        if x.shape[-2] < 2:
            refuse([Fault("needs at least two regions", column="reference", value=reference)])
        share = shares(x)
        against = (share.sum(axis=-2, keepdims=True) - share) / (x.shape[-2] - 1)
    else:
        refuse([Fault('must be "total", "rest" or "mean"', column="reference", value=str(reference))])
    against = np.broadcast_to(against, (*x.shape[:-2], *against.shape[-2:]))
    index = np.empty(x.shape[:-1])
    for place in table_places(x):
        apart = shares(x[place])
        apart -= against[place]
        index[place] = np.abs(apart, out=apart).sum(axis=-1)
    return index


def specialisation_coefficient(x: ArrayLike, total: ArrayLike | None = None) -> np.ndarray:
    """Hoover's coefficient of specialisation: half of Krugman's index against the whole.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., industries), optional

    Returns
    -------
    ndarray, shape (..., regions)
        0 (the structure of the whole) to 1: the share of the region that would have to change industry.

    Raises
    ------
    InputError
        As `krugman_specialisation`.

    References
    ----------
    Hoover and Giarratani (1985), *An Introduction to Regional Economics*, 3rd ed., ch. 9.
    """
    return krugman_specialisation(x, total) / 2


def average_location_quotient(x: ArrayLike, total: ArrayLike | None = None) -> np.ndarray:
    """Mean location quotient of a region, weighted by its own industries.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., industries), optional

    Returns
    -------
    ndarray, shape (..., regions)
        1 (the structure of the whole) and up.

    Raises
    ------
    InputError
        As `krugman_specialisation`.
    """
    x, total = table_and_total(x, total)
    # An industry that the whole lacks has no share in any region: it adds nothing.
    inverse = np.nan_to_num(divide(1.0, shares(total)))
    return divide(np.einsum("...ri,...ri,...i->...r", x, x, inverse), x.sum(axis=-1) ** 2)


def hachman(x: ArrayLike, total: ArrayLike | None = None) -> np.ndarray:
    """Hachman index: how like the whole a region's structure is, 1 / `average_location_quotient`.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., industries), optional

    Returns
    -------
    ndarray, shape (..., regions)
        Above 0 (specialised in what is rare in the whole) to 1 (the structure of the whole).

    Raises
    ------
    InputError
        As `krugman_specialisation`.

    References
    ----------
    Hachman (1995), Bureau of Economic and Business Research, University of Utah.
    """
    return 1 / average_location_quotient(x, total)


def gini_specialisation(x: ArrayLike, total: ArrayLike | None = None, weighted: bool = True) -> np.ndarray:
    """Gini coefficient of a region's location quotients over industries.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., industries), optional
        Amounts of the whole; the sum of the regions when not given.
    weighted : bool
        Weigh each industry by its share in the whole: twice the area between the Hoover curve and the
        diagonal. Without weights all industries count alike, as in Farhauer and Kröll and in REAT's
        ``gini.spec``; then the value depends on how finely industries are told apart.

    Returns
    -------
    ndarray, shape (..., regions)
        0 (the structure of the whole) to almost 1.

    Raises
    ------
    InputError
        As `krugman_specialisation`.

    References
    ----------
    Hoover (1936), *Review of Economics and Statistics* 18(4), 162-171; Farhauer and Kröll (2013),
    *Standorttheorien*, ch. 8.
    """
    x, total = table_and_total(x, total)
    # The scale of a region's quotients does not matter, nor does an industry that the whole lacks.
    inverse = np.nan_to_num(divide(1.0, total))[..., None, :]
    return gini_of_groups(x, total[..., None, :], inverse) if weighted else gini(x * inverse)
