"""Names that the tables give in several languages."""

from __future__ import annotations

import pandas as pd

from unicluster.tables.checking import load
from unicluster.tables.dictionary import dictionary

ENGLISH = "_en"


def names_in(language: str) -> dict[str, str]:
    """Every name in English that a table translates, with its name in another language.

    A name stands in a column ``<word>_en`` with ``<word>_<language>`` beside it. Where two tables translate one name
    differently, the first in the dictionary has it.

    Parameters
    ----------
    language : str
        "ru" or "kk".
    """
    found: dict[str, str] = {}
    for table in dictionary().values():
        if table.is_template:
            continue
        stems = [column.removesuffix(ENGLISH) for column in table.columns if column.endswith(ENGLISH)]
        pairs = [(stem + ENGLISH, f"{stem}_{language}") for stem in stems if f"{stem}_{language}" in table.columns]
        frame = load(table.name) if pairs else pd.DataFrame()
        for english, other in pairs:
            known = frame[[english, other]].dropna()
            for name, told in known.itertuples(index=False, name=None):
                found.setdefault(name, told)
    return found
