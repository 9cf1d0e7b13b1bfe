"""What-if: hold levers, and let measures act on a map, for good or for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from unicluster.faults import Fault, refuse
from unicluster.fcm.arguments import prepare, read_values
from unicluster.fcm.inference import Simulation, simulate
from unicluster.fcm.kernels import RANGES
from unicluster.fcm.map import CognitiveMap, Concept, unknown_name


@dataclass(frozen=True)
class Intervention:
    """A measure from outside, acting on some concepts while it is effective.

    It is a node of its own with links to the concepts, which adds ``effectiveness * impact`` to
    their net inputs.

    Parameters
    ----------
    name : str
        Unlike the id of any concept.
    impact : mapping of concept to float
        Weights of its links, in [−1, 1].

    References
    ----------
    Mkhitaryan, S., Giabbanelli, P. J., Wozniak, M. K., Nápoles, G., De Vries, N. K. and Crutzen, R.
    (2022). FCMpy: a Python module for constructing and analyzing fuzzy cognitive maps. PeerJ
    Computer Science 8, e1078.
    """

    name: str
    impact: Mapping[str, float] = field(hash=False)


@dataclass(frozen=True)
class Stage:
    """A stretch of a scenario during which nothing is changed from outside.

    Parameters
    ----------
    clamp : mapping of concept to float
        Levers and the values they are held at; 0 is a value like any other.
    effectiveness : mapping of intervention name to float
        From 0 to 1; an intervention that is left out does not act.
    updates : int, optional
        Its length; without it, it lasts until the end of the run is decided.
    """

    clamp: Mapping[str, float] = field(default_factory=dict, hash=False)
    effectiveness: Mapping[str, float] = field(default_factory=dict, hash=False)
    updates: int | None = None


@dataclass(frozen=True)
class Scenario:
    """A name and what is done, stage by stage.

    `sustained`, `temporary` and `single_shot` make the usual ones; a stepped scenario is one with
    several stages.

    Parameters
    ----------
    name : str
    stages : sequence of Stage
        At least one.
    interventions : sequence of Intervention
    start : mapping of concept to float
        Values that are changed once, at the start, and then left to themselves.
    """

    name: str
    stages: Sequence[Stage] = (Stage(),)
    interventions: Sequence[Intervention] = ()
    start: Mapping[str, float] = field(default_factory=dict, hash=False)


def sustained(
    name: str,
    clamp: Mapping[str, float] | None = None,
    interventions: Sequence[Intervention] = (),
    effectiveness: float = 1.0,
) -> Scenario:
    """Scenario that holds levers and keeps up interventions to the end."""
    levels = {one.name: effectiveness for one in interventions}
    return Scenario(name, (Stage(clamp or {}, levels),), interventions)


def temporary(
    name: str,
    updates: int,
    clamp: Mapping[str, float] | None = None,
    interventions: Sequence[Intervention] = (),
    effectiveness: float = 1.0,
) -> Scenario:
    """Scenario that does so for some updates and then lets go."""
    levels = {one.name: effectiveness for one in interventions}
    return Scenario(name, (Stage(clamp or {}, levels, updates), Stage()), interventions)


def single_shot(name: str, start: Mapping[str, float]) -> Scenario:
    """Scenario that changes values once and does nothing more."""
    return Scenario(name, start=start)


@dataclass(frozen=True, eq=False)
class ScenarioRun:
    """One scenario carried out.

    Attributes
    ----------
    scenario : Scenario
    stages : tuple of Simulation
        One run a stage, each from the last state of the one before; interventions are concepts of
        their own behind those of the map.
    path : ndarray, shape (updates + 1, n)
        All stages in one, the concepts of the map only.
    """

    scenario: Scenario
    stages: tuple[Simulation, ...]
    path: np.ndarray

    @property
    def state(self) -> np.ndarray:
        """Where it ends, shape (n,)."""
        return self.stages[-1].state[: self.path.shape[1]]

    @property
    def end(self) -> str:
        """``fixed_point``, ``limit_cycle`` or ``undetermined``, of the last stage."""
        return self.stages[-1].end


def run_scenario(
    map: CognitiveMap,
    scenario: Scenario,
    start: ArrayLike | Mapping[str, float],
    clamp: Mapping[str, float] | None = None,
    *,
    slope: float | ArrayLike | Mapping[str, float] = 1.0,
    hold_transmitters: bool = False,
    **settings: object,
) -> ScenarioRun:
    """Carry out one scenario, stage by stage.

    Parameters
    ----------
    map : CognitiveMap
    scenario : Scenario
    start : array_like or mapping
        As in `simulate`; the scenario's own ``start`` is put over it.
    clamp : mapping of concept to float, optional
        Held wherever the scenario does not say otherwise.
    slope, hold_transmitters, **settings
        As in `simulate`. With ``hold_transmitters`` the concepts that are held are those that
        nothing in ``map`` influences.

    Raises
    ------
    InputError
        Naming every fault. An intervention may not act on a concept that is held at the time, for
        it would have no effect there.
    """
    rule = str(settings.get("rule", "modified_kosko"))
    transfer = str(settings.get("transfer", "sigmoid"))
    given = prepare(map, start, rule, transfer, slope, clamp, False)
    faults: list[Fault] = []
    state = given.start[0].copy()
    changed, values = read_values(map, "start", scenario.start, RANGES[transfer], faults)
    state[changed] = values[0]
    kept = {map.ids[j]: given.clamp[0, j] for j in given.held}
    if hold_transmitters:
        kept = {name: state[map.index(name)] for name in map.transmitters} | kept
    impacts = {
        one.name: read_values(map, f"impact of {one.name}", one.impact, (-1.0, 1.0), faults)
        for one in scenario.interventions
    }
    clamps = _stage_clamps(map, scenario, kept, impacts, rule, RANGES[transfer], faults)
    refuse(faults)

    extended = _with_interventions(map, impacts)
    slopes = np.append(given.slope[0], np.ones(len(impacts)))
    stages: list[Simulation] = []
    for stage, held in zip(scenario.stages, clamps, strict=True):
        begin = dict(zip(map.ids, state, strict=True))
        stages.append(simulate(extended, begin, clamp=held, slope=slopes, steps=stage.updates, **settings))
        state = stages[-1].state[: map.n]
    pieces = [stages[0].path[:, : map.n]] + [run.path[1:, : map.n] for run in stages[1:]]
    return ScenarioRun(scenario, tuple(stages), np.concatenate(pieces))


Impacts = Mapping[str, tuple[np.ndarray, np.ndarray]]


def _with_interventions(map: CognitiveMap, impacts: Impacts) -> CognitiveMap:
    """The map with a node for each intervention behind its own concepts."""
    n, count = map.n, len(impacts)
    weights = np.zeros((n + count, n + count))
    weights[:n, :n] = map.weights
    for k, (targets, values) in enumerate(impacts.values()):
        weights[n + k, targets] = values[0]
    nodes = (Concept(name, role="driver") for name in impacts)
    return CognitiveMap((*map.concepts, *nodes), weights)


def _stage_clamps(
    map: CognitiveMap,
    scenario: Scenario,
    kept: Mapping[str, float],
    impacts: Impacts,
    rule: str,
    bounds: tuple[float, float],
    faults: list[Fault],
) -> list[dict[str, float]]:
    """What is held in each stage: concepts of the map, and the interventions at their levels."""
    if not scenario.stages:
        faults.append(Fault("a scenario needs at least one stage", column="stages"))
    clamps = []
    for stage in scenario.stages:
        positions, values = read_values(map, "clamp", stage.clamp, bounds, faults)
        held = kept | {map.ids[j]: value for j, value in zip(positions, values[0], strict=True)}
        for name, level in stage.effectiveness.items():
            if name not in impacts:
                faults.append(unknown_name(name, impacts, "effectiveness", "intervention"))
                continue
            if not 0 <= level <= 1:
                faults.append(Fault("must be from 0 to 1", column=f"effectiveness, {name}", value=f"{level}"))
            faults += [
                Fault(
                    f"acts on {map.ids[j]!r}, which is held and so cannot answer: clamp it at the wanted value instead",
                    column=f"impact of {name}",
                )
                for j in impacts[name][0]
                if map.ids[j] in held
            ]
        for name in impacts:
            level = stage.effectiveness.get(name, 0.0)
            # the rescaled rule takes a node of value a as 2a - 1
            held[name] = (1 + level) / 2 if rule == "rescaled" else level
        clamps.append(held)
    return clamps
