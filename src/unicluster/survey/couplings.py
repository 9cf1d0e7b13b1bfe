"""How made-up answers are given out: within bounds of their counts, and going together in many ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from unicluster.survey.margins import Margin

NO_ANSWER = -1


@dataclass(frozen=True, eq=False)
class Coupling:
    """How the answers to all questions go together in each draw.

    Attributes
    ----------
    score : ndarray of float, shape (draws, respondents)
        Hidden score of each respondent.
    extreme : ndarray of bool, shape (draws,)
        Draws in which every question follows the score or its reverse without exception.
    shuffled : ndarray of bool, shape (draws,)
        Draws in which scales are given out in a random order of their options.
    independent : bool
        Does no question follow the score?
    rng : Generator
    """

    score: NDArray[np.float64]
    extreme: NDArray[np.bool_]
    shuffled: NDArray[np.bool_]
    independent: bool
    rng: np.random.Generator

    @classmethod
    def spanning(cls, draws: int, base: int, rng: np.random.Generator) -> Coupling:
        """Of each four draws one extreme, one extreme and shuffled, two in between."""
        kind = np.arange(draws) % 4
        return cls(rng.uniform(-1, 1, (draws, base)), kind < 2, kind == 1, False, rng)

    @classmethod
    def none(cls, draws: int, base: int, rng: np.random.Generator) -> Coupling:
        """Each question by itself."""
        never = np.zeros(draws, dtype=bool)
        return cls(np.zeros((draws, base)), never, never, True, rng)

    def following(self, score: NDArray[np.float64]) -> NDArray[np.float64]:
        """A new score that follows ``score`` with a random strength from -1 to 1."""
        noise = self.rng.uniform(-1, 1, score.shape)
        if self.independent:
            return noise
        strength = self.rng.uniform(-1, 1, len(score))
        strength[self.extreme] = np.where(strength[self.extreme] < 0, -1, 1)
        return strength[:, None] * score + np.sqrt(1 - strength**2)[:, None] * noise

    def between(self, low: ArrayLike, high: ArrayLike) -> NDArray[np.int64]:
        """Whole numbers, uniform between two bounds; in extreme draws one of the bounds.

        Both are broadcast against each other, the first axis being the draws.
        """
        low, high = np.broadcast_arrays(np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64))
        place = self.rng.random(low.shape)
        place[self.extreme] = np.rint(place[self.extreme])
        return np.minimum(low + np.floor(place * (high - low + 1)).astype(np.int64), high)

    def counts(self, low: ArrayLike, high: ArrayLike) -> NDArray[np.int64]:
        """Counts of options within bounds that add up to all respondents, shape (draws, options)."""
        draws, base = self.score.shape
        shape = (draws, np.size(low))
        low, high = np.broadcast_to(low, shape), np.broadcast_to(high, shape)
        counts = np.empty(shape, dtype=np.int64)
        rows = np.arange(draws)
        left, least, most = np.full(draws, base), low.sum(axis=1), high.sum(axis=1)
        # What is left bounds each next option; a random order favours none of them.
        for option in self.rng.random(shape).argsort(axis=1).T:
            own_low, own_high = low[rows, option], high[rows, option]
            least, most = least - own_low, most - own_high
            counts[rows, option] = self.between(
                np.maximum(own_low, left - most), np.minimum(own_high, left - least)
            )
            left = left - counts[rows, option]
        return counts

    def order(self, options: int, scale: int) -> NDArray[np.int64]:
        """Order in which options are given out, shape (draws, options).

        The first ``scale`` of them keep their own order, the others come anywhere.
        """
        key = self.rng.uniform(-1, options, (len(self.score), options))
        key[~self.shuffled, :scale] = np.arange(scale)
        return key.argsort(axis=1)


def give_out(
    counts: NDArray[np.int64], order: NDArray[np.int64], scores: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Give each respondent one option: along the scores, in the given order of the options.

    Parameters
    ----------
    counts : ndarray of int, shape (draws, options)
        They add up to the respondents in every draw.
    order : ndarray of int, shape (draws, options)
    scores : ndarray of float, shape (draws, respondents)

    Returns
    -------
    ndarray of int, shape (draws, respondents)
        Place of the option.
    """
    along = np.repeat(order.ravel(), np.take_along_axis(counts, order, axis=1).ravel())
    return _put(scores.argsort(axis=1), along.reshape(scores.shape))


def single_choice(margin: Margin, coupling: Coupling) -> NDArray[np.int64]:
    """Answers to a single-choice question, shape (draws, respondents); -1 for none."""
    options = len(margin.options)
    silent = 0 if margin.complete else coupling.score.shape[1]
    counts = coupling.counts([*margin.low, 0], [*margin.high, silent])
    order = coupling.order(options + 1, options if margin.ordinal else 0)
    given = give_out(counts, order, coupling.following(coupling.score))
    return np.where(given == options, NO_ANSWER, given)


def multiple_choice(margin: Margin, coupling: Coupling) -> NDArray[np.bool_]:
    """Answers to a multi-select question, shape (draws, respondents, options)."""
    draws, base = coupling.score.shape
    is_item = np.array([option != margin.exclusive for option in margin.options])
    low, high = np.array(margin.low), np.array(margin.high)
    mentions = coupling.between(np.broadcast_to(low[is_item], (draws, is_item.sum())), high[is_item])
    total, largest = mentions.sum(axis=1), mentions.max(axis=1)
    excluded_low = np.maximum(low[~is_item].sum(), base - total if margin.complete else 0)
    excluded = coupling.between(excluded_low, np.minimum(high[~is_item].sum(), base - largest))
    most_silent = np.zeros(draws, dtype=np.int64) if margin.complete else base - excluded - largest
    silent = coupling.between(np.maximum(base - excluded - total, 0), most_silent)
    first = _first_items(mentions, base - excluded - silent, coupling)

    groups = np.column_stack([first, excluded, silent])
    scores = coupling.following(coupling.score)
    group = give_out(groups, coupling.order(groups.shape[1], 0), scores)
    chosen = np.zeros((draws, base, len(margin.options)), dtype=bool)
    items = np.flatnonzero(is_item)
    for place, item in enumerate(items):
        may_add = (group < len(items)) & (group != place)
        added = _highest(coupling.following(scores), may_add, mentions[:, place] - first[:, place])
        chosen[..., item] = (group == place) | added
    chosen[..., ~is_item] = (group == len(items))[..., None]
    return chosen


def _first_items(
    mentions: NDArray[np.int64], naming: NDArray[np.int64], coupling: Coupling
) -> NDArray[np.int64]:
    """How many of the mentions of each item are somebody's first, shape (draws, items).

    They add up to those who name anything. In extreme draws whole items come before others.
    """
    items = mentions.shape[1]
    priority = coupling.rng.random(mentions.shape).argsort(axis=1)
    weight = np.where(coupling.extreme, 1.0, coupling.rng.random(len(mentions)))
    item = np.repeat(np.arange(items), mentions.max(axis=0))
    within = np.concatenate([np.arange(most) for most in mentions.max(axis=0)])
    key = weight[:, None] * priority[:, item] + coupling.rng.random((len(mentions), item.size))
    key[within >= mentions[:, item]] = np.inf
    taken = _highest(-key, np.ones(key.shape, dtype=bool), naming)
    return np.stack([taken[:, item == place].sum(axis=1) for place in range(items)], axis=1)


def _highest(
    scores: NDArray[np.float64], among: NDArray[np.bool_], number: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """The ``number`` of respondents with the highest scores among some, in each draw."""
    order = np.where(among, -scores, np.inf).argsort(axis=1)
    return _put(order, np.arange(scores.shape[1]) < number[:, None])


def _put(order: NDArray[np.int64], values: NDArray) -> NDArray:
    # As np.put_along_axis, in less than half of its time.
    placed = np.empty(values.shape, dtype=values.dtype)
    placed.reshape(-1)[order + np.arange(order.shape[0])[:, None] * order.shape[1]] = values
    return placed
