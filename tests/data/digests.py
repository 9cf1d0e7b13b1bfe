"""Digests of what the article's tables fix: for cells that no rule of consistency reaches.

A line number, or an output of Figure 1, can be changed without contradicting anything else. So that no such
change goes unseen, the digest of each transcribed table is committed. It covers the closed columns (numbers,
lines, identifiers, codes), not the wording. After a change that is meant, renew with

    python tests/data/digests.py

and say in the commit which reading changed and why.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from unicluster import tables

FILE = Path(__file__).with_name("digests.json")
NAMES = [n for n, t in tables.dictionary().items() if "Taikulakova et al. (2024)" in t.sources]


def transcription() -> dict[str, list[dict]]:
    """Every transcribed table as rows, an empty cell as None."""
    frames = {name: tables.load(name).astype(object) for name in NAMES}
    return {name: frame.where(frame.notna(), None).to_dict("records") for name, frame in frames.items()}


def digest(name: str, rows: list[dict]) -> str:
    """SHA-256 of a table's closed columns."""
    closed = [
        field.name
        for field in tables.table(name).fields
        if field.type != "string" or {"enum", "pattern"} & set(field.constraints)
    ]
    cells = [["" if row[column] is None else str(row[column]) for column in closed] for row in rows]
    return hashlib.sha256(json.dumps([closed, cells], ensure_ascii=False).encode()).hexdigest()


def main() -> None:
    found = {name: digest(name, rows) for name, rows in transcription().items()}
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
