"""The index of numerals: every number of a text, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd

RUSSIAN = (
    "один|одна|одно|одного|одной|одному|одним|одном|одну"
    "|два|две|двух|двум|двумя|оба|обе|обоих|обеих"
    "|три|тр[её]х|тр[её]м|тремя|четыре|четыр[её]х|четыр[её]м|четырьмя"
    "|пять|пяти|пятью|шесть|шести|шестью|семь|семи|восемь|восьми|девять|девяти|десять|десяти"
    "|двадцать|двадцати|тридцать|тридцати|сорок|пятьдесят|сто|тысяч[аи]?|миллион\\w*|миллиард\\w*"
    "|перв(?:ый|ая|ое|ого|ой|ому|ом|ую|ым|ые|ых)"
    "|втор(?:ой|ая|ое|ого|ом|ую|ым)|трет(?:ий|ья|ье|ьего|ьей|ьем|ью)|четв[её]рт(?:ый|ая|ое|ого|ой|ом)"
    "|половин[ауые]|треть|четверть"
    "|большинств[оау]|больш(?:ая|ей|ую) част[ьи]|большой процент"
    "|тройной|двойной|вдвое|втрое"
)
ENGLISH = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred"
    "|second|third|fourth|fifth|half|quarter|majority|most|triple|double|twice"
)
PATTERN = re.compile(
    rf"\d+(?:[.,]\d+)?|\b(?:{RUSSIAN})\b|\b(?:{ENGLISH})\b|\b[IVX]+\b(?=\s+(?:и\s+[IVX]+|поколени))", re.IGNORECASE
)


def find_numerals(lines: Sequence[str]) -> pd.DataFrame:
    """Every numeral of a text.

    Parameters
    ----------
    lines : sequence of str
        The text, line by line; the first is line 1.

    Returns
    -------
    DataFrame
        ``line``, ``place`` (which numeral of the line, from 1) and ``numeral`` as printed. Digits with one decimal
        sign are one numeral; so are number words in Russian and English, ordinals, fractions and majorities, and the
        Roman numbers of generations.
    """
    found = [
        (line, place, match.group())
        for line, text in enumerate(lines, start=1)
        for place, match in enumerate(PATTERN.finditer(text), start=1)
    ]
    return pd.DataFrame(found, columns=["line", "place", "numeral"])


def uncovered(index: pd.DataFrame, claims: pd.DataFrame) -> list[str]:
    """What is wrong with an index: numerals without a claim or a reason, or with both, and claims of another line.

    Parameters
    ----------
    index : DataFrame
        The table ``numerals``.
    claims : DataFrame
        The table ``claims``.
    """
    lines = {claim.claim: _lines(claim) for claim in claims.itertuples()}
    faults = []
    for row in index.itertuples():
        place = f"line {row.line}, {row.numeral}"
        if pd.isna(row.claim) == pd.isna(row.reason):
            faults.append(f"{place}: a claim or a reason is needed, and not both")
        elif not pd.isna(row.claim) and row.line not in lines.get(row.claim, ()):
            faults.append(f"{place}: the claim {row.claim} is not of this line")
    return faults


def _lines(claim: tuple) -> set[int]:
    further: Iterable[str] = [] if pd.isna(claim.also) else claim.also.split(";")
    return {claim.line, *map(int, further)}
