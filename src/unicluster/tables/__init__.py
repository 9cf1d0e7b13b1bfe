"""Read tables and check them against the one data dictionary, ``data/datapackage.json``."""

from unicluster.tables.checking import Checked, Reference, check, examine, load
from unicluster.tables.comparing import agreement, differences
from unicluster.tables.converting import nearest, suggest
from unicluster.tables.dictionary import Field, Table, dictionary, for_region, oblasts, region_tables, table, version
from unicluster.tables.naming import ENGLISH, names_in
from unicluster.tables.reading import Rows, dangerous, read_rows
from unicluster.tables.sent import is_comment, read_grid, read_sent

__all__ = [
    "ENGLISH",
    "Checked",
    "Field",
    "Reference",
    "Rows",
    "Table",
    "agreement",
    "check",
    "dangerous",
    "dictionary",
    "differences",
    "examine",
    "for_region",
    "is_comment",
    "load",
    "names_in",
    "nearest",
    "oblasts",
    "read_grid",
    "read_rows",
    "read_sent",
    "region_tables",
    "suggest",
    "table",
    "version",
]
