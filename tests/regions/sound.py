"""A region's folder with every table filled, to be spoilt, carried into a workbook and back."""

from __future__ import annotations

from pathlib import Path

from tests.tables.sheets import EXAMPLES
from unicluster import paths, tables
from unicluster.regions.csv_text import as_csv

DESCRIPTION = """\
region: pavlodar
name: {en: Pavlodar oblast, ru: Павлодарская область, kk: Павлодар облысы}
oblasts: [pavlodar, karaganda]
universities: [toraighyrov]
currency: KZT
base_year: 2020
plan_year: 2024
price_basis: current
context: {transition: true, mining: false}
parameters: {survey: {confidence: 0.9, icc: [0.0, 0.1]}}
dictionary: 1.1.0
"""
ROWS = 4


def sound(root: Path) -> Path:
    """Write the folder ``pavlodar`` under ``root``."""
    folder = root / "pavlodar"
    folder.mkdir(parents=True)
    (folder / "region.yml").write_text(DESCRIPTION, encoding="utf-8")
    for file_name, name in tables.region_tables().items():
        if text := table_text(file_name, name):
            (folder / file_name).write_text(text, encoding="utf-8")
    return folder


def table_text(file_name: str, name: str) -> str | None:
    """Sound rows of a table as its CSV file holds them: the article's, examples, or those of the teaching region."""
    described = tables.table(name)
    if name == "sector_growth":
        first = EXAMPLES[name][0]
        clusters = [row[0] for row in tables.read_rows(tables.table("clusters").file, "clusters.csv").cells[:ROWS]]
        return as_csv(described.columns, [first, *([cluster, *first[1:]] for cluster in clusters)])
    if name in EXAMPLES:
        return as_csv(described.columns, [row for row in EXAMPLES[name]])
    for file in (described.file, paths.REGIONS / "altynsai" / file_name):
        if file.is_file():
            rows = tables.read_rows(file, file_name)
            if rows.cells:
                return as_csv(rows.header, rows.cells[:ROWS])
    return None
