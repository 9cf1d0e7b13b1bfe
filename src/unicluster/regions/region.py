"""A region as its folder describes it, with its tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from unicluster import paths, tables
from unicluster.faults import InputError, refuse
from unicluster.regions import description
from unicluster.regions.description import ID, PARTS

DEFAULT = "kazakhstan"
TEACHING = "altynsai"
"""The fictitious region whose rows serve as examples."""


@dataclass(frozen=True)
class Region:
    """A region as its ``region.yml`` describes it.

    Attributes
    ----------
    region : str
        Identifier: small letters, digits and hyphens; the folder has the same name.
    name : dict of str to str
        Name by language (``en``, ``ru``, ``kk``).
    oblasts, universities : tuple of str
        Identifiers as the tables use them.
    oblast_codes : dict
        ISO 3166-2 codes, ``now`` and ``before_2022`` (borders changed on 8 June 2022).
    currency : str
        ISO 4217 code of money values.
    base_year, plan_year : int
        Years that growth is reckoned between.
    price_basis : {'current', 'base-year', 'unknown'}
        In which year's prices the plan is written.
    context : dict of str to bool
        Whether the region is in a ``transition`` economy and lives by ``mining``.
    article : dict
        Which ``parts`` come from the article's own rows, and whether ``all`` of them or those of the ``oblasts``.
    names : dict of str to dict of str to str
        Names by language of its own oblasts and universities, those that the tables of the compendium do not hold.
    fictitious : bool
        Whether the region is invented for teaching: all its rows are synthetic, and comparisons leave it out.
    parameters : dict of str to dict
        Notebook parameters other than the defaults, by notebook.
    dictionary : str
        Version of the data dictionary that the folder was made under.
    folder : Path
    held : dict
        Rows of the tables that were read already.
    """

    region: str
    name: dict[str, str]
    oblasts: tuple[str, ...]
    universities: tuple[str, ...]
    currency: str
    base_year: int
    plan_year: int
    price_basis: str
    folder: Path
    oblast_codes: dict[str, list[str]] = field(default_factory=dict)
    context: dict[str, bool] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    fictitious: bool = False
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    dictionary: str = "1.0.0"
    held: dict[str, tables.Rows] = field(default_factory=dict, repr=False, compare=False)

    def names_of(self, what: str, language: str = "en") -> dict[str, str]:
        """Names by identifier: of everything that the compendium knows and of the region's own.

        Parameters
        ----------
        what : {"oblasts", "universities"}
        language : {"en", "ru"}

        Returns
        -------
        dict of str to str
            One of the region's own without a name in this language is called by its English name, or as it is.
        """
        column = what.removesuffix("s").replace("universitie", "university")
        known = tables.load(what).set_index(column)[f"name_{language}"].to_dict()
        for own in getattr(self, what):
            names = self.names.get(own, {})
            known[own] = names.get(language) or known.get(own) or names.get("en") or own
        return known

    def table(self, name: str) -> pd.DataFrame | None:
        """One of the region's tables, or None where the region has no such data.

        A table in the region's folder comes first; else the article's rows, where ``region.yml`` says that this part
        is the article's.

        Parameters
        ----------
        name : str
            Table of the data dictionary, for example ``"members"``.

        Raises
        ------
        InputError
            When the table is there but faulty.
        """
        if self.rows(name) is not None:
            checked = self.checked(name)
            refuse(checked.faults)
            return checked.frame()
        if not any(name in PARTS[part] for part in self.article.get("parts", [])):
            return None
        rows = tables.load(name)
        if self.article["rows"] == "all":
            return rows
        chosen = [bool(set(self.oblasts) & _places(row)) for row in rows.to_dict("records")]
        return rows[chosen].reset_index(drop=True)

    def has(self, part: str) -> bool:
        """Whether the region has data for a part (``survey``, ``clusters``, ``members``); a header alone is none."""
        return part in self.article.get("parts", []) or self.has_rows(PARTS[part][-1])

    def has_rows(self, name: str) -> bool:
        """Whether a file of the region holds rows of a table, sound or faulty."""
        try:
            return self.rows(name) is not None
        except InputError:
            return True

    def rows(self, name: str) -> tables.Rows | None:
        """The text of one of the region's own tables, or None where it has no such file or no row in it.

        Raises
        ------
        InputError
            When the file cannot be read as a table at all.
        """
        if name not in self.held:
            file = self._own_file(name)
            if file is None:
                return None
            self.held[name] = tables.read_sent(file, self.shown(file), self.described(name))
        rows = self.held[name]
        return rows if rows.cells or rows.faults else None

    def described(self, name: str) -> tables.Table:
        """What one of the region's own tables must hold."""
        return tables.for_region(name, self.oblasts)

    def checked(self, name: str) -> tables.Checked:
        """One of the region's own tables, checked against the dictionary and the tables that it refers to.

        Only for tables that have a file, be it a header alone.

        Raises
        ------
        InputError
            When the file cannot be read as a table at all.
        """
        self.rows(name)
        described, rows = self.described(name), self.held[name]
        others = [key.table for key in described.foreign_keys if key.table != name]
        references = {other: self._reference(other) for other in others if self.has_rows(other)}
        for other in others:
            if other not in references and tables.table(other).is_template:
                nothing = {field.name: [] for field in tables.table(other).fields}
                references[other] = tables.Reference(nothing, f"regions/{self.region}/{file_of(other)}")
        references[name] = tables.Reference({}, rows.shown_as)
        return tables.examine(described, rows, rows.shown_as, references)

    def _reference(self, name: str) -> tables.Reference | None:
        """The region's own version of a table that another refers to, None where it is faulty."""
        try:
            checked = self.checked(name)
        except InputError:
            return None
        return None if checked.faults else tables.Reference(checked.columns, checked.shown_as)

    def shown(self, file: Path) -> str:
        """How messages call a file of the region."""
        return f"regions/{self.region}/{file.name}"

    def files(self) -> list[Path]:
        """Every file of the region's folder, sorted."""
        return sorted(path for path in self.folder.iterdir() if path.is_file())

    def _own_file(self, name: str) -> Path | None:
        file_name = file_of(name)
        return self.folder / file_name if file_name and (self.folder / file_name).is_file() else None


def file_of(name: str) -> str | None:
    """What a region's file of a table is called; None for a table that is no region's."""
    return next((file for file, table_name in tables.region_tables().items() if table_name == name), None)


def _places(row: dict[str, Any]) -> set[str]:
    """The oblasts that a row of an article's table belongs to."""
    return set(str(row.get("oblasts", row.get("oblast"))).split(";"))


def list_regions(root: Path | None = None) -> list[str]:
    """Identifiers of all regions: the article's pooled data first, the others sorted, the teaching region last."""
    files = (root or paths.REGIONS).glob("*/region.yml")
    found = sorted(p.parent.name for p in files if not p.parent.name.startswith("."))
    return sorted(found, key=lambda region: (region != DEFAULT, region == TEACHING, region))


def load_region(region: str, root: Path | None = None) -> Region:
    """Load a region's description.

    Parameters
    ----------
    region : str
        Identifier of the region.
    root : Path, optional
        Folder of the regions' folders, ``data/regions`` when not given.

    Raises
    ------
    InputError
        When there is no such region or its ``region.yml`` is faulty, with every fault.
    """
    root = root or paths.REGIONS
    if not ID.fullmatch(region):
        refuse([f"'{region}' cannot be a region: use small Latin letters, digits and hyphens"])
    file = root / region / "region.yml"
    if not file.is_file():
        hint = tables.suggest(region, list_regions(root))
        known = ", ".join(list_regions(root))
        refuse([f"there is no region '{region}'{hint}; known regions: {known}"])
    shown_as = f"regions/{region}/region.yml"
    content, _ = description.read(file, shown_as, region)
    return Region(folder=root / region, **content)
