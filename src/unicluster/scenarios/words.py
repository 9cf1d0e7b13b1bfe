"""What the identifiers in the tables of scenarios are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from unicluster.language import mark
from unicluster.scenarios.definitions import ScenarioDefinition

WORDS = {
    "kind": {
        "course": mark("course"),
        "barrier-removed": mark("barrier removed"),
        "barrier-worsened": mark("barrier at its worst"),
    },
    "rule": {
        "rescaled": mark("rescaled"),
        "modified_kosko": mark("modified kosko"),
        "kosko": mark("kosko"),
    },
    "transfer": {"sigmoid": mark("sigmoid")},
    "end": {
        "fixed_point": mark("fixed point"),
        "limit_cycle": mark("limit cycle"),
        "undetermined": mark("undetermined"),
    },
    "polarity": {"reinforcing": mark("reinforcing"), "balancing": mark("balancing")},
    "scaling": {
        "project-effect": mark("project effect"),
        "whole-growth": mark("whole growth"),
        "real-growth": mark("real growth"),
    },
}
CHANGES = {"dropped": mark("dropped"), "flipped": mark("flipped")}
"""What may be done to a link to see whether a conclusion survives it."""
ONE_LEVER = mark("One lever")


def names_in(concepts: pd.DataFrame, scenarios: Iterable[ScenarioDefinition], language: str) -> dict[str, str]:
    """What concepts and scenarios are called in another language, and their notes; one that has none is left out.

    Where another table has the same English name with other words, those of the map are meant.
    """
    found = {}
    if f"name_{language}" in concepts:
        found = dict(concepts[["name_en", f"name_{language}"]].dropna().itertuples(index=False, name=None))
    for scenario in scenarios:
        for texts in (scenario.names, scenario.notes):
            if language in texts:
                found[texts["en"]] = texts[language]
    return found


def column_names(
    concepts: pd.DataFrame, scenarios: Iterable[ScenarioDefinition], questions: Mapping[str, str] | None = None
) -> dict[str, dict[str, str]]:
    """Names of the identifiers in each column of the chapter's tables, for `unicluster.display.TableView`.

    Parameters
    ----------
    concepts : DataFrame
        Table ``fcm_concepts``.
    scenarios : iterable of ScenarioDefinition
    questions : mapping of str to str, optional
        Words of the survey's questions.

    Returns
    -------
    dict of str to dict of str to str
        In English; by column, then by identifier.
    """
    concept = concepts.set_index("concept")["name_en"].to_dict()
    scenario = {s.id: s.name() for s in scenarios} | {f"{c}-alone": f"{ONE_LEVER}: {n}" for c, n in concept.items()}
    return {
        **dict.fromkeys(("concept", "concepts", "from", "to", "lever", "outcome", "indicator", "held"), concept),
        **dict.fromkeys(("scenario", "higher", "lower"), scenario),
        "overturned_by": {**concept, **CHANGES},
        "question": dict(questions or {}),
        **WORDS,
    }
