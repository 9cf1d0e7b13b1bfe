"""What stands before and after the parts: the score, what blocks submission, every condition, every source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from unicluster.dossier.model import Block, Cell, Table, Text
from unicluster.dossier.readiness import Case, Condition, score
from unicluster.dossier.register import Register
from unicluster.dossier.words import told
from unicluster.escape import seen, spreadsheet
from unicluster.language import _, mark
from unicluster.regions.csv_text import as_csv

MET, BLOCKS, OPEN = mark("met"), mark("blocks submission"), mark("open")
COLUMNS = ("condition", "part", "title", "state", "blocks", "placeholder", "found", "request", "basis")


@dataclass(frozen=True)
class Assessed:
    """The conditions and the identifier of the file that holds them."""

    conditions: list[Condition]
    source: str

    def place(self, condition: Condition) -> str:
        """A condition's row in that file."""
        return f"{self.source}.{self.conditions.index(condition) + 1}"


def readiness_csv(conditions: list[Condition]) -> str:
    """Every condition as CSV; no cell of it is a formula to a spreadsheet."""
    rows = [
        (c.id, str(c.part), c.title, _state(c), str(c.blocks), str(c.placeholder), c.found, c.request, c.basis)
        for c in conditions
    ]
    return as_csv(COLUMNS, [[spreadsheet(cell) for cell in row] for row in rows])


def fictitious() -> str:
    """What every page of a region that does not exist says."""
    return _(
        "This region is fictitious, invented for teaching: everything said of it is synthetic. Not an application."
    )


def headline(assessed: Assessed) -> str:
    """The score in one line, with its source."""
    met, of, percent = score(assessed.conditions)
    words = _("Readiness: {met} of {of} conditions that block submission are met, {percent} % (recomputed, {source}).")
    return words.format(met=met, of=of, percent=percent, source=assessed.source)


def blocks(assessed: Assessed, case: Case) -> Iterator[Block]:
    """The score, then what is open, the gravest first."""
    met, of, _percent = score(assessed.conditions)
    yield Text(headline(assessed), "plain" if met == of else "warning")
    if met < of:
        yield Text(_("Not ready for submission: what the next tables list is still open."), "open")
    yield Text(
        _(
            "Each row of a table has an ID: the file of the register at the end, and the row in it. Each value has a "
            "tag that says how it is known. Fields and thresholds that stand in for rules of the programme which have "
            "not been read are called placeholders."
        )
    )
    unmet = [c for c in assessed.conditions if not c.met]
    criteria = [c for c in unmet if c.blocks and not c.id.startswith("field:")]
    warnings = [c for c in unmet if not c.blocks]
    if criteria:
        yield _listed("blocking", _("What blocks submission, and what to supply"), criteria, assessed)
    if unfilled := [c for c in unmet if c.id.startswith("field:")]:
        yield _unfilled(unfilled, assessed, case)
    if warnings:
        yield _listed("warnings", _("Open, but not blocking"), warnings, assessed)


def every_condition(assessed: Assessed) -> Table:
    """All conditions with what was found."""
    headings = (_("ID"), _("Part"), _("Condition"), _("State"), _("Found"), _("Tested on"), _("Basis"))
    rows = []
    for condition in assessed.conditions:
        place = assessed.place(condition)
        cells = (condition.title, _(_state(condition)), condition.found, condition.source or "–", _basis(condition))
        part = Cell(str(condition.part), True, tag="assumed", source=f"{place}:part")
        rows.append((Cell(place, source=place), part, *(Cell(seen(cell)) for cell in cells)))
    return Table("conditions", _("Every condition"), headings, tuple(rows), (assessed.source,), long=True)


def sources(register: Register) -> Table:
    """The register: which file each identifier stands for, and the digest of its bytes."""
    found = register.sources.values()
    rows = tuple((Cell(s.id), Cell(seen(s.path)), Cell(s.sha256[:16])) for s in found)
    note = _("A row is counted from 1 below the header. The digest is the first sixteen digits of SHA-256.")
    return Table("sources", _("Where the numbers come from"), (_("ID"), _("File"), _("Digest")), rows, (), note)


def _listed(name: str, caption: str, conditions: list[Condition], assessed: Assessed) -> Table:
    headings = (_("ID"), _("Part"), _("Condition"), _("Found"), _("What to supply"), _("Basis"))
    rows = []
    for condition in conditions:
        place = assessed.place(condition)
        part = Cell(str(condition.part), True, tag="assumed", source=f"{place}:part")
        texts = (condition.title, condition.found, condition.request, _basis(condition))
        rows.append((Cell(place, source=place), part, *(Cell(seen(text)) for text in texts)))
    return Table(name, caption, headings, tuple(rows), (assessed.source,), stacked=True)


def _unfilled(conditions: list[Condition], assessed: Assessed, case: Case) -> Table:
    """The empty fields of each part in one row."""
    titles = {row.part: told(row, "title") for row in case.definition.parts}
    rows = []
    for part in dict.fromkeys(condition.part for condition in conditions):
        here = [condition for condition in conditions if condition.part == part]
        place = assessed.place(here[0])
        names = "; ".join(seen(condition.title) for condition in here)
        shown = Cell(f"{part}", True, tag="assumed", source=f"{place}:part")
        rows.append((Cell(place, source=place), shown, Cell(titles[part]), Cell(names, open=True)))
    headings = (_("ID"), _("Part"), _("Title"), _("Unfilled fields"))
    return Table("unfilled", _("Unfilled fields"), headings, tuple(rows), (assessed.source,), stacked=True)


def _basis(condition: Condition) -> str:
    """Where a condition comes from, and whether it stands in for a rule that is not known."""
    return condition.basis + (f"; {_('placeholder')}" if condition.placeholder else "")


def _state(condition: Condition) -> str:
    return MET if condition.met else BLOCKS if condition.blocks else OPEN
