"""Which notebooks there are, in which order a reader meets them, and with what each runs."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from unicluster import paths, tables
from unicluster.faults import Fault, refuse
from unicluster.regions import DEFAULT, Region, list_regions, load_region

TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list": (list,),
    "dict": (dict,),
}


@dataclass(frozen=True)
class Chapter:
    """A notebook's place in the compendium.

    Attributes
    ----------
    name : str
        File name of the notebook without ending.
    title : str
        Heading in the table of contents.
    needs : str or None
        Part of a region (`unicluster.regions.PARTS`) without which there is nothing to run.
    only : str or None
        The one region it is about; other regions have no such page.
    topics : tuple of str
        Topics of the article's claims (`data/paper/claims.csv`) that it works with.
    """

    name: str
    title: str
    needs: str | None = None
    only: str | None = None
    topics: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        return paths.NOTEBOOKS / f"{self.name}.ipynb"


CHAPTERS = (
    Chapter("literature_factors", "What the literature says", topics=("literature",)),
    Chapter("survey", "The survey", needs="survey", topics=("survey", "universities")),
    Chapter("survey_responses", "The survey, respondent by respondent", needs="survey_responses"),
    Chapter("cluster_effect", "The economic effect of clusters", needs="clusters", topics=("clusters",)),
    Chapter("specialisation", "What the region is good at", needs="employment"),
    Chapter("indicators", "Jobs, output, exports and support", needs="indicators"),
    Chapter("cluster_model", "The cluster around the university", needs="members", topics=("members",)),
    Chapter("fcm_scenarios", "Scenarios on a cognitive map"),
    Chapter("claims", "Every number of the article", only=DEFAULT),
)


def chapters(region: str) -> list[Chapter]:
    """The chapters that a region has, in the order of reading."""
    return [chapter for chapter in CHAPTERS if chapter.only in (None, region)]


def chapter(name: str) -> Chapter:
    """The chapter of that name."""
    return next(chapter for chapter in CHAPTERS if chapter.name == name)


@dataclass(frozen=True)
class Job:
    """One notebook for one region.

    Attributes
    ----------
    region : Region
    chapter : Chapter
    given : dict
        Parameters that the notebook gets, ``region`` among them.
    runs : bool
        False where the region lacks the part that the notebook needs: a page says so instead.
    """

    region: Region
    chapter: Chapter
    given: dict[str, Any]
    runs: bool

    @property
    def page(self) -> Path:
        """The page that the book shows for this job."""
        ending = "ipynb" if self.runs else "md"
        return paths.GENERATED / self.region.region / f"{self.chapter.name}.{ending}"

    @property
    def record(self) -> Path:
        """The run record that the notebook leaves."""
        return paths.BUILD / "results" / self.region.region / self.chapter.name / "run.json"


@dataclass(frozen=True)
class Parameter:
    """A notebook's parameter as its ``parameters`` cell declares it."""

    name: str
    type: str
    help: str
    default: Any


def parameters(chapter: Chapter) -> dict[str, Parameter]:
    """The parameters of a notebook by name, read from its ``parameters`` cell without running it.

    Papermill can tell them too, but to import it takes longer than a build with nothing to do.

    Raises
    ------
    InputError
        When a parameter has no type that papermill can be given, or no comment that says what it is.
    """
    return _parameters(chapter.file, chapter.file.stat().st_mtime_ns)


# Every job of every region asks for those of its notebook, which may be long.
@cache
def _parameters(file: Path, _time: int) -> dict[str, Parameter]:
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(c["source"]) for c in cells if "parameters" in c["metadata"].get("tags", [])]
    found = {}
    for source in sources:
        lines = source.splitlines()
        for node in ast.parse(source).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                told = lines[node.end_lineno - 1].partition("#")[2].strip()
                name = node.target.id
                found[name] = Parameter(name, ast.unparse(node.annotation), told, _literal(node.value))
    shown_as = f"notebooks/{file.name}"
    refuse(
        Fault(f"one of the types {', '.join(TYPES)} and a comment are needed", shown_as, column=name)
        for name, parameter in found.items()
        if parameter.type not in TYPES or not parameter.help
    )
    return dict(sorted(found.items()))


def _literal(node: ast.expr | None) -> Any:
    """A default as its value; None where the cell computes it."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        return None


def default_region(chapter: Chapter) -> str:
    """The region with which a notebook is committed, as its ``parameters`` cell says."""
    return str(parameters(chapter)["region"].default)


def jobs(only: str | None = None) -> list[Job]:
    """Every notebook of every region, with the parameters given to it.

    Parameters
    ----------
    only : str, optional
        One region; all when not given.

    Raises
    ------
    InputError
        When a region is faulty or a parameter is unknown to its notebook or of the wrong type, with every fault and
        before anything runs.
    """
    absent = [chapter for chapter in CHAPTERS if not chapter.file.is_file()]
    refuse(Fault("the notebook is missing", f"notebooks/{chapter.name}.ipynb") for chapter in absent)
    declared = {chapter.name: parameters(chapter) for chapter in CHAPTERS}
    faults: list[Fault] = []
    planned: list[Job] = []
    for name in [only] if only else list_regions():
        region = load_region(name)
        faults += _parameter_faults(region, declared)
        for chapter in chapters(region.region):
            given = {"region": region.region, **region.parameters.get(chapter.name, {})}
            runs = chapter.needs is None or region.has(chapter.needs)
            planned.append(Job(region, chapter, given, runs))
    refuse(faults)
    return planned


def _parameter_faults(region: Region, declared: dict[str, dict[str, Parameter]]) -> list[Fault]:
    faults = []
    shown_as = f"regions/{region.region}/region.yml"
    for notebook, given in region.parameters.items():
        if notebook not in declared:
            hint = tables.suggest(notebook, declared)
            faults.append(Fault(f"there is no such notebook{hint}", shown_as, column=f"parameters.{notebook}"))
            continue
        if not isinstance(given, dict):
            faults.append(Fault("names with values are needed", shown_as, column=f"parameters.{notebook}"))
            continue
        for name, value in given.items():
            place = f"parameters.{notebook}.{name}"
            known = {key: p for key, p in declared[notebook].items() if key != "region"}
            if name not in known:
                hint = tables.suggest(str(name), known)
                listed = ", ".join(known) or "none"
                message = f"the notebook has no such parameter{hint}; it has: {listed}"
                faults.append(Fault(message, shown_as, column=place))
            elif not fits(value, known[name].type):
                message = f"a value of type {known[name].type} is needed"
                faults.append(Fault(message, shown_as, column=place, value=str(value)))
    return faults


def fits(value: object, type_name: str) -> bool:
    """Whether a value has the type that the notebook declares (a whole number may stand for a float)."""
    kinds = TYPES[type_name]
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
