"""Exact derivatives of a steady state with respect to weights, clamps and slope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.faults import InputError
from unicluster.fcm.arguments import prepare
from unicluster.fcm.inference import FIXED_POINT, simulate
from unicluster.fcm.kernels import net_input, transfer_derivative
from unicluster.fcm.map import CognitiveMap


@dataclass(frozen=True, eq=False)
class SteadyStateSensitivity:
    """Derivatives of a steady state.

    Attributes
    ----------
    state : ndarray of shape (n,)
        The steady state a.
    held : tuple of str
        Clamped and held concepts.
    weights : ndarray of shape (n, n, n)
        ``[i, j, k]`` is da_k / dw_ij, for absent links too.
    clamps : ndarray of shape (n, n)
        ``[c, k]`` is da_k / da_c for a held concept c; rows of free concepts are 0.
    slope : ndarray of shape (n, n)
        ``[j, k]`` is da_k / dλ_j; sum over j for one slope of the whole map.
    table : DataFrame
        One row a link: source, target, weight, and the derivative of every concept in a column of
        its id.
    """

    state: np.ndarray
    held: tuple[str, ...]
    weights: np.ndarray
    clamps: np.ndarray
    slope: np.ndarray
    table: pd.DataFrame


def steady_state_sensitivity(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
    slope: float | ArrayLike | Mapping[str, float] = 1.0,
    clamp: Mapping[str, float] | None = None,
    hold_transmitters: bool = False,
) -> SteadyStateSensitivity:
    """Exact derivatives of the steady state by the implicit function theorem.

    On the free concepts the steady state solves a = F(a; θ), so da/dθ = (I - ∂F/∂a)⁻¹ ∂F/∂θ.

    Parameters
    ----------
    map, start, rule, slope, clamp, hold_transmitters
        As in `simulate`; the start chooses the steady state where there are several.
    transfer : {"sigmoid", "tanh"}
        The others have kinks or steps.

    Raises
    ------
    InputError
        A transfer function without derivatives, a run that does not reach a fixed point, a steady
        state at a bifurcation, and what `simulate` refuses.
    """
    if transfer not in ("sigmoid", "tanh"):
        raise InputError(f"derivatives exist for sigmoid and tanh, not for {transfer!r}")
    given = prepare(map, start, rule, transfer, slope, clamp, hold_transmitters)
    run = simulate(map, start, rule, transfer, slope, clamp, None, hold_transmitters)
    if run.end != FIXED_POINT:
        raise InputError(f"there is no steady state to derive: the run ends as {run.end}")
    n = map.n
    per_concept = given.slope[0]
    free, held = np.flatnonzero(np.isnan(given.clamp[0])), np.flatnonzero(~np.isnan(given.clamp[0]))
    step = 2.0 if rule == "rescaled" else 1.0
    base = 2 * run.state - 1 if rule == "rescaled" else run.state
    own = 0.0 if rule == "kosko" else np.eye(n)
    net = net_input(rule, map.weights, run.state)
    steepness = transfer_derivative(transfer, net, per_concept)
    jacobian = step * (own + map.weights) * steepness
    system = np.eye(free.size) - jacobian[np.ix_(free, free)]
    if free.size and np.linalg.cond(system) > 1e12:
        raise InputError("the steady state is at a bifurcation and has no derivatives")
    response = np.zeros((n, n))
    response[np.ix_(free, free)] = np.linalg.inv(system)
    clamps = np.zeros((n, n))
    clamps[np.ix_(held, free)] = jacobian[np.ix_(held, free)] @ response[np.ix_(free, free)]
    clamps[held, held] = 1.0
    by_net_input = steepness[:, None] * response
    weights = base[:, None, None] * by_net_input[None]
    i, j = np.nonzero(map.weights)
    links = {"source": [map.ids[k] for k in i], "target": [map.ids[k] for k in j]}
    derivatives = pd.DataFrame(weights[i, j], columns=list(map.ids))
    return SteadyStateSensitivity(
        state=run.state,
        held=tuple(map.ids[c] for c in held),
        weights=weights,
        clamps=clamps,
        slope=(net / per_concept)[:, None] * by_net_input,
        table=pd.concat([pd.DataFrame(links | {"weight": map.weights[i, j]}), derivatives], axis=1),
    )
