"""One map from the maps of several people, with their dispersion kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.map import CognitiveMap


@dataclass(frozen=True, eq=False)
class AggregatedMap:
    """The mean of several maps and what it averages over.

    Attributes
    ----------
    map : CognitiveMap
        Weighted mean. Its ``spread`` reaches from the mean to the farthest single weight.
    weights : ndarray of shape (people, n, n)
        Each person's weights on the common concepts; NaN where a person has no opinion.
    credibility : ndarray of shape (people,)
        Sums to 1.
    table : DataFrame
        One row for each link that anyone drew, by source and target: ``source``, ``target``,
        ``weight``, ``standard_deviation`` (weighted, over people), ``lowest``, ``highest``,
        ``people`` (with an opinion), ``sign_agreement`` (credibility behind the commonest sign).
    """

    map: CognitiveMap
    weights: np.ndarray
    credibility: np.ndarray
    table: pd.DataFrame


def aggregate_maps(
    maps: Sequence[CognitiveMap],
    credibility: Sequence[float] | None = None,
    missing_concept: str = "zero",
) -> AggregatedMap:
    """Average whole maps, all at once.

    Averaging them in pairs, as some tools do, weighs the last map by a half and the first by
    almost nothing; the result here does not depend on the order of people.

    Parameters
    ----------
    maps : sequence of CognitiveMap
        At least one. Concepts are matched by id; the common map has all of them, in the order in
        which they first appear.
    credibility : sequence of float, optional
        Weight of each person, at least 0; equal when left out.
    missing_concept : {"zero", "no_opinion"}
        What a map says about a concept it lacks: that its links are 0 (Kosko's augmented matrix),
        or nothing, so that only the others are averaged. A link not drawn between two concepts
        that a map does have is 0 in both cases.

    Raises
    ------
    InputError
        No map, another number of credibilities than of maps, negative or all-zero ones, an
        unknown ``missing_concept``.

    References
    ----------
    Kosko (1988), Hidden patterns in combined and adaptive knowledge networks.
    """
    shares = _shares(len(maps), credibility, missing_concept)
    concepts = {concept.id: concept for map in reversed(maps) for concept in reversed(map.concepts)}
    ids = list(dict.fromkeys(id for map in maps for id in map.ids))
    place = {id: k for k, id in enumerate(ids)}
    weights = np.full((len(maps), len(ids), len(ids)), 0.0 if missing_concept == "zero" else np.nan)
    for person, map in enumerate(maps):
        here = [place[id] for id in map.ids]
        weights[person][np.ix_(here, here)] = map.weights
    opinion = np.isfinite(weights)
    # A pair of concepts that no map holds together has no opinion at all: no link.
    voice = np.where(opinion, shares[:, None, None], 0.0)
    voices = voice.sum(axis=0)
    total = np.where(voices > 0, voices, 1.0)
    known = np.where(opinion, weights, 0.0)
    mean = np.clip((voice * known).sum(axis=0) / total, -1.0, 1.0)
    away = np.where(opinion, known - mean, 0.0)
    deviation = np.sqrt((voice * away**2).sum(axis=0) / total)
    signs = [(voice * (opinion & (np.sign(known) == sign))).sum(axis=0) for sign in (-1, 0, 1)]
    drawn = np.argwhere((known != 0).any(axis=0))
    i, j = drawn.T
    table = pd.DataFrame(
        {
            "source": [ids[k] for k in i],
            "target": [ids[k] for k in j],
            "weight": mean[i, j],
            "standard_deviation": deviation[i, j],
            "lowest": np.where(opinion, known, np.inf).min(axis=0)[i, j],
            "highest": np.where(opinion, known, -np.inf).max(axis=0)[i, j],
            "people": opinion.sum(axis=0)[i, j],
            "sign_agreement": np.max(signs, axis=0)[i, j] / total[i, j],
        }
    )
    spread = np.abs(away).max(axis=0)
    average = CognitiveMap([concepts[id] for id in ids], mean, spread)
    return AggregatedMap(average, weights, shares, table)


def _shares(people: int, credibility: Sequence[float] | None, missing_concept: str) -> np.ndarray:
    if not people:
        raise InputError("there is no map to aggregate")
    given = np.ones(people) if credibility is None else np.asarray(credibility, dtype=float)
    faults = []
    if given.shape != (people,):
        faults.append(Fault(f"give one number for each of the {people} maps", column="credibility"))
    elif not (np.all((given >= 0) & np.isfinite(given)) and given.any()):
        faults.append(Fault("must be finite, at least 0 and not all 0", column="credibility"))
    if missing_concept not in ("zero", "no_opinion"):
        faults.append(Fault("is 'zero' or 'no_opinion'", column="missing_concept", value=missing_concept))
    refuse(faults)
    return given / given.sum()
