"""Read tables and check them against the one data dictionary, ``data/datapackage.json``."""

from unicluster.tables.dictionary import Field, Table, dictionary, table
from unicluster.tables.reading import dangerous, read_rows
from unicluster.tables.checking import check, load, suggest

__all__ = ["Field", "Table", "check", "dangerous", "dictionary", "load", "read_rows", "suggest", "table"]
