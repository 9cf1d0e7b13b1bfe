"""Figures of a dossier, drawn from results in the language of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from unicluster import cluster, figures, tables
from unicluster.dossier.register import Register
from unicluster.figures.style import Figure
from unicluster.regions import Region

MOST_LINES = 32
"""Of a figure with a line an answer, how many fit on a page and stay readable."""


@dataclass(frozen=True)
class Board:
    """What figures are drawn from.

    Attributes
    ----------
    region : Region
    register : Register
    parameters : mapping of str to mapping of str to object
        The parameters that each notebook ran with, by its name.
    """

    region: Region
    register: Register
    parameters: Mapping[str, Mapping[str, Any]]


def read(name: str, board: Board) -> list[pd.DataFrame] | None:
    """The tables that a figure is drawn from; None unless every one is there and the first has rows.

    Raises
    ------
    KeyError
        When there is no such figure.
    """
    chapter, names, _drawn, _least = FIGURES[name]
    found = [board.register.table(chapter, table) for table in names]
    return None if any(table is None for table in found) or found[0].empty else found


def draw(name: str, board: Board, found: list[pd.DataFrame]) -> list[Figure]:
    """A figure, or several where one would be too tall for a page; none where a table shows as much."""
    _chapter, _names, drawn, least = FIGURES[name]
    return drawn(board, *found) if len(found[0]) >= least else []


def sources(name: str, board: Board) -> tuple[str, ...]:
    """The identifiers of the results that a figure is drawn from."""
    chapter, names, _drawn, _least = FIGURES[name]
    return tuple(board.register.cite(chapter, f"{table}.csv") for table in names)


def _roles(board: Board, composition: pd.DataFrame) -> list[Figure]:
    return [figures.cluster_model.roles_by_oblast(composition, board.region.names_of("oblasts"), cluster.ROLES)]


def _members(board: Board, memberships: pd.DataFrame) -> list[Figure]:
    of_heading = {heading: role for role, heading in cluster.ROLES.items()}
    named = memberships.assign(role=memberships["role"].map(of_heading))
    graph = cluster.network(named, board.region.universities)
    return [figures.cluster_model.members(graph, board.region.names_of("universities"), cluster.ROLES)]


def _slope(board: Board, growth: pd.DataFrame, prices: pd.DataFrame) -> list[Figure]:
    names = board.region.table("clusters").set_index("cluster")["name_en"].to_dict()
    return [figures.cluster_effect.slope(growth, names, board.region.base_year, board.region.plan_year, prices)]


def _location_quotients(board: Board, quotients: pd.DataFrame) -> list[Figure]:
    return [figures.specialisation.location_quotients(quotients, board.region.name["en"])]


def _shift_share(board: Board, parts: pd.DataFrame) -> list[Figure]:
    years = board.region.table("employment")["year"]
    return [figures.specialisation.shift_share(parts, (int(years.min()), int(years.max())))]


def _paths(_board: Board, rows: pd.DataFrame) -> list[Figure]:
    observed = rows["path"].eq("observed")
    return [figures.indicators.paths(rows[observed], rows[~observed])]


def _support(_board: Board, plan: pd.DataFrame) -> list[Figure]:
    return [figures.indicators.support(plan)]


def _outcome_effects(_board: Board, bands: pd.DataFrame, scenarios: pd.DataFrame) -> list[Figure]:
    return [figures.fcm_scenarios.outcome_effects(bands, _names(scenarios), tables.load("fcm_concepts"))]


def _ranks(_board: Board, ranks: pd.DataFrame, scenarios: pd.DataFrame) -> list[Figure]:
    return [figures.fcm_scenarios.ranks(ranks, _names(scenarios))]


def _barriers(_board: Board, effects: pd.DataFrame, scenarios: pd.DataFrame) -> list[Figure]:
    return [figures.fcm_scenarios.barriers(effects, scenarios, tables.load("fcm_concepts"))]


def _answers(board: Board, intervals: pd.DataFrame, missing: pd.DataFrame) -> list[Figure]:
    confidence = float(board.parameters["survey"]["confidence"])
    drawn, chosen, lines = [], [], 0
    sizes = intervals.groupby("question").size()
    for question in missing["question"]:
        if chosen and lines + sizes[question] > MOST_LINES:
            drawn.append(chosen)
            chosen, lines = [], 0
        chosen, lines = [*chosen, question], lines + int(sizes[question]) + 2
    return [
        figures.survey.answers(
            intervals[intervals["question"].isin(asked)], missing[missing["question"].isin(asked)], confidence
        )
        for asked in [*drawn, chosen]
    ]


def _names(scenarios: pd.DataFrame) -> dict[str, str]:
    return scenarios.set_index("scenario")["name"].to_dict()


FIGURES: dict[str, tuple[str, tuple[str, ...], Callable[..., list[Figure]], int]] = {
    "roles": ("cluster_model", ("roles",), _roles, 1),
    "members": ("cluster_model", ("memberships",), _members, 1),
    "slope": ("cluster_effect", ("growth", "prices"), _slope, 3),
    "location_quotients": ("specialisation", ("quotients",), _location_quotients, 1),
    "shift_share": ("specialisation", ("parts",), _shift_share, 1),
    "paths": ("indicators", ("paths",), _paths, 1),
    "support": ("indicators", ("support",), _support, 1),
    "outcome_effects": ("fcm_scenarios", ("outcome_effects", "scenarios"), _outcome_effects, 1),
    "ranks": ("fcm_scenarios", ("ranks", "scenarios"), _ranks, 1),
    "barriers": ("fcm_scenarios", ("mean_effects", "scenarios"), _barriers, 1),
    "answers": ("survey", ("intervals", "missing"), _answers, 1),
}
"""Each figure: the chapter, the tables that it saved, how they are drawn, and the least number of rows."""
