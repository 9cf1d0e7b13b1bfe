"""The transfer functions and one update of a map, in NumPy."""

from __future__ import annotations

import numpy as np

RULES = ("kosko", "modified_kosko", "rescaled")
TRANSFERS = ("sigmoid", "tanh", "bivalent", "trivalent", "saturation")
RANGES = {
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "bivalent": (0.0, 1.0),
    "trivalent": (-1.0, 1.0),
    "saturation": (0.0, 1.0),
}


def transfer_value(transfer: str, x: np.ndarray, slope: np.ndarray | float = 1.0) -> np.ndarray:
    """Transfer function f(λx), elementwise, with slope λ broadcast against x."""
    z = np.asarray(slope) * x
    if transfer == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if transfer == "tanh":
        return np.tanh(z)
    if transfer == "bivalent":
        return np.where(z > 0, 1.0, 0.0)
    if transfer == "trivalent":
        return np.sign(z)
    return np.clip(z, 0.0, 1.0)


def transfer_derivative(
    transfer: str, x: np.ndarray, slope: np.ndarray | float = 1.0
) -> np.ndarray:
    """Derivative of f(λx) with respect to x, elementwise; 0 where f steps or is flat."""
    slope = np.asarray(slope)
    value = transfer_value(transfer, x, slope)
    if transfer == "sigmoid":
        return slope * value * (1 - value)
    if transfer == "tanh":
        return slope * (1 - value**2)
    if transfer == "saturation":
        return np.where((slope * x > 0) & (slope * x < 1), slope, 0.0)
    return np.zeros(np.broadcast_shapes(slope.shape, np.shape(x)))


def net_input(rule: str, weights: np.ndarray, state: np.ndarray) -> np.ndarray:
    """What the transfer function is applied to.

    Parameters
    ----------
    rule : {"kosko", "modified_kosko", "rescaled"}
    weights : ndarray, shape (..., n, n)
        The row is the source.
    state : ndarray, shape (..., n)

    Returns
    -------
    ndarray, shape (..., n)
        ``a W``, ``a + a W`` or ``(2a - 1) + (2a - 1) W``.
    """
    base = 2 * state - 1 if rule == "rescaled" else state
    inflow = (base[..., None, :] @ weights)[..., 0, :]
    return inflow if rule == "kosko" else base + inflow
