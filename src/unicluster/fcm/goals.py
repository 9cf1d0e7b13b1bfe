"""Which lever settings reach a goal, and at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.levers import REACHED, Cost, LeverProblem
from unicluster.fcm.map import CognitiveMap

Target = float | tuple[float | None, float | None]


@dataclass(frozen=True, eq=False)
class GoalSeeking:
    """The cheapest lever settings found for a goal.

    Attributes
    ----------
    reached : bool
        If not, the settings are those that come nearest, found from several starts; no proof that
        none exist.
    levers : DataFrame indexed by lever
        reference (where it stands for nothing), setting, change, cost.
    cost : float
    outcomes : DataFrame indexed by outcome
        lowest, highest (target), reference (value without intervention), value, shortfall.
    state : ndarray of shape (n,)
        The steady state under these settings.
    """

    reached: bool
    levers: pd.DataFrame
    cost: float
    outcomes: pd.DataFrame
    state: np.ndarray


def seek_goal(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    levers: Mapping[str, tuple[float, float]],
    targets: Mapping[str, Target],
    *,
    costs: Mapping[str, Cost] | None = None,
    reference: Mapping[str, float] | None = None,
    starts: int = 8,
    seed: int = 0,
    **settings: object,
) -> GoalSeeking:
    """The smallest lever changes that bring outcomes to their targets in the steady state.

    Minimises the total cost of changes by sequential quadratic programming with exact derivatives
    of the steady state. A cost is proportional to the change, which makes for few levers moved
    rather than all of them a little.

    Parameters
    ----------
    map : CognitiveMap
    start : array_like of shape (n,), or mapping of concept to value
    levers : mapping of concept to (lowest, highest)
        Settings that each lever may take; all levers are clamped.
    targets : mapping of concept to number, or to (lowest, highest)
        A number is the least that is wanted; None leaves a side open.
    costs : mapping of lever to number, or to (downwards, upwards), optional
        Cost of a change by one unit, at least 0; 1 for levers left out.
    reference : mapping of lever to value, optional
        Where a lever stands at no cost; for those left out its value in the steady state without
        intervention. Cut to the lever's bounds.
    starts : int
        Points from which the search is made; more find better where the map is far from linear.
    seed : int
    **settings
        ``rule``, ``transfer`` (sigmoid or tanh), ``slope`` and ``hold_transmitters`` of `simulate`;
        the baseline must settle.

    Raises
    ------
    InputError
        Naming every fault of the arguments; a lever that is its own target; runs that do not
        settle at a fixed point.
    """
    problem = LeverProblem(map, start, levers, costs or {}, reference or {}, settings)
    places, low, high = _targets(map, levers, targets)

    def constraint(state: np.ndarray, slopes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values = np.concatenate([state[places] - low, high - state[places]])
        gradient = np.concatenate([slopes[:, places].T, -slopes[:, places].T])
        stated = np.isfinite(values)
        return values[stated], gradient[stated]

    setting = problem.cheapest(constraint, problem.points(starts, seed))
    state, _ = problem.respond(setting)
    value = state[places]
    shortfall = np.maximum(np.maximum(low - value, value - high), 0.0)
    outcomes = pd.DataFrame(
        {
            "lowest": low,
            "highest": high,
            "reference": problem.baseline[places],
            "value": value,
            "shortfall": np.where(shortfall > REACHED, shortfall, 0.0),
        },
        index=pd.Index(list(targets), name="outcome"),
    )
    return GoalSeeking(
        reached=bool(np.all(shortfall <= REACHED)),
        levers=problem.table(setting),
        cost=float(problem.cost(setting).sum()),
        outcomes=outcomes,
        state=state,
    )


def pareto_front(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    levers: Mapping[str, tuple[float, float]],
    objective: str | Mapping[str, float],
    *,
    costs: Mapping[str, Cost] | None = None,
    reference: Mapping[str, float] | None = None,
    points: int = 20,
    starts: int = 4,
    seed: int = 0,
    **settings: object,
) -> pd.DataFrame:
    """Cost against outcome: settings that no other betters in both.

    The most that the levers can achieve is found first; then the least cost of each of several
    levels between that and what is free (the ε-constraint method).

    Parameters
    ----------
    map, start, levers, costs, reference, starts, seed, **settings
        As in `seek_goal`.
    objective : str or mapping of concept to weight
        One concept (more is better), or weights; negative where less is better.
    points : int
        Levels, both ends included; at least 2.

    Returns
    -------
    DataFrame
        By rising cost: cost, value (of the objective) and the setting of every lever. Both columns
        rise strictly. A single row if nothing improves on the reference.

    Raises
    ------
    InputError
        As `seek_goal`.

    References
    ----------
    Haimes, Lasdon & Wismer (1971) for the ε-constraint method.
    """
    problem = LeverProblem(map, start, levers, costs or {}, reference or {}, settings)
    weights = {objective: 1.0} if isinstance(objective, str) else objective
    _targets(map, levers, dict.fromkeys(weights, 0.0))
    if points < 2:
        refuse([Fault("must be at least 2", column="points", value=str(points))])
    score = np.zeros(map.n)
    score[map.positions(weights, "objective")] = list(weights.values())
    seeds = problem.points(starts, seed)
    best = problem.highest(score, seeds)
    least, most = (float(problem.respond(x)[0] @ score) for x in (problem.reference, best))
    found = [problem.reference]
    # The last level may be had for less than the first setting found that has it.
    for level in np.linspace(least, most - REACHED / 10, points)[1:]:
        setting = problem.cheapest(
            lambda state, slopes, level=level: (
                np.array([state @ score - level]),
                (slopes @ score)[None, :],
            ),
            [*seeds, found[-1], best],
        )
        found.append(setting)
    cost = np.array([problem.cost(x).sum() for x in found])
    value = np.array([problem.respond(x)[0] @ score for x in found])
    table = pd.DataFrame(found, columns=list(levers))
    table.insert(0, "value", value)
    table.insert(0, "cost", cost)
    table = table.sort_values(["cost", "value"], ascending=[True, False], ignore_index=True)
    ahead = table["value"].cummax().shift(fill_value=-np.inf)
    return table[table["value"] > ahead + REACHED].reset_index(drop=True)


def _targets(
    map: CognitiveMap, levers: Mapping[str, object], targets: Mapping[str, Target]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions of the outcomes and the ends of their targets, infinite where open."""
    places = map.positions(targets, "targets")
    faults = [] if targets else [Fault("give at least one outcome", column="targets")]
    faults += [
        Fault("is a lever: its clamp is no outcome", column="targets", value=name) for name in targets if name in levers
    ]
    ends = []
    for name, target in targets.items():
        low, high = target if isinstance(target, tuple) else (target, None)
        low, high = -np.inf if low is None else low, np.inf if high is None else high
        if not low <= high:
            faults.append(Fault("its lowest is above its highest", column=f"targets, {name}"))
        ends.append((low, high))
    refuse(faults)
    low, high = np.array(ends, dtype=float).reshape(-1, 2).T
    return places, low, high
