"""Which conditions of an application are met, what blocks submission, and the score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from unicluster.display import show
from unicluster.dossier.application import FILE, Application
from unicluster.dossier.definition import Definition, Row
from unicluster.dossier.register import Register, filtered
from unicluster.dossier.words import told
from unicluster.faults import Fault, refuse
from unicluster.language import _
from unicluster.regions import Region

MOST_NAMED = 4
"""Of the rows that fail, how many are named."""


@dataclass(frozen=True)
class Condition:
    """A condition of submission with what was found.

    Attributes
    ----------
    id : str
        A criterion, or ``field:`` and the field that must be filled in.
    part : int
    title : str
    met : bool
        What cannot be tested is not met.
    blocks : bool
        Whether it blocks submission; else it is a warning.
    placeholder : bool
        Whether it stands in for a rule of the programme that is not known.
    found : str
        What was found, in words.
    request : str
        What to supply.
    basis : str
        Where the condition comes from.
    source : str
        Identifier of the file that it was tested on; empty where there is none.
    """

    id: str
    part: int
    title: str
    met: bool
    blocks: bool
    placeholder: bool
    found: str
    request: str
    basis: str
    source: str = ""


@dataclass(frozen=True)
class Case:
    """What the rules look at."""

    region: Region
    definition: Definition
    application: Application
    register: Register
    names: dict[str, dict[str, str]]

    def name(self, kind: str | None, identifier: object) -> object:
        """What an identifier is called; itself where nothing is known of it."""
        return self.names[kind].get(identifier, identifier) if kind else identifier


def score(conditions: Iterable[Condition]) -> tuple[int, int, int]:
    """How many conditions that block submission are met, how many there are, and the share in whole per cent.

    The share is rounded down, so that 100 means all of them.
    """
    blocking = [condition for condition in conditions if condition.blocks]
    met = sum(condition.met for condition in blocking)
    return met, len(blocking), 100 * met // len(blocking) if blocking else 0


def conditions(case: Case) -> list[Condition]:
    """Every condition by part: first the criteria, then the fields that must be filled in.

    A field that a criterion wants for every row of a result, as the number of every member, is not tested again.
    """
    criteria = case.definition.criteria
    covered = {row.field for row in criteria if row.rule == "each-filled"}
    found = [_criterion(case, row) for row in criteria]
    found += [_field(case, row) for row in case.definition.fields if row.required and row.field not in covered]
    return sorted(found, key=lambda condition: condition.part)


def items_of(definition: Definition, application: Application, group: str) -> list[str]:
    """The items of a group of fields, in the order of the file."""
    fields = [field.field for field in definition.fields if field.group == group]
    entries = [(entry.row, item) for name in fields for item, entry in application.of(name).items()]
    return list(dict.fromkeys(item for _row, item in sorted(entries)))


def _field(case: Case, row: Row) -> Condition:
    filled = case.application.of(row.field)
    items = items_of(case.definition, case.application, row.group) if row.group else ["1"]
    lacking = [item for item in items if item not in filled] if row.group else []
    met = bool(filled) and not lacking
    shown = _("filled in") if met else _("lacking for {items}").format(items=_named(lacking)) if filled else _("empty")
    return Condition(
        f"field:{row.field}",
        row.part,
        told(row, "title"),
        met,
        True,
        row.status == "placeholder",
        shown,
        told(row, "hint") or _("Fill it in (application.csv)."),
        told(row, "source"),
        case.register.cite_data(_file(case), case.application.content) if filled else "",
    )


def _criterion(case: Case, row: Row) -> Condition:
    met, found, source = RULES[row.rule](case, row)
    placeholder = row.status == "placeholder"
    title, request = told(row, "title"), told(row, "request")
    return Condition(
        row.criterion, row.part, title, met, row.blocks, placeholder, found, request, told(row, "source"), source
    )


Outcome = tuple[bool, str, str]


def _tested(case: Case, row: Row) -> tuple[pd.DataFrame | None, str]:
    """The rows that a criterion tests, and the identifier of their file."""
    if row.result == "numbers":
        numbers = case.register.numbers(row.chapter, row.whose)
        frame = None if numbers is None else pd.DataFrame({"name": list(numbers)})
        name = "numbers.json"
    else:
        frame, name = case.register.table(row.chapter, row.result, row.whose), f"{row.result}.csv"
    if frame is None:
        return None, ""
    chosen = filtered(frame, row.filter, f"{row.chapter}/{row.result}")
    if row.column and row.column not in frame.columns:
        place = f"{row.chapter}/{row.result}"
        refuse(
            [Fault(f"the result {place} has no such column", "dossier/criteria.csv", column="column", value=row.column)]
        )
    return chosen, case.register.cite(row.chapter, name, row.whose)


def _absent(row: Row) -> Outcome:
    return False, _("no result {name}").format(name=f"{row.chapter}/{row.result}"), ""


def _present(case: Case, row: Row) -> Outcome:
    frame, source = _tested(case, row)
    if frame is None or frame.empty:
        return _absent(row)
    return True, _("{n} rows").format(n=len(frame)), source


def _no_rows(case: Case, row: Row) -> Outcome:
    frame, source = _tested(case, row)
    if frame is None:
        return _absent(row)
    return frame.empty, _("{n} rows").format(n=len(frame)), source


def _every(case: Case, row: Row, holds: Callable[[pd.Series], pd.Series], words: str) -> Outcome:
    """Whether every row tested holds; an empty table shows nothing."""
    frame, source = _tested(case, row)
    if frame is None or frame.empty:
        return _absent(row)
    failing = frame[~holds(frame[row.column])]
    if failing.empty:
        return True, _("all {n} rows").format(n=len(frame)), source
    names = _named([_row_name(case, record) for record in failing.to_dict("records")])
    return False, words.format(n=len(failing), all=len(frame), value=_(row.threshold), names=names), source


def _at_least(case: Case, row: Row) -> Outcome:
    def holds(values: pd.Series) -> pd.Series:
        return pd.to_numeric(values, errors="coerce").ge(float(row.threshold)).fillna(False)

    return _every(case, row, holds, _("{n} of {all} rows have less than {value}: {names}"))


def _equals(case: Case, row: Row) -> Outcome:
    words = _("{n} of {all} rows are not {value}: {names}")
    return _every(case, row, lambda values: values.astype(str).eq(row.threshold), words)


def _each_filled(case: Case, row: Row) -> Outcome:
    frame, _source = _tested(case, row)
    if frame is None or frame.empty:
        return _absent(row)
    filled = case.application.of(row.field)
    keys = frame[row.column].astype(str)
    lacking = [key for key in keys if key not in filled]
    found = _("{n} of {all} filled in").format(n=len(keys) - len(lacking), all=len(keys))
    return not lacking, found, case.register.cite_data(_file(case), case.application.content)


def _field_at_least(case: Case, row: Row) -> Outcome:
    numbers = [entry.number for entry in case.application.of(row.field).values() if entry.number is not None]
    if not numbers:
        return False, _("empty"), ""
    source = case.register.cite_data(_file(case), case.application.content)
    return min(numbers) >= float(row.threshold), _shown(min(numbers)), source


def _total_at_most(case: Case, row: Row) -> Outcome:
    frame, source = _tested(case, row)
    if frame is None or frame.empty:
        return _absent(row)
    sum_of_all = float(frame[row.column].sum())
    total = _shown(sum_of_all)
    if row.threshold is None:
        return False, _("{total} in all; the ceiling is not known").format(total=total), source
    return sum_of_all <= float(row.threshold), _("{total} in all").format(total=total), source


def _one_of_region(case: Case, row: Row) -> Outcome:
    values = [entry.text("en") for entry in case.application.of(row.field).values()]
    if not values:
        return False, _("empty"), ""
    known = getattr(case.region, row.column)
    names = "; ".join(_(str(case.name(row.column, value))) for value in values)
    return all(value in known for value in values), names, _region_source(case)


def _region_is(case: Case, row: Row) -> Outcome:
    value = str(getattr(case.region, row.column))
    return value == row.threshold, _told_value(row, value), _region_source(case)


def _region_is_not(case: Case, row: Row) -> Outcome:
    value = str(getattr(case.region, row.column))
    return value != row.threshold, _told_value(row, value), _region_source(case)


def _no_placeholders(case: Case, _row: Row) -> Outcome:
    count = sum(field.status == "placeholder" for field in case.definition.fields)
    found = _("{n} of {all} fields are placeholders").format(n=count, all=len(case.definition.fields))
    return count == 0, found, ""


RULES: dict[str, Callable[[Case, Row], Outcome]] = {
    "present": _present,
    "no-rows": _no_rows,
    "at-least": _at_least,
    "equals": _equals,
    "each-filled": _each_filled,
    "field-at-least": _field_at_least,
    "total-at-most": _total_at_most,
    "one-of-region": _one_of_region,
    "region-is": _region_is,
    "region-is-not": _region_is_not,
    "no-placeholders": _no_placeholders,
}
"""How each rule of ``data/dossier/criteria.csv`` is tested."""


def _shown(value: float) -> str:
    return show(int(value) if value == int(value) else value)


def _told_value(row: Row, value: str) -> str:
    word = {"True": "yes", "False": "no"}.get(value, value)
    return f"{_(row.column.replace('_', ' '))}: {_(word)}"


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (" " + _("and {n} more").format(n=more) if more > 0 else "")


def _row_name(case: Case, record: dict) -> str:
    """A row by the first two of its cells that are words, called by their names."""
    known = {identifier: name for names in case.names.values() for identifier, name in names.items()}
    words = [_(known.get(value, value)) for value in record.values() if isinstance(value, str)]
    return " ".join(words[:2])


def _file(case: Case) -> str:
    return f"data/regions/{case.region.region}/{FILE}"


def _region_source(case: Case) -> str:
    file = case.region.folder / "region.yml"
    return case.register.cite_data(f"data/regions/{case.region.region}/region.yml", file.read_bytes())
