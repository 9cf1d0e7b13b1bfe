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

    Respondents are numbered by a hidden ranking that every question follows more or less.

    Attributes
    ----------
    base : int
        Respondents.
    extreme : ndarray of bool, shape (draws,)
        Draws in which every question follows the ranking, or its reverse, without exception.
    shuffled : ndarray of bool, shape (draws,)
        Draws in which scales are given out in a random order of their options.
    independent : bool
        Does no question follow it?
    rng : Generator
    """

    base: int
    extreme: NDArray[np.bool_]
    shuffled: NDArray[np.bool_]
    independent: bool
    rng: np.random.Generator

    @classmethod
    def spanning(cls, draws: int, base: int, rng: np.random.Generator) -> Coupling:
        """Of each four draws one extreme, one extreme and shuffled, two in between."""
        kind = np.arange(draws) % 4
        return cls(base, kind < 2, kind == 1, False, rng)

    @classmethod
    def none(cls, draws: int, base: int, rng: np.random.Generator) -> Coupling:
        """Each question by itself."""
        never = np.zeros(draws, dtype=bool)
        return cls(base, never, never, True, rng)

    @property
    def draws(self) -> int:
        """Number of draws."""
        return self.extreme.size

    def order(self) -> NDArray[np.int64]:
        """Respondents in an order that follows their numbers with a random strength from -1 to 1.

        Shape (draws, respondents); the numbers run on from draw to draw.
        """
        strength = np.zeros(self.draws) if self.independent else self.rng.uniform(-1, 1, self.draws)
        places = np.arange(self.base)
        order = np.tile(places, (self.draws, 1))
        order[self.extreme & (strength < 0)] = places[::-1]
        strength = strength[~self.extreme, None].astype(np.float32)
        key = self.rng.random((len(strength), self.base), dtype=np.float32)
        key *= np.sqrt(1 - strength**2)
        key += strength * (places / self.base).astype(np.float32)
        order[~self.extreme] = _ascending(key)
        order += np.arange(0, order.size, self.base)[:, None]
        return order

    def between(self, low: ArrayLike, high: ArrayLike) -> NDArray[np.int64]:
        """Whole numbers, uniform between two bounds; in extreme draws one of the bounds.

        Both are broadcast against each other, the first axis being the draws.
        """
        return _between(low, high, self._places(np.broadcast(low, high).shape))

    def counts(self, low: ArrayLike, high: ArrayLike, total: ArrayLike) -> NDArray[np.int64]:
        """Counts of options within bounds that add up to ``total``, shape (draws, options).

        Every such set of counts can come up; the bounds are (options,) or (draws, options).
        """
        shape = (self.draws, np.shape(high)[-1])
        # What is left bounds each next option; a random order favours none of them.
        turn = self.rng.random(shape).argsort(axis=1)
        lows, highs = (np.take_along_axis(np.broadcast_to(bound, shape), turn, axis=1).T for bound in (low, high))
        left, least, most = total, lows.sum(axis=0), highs.sum(axis=0)
        given = np.empty(shape[::-1], dtype=np.int64)
        for step in range(len(given)):
            least, most = least - lows[step], most - highs[step]
            given[step] = self.between(np.maximum(lows[step], left - most), np.minimum(highs[step], left - least))
            left = left - given[step]
        counts = np.empty(shape, dtype=np.int64)
        np.put_along_axis(counts, turn, given.T, axis=1)
        return counts

    def options(self, number: int, scale: int) -> NDArray[np.int64]:
        """Order in which options are given out, shape (draws, options).

        The first ``scale`` of them keep their own order, the others come anywhere.
        """
        key = self.rng.uniform(-1, number, (self.draws, number))
        key[~self.shuffled, :scale] = np.arange(scale)
        return key.argsort(axis=1)

    def _places(self, shape: tuple[int, ...]) -> NDArray[np.float64]:
        """Where between two bounds, from 0 to 1; in extreme draws at one of the ends."""
        places = self.rng.random(shape)
        places[self.extreme] = np.rint(places[self.extreme])
        return places


def give_out(counts: NDArray[np.int64], options: NDArray[np.int64], base: int) -> NDArray[np.int16]:
    """Options as they are given out, one after the other, shape (draws, respondents).

    Parameters
    ----------
    counts : ndarray of int, shape (draws, options)
        They add up to ``base`` in every draw.
    options : ndarray of int, shape (draws, options)
        In the order in which they are given out.
    base : int
        Respondents.
    """
    times = np.take_along_axis(counts, options, axis=1)
    return np.repeat(options.astype(np.int16).ravel(), times.ravel()).reshape(-1, base)


def one_of(counts: NDArray[np.int64], options: NDArray[np.int64], coupling: Coupling) -> NDArray[np.int16]:
    """Option of each respondent, shape (draws, respondents); arguments as of `give_out`."""
    return _put(coupling.order(), give_out(counts, options, coupling.base))


def single_choice(margin: Margin, coupling: Coupling) -> NDArray[np.int16]:
    """Answers to a single-choice question, shape (draws, respondents); -1 for none."""
    number, base = len(margin.options), coupling.base
    counts = coupling.counts([*margin.low, 0], [*margin.high, 0 if margin.complete else base], base)
    options = coupling.options(number + 1, number if margin.ordinal else 0)
    given = one_of(counts, options, coupling)
    return np.where(given == number, np.int16(NO_ANSWER), given)


def multiple_choice(margin: Margin, coupling: Coupling) -> NDArray[np.bool_]:
    """Answers to a multi-select question, shape (draws, respondents, options)."""
    draws, base = coupling.draws, coupling.base
    is_item = np.array([option != margin.exclusive for option in margin.options])
    low, high = np.array(margin.low), np.array(margin.high)
    mentions = coupling.between(np.broadcast_to(low[is_item], (draws, is_item.sum())), high[is_item])
    total, largest = mentions.sum(axis=1), mentions.max(axis=1)
    excluded_low = np.maximum(low[~is_item].sum(), base - total if margin.complete else 0)
    excluded = coupling.between(excluded_low, np.minimum(high[~is_item].sum(), base - largest))
    most_silent = np.zeros(draws, dtype=np.int64) if margin.complete else base - excluded - largest
    silent = coupling.between(np.maximum(base - excluded - total, 0), most_silent)
    # Whoever names anything gets one item first, so that nobody of them is left without.
    first = coupling.counts(0, mentions, base - excluded - silent)

    groups = np.column_stack([first, excluded, silent])
    group = give_out(groups, coupling.options(groups.shape[1], 0), base)
    chosen = [group == place for place in range(is_item.sum())]
    naming = group < len(chosen)
    for place, own in enumerate(chosen):
        added = _foremost(naming & ~own, coupling.order(), (mentions - first)[:, place])
        chosen[place] = own | added
    if margin.exclusive is not None:
        chosen.insert(margin.options.index(margin.exclusive), group == len(chosen))
    order = coupling.order()
    return np.stack([_put(order, along) for along in chosen]).transpose(1, 2, 0)


def _between(low: ArrayLike, high: ArrayLike, place: NDArray[np.float64]) -> NDArray[np.int64]:
    width = np.subtract(high, low) + 1
    return low + np.minimum((place * width).astype(np.int64), width - 1)


def _foremost(among: NDArray[np.bool_], order: NDArray[np.int64], number: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The first ``number`` respondents of some, along an order of all, in each draw."""
    along = among.ravel()[order]
    return _put(order, along & (along.cumsum(axis=1, dtype=np.int32) <= number[:, None]))


def _ascending(key: NDArray[np.float32]) -> NDArray[np.int32]:
    """As ``key.argsort(axis=1)`` for keys within -1.5 and 1.5, in half of its time."""
    # Key and place are sorted as one whole number, the place in its last bits.
    base = key.shape[1]
    bits = base.bit_length()
    packed = (key * np.float32(2 ** (30 - bits))).astype(np.int32) << bits | np.arange(base, dtype=np.int32)
    packed.sort(axis=1)
    return packed & (2**bits - 1)


def _put(order: NDArray[np.int64], along: NDArray) -> NDArray:
    """Give the respondents what stands along their order."""
    placed = np.empty_like(along)
    placed.reshape(-1)[order] = along
    return placed
