"""A region is a folder: list the regions, load one, get its tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from unicluster import paths, tables
from unicluster.faults import Fault, InputError, refuse
from unicluster.tables.dictionary import region_tables

DEFAULT = "kazakhstan"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PRICE_BASES = ("current", "base-year", "unknown")

PARTS = {
    "survey": ("survey_questions", "survey_counts"),
    "survey_responses": ("survey_questions", "survey_counts", "survey_responses"),
    "clusters": ("clusters",),
    "members": ("members",),
}
"""The parts of a region, with the tables they consist of; the last one decides whether a region has the part."""

_KEYS: dict[str, tuple[type, bool]] = {
    "region": (str, True),
    "name": (dict, True),
    "oblasts": (list, True),
    "oblast_codes": (dict, False),
    "universities": (list, True),
    "currency": (str, True),
    "base_year": (int, True),
    "plan_year": (int, True),
    "price_basis": (str, True),
    "context": (dict, False),
    "article": (dict, False),
    "fictitious": (bool, False),
    "parameters": (dict, False),
}


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
    fictitious : bool
        Whether the region is invented for teaching: all its rows are synthetic, and comparisons leave it out.
    parameters : dict of str to dict
        Notebook parameters other than the defaults, by notebook.
    folder : Path
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
    fictitious: bool = False
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)

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
        own = self._own_file(name)
        if own is not None:
            return self._load(name, own, self._neighbours(name))
        if not any(name in PARTS[part] for part in self.article.get("parts", [])):
            return None
        rows = tables.load(name)
        if self.article["rows"] == "all":
            return rows
        chosen = [bool(set(self.oblasts) & _places(row)) for row in rows.to_dict("records")]
        return rows[chosen].reset_index(drop=True)

    def has(self, part: str) -> bool:
        """Whether the region has data for a part (a key of ``PARTS``)."""
        listed = part in self.article.get("parts", [])
        return listed or self._own_file(PARTS[part][-1]) is not None

    def files(self) -> list[Path]:
        """Every file of the region's folder, sorted."""
        return sorted(path for path in self.folder.iterdir() if path.is_file())

    def _load(self, name: str, own: Path, neighbours: dict[str, pd.DataFrame] | None = None) -> pd.DataFrame:
        return tables.load(name, own, neighbours, tables.for_region(name, self.oblasts))

    def _own_file(self, name: str) -> Path | None:
        for file_name, table_name in region_tables().items():
            if table_name == name and (self.folder / file_name).is_file():
                return self.folder / file_name
        return None

    def _neighbours(self, name: str) -> dict[str, pd.DataFrame]:
        """The region's own version of the tables that ``name`` refers to."""
        found = {}
        for key in tables.table(name).foreign_keys:
            own = self._own_file(key.table)
            if own is not None and key.table != name:
                found[key.table] = self._load(key.table, own)
        return found


def _places(row: dict[str, Any]) -> set[str]:
    """The oblasts that a row of an article's table belongs to."""
    return set(str(row.get("oblasts", row.get("oblast"))).split(";"))


def list_regions(root: Path | None = None) -> list[str]:
    """Identifiers of all regions: the article's pooled data first, the others sorted."""
    found = sorted(p.parent.name for p in (root or paths.REGIONS).glob("*/region.yml"))
    return sorted(found, key=lambda region: (region != DEFAULT, region))


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
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        line = place.line + 1 if place else None
        raise InputError([Fault("not valid YAML in UTF-8; check indents and colons", shown_as, line)]) from None
    refuse(_faults(content, region, shown_as))
    content["oblasts"] = tuple(content["oblasts"])
    content["universities"] = tuple(content["universities"])
    return Region(folder=root / region, **content)


def check_region(region: str, root: Path | None = None) -> list[Fault]:
    """Every fault of a region's folder: its description and all its tables."""
    try:
        loaded = load_region(region, root)
    except InputError as error:
        return list(error.faults)
    faults: list[Fault] = []
    for name in sorted(set(region_tables().values())):
        faults += _caught(lambda name=name: loaded.table(name))
    known = {"region.yml", "README.md", "fcm_scenarios.yml", *region_tables()}
    for file in loaded.files():
        if file.name not in known:
            hint = tables.suggest(file.name, known)
            faults.append(Fault(f"unknown file{hint}; remove it", f"regions/{region}/{file.name}"))
    return faults


def _caught(load: Callable[[], object]) -> Iterable[Fault]:
    try:
        load()
    except InputError as error:
        return error.faults
    return ()


def _faults(content: Any, region: str, shown_as: str) -> list[Fault]:
    if not isinstance(content, dict):
        return [Fault("the file must hold keys with values; start from another region's", shown_as)]
    faults = []

    def fault(message: str, key: str, value: object = None) -> None:
        faults.append(Fault(message, shown_as, None, key, None if value is None else str(value)))

    for key in content:
        if key not in _KEYS:
            fault(f"unknown key{tables.suggest(str(key), _KEYS)}; remove it", str(key))
    for key, (kind, required) in _KEYS.items():
        if key not in content:
            if required:
                fault("the key is missing; add it", key)
        elif not isinstance(content[key], kind) or isinstance(content[key], bool) != (kind is bool):
            fault(f"a {kind.__name__} is needed", key, content[key])
    if faults:
        return faults
    if content["region"] != region:
        fault(f"must be the folder's name, '{region}'", "region", content["region"])
    for language in ("en", "ru"):
        name = content["name"].get(language)
        if not isinstance(name, str) or not name.strip():
            fault(f"a name in '{language}' is needed", "name")
        elif tables.dangerous(name):
            fault(str(tables.dangerous(name)), "name", name)
    for key in ("oblasts", "universities"):
        for value in content[key]:
            if not isinstance(value, str) or not ID.fullmatch(value):
                fault("use identifiers of small Latin letters, digits and hyphens", key, value)
    if content["base_year"] >= content["plan_year"]:
        fault("must be before plan_year", "base_year", content["base_year"])
    if content["price_basis"] not in PRICE_BASES:
        fault(f"one of: {', '.join(PRICE_BASES)}", "price_basis", content["price_basis"])
    article = content.get("article", {})
    if article:
        for part in article.get("parts", []):
            if part not in PARTS:
                fault(f"unknown part; one of: {', '.join(PARTS)}", "article.parts", part)
        if article.get("rows") not in ("all", "oblasts"):
            fault("'all' or 'oblasts' is needed", "article.rows", article.get("rows"))
    return faults
