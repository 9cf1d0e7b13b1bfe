"""The cognitive map of a region: the base map, what the region changes, and the evidence behind every link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from unicluster import fcm
from unicluster.faults import Fault, refuse

PAPER_LINES = 524
"""Lines of the article's plain-text copy."""

NO_INFLUENCE = "none"
"""Term for evidence that doubts an influence; it goes with sign 0."""

STRONGEST_TAG = ("source", "survey", "article", "assumed")
"""What a link as a whole is called when its ratings rest on several kinds of evidence: the first of these."""


def signed_scale(scale: pd.DataFrame) -> dict[str, tuple[float, float, float]]:
    """The linguistic scale with a sign before each term, as feet and peak of triangles.

    Parameters
    ----------
    scale : DataFrame
        Table ``fcm_scale``: ``term``, ``low``, ``peak``, ``high`` on [0, 1].

    Returns
    -------
    dict of str to (float, float, float)
        ``+term`` as given and ``-term`` mirrored at 0; for `NO_INFLUENCE` only ``0none``, reaching equally far to
        both sides of 0. From strongly lowering to strongly raising.
    """
    raising, lowering, none = {}, {}, {}
    for term, low, peak, high in scale[["term", "low", "peak", "high"]].itertuples(index=False, name=None):
        if term == NO_INFLUENCE:
            none[f"0{term}"] = (-float(high), 0.0, float(high))
        else:
            raising[f"+{term}"] = (float(low), float(peak), float(high))
            lowering[f"-{term}"] = (-float(high), -float(peak), -float(low))
    signed = lowering | none | raising
    return dict(sorted(signed.items(), key=lambda item: sum(item[1])))


def region_ratings(links: pd.DataFrame, changes: pd.DataFrame | None = None, assumed: bool = True) -> pd.DataFrame:
    """The ratings that a region's map rests on.

    Parameters
    ----------
    links : DataFrame
        Table ``fcm_links``: one row an influence and rater.
    changes : DataFrame, optional
        Table ``region_fcm_links``. A row replaces everything that the base map says of that pair of concepts; with
        sign 0 the link goes.
    assumed : bool
        Whether ratings without evidence are kept.

    Returns
    -------
    DataFrame
        ``from``, ``to``, ``rater``, ``sign``, ``strength``, ``lines``, ``statements``, ``tag``, ``note``, sorted by
        pair and rater.
    """
    kept = links.drop(columns="words", errors="ignore")
    if changes is not None and len(changes):
        pairs = pd.MultiIndex.from_frame(changes[["from", "to"]])
        kept = kept[~pd.MultiIndex.from_frame(kept[["from", "to"]]).isin(pairs)]
        own = changes[changes["sign"].ne("0")].rename(columns={"evidence": "statements"}).assign(rater="region")
        kept = pd.concat([kept, own.reindex(columns=kept.columns)])
    if not assumed:
        kept = kept[kept["tag"].ne("assumed")]
    return kept.sort_values(["from", "to", "rater"], ignore_index=True)


@dataclass(frozen=True, eq=False)
class RatedLink:
    """What the raters of one influence say together.

    Attributes
    ----------
    elicited : ElicitedWeight
        Weight, joined membership, disagreement and number of raters.
    low, high : float
        The points that leave 5 % and 95 % of the joined membership to their left.
    """

    elicited: fcm.ElicitedWeight
    low: float
    high: float


def elicit(ratings: pd.DataFrame, scale: pd.DataFrame) -> dict[tuple[str, str], RatedLink]:
    """Weight of every link from what its raters say, several raters as several experts of equal credibility.

    Parameters
    ----------
    ratings : DataFrame
        From `region_ratings`.
    scale : DataFrame
        Table ``fcm_scale``.

    Returns
    -------
    dict of (from, to) to RatedLink
        Sorted by pair.

    Raises
    ------
    InputError
        Naming every term that is not on the scale.
    """
    signed = signed_scale(scale)
    terms = (ratings["sign"] + ratings["strength"]).astype(object)
    refuse(
        Fault("is not a term of the scale", "fcm_links", None, "strength", term)
        for term in sorted(set(terms) - set(signed))
    )

    grouped = terms.groupby([ratings["from"], ratings["to"]], sort=True)
    return {pair: _rated(tuple(sorted(group)), tuple(signed.items())) for pair, group in grouped}


# Many links have the same terms, in one map and in its variants, and to join and integrate them takes time.
@cache
def _rated(terms: tuple[str, ...], signed: tuple[tuple[str, tuple[float, float, float]], ...]) -> RatedLink:
    elicited = fcm.elicit_weight(terms, dict(signed))
    low, high = elicited.membership.quantile([0.05, 0.95])
    return RatedLink(elicited, float(low), float(high))


def build_map(concepts: pd.DataFrame, ratings: pd.DataFrame, scale: pd.DataFrame) -> fcm.CognitiveMap:
    """The map that the ratings amount to.

    Parameters
    ----------
    concepts : DataFrame
        Table ``fcm_concepts``; its order is the order of the map.
    ratings : DataFrame
        From `region_ratings`.
    scale : DataFrame
        Table ``fcm_scale``.

    Returns
    -------
    CognitiveMap
        Weights are centroids of the joined memberships; the spread of a link is half the distance between the points
        that leave 5 % and 95 % of its joined membership to their left, so that raters who disagree widen it.
        Concepts without a link stay, isolated.

    Raises
    ------
    InputError
        Naming ratings of unknown concepts or terms.
    """
    known = set(concepts["concept"])
    refuse(
        Fault(
            "is not a concept of the map; add it to the concepts or correct it", "fcm_links", None, column, str(value)
        )
        for column in ("from", "to")
        for value in sorted(set(ratings[column]) - known)
    )
    nodes = [fcm.Concept(c["concept"], _names(c), c["group"], c["role"]) for c in concepts.to_dict("records")]
    place = {node.id: i for i, node in enumerate(nodes)}
    weights, spread = np.zeros((2, len(nodes), len(nodes)))
    for (source, target), link in elicit(ratings, scale).items():
        weights[place[source], place[target]] = link.elicited.weight
        spread[place[source], place[target]] = (link.high - link.low) / 2
    terms, evidence = {}, {}
    for pair, group in ratings.groupby(["from", "to"], sort=True):
        terms[pair] = _terms(group)
        evidence[pair] = "; ".join(_evidence(row) for row in group.to_dict("records"))
    return fcm.CognitiveMap(nodes, weights, spread, terms, evidence)


def link_table(ratings: pd.DataFrame, scale: pd.DataFrame, concepts: pd.DataFrame) -> pd.DataFrame:
    """Every link of the map with its weight, disagreement and evidence.

    Returns
    -------
    DataFrame
        One row a link, in the order of the concepts: ``from``, ``to``, ``from_name``, ``to_name``, ``from_group``,
        ``to_group``, ``weight``, ``low`` and ``high`` (5 % and 95 % points of the joined membership), ``raters``,
        ``disagreement`` (0 to 1), ``terms``, ``lines``, ``statements``, ``tag`` (of the strongest evidence, by
        `STRONGEST_TAG`).
    """
    elicited = elicit(ratings, scale)
    about = concepts.set_index("concept")
    order = {concept: i for i, concept in enumerate(concepts["concept"])}
    rows = []
    for (source, target), group in ratings.groupby(["from", "to"], sort=False):
        link = elicited[source, target]
        rows.append(
            {
                "from": source,
                "to": target,
                "from_name": about.at[source, "name_en"],
                "to_name": about.at[target, "name_en"],
                "from_group": about.at[source, "group"],
                "to_group": about.at[target, "group"],
                "weight": link.elicited.weight,
                "low": link.low,
                "high": link.high,
                "raters": link.elicited.raters,
                "disagreement": link.elicited.dissent,
                "terms": _terms(group),
                "lines": _joined(group["lines"]),
                "statements": _joined(group["statements"]),
                "tag": next(tag for tag in STRONGEST_TAG if tag in set(group["tag"])),
            }
        )
    rows.sort(key=lambda row: (order[row["from"]], order[row["to"]]))
    return pd.DataFrame(rows)


def check_evidence(
    links: pd.DataFrame, statements: pd.DataFrame, external: pd.DataFrame, sources: pd.DataFrame
) -> list[Fault]:
    """Every rating of the base map that does not resolve to existing evidence.

    Parameters
    ----------
    links, statements, external, sources : DataFrame
        Tables ``fcm_links``, ``statements``, ``external``, ``sources``.

    Returns
    -------
    list of Fault
        Unknown statements, lines that the article does not have, ratings without evidence that are not called
        assumed, assumed ones that claim evidence, raters that are not the source of the statement that they cite.
    """
    source_of = {**statements.set_index("statement")["source"], **external.set_index("item")["source"]}
    own_voice = {"article": "article", "survey": "survey", "compendium": "assumed"}
    known = set(sources["source"]) | set(external["source"])
    faults = []
    for link in links.fillna("").to_dict("records"):
        cited = [s for s in link["statements"].split(";") if s]
        lines = [int(line) for line in link["lines"].split(";") if line]
        wrong = [f"there is no statement {s}" for s in cited if s not in source_of]
        wrong += [f"{s} is by {source_of[s]}" for s in cited if s in source_of and source_of[s] != link["rater"]]
        wrong += [f"the article has no line {line}" for line in lines if not 1 <= line <= PAPER_LINES]
        if link["rater"] not in known | set(own_voice):
            wrong.append("the rater is no source")
        if link["tag"] != own_voice.get(link["rater"], "source"):
            wrong.append(f"the tag {link['tag']} does not fit the rater")
        if (link["tag"] == "assumed") == bool(cited or lines):
            wrong.append("a rating has evidence or is called assumed, and not both")
        if (link["sign"] == "0") != (link["strength"] == NO_INFLUENCE):
            wrong.append("sign 0 and strength none go together")
        pair = f"{link['from']} -> {link['to']}, {link['rater']}"
        faults += [Fault(f"{message}; correct the row", "fcm/links.csv", None, None, pair) for message in wrong]
    return faults


def _names(concept: Mapping[str, object]) -> dict[str, str]:
    found = {language: concept.get(f"name_{language}") for language in ("en", "ru", "kk")}
    return {language: str(name) for language, name in found.items() if not pd.isna(name)}


def _terms(ratings: pd.DataFrame) -> str:
    return ", ".join((ratings["sign"] + ratings["strength"]).str.removeprefix("0"))


def _evidence(row: Mapping[str, object]) -> str:
    parts = [] if pd.isna(row["lines"]) else [f"line {row['lines']}"]
    parts += [] if pd.isna(row["statements"]) else [str(row["statements"])]
    return ", ".join(parts) or "assumed"


def _joined(values: pd.Series) -> str:
    return ";".join(dict.fromkeys(part for value in values.dropna() for part in str(value).split(";")))
