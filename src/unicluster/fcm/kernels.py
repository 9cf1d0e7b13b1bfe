"""The rules and transfer functions, one formula each, for arrays of any shape.

The exponential is written out rather than taken from the platform's mathematics library. The
compiled engine and the NumPy engine so do the same roundings in the same order, and a run has the
same bits on every machine.
"""

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


def exponential_parts(x):
    """The parts p, q and s of exp(x) = s (q + p) / (q - p), with s a power of two.

    Works on float arrays, and on scalars when compiled. The rational approximation on
    |r| <= ln(2) / 2 is that of the Cephes library (S. L. Moshier, 1989, ``exp.c``); its relative
    error is below 3e-16. Beyond ±700 the argument is cut, so that s stays a normal number.
    """
    # adding and taking away 1.5 * 2**52 rounds to the nearest whole number
    k = (x * 1.4426950408889634 + 6755399441055744.0) - 6755399441055744.0
    r = (x - k * 6.93145751953125e-1) - k * 1.42860682030941723212e-6
    rr = r * r
    p = r * ((1.26177193074810590878e-4 * rr + 3.02994407707441961300e-2) * rr + 1.0)
    q = 3.00198505138664455042e-6 * rr + 2.52448340349684104192e-3
    q = (q * rr + 2.27265548208155028766e-1) * rr + 2.0
    s = np.int64((np.int64(k) + 1023) << 52).view(np.float64)
    return p, q, s


def sigmoid_of(p, q, s):
    """1 / (1 + exp(x)) from the parts of exp(x)."""
    return (q - p) / ((q - p) + s * (q + p))


def tanh_of(p, q, s):
    """tanh(x) from the parts of exp(2x), without cancellation near 0."""
    return ((s - 1.0) * q + (s + 1.0) * p) / ((s + 1.0) * q + (s - 1.0) * p)


def transfer_value(transfer: str, x: np.ndarray, slope: np.ndarray | float = 1.0) -> np.ndarray:
    """Transfer function f(λx), elementwise.

    Parameters
    ----------
    transfer : {"sigmoid", "tanh", "bivalent", "trivalent", "saturation"}
        Saturation cuts λx to [0, 1].
    x : ndarray
        Net input.
    slope : ndarray or float
        λ > 0, broadcast against x.

    References
    ----------
    Bueno, S. and Salmeron, J. L. (2009). Benchmarking main activation functions in fuzzy cognitive
    maps. Expert Systems with Applications 36, 5221-5229.
    """
    z = np.asarray(slope * np.asarray(x, dtype=np.float64))
    if transfer == "sigmoid":
        return sigmoid_of(*exponential_parts(np.clip(-z, -700.0, 700.0)))
    if transfer == "tanh":
        return tanh_of(*exponential_parts(np.clip(2.0 * z, -700.0, 700.0)))
    if transfer == "bivalent":
        return np.where(z > 0, 1.0, 0.0)
    if transfer == "trivalent":
        return np.sign(z)
    return np.clip(z, 0.0, 1.0)


def transfer_derivative(transfer: str, x: np.ndarray, slope: np.ndarray | float = 1.0) -> np.ndarray:
    """Derivative of f(λx) with respect to x, elementwise; 0 where f is flat or steps.

    The arguments are those of `transfer_value`.
    """
    value = transfer_value(transfer, x, slope)
    if transfer == "sigmoid":
        return slope * value * (1 - value)
    if transfer == "tanh":
        return slope * (1 - value) * (1 + value)
    if transfer == "saturation":
        return np.where((value > 0) & (value < 1), slope, 0.0)
    return np.zeros_like(value)


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
    base = 2.0 * state - 1.0 if rule == "rescaled" else state
    total = np.zeros_like(base) if rule == "kosko" else np.array(base)
    # source by source, because the compiled engine sums in this order
    for i in range(weights.shape[-1]):
        total = total + base[..., i, None] * weights[..., i, :]
    return total
