"""Read tables and check them against the one data dictionary, ``data/datapackage.json``."""

from unicluster.tables.dictionary import Field, Table, dictionary, table
from unicluster.tables.reading import MAX_BYTES, read_rows
from unicluster.tables.checking import check, load

__all__ = ["MAX_BYTES", "Field", "Table", "check", "dictionary", "load", "read_rows", "table"]
