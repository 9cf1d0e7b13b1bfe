"""Change each number of the transcribed tables in turn and count which changes are noticed.

Each numeric cell of data/paper and data/literature, the ledger's own tables aside, has one added to it. A change is
noticed by the ledger when it changes a verdict or a recomputed value, or cannot be computed at all; by the rules of
consistency, by the article itself, or by the digests of the tables as the tests apply them.

    python -m scripts.mutate_data
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from tests.data import article, consistency, digests
from unicluster import claims, tables

CHECKS = ("ledger", "consistency", "article", "digests")


def cells(evidence: claims.Evidence) -> Iterator[tuple[str, str, int]]:
    """Table, column and row of every number."""
    for name, frame in evidence.items():
        if tables.table(name).path.startswith(("paper/", "literature/")):
            for column in frame.columns[frame.dtypes.astype(str).isin(["Int64", "Float64"])]:
                yield from ((name, column, row) for row in frame.index[frame[column].notna()])


def judged(stated: pd.DataFrame, evidence: claims.Evidence) -> list[tuple] | None:
    """What the ledger says, or None where it refuses or fails."""
    try:
        table = claims.ledger(stated, evidence)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return list(table[["verdict", "recomputed"]].fillna("").itertuples(index=False, name=None))


def rows_of(frame: pd.DataFrame) -> list[dict]:
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")


def is_inconsistent(rows: dict[str, list[dict]]) -> bool:
    try:
        return bool(consistency.faults(rows))
    except (ArithmeticError, LookupError, ValueError):
        return True


def main() -> None:
    stated, evidence = tables.load("claims"), claims.load_evidence()
    before, whole = judged(stated, evidence), digests.transcription()
    committed = json.loads(digests.FILE.read_text(encoding="utf-8"))
    text = article.read() if article.COPY.is_file() else None
    caught, tried = Counter(), Counter()
    for name, column, row in cells(evidence):
        frame = evidence[name].copy()
        frame.loc[row, column] = frame.loc[row, column] + 1
        rows = {**whole, name: rows_of(frame)}
        noticed = {
            "ledger": judged(stated, claims.Evidence({**evidence, name: frame})) != before,
            "consistency": is_inconsistent(rows),
            "article": text is not None and any(True for _ in article.faults(rows, text)),
            "digests": name in committed and digests.digest(name, rows[name]) != committed[name],
        }
        kind = "line" if column in ("line", "listed_line") else "number"
        for group in (kind, "all"):
            tried[group] += 1
            for check in CHECKS:
                caught[group, check] += noticed[check]
            caught[group, "any"] += any(noticed.values())
            caught[group, "ledger or consistency"] += noticed["ledger"] or noticed["consistency"]
    for group in ("number", "line", "all"):
        print(f"{group}: {tried[group]} cells changed")
        for check in (*CHECKS, "ledger or consistency", "any"):
            print(f"  noticed by {check}: {caught[group, check]} ({caught[group, check] / tried[group]:.1%})")


if __name__ == "__main__":
    main()
