"""Which scenario beats which, and how sure one may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.faults import InputError
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.settled import TIE
from unicluster.fcm.uncertainty import MonteCarlo, monte_carlo, position

# What is ranked: one concept (more is better), or a weight for each of several; a negative weight
# is a concept of which less is better.
Objective = str | Mapping[str, float]

BASELINE = "baseline"


def objective_values(result: MonteCarlo, objective: Objective) -> np.ndarray:
    """Draws of the objective in every scenario, shape (scenarios, draws)."""
    weights = {objective: 1.0} if isinstance(objective, str) else objective
    columns = [position(result.concepts, concept, "objective") for concept in weights]
    return result.states[:, :, columns] @ np.array(list(weights.values()), dtype=float)


def probability_better(
    result: MonteCarlo, first: str, second: str, concepts: Sequence[str] | None = None
) -> pd.DataFrame:
    """Probability that one scenario ends higher than another, concept by concept.

    Both have run under the same draws, so that what is uncertain in both cancels.

    Parameters
    ----------
    result : MonteCarlo
    first, second : str
        Scenarios.
    concepts : sequence of str, optional
        All that were kept when left out.

    Returns
    -------
    DataFrame
        concept, probability (that ``first`` is higher), tie, standard_error (of the probability,
        from the number of draws), difference (mean of first less second), q05, q95 (of the
        difference), draws (in which both settle).

    Raises
    ------
    InputError
        Unknown names, or no draw in which both settle.
    """
    rows = []
    for concept in concepts or result.concepts:
        difference = result.values(first, concept) - result.values(second, concept)
        difference = difference[np.isfinite(difference)]
        if not difference.size:
            raise InputError(f"{first} and {second} settle together in no draw")
        higher = np.mean(difference > TIE)
        low, high = np.quantile(difference, (0.05, 0.95))
        rows.append(
            {
                "concept": concept,
                "probability": higher,
                "tie": np.mean(np.abs(difference) <= TIE),
                "standard_error": np.sqrt(higher * (1 - higher) / difference.size),
                "difference": difference.mean(),
                "q05": low,
                "q95": high,
                "draws": difference.size,
            }
        )
    return pd.DataFrame(rows)


def rank_acceptability(result: MonteCarlo, objective: Objective) -> pd.DataFrame:
    """Share of draws in which each scenario takes each rank.

    Parameters
    ----------
    result : MonteCarlo
    objective : str or mapping of concept to weight

    Returns
    -------
    DataFrame indexed by scenario
        Columns ``1``, ``2``, … (share of draws at that rank; scenarios that tie share their ranks
        evenly) and ``expected_rank``. Every row and every rank sums to 1. Draws in which some
        scenario does not settle are left out.

    Raises
    ------
    InputError
        Unknown concepts, or no draw in which all scenarios settle.

    References
    ----------
    Lahdelma & Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis.
    """
    values = objective_values(result, objective)
    values = values[:, np.isfinite(values).all(axis=0)]
    if not values.size:
        raise InputError("there is no draw in which all scenarios settle")
    count, draws = values.shape
    order = np.argsort(-values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    # Neighbours closer than a tie form a group, whose members share its ranks evenly.
    place = np.arange(count)[:, None]
    gap = -np.diff(ranked, axis=0) > TIE
    edge = np.ones((1, draws), dtype=bool)
    first = np.maximum.accumulate(np.where(np.vstack([edge, gap]), place, 0), axis=0)
    last = np.where(np.vstack([gap, edge]), place, count)
    last = np.minimum.accumulate(last[::-1], axis=0)[::-1]
    share = 1 / (last - first + 1)
    change = np.zeros((count, count + 1))
    np.add.at(change, (order, first), share)
    np.add.at(change, (order, last + 1), -share)
    acceptability = np.cumsum(change, axis=1)[:, :count] / draws
    table = pd.DataFrame(
        acceptability,
        index=pd.Index(result.scenarios, name="scenario"),
        columns=range(1, count + 1),
    )
    table["expected_rank"] = acceptability @ np.arange(1, count + 1)
    return table


def what_if_ranking(
    map: CognitiveMap,
    start: ArrayLike | Mapping[str, float],
    levers: Mapping[str, float | Sequence[float]],
    objective: Objective,
    *,
    together: int = 1,
    draws: int = 1,
    **options: object,
) -> pd.DataFrame:
    """Try every lever, or every combination of a few, and rank them by what they achieve.

    Levers are clamped, not merely started at their value: where the fixed point is unique a
    changed start changes nothing at the end. The effect is measured against one baseline without
    intervention, and on the objective, never on the clamp itself unless it is the objective.

    Parameters
    ----------
    map : CognitiveMap
    start : array_like of shape (n,), or mapping of concept to value
    levers : mapping of concept to value or values
        The values at which each lever may be held; 0 is a value like any other.
    objective : str or mapping of concept to weight
        One concept (more is better), or weights; negative where less is better.
    together : int
        Levers moved at once.
    draws : int
        More than 1 with a sampler of ``weights``, or a range of ``slope`` or of starts.
    **options
        Other arguments of `monte_carlo`.

    Returns
    -------
    DataFrame
        One row a what-if, best first: what_if, clamp (dict), effect (mean over draws of the
        objective less that of the baseline), q05, q95, probability_better (than the baseline),
        probability_best (of all what-ifs), expected_rank (among what-ifs, ties shared).

    Raises
    ------
    InputError
        Unknown levers or concepts, no lever, ``together`` out of range, nothing that settles.
    """
    if not 1 <= together <= len(levers):
        raise InputError(f"together must be from 1 to {len(levers)} (the levers), not {together}")
    choices = {lever: np.atleast_1d(values).tolist() for lever, values in levers.items()}
    scenarios: dict[str, dict[str, float]] = {}
    for chosen in combinations(choices, together):
        for values in product(*(choices[lever] for lever in chosen)):
            clamp = dict(zip(chosen, values, strict=True))
            scenarios[", ".join(f"{k} = {v:g}" for k, v in clamp.items())] = clamp
    concepts = [objective] if isinstance(objective, str) else list(objective)
    result = monte_carlo(map, {BASELINE: {}, **scenarios}, start, draws=draws, concepts=concepts, **options)
    values = objective_values(result, objective)
    settled = np.isfinite(values).all(axis=0)
    if not settled.any():
        raise InputError("there is no draw in which the baseline and all what-ifs settle")
    effects = (values[1:] - values[0])[:, settled]
    what_ifs = MonteCarlo(result.scenarios[1:], result.concepts, result.states[1:, settled])
    ranks = rank_acceptability(what_ifs, objective)
    table = pd.DataFrame(
        {
            "what_if": list(scenarios),
            "clamp": list(scenarios.values()),
            "effect": effects.mean(axis=1),
            "q05": np.quantile(effects, 0.05, axis=1),
            "q95": np.quantile(effects, 0.95, axis=1),
            "probability_better": (effects > TIE).mean(axis=1),
            "probability_best": ranks[1].to_numpy(),
            "expected_rank": ranks["expected_rank"].to_numpy(),
        }
    )
    # Ties by name, so that rounding does not decide the order.
    order = np.lexsort([table["what_if"], -np.round(table["effect"] / TIE)])
    return table.iloc[order].reset_index(drop=True)
