"""What the applicant has filled in, by field and item."""

from __future__ import annotations

from dataclasses import dataclass, field

from unicluster.dossier.definition import Row, rows
from unicluster.regions import Region

TABLE = "application"
FILE = "application.csv"


@dataclass(frozen=True)
class Entry:
    """One value with its tag, its source in words, and its row in the file (1 for the first)."""

    text_en: str | None
    text_ru: str | None
    number: float | None
    tag: str
    source: str
    row: int

    @property
    def filled(self) -> bool:
        """Whether it holds anything."""
        return self.number is not None or bool(self.text_en or self.text_ru)

    def text(self, language: str) -> str:
        """Its text in a language, else in the other one."""
        texts = (self.text_ru, self.text_en) if language == "ru" else (self.text_en, self.text_ru)
        return next((text for text in texts if text), "")


@dataclass(frozen=True)
class Application:
    """Every value by field and item, as its file has them.

    Attributes
    ----------
    values : dict of str to dict of str to Entry
    content : bytes
        What the register takes the digest of; empty where the region has no such table.
    """

    values: dict[str, dict[str, Entry]] = field(default_factory=dict)
    content: bytes = b""

    def of(self, name: str) -> dict[str, Entry]:
        """The values of a field that hold anything, by item."""
        return {item: entry for item, entry in self.values.get(name, {}).items() if entry.filled}


def read(region: Region) -> Application:
    """Read a region's ``application.csv``; empty where it has none.

    Raises
    ------
    InputError
        When the table is faulty.
    """
    frame = region.table(TABLE)
    if frame is None:
        return Application()
    values: dict[str, dict[str, Entry]] = {}
    for place, row in enumerate(rows(frame), start=1):
        values.setdefault(row.field, {})[row.item] = _entry(row, place)
    return Application(values, (region.folder / FILE).read_bytes())


def _entry(row: Row, place: int) -> Entry:
    optional = {name: getattr(row, name, None) for name in ("text_en", "text_ru", "number")}
    return Entry(**optional, tag=row.tag, source=row.source, row=place)
