"""How sure the effects of scenarios are, and what decides between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from unicluster import fcm
from unicluster.regions.scenario_file import COURSE
from unicluster.scenarios.base_map import RatedLink
from unicluster.scenarios.definitions import BASELINE, ScenarioDefinition, clamps
from unicluster.scenarios.effects import Settings, settled_digits

SLOPE_SPREAD = 0.2
"""Share of the slope by which it varies to both sides."""


def mean_of_outcomes(map: fcm.CognitiveMap) -> dict[str, float]:
    """The objective that scenarios are ranked by: every outcome counts alike."""
    outcomes = map.with_role("outcome")
    return dict.fromkeys(outcomes, 1 / len(outcomes))


def draw_scenarios(
    map: fcm.CognitiveMap,
    rated: dict[tuple[str, str], RatedLink],
    scenarios: Sequence[ScenarioDefinition],
    start: pd.DataFrame,
    settings: Settings,
    draws: int,
    seed: int,
) -> fcm.MonteCarlo:
    """Run all scenarios under the same random weights, starts and slopes.

    Parameters
    ----------
    map : CognitiveMap
    rated : dict of (from, to) to RatedLink
        From `unicluster.scenarios.elicit`; weights are drawn from the joined memberships, read as densities.
    scenarios : sequence of ScenarioDefinition
    start : DataFrame
        From `unicluster.scenarios.starting_state`; levels are drawn evenly within ``spread``.
    settings : Settings
        The slope varies evenly by `SLOPE_SPREAD` to both sides.
    draws, seed : int

    Returns
    -------
    MonteCarlo
        Of the outcomes.
    """
    options = settings.options()
    slope = options.pop("slope")
    return fcm.monte_carlo(
        map,
        clamps(scenarios),
        start["level"].to_numpy(float),
        weights=fcm.MembershipSampler(map, {pair: link.elicited.membership for pair, link in rated.items()}),
        start_spread=start["spread"].to_numpy(float),
        slope=((1 - SLOPE_SPREAD) * slope, (1 + SLOPE_SPREAD) * slope),
        draws=draws,
        seed=seed,
        concepts=list(map.with_role("outcome")),
        **options,
    )


def effect_bands(drawn: fcm.MonteCarlo, results: pd.DataFrame) -> pd.DataFrame:
    """Effect of each scenario on each outcome with the range over the draws.

    Parameters
    ----------
    drawn : MonteCarlo
        From `draw_scenarios`.
    results : DataFrame
        From `unicluster.scenarios.run_scenarios`, for the effect at the map's own weights.

    Returns
    -------
    DataFrame
        One row a scenario but the baseline and outcome: ``scenario``, ``concept``, ``effect``, ``mean``, ``q05``,
        ``q95``, ``probability_up`` (share of draws in which the outcome ends higher than in the baseline),
        ``settled`` (share of draws).
    """
    own = results.set_index(["scenario", "concept"])["effect"]
    rows = []
    for scenario in results["scenario"].unique():
        if scenario == BASELINE:
            continue
        told = fcm.probability_better(drawn, scenario, BASELINE).set_index("concept")
        for concept, row in told.iterrows():
            rows.append(
                {
                    "scenario": scenario,
                    "concept": concept,
                    "effect": own[scenario, concept],
                    "mean": row["difference"],
                    "q05": row["q05"],
                    "q95": row["q95"],
                    "probability_up": row["probability"],
                    "settled": drawn.settled[scenario],
                }
            )
    return pd.DataFrame(rows)


def mean_effect_bands(drawn: fcm.MonteCarlo, objective: dict[str, float]) -> pd.DataFrame:
    """Effect of each scenario on the objective with the range over the draws.

    Returns
    -------
    DataFrame
        One row a scenario but the baseline: ``scenario``, ``effect`` (mean over the draws), ``q05``, ``q95``,
        ``probability_up``.
    """
    value = _values(drawn, objective)
    change = value - value[drawn.scenarios.index(BASELINE)]
    low, high = np.nanquantile(change, (0.05, 0.95), axis=1)
    table = pd.DataFrame(
        {
            "scenario": drawn.scenarios,
            "effect": np.nanmean(change, axis=1),
            "q05": low,
            "q95": high,
            "probability_up": (change > 0).mean(axis=1),
        }
    )
    return table[table["scenario"].ne(BASELINE)].reset_index(drop=True)


def course_ranks(
    drawn: fcm.MonteCarlo, courses: Sequence[ScenarioDefinition], objective: dict[str, float]
) -> pd.DataFrame:
    """Share of draws in which each course takes each rank, and the probability that it beats the next.

    Parameters
    ----------
    drawn : MonteCarlo
    courses : sequence of ScenarioDefinition
        Those to rank among each other.
    objective : dict of concept to weight

    Returns
    -------
    DataFrame
        Best expected rank first: ``scenario``, one column ``rank_1`` … a rank, ``expected_rank``, ``beats_next``
        (share of draws in which the objective is higher than for the scenario below; missing for the last).

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2.
    """
    places = [drawn.scenarios.index(course.id) for course in courses]
    chosen = fcm.MonteCarlo(tuple(course.id for course in courses), drawn.concepts, drawn.states[places])
    ranks = fcm.rank_acceptability(chosen, objective).sort_values("expected_rank", kind="stable")
    value = _values(chosen, objective)
    of = {course.id: value[i] for i, course in enumerate(courses)}
    table = ranks.rename(columns=lambda c: f"rank_{c}" if isinstance(c, int) else c).reset_index()
    order = table["scenario"].tolist()
    beats = [float(np.mean(of[first] > of[second])) for first, second in pairwise(order)]
    return table.assign(beats_next=[*beats, np.nan])


def lever_scenarios(map: fcm.CognitiveMap) -> list[ScenarioDefinition]:
    """One scenario a lever, which holds that lever alone at the top."""
    return [
        ScenarioDefinition(f"{concept.id}-alone", {"en": concept.label()}, COURSE, {concept.id: 1.0})
        for concept in map.concepts
        if concept.role == "lever"
    ]


def lever_ranks(
    drawn: fcm.MonteCarlo, levers: Sequence[ScenarioDefinition], objective: dict[str, float]
) -> pd.DataFrame:
    """Levers held alone, ranked by what they do for the objective.

    Courses hold several levers at once, and not equally many; this compares them one by one.

    Parameters
    ----------
    drawn : MonteCarlo
        From `draw_scenarios`, these scenarios among its own.
    levers : sequence of ScenarioDefinition
        From `lever_scenarios`.
    objective : dict of concept to weight

    Returns
    -------
    DataFrame
        Best expected rank first: ``lever``, ``effect`` (mean over draws), ``q05``, ``q95``, ``probability_up``,
        ``probability_best``, ``expected_rank``.
    """
    lever = {scenario.id: next(iter(scenario.hold)) for scenario in levers}
    bands = mean_effect_bands(drawn, objective).set_index("scenario")
    ranks = course_ranks(drawn, levers, objective)
    table = ranks[["scenario"]].join(bands, on="scenario")
    table.insert(0, "lever", table.pop("scenario").map(lever))
    return table.assign(probability_best=ranks["rank_1"], expected_rank=ranks["expected_rank"])


def closest_pair(
    ranks: pd.DataFrame, courses: Sequence[ScenarioDefinition]
) -> tuple[ScenarioDefinition, ScenarioDefinition]:
    """The two neighbours in the ranking whose order is least sure, the better one first.

    Parameters
    ----------
    ranks : DataFrame
        From `course_ranks`, of at least two courses.
    courses : sequence of ScenarioDefinition
    """
    at = int(ranks["beats_next"].sub(0.5).abs().idxmin())
    of = {course.id: course for course in courses}
    return of[ranks["scenario"].iloc[at]], of[ranks["scenario"].iloc[at + 1]]


def decisive_links(
    map: fcm.CognitiveMap,
    first: ScenarioDefinition,
    second: ScenarioDefinition,
    start: pd.DataFrame,
    settings: Settings,
) -> pd.DataFrame:
    """How far each link, within its plausible range, moves the lead of one scenario over another.

    Parameters
    ----------
    map : CognitiveMap
        With the spread of each link.
    first, second : ScenarioDefinition
    start : DataFrame
        From `unicluster.scenarios.starting_state`.
    settings : Settings

    Returns
    -------
    DataFrame
        Largest swing first: ``from``, ``to``, ``weight``, ``derivative`` (of the lead in the mean of the outcomes by
        the weight), ``swing`` (derivative times the spread of the link), ``lead`` (the lead itself, the same in
        every row).
    """
    objective = mean_of_outcomes(map)
    columns, share = map.positions(objective), np.array(list(objective.values()))
    derivative, lead = np.zeros((map.n, map.n)), 0.0
    for scenario, sign in ((first, 1.0), (second, -1.0)):
        found = fcm.steady_state_sensitivity(
            map, start["level"].to_numpy(float), clamp=scenario.hold, **settings.options()
        )
        derivative += sign * found.weights[:, :, columns] @ share
        lead += sign * float(found.state[columns] @ share)
    i, j = np.nonzero(map.weights)
    table = pd.DataFrame(
        {
            "from": [map.ids[k] for k in i],
            "to": [map.ids[k] for k in j],
            "weight": map.weights[i, j],
            "derivative": settled_digits(derivative[i, j]),
            "swing": settled_digits(derivative[i, j] * map.spread[i, j]),
            "lead": lead,
        }
    )
    return table.sort_values("swing", key=np.abs, ascending=False, kind="stable", ignore_index=True)


def _values(drawn: fcm.MonteCarlo, objective: dict[str, float]) -> np.ndarray:
    """Draws of the objective in every scenario, shape (scenarios, draws)."""
    return drawn.states @ np.array([objective.get(concept, 0.0) for concept in drawn.concepts])
