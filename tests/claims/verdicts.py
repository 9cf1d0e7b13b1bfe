"""The committed verdicts, so that none changes unseen. After a change that is meant:

python -m tests.claims.verdicts
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from unicluster import claims, tables

FILE = Path(__file__).with_name("verdicts.json")


def verdicts(ledger: pd.DataFrame) -> dict[str, list]:
    """Line, printed value, recomputed value and verdict of each claim."""
    plain = claims.export(ledger)
    return {row["id"]: [row["line"], row["printed"], row["recomputed"], row["verdict"]] for row in plain}


def main() -> None:
    found = verdicts(claims.ledger(tables.load("claims"), claims.load_evidence()))
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in found.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
