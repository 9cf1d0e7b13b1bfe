"""The batch engine's inner loop, compiled by numba; imported only when a run asks for it.

The runs are the innermost axis: one concept's values over a block of runs lie side by side, so that
the compiler turns the loops over runs into vector instructions. Nothing depends on the width of the
block or of the vectors, because no operation mixes two runs and no sum is reordered.
"""

from __future__ import annotations

import numba
import numpy as np

from unicluster.compiling import compiled
from unicluster.fcm import kernels

BLOCK = 128
UNROLL = 4
KOSKO, RESCALED = kernels.RULES.index("kosko"), kernels.RULES.index("rescaled")
SIGMOID, TANH, BIVALENT, TRIVALENT, SATURATION = range(len(kernels.TRANSFERS))


exponential_parts = numba.njit(kernels.exponential_parts, forceinline=True)
sigmoid_of = numba.njit(kernels.sigmoid_of, forceinline=True)
tanh_of = numba.njit(kernels.tanh_of, forceinline=True)


@numba.njit(forceinline=True)
def add_inflow(row, other, base, pointers, sources, shared, own, pair, width):
    """Add the weighted inflow of a pair of targets to their rows of runs, source by source.

    Two targets at a time, because loading a source's row takes longer than multiplying it.
    """
    for k in range(pointers[pair], pointers[pair + 1], UNROLL):
        b0, b1 = base[sources[k]], base[sources[k + 1]]
        b2, b3 = base[sources[k + 2]], base[sources[k + 3]]
        if len(own):
            u0, u1, u2, u3 = own[k, 0], own[k + 1, 0], own[k + 2, 0], own[k + 3, 0]
            v0, v1, v2, v3 = own[k, 1], own[k + 1, 1], own[k + 2, 1], own[k + 3, 1]
            for m in range(width):
                row[m] = (((row[m] + b0[m] * u0[m]) + b1[m] * u1[m]) + b2[m] * u2[m]) + b3[m] * u3[m]
                other[m] = (((other[m] + b0[m] * v0[m]) + b1[m] * v1[m]) + b2[m] * v2[m]) + b3[m] * v3[m]
        else:
            w0, w1, w2, w3 = shared[k, 0], shared[k + 1, 0], shared[k + 2, 0], shared[k + 3, 0]
            x0, x1, x2, x3 = shared[k, 1], shared[k + 1, 1], shared[k + 2, 1], shared[k + 3, 1]
            for m in range(width):
                row[m] = (((row[m] + b0[m] * w0) + b1[m] * w1) + b2[m] * w2) + b3[m] * w3
                other[m] = (((other[m] + b0[m] * x0) + b1[m] * x1) + b2[m] * x2) + b3[m] * x3


# not put into the loop below: there the compiler would run out of registers for the constants
@compiled
def apply_transfer(row, slope, transfer):
    """Replace a row of net inputs by their transfer values."""
    if transfer == SIGMOID:
        for m in range(len(row)):
            p, q, s = exponential_parts(min(max(-(slope[m] * row[m]), -700.0), 700.0))
            row[m] = sigmoid_of(p, q, s)
    elif transfer == TANH:
        for m in range(len(row)):
            p, q, s = exponential_parts(min(max(2.0 * (slope[m] * row[m]), -700.0), 700.0))
            row[m] = tanh_of(p, q, s)
    elif transfer == BIVALENT:
        for m in range(len(row)):
            row[m] = 1.0 if slope[m] * row[m] > 0.0 else 0.0
    elif transfer == TRIVALENT:
        for m in range(len(row)):
            row[m] = np.sign(slope[m] * row[m])
    else:
        for m in range(len(row)):
            row[m] = min(max(slope[m] * row[m], 0.0), 1.0)


@numba.njit(forceinline=True)
def furthest(one, other, distance, enough, width):
    """Write the largest difference of any concept to ``distance``, for each run.

    It stops where it is once every run has one above ``enough``.
    """
    distance[:] = 0.0
    for j in range(len(one)):
        near = 0
        for m in range(width):
            distance[m] = max(distance[m], abs(one[j, m] - other[j, m]))
            near += distance[m] <= enough
        if not near:
            break


@compiled
def advance(
    start,
    slope,
    clamp,
    pointers,
    sources,
    shared,
    own,
    rule,
    transfer,
    steps,
    watch_from,
    stop,
    tolerance,
    state,
    residual,
    updates,
    period,
    path,
    width=BLOCK,
):
    """Update many runs.

    Parameters
    ----------
    start, slope, clamp : float64 array, shape (n, runs)
        An even number of concepts; NaN in ``clamp`` where one is free.
    pointers : int64 array, shape (n / 2 + 1,)
        Where the sources of each pair of targets begin; each pair has a multiple of ``UNROLL``,
        filled up with sources of no weight.
    sources : int32 array, shape (links,)
    shared : float64 array, shape (links, 2)
        Weights that all runs share, for both targets; if each run has its own, other than 0 where
        there is a link.
    own : float64 array, shape (runs, n, n) or (0, 0, 0)
        Weights of each run.
    rule, transfer : int
        Positions in ``kernels.RULES`` and ``kernels.TRANSFERS``.
    steps : int
    watch_from : int
        The update after which the state is remembered and watched for its return.
    stop : bool
        Whether a run ends when it settles or returns.
    tolerance : tuple of two float
        The largest last step of a settled run, if it was no larger than the one before; the largest
        distance of a return.
    state : float64 array, shape (n, runs), output
    residual : float64 array, shape (runs,), output
        What one more update would change.
    updates, period : int64 array, shape (runs,), output
        Updates made; 1 for a settled run, p for one that returned after p > 1 updates, else 0.
    path : float64 array, shape (steps, n, runs) or (0, 0, 0), output
    width : int
        Runs in a block. Left out it is a constant to the compiler, which then needs no code for
        other widths.
    """
    n, runs = start.shape
    a, new, remembered = np.empty((n, width)), np.empty((n, width)), np.empty((n, width))
    rescaled, lam, fixed = np.empty((n, width)), np.empty((n, width)), np.empty((n, width))
    clamped = np.empty(n, dtype=np.bool_)
    weights = np.zeros((len(sources) if len(own) else 0, 2, width))
    change, previous, distance = np.empty(width), np.empty(width), np.empty(width)

    for first in range(0, runs, width):
        filled = min(width, runs - first)
        last = first + filled
        for j in range(n):
            clamped[j] = False
            a[j, :filled] = start[j, first:last]
            lam[j, :filled] = slope[j, first:last]
            fixed[j, :filled] = clamp[j, first:last]
            # the last run fills up the block
            a[j, filled:], lam[j, filled:] = a[j, filled - 1], lam[j, filled - 1]
            fixed[j, filled:] = fixed[j, filled - 1]
            for m in range(filled):
                clamped[j] |= not np.isnan(fixed[j, m])
        if len(own):
            for pair in range(n // 2):
                for k in range(pointers[pair], pointers[pair + 1]):
                    for one in range(2):
                        if shared[k, one] != 0.0:
                            for m in range(width):
                                run = min(first + m, last - 1)
                                weights[k, one, m] = own[run, sources[k], 2 * pair + one]
        remembered[:] = a
        previous[:] = 0.0
        updates[first:last] = steps
        period[first:last] = 0
        running = filled

        # one update more than asked for tells the residual
        for t in range(1, steps + 2):
            finished = t > steps or running == 0
            if finished:
                for m in range(filled):
                    if not (stop and period[first + m]):
                        state[:, first + m] = a[:, m]
                a[:, :filled] = state[:, first:last]
            base = a
            if rule == RESCALED:
                base = rescaled
                for j in range(n):
                    for m in range(width):
                        base[j, m] = 2.0 * a[j, m] - 1.0
            for j in range(0, n, 2):
                if rule == KOSKO:
                    new[j : j + 2] = 0.0
                else:
                    new[j : j + 2] = base[j : j + 2]
                add_inflow(new[j], new[j + 1], base, pointers, sources, shared, weights, j // 2, width)
            for j in range(n):
                apply_transfer(new[j], lam[j], transfer)
                if clamped[j]:
                    for m in range(width):
                        new[j, m] = new[j, m] if np.isnan(fixed[j, m]) else fixed[j, m]
            if finished:
                furthest(new, a, change, np.inf, width)
                residual[first:last] = change[:filled]
                break
            if len(path):
                path[t - 1, :, first:last] = new[:, :filled]
            if t == watch_from:
                remembered[:] = new
            elif t > watch_from:
                furthest(new, a, change, tolerance[0], width)
                furthest(new, remembered, distance, tolerance[1], width)
                for m in range(filled):
                    run = first + m
                    if period[run]:
                        continue
                    # a run that leaves an unstable fixed point takes growing steps
                    if change[m] <= min(tolerance[0], previous[m]):
                        period[run] = 1
                    elif distance[m] <= tolerance[1] and t > watch_from + 1:
                        period[run] = t - watch_from
                    if stop and period[run]:
                        updates[run] = t
                        state[:, run] = new[:, m]
                        running -= 1
                previous[:] = change
            a, new = new, a
