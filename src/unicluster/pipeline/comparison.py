"""Regions side by side, and two runs of the same region: both from results only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from unicluster import results
from unicluster.display import MISSING, show
from unicluster.escape import as_html, markdown
from unicluster.pipeline.plan import Job
from unicluster.regions import Region


def page(jobs: Iterable[Job]) -> str:
    """The page that sets regions side by side as Markdown; invented regions are left out."""
    regions = list({job.region.region: job.region for job in jobs if not job.region.fictitious}.values())
    parts = [
        "# Regions side by side\n\nEach number is that of the region's own chapter; a dash stands where the region "
        "has no such "
        "data. Regions that are invented for teaching are left out. Kazakhstan pools all that the article gives, so "
        "that it "
        "is no further region beside the oblasts.\n"
    ]
    for title, told, columns in SECTIONS:
        heads = "".join(f'<th scope="col">{as_html(head)}</th>' for head, _ in columns)
        body = "\n".join(_row(region, columns) for region in regions)
        parts.append(
            f"## {markdown(title)}\n\n{told}\n\n"
            f'<div class="table-frame" tabindex="0" role="region" aria-label="{as_html(title)}">\n'
            f'<table class="result">\n<thead><tr><th scope="col">Region</th>{heads}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table>\n</div>\n"
        )
    return "\n".join(parts)


Cell = Callable[[str], str]


def _row(region: Region, columns: Sequence[tuple[str, Cell]]) -> str:
    cells = []
    for _, cell in columns:
        text = MISSING
        # A region without the data has not run that chapter.
        with suppress(FileNotFoundError, KeyError, IndexError):
            text = cell(region.region)
        cells.append(f"<td>{as_html(text)}</td>")
    return f'<tr><th scope="row">{as_html(region.name["en"])}</th>{"".join(cells)}</tr>'


def _number(chapter: str, name: str, digits: int = 1) -> Cell:
    """A headline number with its interval, where it has one, and its tag."""

    def cell(region: str) -> str:
        found = results.read_json(region, chapter, "numbers.json")[name]
        between = f" ({show(found['low'], digits)} to {show(found['high'], digits)})" if "low" in found else ""
        return f"{show(found['value'], digits)}{between}, {found['tag']}"

    return cell


def _course(place: int) -> Cell:
    """The course at a place of the ranking, with its effect and how often it keeps its place against the next."""

    def cell(region: str) -> str:
        rank = results.read_table(region, "fcm_scenarios", "ranks").iloc[place]
        names = results.read_table(region, "fcm_scenarios", "scenarios").set_index("scenario")["name"]
        effects = results.read_table(region, "fcm_scenarios", "mean_effects").set_index("scenario")
        effect = effects.loc[rank["scenario"]]
        return (
            f"{names[rank['scenario']]}: {show(effect['effect'], 2)} ({show(effect['q05'], 2)} to "
            f"{show(effect['q95'], 2)}), "
            f"before the next in {show(100 * rank['beats_next'], 0)} % of draws"
        )

    return cell


def _start(concept: str) -> Cell:
    def cell(region: str) -> str:
        row = results.read_table(region, "fcm_scenarios", "start").set_index("concept").loc[concept]
        return f"{show(row['level'], 2)}, {row['tag']}"

    return cell


SECTIONS = (
    (
        "Survey answers",
        "Shares in per cent with 95 % intervals that would hold if respondents had been drawn at random.",
        (
            ("Medium activity", _number("survey", "activity_medium", 0)),
            ("Stable", _number("survey", "stability_stable", 0)),
            ("Important", _number("survey", "importance_important", 0)),
        ),
    ),
    (
        "Clusters and specialisation",
        "Growth from base to plan in per cent, nominal and real if the plan is in prices of its own year; the largest "
        "location "
        "quotient; what employment growth is the region's own.",
        (
            ("Growth, %", _number("cluster_effect", "growth_percent")),
            ("Real growth, %", _number("cluster_effect", "real_growth_percent")),
            ("Largest quotient", _number("specialisation", "largest_quotient", 2)),
            ("Own growth, people", _number("specialisation", "own_growth", 0)),
        ),
    ),
    (
        "Members",
        "Organisations that are named around the universities, and how many of the law's roles they fill.",
        (
            ("Mentions", _number("cluster_model", "mentions", 0)),
            ("Organisations", _number("cluster_model", "organisations", 0)),
            ("Roles filled", _number("cluster_model", "roles_filled", 0)),
        ),
    ),
    (
        "Baseline",
        "Where a region starts on the cognitive map, from 0 to 1. Oblasts without a survey of their own start from "
        "the neutral level.",
        (
            ("Entrepreneurial activity", _start("entrepreneurial-activity")),
            ("Collaboration", _start("collaboration")),
            ("Lack of funding", _start("lack-of-funding")),
        ),
    ),
    (
        "Scenario effects and ranks",
        "Mean effect on the outcomes with 90 % of draws, and how sure the place is. Regions without answers and links "
        "of "
        "their own share the base map and the neutral start: their rows are equal. Effects rank courses; they do not "
        "forecast tenge.",
        (("First", _course(0)), ("Second", _course(1)), ("Third", _course(2))),
    ),
)


def changed(before: Path, after: Path, tolerance: float = 1e-9) -> list[str]:
    """What differs between two runs of the same region, a line a difference.

    Parameters
    ----------
    before, after : Path
        Two folders of results, ``build/results/<region>`` or copies of it.
    tolerance : float
        Numbers whose relative difference is at most this are the same.

    Returns
    -------
    list of str
        Sorted by file; empty where nothing differs.
    """
    names = sorted({p.relative_to(f).as_posix() for f in (before, after) for p in f.rglob("*.csv")})
    lines = []
    for name in names:
        old, new = before / name, after / name
        if not new.is_file() or not old.is_file():
            lines.append(f"{name}: {'gone' if old.is_file() else 'new'}")
        elif old.read_bytes() != new.read_bytes():
            lines += [f"{name}: {told}" for told in _differences(pd.read_csv(old), pd.read_csv(new), tolerance)]
    for name in sorted({p.relative_to(f).as_posix() for f in (before, after) for p in f.rglob("*.figure.json")}):
        old, new = before / name, after / name
        if old.is_file() and new.is_file():
            was, now = (json.loads(file.read_text(encoding="utf-8")) for file in (old, new))
            words = [key for key in ("caption", "alt") if was[key] != now[key]]
            if words:
                lines.append(f"{name.removesuffix('.figure.json')}: the figure's {' and '.join(words)} differ")
    return lines


def _differences(old: pd.DataFrame, new: pd.DataFrame, tolerance: float) -> list[str]:
    told = [f"column {c!r} is gone" for c in old.columns.difference(new.columns)]
    told += [f"column {c!r} is new" for c in new.columns.difference(old.columns)]
    if len(old) != len(new):
        return [*told, f"{len(old)} rows before, {len(new)} now"]
    for column in old.columns.intersection(new.columns, sort=False):
        was, now = old[column], new[column]
        if pd.api.types.is_numeric_dtype(was) and pd.api.types.is_numeric_dtype(now):
            first, second = was.to_numpy(float), now.to_numpy(float)
            same = np.isclose(second, first, rtol=tolerance, atol=0, equal_nan=True)
        else:
            same = (was.astype("string").fillna("") == now.astype("string").fillna("")).to_numpy(bool)
        if not same.all():
            row = int(np.flatnonzero(~same)[0])
            told.append(
                f"column {column!r}: {int((~same).sum())} of {len(same)} values differ, first in row {row + 2}: "
                f"{was.iloc[row]} before, {now.iloc[row]} now"
            )
    return told
