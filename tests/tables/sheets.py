"""Sound rows of every table of the dictionary, as a co-author would send them, to be spoilt and read."""

import csv
import io

import pytest

from unicluster import tables
from unicluster.faults import InputError

NAMES = list(tables.dictionary())

EXAMPLES = {
    "application": [
        ["cluster-name", "1", "Mining cluster", "", "", "Letter of 2024", "stated", ""],
        ["management-posts", "1", "", "", "1.5", "Letter of 2024", "assumed", ""],
        ["project-name", "laboratory", "Laboratory", "", "", "Letter of 2024", "stated", ""],
    ],
    "indicators": [
        ["jobs", "Jobs", "", "2023", "1200", "persons", "none", "observed", "Yearbook", "stated", ""],
        ["jobs", "Jobs", "", "2024", "1300", "persons", "none", "forecast", "Plan", "assumed", ""],
        ["exports", "Exports", "", "2024", "9.5", "bn tenge", "current", "forecast", "Plan", "assumed", ""],
    ],
    "region_fcm_links": [
        ["startup-support", "commercialisation", "+", "high", "Survey of 2024", "survey", ""],
        ["applied-research", "commercialisation", "0", "", "No such link here", "assumed", ""],
        ["research-orders", "applied-research", "-", "low", "Survey of 2024", "survey", ""],
    ],
    "survey_responses": [["r1", "kartu", ""], ["r2", "ektu", ""], ["r3", "ektu", "synthetic"]],
    "survey_codings": [["p1", "first", "money", ""], ["p1", "second", "money", ""], ["p2", "first", "time", ""]],
    "survey_totals": [
        ["university", "kartu", "900", "Yearbook", "stated"],
        ["university", "ektu", "700", "Yearbook", "stated"],
        ["post", "teacher", "1600", "Yearbook", "stated"],
    ],
    "territories": [
        ["here", "Here", "", "1000", "5000", "true", "Yearbook", "stated", ""],
        ["there", "There", "", "2000.5", "9000", "false", "Yearbook", "stated", ""],
        ["beyond", "Beyond", "", "700", "800", "false", "Yearbook", "stated", ""],
    ],
    "employment": [
        ["here", "mining", "Mining", "", "2020", "120", "4", "Yearbook", "stated", ""],
        ["here", "mining", "Mining", "", "2024", "150", "", "Yearbook", "stated", ""],
        ["here", "metallurgy", "Metallurgy", "", "2024", "50", "2", "Yearbook", "stated", ""],
    ],
    "sector_growth": [
        ["country", "Whole economy", "", "58", "current", "Yearbook", "stated", ""],
        ["copper-products", "Metallurgy", "", "46.5", "current", "Yearbook", "stated", ""],
        ["mine-machines", "Machine building", "", "63", "current", "Yearbook", "stated", ""],
    ],
    "region_deflators": [
        ["cpi", "2020", "100", "2020 = 100", "false", "Yearbook", "stated", ""],
        ["cpi", "2024", "155.2", "2020 = 100", "true", "Yearbook", "stated", ""],
        ["copper", "2020", "100", "2020 = 100", "false", "Yearbook", "stated", ""],
    ],
    "support": [
        ["2024", "80", "75", "60", "10", "Plan", "assumed", ""],
        ["2025", "80", "75", "60", "20.5", "Plan", "assumed", ""],
        ["2026", "80", "40", "", "", "Plan", "assumed", ""],
    ],
}
"""Rows for the tables that a region fills in; the others have rows of their own."""


class Sheet:
    """A table as a co-author would send it: its header and a few sound rows, to be spoilt and read."""

    def __init__(self, name, folder):
        self.name, self.path = name, folder / f"{name}.csv"
        self.described = tables.table(name)
        self.header = list(self.described.columns)
        self.rows = [list(row) for row in EXAMPLES.get(name) or self.committed()]

    def committed(self):
        return tables.read_rows(self.described.file, self.name).cells[:3]

    def put(self, column, value, row=0):
        """Put a value into a cell of a row, counted from 0."""
        self.rows[row][self.header.index(column)] = value

    def write(self):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.header, *self.rows])
        self.path.write_text(text.getvalue(), encoding="utf-8")
        return self

    def load(self):
        return tables.load(self.name, self.path)

    def faults(self):
        with pytest.raises(InputError) as caught:
            self.load()
        assert {fault.file for fault in caught.value.faults} == {self.path.name}
        assert str(caught.value) == "\n".join(map(str, caught.value.faults))
        return caught.value.faults

    def only_fault(self):
        faults = self.faults()
        assert len(faults) == 1, [str(fault) for fault in faults]
        return faults[0]

    def constraints(self, column):
        return next(field.constraints for field in self.described.fields if field.name == column)

    def fields(self, kind):
        return [field for field in self.described.fields if kind(field)]


def free_text(field):
    return field.type == "string" and not {"enum", "pattern"} & set(field.constraints)


def free_column(sheet):
    """A column of free text, one that neither identifies rows nor refers to another table where there is one."""
    bound = {*sheet.described.primary_key, *referring(sheet)}
    if not sheet.fields(free_text):
        pytest.skip("no free text in this table")
    return sorted(sheet.fields(free_text), key=lambda field: field.name in bound, reverse=True)[-1].name


def referring(sheet):
    return {key.column for key in sheet.described.foreign_keys}
