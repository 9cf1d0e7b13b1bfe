"""Membership functions, kept as exact pieces and never as a grid of points.

A membership is a polynomial on each piece between neighbouring knots, so that areas, moments,
bisectors and maxima follow from its coefficients. A grid moves weights: on steps of 0.05 the
centroid of one published link is 0.1303, on the membership itself it is 0.1507.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.polynomial import Chebyshev
from numpy.typing import ArrayLike
from scipy.optimize import elementwise

from unicluster.faults import InputError, refuse

# Values closer than this are one value: it separates rounding from shape.
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Membership:
    """A membership function on the real line, zero outside its knots.

    Parameters
    ----------
    knots : ndarray of shape (m + 1,)
        Strictly increasing ends of the pieces.
    pieces : tuple of m numpy.polynomial.Chebyshev
        The function between neighbouring knots; it may jump at a knot.
    """

    knots: np.ndarray
    pieces: tuple[Chebyshev, ...]

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Membership degree at ``x``; at a jump the higher of the two limits."""
        x = np.asarray(x, dtype=float)
        degree = np.zeros(x.shape)
        for (left, right), piece in zip(pairwise(self.knots), self.pieces, strict=True):
            inside = (x >= left) & (x <= right)
            degree[inside] = np.maximum(degree[inside], piece(x[inside]))
        return degree

    @property
    def areas(self) -> np.ndarray:
        """Area under each piece, shape (m,)."""
        return np.array([integral(piece) for piece in self.pieces])

    def quantile(self, probability: ArrayLike) -> np.ndarray:
        """Points that leave the given shares of the area to their left.

        Read as a probability density, the membership is sampled by giving uniform numbers here.

        Parameters
        ----------
        probability : array_like
            Shares in [0, 1], any shape.

        Returns
        -------
        ndarray
            The smallest such points, in the shape of ``probability``.
        """
        probability = np.asarray(probability, dtype=float)
        areas = self.areas
        before = np.concatenate([[0.0], np.cumsum(areas)])
        share = probability * before[-1]
        index = np.clip(np.searchsorted(before, share), 1, len(areas)) - 1
        points = np.empty(probability.shape)
        for k in np.unique(index):
            here = index == k
            left, right = self.knots[k : k + 2]
            area = self.pieces[k].integ(lbnd=left)
            # Counted from its own value on the left, or rounding there would hide the root.
            wanted = np.clip(share[here] - before[k], 0.0, area(right) - area(left)) + area(left)
            points[here] = elementwise.find_root(
                lambda x, target, area=area: area(x) - target, (left, right), args=(wanted,)
            ).x
        return points


def piecewise_linear(x: ArrayLike, degree: ArrayLike) -> Membership:
    """Membership through the given points, straight between them.

    Parameters
    ----------
    x : array_like of shape (k,)
        Abscissae, never decreasing; a repeated one makes a jump.
    degree : array_like of shape (k,)
        Membership degrees in [0, 1].

    Raises
    ------
    InputError
        Fewer than two points, abscissae that decrease or do not differ, degrees outside [0, 1].
    """
    x, degree = np.asarray(x, dtype=float), np.asarray(degree, dtype=float)
    faults = []
    if x.ndim != 1 or x.shape != degree.shape or x.size < 2:
        raise InputError("a membership needs two or more points, with one degree for each")
    if not (np.isfinite(x).all() and np.all(np.diff(x) >= 0) and x[-1] > x[0]):
        faults.append(f"the points of a membership must be finite and rise, not {x.tolist()}")
    if not np.all((degree >= 0) & (degree <= 1)):
        faults.append(f"membership degrees lie in [0, 1], not {degree.tolist()}")
    refuse(faults)
    wide = np.flatnonzero(np.diff(x) > 0)
    return Membership(
        np.append(x[wide], x[-1]),
        tuple(_line(x[k], x[k + 1], degree[k], degree[k + 1]) for k in wide),
    )


def triangular(a: float, b: float, c: float) -> Membership:
    """Triangle with feet ``a``, ``c`` and peak ``b``; ``a == b`` or ``b == c`` makes a jump."""
    return piecewise_linear([a, b, c], [0.0, 1.0, 0.0])


def trapezoidal(a: float, b: float, c: float, d: float) -> Membership:
    """Trapezium with feet ``a``, ``d`` and the plateau from ``b`` to ``c``."""
    return piecewise_linear([a, b, c, d], [0.0, 1.0, 1.0, 0.0])


def imply(membership: Membership, strength: float, implication: str = "larsen") -> Membership:
    """Activate a linguistic term as far as people endorse it.

    Parameters
    ----------
    membership : Membership
        A piecewise-linear term.
    strength : float
        Share of endorsement in [0, 1].
    implication : {"larsen", "mamdani"}
        Larsen scales the term (product), Mamdani clips it (minimum).

    Raises
    ------
    InputError
        ``strength`` outside [0, 1], an unknown implication.

    References
    ----------
    Mamdani & Assilian (1975); Larsen (1980).
    """
    if not 0 <= strength <= 1:
        raise InputError(f"the strength of an implication lies in [0, 1], not {strength}")
    if implication == "larsen":
        return Membership(membership.knots, tuple(strength * piece for piece in membership.pieces))
    if implication != "mamdani":
        raise InputError(f"implication is 'larsen' or 'mamdani', not {implication!r}")
    x, degree = [], []
    for (left, right), piece in zip(pairwise(membership.knots), membership.pieces, strict=True):
        low, high = _ends(piece)
        cuts = [left, *_crossings(left, right, (low, high), (strength, strength)), right]
        x += cuts
        degree += [min(max(float(piece(cut)), 0.0), strength) for cut in cuts]
    return piecewise_linear(x, degree)


def _maximum(degrees: np.ndarray) -> np.ndarray:
    return degrees.max(axis=0)


def _algebraic_sum(degrees: np.ndarray) -> np.ndarray:
    return 1 - np.prod(1 - degrees, axis=0)


def _einstein_sum(degrees: np.ndarray) -> np.ndarray:
    above, below = np.prod(1 + degrees, axis=0), np.prod(1 - degrees, axis=0)
    return (above - below) / (above + below)


def _hamacher_sum(degrees: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return 1 - 1 / (1 + np.sum(1 / (1 - degrees) - 1, axis=0))


AGGREGATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "family_maximum": _maximum,
    "algebraic_sum": _algebraic_sum,
    "einstein_sum": _einstein_sum,
    "hamacher_sum": _hamacher_sum,
}


def aggregate_memberships(
    memberships: Sequence[Membership],
    aggregation: str = "family_maximum",
    universe: ArrayLike | None = None,
) -> Membership:
    """Join activated terms into one membership, all at once and so in any order.

    Parameters
    ----------
    memberships : sequence of Membership
        Piecewise-linear, as `imply` returns them.
    aggregation : {"family_maximum", "algebraic_sum", "einstein_sum", "hamacher_sum"}
        The triangular conorm that joins degrees. Maximum and algebraic sum give polynomials and
        are exact; Einstein's and Hamacher's rational functions are resolved to rounding.
    universe : array_like, optional
        Look at the terms on these points only and draw straight lines between them, as tools on
        a grid do. It is there to reproduce their numbers; leave it out otherwise.

    Returns
    -------
    Membership

    Raises
    ------
    InputError
        No membership, an unknown aggregation.

    References
    ----------
    Klement, Mesiar & Pap (2000), Triangular Norms.
    """
    if aggregation not in AGGREGATIONS:
        raise InputError(f"aggregation is one of {list(AGGREGATIONS)}, not {aggregation!r}")
    if not memberships:
        raise InputError("there is no membership to aggregate")
    join = AGGREGATIONS[aggregation]
    if universe is not None:
        # np.arange misses its own knots by 1e-16, which at a jump is the whole jump.
        points = np.round(np.asarray(universe, dtype=float), 12)
        return piecewise_linear(points, join(np.array([m(points) for m in memberships])))
    knots = np.unique(np.concatenate([m.knots for m in memberships]))
    if aggregation == "family_maximum":
        knots = _with_crossings(memberships, knots)
    pieces = []
    for left, right in pairwise(knots):
        lines = np.array([e for m in memberships if any(e := _limits(m, left, right))])
        pieces += _resolve(join, lines.reshape(-1, 2), left, right, aggregation)
    return Membership(np.append([p.domain[0] for p in pieces], knots[-1]), tuple(pieces))


def _line(left: float, right: float, low: float, high: float) -> Chebyshev:
    return Chebyshev([(low + high) / 2, (high - low) / 2], domain=[left, right])


def _ends(piece: Chebyshev) -> tuple[float, float]:
    """Values of a straight piece at its two ends."""
    middle, half = (*piece.coef, 0.0)[:2]
    return middle - half, middle + half


def integral(piece: Chebyshev) -> float:
    """Area under one piece."""
    left, right = piece.domain
    return float(piece.integ(lbnd=left)(right))


def _limits(membership: Membership, left: float, right: float) -> tuple[float, float]:
    """Limits of a straight membership at the two ends of an interval inside one piece."""
    k = int(np.searchsorted(membership.knots, left, side="right")) - 1
    if not 0 <= k < len(membership.pieces):
        return 0.0, 0.0
    low, high = np.clip(membership.pieces[k]([left, right]), 0.0, 1.0)
    return float(low), float(high)


def _crossings(left: float, right: float, first: tuple[float, float], second: tuple[float, float]) -> list[float]:
    """Where two straight lines, given by their end values, cross inside the interval."""
    at_left, at_right = first[0] - second[0], first[1] - second[1]
    if at_left * at_right >= 0:
        return []
    crossing = left + (right - left) * at_left / (at_left - at_right)
    return [crossing] if left < crossing < right else []


def _with_crossings(memberships: Sequence[Membership], knots: np.ndarray) -> np.ndarray:
    crossings = [
        x
        for left, right in pairwise(knots)
        for first, second in combinations([_limits(m, left, right) for m in memberships], 2)
        for x in _crossings(left, right, first, second)
    ]
    return np.unique(np.concatenate([knots, crossings]))


def _resolve(
    join: Callable[[np.ndarray], np.ndarray],
    lines: np.ndarray,
    left: float,
    right: float,
    aggregation: str,
) -> list[Chebyshev]:
    """Polynomials for the joined lines on one interval, true to rounding."""
    if not lines.size:
        return [_line(left, right, 0.0, 0.0)]
    if len(lines) == 1 or aggregation == "family_maximum":
        return [_line(left, right, *join(lines))]

    def joined(x: np.ndarray) -> np.ndarray:
        share = (x - left) / (right - left)
        return join(lines[:, :1] * (1 - share) + lines[:, 1:] * share)

    if aggregation == "algebraic_sum":
        return [Chebyshev.interpolate(joined, len(lines), domain=[left, right])]
    piece = Chebyshev.interpolate(joined, 48, domain=[left, right])
    # Coefficients of an analytic function fall geometrically: a small tail means it is resolved.
    if np.abs(piece.coef[-4:]).max() <= 1e-15 or right - left <= TOLERANCE:
        return [piece.trim(1e-17)]
    middle = (left + right) / 2
    at_middle = lines.mean(axis=1)
    return [
        *_resolve(join, np.column_stack([lines[:, 0], at_middle]), left, middle, aggregation),
        *_resolve(join, np.column_stack([at_middle, lines[:, 1]]), middle, right, aggregation),
    ]
