"""Rules on the entries of the reference list: what a DOI, or another entry of the same journal, says of them."""

from __future__ import annotations

import re
from fractions import Fraction
from math import inf

import pandas as pd

from unicluster.claims.answers import Answer, Between, NotRecomputable, Once, Text
from unicluster.claims.evidence import Evidence

DOI_FORMS = (
    r"10\.1016/j\.[a-z]+\.(?P<accepted>\d{4})\.(?P<number>\d{6})",
    r"10\.1016/j\.[a-z]+\.(?P<accepted>\d{4})\.\d{2}\.\d+",
    r"10\.1007/s\d{5}-(?P<accepted>\d{3})-",
    r"10\.1080/\d{8}\.(?P<accepted>\d{4})\.",
    r"10\.1088/[\w-]+/(?P<volume>\d+)/(?P<issue>\d+)/(?P<number>\d+)",
    r"10\.31489/(?P<year>\d{4})ec(?P<volume>\d+)/(?P<first>\d+)-(?P<last>\d+)",
    r"10\.47367/\d{4}-\d{4}_(?P<year>\d{4})_(?P<volume>\d+)_(?P<first>\d+)",
    r"10\.55871/\d{4}-\d{4}-(?P<year>\d{4})-(?P<issue>\d+)-(?P<volume>\d+)-(?P<first>\d+)-(?P<last>\d+)",
)
"""What the publishers of the listed works write into their DOIs; ``accepted`` is no later than the year of print."""


def year(evidence: Evidence, source: str) -> Answer:
    """Years of print that the entry's DOI and the other entries of its journal allow.

    A volume has one year, and a later volume no earlier one. Where two other entries show that the journal prints one
    volume a year, the volume tells the year.
    """
    told = _doi(evidence, source)
    low, high, reasons = 0.0, inf, []
    if "year" in told:
        low = high = int(told["year"])
        reasons.append("year in the DOI")
    elif "accepted" in told:
        low = int(told["accepted"][-2:]) + 2000
        reasons.append("the DOI was given in that year or before")
    others = _same_journal(evidence, source)
    own = _entry(evidence, source)["volume"]
    if len(others) and not pd.isna(own):
        first, last, reason = _by_volume(int(own), others)
        low, high = max(low, first), min(high, last)
        reasons.append(reason)
    if not reasons:
        return NotRecomputable("printed once; neither a DOI nor another entry of the journal tells the year")
    if low > high:
        return NotRecomputable(f"contradictory: {'; '.join(reasons)}")
    return Between(Fraction(int(low)), inf if high == inf else Fraction(int(high)), "; ".join(reasons))


def volume(evidence: Evidence, source: str) -> Answer:
    """Volume and issue, "31(3)", as the DOI carries them; else as transcribed."""
    entry, told = _entry(evidence, source), _doi(evidence, source)
    wanted = [name for name in ("volume", "issue") if not pd.isna(entry[name])]
    said = {name: told.get(name, str(entry[name])) for name in wanted}
    text = said["volume"] + (f"({said['issue']})" if "issue" in said else "")
    if set(wanted) & set(told):
        return Text(text, f"{' and '.join(name for name in wanted if name in told)} in the DOI")
    return Once(text, "printed once; the DOI does not carry it")


def pages(evidence: Evidence, source: str) -> Answer:
    """First and last page, "387-408", or the article's number, as the DOI carries them; else as transcribed."""
    entry, told = _entry(evidence, source), _doi(evidence, source)
    if not pd.isna(entry["article_number"]):
        return Text(told["number"], "in the DOI") if "number" in told else Once(entry["article_number"], "printed once")
    if entry["first_page"] > entry["last_page"]:
        return Text(f"{entry['last_page']}-{entry['first_page']}", "the last page cannot come before the first")
    first, last = told.get("first", str(entry["first_page"])), told.get("last", str(entry["last_page"]))
    if "first" in told:
        return Text(f"{first}-{last}", "pages in the DOI" if "last" in told else "first page in the DOI")
    return Once(f"{first}-{last}", "printed once, first page before last; the DOI does not carry them")


def _entry(evidence: Evidence, source: str) -> pd.Series:
    return evidence.rows("references", source=source).iloc[0]


def _doi(evidence: Evidence, source: str) -> dict[str, str]:
    """The numbers that the entry's DOI carries by name; none where it has no DOI or one without meaning."""
    doi = evidence.rows("sources", source=source)["doi"].iloc[0]
    if pd.isna(doi):
        return {}
    return next((match.groupdict() for form in DOI_FORMS if (match := re.match(form, doi))), {})


def _same_journal(evidence: Evidence, source: str) -> pd.DataFrame:
    """``volume`` and ``year`` of the other entries of the source's journal."""
    listed = evidence["references"].dropna(subset="volume").merge(evidence["sources"], on="source")
    journal = listed["container"].str.lower().str.removeprefix("the ")
    own = journal[listed["source"].eq(source)]
    return listed.loc[journal.isin(own) & listed["source"].ne(source), ["volume", "year"]]


def _by_volume(own: int, others: pd.DataFrame) -> tuple[float, float, str]:
    """First and last year that the volumes of a journal's other entries allow for a volume."""
    founded = set(others["year"] - others["volume"])
    if others["volume"].nunique() > 1 and len(founded) == 1:
        told = own + founded.pop()
        return told, told, "one volume a year in this journal"
    same = others.loc[others["volume"].eq(own), "year"]
    if len(same):
        return same.min(), same.max(), f"{len(same)} other entries of the same volume"
    before = others.loc[others["volume"].lt(own), "year"].max()
    after = others.loc[others["volume"].gt(own), "year"].min()
    return (
        0.0 if pd.isna(before) else before,
        inf if pd.isna(after) else after,
        "order of the volumes of this journal",
    )
