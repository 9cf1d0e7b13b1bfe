"""Compile inner loops with numba, keeping the machine code on disk where there is a place to keep it."""

from __future__ import annotations

from collections.abc import Callable

import numba


def compiled(function: Callable, fastmath: frozenset[str] | bool = False) -> Callable:
    """Compile a function of numbers and arrays.

    Parameters
    ----------
    function : callable
    fastmath : bool or set of str
        Liberties that the compiler may take with floating-point arithmetic. Only those that change no result on any
        machine may be given: sums must never be reordered.
    """
    options = {"nogil": True, "error_model": "numpy", "fastmath": set(fastmath) if fastmath else False}
    try:
        return numba.njit(function, cache=True, **options)
    except RuntimeError:
        # Neither the package's folder nor the user's cache folder takes files.
        return numba.njit(function, **options)
