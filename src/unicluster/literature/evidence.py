"""Which source says what about which factor, as one table to count in."""

from __future__ import annotations

import pandas as pd

from unicluster.faults import Fault, refuse

SIGNED = ("positive", "negative", "mixed")
"""Directions that say how a factor acts; ``moderates`` and ``names`` do not."""

DIRECTIONS = (*SIGNED, "moderates", "names")
EVIDENCE_TYPES = ("review", "econometric", "survey", "case", "modelling", "conceptual", "book", "report")


def evidence(statements: pd.DataFrame, factors: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Join every statement with its source and the names of what it speaks of.

    Parameters
    ----------
    statements, factors, sources : DataFrame
        Tables of that name of the data dictionary.

    Returns
    -------
    DataFrame
        One row a statement, in the order given: ``statement``, ``source``, ``year``, ``factor``, ``factor_name``,
        ``kind`` (of the factor), ``outcome``, ``outcome_name``, ``direction``, ``reading``, ``context``,
        ``evidence_type``, ``transition``, ``mining``, ``text_en``, ``line``, ``tag``. Outcomes are missing where the
        source only names the factor.

    Raises
    ------
    InputError
        Statements whose source, factor or outcome is in none of the tables.
    """
    _refuse_strangers(statements, factors, sources)
    named = factors.set_index("factor")
    about = sources.set_index("source")
    return pd.DataFrame(
        {
            "statement": statements["statement"],
            "source": statements["source"],
            "year": statements["source"].map(about["year"]),
            "factor": statements["factor"],
            "factor_name": statements["factor"].map(named["name_en"]),
            "kind": statements["factor"].map(named["kind"]),
            "outcome": statements["outcome"],
            "outcome_name": statements["outcome"].map(named["name_en"]),
            "direction": statements["direction"],
            "reading": statements["reading"],
            "context": statements["context"],
            "evidence_type": statements["source"].map(about["evidence"]),
            "transition": statements["source"].map(about["transition"]),
            "mining": statements["source"].map(about["mining"]),
            "text_en": statements["text_en"],
            "line": statements["line"],
            "tag": statements["tag"],
        }
    )


def in_context(table: pd.DataFrame, transition: bool = False, mining: bool = False) -> pd.DataFrame:
    """Statements of sources that speak of a like context.

    Parameters
    ----------
    table : DataFrame
        From `evidence`.
    transition : bool
        Keep only sources on transition or emerging economies, those on several kinds among them.
    mining : bool
        Keep only sources on mining.

    Returns
    -------
    DataFrame
        The rows kept; all of them where neither is asked for. A source of unknown context is left out.
    """
    kept = pd.Series(True, index=table.index)
    if transition:
        kept &= table["transition"].isin(["yes", "mixed"])
    if mining:
        kept &= table["mining"].eq("yes")
    return table[kept].reset_index(drop=True)


def moderators(table: pd.DataFrame) -> pd.DataFrame:
    """What is said to change how strongly or in which direction factors act.

    Returns
    -------
    DataFrame
        One row a moderator and what it moderates: ``factor``, ``factor_name``, ``outcome``, ``outcome_name``,
        ``sources``, ``source_keys``, ``text_en``.
    """
    rows = table[table["direction"].eq("moderates")]
    grouped = rows.groupby(["factor", "outcome"], sort=False)
    return grouped.agg(
        factor_name=("factor_name", "first"),
        outcome_name=("outcome_name", "first"),
        sources=("source", "nunique"),
        source_keys=("source", _joined),
        text_en=("text_en", "first"),
    ).reset_index()


def source_profiles(table: pd.DataFrame) -> pd.DataFrame:
    """What each source is, and what the article takes from it.

    Returns
    -------
    DataFrame
        One row a source, in the order given: ``source``, ``year``, ``evidence_type``, ``transition``, ``mining``,
        ``statements``, one column a direction of `DIRECTIONS` with the number of its statements, ``second_hand``
        (statements that the article took over from another source).
    """
    counts = pd.crosstab(table["source"], table["direction"]).reindex(columns=list(DIRECTIONS), fill_value=0)
    profiles = table.groupby("source", sort=False).agg(
        year=("year", "first"),
        evidence_type=("evidence_type", "first"),
        transition=("transition", "first"),
        mining=("mining", "first"),
        statements=("statement", "size"),
        second_hand=("reading", lambda reading: int(reading.eq("second-hand").sum())),
    )
    joined = profiles.join(counts)
    order = [*[c for c in joined.columns if c != "second_hand"], "second_hand"]
    return joined[order].reset_index()


def evidence_types(table: pd.DataFrame) -> pd.DataFrame:
    """How many sources and statements there are of each type of evidence, and in which direction they point.

    Returns
    -------
    DataFrame
        One row a type that occurs, by `EVIDENCE_TYPES`: ``evidence_type``, ``sources``, ``statements``, one column a
        direction.
    """
    counts = pd.crosstab(table["evidence_type"], table["direction"]).reindex(columns=list(DIRECTIONS), fill_value=0)
    grouped = table.groupby("evidence_type")
    told = pd.DataFrame({"sources": grouped["source"].nunique(), "statements": grouped.size()}).join(counts)
    known = [kind for kind in EVIDENCE_TYPES if kind in told.index]
    return told.loc[known].rename_axis("evidence_type").reset_index()


def _joined(values: pd.Series) -> str:
    return ";".join(sorted(set(values)))


def _refuse_strangers(statements: pd.DataFrame, factors: pd.DataFrame, sources: pd.DataFrame) -> None:
    known = {"source": set(sources["source"]), "factor": set(factors["factor"]), "outcome": set(factors["factor"])}
    refuse(
        Fault("is in no table of that kind; add it there or correct it", "statements", None, column, str(value))
        for column, names in known.items()
        for value in sorted(set(statements[column].dropna()) - names)
    )
