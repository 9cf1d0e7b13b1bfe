"""A region's dossier from its results, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from unicluster.dossier import definition, opening, sections
from unicluster.dossier.application import read
from unicluster.dossier.model import Block, Dossier, Part, Text
from unicluster.dossier.opening import Assessed
from unicluster.dossier.pictures import Board
from unicluster.dossier.readiness import Case, conditions
from unicluster.dossier.register import Register
from unicluster.dossier.words import names_in, names_of, told
from unicluster.escape import seen
from unicluster.language import _, code, speaking
from unicluster.regions import Region


def build(
    region: Region,
    language: str = "en",
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    defined: definition.Definition | None = None,
    register: Register | None = None,
) -> tuple[Dossier, str]:
    """Put a region's dossier together.

    Parameters
    ----------
    region : Region
    language : {"en", "ru"}
    parameters : mapping of str to mapping of str to object
        The parameters that each notebook ran with, by its name; figures say some of them.
    defined : Definition, optional
        What the dossier consists of; ``data/dossier`` when not given.
    register : Register, optional
        Where results are found; those of the last build when not given.

    Returns
    -------
    dossier : Dossier
    readiness : str
        Every condition as CSV, in English.

    Raises
    ------
    InputError
        When the language is unknown, the definition or the application faulty, or a result has not the columns that
        the definition names.
    """
    register = register or Register(region.region)
    case = Case(region, defined or definition.load(), read(region), register, names_of(region))
    with speaking("en"):
        state = opening.readiness_csv(conditions(case))
    with speaking(language, names_in(region, language), region.currency):
        return _build(case, parameters or {}, state), state


def _build(case: Case, parameters: Mapping[str, Mapping[str, Any]], state: str) -> Dossier:
    region = case.region
    checked = conditions(case)
    path = f"build/dossiers/{region.region}/readiness.csv"
    assessed = Assessed(checked, case.register.cite_data(path, state.encode()))
    board = Board(region, case.register, parameters)
    view = sections.View(case, board)
    parts = [
        Part(row.part, told(row, "title"), told(row, "content"), tuple(_blocks(view, row.part)))
        for row in case.definition.parts
    ]
    last = parts.pop()
    closing = (*last.blocks, opening.every_condition(assessed), opening.sources(case.register))
    parts.append(Part(last.number, last.title, last.content, closing))
    first = Part(None, _("Readiness"), "", tuple(opening.blocks(assessed, case)))
    name = region.name.get(code(), region.name["en"])
    title = _("Application dossier: {name}").format(name=seen(name))
    links = {source.id: source.link for source in case.register.sources.values() if source.link}
    warning = opening.fictitious() if region.fictitious else ""
    return Dossier(region.region, code(), title, warning, opening.headline(assessed), (first, *parts), links)


def _blocks(view: sections.View, part: int) -> Iterator[Block]:
    """What one part shows: facts of the region, fields, then results; a part with nothing says so."""
    shown = [*sections.facts(view, part), *sections.fields(view, part), *sections.taken(view, part)]
    yield from shown or [Text(_("Nothing is taken into this part."), "open")]
