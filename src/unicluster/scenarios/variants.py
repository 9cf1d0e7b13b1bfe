"""The same question asked of other evidence and of other rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from unicluster import fcm
from unicluster.scenarios.base_map import build_map
from unicluster.scenarios.definitions import BASELINE, ScenarioDefinition
from unicluster.scenarios.effects import Settings, settled_digits

ALTERNATIVES = (
    Settings("rescaled", "sigmoid", 0.3),
    Settings("rescaled", "sigmoid", 0.5),
    Settings("rescaled", "sigmoid", 0.7),
    Settings("rescaled", "sigmoid", 1.0),
    Settings("modified_kosko", "sigmoid", 1.0),
    Settings("kosko", "sigmoid", 1.0),
)
"""Rules and slopes that neighbouring studies use."""


def evidence_variants(
    ratings: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame, external: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The ratings of a map, and what is left of them under stricter demands on evidence.

    Parameters
    ----------
    ratings : DataFrame
        From `unicluster.scenarios.region_ratings`.
    statements, sources, external : DataFrame
        Tables of that name.

    Returns
    -------
    dict of str to DataFrame
        ``all``; ``evidenced`` (without assumed links); ``first-hand`` (without sources quoted at second hand);
        ``transition`` (of the sources, only those on transition or emerging economies); ``cited`` (sources alone,
        without the article's own voice, the survey and assumptions).
    """
    second_hand = set(statements.loc[statements["reading"].eq("second-hand"), "statement"])
    near = {
        row["source"]
        for table in (sources, external)
        for row in table.to_dict("records")
        if row["transition"] in ("yes", "mixed")
    }
    cited = ratings["tag"].eq("source")
    borrowed = [
        bool(parts) and parts <= second_hand
        for parts in (set(s.split(";")) if isinstance(s, str) else set() for s in ratings["statements"].astype(object))
    ]
    kept = {
        "all": pd.Series(True, index=ratings.index),
        "evidenced": ratings["tag"].ne("assumed"),
        "first-hand": ~pd.Series(borrowed, index=ratings.index),
        "transition": ~cited | ratings["rater"].isin(near),
        "cited": cited,
    }
    return {name: ratings[mask].reset_index(drop=True) for name, mask in kept.items()}


def variant_effects(
    versions: Mapping[str, pd.DataFrame],
    concepts: pd.DataFrame,
    scale: pd.DataFrame,
    courses: Sequence[ScenarioDefinition],
    start: pd.DataFrame,
    settings: Settings,
) -> pd.DataFrame:
    """Mean effect and rank of every course on every variant of the map.

    Parameters
    ----------
    versions : mapping of str to DataFrame
        Ratings of each variant, from `evidence_variants`.
    concepts, scale : DataFrame
        Tables ``fcm_concepts`` and ``fcm_scale``.
    courses : sequence of ScenarioDefinition
        The baseline among them.
    start : DataFrame
        From `unicluster.scenarios.starting_state`.
    settings : Settings

    Returns
    -------
    DataFrame
        One row a variant and course but the baseline: ``variant``, ``links``, ``scenario``, ``effect``, ``rank`` (1
        is best, ties share the better rank).
    """
    maps = {name: build_map(concepts, ratings, scale) for name, ratings in versions.items()}
    tables = [
        _mean_effects(map, courses, start, settings).assign(variant=name, links=int(np.count_nonzero(map.weights)))
        for name, map in maps.items()
    ]
    return pd.concat(tables, ignore_index=True)[["variant", "links", "scenario", "effect", "rank"]]


def setting_effects(
    map: fcm.CognitiveMap,
    courses: Sequence[ScenarioDefinition],
    start: pd.DataFrame,
    alternatives: Sequence[Settings] = ALTERNATIVES,
) -> pd.DataFrame:
    """Mean effect and rank of every course under other rules and slopes.

    Returns
    -------
    DataFrame
        One row a setting and course but the baseline: ``rule``, ``transfer``, ``slope``, ``scenario``, ``effect``,
        ``rank`` (both missing where a run does not settle), ``unique`` (whether the baseline is proved to have one
        steady state only).
    """
    baseline = [course for course in courses if course.id == BASELINE]
    tables = []
    for settings in alternatives:
        unique = bool(uniqueness(map, baseline, start, settings)["unique"].all())
        table = _mean_effects(map, courses, start, settings)
        tables.append(table.assign(rule=settings.rule, transfer=settings.transfer, slope=settings.slope, unique=unique))
    columns = ["rule", "transfer", "slope", "scenario", "effect", "rank", "unique"]
    return pd.concat(tables, ignore_index=True)[columns]


def uniqueness(
    map: fcm.CognitiveMap, courses: Sequence[ScenarioDefinition], start: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    """Whether each course is proved to have exactly one steady state, from whatever state the free concepts start.

    Returns
    -------
    DataFrame
        ``scenario``, ``unique`` (False means not proved: several may or may not exist), ``method`` and ``factor`` of
        the proof (how much nearer two states come in one iteration at least; the smallest bound where nothing is
        proved).
    """
    level = start["level"].to_numpy(float)
    rows = []
    for course in courses:
        proof = fcm.certify_uniqueness(map, level, clamp=course.hold, **settings.options())
        factor = proof.factors[proof.method] if proof.unique else min(proof.factors.values())
        rows.append((course.id, proof.unique, proof.method, factor))
    return pd.DataFrame(rows, columns=["scenario", "unique", "method", "factor"])


def attractors(map: fcm.CognitiveMap, start: pd.DataFrame, settings: Settings, starts: int, seed: int) -> pd.DataFrame:
    """Where runs from random states of the free concepts end, with nothing held but what nothing influences.

    Parameters
    ----------
    map : CognitiveMap
    start : DataFrame
        From `unicluster.scenarios.starting_state`; concepts that nothing influences keep their level.
    settings : Settings
    starts, seed : int

    Returns
    -------
    DataFrame
        Largest share first: ``end``, ``share`` (of the starts), ``outcomes`` (mean level of the outcomes there).
    """
    level = start.set_index("concept")["level"]
    options = settings.options()
    options.pop("hold_transmitters")
    held = {concept: float(level[concept]) for concept in map.transmitters}
    found = fcm.find_attractors(map, starts, seed, clamp=held, **options)
    outcomes = map.positions(map.with_role("outcome"))
    rows = [(a.end, a.share, float(a.states[:, outcomes].mean())) for a in found.attractors]
    return pd.DataFrame(rows, columns=["end", "share", "outcomes"])


def tipping_slope(map: fcm.CognitiveMap) -> float:
    """Slope of the rescaled rule above which the neutral state no longer holds.

    With ``d = 2a - 1`` one update is ``d ← tanh(λ/2 (d + d W))``. At ``d = 0`` its Jacobian is ``λ/2 (I + W)``, so
    that the neutral state loses stability where ``λ = 2 / (1 + ρ)``, ρ the largest real part of an eigenvalue of W
    on the concepts that something influences. Beyond it a map whose loops reinforce has two steady states, one high
    and one low, and chance or the start decides.

    A map without feedback gives 2, one in which nothing is influenced infinity.
    """
    free = np.flatnonzero(map.weights.any(axis=0))
    if not free.size:
        return float("inf")
    largest = np.linalg.eigvals(map.weights[np.ix_(free, free)]).real.max()
    return float(2 / (1 + largest))


def _mean_effects(
    map: fcm.CognitiveMap, courses: Sequence[ScenarioDefinition], start: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    outcomes = map.positions(map.with_role("outcome"))
    level = start["level"].to_numpy(float)
    means = {}
    for course in courses:
        run = fcm.simulate(map, level, clamp=course.hold, **settings.options())
        means[course.id] = run.state[outcomes].mean() if run.end == "fixed_point" else np.nan
    effect = pd.Series(means).drop(BASELINE) - means[BASELINE]
    # Rounded, so that the last bits of two equal effects do not decide a rank.
    rank = effect.round(9).rank(ascending=False, method="min")
    return pd.DataFrame(
        {"scenario": effect.index, "effect": settled_digits(effect.to_numpy()), "rank": rank.to_numpy()}
    )
