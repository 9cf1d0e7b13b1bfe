"""Who is named in which cluster."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from unicluster.cluster.identity import identify
from unicluster.faults import refuse

ALL = "all"
"""Stands for all oblasts together where an oblast is named."""

BEST_KNOWN_FIRST = ("stated", "implied", "bounded", "recomputed", "assumed", "synthetic")


def memberships(members: pd.DataFrame) -> pd.DataFrame:
    """One row for each organisation in each oblast's cluster, its mentions joined.

    Parameters
    ----------
    members : DataFrame
        Mentions as in the table ``members``.

    Returns
    -------
    DataFrame
        Columns ``organisation``, ``oblast``, ``universities``, ``name_en``, ``kind`` and ``kind_tag`` (of
        the mention whose kind is best known), ``outside`` (whether any mention says so), ``located``,
        ``mentions`` (how many) and ``lines`` (of the article), sorted by oblast and order of the text.

    Raises
    ------
    InputError
        When there is no row; further see `unicluster.cluster.identify`.
    """
    if members.empty:
        refuse(["no member is named: add rows to members.csv, or remove the file"])
    rows = members.assign(organisation=identify(members)).sort_values(["oblast", "order"], kind="stable")
    best_known = rows["kind_tag"].map(BEST_KNOWN_FIRST.index)
    grouped = rows.groupby(["oblast", "organisation"], sort=False)
    joined = grouped.agg(
        universities=("universities", _join),
        name_en=("name_en", "first"),
        outside=("outside", "any"),
        located=("located", "first"),
        mentions=("member", "size"),
        lines=("line", _join),
    )
    kinds = rows.loc[best_known.sort_values(kind="stable").index].drop_duplicates(["oblast", "organisation"])
    joined = joined.join(kinds.set_index(["oblast", "organisation"])[["kind", "kind_tag"]]).reset_index()
    own_name = joined["organisation"].map(rows.set_index("member")["name_en"])
    return joined.assign(name_en=own_name.fillna(joined["name_en"]))


def join_lists(members: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """A region's mentions together with those of other oblasts, to see what they share.

    Parameters
    ----------
    members, others : DataFrame
        Mentions as in the table ``members``; of ``others``, the oblasts that ``members`` has are left out.
    """
    elsewhere = others[~others["oblast"].isin(members["oblast"].unique())]
    return pd.concat([members, elsewhere], ignore_index=True)


def by_oblast(memberships: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each oblast and, where there are several, all rows under the name ``all``."""
    yield from memberships.groupby("oblast")
    if memberships["oblast"].nunique() > 1:
        yield ALL, memberships


def count_members(memberships: pd.DataFrame, everywhere: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many mentions, how many different organisations.

    Parameters
    ----------
    memberships : DataFrame
        From `memberships`.
    everywhere : DataFrame, optional
        Memberships of more oblasts, to look for shared organisations in.

    Returns
    -------
    DataFrame
        One row an oblast and, where there are several, a last row ``all``: ``mentions``, ``organisations``
        (different ones), ``repeated`` (mentions of an organisation that the same list has named before),
        ``shared`` (organisations that another oblast's list names too) and ``outside`` (organisations that
        work in another oblast). An organisation in two lists counts once in ``all``.
    """
    lists = memberships if everywhere is None else everywhere
    shared = lists.loc[lists["organisation"].duplicated(), "organisation"]
    rows = [
        {
            "oblast": oblast,
            "mentions": part["mentions"].sum(),
            "organisations": part["organisation"].nunique(),
            "repeated": part["mentions"].sub(1).sum(),
            "shared": part.loc[part["organisation"].isin(shared), "organisation"].nunique(),
            "outside": part.loc[part["outside"], "organisation"].nunique(),
        }
        for oblast, part in by_oblast(memberships)
    ]
    return pd.DataFrame(rows)


def compare_counts(memberships: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """What the text counts beside what it names.

    Parameters
    ----------
    memberships : DataFrame
        From `memberships`.
    stated : DataFrame
        As the table ``partner_counts``.

    Returns
    -------
    DataFrame
        One row an oblast with members: ``stated`` (missing where the text counts nothing), ``mentions``,
        ``organisations`` and ``unnamed`` (stated less mentions: partners that are counted and not named).
    """
    table = count_members(memberships)[["oblast", "mentions", "organisations"]]
    table = table[table["oblast"].ne(ALL)]
    counted = table["oblast"].map(stated.groupby("oblast")["count"].sum()).astype("Int64")
    return table.assign(stated=counted, unnamed=counted - table["mentions"])


def unnamed_partners(memberships: pd.DataFrame, stated: pd.DataFrame, university: str) -> int | None:
    """How many partners of a university the text counts and does not name; None where it counts none.

    Parameters
    ----------
    memberships : DataFrame
        From `memberships`.
    stated : DataFrame
        As the table ``partner_counts``.
    university : str
    """

    def concerns(table: pd.DataFrame) -> pd.Series:
        return table["universities"].str.split(";").map(lambda listed: university in listed).astype(bool)

    counted = stated.loc[concerns(stated), "count"]
    if counted.empty:
        return None
    return int(counted.sum() - memberships.loc[concerns(memberships), "mentions"].sum())


def only_by_new_border(memberships: pd.DataFrame, outlines: pd.Series) -> pd.Series:
    """Which members are outside their oblast only because a part of it became an oblast of its own.

    Parameters
    ----------
    memberships : DataFrame
        From `memberships`.
    outlines : Series of str
        Old outline that each oblast of today lies in, by oblast.

    Returns
    -------
    Series of bool
        Aligned with ``memberships``.
    """
    same_outline = memberships["oblast"].map(outlines) == memberships["located"].map(outlines)
    return (memberships["outside"] & same_outline.fillna(False)).astype(bool)


def _join(cells: pd.Series) -> str:
    """Different entries of cells that may hold several, in order, separated by semicolons."""
    return ";".join(dict.fromkeys(entry for cell in cells.dropna() for entry in str(cell).split(";")))
