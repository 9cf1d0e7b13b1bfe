"""A region's description, ``region.yml``: what it must say, and everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from unicluster import tables
from unicluster.faults import Fault, refuse
from unicluster.tables import plain_yaml

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)
PRICE_BASES = ("current", "base-year", "unknown")
YEARS = (1900, 2100)

PARTS = {
    "survey": ("survey_questions", "survey_counts"),
    "survey_responses": ("survey_questions", "survey_counts", "survey_responses"),
    "clusters": ("clusters",),
    "members": ("members",),
    "employment": ("territories", "employment"),
    "indicators": ("support", "indicators"),
}
"""The parts of a region, with the tables they consist of; the last one decides whether a region has the part."""

KEYS: dict[str, tuple[type, bool]] = {
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
    "names": (dict, False),
    "fictitious": (bool, False),
    "parameters": (dict, False),
    "dictionary": (str, False),
}
"""Every key with the type of its value and whether it is required."""

_TYPES = {
    str: "text",
    dict: "keys with values",
    list: "a list in brackets",
    int: "a whole number",
    bool: "true or false",
}
_Tell = Callable[..., None]


def read(file: Path, shown_as: str, region: str) -> tuple[dict[str, Any], list[Fault]]:
    """Read a region's description and check it in full.

    Parameters
    ----------
    file : Path
    shown_as : str
        How messages call the file.
    region : str
        Name of the folder.

    Returns
    -------
    content : dict
        Values by key, the lists of identifiers as tuples.
    notes : list of Fault
        What was read otherwise than it is written.

    Raises
    ------
    InputError
        Every fault at once.
    """
    content, lines, notes = plain_yaml.read(file, shown_as)
    refuse(faults(content, region, shown_as, lines))
    content["oblasts"] = tuple(content["oblasts"])
    content["universities"] = tuple(content["universities"])
    return content, notes


def faults(content: Any, region: str, shown_as: str, lines: dict[str, int] | None = None) -> list[Fault]:
    """Every fault of a description's values.

    Parameters
    ----------
    content : object
        What the file holds.
    region : str
        Name of the folder.
    shown_as : str
        How messages call the file.
    lines : dict of str to int, optional
        The line of each key.
    """
    if not isinstance(content, dict):
        message = "the file must hold keys with values; start from another region's"
        return [Fault(message, shown_as, rule="YAML")]
    found: list[Fault] = []

    def tell(message: str, key: str, value: object = None, rule: str = "value") -> None:
        line = (lines or {}).get(key, (lines or {}).get(key.split(".")[0]))
        found.append(Fault(message, shown_as, line, key, None if value is None else str(value), rule))

    for key in content:
        if key not in KEYS:
            tell(f"unknown key{tables.suggest(str(key), KEYS)}; remove it", str(key), rule="unknown key")
    for key, (kind, required) in KEYS.items():
        if key not in content:
            if required:
                tell("the key is missing; add it", key, rule="required")
        elif not isinstance(content[key], kind) or isinstance(content[key], bool) != (kind is bool):
            tell(f"{_TYPES[kind]} needed", key, content[key], "type")
    for key, text in _texts(content):
        if danger := tables.dangerous(text):
            tell(danger, key, text, "plain text")
    if found:
        return found
    _identity(content, region, tell)
    _years(content, tell)
    _article(content.get("article", {}), tell)
    return found


def _texts(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a description with its key."""
    if isinstance(content, dict):
        for name, value in content.items():
            inner = f"{key}.{name}" if key else str(name)
            yield inner, str(name)
            yield from _texts(value, inner)
    elif isinstance(content, list | tuple | set):
        for value in content:
            yield from _texts(value, key)
    elif isinstance(content, str):
        yield key, content


def _identity(content: dict[str, Any], region: str, tell: _Tell) -> None:
    if content["region"] != region:
        tell(f"must be the folder's name, '{region}'", "region", content["region"])
    for language in ("en", "ru"):
        name = content["name"].get(language)
        if not isinstance(name, str) or not name.strip():
            tell(f"a name in '{language}' is needed", "name", rule="required")
    for key in ("oblasts", "universities"):
        for value in content[key]:
            if not isinstance(value, str) or not ID.fullmatch(value):
                tell("use identifiers of small Latin letters, digits and hyphens", key, value, "pattern")
    own = {value for key in ("oblasts", "universities") for value in content[key] if isinstance(value, str)}
    for known, names in content.get("names", {}).items():
        if known not in own:
            message = f"neither an oblast nor a university of this region{tables.suggest(str(known), sorted(own))}"
            tell(message, f"names.{known}", rule="reference")
        elif not isinstance(names, dict) or not all(isinstance(n, str) and n.strip() for n in names.values()):
            tell("names by language are needed, as {en: State University, ru: …}", f"names.{known}", names, "type")
        elif "en" not in names:
            tell("a name in 'en' is needed", f"names.{known}", rule="required")
    if not re.fullmatch("[A-Z]{3}", content["currency"]):
        tell("three capital letters are needed, as KZT (ISO 4217)", "currency", content["currency"], "pattern")
    if content["price_basis"] not in PRICE_BASES:
        tell(f"one of: {', '.join(PRICE_BASES)}", "price_basis", content["price_basis"], "enum")
    for name, value in content.get("context", {}).items():
        if not isinstance(value, bool):
            tell("true or false needed", f"context.{name}", value, "type")
    for name, codes in content.get("oblast_codes", {}).items():
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            tell("a list in brackets needed, as [KZ-55]", f"oblast_codes.{name}", codes, "type")
    if "dictionary" in content and not VERSION.fullmatch(content["dictionary"]):
        tell("a version is needed, as 1.0.0", "dictionary", content["dictionary"], "pattern")


def _years(content: dict[str, Any], tell: _Tell) -> None:
    first, last = YEARS
    for key in ("base_year", "plan_year"):
        if not first <= content[key] <= last:
            tell(f"a year from {first} to {last} is needed", key, content[key], "range")
    if content["base_year"] >= content["plan_year"]:
        tell("must be before plan_year", "base_year", content["base_year"], "base_year < plan_year")


def _article(article: dict[str, Any], tell: _Tell) -> None:
    if not article:
        return
    parts = article.get("parts", [])
    if not isinstance(parts, list):
        tell("a list in brackets needed", "article.parts", parts, "type")
        parts = []
    for part in parts:
        if not isinstance(part, str) or part not in PARTS:
            tell(f"unknown part; one of: {', '.join(PARTS)}", "article.parts", part, "enum")
    if article.get("rows") not in ("all", "oblasts"):
        tell("'all' or 'oblasts' is needed", "article.rows", article.get("rows"), "enum")
