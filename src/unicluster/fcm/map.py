"""The map: concepts, signed weighted links between them, and how both are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from rapidfuzz import process

from unicluster.faults import Fault, refuse

ROLES = ("lever", "state", "outcome", "driver")
MOST_FAULTS_SHOWN = 20


@dataclass(frozen=True)
class Concept:
    """One node of a map.

    Parameters
    ----------
    id : str
        The short unique name by which tables, clamps and links refer to it.
    names : mapping of str to str
        Names for readers by language, for example ``{"en": "Cluster", "kk": "Кластер"}``.
    group : str
        The block of the map it belongs to; empty when there are no blocks.
    role : {"state", "lever", "outcome", "driver"}
        What may be done with it: a ``lever`` is set by policy, an ``outcome`` is what policy is
        for, a ``driver`` acts from outside the system, a ``state`` is everything between.
    """

    id: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    group: str = ""
    role: str = "state"

    def label(self, language: str = "en") -> str:
        """Name in ``language``, or the id where that language has none."""
        return self.names.get(language, self.id)


@dataclass(frozen=True)
class Link:
    """One influence of ``source`` on ``target``.

    Attributes
    ----------
    source, target : str
        Concept ids.
    weight : float
        Signed strength in [−1, 1].
    term : str
        The linguistic term it was elicited as; empty when it was given as a number.
    evidence : str
        Where it comes from.
    spread : float
        Half-width of the range in which the weight is believed to lie, in weight units.
    """

    source: str
    target: str
    weight: float
    term: str = ""
    evidence: str = ""
    spread: float = 0.0

    @property
    def sign(self) -> int:
        """+1 for a reinforcing link, −1 for a weakening one, 0 for a link of no strength."""
        return int(np.sign(self.weight))


@dataclass(frozen=True, eq=False)
class CognitiveMap:
    """A fuzzy cognitive map: ``weights[i, j]`` is the influence of concept i on concept j.

    Parameters
    ----------
    concepts : sequence of str or Concept
        At least one; every id and every name is unique.
    weights : array_like, shape (n, n)
        In [−1, 1]; the row is the source. A non-zero diagonal entry is a self-loop: allowed, and
        listed in ``self_loops``.
    spread : array_like, shape (n, n), optional
        Half-width of the believed range of each weight; 0 where it is taken as exact.
    terms, evidence : mapping of (source id, target id) to str, optional
        The linguistic term and the evidence of a link.

    Attributes
    ----------
    ids : tuple of str
    n : int

    Raises
    ------
    InputError
        Naming every fault: no concept, repeated names, unknown roles, a wrong shape, weights that
        are not finite or not in [−1, 1], a negative spread, details of unknown concepts.

    References
    ----------
    Kosko, B. (1986). Fuzzy cognitive maps. Int. J. Man-Machine Studies 24, 65-75.
    """

    concepts: tuple[Concept, ...]
    weights: np.ndarray
    spread: np.ndarray | None = None
    terms: Mapping[tuple[str, str], str] | None = None
    evidence: Mapping[tuple[str, str], str] | None = None

    def __post_init__(self) -> None:
        concepts = tuple(c if isinstance(c, Concept) else Concept(str(c)) for c in self.concepts)
        faults = _concept_faults(concepts)
        n = len(concepts)
        weights, weight_faults = _square(self.weights, n, "weights")
        spread, spread_faults = _square(np.zeros((n, n)) if self.spread is None else self.spread, n, "spread")
        faults += weight_faults + spread_faults
        if not weight_faults:
            faults += _weight_faults(concepts, weights)
        if not spread_faults and not (spread >= 0).all():
            faults.append(Fault("every spread must be a number of at least 0", column="spread"))
        known = {c.id for c in concepts}
        for what, details in (("terms", self.terms), ("evidence", self.evidence)):
            strangers = sorted({name for pair in details or () for name in pair} - known)
            faults += [unknown_name(name, known, what) for name in strangers]
        refuse(faults)
        weights.flags.writeable = spread.flags.writeable = False
        for name, value in (
            ("concepts", concepts),
            ("weights", weights),
            ("spread", spread),
            ("terms", dict(self.terms or {})),
            ("evidence", dict(self.evidence or {})),
        ):
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.concepts)

    def __repr__(self) -> str:
        return f"CognitiveMap({self.n} concepts, {np.count_nonzero(self.weights)} links)"

    @property
    def n(self) -> int:
        """Number of concepts."""
        return len(self.concepts)

    @property
    def ids(self) -> tuple[str, ...]:
        """Concept ids in the order of every array."""
        return tuple(c.id for c in self.concepts)

    @property
    def links(self) -> tuple[Link, ...]:
        """The non-zero weights as links, by source and then target in concept order."""
        ids = self.ids
        return tuple(
            Link(
                ids[i],
                ids[j],
                float(self.weights[i, j]),
                self.terms.get((ids[i], ids[j]), ""),
                self.evidence.get((ids[i], ids[j]), ""),
                float(self.spread[i, j]),
            )
            for i, j in np.argwhere(self.weights)
        )

    @property
    def self_loops(self) -> tuple[str, ...]:
        """Ids of the concepts that influence themselves."""
        return tuple(self.ids[i] for i in np.flatnonzero(self.weights.diagonal()))

    @property
    def transmitters(self) -> tuple[str, ...]:
        """Ids of the concepts that nothing influences (no incoming link, not even their own)."""
        return tuple(self.ids[j] for j in np.flatnonzero(~self.weights.any(axis=0)))

    @property
    def isolated(self) -> tuple[str, ...]:
        """Ids of the concepts without any link."""
        alone = ~(self.weights.any(axis=0) | self.weights.any(axis=1))
        return tuple(self.ids[j] for j in np.flatnonzero(alone))

    def with_role(self, role: str) -> tuple[str, ...]:
        """Ids of the concepts of one role, in concept order."""
        return tuple(c.id for c in self.concepts if c.role == role)

    def with_weights(self, weights: ArrayLike) -> CognitiveMap:
        """The same concepts and link details with other weights, shape (n, n)."""
        return CognitiveMap(self.concepts, weights, self.spread, self.terms, self.evidence)

    def index(self, name: str) -> int:
        """Position of a concept by its id or one of its names; `InputError` if there is none."""
        return int(self.positions([name])[0])

    def positions(self, names: Iterable[str], argument: str = "concept") -> np.ndarray:
        """Positions of several concepts by id or name; every unknown one in one `InputError`."""
        lookup = name_index(self.concepts)
        names = [str(name) for name in names]
        refuse(unknown_name(name, lookup, argument) for name in names if name not in lookup)
        return np.array([lookup[name] for name in names], dtype=np.intp)

    def matrix(self) -> pd.DataFrame:
        """Weights as a labelled adjacency matrix; rows are sources, columns targets."""
        return pd.DataFrame(self.weights, index=self.ids, columns=self.ids)


def name_index(concepts: Sequence[Concept]) -> dict[str, int]:
    """Position of each concept under its id and under each of its names."""
    lookup = {name: i for i, c in enumerate(concepts) for name in c.names.values()}
    return lookup | {c.id: i for i, c in enumerate(concepts)}


def unknown_name(name: str, known: Iterable[str], argument: str, kind: str = "concept") -> Fault:
    """The fault of a name that no concept has, with the nearest spelling that one has."""
    nearest = process.extractOne(str(name), sorted(known), processor=str.casefold, score_cutoff=50)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"no {kind} has a similar name"
    return Fault(f"there is no such {kind}: {hint}", column=argument, value=str(name))


def capped(faults: Iterable[Fault], count: int | None = None) -> list[Fault]:
    """The first of many faults and how many there are besides.

    ``count`` is their number when they come one at a time.
    """
    if count is None:
        faults = list(faults)
        count = len(faults)
    shown = list(islice(faults, MOST_FAULTS_SHOWN))
    rest = count - len(shown)
    return shown + ([Fault(f"and {rest} more of the same kind")] if rest else [])


def _concept_faults(concepts: tuple[Concept, ...]) -> list[Fault]:
    if not concepts:
        return [Fault("a map needs at least one concept", column="concepts")]
    faults = []
    owner: dict[str, int] = {}
    for i, concept in enumerate(concepts):
        for name in {concept.id, *concept.names.values()}:
            if not name.strip():
                faults.append(Fault(f"concept {i + 1} has an empty name", column="concepts"))
            elif owner.setdefault(name, i) != i:
                faults.append(Fault("two concepts share this name", column="concepts", value=name))
        if concept.role not in ROLES:
            faults.append(
                Fault(f"the role must be one of {', '.join(ROLES)}", "concepts", None, concept.id, concept.role)
            )
    return faults


def _square(values: ArrayLike, n: int, argument: str) -> tuple[np.ndarray, list[Fault]]:
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.empty((0, 0)), [Fault("must be a table of numbers", column=argument)]
    if array.shape != (n, n):
        shape = " × ".join(map(str, array.shape)) or "a single number"
        return array, [Fault(f"must be {n} × {n}, one row and column a concept; it is {shape}", column=argument)]
    return array, []


def _weight_faults(concepts: tuple[Concept, ...], weights: np.ndarray) -> list[Fault]:
    wrong = np.argwhere(~(np.abs(weights) <= 1))
    return capped(
        (
            Fault(
                "a weight must be a number from -1 to 1",
                column=f"weights, {concepts[i].id} -> {concepts[j].id}",
                value=f"{weights[i, j]:g}",
            )
            for i, j in wrong
        ),
        len(wrong),
    )
