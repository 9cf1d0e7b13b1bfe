"""Proof that every run of a map ends at the same fixed point, wherever it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from unicluster.faults import InputError
from unicluster.fcm.arguments import Runs, prepare
from unicluster.fcm.kernels import RANGES, transfer_derivative, transfer_value
from unicluster.fcm.map import CognitiveMap

BOX_STEPS = 500
# Room for rounding: a factor must stay this far below 1, a bound is moved outwards by this much.
MARGIN = 1e-9
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Certificate:
    """Whether the fixed point is proven to be the only attractor, and by what.

    Attributes
    ----------
    unique : bool
        True is a proof. False means that no bound was small enough, not that there are several.
    method : str
        The first of ``factors`` that proves it, or an empty text.
    factors : mapping of str to float
        Bounds on how much nearer two states come in one update; below 1 proves uniqueness.
        ``spectral norm`` uses the steepest slope of the transfer function anywhere: below 1 it is
        the published condition λ‖W‖ < 4, λ‖I + W‖ < 4 or λ‖I + W‖ < 2 for the sigmoid under
        Kosko's, the modified and the rescaled rule. ``weighted maximum norm`` is the spectral
        radius of the absolute values of the same matrix. The two ``in the box`` use the steepest
        slope that can occur once the start has been forgotten, and the spectral norm there is that
        of the largest strongly connected component instead of the whole.
    lower, upper : ndarray, shape (n,)
        The box: every run comes into it, so every fixed point and limit cycle lies in it.
    free : tuple of str
        Ids of the concepts that are neither clamped nor held; only these count.
    """

    unique: bool
    method: str
    factors: Mapping[str, float]
    lower: np.ndarray
    upper: np.ndarray
    free: tuple[str, ...]


def certify_uniqueness(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float] | None = None,
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
    slope: float | ArrayLike | Mapping[str, float] = 1.0,
    clamp: Mapping[str, float] | None = None,
    hold_transmitters: bool = False,
) -> Certificate:
    """Try to prove that all starts lead to one fixed point.

    With M = W, I + W or 2 (I + W) by rule, two states a and b that agree on the held concepts are
    mapped to states that differ by ``diag(δ) Mᵀ (a - b)`` on the free ones, where each δ_j is a
    mean slope of the transfer function between the two net inputs. If d_j bounds it, then
    ‖M diag(d)‖₂ < 1, or a spectral radius of |M| diag(d) below 1, makes the update a contraction
    (Banach), over the free block alone. The steepest slope is λ/4 for the sigmoid and λ for tanh and
    saturation; bivalent and trivalent functions step, and are contractions only where the step
    cannot occur. A chain of strongly connected components settles if each of them does, because
    what comes into it settles first.

    Parameters
    ----------
    map, rule, transfer, slope, clamp, hold_transmitters
        As in `simulate`.
    start : array_like or mapping, optional
        Needed for the values of held transmitters, and for nothing else.

    Raises
    ------
    InputError
        Naming every fault of the arguments.

    References
    ----------
    Boutalis, Y., Kottas, T. L. and Christodoulou, M. (2009). Adaptive estimation of fuzzy cognitive
    maps with proven stability and parameter convergence. IEEE Trans. Fuzzy Systems 17, 874-889.
    Knight, C. J. K., Lloyd, D. J. B. and Penn, A. S. (2014). Linear and sigmoidal fuzzy cognitive
    maps: an analysis of fixed points. Applied Soft Computing 15, 193-202.
    Harmati, I. A., Hatwágner, M. F. and Kóczy, L. T. (2021). Global stability of fuzzy cognitive
    maps. Neural Computing and Applications 35, 7283-7295.
    Concepción, L., Nápoles, G., Falcon, R., Vanhoof, K. and Bello, R. (2021). Unveiling the dynamic
    behavior of fuzzy cognitive maps. IEEE Trans. Fuzzy Systems 29, 1252-1261 (the box).
    """
    if start is None and hold_transmitters:
        raise InputError("to hold transmitters, give the start: it has their values")
    if start is None:
        low, high = RANGES.get(transfer, (0.0, 0.0))
        start = np.full(map.n, (low + high) / 2)
    runs = prepare(map, start, rule, transfer, slope, clamp, hold_transmitters)
    free = np.isnan(runs.clamp[0])
    matrix = _effective_weights(runs)
    lower, upper, inputs = _box(runs, matrix)
    everywhere = _steepest(runs, np.full(runs.n, -np.inf), np.full(runs.n, np.inf))
    inside = _steepest(runs, *inputs)
    block = matrix[np.ix_(free, free)]
    factors = {
        "spectral norm": _spectral_norm(block, everywhere[free]),
        "weighted maximum norm": _perron(block, everywhere[free]),
        "spectral norm in the box": max(
            (_spectral_norm(block[np.ix_(part, part)], inside[free][part]) for part in _components(block)),
            default=0.0,
        ),
        "weighted maximum norm in the box": _perron(block, inside[free]),
    }
    method = next((name for name, factor in factors.items() if factor < 1 - MARGIN), "")
    ids = tuple(name for name, is_free in zip(map.ids, free, strict=True) if is_free)
    return Certificate(bool(method), method, factors, lower, upper, ids)


def _effective_weights(runs: Runs) -> np.ndarray:
    """The matrix M with net input = M applied to the state, less a constant."""
    weights = runs.weights[0]
    if runs.rule == "kosko":
        return weights
    factor = 2.0 if runs.rule == "rescaled" else 1.0
    return factor * (weights + np.eye(runs.n))


def _box(runs: Runs, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Bounds that every run comes to respect, and those of the net inputs inside them."""
    low, high = RANGES[runs.transfer]
    clamp = runs.clamp[0]
    free = np.isnan(clamp)
    lower, upper = np.where(free, low, clamp), np.where(free, high, clamp)
    shift = -matrix.sum(axis=0) / 2 if runs.rule == "rescaled" else 0.0
    positive, negative = np.maximum(matrix, 0), np.minimum(matrix, 0)
    for _ in range(BOX_STEPS):
        least = lower @ positive + upper @ negative + shift
        most = upper @ positive + lower @ negative + shift
        room = ROUNDING * (1 + np.abs(matrix).sum(axis=0))
        inputs = least - room, most + room
        values = [transfer_value(runs.transfer, x, runs.slope[0]) for x in inputs]
        tighter_lower = np.where(free, np.maximum(lower, values[0] - ROUNDING), clamp)
        tighter_upper = np.where(free, np.minimum(upper, values[1] + ROUNDING), clamp)
        gain = max((tighter_lower - lower).max(), (upper - tighter_upper).max())
        lower, upper = tighter_lower, tighter_upper
        if gain <= ROUNDING:
            break
    return lower, upper, inputs


def _steepest(runs: Runs, least: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Largest mean slope of each concept's transfer function over an interval of net inputs."""
    slope = runs.slope[0]
    if runs.transfer in ("sigmoid", "tanh"):
        nearest_to_zero = np.clip(0.0, least, most)
        return transfer_derivative(runs.transfer, nearest_to_zero, slope)
    first, last = (transfer_value(runs.transfer, x, slope) for x in (least, most))
    return np.where(first == last, 0.0, slope if runs.transfer == "saturation" else np.inf)


def _spectral_norm(block: np.ndarray, slopes: np.ndarray) -> float:
    if not np.isfinite(slopes).all():
        return np.inf
    return float(np.linalg.norm(block * slopes, 2)) if block.size else 0.0


def _components(block: np.ndarray) -> list[np.ndarray]:
    """Positions of each strongly connected component."""
    count, label = connected_components(csr_array(block != 0), connection="strong")
    return [np.flatnonzero(label == k) for k in range(count)]


def _perron(block: np.ndarray, slopes: np.ndarray) -> float:
    if not np.isfinite(slopes).all():
        return np.inf
    return float(np.abs(np.linalg.eigvals(np.abs(block) * slopes)).max(initial=0.0))
