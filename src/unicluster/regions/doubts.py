"""What is allowed in a region's tables and perhaps not meant: warnings, not errors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from unicluster.faults import Fault
from unicluster.regions.region import Region
from unicluster.tables import Checked, oblasts

FEWEST_MEMBERS = 15
"""Committed members that the European yardstick for cluster organisations asks for (European Cluster Collaboration
Platform, quality label)."""


def of_tables(region: Region, checked: Mapping[str, Checked]) -> list[Fault]:
    """Warnings on a region's own tables.

    Parameters
    ----------
    region : Region
    checked : mapping of str to Checked
        The region's sound tables, by name.
    """
    found = [fault for name in sorted(checked) for fault in _outside(region, checked[name])]
    if "members" in checked and checked["members"].lines:
        found += _few_members(checked["members"])
    if "survey_counts" in checked:
        found += _percentages(checked["survey_counts"], checked.get("survey_questions"))
    return found


def _outside(region: Region, table: Checked) -> list[Fault]:
    """Rows whose oblast is none of the region's."""
    found = []
    for field in table.described.fields:
        if tuple(field.constraints.get("enum", ()))[: len(oblasts())] != oblasts():
            continue
        for line, value in zip(table.lines, table.columns[field.name], strict=True):
            if value is not pd.NA and value not in region.oblasts:
                message = f"lies outside the region's oblasts ({', '.join(region.oblasts)}); is it meant?"
                found.append(Fault(message, table.shown_as, line, field.name, value, "outside the region"))
    return found


def _few_members(table: Checked) -> list[Fault]:
    named = sum(value is pd.NA for value in table.columns["same_as"])
    if named >= FEWEST_MEMBERS:
        return []
    message = f"{named} different members; cluster organisations are expected to have at least {FEWEST_MEMBERS}"
    return [Fault(message, table.shown_as, None, "member", None, "fewest members")]


def _percentages(counts: Checked, questions: Checked | None) -> list[Fault]:
    """Printed percentages of questions with one answer that do not add up to 100, and counts that exceed the base."""
    found = []
    single = {}
    if questions:
        for question, choice, base in zip(
            *(questions.columns[name] for name in ("question", "choice", "base")), strict=True
        ):
            if choice == "single":
                single[question] = base
    parts = defaultdict(list)
    names = ("question", "count", "printed_percent", "printed_decimals")
    for line, question, *values in zip(counts.lines, *(counts.columns[name] for name in names), strict=True):
        if question in single:
            parts[question].append((line, *values))
    for question, rows in parts.items():
        first = rows[0][0]
        known = [count for _, count, _, _ in rows]
        complete = all(count is not pd.NA for count in [*known, single[question]])
        if complete and sum(known) > single[question]:
            message = f"one answer each, but the counts add up to {sum(known)} of {single[question]} respondents"
            found.append(Fault(message, counts.shown_as, first, "count", question, "sum of parts"))
        percents = [percent for _, _, percent, _ in rows]
        if any(percent is pd.NA for percent in percents):
            continue
        total = round(sum(percents), 6)
        places = max((int(decimals) for *_, decimals in rows if decimals is not pd.NA), default=0)
        if total != 100 and abs(total - 100) <= len(rows) * 0.5 * 10.0**-places + 1e-9:
            message = f"the percentages add up to {total:g}, which rounding explains"
            found.append(Fault(message, counts.shown_as, first, "printed_percent", question, "sum of parts"))
        elif total != 100:
            message = f"the percentages add up to {total:g}, which rounding does not explain; is an option missing?"
            found.append(Fault(message, counts.shown_as, first, "printed_percent", question, "sum of parts"))
    return found
