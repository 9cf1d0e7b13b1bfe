"""What the sheets of a workbook are called, in two languages, and how a region's description becomes rows."""

from __future__ import annotations

import json
from typing import Any

import yaml

from unicluster import tables
from unicluster.faults import Fault
from unicluster.regions import scenario_file
from unicluster.tables.dictionary import sheets_ru
from unicluster.tables.headers import plain

LANGUAGES = ("en", "ru")
GUIDE = {"en": "Read me", "ru": "Памятка"}
DESCRIPTION = {"en": "region", "ru": "Регион"}
LISTS = "lists"
CARRIED = ("README.md", scenario_file.FILE)
"""Texts of a region's folder that a workbook carries along, a line a row."""

HEADINGS = {"en": ("key", "value", "meaning"), "ru": ("ключ", "значение", "что это")}

MEANINGS = {
    "region": ("Name of the folder: small Latin letters, digits and hyphens.", "Имя папки: латиница, цифры, дефис."),
    "name.en": ("Name in English.", "Название по-английски."),
    "name.ru": ("Name in Russian.", "Название по-русски."),
    "name.kk": ("Name in Kazakh, where known.", "Название по-казахски, если известно."),
    "oblasts": ("Oblasts, separated by semicolons.", "Области через точку с запятой."),
    "oblast_codes.now": ("ISO 3166-2 codes today, separated by semicolons.", "Коды ISO 3166-2 сейчас."),
    "oblast_codes.before_2022": ("Codes before 8 June 2022.", "Коды до 8 июня 2022 года."),
    "universities": ("Universities, separated by semicolons.", "Университеты через точку с запятой."),
    "currency": ("Currency of money values (ISO 4217).", "Валюта (ISO 4217)."),
    "base_year": ("Growth is reckoned from this year.", "Базовый год."),
    "plan_year": ("Growth is reckoned to this year.", "Плановый год."),
    "price_basis": (
        "Prices of the plan: current, base-year or unknown.",
        "Цены плана: current (текущие), base-year (базового года) или unknown (неизвестно).",
    ),
    "context.transition": ("Is it a transition economy? true or false.", "Переходная экономика? true или false."),
    "context.mining": ("Does it live by mining? true or false.", "Добывающий регион? true или false."),
    "fictitious": ("Is it invented for teaching? true or false.", "Вымышленный регион? true или false."),
    "dictionary": ("Version of the data dictionary; leave it.", "Версия словаря данных; не менять."),
}
"""The keys that every workbook shows, in this order, with their meaning in English and Russian."""

TEXTS = {"region", "name.en", "name.ru", "name.kk", "currency", "price_basis", "dictionary"}
LISTED = {"oblasts", "universities", "oblast_codes.now", "oblast_codes.before_2022", "article.parts"}


def sheet_name(file_name: str, language: str) -> str:
    """What the sheet of a table is called."""
    stem = file_name.removesuffix(".csv")
    return (sheets_ru().get(file_name, stem) if language == "ru" else stem)[:31]


def sheets() -> dict[str, str]:
    """The file that each sheet stands for, by the sheet's name as it is compared; empty for what is skipped."""
    known = {plain(name): "" for name in (*GUIDE.values(), LISTS)}
    known |= {plain(name): "region.yml" for name in DESCRIPTION.values()}
    known |= {plain(name): name for name in CARRIED}
    for file_name in tables.region_tables():
        known |= {plain(sheet_name(file_name, language)): file_name for language in LANGUAGES}
    return known


def flat(content: dict[str, Any]) -> dict[str, str]:
    """A description as keys, with dots where they nest, and values as text.

    Parameters
    ----------
    content : dict
        What ``region.yml`` holds.
    """
    found: dict[str, str] = {}

    def walk(value: Any, key: str) -> None:
        if isinstance(value, dict) and value and all(isinstance(k, str) and k and "." not in k for k in value):
            for name, inner in value.items():
                walk(inner, f"{key}.{name}" if key else name)
        else:
            found[key] = _as_text(key, value)

    walk(content, "")
    return found


def nested(rows: list[tuple[int, str, str]], shown_as: str) -> tuple[dict[str, Any], list[Fault]]:
    """The description that rows of keys and values mean.

    Parameters
    ----------
    rows : list of (int, str, str)
        Line, key and value.
    shown_as : str
        How messages call the sheet.
    """
    content: dict[str, Any] = {}
    faults: list[Fault] = []
    seen: set[str] = set()
    for line, key, text in rows:
        if not text:
            continue
        if key in seen:
            faults.append(Fault("a key that appears twice; keep one of them", shown_as, line, key))
            continue
        seen.add(key)
        try:
            value = _from_text(key, text)
        except (yaml.YAMLError, ValueError, RecursionError):
            message = "the value cannot be read; write text, a number, true or false, or a list in brackets"
            faults.append(Fault(message, shown_as, line, key, text))
            continue
        place = content
        *outer, last = key.split(".")
        for name in outer:
            place = place.setdefault(name, {}) if isinstance(place, dict) else None
            if not isinstance(place, dict):
                break
        if not isinstance(place, dict) or last in place or not all(key.split(".")):
            faults.append(Fault("the key contradicts another; keep one of them", shown_as, line, key))
            continue
        place[last] = value
    return content, faults


def _as_text(key: str, value: Any) -> str:
    simple = isinstance(value, list | tuple) and all(
        isinstance(item, str) and item and item == item.strip() and ";" not in item for item in value
    )
    if key in LISTED and simple and value:
        return ";".join(value)
    if key in TEXTS and isinstance(value, str) and value:
        return value
    if isinstance(value, tuple):
        value = list(value)
    return json.dumps(value, ensure_ascii=False)


def _from_text(key: str, text: str) -> Any:
    if key in TEXTS:
        return text
    if key in LISTED and not text.startswith("["):
        return [part.strip() for part in text.split(";") if part.strip()]
    if len(text) > 10_000 or text.count("[") + text.count("{") > 100 or "&" in text or "*" in text:
        raise ValueError(text)
    if text.casefold() in ("true", "false", "истина", "ложь", "да", "нет"):
        return text.casefold() in ("true", "истина", "да")
    return yaml.safe_load(text)
