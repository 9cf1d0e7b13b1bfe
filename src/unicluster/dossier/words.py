"""Names of what results call by identifiers, and words of data in the dossier's language."""

from __future__ import annotations

from unicluster import cluster, regions, tables
from unicluster.language import code, mark
from unicluster.regions import Region
from unicluster.scenarios import names_in as scenario_names_in
from unicluster.scenarios import read_scenarios

TAGS = ("stated", "implied", "bounded", "recomputed", "assumed", "synthetic")
ALL = mark("All together")
INDICATORS = {"output": mark("Output"), "employment": mark("Employment"), "exports": mark("Exports")}

RESULTS = (
    *(mark("members"), mark("types of actors"), mark("posts of management")),
    *(mark("enough named"), mark("too few named"), mark("not known")),
    *(mark("gross"), mark("deadweight"), mark("leakage"), mark("displacement"), mark("substitution")),
    *(mark("spectral norm"), mark("weighted maximum norm")),
    *(mark("spectral norm in the box"), mark("weighted maximum norm in the box")),
    *(mark("multiplier"), mark("net"), mark("barrier-removed"), mark("barrier-worsened")),
    *(mark("fictitious"), mark("price basis"), mark("invented for teaching")),
    *(mark("current"), mark("base-year"), mark("unknown")),
)
"""Words that results hold and a dossier shows, for the catalogue."""


def names_of(region: Region) -> dict[str, dict[str, str]]:
    """Names in English by identifier, for each kind that ``data/dossier/columns.csv`` knows."""
    concepts = tables.load("fcm_concepts")
    clusters = region.table("clusters")
    named = {} if clusters is None else clusters.set_index("cluster")["name_en"].to_dict()
    courses = read_scenarios(concepts["concept"], region.folder)
    return {
        "oblasts": {**region.names_of("oblasts"), "all": ALL},
        "universities": region.names_of("universities"),
        "clusters": {**named, "total": ALL},
        "concepts": concepts.set_index("concept")["name_en"].to_dict(),
        "scenarios": {course.id: course.name() for course in courses},
        "parties": {**cluster.PARTIES, "university-and-enterprises": mark("University and enterprises")},
        "roles": dict(cluster.ROLES),
        "indicators": INDICATORS,
    }


def names_in(region: Region, language: str) -> dict[str, str]:
    """What English names are called in another language: those of the region, and of its scenarios."""
    if language == "en":
        return {}
    concepts = tables.load("fcm_concepts")
    courses = read_scenarios(concepts["concept"], region.folder)
    return {**regions.names_in(region, language), **scenario_names_in(concepts, courses, language)}


def told(row: object, what: str) -> str:
    """A text of the definition in the language in use; empty where there is none."""
    return getattr(row, f"{what}_{code()}") or ""
