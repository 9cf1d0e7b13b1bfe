"""Rules on the article as a publication: what it prints twice, once, or only in a picture."""

from __future__ import annotations

from collections import Counter

from unicluster.claims.answers import Answer, Lost, NotRecomputable, Once, Text, exactly
from unicluster.claims.evidence import Evidence


def once(evidence: Evidence, cell: str, reason: str) -> Answer:
    """Printed in one place, with nothing else in the article to compute it from."""
    value = evidence.cell(cell)
    return Once(value if isinstance(value, str) else exactly(value).low, reason)


def blank(evidence: Evidence, reason: str) -> Answer:
    """The place where the number should stand is empty in print."""
    return NotRecomputable(reason)


def elsewhere(evidence: Evidence, fact: str, line: str) -> Answer:
    """What the article's other places print for the same fact, the most frequent form first."""
    rows = evidence.rows("repeats", fact=fact)
    others = rows[rows["line"].ne(int(line))]
    forms = Counter(others["printed"])
    form, _ = min(forms.items(), key=lambda item: (-item[1], item[0]))
    places = ", ".join(str(n) for n in others.loc[others["printed"].eq(form), "line"])
    return Text(form, f"so printed at line {places}")


def doi_part(evidence: Evidence, part: str) -> Answer:
    """Year, issue, first or last page as the article's DOI (issn-year-issue-first-last) carries them."""
    doi = evidence.rows("repeats", fact="doi")["printed"].iloc[0]
    numbers = doi.rpartition("/")[2].split("-")[2:]
    return Text(dict(zip(("year", "issue", "first-page", "last-page"), numbers, strict=True))[part], "part of the DOI")


def picture(evidence: Evidence, figure: str) -> Answer:
    """Place of a figure among the captions in the order of the text; lost where only the picture has the content."""
    row = evidence.rows("figures", figure=int(figure)).iloc[0]
    if row["state"] != "printed":
        return Lost(row["lost_en"])
    return exactly(1 + int(evidence["figures"]["line"].lt(row["line"]).sum()))
