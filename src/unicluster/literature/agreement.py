"""What the sources say together: counts by direction, agreement, contradiction."""

from __future__ import annotations

import pandas as pd

from unicluster.literature.evidence import DIRECTIONS, SIGNED

SYNONYMS = {"technology-transfer": "knowledge-transfer", "knowledge-spillover": "knowledge-transfer"}
"""Factors that the sources name differently and that one concept of the cognitive map stands for."""


def factor_outcome(table: pd.DataFrame) -> pd.DataFrame:
    """Count the sources on each factor and outcome by direction.

    A source counts once in each direction that it takes on a pair, however many sentences it has.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.literature.evidence`.

    Returns
    -------
    DataFrame
        One row a pair that some source connects, sorted by factor and outcome: ``factor``, ``factor_name``, ``kind``,
        ``outcome``, ``outcome_name``, ``positive``, ``negative``, ``mixed``, ``moderates``, ``names`` (sources),
        ``sources`` (distinct), ``second_hand`` (known only through another source), ``direct`` (the others),
        ``agreement``, ``contradiction``, ``source_keys`` (separated by semicolons), ``lines``.

        ``agreement`` is the share of the commonest direction among the sources that take one (positive, negative or
        mixed), missing where none does; ``contradiction`` is true where they take more than one.
    """
    return _counted(table[table["outcome"].notna()], ["factor", "factor_name", "kind", "outcome", "outcome_name"])


def by_outcome(table: pd.DataFrame) -> pd.DataFrame:
    """The same counts for each outcome over all factors.

    Barriers are expected to act negatively and drivers positively, so that both directions on one outcome are no
    contradiction by themselves; ``contradiction`` is therefore left out.
    """
    counted = _counted(table[table["outcome"].notna()], ["outcome", "outcome_name"])
    return counted.drop(columns=["contradiction", "agreement"])


def by_factor(table: pd.DataFrame) -> pd.DataFrame:
    """What each factor does and to what, over all outcomes, most sources first.

    Returns
    -------
    DataFrame
        As `factor_outcome` without outcome, with ``raises``, ``lowers`` and ``unclear``: names of the outcomes that
        it is said to raise, to lower, and to affect in a mixed way or only to moderate.
    """
    rows = table[table["outcome"].notna()]
    counted = _counted(rows, ["factor", "factor_name", "kind"])
    for column, directions in (("raises", ["positive"]), ("lowers", ["negative"]), ("unclear", ["mixed", "moderates"])):
        named = rows[rows["direction"].isin(directions)].groupby("factor")["outcome_name"].agg(_listed)
        counted[column] = counted["factor"].map(named).astype("string").fillna("")
    return counted.sort_values(["sources", "factor"], ascending=[False, True], ignore_index=True)


def contradictions(table: pd.DataFrame, synonyms: dict[str, str] | None = None) -> pd.DataFrame:
    """Statements on pairs on which sources take more than one direction.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.literature.evidence`.
    synonyms : dict of factor to str, optional
        Factors to be taken as one under a common name, `SYNONYMS` for example.

    Returns
    -------
    DataFrame
        The statements themselves with ``common_factor`` in front, sorted by it, outcome, direction and source; empty
        where all agree.
    """
    rows = table[table["direction"].isin(SIGNED)].copy()
    rows.insert(0, "common_factor", rows["factor"].replace(synonyms or {}))
    directions = rows.groupby(["common_factor", "outcome"])["direction"].transform("nunique")
    return rows[directions > 1].sort_values(["common_factor", "outcome", "direction", "source"], ignore_index=True)


def claim_support(links: pd.DataFrame) -> pd.DataFrame:
    """Which sources support, contradict or doubt each influence that the article claims in its own voice.

    Parameters
    ----------
    links : DataFrame
        Table ``fcm_links``: one row an influence and rater.

    Returns
    -------
    DataFrame
        One row an influence that the article claims: ``from``, ``to``, ``sign``, ``strength``, ``lines``,
        ``supporting``, ``contradicting``, ``doubting`` (source keys, separated by semicolons) and ``support`` (their
        numbers in words: ``supported``, ``contested``, ``contradicted``, ``article alone``).
    """
    claimed = links[links["tag"].eq("article")]
    rows = []
    for claim in claimed.to_dict("records"):
        same = links[links["from"].eq(claim["from"]) & links["to"].eq(claim["to"]) & links["tag"].eq("source")]
        supporting = same.loc[same["sign"].eq(claim["sign"]), "rater"]
        doubting = same.loc[same["sign"].eq("0"), "rater"]
        contradicting = same.loc[~same["sign"].isin(["0", claim["sign"]]), "rater"]
        against = len(doubting) + len(contradicting)
        support = (
            "article alone"
            if same.empty
            else "supported"
            if not against
            else "contested"
            if len(supporting)
            else "contradicted"
        )
        rows.append(
            {
                **{key: claim[key] for key in ("from", "to", "sign", "strength", "lines")},
                "supporting": _listed(supporting),
                "contradicting": _listed(contradicting),
                "doubting": _listed(doubting),
                "support": support,
            }
        )
    columns = ["from", "to", "sign", "strength", "lines", "supporting", "contradicting", "doubting", "support"]
    return pd.DataFrame(rows, columns=columns)


def unlinked(table: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Statements with a direction that no link of the cognitive map rests on.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.literature.evidence`.
    links : DataFrame
        Table ``fcm_links``.

    Returns
    -------
    DataFrame
        Rows of ``table``.
    """
    cited = {statement for listed in links["statements"].dropna() for statement in listed.split(";")}
    return table[table["direction"].isin(SIGNED) & ~table["statement"].isin(cited)].reset_index(drop=True)


def _counted(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    columns = [
        *by,
        *DIRECTIONS,
        "sources",
        "second_hand",
        "direct",
        "agreement",
        "contradiction",
        "source_keys",
        "lines",
    ]
    counted = []
    for key, group in rows.groupby(by, sort=True):
        takes = group.groupby("direction")["source"].nunique()
        directions = {direction: int(takes.get(direction, 0)) for direction in DIRECTIONS}
        signed = [directions[direction] for direction in SIGNED]
        sources = set(group["source"])
        direct = set(group.loc[group["reading"].eq("direct"), "source"])
        counted.append(
            {
                **dict(zip(by, key, strict=True)),
                **directions,
                "sources": len(sources),
                "second_hand": len(sources - direct),
                "direct": len(direct),
                "agreement": max(signed) / sum(signed) if sum(signed) else float("nan"),
                "contradiction": sum(count > 0 for count in signed) > 1,
                "source_keys": _listed(group["source"]),
                "lines": ";".join(str(line) for line in sorted(set(group["line"]))),
            }
        )
    return pd.DataFrame(counted, columns=columns)


def _listed(values: pd.Series) -> str:
    return ";".join(sorted(set(map(str, values))))
