"""What to read from the literature chapter's pictures."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def gaps(pairs: pd.DataFrame, sources: pd.DataFrame) -> Reading:
    """How thin the evidence is spread.

    Parameters
    ----------
    pairs : DataFrame
        From `unicluster.literature.factor_outcome`.
    sources : DataFrame
        From `unicluster.literature.source_profiles`.
    """
    single = int(pairs["sources"].eq(1).sum())
    silent = int(sources[["positive", "negative", "mixed"]].sum(axis=1).eq(0).sum())
    most = pairs.groupby("outcome_name")["sources"].sum().sort_values(ascending=False)
    return Reading(
        f"The article connects a factor with an outcome in **{len(pairs)}** pairs. {single} of them rest on a single "
        f"source. No pair rests on more than {show(int(pairs['sources'].max()))}. Most is said of "
        f"{markdown(most.index[0].lower())}. Of {len(sources)} sources, {silent} are cited without any direction: "
        "they name a thing, or stand for its importance."
    )


def agreement(pairs: pd.DataFrame, contradictory: pd.DataFrame) -> Reading:
    """Whether sources contradict each other, by name and by what the names stand for.

    Parameters
    ----------
    pairs : DataFrame
        From `unicluster.literature.factor_outcome`.
    contradictory : DataFrame
        From `unicluster.literature.contradictions` with synonyms joined.
    """
    by_name = int(pairs["contradiction"].sum())
    parts = [
        "Taken by the names that the article uses, "
        + ("no pair has sources that disagree." if not by_name else f"{by_name} pairs have sources that disagree.")
    ]
    for (_, outcome), rows in contradictory.groupby(["common_factor", "outcome_name"], sort=True):
        names = " and ".join(dict.fromkeys(markdown(name.lower()) for name in rows["factor_name"]))
        sides = "; ".join(
            f"{direction}: {', '.join(markdown(s) for s in sorted(set(group['source'])))}"
            for direction, group in rows.groupby("direction", sort=True)
        )
        parts.append(
            f"Taken by what they mean, {names} are one thing, and on {markdown(outcome.lower())} the sources part "
            f"({sides}). The doubters are those on transition economies: what universities know does not always pay "
            "off there."
        )
    return Reading(*parts)


def second_hand(sources: pd.DataFrame) -> Reading:
    """Which sources the article knows only through another."""
    borrowed = sources[sources["second_hand"].gt(0)]
    wholly = borrowed[borrowed["second_hand"].eq(borrowed["statements"])]
    total = int(sources["second_hand"].sum())
    keys = ", ".join(markdown(s) for s in borrowed["source"])
    return Reading(
        f"{total} of {int(sources['statements'].sum())} statements are taken from another source's introduction, not "
        f"from the work that is cited ({keys}). {len(wholly)} sources are known in no other way. In the map they "
        "count like the others; the reader may want to count them less."
    )


def context(table: pd.DataFrame, near: pd.DataFrame, mining: pd.DataFrame) -> Reading:
    """How much of the evidence comes from a context like the region's.

    Parameters
    ----------
    table, near, mining : DataFrame
        All statements, those from transition economies, and those on mining.
    """
    signed = ["positive", "negative", "mixed"]
    count = [int(t["direction"].isin(signed).sum()) for t in (table, near, mining)]
    raising = [int(t["direction"].eq("positive").sum()) for t in (table, near)]
    return Reading(
        f"{count[0]} statements have a direction. {count[1]} of them come from sources on transition or emerging "
        f"economies, {count[2]} from sources on mining. Of all statements {show(100 * raising[0] / count[0], 0)} % "
        "say that something rises; in transition economies "
        f"{show(100 * raising[1] / count[1], 0) if count[1] else '–'} %."
    )


def claims(support: pd.DataFrame) -> Reading:
    """How many of the article's own claims its sources carry."""
    counts = support["support"].value_counts()
    alone = int(counts.get("article alone", 0))
    contested = int(counts.get("contested", 0) + counts.get("contradicted", 0))
    return Reading(
        f"The article claims {len(support)} influences in its own voice. A cited source says the same of "
        f"{int(counts.get('supported', 0))}; {contested} are contested by a source; **{alone}** rest on the article "
        "alone. That is no proof that they are wrong: it says where a reader has to take the authors' word."
    )
