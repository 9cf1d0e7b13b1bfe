"""A region as an .xlsx workbook: one sheet for its description, one for each table; there and back without a loss."""

from unicluster.regions.workbook.reading import read_workbook
from unicluster.regions.workbook.writing import region_workbook, template

__all__ = ["read_workbook", "region_workbook", "template"]
