"""A region is a folder: list the regions, load one, get its tables."""

from unicluster.regions.description import (
    DEFAULT,
    ID,
    PARTS,
    PRICE_BASES,
    Region,
    check_region,
    list_regions,
    load_region,
)

__all__ = [
    "DEFAULT",
    "ID",
    "PARTS",
    "PRICE_BASES",
    "Region",
    "check_region",
    "list_regions",
    "load_region",
]
