"""Which mentions are one organisation."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pandas as pd
from rapidfuzz import fuzz, utils

from unicluster.faults import refuse


def identify(members: pd.DataFrame) -> pd.Series:
    """The organisation behind each mention.

    Parameters
    ----------
    members : DataFrame
        Mentions as in the table ``members``; ``same_as`` names another mention of the same organisation.

    Returns
    -------
    Series of str
        Aligned with ``members``: the mention that a chain of ``same_as`` ends at. It need not be among the
        rows, where the rows are those of one oblast and the first mention is another's.

    Raises
    ------
    InputError
        When a mention stands twice, or mentions point at each other in a circle.
    """
    repeated = sorted(members.loc[members["member"].duplicated(), "member"].unique())
    first = members.dropna(subset="same_as").set_index("member")["same_as"].to_dict()
    circles = sorted(sorted(circle) for circle in nx.simple_cycles(nx.DiGraph(first.items())))
    refuse(
        [f"member {member} stands more than once; keep one row a mention" for member in repeated]
        + [f"same_as leads in a circle: {', '.join(c)}; leave it empty at the first mention" for c in circles]
    )
    found = members["member"].astype(object)
    while found.isin(first.keys()).any():
        found = found.map(lambda member: first.get(member, member))
    return found.rename("organisation")


def repeated_mentions(members: pd.DataFrame) -> pd.DataFrame:
    """Mentions read as an organisation that was mentioned before, each beside the first.

    Parameters
    ----------
    members : DataFrame
        Mentions as in the table ``members``.

    Returns
    -------
    DataFrame
        One row a repeated mention: ``oblast``, ``name_ru`` and ``line`` of it, ``first_oblast``,
        ``first_name_ru`` and ``first_line`` of the first mention (missing where that is not among the
        rows), and ``note``.
    """
    rows = members.assign(organisation=identify(members))
    first = rows.set_index("member")[["oblast", "name_ru", "line"]].add_prefix("first_")
    repeated = rows[rows["member"].ne(rows["organisation"])].join(first, on="organisation")
    columns = ["oblast", "name_ru", "line", *first.columns, "note"]
    return repeated[columns].reset_index(drop=True)


def look_alikes(members: pd.DataFrame, least: float = 90.0) -> pd.DataFrame:
    """Pairs of mentions that are kept apart though their names look alike: to be checked by a reader.

    Parameters
    ----------
    members : DataFrame
        Mentions as in the table ``members``.
    least : float
        Least likeness to report, from 0 to 100.

    Returns
    -------
    DataFrame
        ``first`` and ``second`` (members), ``first_name`` and ``second_name`` (in English) and
        ``likeness``: the share of words that the shorter name has in common with the longer, spelling
        differences allowed (`rapidfuzz.fuzz.token_set_ratio`); most alike first.
    """
    rows = members.assign(organisation=identify(members))
    found = []
    for one, other in combinations(rows.itertuples(), 2):
        likeness = fuzz.token_set_ratio(one.name_en, other.name_en, processor=utils.default_process)
        if likeness >= least and one.organisation != other.organisation:
            found.append((one.member, other.member, one.name_en, other.name_en, likeness))
    columns = ["first", "second", "first_name", "second_name", "likeness"]
    return pd.DataFrame(found, columns=columns).sort_values("likeness", ascending=False, ignore_index=True)
