"""One number for a membership, from its exact pieces."""

from __future__ import annotations

import numpy as np
from numpy.polynomial import Chebyshev

from unicluster.faults import InputError
from unicluster.fcm.membership import TOLERANCE, Membership, integral


def defuzzify(membership: Membership, method: str = "centroid") -> float:
    """One number for a membership.

    Parameters
    ----------
    membership : Membership
    method : {"centroid", "bisector", "mean_of_maximum", "smallest_of_maximum", \
"largest_of_maximum"}
        A bisector that is an interval (no area in it) is read at its middle. The mean of maximum
        is taken over the plateaux, or over the peaks where there is none.

    Raises
    ------
    InputError
        A membership that is zero everywhere, an unknown method.

    References
    ----------
    Van Leekwijck & Kerre (1999), Defuzzification: criteria and classification.
    """
    areas = membership.areas
    total = areas.sum()
    if not total > 0:
        raise InputError("a membership that is zero everywhere has no defuzzified value")
    if method == "centroid":
        moments = [integral(p * Chebyshev.identity(p.domain)) for p in membership.pieces]
        return float(np.sum(moments) / total)
    if method == "bisector":
        before = np.concatenate([[0.0], np.cumsum(areas)])
        middle = np.flatnonzero(np.abs(before - total / 2) <= TOLERANCE * total)
        if middle.size:
            return float(membership.knots[middle[[0, -1]]].mean())
        return float(membership.quantile(0.5))
    peaks = _maximum_set(membership)
    if method == "smallest_of_maximum":
        return float(peaks.min())
    if method == "largest_of_maximum":
        return float(peaks.max())
    if method == "mean_of_maximum":
        length = peaks[:, 1] - peaks[:, 0]
        middle = peaks.mean(axis=1)
        if length.any():
            return float(np.average(middle, weights=length))
        return float(np.unique(middle).mean())
    raise InputError(
        "defuzzification is 'centroid', 'bisector', 'mean_of_maximum', 'smallest_of_maximum' or "
        f"'largest_of_maximum', not {method!r}"
    )


def _maximum_set(membership: Membership) -> np.ndarray:
    """Where the membership is highest, as intervals of shape (k, 2); a point has no length."""
    found = []
    for piece in membership.pieces:
        left, right = piece.domain
        shape = piece.trim(TOLERANCE)
        if shape.degree() == 0:
            found.append((left, right, shape.coef[0]))
            continue
        flat = shape.deriv().roots()
        inside = np.real(flat[np.abs(np.imag(flat)) <= TOLERANCE])
        points = [left, right, *inside[(inside > left) & (inside < right)]]
        found += [(x, x, float(piece(x))) for x in points]
    found = np.array(found)
    return found[found[:, 2] >= found[:, 2].max() - TOLERANCE, :2]
