"""Where an industry is: its concentration over regions, and the cluster index.

Tables have shape (..., regions, industries); each index here is that of `specialisation` with regions and
industries exchanged, because a region among industries and an industry among regions are the same question.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from unicluster.economics.arrays import amounts, divide, scaled, shares
from unicluster.economics.specialisation import (
    Reference,
    gini_specialisation,
    krugman_specialisation,
)
from unicluster.faults import Fault, refuse


def krugman_concentration(x: ArrayLike, total: ArrayLike | None = None, reference: Reference = "total") -> np.ndarray:
    """Krugman's index of an industry's spread over regions.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., regions), optional
        Amounts of all industries in each region; the sum of the industries when not given.
    reference : {"total", "rest", "mean"}
        Compare with all industries, with all others, or with the unweighted mean of the others' shares (REAT
        ``krugman.conc2``).

    Returns
    -------
    ndarray, shape (..., industries)
        0 (spread like the reference) to 2.

    Raises
    ------
    InputError
        As `krugman_specialisation`.
    """
    return krugman_specialisation(_exchanged(x), total, reference)


def localisation_coefficient(x: ArrayLike, total: ArrayLike | None = None) -> np.ndarray:
    """Hoover's coefficient of localisation: half of Krugman's index of an industry.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., regions), optional

    Returns
    -------
    ndarray, shape (..., industries)
        0 to 1: the share of the industry that would have to move.

    Raises
    ------
    InputError
        As `krugman_specialisation`.

    References
    ----------
    Hoover (1936), *Review of Economics and Statistics* 18(4), 162-171.
    """
    return krugman_concentration(x, total) / 2


def locational_gini(x: ArrayLike, total: ArrayLike | None = None, weighted: bool = True) -> np.ndarray:
    """Gini coefficient of an industry's location quotients over regions.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., regions), optional
        Amounts of all industries in each region; the sum of the industries when not given.
    weighted : bool
        Weigh each region by its share in the whole: twice the area between the Hoover curve and the diagonal
        (EconGeo ``Hoover.Gini``; its ``locational.Gini``, after Krugman, is the area itself, half of this).
        Without weights all regions count alike, as in REAT's ``gini.conc``.

    Returns
    -------
    ndarray, shape (..., industries)
        0 (spread like the whole) to almost 1.

    Raises
    ------
    InputError
        As `krugman_specialisation`.

    References
    ----------
    Hoover (1936), *Review of Economics and Statistics* 18(4), 162-171; Krugman (1991), *Geography and
    Trade*, p. 55.
    """
    return gini_specialisation(_exchanged(x), total, weighted)


def cluster_index(employment: ArrayLike, firms: ArrayLike, area: ArrayLike, population: ArrayLike) -> np.ndarray:
    """Cluster index of Litzenberger and Sternberg.

    Parameters
    ----------
    employment : array_like, shape (..., regions, industries)
    firms : array_like, the shape of ``employment``
        Number of firms.
    area : array_like, shape (..., regions)
        In one unit, square kilometres for example.
    population : array_like, shape (..., regions)

    Returns
    -------
    ndarray, shape (..., regions, industries)
        Density times specialisation over firm size, each relative to the whole: 1 is average, above 4 is
        taken for a cluster; 0 where a region has none of the industry.

    Raises
    ------
    InputError
        Missing or negative amounts, shapes that differ, employment without firms, a region without area or
        population.

    Notes
    -----
    (e_ij/a_j)/(e_i/a) * (e_ij/p_j)/(e_i/p) / ((e_ij/b_ij)/(e_i/b_i)) is the same as
    (e_ij/e_i) (b_ij/b_i) / ((a_j/a) (p_j/p)), which needs no firm size where there is no firm.

    References
    ----------
    Litzenberger and Sternberg (2006), "Der Clusterindex", *Geographische Zeitschrift* 94(4), 209-224.
    """
    employment, firms, area, population = amounts(employment=employment, firms=firms, area=area, population=population)
    faults = []
    if employment.ndim < 2 or employment.shape != firms.shape:
        faults.append(
            Fault(
                "employment and firms must have the same shape, regions and industries last",
                column="firms",
                value=f"{employment.shape} and {firms.shape}",
            )
        )
    elif firms.min() == 0 and (employment[firms == 0] > 0).any():
        faults.append(Fault("no firms where there is employment; give the firms", column="firms"))
    for name, values in (("area", area), ("population", population)):
        if values.shape[-1:] != employment.shape[-2:-1]:
            faults.append(Fault("needs one entry for each region", column=name, value=f"{values.shape}"))
        if (values == 0).any():
            faults.append(Fault("must be above zero in every region", column=name))
    refuse(faults)
    room = shares(area) * shares(population)
    # A product of sums that is nil has no inverse: the index is missing for an industry that is nowhere.
    of_industry = divide(1.0, employment.sum(axis=-2) * firms.sum(axis=-2))
    return scaled(employment, of_industry, 1 / room, beside=firms)


def _exchanged(x: ArrayLike) -> np.ndarray:
    x = np.asarray(x, dtype=float)
    if x.ndim < 2:
        refuse([Fault("must have regions and industries as its last two axes", column="x")])
    return np.swapaxes(x, -1, -2)
