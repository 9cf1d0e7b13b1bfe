"""What the map rests on, what feeds back in it, and what it leaves out."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading
from unicluster.escape import markdown


def links(table: pd.DataFrame, ratings: pd.DataFrame) -> Reading:
    """What the map's links rest on.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.scenarios.link_table`.
    ratings : DataFrame
        From `unicluster.scenarios.region_ratings`.
    """
    tags = table["tag"].value_counts()
    contested = table[table["low"].lt(0) & table["high"].gt(0) & table["raters"].gt(1)]
    parts = [
        f"{len(table)} links rest on {len(ratings)} ratings. {int(tags.get('source', 0))} links have a cited source "
        f"behind them, {int(tags.get('survey', 0))} an answer of the survey, {int(tags.get('article', 0))} only the "
        f"article's own words, and **{int(tags.get('assumed', 0))}** nothing: they are assumed and drawn with dots."
    ]
    if len(contested):
        listed = "; ".join(
            f"{markdown(r['from_name'])} → {markdown(r['to_name'])} ({markdown(r['terms'])})"
            for r in contested.to_dict("records")
        )
        parts.append(f"Raters disagree so much that even the sign is open: {listed}.")
    return Reading(*parts)


def loops(table: pd.DataFrame, degrees: pd.DataFrame, concepts: pd.DataFrame) -> Reading:
    """What feeds back on itself, and whether anything brakes.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.fcm.loops`.
    degrees : DataFrame
        From `unicluster.fcm.degrees`, index reset.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    centre = ", ".join(markdown(names[c]) for c in degrees.nlargest(3, "centrality")["concept"])
    balancing = int(table["polarity"].eq("balancing").sum())
    brake = f"{balancing} of them balance."
    if not balancing:
        brake = (
            "**All of them reinforce; none balances.** What brakes a region that grows, such as wages that rise, "
            "staff that is lured away, or ore that runs out, is not in the literature that the article reviews, and "
            "so not in the map."
        )
    return Reading(f"Most central are {centre}. The map has {len(table)} feedback loops. {brake}")


def neighbours(table: pd.DataFrame) -> Reading:
    """What neighbouring studies have that this map lacks.

    Parameters
    ----------
    table : DataFrame
        Table ``fcm_neighbours``.
    """
    lacking = table[table["counterpart"].isna()]
    listed = ", ".join(markdown(concept.lower()) for concept in lacking["concept_en"])
    return Reading(
        f"Of {len(table)} concepts in {table['study'].nunique()} neighbouring maps, {len(lacking)} have no "
        f"counterpart here: {listed}."
    )
