"""Which industries go together, and how near a region is to those it lacks."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from unicluster.economics.arrays import amounts, divide
from unicluster.economics.location_quotient import location_quotient
from unicluster.faults import Fault, refuse

Method = Literal["probability", "association", "cosine", "jaccard", "proximity"]


def presence(x: ArrayLike, total: ArrayLike | None = None, threshold: float = 1.0) -> np.ndarray:
    """Industries that a region is specialised in: location quotient at or above a threshold.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
    total : array_like, shape (..., industries), optional
        Amounts of the whole; the sum of the regions when not given.
    threshold : float
        1 is Balassa's revealed comparative advantage.

    Returns
    -------
    ndarray of bool, shape (..., regions, industries)

    Raises
    ------
    InputError
        As `location_quotient`.

    References
    ----------
    Balassa (1965), "Trade liberalisation and revealed comparative advantage", *Manchester School* 33, 99-123.
    """
    return location_quotient(x, total) >= threshold


def co_occurrence(present: ArrayLike) -> np.ndarray:
    """In how many regions each two industries are both present.

    Parameters
    ----------
    present : array_like of bool, shape (..., regions, industries)

    Returns
    -------
    ndarray, shape (..., industries, industries)
        Symmetric; the diagonal counts the regions of each industry.

    Raises
    ------
    InputError
        Missing or negative entries.
    """
    (present,) = amounts(present=present)
    return np.swapaxes(present, -1, -2) @ present


def relatedness(occurrences: ArrayLike, method: Method = "proximity") -> np.ndarray:
    """Relatedness of industries from their co-occurrences.

    Parameters
    ----------
    occurrences : array_like, shape (..., industries, industries)
        Symmetric counts as of `co_occurrence`.
    method : {"proximity", "association", "probability", "cosine", "jaccard"}
        ``proximity``: the smaller of both conditional probabilities of one industry given the other, from
        the diagonal (Hidalgo et al.). The others leave the diagonal out and normalise by the sums s of what
        remains, t being their sum: ``association`` c t / (s_i s_j); ``cosine`` c / sqrt(s_i s_j); ``jaccard``
        c / (s_i + s_j - c) (van Eck and Waltman); ``probability`` is association under draws without
        repetition (Steijn), the default of EconGeo.

    Returns
    -------
    ndarray, shape (..., industries, industries)
        Symmetric, diagonal 0; 0 for an industry that is nowhere.

    Raises
    ------
    InputError
        Counts that are missing, negative, not square or not symmetric; an unknown method.

    References
    ----------
    Hidalgo, Klinger, Barabási and Hausmann (2007), "The product space conditions the development of
    nations", *Science* 317, 482-487; van Eck and Waltman (2009), *JASIST* 60(8), 1635-1651; Steijn (2021),
    "Improvement on the association strength", *Quantitative Science Studies* 2(2), 778-794.
    """
    (counts,) = amounts(occurrences=occurrences)
    faults = []
    if counts.ndim < 2 or counts.shape[-1] != counts.shape[-2]:
        faults.append(Fault("must be square, industries by industries", column="occurrences"))
    elif not np.array_equal(counts, np.swapaxes(counts, -1, -2)):
        faults.append(Fault("must be symmetric", column="occurrences"))
    if method not in ("probability", "association", "cosine", "jaccard", "proximity"):
        faults.append(
            Fault(
                "must be proximity, association, probability, cosine or jaccard",
                column="method",
                value=method,
            )
        )
    refuse(faults)
    apart = ~np.eye(counts.shape[-1], dtype=bool)
    if method == "proximity":
        times = np.diagonal(counts, axis1=-2, axis2=-1)
        related = divide(counts, np.maximum(times[..., :, None], times[..., None, :]))
        return np.where(apart, np.nan_to_num(related), 0.0)
    counts = np.where(apart, counts, 0.0)
    of_i = counts.sum(axis=-1)[..., :, None]
    of_j = counts.sum(axis=-1)[..., None, :]
    everything = counts.sum(axis=(-2, -1))[..., None, None]
    if method == "association":
        expected = divide(of_i * of_j, everything)
    elif method == "probability":
        without = divide(of_j, everything - of_i) * of_i + divide(of_i, everything - of_j) * of_j
        expected = without / 2
    elif method == "cosine":
        expected = np.sqrt(of_i * of_j)
    else:
        expected = of_i + of_j - counts
    return np.where(apart, np.nan_to_num(divide(counts, expected)), 0.0)


def relatedness_density(present: ArrayLike, related: ArrayLike) -> np.ndarray:
    """Share of what is related to an industry that a region already has.

    Parameters
    ----------
    present : array_like of bool, shape (..., regions, industries)
        As of `presence`.
    related : array_like, shape (..., industries, industries)
        As of `relatedness`.

    Returns
    -------
    ndarray, shape (..., regions, industries)
        Percent, 0 to 100; missing for an industry related to none.

    Raises
    ------
    InputError
        Missing or negative entries, industries that differ in number.

    References
    ----------
    Boschma, Balland and Kogler (2015), "Relatedness and technological change in cities", *Industrial and
    Corporate Change* 24(1), 223-250.
    """
    present, related = amounts(present=present, related=related)
    if related.ndim < 2 or {*related.shape[-2:]} != {present.shape[-1]}:
        wanted = f"must be {present.shape[-1]} industries by as many"
        refuse([Fault(wanted, column="related", value=f"{related.shape}")])
    return 100 * divide(present @ related, related.sum(axis=-2)[..., None, :])
