"""How the steady state answers to weights, clamps and slope: locally exact, and over ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.arguments import prepare
from unicluster.fcm.inference import FIXED_POINT, simulate
from unicluster.fcm.kernels import net_input, transfer_derivative
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.settled import settled_states

Range = tuple[float, float]

# An outcome that moves less than this over all runs is moved by nothing.
CONSTANT = 1e-10

# Runs at a time, so that memory does not grow with the number of samples.
CHUNK = 4096


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


def sobol_indices(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    outcomes: Sequence[str],
    *,
    links: Mapping[tuple[str, str], Range] | None = None,
    clamps: Mapping[str, Range] | None = None,
    slope: float | Range = 1.0,
    samples: int = 1024,
    seed: int = 0,
    **settings: object,
) -> pd.DataFrame:
    """Sobol indices: how much of an outcome's variance each factor accounts for.

    Parameters
    ----------
    map : CognitiveMap
    start : array_like of shape (n,), or mapping of concept to value
    outcomes : sequence of str
        Concepts whose steady state is the output.
    links : mapping of (source, target) to (lowest, highest), optional
        Ranges of uncertain weights.
    clamps : mapping of concept to (lowest, highest), optional
        Ranges of levers; these concepts are clamped in every run.
    slope : float or (lowest, highest)
        A range makes it a factor.
    samples : int
        A power of two; the map is run ``samples * (factors + 2)`` times.
    seed : int
    **settings
        ``rule``, ``transfer``, ``hold_transmitters`` of `simulate_batch`, and ``fixed``: further
        clamps that do not vary.

    Returns
    -------
    DataFrame
        outcome, factor, S1, S1_conf, ST, ST_conf: first-order and total index with the half-width
        of their 95 % bootstrap interval. All are 0 for an outcome that nothing moves.

    Raises
    ------
    InputError
        Factors or outcomes that are unknown or without range, ``samples`` no power of two, runs
        that do not settle.

    References
    ----------
    Saltelli et al. (2010), Variance based sensitivity analysis of model output.
    """
    factors = _Factors(map, links or {}, clamps or {}, slope)
    if samples < 2 or samples & (samples - 1):
        raise InputError(f"samples must be a power of two, not {samples}")
    problem = factors.problem
    points = sobol_sample.sample(problem, samples, calc_second_order=False, seed=seed)
    states = factors.run(points, start, map.positions(outcomes, "outcomes"), settings)
    rows = []
    for outcome, values in zip(outcomes, states.T, strict=True):
        if np.ptp(values) <= CONSTANT:
            found = dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), np.zeros(len(factors.names)))
        else:
            found = sobol_analysis.analyze(
                problem, values, calc_second_order=False, seed=seed, print_to_console=False
            )
        for k, name in enumerate(factors.names):
            figures = {key: float(found[key][k]) for key in ("S1", "S1_conf", "ST", "ST_conf")}
            rows.append({"outcome": outcome, "factor": name, **figures})
    return pd.DataFrame(rows)


def morris_screening(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    outcomes: Sequence[str],
    *,
    links: Mapping[tuple[str, str], Range] | None = None,
    clamps: Mapping[str, Range] | None = None,
    slope: float | Range = 1.0,
    trajectories: int = 64,
    levels: int = 4,
    seed: int = 0,
    **settings: object,
) -> pd.DataFrame:
    """Morris elementary effects: a cheap screening of many factors.

    Parameters
    ----------
    map, start, outcomes, links, clamps, slope, seed, **settings
        As in `sobol_indices`.
    trajectories : int
        The map is run ``trajectories * (factors + 1)`` times.
    levels : int
        Levels of the grid, even.

    Returns
    -------
    DataFrame
        outcome, factor, mu (mean effect over the whole range), mu_star (mean absolute effect),
        sigma (its spread: interaction or curvature), mu_star_conf (half-width of the 95 % interval).

    Raises
    ------
    InputError
        As `sobol_indices`; also an odd number of levels.

    References
    ----------
    Morris (1991); Campolongo, Cariboni & Saltelli (2007) for mu_star.
    """
    factors = _Factors(map, links or {}, clamps or {}, slope)
    if levels < 2 or levels % 2:
        raise InputError(f"levels must be even, not {levels}")
    problem = factors.problem
    points = morris_sample.sample(problem, trajectories, num_levels=levels, seed=seed)
    states = factors.run(points, start, map.positions(outcomes, "outcomes"), settings)
    columns = ("mu", "mu_star", "sigma", "mu_star_conf")
    rows = []
    for outcome, values in zip(outcomes, states.T, strict=True):
        found = morris_analysis.analyze(
            problem, points, values, num_levels=levels, seed=seed, print_to_console=False
        )
        for k, name in enumerate(factors.names):
            figures = {key: float(found[key][k]) for key in columns}
            rows.append({"outcome": outcome, "factor": name, **figures})
    return pd.DataFrame(rows)


class _Factors:
    """Uncertain inputs as the columns of a design, and the runs that a design asks for."""

    def __init__(
        self,
        map: CognitiveMap,
        links: Mapping[tuple[str, str], Range],
        clamps: Mapping[str, Range],
        slope: float | Range,
    ):
        self.map = map
        self.sources = map.positions([source for source, _ in links], "links")
        self.targets = map.positions([target for _, target in links], "links")
        self.levers = list(clamps)
        map.positions(self.levers, "clamps")
        ranges = {f"{source} -> {target}": limits for (source, target), limits in links.items()}
        ranges |= clamps
        self.slope = None if isinstance(slope, tuple) else slope
        if self.slope is None:
            ranges |= {"slope": slope}
        if not ranges:
            raise InputError("there is no factor: give ranges for links, clamps or the slope")
        refuse(
            Fault("its range must be (lowest, highest) and rise", column=name, value=str(limits))
            for name, limits in ranges.items()
            if len(limits) != 2 or not limits[0] < limits[1]
        )
        self.names = list(ranges)
        self.problem = {
            "num_vars": len(ranges),
            "names": self.names,
            "bounds": [list(limits) for limits in ranges.values()],
        }

    def run(
        self,
        points: np.ndarray,
        start: ArrayLike | Mapping[str, float],
        outcomes: np.ndarray,
        settings: Mapping[str, object],
    ) -> np.ndarray:
        """Steady states of the outcomes, shape (points, outcomes)."""
        settings = dict(settings)
        fixed = settings.pop("fixed", None) or {}
        linked = len(self.sources)
        states = []
        for part in np.array_split(points, -(-len(points) // CHUNK)):
            weights = np.repeat(self.map.weights[None], len(part), axis=0)
            weights[:, self.sources, self.targets] = part[:, :linked]
            levers = dict(zip(self.levers, part[:, linked:].T, strict=False))
            slope = part[:, -1:] if self.slope is None else self.slope
            found = settled_states(
                self.map, start, weights=weights, clamp=fixed | levers, slope=slope, **settings
            )
            states.append(found[:, outcomes])
        states = np.concatenate(states)
        unsettled = int(np.isnan(states).any(axis=1).sum())
        if unsettled:
            raise InputError(
                f"{unsettled} of {len(points)} runs do not settle, so their outcomes are no steady "
                "states: narrow the ranges, or use another rule or a smaller slope"
            )
        return states
