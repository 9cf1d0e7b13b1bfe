"""Where every number of a dossier comes from: a short identifier for each file, and its reader."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from unicluster import results
from unicluster.faults import Fault, refuse
from unicluster.regions import DEFAULT


@dataclass(frozen=True)
class Source:
    """A file that a dossier rests on.

    Attributes
    ----------
    id : str
        As ``R5``.
    path : str
        The file, from the compendium's folder.
    sha256 : str
        Of its bytes.
    link : str
        Page of the book that shows it, relative to the region's folder there; empty where none does.
    """

    id: str
    path: str
    sha256: str
    link: str


@dataclass
class Register:
    """The files that a dossier has read, in the order in which it first read them.

    Parameters
    ----------
    region : str
        Whose dossier it is.
    find : callable, optional
        ``find(region, notebook, file name)`` gives the path of a result or None; `unicluster.results.finished` when
        not given.
    """

    region: str
    find: Callable[[str, str, str], Path | None] = results.finished
    sources: dict[str, Source] = field(default_factory=dict)

    def table(self, chapter: str, name: str, whose: str = "own") -> pd.DataFrame | None:
        """A table that a notebook saved, None where there is none."""
        content = self._read(chapter, f"{name}.csv", whose)
        if content is None:
            return None
        return pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values=[""])

    def numbers(self, chapter: str, whose: str = "own") -> dict[str, dict[str, Any]] | None:
        """The headline numbers that a notebook saved, None where there are none."""
        content = self._read(chapter, "numbers.json", whose)
        return None if content is None else json.loads(content)

    def cite(self, chapter: str, file_name: str, whose: str = "own") -> str:
        """The identifier of a result, given when first cited."""
        region = self._region(whose)
        content = self._read(chapter, file_name, whose)
        link = f"{chapter}.html" if region == self.region else f"../{region}/{chapter}.html"
        return self._cite(f"build/results/{region}/{chapter}/{file_name}", content or b"", link)

    def cite_data(self, path: str, content: bytes) -> str:
        """The identifier of a data file."""
        return self._cite(path, content, "")

    def _cite(self, path: str, content: bytes, link: str) -> str:
        if path not in self.sources:
            digest = hashlib.sha256(content).hexdigest()
            self.sources[path] = Source(f"R{len(self.sources) + 1}", path, digest, link)
        return self.sources[path].id

    def _read(self, chapter: str, file_name: str, whose: str) -> bytes | None:
        file = self.find(self._region(whose), chapter, file_name)
        return None if file is None else file.read_bytes()

    def _region(self, whose: str) -> str:
        return DEFAULT if whose == "article" else self.region


def filtered(frame: pd.DataFrame, condition: str | None, place: str) -> pd.DataFrame:
    """The rows that meet ``column=value|other;column=value``; their index still counts all rows.

    Raises
    ------
    InputError
        When the table has no such column.
    """
    for part in (condition or "").split(";"):
        column, _, values = part.partition("=")
        if not column:
            continue
        if column not in frame.columns:
            refuse(
                [Fault(f"the result {place} has no such column", "dossier/takes.csv", column="filter", value=column)]
            )
        frame = frame[frame[column].astype(str).isin(values.split("|"))]
    return frame
