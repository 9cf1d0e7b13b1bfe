"""Sums of differences over all pairs in time that grows with the number of parts; imported only for large tables.

The sum of w_i w_j |x_i - x_j| over all pairs needs no full sorting. Values are first thrown into as many buckets as
there are values, by their size. Read out bucket by bucket they are almost in order: none is further from its place
than the largest bucket is wide. Pairs further apart than that are in order, so that their sum follows from running
sums of the weights; nearer ones are compared one by one, place by place, a few times the length of the row.

No sum is left for the compiler to reorder: the bits are the same on every machine.
"""

from __future__ import annotations

import numpy as np

from unicluster.compiling import compiled

LANES = 16
"""Running sums side by side, so that none waits for the last addition."""
WIDEST = 48
"""A row whose largest bucket holds more is left to sorting, which is then faster."""


def _total(parts):
    """The sum of parts, always in the same order."""
    even = parts.size - parts.size % LANES
    lanes = np.zeros(LANES)
    for start in range(0, even, LANES):
        here = parts[start : start + LANES]
        for lane in range(LANES):
            lanes[lane] += here[lane]
    total = 0.0
    for lane in range(LANES):
        total += lanes[lane]
    for place in range(even, parts.size):
        total += parts[place]
    return total


def _extent(value):
    """Smallest and largest value."""
    low, high = value[0], value[0]
    for place in range(value.size):
        low, high = min(low, value[place]), max(high, value[place])
    return low, high


def _add_near(parts, value, weight, distance):
    """Add w_i w_j |x_i - x_j| of all places that many apart."""
    n = value.size - distance
    a, b, u, v = value[:n], value[distance:], weight[:n], weight[distance:]
    for place in range(n):
        parts[place] += u[place] * v[place] * abs(a[place] - b[place])


def _set_far(parts, moment, below, distance):
    """Each value times its weight and times the weights surely below it less those surely above it."""
    n = moment.size
    whole = below[n]
    for place in range(n):
        parts[place] = 0.0
    reached, later = parts[distance:], moment[distance:]
    for place in range(n - distance):
        reached[place] = later[place] * below[place]
    above = below[distance + 1 :]
    for place in range(n - distance):
        parts[place] -= moment[place] * (whole - above[place])


total, add_near, set_far = compiled(_total), compiled(_add_near), compiled(_set_far)
# Smallest and largest are the same in any order.
extent = compiled(_extent, frozenset({"nnan", "nsz"}))


def _spread_out(value, starts, bucket):
    """Bucket of each value, the place in the order that each bucket begins at, and the size of the largest one.

    0 where all values are equal, -1 where they lie so close together that no bucket can be told.
    """
    low, high = extent(value)
    if not high > low:
        return 0
    scale = (value.size - 1) / (high - low)
    if not scale < np.inf:
        return -1
    for place in range(value.size):
        bucket[place] = np.int32((value[place] - low) * scale)
    starts[:] = 0
    for place in range(value.size):
        starts[bucket[place]] += 1
    widest = np.uint32(0)
    for place in range(value.size):
        widest = max(widest, starts[place])
    begin = np.uint32(0)
    for place in range(value.size):
        size = starts[place]
        starts[place] = begin
        begin += size
    return np.int64(widest)


spread_out = compiled(_spread_out)


def _pair_sums(x, factor, weight, which, pairs, sums):
    """For each row of x the sum over pairs, and that over single places of weight times value.

    Parameters
    ----------
    x : ndarray, shape (rows, n)
    factor, weight : ndarray, shape (kinds, n)
        Values are ``x * factor``, each with its weight.
    which : ndarray of int, shape (rows,)
        Which row of ``factor`` and ``weight`` belongs to each of x.
    pairs, sums : ndarray, shape (rows,)
        Written to. Pairs are missing where the values lie too unevenly for buckets.
    """
    rows, n = x.shape
    starts, bucket = np.empty(n, np.uint32), np.empty(n, np.uint32)
    value, moment, parts, below = np.empty(n), np.empty(n), np.empty(n), np.zeros(n + 1)
    ordered, carried = np.empty(n), np.empty(n)
    for row in range(rows):
        given, times, mass = x[row], factor[which[row]], weight[which[row]]
        for place in range(n):
            value[place] = given[place] * times[place]
            parts[place] = value[place] * mass[place]
        sums[row] = total(parts)
        widest = spread_out(value, starts, bucket)
        if widest < 0 or widest > WIDEST:
            pairs[row] = np.nan
            continue
        pairs[row] = 0.0
        if widest == 0:
            continue
        for place in range(n):
            kind = bucket[place]
            position = starts[kind]
            starts[kind] = position + 1
            ordered[position], carried[position] = value[place], mass[place]
        running = 0.0
        for place in range(n):
            running += carried[place]
            below[place + 1] = running
            moment[place] = carried[place] * ordered[place]
        set_far(parts, moment, below, widest - 1)
        for distance in range(1, widest):
            add_near(parts, ordered, carried, distance)
        pairs[row] = total(parts)


pair_sums = compiled(_pair_sums)


def _add_near_alike(parts, value, distance):
    """`add_near` where every weight is one."""
    n = value.size - distance
    a, b = value[:n], value[distance:]
    for place in range(n):
        parts[place] += abs(a[place] - b[place])


def _set_far_alike(parts, value, distance):
    """`set_far` where every weight is one."""
    n = value.size
    for place in range(n):
        parts[place] = value[place] * (max(0, place - distance) - max(0, n - 1 - place - distance))


add_near_alike, set_far_alike = compiled(_add_near_alike), compiled(_set_far_alike)


def _pair_sums_alike(x, pairs):
    """`pair_sums` where every weight and every factor is one."""
    rows, n = x.shape
    starts, bucket = np.empty(n, np.uint32), np.empty(n, np.uint32)
    parts, ordered = np.empty(n), np.empty(n)
    for row in range(rows):
        value = x[row]
        widest = spread_out(value, starts, bucket)
        if widest < 0 or widest > WIDEST:
            pairs[row] = np.nan
            continue
        pairs[row] = 0.0
        if widest == 0:
            continue
        for place in range(n):
            kind = bucket[place]
            position = starts[kind]
            starts[kind] = position + 1
            ordered[position] = value[place]
        set_far_alike(parts, ordered, widest - 1)
        for distance in range(1, widest):
            add_near_alike(parts, ordered, distance)
        pairs[row] = total(parts)


pair_sums_alike = compiled(_pair_sums_alike)
