"""Rules on the answers of the questionnaire.

Only what the article states is evidence: a count worked out from a percentage never serves to recompute that
same percentage, but for the granularity test, which asks whether there is such a count at all.
"""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from unicluster.claims.answers import Answer, Between, Lost, NotRecomputable, exactly, fraction
from unicluster.claims.evidence import Evidence
from unicluster.claims.grim import ROUNDINGS, possible_totals, set_totals


def base(evidence: Evidence, question: str) -> Answer:
    """Respondents: the numbers on which every count and its printed percentage of a question agree."""
    rows = list(_options(evidence, question).dropna(subset=["count", "printed_percent"]).itertuples())
    fitting = [n for n in range(1, 1001) if all(_prints(row, n) for row in rows)]
    if not fitting:
        return NotRecomputable("no number of respondents fits all counts with their percentages")
    return Between(Fraction(min(fitting)), Fraction(max(fitting)), "counts and percentages of one question")


def percent(evidence: Evidence, question: str, option: str) -> Answer:
    """Percentage that a count is of the base."""
    row = _option(evidence, question, option)
    return exactly(100 * fraction(row["count"]) / _base(evidence, question), f"{row['count']} of the base")


def count(evidence: Evidence, question: str, option: str) -> Answer:
    """Count from its printed percentage and the base, under any rounding."""
    row = _option(evidence, question, option)
    base, printed = int(_base(evidence, question)), _printed(row)
    found = [k for rounding in ROUNDINGS for k in possible_totals(printed, base, rounding, percent=True)]
    if not found:
        return NotRecomputable(f"no count of {base} prints as {printed} %")
    return Between(Fraction(min(found)), Fraction(max(found)), f"{printed} % of {base}")


def answers(evidence: Evidence, question: str) -> Answer:
    """Respondents whose answer is told, at least by a percentage, up to all whom the missing level may hold."""
    rows = _options(evidence, question)
    told = fraction(int(rows["count"].sum()))
    open_levels = rows["count"].isna().any()
    return Between(told, max(told, _base(evidence, question)) if open_levels else told, "sum of the told answers")


def percentages(evidence: Evidence, question: str) -> Answer:
    """Percentage of the base that a set of percentages can hold together, however it was rounded."""
    base = int(_base(evidence, question))
    rows = _options(evidence, question).dropna(subset="printed_percent")
    printed = [_printed(row) for _, row in rows.iterrows()]
    found = [ends for rounding in ROUNDINGS if (ends := set_totals(printed, base, rounding))]
    if not found:
        return NotRecomputable("no rounding lets every percentage be a count of the base")
    least, most = min(low for low, _ in found), max(high for _, high in found)
    ends = [Fraction(100 * total, base) for total in (least, most)]
    return Between(*ends, f"counts that print so add up to {least} to {most} of {base}")


def share(evidence: Evidence, question: str, options: str) -> Answer:
    """Percentage of the base that options hold together, from the printed counts alone."""
    rows, base = _options(evidence, question), _base(evidence, question)
    chosen = rows["option"].isin(options.split(","))
    if rows["count"].isna().all():
        return Lost("no answer of this question is printed; its figure is lost")
    least = fraction(int(rows.loc[chosen, "count"].sum()))
    most = least
    if rows.loc[chosen, "count"].isna().any():
        most = base - fraction(int(rows.loc[~chosen, "count"].sum()))
    return Between(100 * least / base, 100 * most / base, "printed counts of the base")


def rank(evidence: Evidence, question: str, option: str) -> Answer:
    """Place of an option from the most frequent, whatever the options without a count hold."""
    rows = _options(evidence, question)
    own, others = _split(rows, option)
    least = sum(int(low) > own for low in others["sure"])
    most = sum(int(high) > own for high in others["possible"])
    return Between(fraction(1 + least), fraction(1 + most), "order of the counts")


def rank_from_least(evidence: Evidence, question: str, option: str) -> Answer:
    """Place of an option from the least frequent, whatever the options without a count hold."""
    own, others = _split(_options(evidence, question), option)
    least = sum(int(high) < own for high in others["possible"])
    most = sum(int(low) < own for low in others["sure"])
    return Between(fraction(1 + least), fraction(1 + most), "order of the counts; a level without a count may be rarer")


def median(evidence: Evidence, question: str) -> Answer:
    """Order of the level that the middle respondent chose, whatever the levels without a count hold."""
    rows = _options(evidence, question).sort_values("order")
    found = set()
    free = rows["count"].isna()
    for extra in range(int(rows.loc[free, "high"].max()) + 1 if free.any() else 1):
        counts = rows["count"].where(~free, extra).astype(int)
        middle = (counts.cumsum() * 2 >= counts.sum()).to_numpy().argmax()
        found.add(fraction(int(rows["order"].iloc[middle])))
    return Between(min(found), max(found), "middle respondent")


def figure_only(evidence: Evidence, question: str, option: str) -> Answer:
    """An answer of which the text has a word and no count."""
    row = _option(evidence, question, option)
    figure = evidence.rows("survey_questions", question=question)["figure"].iloc[0]
    if row["count"] is not pd.NA:
        return exactly(row["count"])
    return Lost(f"the count stood in Figure {figure} only")


def _options(evidence: Evidence, question: str) -> pd.DataFrame:
    return evidence.rows("survey_counts", question=question)


def _option(evidence: Evidence, question: str, option: str) -> pd.Series:
    return evidence.rows("survey_counts", question=question, option=option).iloc[0]


def _base(evidence: Evidence, question: str) -> Fraction:
    return fraction(evidence.rows("survey_questions", question=question)["base"].iloc[0])


def _printed(row: pd.Series) -> str:
    """The percentage as printed, decimals included."""
    return f"{row['printed_percent']:.{row['printed_decimals']}f}"


def _prints(row: tuple, base: int) -> bool:
    """Can the row's count on this base print as the row's percentage, a tie rounded either way?"""
    if row.count > base:
        return False
    half = Fraction(1, 2) / 10 ** int(row.printed_decimals)
    return abs(100 * Fraction(int(row.count), base) - fraction(row.printed_percent)) <= half


def _split(rows: pd.DataFrame, option: str) -> tuple[int, pd.DataFrame]:
    """Count of the option; of the others what is sure and what is possible."""
    own = int(rows.loc[rows["option"].eq(option), "count"].iloc[0])
    others = rows[rows["option"].ne(option)]
    return own, others.assign(
        sure=others["count"].fillna(others["low"]), possible=others["count"].fillna(others["high"])
    )
