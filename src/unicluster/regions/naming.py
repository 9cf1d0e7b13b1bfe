"""Names that the tables of a region give in several languages."""

from __future__ import annotations

from unicluster import tables
from unicluster.regions.region import Region


def names_in(region: Region, language: str) -> dict[str, str]:
    """What English names are called in another language: those of the compendium and those of the region's tables.

    Parameters
    ----------
    region : Region
    language : str
        "ru" or "kk"; names without a translation are left out.

    Raises
    ------
    InputError
        When a table of the region is faulty.
    """
    found: dict[str, str] = {}
    for name in tables.region_tables().values():
        frame = region.table(name)
        for english in () if frame is None else [c for c in frame.columns if c.endswith(tables.ENGLISH)]:
            other = f"{english.removesuffix(tables.ENGLISH)}_{language}"
            if other in frame.columns:
                found.update(frame[[english, other]].dropna().itertuples(index=False, name=None))
    for kind in ("oblasts", "universities"):
        english, other = region.names_of(kind), region.names_of(kind, language)
        found |= {english[one]: other[one] for one in english}
    return {**tables.names_in(language), **found}
