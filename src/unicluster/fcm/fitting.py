"""Weights from observed states, and how far the observations determine them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares, linprog, lsq_linear

from unicluster.faults import Fault, refuse
from unicluster.fcm.kernels import RANGES, RULES, net_input, transfer_derivative, transfer_value
from unicluster.fcm.map import CognitiveMap

# Two weights that fit equally well count as one when they are closer than this.
IDENTIFIED_WIDTH = 1e-6


@dataclass(frozen=True, eq=False)
class FittedWeights:
    """Weights that best explain observed states.

    Attributes
    ----------
    map : CognitiveMap
        With the fitted weights.
    identified : ndarray of bool, shape (n, n)
        Whether only one value of the weight fits this well. True for absent links.
    lower, upper : ndarray of shape (n, n)
        Ends of the values of each weight that fit equally well, the others adapting to it within
        their signs; equal where identified.
    rank : ndarray of int, shape (n,)
        Independent equations that the observations give for the links into each concept.
    links : ndarray of int, shape (n,)
        Weights to be found for each concept; more than ``rank`` of them cannot be told apart.
    residual : ndarray of shape (m, n)
        Fitted less observed states; NaN where not observed.
    """

    map: CognitiveMap
    identified: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    rank: np.ndarray
    links: np.ndarray
    residual: np.ndarray


def fit_weights(
    map: CognitiveMap,
    before: ArrayLike,
    after: ArrayLike,
    signs: ArrayLike | None = None,
    *,
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
    slope: float = 1.0,
) -> FittedWeights:
    """Fit weights to pairs of successive states, by least squares in the states.

    Each concept is fitted by itself, for its next state depends on its own incoming links only.
    Of steady states give the same array twice, with NaN in ``after`` for concepts that were
    clamped: one steady state is one equation a concept, so n links into a concept need n
    steady states that differ in them.

    Parameters
    ----------
    map : CognitiveMap
        n concepts; its links say which weights to look for and with which sign.
    before, after : array_like of shape (m, n)
        States and what followed one update later; NaN in ``after`` where not observed.
    signs : array_like of shape (n, n), optional
        Instead of the map's: 1 (weight in [0, 1]), -1 (in [-1, 0]), 0 (no link) or NaN (in
        [-1, 1]); the row is the source.
    rule : {"modified_kosko", "kosko", "rescaled"}
    transfer : {"sigmoid", "tanh"}
        Steps and saturation cannot be inverted.
    slope : float

    Raises
    ------
    InputError
        Naming every fault of the arguments; also a concept with links to fit but no observation.

    Notes
    -----
    A weight that is not identified is not reported as if it were: every combination that predicts
    the same states belongs to the answer, and ``lower`` and ``upper`` bound it by linear
    programming. The fitted value is then one of many.
    """
    signs = np.sign(map.weights) if signs is None else np.asarray(signs, dtype=float)
    before, after = np.atleast_2d(np.asarray(before, float)), np.atleast_2d(np.asarray(after, float))
    refuse(_faults(map, before, after, signs, rule, transfer, slope))
    n = map.n
    nothing = np.zeros((n, n))
    lower, upper, weights = (np.zeros((n, n)) for _ in range(3))
    rank = np.zeros(n, dtype=int)
    base = 2 * before - 1 if rule == "rescaled" else before
    own = net_input(rule, nothing, before)
    for j in range(n):
        sources = np.flatnonzero(signs[:, j] != 0)
        seen = np.isfinite(after[:, j])
        if not sources.size:
            continue
        design, offset, wanted = base[np.ix_(seen, sources)], own[seen, j], after[seen, j]
        low = np.where(signs[sources, j] == 1, 0.0, -1.0)
        high = np.where(signs[sources, j] == -1, 0.0, 1.0)
        found = _fit(design, offset, wanted, low, high, transfer, slope)
        weights[sources, j] = found
        rank[j] = np.linalg.matrix_rank(design)
        lower[sources, j], upper[sources, j] = _equally_good(design, found, low, high)
    predicted = transfer_value(transfer, net_input(rule, weights, before), slope)
    return FittedWeights(
        map=CognitiveMap(map.concepts, weights),
        identified=upper - lower <= IDENTIFIED_WIDTH,
        lower=lower,
        upper=upper,
        rank=rank,
        links=(signs != 0).sum(axis=0),
        residual=predicted - after,
    )


def _fit(
    design: np.ndarray,
    offset: np.ndarray,
    wanted: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    transfer: str,
    slope: float,
) -> np.ndarray:
    # In the inverted transfer function the problem is linear and convex: its solution is the
    # start from which the fit in the states, which noise leaves unbiased, has little way to go.
    bottom, top = RANGES[transfer]
    inside = np.clip(wanted, bottom + 1e-6, top - 1e-6)
    inverse = np.log(inside / (1 - inside)) if transfer == "sigmoid" else np.arctanh(inside)
    start = lsq_linear(design, inverse / slope - offset, (low, high), method="bvls").x

    def residual(w: np.ndarray) -> np.ndarray:
        return transfer_value(transfer, offset + design @ w, slope) - wanted

    def jacobian(w: np.ndarray) -> np.ndarray:
        return transfer_derivative(transfer, offset + design @ w, slope)[:, None] * design

    # Steps that keep strictly inside the bounds need a start that does.
    margin = 1e-9 * (high - low)
    found = least_squares(
        residual,
        np.clip(start, low + margin, high - margin),
        jacobian,
        bounds=(low, high),
        xtol=1e-15,
        ftol=1e-15,
        gtol=1e-15,
    ).x
    # On the bounds the linear solution is exact where the other only comes near.
    return min((found, start), key=lambda w: np.sum(residual(w) ** 2))


def _equally_good(
    design: np.ndarray, weights: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of each weight over all weights in bounds with the same net inputs."""
    _, singular, directions = np.linalg.svd(design)
    full = np.zeros(len(weights))
    full[: len(singular)] = singular
    limit = max(design.shape) * np.finfo(float).eps * full.max(initial=0.0)
    free = directions[full <= limit]
    ends = np.column_stack([weights, weights])
    # Weights as fitted plus a combination of the directions that no observation sees.
    for k in np.flatnonzero(np.abs(free).max(axis=0, initial=0.0) > 1e-9):
        for side, sign in enumerate((1, -1)):
            found = linprog(
                sign * free[:, k],
                A_ub=np.vstack([free.T, -free.T]),
                b_ub=np.concatenate([high - weights, weights - low]).clip(min=0.0),
                bounds=(None, None),
            )
            ends[k, side] = np.clip(weights[k] + sign * found.fun, low[k], high[k])
    return ends[:, 0], ends[:, 1]


def _faults(
    map: CognitiveMap,
    before: np.ndarray,
    after: np.ndarray,
    signs: np.ndarray,
    rule: str,
    transfer: str,
    slope: float,
) -> list[Fault]:
    faults = []
    if rule not in RULES:
        faults.append(Fault(f"must be one of {', '.join(RULES)}", column="rule", value=rule))
    if transfer not in ("sigmoid", "tanh"):
        faults.append(Fault("must be sigmoid or tanh", column="transfer", value=transfer))
    if not 0 < slope < np.inf:
        faults.append(Fault("must be a number above 0", column="slope", value=str(slope)))
    if signs.shape != (map.n, map.n) or not np.isin(signs[np.isfinite(signs)], (-1, 0, 1)).all():
        faults.append(Fault(f"must be {map.n} x {map.n} of -1, 0, 1 and NaN", column="signs"))
    for name, states in (("before", before), ("after", after)):
        if states.shape != (len(before), map.n):
            faults.append(Fault(f"must have {len(before)} rows of {map.n} states", column=name))
            return faults
    if faults:
        return faults
    low, high = RANGES[transfer]
    for name, states, known in (
        ("before", before, np.ones_like(before, dtype=bool)),
        ("after", after, ~np.isnan(after)),
    ):
        wrong = (known & ~((states >= low) & (states <= high))).any(axis=0)
        faults += [
            Fault(f"states lie in [{low:g}, {high:g}]", column=f"{name}, {map.ids[j]}") for j in np.flatnonzero(wrong)
        ]
    unseen = (signs != 0).any(axis=0) & np.isnan(after).all(axis=0)
    faults += [
        Fault("has links to fit but was never observed", column=f"after, {map.ids[j]}") for j in np.flatnonzero(unseen)
    ]
    return faults
