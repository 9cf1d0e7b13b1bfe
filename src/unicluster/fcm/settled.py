"""Steady states of many variants of one map: of its weights, clamps, starts and slopes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from unicluster.fcm.arguments import prepare
from unicluster.fcm.inference import FIXED_POINT, simulate_batch
from unicluster.fcm.map import CognitiveMap

# A difference between steady states below this is rounding of the two.
TIE = 1e-9


def settled_states(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, ArrayLike],
    *,
    weights: np.ndarray | None = None,
    clamp: Mapping[str, ArrayLike] | None = None,
    hold_transmitters: bool = False,
    **settings: object,
) -> np.ndarray:
    """Fixed points of many runs, NaN for runs that end in a cycle or at the cap.

    The last state of a run that does not settle is an accident of when one looks, so it is no
    result. Which concepts are held is decided by ``map``: a variant that has lost the last link
    into a concept does not hold it unawares.

    Parameters
    ----------
    map, start, clamp, weights, hold_transmitters, **settings
        As in `simulate_batch`.

    Returns
    -------
    ndarray of shape (runs, n)
    """
    held = dict(clamp or {})
    if hold_transmitters:
        runs = prepare(map, start, "kosko", settings.get("transfer", "sigmoid"), 1.0, clamp, True)
        held = {name: runs.clamp[:, j] for j, name in enumerate(map.ids) if not np.isnan(runs.clamp[:, j]).any()}
    batch = simulate_batch(map, start, clamp=held, weights=weights, **settings)
    return np.where((batch.end == FIXED_POINT)[:, None], batch.state, np.nan)
