"""One update of a map in the plainest NumPy, to check the engine against."""

import numpy as np

RULES = ("kosko", "modified_kosko", "rescaled")
TRANSFERS = ("sigmoid", "tanh", "bivalent", "trivalent", "saturation")
LOWEST = {"sigmoid": 0, "tanh": -1, "bivalent": 0, "trivalent": -1, "saturation": 0}


def update(state, weights, rule, transfer, slope=1.0):
    """Next state of one run; state of shape (n,), weights of shape (n, n)."""
    x = {
        "kosko": state @ weights,
        "modified_kosko": state + state @ weights,
        "rescaled": (2 * state - 1) + (2 * state - 1) @ weights,
    }[rule]
    return {
        "sigmoid": lambda: 1 / (1 + np.exp(-slope * x)),
        "tanh": lambda: np.tanh(slope * x),
        "bivalent": lambda: (x > 0).astype(float),
        "trivalent": lambda: np.sign(x),
        "saturation": lambda: np.clip(slope * x, 0, 1),
    }[transfer]()


def path(start, weights, rule, transfer, steps, slope=1.0, clamp=None):
    """All states of a run, the start first; ``clamp`` maps positions to values."""
    state = np.array(start, dtype=float)
    states = []
    for _ in range(steps + 1):
        for j, value in (clamp or {}).items():
            state[j] = value
        states.append(state.copy())
        state = update(state, weights, rule, transfer, slope)
    return np.array(states)


def names(n):
    """Ids of n concepts."""
    return [f"C{i + 1}" for i in range(n)]


def random_weights(rng, n, density=0.5):
    """Random weights, self-loops included."""
    return rng.uniform(-1, 1, (n, n)) * (rng.random((n, n)) < density)


def rings(*lengths):
    """Weights of separate rings, each passing its state on from concept to concept."""
    n = sum(lengths)
    weights, first = np.zeros((n, n)), 0
    for length in lengths:
        for k in range(length):
            weights[first + k, first + (k + 1) % length] = 1
        first += length
    return weights
