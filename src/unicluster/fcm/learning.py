"""Hebbian learning: weights that follow the activity of the concepts they join.

Both rules here are unsupervised: they move weights towards what the map already does and know of
data only through the ranges in which chosen concepts should end. To fit weights to observed states
use `fit_weights`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.inference import simulate
from unicluster.fcm.kernels import net_input, transfer_value
from unicluster.fcm.map import CognitiveMap

Rate = float | Callable[[int], float]
Update = Callable[[int, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]

TARGETS_REACHED = "targets_reached"
STEPS_DONE = "steps_done"
WEIGHTS_OUT_OF_RANGE = "weights_out_of_range"


@dataclass(frozen=True, eq=False)
class HebbianLearning:
    """What Hebbian learning made of a map, and on which way.

    Attributes
    ----------
    map : CognitiveMap
        With the last weights.
    end : {"targets_reached", "steps_done", "weights_out_of_range"}
        ``weights_out_of_range``: the next step would have left [-1, 1]; a smaller learning rate or
        a stronger decay may help.
    path : ndarray of shape (steps + 1, n)
        Every state, the start first.
    weights : ndarray of shape (steps + 1, n, n)
        Every weight matrix, the given one first.
    sign_changes : tuple of (str, str)
        Links whose sign is not what it was: causes the learner does not believe.
    """

    map: CognitiveMap
    end: str
    path: np.ndarray
    weights: np.ndarray
    sign_changes: tuple[tuple[str, str], ...]


def nonlinear_hebbian_learning(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    *,
    learning_rate: float = 0.01,
    decay: float = 0.98,
    targets: Mapping[str, tuple[float, float]] | None = None,
    steps: int = 100,
    tolerance: float = 0.002,
    rule: str = "modified_kosko",
    transfer: str = "sigmoid",
    slope: float = 1.0,
    backwards: bool = False,
) -> HebbianLearning:
    """Nonlinear Hebbian learning (NHL): all states and all existing links at every step.

    ``w_ij <- γ w_ij + η a_j (a_i - |w_ij| a_j)`` for a link of source i and target j; states and
    weights of a step both come from those of the step before. Absent links stay absent.

    Parameters
    ----------
    map : CognitiveMap
        n concepts.
    start : array_like of shape (n,), or mapping of concept to value
    learning_rate : float
        η, at least 0.
    decay : float
        γ in [0, 1]; 1 keeps weights.
    targets : mapping of concept to (lowest, highest), optional
        Desired output concepts and the range each should settle in. Learning stops when all are in
        range and none moved by ``tolerance`` or more. Without targets it makes all ``steps``.
    steps : int
        Most steps.
    tolerance : float
        Movement of a target concept below which it counts as settled.
    rule, transfer, slope
        As in `simulate`.
    backwards : bool
        Run states against the links (``W a`` instead of ``a W``) while weights learn along them.
        This is wrong and there only to reproduce the printed trace of a tool that does so.

    Raises
    ------
    InputError
        Naming every fault of the arguments.

    References
    ----------
    Papageorgiou, Stylios & Groumpos (2003), Fuzzy cognitive map learning based on nonlinear
    Hebbian rule; Oja (1989) for the rule with forgetting that it builds on.
    """
    linked = map.weights != 0

    def update(step: int, state: np.ndarray, weights: np.ndarray):
        growth = state[None, :] * (state[:, None] - np.abs(weights) * state[None, :])
        forward = weights.T if backwards else weights
        new_state = transfer_value(transfer, net_input(rule, forward, state), slope)
        return new_state, np.where(linked, decay * weights + learning_rate * growth, 0.0)

    faults = _rate_faults(learning_rate=learning_rate, decay=decay)
    goal = _goal(map, targets, faults)
    return _learn(map, start, update, 1, steps, goal, tolerance, faults, rule, transfer, slope)


def active_hebbian_learning(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    *,
    sequence: Sequence[str] | None = None,
    learning_rate: Rate = 0.01,
    decay: Rate = 0.02,
    new_links: bool = True,
    targets: Mapping[str, tuple[float, float]] | None = None,
    cycles: int = 100,
    tolerance: float = 0.002,
    transfer: str = "sigmoid",
    slope: float = 1.0,
) -> HebbianLearning:
    """Active Hebbian learning (AHL): one concept after the other, with the links into it.

    At each step one concept j takes its new state ``f(a_j + Σ a_i w_ij)`` and its incoming weights
    become ``(1 - γ) w_ij + η a_i (a_j - w_ij a_i)``, from the states of the step before.

    Parameters
    ----------
    map : CognitiveMap
        n concepts.
    start : array_like of shape (n,), or mapping of concept to value
    sequence : sequence of str, optional
        Concepts in the order of activation, one cycle; map order when left out.
    learning_rate, decay : float or callable
        η and γ in [0, 1], or functions of the cycle (from 1), such as the published
        ``lambda k: 0.02 * math.exp(-0.2 * k)``.
    new_links : bool
        Whether absent links (other than self-loops) may appear, as in the original algorithm.
    targets : mapping of concept to (lowest, highest), optional
        As in `nonlinear_hebbian_learning`, judged after each cycle.
    cycles : int
        Most cycles.
    tolerance, transfer, slope
        As in `nonlinear_hebbian_learning`. The rule is the modified one by definition.

    Returns
    -------
    HebbianLearning
        Its paths have one entry a step, so as many a cycle as the sequence is long.

    Raises
    ------
    InputError
        Naming every fault of the arguments.

    References
    ----------
    Papageorgiou, Stylios & Groumpos (2004), Active Hebbian learning algorithm to train fuzzy
    cognitive maps.
    """
    order = map.positions(sequence or map.ids, "sequence")
    plastic = (map.weights != 0) | (new_links & ~np.eye(map.n, dtype=bool))

    def update(step: int, state: np.ndarray, weights: np.ndarray):
        cycle, j = step // len(order) + 1, order[step % len(order)]
        eta, gamma = (r(cycle) if callable(r) else r for r in (learning_rate, decay))
        new_state, new_weights = state.copy(), weights.copy()
        new_state[j] = transfer_value(transfer, state[j] + state @ weights[:, j], slope)
        learnt = (1 - gamma) * weights[:, j] + eta * state * (state[j] - weights[:, j] * state)
        new_weights[:, j] = np.where(plastic[:, j], learnt, weights[:, j])
        return new_state, new_weights

    constants = {"learning_rate": learning_rate, "decay": decay}
    faults = _rate_faults(**{k: v for k, v in constants.items() if not callable(v)})
    goal = _goal(map, targets, faults)
    steps = cycles * len(order)
    return _learn(
        map,
        start,
        update,
        len(order),
        steps,
        goal,
        tolerance,
        faults,
        "modified_kosko",
        transfer,
        slope,
    )


def _rate_faults(**rates: float) -> list[Fault]:
    return [
        Fault("lies in [0, 1]", column=name, value=f"{rate:g}") for name, rate in rates.items() if not 0 <= rate <= 1
    ]


def _goal(
    map: CognitiveMap, targets: Mapping[str, tuple[float, float]] | None, faults: list[Fault]
) -> tuple[np.ndarray, np.ndarray]:
    """Positions (k,) and ranges (k, 2) of the target concepts."""
    targets = targets or {}
    faults += [
        Fault("its range is (lowest, highest)", column=f"targets, {name}", value=str(bounds))
        for name, bounds in targets.items()
        if len(bounds) != 2 or not bounds[0] <= bounds[1]
    ]
    places = map.positions(targets, "targets")
    refuse(faults)
    return places, np.array(list(targets.values()), dtype=float).reshape(-1, 2)


def _learn(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    update: Update,
    steps_per_check: int,
    steps: int,
    goal: tuple[np.ndarray, np.ndarray],
    tolerance: float,
    faults: list[Fault],
    rule: str,
    transfer: str,
    slope: float,
) -> HebbianLearning:
    # The checks of a run are those of `simulate`; no update is made.
    state = simulate(map, start, rule, transfer, slope, steps=0).state
    places, ranges = goal
    path, history, end = [state], [np.array(map.weights)], STEPS_DONE
    for step in range(steps):
        new_state, new_weights = update(step, path[-1], history[-1])
        if not np.abs(new_weights).max() <= 1:
            end = WEIGHTS_OUT_OF_RANGE
            break
        path.append(new_state)
        history.append(new_weights)
        if len(places) and (step + 1) % steps_per_check == 0:
            now, before = new_state[places], path[-1 - steps_per_check][places]
            inside = (now >= ranges[:, 0]) & (now <= ranges[:, 1])
            if inside.all() and (np.abs(now - before) < tolerance).all():
                end = TARGETS_REACHED
                break
    flipped = np.argwhere((map.weights != 0) & (np.sign(map.weights) != np.sign(history[-1])))
    return HebbianLearning(
        map=map.with_weights(history[-1]),
        end=end,
        path=np.array(path),
        weights=np.array(history),
        sign_changes=tuple((map.ids[i], map.ids[j]) for i, j in flipped),
    )
