"""Read tables and check them against the one data dictionary, ``data/datapackage.json``."""

from unicluster.tables.checking import check, load, suggest
from unicluster.tables.comparing import agreement, differences
from unicluster.tables.dictionary import Field, Table, dictionary, for_region, oblasts, table
from unicluster.tables.naming import names_in
from unicluster.tables.reading import dangerous, read_rows

__all__ = [
    "Field",
    "Table",
    "agreement",
    "check",
    "dangerous",
    "dictionary",
    "differences",
    "for_region",
    "load",
    "names_in",
    "oblasts",
    "read_rows",
    "suggest",
    "table",
]
