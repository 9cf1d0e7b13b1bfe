"""The article's lists of partners, counted by hand in its lines 367 to 388."""

import pandas as pd
import pytest

from unicluster import cluster, tables

COLUMNS = [
    "member", "oblast", "universities", "order", "name_en", "name_ru", "kind", "kind_tag", "same_as", "located",
    "outside", "line", "note",
]  # fmt: skip


def mention(member: str, **values: object) -> dict[str, object]:
    """A row of the table of members with plain values where none are given."""
    oblast, order = member.rsplit("-", 1)
    plain = {
        "member": member,
        "oblast": oblast,
        "universities": f"university-of-{oblast}",
        "order": int(order),
        "name_en": f"Company {member}",
        "name_ru": f"Компания {member}",
        "kind": "mining",
        "kind_tag": "stated",
        "same_as": None,
        "located": None,
        "outside": False,
        "line": 100 + int(order),
        "note": None,
    }
    return plain | values


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS)


@pytest.fixture(scope="session")
def members() -> pd.DataFrame:
    return tables.load("members")


@pytest.fixture(scope="session")
def memberships(members) -> pd.DataFrame:
    return cluster.memberships(members)
