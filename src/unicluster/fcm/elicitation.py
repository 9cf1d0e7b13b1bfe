"""From what several people say about a link, in words, to its weight."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.defuzzification import defuzzify
from unicluster.fcm.linguistic import (
    LINGUISTIC_SCALE,
    NO_CAUSALITY,
    Scale,
    dissent,
    entropy,
    memberships,
    proportions,
    unknown_terms,
)
from unicluster.fcm.map import CognitiveMap, capped, name_index, unknown_name
from unicluster.fcm.membership import Membership, aggregate_memberships, imply


@dataclass(frozen=True)
class ElicitedWeight:
    """What several ratings of one link amount to.

    Attributes
    ----------
    weight : float
        The defuzzified aggregate; 0 where every rater sees no causality.
    proportions : dict of str to float
        Share of each given answer, by credibility; they sum to 1.
    entropy : float
        In bits; 0 when all agree, log2 of the number of answers when they split evenly.
    dissent : float
        Disagreement in [0, 1] that knows the order of the terms: 1 when half the raters stand at
        each end of the scale.
    raters : int
        How many answered.
    membership : Membership or None
        The aggregate; None where every rater sees no causality.
    """

    weight: float
    proportions: dict[str, float]
    entropy: float
    dissent: float
    raters: int
    membership: Membership | None


@dataclass(frozen=True)
class Elicitation:
    """Every rated link of a map.

    Attributes
    ----------
    table : DataFrame
        One row a link, sorted: source, target, weight, entropy (bits), dissent, raters.
    links : dict of (str, str) to ElicitedWeight
    """

    table: pd.DataFrame
    links: dict[tuple[str, str], ElicitedWeight]

    @property
    def memberships(self) -> dict[tuple[str, str], Membership]:
        """Aggregated memberships of the links that have one."""
        return {pair: e.membership for pair, e in self.links.items() if e.membership is not None}


def elicit_weight(
    ratings: Sequence[str | None],
    scale: Scale = LINGUISTIC_SCALE,
    *,
    credibility: Sequence[float] | None = None,
    implication: str = "larsen",
    aggregation: str = "family_maximum",
    defuzzification: str = "centroid",
    no_causality: Collection[str] = NO_CAUSALITY,
    universe: ArrayLike | None = None,
) -> ElicitedWeight:
    """Weight of one link from the terms that several people chose for it.

    The share of people behind a term activates it, the activated terms are joined, the joined
    membership is defuzzified.

    Parameters
    ----------
    ratings : sequence of str or None
        One answer a rater: a term of the scale, an answer of ``no_causality``, or None (NaN) from
        who did not answer. No causality counts in the shares and in the entropy, but adds no
        membership; a missing answer counts nowhere.
    scale : mapping of str to sequence of float or Membership
        Terms as triangles, trapezia or memberships.
    credibility : sequence of float, optional
        Weight of each rater.
    implication : {"larsen", "mamdani"}
    aggregation : {"family_maximum", "algebraic_sum", "einstein_sum", "hamacher_sum"}
    defuzzification : {"centroid", "bisector", "mean_of_maximum", "smallest_of_maximum", \
"largest_of_maximum"}
    no_causality : collection of str
        Answers that mean no influence.
    universe : array_like, optional
        Only to reproduce tools that work on a grid: memberships are then known at these points
        and straight between them. Without it everything is integrated exactly.

    Raises
    ------
    InputError
        Answers that are not on the scale (the nearest term is suggested), and all that
        `proportions`, `imply`, `aggregate_memberships` and `defuzzify` refuse.

    References
    ----------
    Mkhitaryan, Giabbanelli, Wozniak, Napoles, de Vries & Crutzen (2022), FCMpy: a python module
    for constructing and analyzing fuzzy cognitive maps.
    """
    terms = memberships(scale)
    shares = proportions(ratings, credibility)
    refuse(unknown_terms(shares, [*terms, *no_causality]))
    activated = [
        imply(terms[term], share, implication)
        for term, share in shares.items()
        if term not in no_causality and share > 0
    ]
    joined = aggregate_memberships(activated, aggregation, universe) if activated else None
    return ElicitedWeight(
        weight=0.0 if joined is None else defuzzify(joined, defuzzification),
        proportions=shares,
        entropy=entropy(shares),
        dissent=dissent(shares, scale, no_causality),
        raters=sum(not pd.isna(answer) for answer in ratings),
        membership=joined,
    )


def elicit_weights(
    ratings: pd.DataFrame,
    scale: Scale = LINGUISTIC_SCALE,
    *,
    credibility: Mapping[str, float] | None = None,
    **method: object,
) -> Elicitation:
    """Weights of all links from a table of ratings.

    Parameters
    ----------
    ratings : DataFrame
        One row a rating: source, target, rater, rating.
    scale : mapping of str to sequence of float or Membership
    credibility : mapping of rater to float, optional
        One number for every rater; equal when left out.
    **method
        ``implication``, ``aggregation``, ``defuzzification``, ``no_causality`` and ``universe``
        of `elicit_weight`.

    Raises
    ------
    InputError
        Missing columns, a rater who rates a link twice, raters without credibility, ratings that
        are not on the scale, links that nobody answered.
    """
    _check_ratings(ratings, credibility)
    terms = [*scale, *method.get("no_causality", NO_CAUSALITY)]
    refuse(unknown_terms(ratings["rating"].dropna().unique(), terms))
    links, faults = {}, []
    for pair, group in ratings.groupby(["source", "target"], sort=True):
        weights = None if credibility is None else [credibility[r] for r in group["rater"]]
        try:
            links[pair] = elicit_weight(group["rating"].tolist(), scale, credibility=weights, **method)
        except InputError as error:
            faults += [Fault(f.message, column=f"{pair[0]} -> {pair[1]}") for f in error.faults]
    refuse(faults)
    rows = [(*pair, e.weight, e.entropy, e.dissent, e.raters) for pair, e in links.items()]
    columns = ["source", "target", "weight", "entropy", "dissent", "raters"]
    return Elicitation(pd.DataFrame(rows, columns=columns), links)


def individual_maps(
    ratings: pd.DataFrame,
    concepts: Sequence[str],
    scale: Scale = LINGUISTIC_SCALE,
    *,
    defuzzification: str = "centroid",
    no_causality: Collection[str] = NO_CAUSALITY,
) -> dict[str, CognitiveMap]:
    """One map a rater, from the same table as `elicit_weights`.

    Parameters
    ----------
    ratings : DataFrame
        One row a rating: source, target, rater, rating. Links that a rater did not answer are 0.
    concepts : sequence of str
        Concept ids, the order of every map.
    scale, defuzzification, no_causality
        As in `elicit_weight`.

    Returns
    -------
    dict of str to CognitiveMap
        Sorted by rater.

    Raises
    ------
    InputError
        As `elicit_weights`; also ratings of unknown concepts.
    """
    _check_ratings(ratings, None)
    refuse(unknown_terms(ratings["rating"].dropna().unique(), [*scale, *no_causality]))
    places = name_index(CognitiveMap(concepts, np.zeros((len(concepts),) * 2)).concepts)
    names = sorted({*ratings["source"], *ratings["target"]} - places.keys())
    refuse(capped([unknown_name(name, places, "ratings") for name in names]))
    value = {term: defuzzify(m, defuzzification) for term, m in memberships(scale).items()}
    value |= dict.fromkeys(no_causality, 0.0)
    maps = {}
    for rater, group in ratings.dropna(subset="rating").groupby("rater", sort=True):
        weights = np.zeros((len(concepts), len(concepts)))
        rows, columns = group["source"].map(places), group["target"].map(places)
        weights[rows, columns] = group["rating"].map(value)
        maps[str(rater)] = CognitiveMap(concepts, weights)
    return maps


def _check_ratings(ratings: pd.DataFrame, credibility: Mapping[str, float] | None) -> None:
    missing = {"source", "target", "rater", "rating"} - set(ratings.columns)
    refuse(Fault("the table of ratings lacks this column", column=c) for c in sorted(missing))
    twice = ratings[ratings.duplicated(["source", "target", "rater"])]
    faults = [
        Fault(f"{row.rater} rates {row.source} -> {row.target} more than once", column="rater")
        for row in twice.drop_duplicates().itertuples()
    ]
    if credibility is not None:
        unknown = sorted(map(str, set(ratings["rater"]) - set(credibility)))
        faults += [Fault("this rater has no credibility", None, None, "rater", r) for r in unknown]
    refuse(capped(faults))
