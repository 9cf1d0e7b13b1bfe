"""Which kinds of actors a cluster has, against the law's definition and a European yardstick.

The law (Republic of Kazakhstan, "On industrial policy", 27 December 2021, No. 86-VII, article 1(1)): a
territorial
cluster is a geographically concentrated group of interrelated and complementary organisations of producers,
suppliers, research, higher and postgraduate education, technical and vocational education, and others, with
an industry specialisation.
"""

from __future__ import annotations

import pandas as pd

from unicluster.cluster.membership import BEST_KNOWN_FIRST, by_oblast
from unicluster.language import mark

ROLES = {
    "producer": mark("Producers"),
    "supplier": mark("Suppliers"),
    "research": mark("Research organisations"),
    "higher-education": mark("Higher education"),
    "vocational-education": mark("Vocational education"),
    "other": mark("Others"),
    "unknown": mark("Not known"),
}
"""Roles in the order of the law, with their headings; ``unknown`` is no role of the law."""

NAMED_BY_LAW = ("producer", "supplier", "research", "higher-education", "vocational-education")

ROLE_OF_KIND = {
    "mining": ("producer", "Extracts what the cluster is about."),
    "metallurgy": ("producer", "Processes what the mines extract."),
    "mining-and-metallurgy": ("producer", "Does both."),
    "chemistry": ("producer", "Makes products from minerals; part of it, such as explosives, may be supply."),
    "geology": ("supplier", "Explores and surveys for the mines."),
    "engineering": ("supplier", "Designs mines and plants."),
    "services": ("supplier", "Serves and equips the mines."),
    "energy": ("supplier", "Supplies power and fuel."),
    "environment": ("supplier", "Cleans and restores for the mines."),
    "research": ("research", "Does research."),
    "higher-education": ("higher-education", "Teaches at universities and after them."),
    "vocational-education": ("vocational-education", "Trains workers and technicians."),
    "technopark": ("other", "Infrastructure of innovation; the law does not name it."),
    "investment": ("other", "Finance; the law does not name it."),
    "agriculture": ("other", "Outside the specialisation in mining."),
    "unknown": ("unknown", "Neither the text nor the name tells what it does."),
}
"""Role of each kind of member, and why: our reading, tag ``assumed``."""

ACTOR_TYPES = {
    "producer": "enterprises",
    "supplier": "enterprises",
    "research": "research and education",
    "higher-education": "research and education",
    "vocational-education": "research and education",
}
"""Types of the European yardstick; other and unknown members count as none."""

MINIMUM_MEMBERS = 15
MINIMUM_ACTOR_TYPES = 2
MINIMUM_POSTS = 0.5


def role_of(kind: str) -> str:
    """The role in the law's definition that a kind of member is read as."""
    return ROLE_OF_KIND[kind][0]


def roles() -> pd.DataFrame:
    """How each kind of member is read: ``kind``, ``role`` (heading), ``reason`` and ``tag``."""
    rows = [(kind, ROLES[role], reason, "assumed") for kind, (role, reason) in ROLE_OF_KIND.items()]
    return pd.DataFrame(rows, columns=["kind", "role", "reason", "tag"])


def composition(memberships: pd.DataFrame) -> pd.DataFrame:
    """Members by role in the law's definition, with what the unknown kinds leave open.

    The universities around which members are named count under higher education.

    Parameters
    ----------
    memberships : DataFrame
        From `unicluster.cluster.memberships`.

    Returns
    -------
    DataFrame
        One row a role of each oblast and, where there are several, of ``all``: ``oblast``, ``role``,
        ``named_by_law``, ``by_text`` (members whose kind the article states or the name shows),
        ``by_guess`` (members whose kind is assumed), ``members`` (both) and ``at_most`` (both, and every
        member whose kind is not known).
    """
    parts = [_composition(part).assign(oblast=oblast) for oblast, part in by_oblast(memberships)]
    table = pd.concat(parts, ignore_index=True)
    return table[["oblast", "role", "named_by_law", "by_text", "by_guess", "members", "at_most"]]


def _composition(memberships: pd.DataFrame) -> pd.DataFrame:
    known = memberships["kind_tag"].map(BEST_KNOWN_FIRST.index).sort_values(kind="stable")
    organisations = memberships.loc[known.index].drop_duplicates("organisation")
    role = organisations["kind"].map(role_of)
    guessed = organisations["kind_tag"].eq("assumed") & role.ne("unknown")
    table = pd.DataFrame(
        {
            "role": list(ROLES),
            "named_by_law": [name in NAMED_BY_LAW for name in ROLES],
            "by_text": [int((role.eq(name) & ~guessed).sum()) for name in ROLES],
            "by_guess": [int((role.eq(name) & guessed).sum()) for name in ROLES],
        }
    )
    universities = set(";".join(memberships["universities"]).split(";"))
    table.loc[table["role"].eq("higher-education"), "by_text"] += len(universities)
    table["members"] = table["by_text"] + table["by_guess"]
    unknown = int(role.eq("unknown").sum())
    return table.assign(at_most=table["members"] + unknown * table["role"].ne("unknown"))


def breadth(composition: pd.DataFrame) -> pd.DataFrame:
    """How many of the roles that the law names have a member.

    Parameters
    ----------
    composition : DataFrame
        From `composition`.

    Returns
    -------
    DataFrame
        One row an oblast, and ``all``: ``roles`` (that the law names), ``by_text`` (filled by a member
        whose kind is stated or shown by the name), ``filled`` (guessed kinds included), ``at_most`` (if the
        members of unknown kind filled as many of the others as they can) and ``missing`` (headings of the
        roles not filled).
    """
    rows = []
    for oblast, part in composition.groupby("oblast", sort=False):
        by_role = part.set_index("role")
        needed = by_role[by_role["named_by_law"]]
        filled = int(needed["members"].gt(0).sum())
        rows.append(
            {
                "oblast": oblast,
                "roles": len(needed),
                "by_text": int(needed["by_text"].gt(0).sum()),
                "filled": filled,
                "at_most": min(filled + int(by_role.loc["unknown", "members"]), len(needed)),
                "missing": "; ".join(ROLES[role] for role in needed.index[needed["members"].eq(0)]),
            }
        )
    return pd.DataFrame(rows)


def yardstick(memberships: pd.DataFrame) -> pd.DataFrame:
    """The named members against the European yardstick for cluster organisations.

    The European Cluster Collaboration Platform asks for at least 15 committed members, at least two types
    of actors and at least half a post of management. A name is not a commitment, and the article tells
    nothing of management: the names can fail the yardstick, but they cannot pass it.

    Parameters
    ----------
    memberships : DataFrame
        From `unicluster.cluster.memberships`.

    Returns
    -------
    DataFrame
        One row a criterion of each oblast, and of ``all``: ``oblast``, ``criterion``, ``needed``, ``found``
        (members without the universities; missing where the article is silent), ``lacking`` and ``verdict``
        (``enough named``, ``too few named`` or ``not known``).
    """
    rows = []
    for oblast, part in by_oblast(memberships):
        filled = _composition(part).query("members > 0")["role"]
        rows += [
            (oblast, "members", MINIMUM_MEMBERS, part["organisation"].nunique()),
            (oblast, "types of actors", MINIMUM_ACTOR_TYPES, filled.map(ACTOR_TYPES).nunique()),
            (oblast, "posts of management", MINIMUM_POSTS, None),
        ]
    table = pd.DataFrame(rows, columns=["oblast", "criterion", "needed", "found"]).astype({"found": "Int64"})
    lacking = (table["needed"] - table["found"]).clip(lower=0)
    verdict = lacking.eq(0).map({True: "enough named", False: "too few named"}).fillna("not known")
    return table.assign(lacking=lacking, verdict=verdict.astype(str))
