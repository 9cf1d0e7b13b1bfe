"""Linguistic terms, and how far people agree who use them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
from rapidfuzz import process

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.defuzzification import defuzzify
from unicluster.fcm.map import capped
from unicluster.fcm.membership import Membership, trapezoidal, triangular

Scale = Mapping[str, Sequence[float] | Membership]

# Eleven terms, as feet and peak of triangles on [-1, 1] (Mkhitaryan et al. 2022, FCMpy).
LINGUISTIC_SCALE: Scale = {
    "-VH": (-1.0, -1.0, -0.75),
    "-H": (-1.0, -0.75, -0.5),
    "-M": (-0.75, -0.5, -0.25),
    "-L": (-0.5, -0.25, 0.0),
    "-VL": (-0.25, 0.0, 0.0),
    "NA": (-0.001, 0.0, 0.001),
    "+VL": (0.0, 0.0, 0.25),
    "+L": (0.0, 0.25, 0.5),
    "+M": (0.25, 0.5, 0.75),
    "+H": (0.5, 0.75, 1.0),
    "+VH": (0.75, 1.0, 1.0),
}

# What a rater says who sees no influence: an answer, but not one that has a membership.
NO_CAUSALITY = ("no causality",)


def memberships(scale: Scale = LINGUISTIC_SCALE) -> dict[str, Membership]:
    """Membership of every term of a scale.

    Parameters
    ----------
    scale : mapping of str to sequence of float or Membership
        Three numbers make a triangle, four a trapezium.

    Raises
    ------
    InputError
        Naming every term with another number of parameters, or with parameters that fall.
    """
    shapes = {3: triangular, 4: trapezoidal}
    built, faults = {}, []
    for term, shape in scale.items():
        if isinstance(shape, Membership):
            built[term] = shape
        elif len(shape) not in shapes:
            faults.append(Fault("give 3 numbers (triangle) or 4 (trapezium)", column=term))
        else:
            try:
                built[term] = shapes[len(shape)](*shape)
            except InputError as error:
                faults += [Fault(fault.message, column=term) for fault in error.faults]
    refuse(faults)
    return built


def proportions(ratings: Sequence[str | None], credibility: Sequence[float] | None = None) -> dict[str, float]:
    """Share of each answer among those given.

    Parameters
    ----------
    ratings : sequence of str or None
        One answer a rater; None or NaN is a rater who gave none and is left out.
    credibility : sequence of float, optional
        Weight of each rater, at least 0; equal when left out.

    Returns
    -------
    dict of str to float
        Sorted by answer; sums to 1.

    Raises
    ------
    InputError
        No answer, a credibility that is missing, negative or zero for all who answered.
    """
    weights = np.ones(len(ratings)) if credibility is None else np.asarray(credibility, float)
    if weights.shape != (len(ratings),) or not np.all((weights >= 0) & np.isfinite(weights)):
        raise InputError("credibility needs one finite number of at least 0 for each rater")
    given = pd.Series(weights, index=pd.Index(ratings, dtype=object))
    totals = given.groupby(level=0, dropna=True).sum()
    if not totals.sum() > 0:
        raise InputError("no rater of any credibility gave an answer")
    return {str(term): float(share) for term, share in (totals / totals.sum()).items()}


def entropy(shares: Mapping[str, float]) -> float:
    """Shannon entropy of the answers, in bits (Shannon 1948)."""
    p = np.array([share for share in shares.values() if share > 0])
    return float(abs(np.sum(p * np.log2(p))))


def dissent(
    shares: Mapping[str, float],
    scale: Scale = LINGUISTIC_SCALE,
    no_causality: Collection[str] = NO_CAUSALITY,
) -> float:
    """Disagreement on an ordered scale, in [0, 1].

    Entropy does not see whether answers are neighbours or opposites; this does. A term stands at
    the mean of its maximum, an answer of no causality at 0.

    Parameters
    ----------
    shares : mapping of str to float
        From `proportions`.
    scale, no_causality
        As in `elicit_weight`.

    References
    ----------
    Tastle & Wierman (2007), Consensus and dissention: a measure of ordinal dispersion.
    """
    positions = {t: defuzzify(m, "mean_of_maximum") for t, m in memberships(scale).items()}
    width = max(positions.values()) - min(positions.values())
    if width == 0:
        return 0.0
    x = np.array([0.0 if term in no_causality else positions[term] for term in shares])
    p = np.array(list(shares.values()))
    distance = np.abs(x - p @ x) / width
    return float(abs(np.sum(p * np.log2(1 - distance))))


def unknown_terms(given: Collection[str], known: Sequence[str]) -> list[Fault]:
    """A fault for each term that is not known, with the nearest that is."""
    faults = []
    for term in sorted(map(str, set(given) - set(known))):
        nearest, *_ = process.extractOne(term, known)
        faults.append(Fault(f"is not a term of the scale: did you mean {nearest!r}?", None, None, "rating", term))
    return capped(faults)
