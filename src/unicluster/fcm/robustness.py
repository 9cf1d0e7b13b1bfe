"""Structural uncertainty: which conclusions survive when a link is missing or reversed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.settled import TIE, settled_states

CHANGES = {"dropped": 0.0, "flipped": -1.0}


@dataclass(frozen=True, eq=False)
class StructuralRobustness:
    """Conclusions of a map and the changes of single links that overturn them.

    A conclusion is: in this outcome, this scenario ends higher than that one.

    Attributes
    ----------
    conclusions : DataFrame
        outcome, higher, lower (scenarios), difference (on the map itself), survived (share of the
        changes under which the conclusion still holds), overturned_by (tuple of texts such as
        ``"a -> b dropped"``). The weakest come first. Ties are no conclusions.
    variants : DataFrame
        One row a change and conclusion: source, target, change, outcome, higher, lower,
        difference (NaN where a run no longer settles), survives.
    """

    conclusions: pd.DataFrame
    variants: pd.DataFrame


def structural_robustness(
    map: CognitiveMap,
    scenarios: Mapping[str, Mapping[str, float]],
    start: ArrayLike | Mapping[str, float],
    outcomes: Sequence[str],
    *,
    changes: Sequence[str] = ("dropped", "flipped"),
    **settings: object,
) -> StructuralRobustness:
    """Drop every link, and flip its sign, one at a time, and compare the scenarios again.

    Parameters
    ----------
    map : CognitiveMap
        With at least one link.
    scenarios : mapping of str to mapping of concept to value
        Clamps of two or more scenarios. An empty one is the baseline, and a comparison with it the
        direction of an effect.
    start : array_like of shape (n,), or mapping of concept to value
    outcomes : sequence of str
    changes : sequence of {"dropped", "flipped"}
    **settings
        ``rule``, ``transfer``, ``slope``, ``hold_transmitters`` and ``backend`` of
        `simulate_batch`.

    Raises
    ------
    InputError
        Fewer than two scenarios, unknown outcomes or changes, no link, a scenario that does not
        settle on the map itself.
    """
    columns = map.positions(outcomes, "outcomes")
    sources, targets = np.nonzero(map.weights)
    faults = [
        Fault(f"is none of {', '.join(CHANGES)}", column="changes", value=change)
        for change in changes
        if change not in CHANGES
    ]
    if len(scenarios) < 2:
        faults.append(Fault("give two or more to compare", column="scenarios"))
    if not sources.size:
        faults.append(Fault("there is no link to change", column="map"))
    refuse(faults)
    variants = [(i, j, change) for i, j in zip(sources, targets, strict=True) for change in changes]
    weights = np.repeat(map.weights[None], 1 + len(variants), axis=0)
    for k, (i, j, change) in enumerate(variants, start=1):
        weights[k, i, j] *= CHANGES[change]
    states = {
        name: settled_states(map, start, weights=weights, clamp=clamp, **settings)[:, columns]
        for name, clamp in scenarios.items()
    }
    cyclic = [name for name, state in states.items() if np.isnan(state[0]).any()]
    if cyclic:
        raise InputError(f"these scenarios do not settle on the map itself: {', '.join(cyclic)}")
    labels = [f"{map.ids[i]} -> {map.ids[j]} {change}" for i, j, change in variants]
    changed = {
        "source": [map.ids[i] for i, _, _ in variants],
        "target": [map.ids[j] for _, j, _ in variants],
        "change": [change for _, _, change in variants],
    }
    conclusions, tables = [], []
    for (first, second), k in product(combinations(scenarios, 2), range(len(outcomes))):
        difference = states[first][:, k] - states[second][:, k]
        if abs(difference[0]) <= TIE:
            continue
        higher, lower = (first, second) if difference[0] > 0 else (second, first)
        difference = difference * np.sign(difference[0])
        survives = difference[1:] > TIE
        conclusion = {"outcome": outcomes[k], "higher": higher, "lower": lower}
        overturned_by = tuple(np.array(labels)[~survives].tolist())
        conclusions.append((*conclusion.values(), difference[0], survives.mean(), overturned_by))
        tested = changed | conclusion | {"difference": difference[1:], "survives": survives}
        tables.append(pd.DataFrame(tested))
    names = ["outcome", "higher", "lower", "difference", "survived", "overturned_by"]
    return StructuralRobustness(
        pd.DataFrame(conclusions, columns=names).sort_values(
            ["survived", "outcome", "higher", "lower"], ignore_index=True
        ),
        pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=[*changed, *names[:4], "survives"]),
    )
