"""Hold each transcribed row against the article itself, where its plain text lies beside the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tests.data.consistency import Tables, lines_of, numerals
from unicluster import paths

COPY = paths.ROOT.parent / "shared" / "paper" / "taikulakova-2024.txt"

WORDS = {
    "universities": "name_ru",
    "university_counts": "term_ru",
    "survey_questions": "title_ru",
    "survey_counts": "term_ru",
    "clusters": "name_ru",
    "cluster_totals": "term_ru",
    "members": "name_ru",
    "partner_counts": "term_ru",
    "figures": "caption_ru",
    "themes": "text_ru",
    "exchanges": "flow_ru",
    "creation_steps": "action_ru",
    "sources": "title",
    "factors": "name_ru",
    "statements": "term_ru",
    "lists": "term_ru",
    "references": None,
}
"""The column of each table that is quoted from, or named after, the words of the article; None where all is numbers."""

NUMBERS = {
    "survey_counts": ("printed_percent",),
    "clusters": (
        "base_year",
        "plan_year",
        "base_output",
        "plan_output",
        "effect_percent",
        "project_effect_percent",
    ),
    "cluster_totals": ("year", "value"),
    "partner_counts": ("count",),
    "figures": ("figure",),
    "sources": ("year",),
    "references": ("volume", "issue", "first_page", "last_page", "article_number"),
    "lists": ("label",),
}
"""Columns whose number is printed on the row's line or its further lines."""


def read() -> list[str]:
    """The article's lines; the first has index 1."""
    return ["", *COPY.read_text(encoding="utf-8").split("\n")]


def faults(tables: Tables, article: list[str]) -> Iterator[str]:
    """Lines that are blank, and words and numbers that do not stand where the row says."""
    for name, column in WORDS.items():
        for row in tables[name]:
            place = f"{name} {next(iter(row.values()))}"
            lines = lines_of(row) if "line" in row else listed(row)
            if any(line >= len(article) or not article[line].strip() for line in lines):
                yield f"{place}: a line is blank or beyond the end"
                continue
            text = "\n".join(article[line] for line in sorted(lines)).lower()
            lacking = [stem for stem in stems(column and row[column]) if stem not in text.replace("-", "")]
            if lacking:
                yield f"{place}: {lacking} not at lines {sorted(lines)}"
            printed = numerals(text.replace("\\_", "_"))
            missing = sorted({str(n) for n in numbers(name, row) if n not in printed})
            if missing:
                yield f"{place}: {missing} not at lines {sorted(lines)}"
            if row.get("doi") and row["doi"].lower() not in text.replace("\\_", "_"):
                yield f"{place}: {row['doi']} not at lines {sorted(lines)}"


def listed(source: dict) -> set[int]:
    """The lines of an entry of the reference list; one entry is broken in two."""
    first = source["listed_line"]
    return {first, first + 2} if source["source"] == "Qiu2017" else {first}


def stems(words: str | None) -> list[str]:
    """The beginnings of the longer words, so that another case or ending does not matter."""
    return [word[: min(5, len(word) - 1)] for word in re.findall("[а-яёa-z]{5,}", (words or "").lower())]


def numbers(name: str, row: dict) -> list[Decimal]:
    """The numbers of a row that the article prints."""
    found = [row[column] for column in NUMBERS.get(name, ())]
    if name in ("survey_counts", "university_counts") and row["tag"] == "stated":
        found.append(row["count"])
    return [Decimal(str(number)) for number in found if number is not None]
