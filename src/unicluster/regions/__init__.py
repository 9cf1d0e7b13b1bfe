"""A region is a folder: list the regions, load one, get its tables, say what is wrong with it."""

from unicluster.regions.agreement import COUNTRY, price_indices
from unicluster.regions.checking import Report, check_region, examine_region
from unicluster.regions.description import ID, PARTS, PRICE_BASES
from unicluster.regions.naming import names_in
from unicluster.regions.region import DEFAULT, Region, list_regions, load_region

__all__ = [
    "COUNTRY",
    "DEFAULT",
    "ID",
    "PARTS",
    "PRICE_BASES",
    "Region",
    "Report",
    "check_region",
    "examine_region",
    "list_regions",
    "load_region",
    "names_in",
    "price_indices",
]
