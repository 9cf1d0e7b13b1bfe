"""What the published tables leave open: unknown answers, overlaps of items, rounding of percentages."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import numpy as np
import pandas as pd

from unicluster.survey.bounds import frechet_bounds, imbens_manski_share, manski_bounds
from unicluster.survey.comparisons import mcnemar_bounds
from unicluster.survey.percentages import possible_bases, rounding_ranges
from unicluster.survey.tabulation.scales import scales


def partial_shares(
    questions: pd.DataFrame, counts: pd.DataFrame, confidence: float = 0.95, deff: float = 1.0
) -> pd.DataFrame:
    """One share of each single-choice question, bounded over the unknown answers.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.
    confidence : float, default 0.95
    deff : float, default 1.0
        Design effect of the second interval.

    Returns
    -------
    DataFrame
        One row a question: ``question``, ``title``, ``label`` (answers above the middle of a scale, else the most
        frequent one), ``count`` (known answers), ``residual``, ``base``; ``low`` and ``high`` (`manski_bounds`),
        ``interval_low`` and ``interval_high`` (`imbens_manski_share`), ``clustered_low`` and ``clustered_high`` (the
        same with ``deff``), in per cent.
    """
    table = pd.DataFrame(
        [
            (s.question, s.title, s.group_label, int(s.least.iloc[s.group].sum()), s.residual, s.base)
            for s in scales(questions, counts)
        ],
        columns=["question", "title", "label", "count", "residual", "base"],
    )
    known = [table[name].to_numpy(int) for name in ("count", "base", "residual")]
    for prefix, interval in (
        ("", manski_bounds(*known)),
        ("interval_", imbens_manski_share(*known, confidence)),
        ("clustered_", imbens_manski_share(*known, confidence, deff)),
    ):
        table[f"{prefix}low"], table[f"{prefix}high"] = 100 * interval.low, 100 * interval.high
    return table


def item_overlaps(
    questions: pd.DataFrame, counts: pd.DataFrame, exclusive: Collection[str] = ("hard-to-answer",)
) -> pd.DataFrame:
    """How many may have chosen both of two items, for each pair of the questions that allow several answers.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`. Where it is unknown if several answers were allowed, they are.
    exclusive : collection of str
        Options that may exclude the others.

    Returns
    -------
    DataFrame
        One row a pair without an excluding option: ``question``, ``title``, ``first``, ``second``, ``base``; ``low``
        and ``high`` (`frechet_bounds` among all respondents); ``exclusive_low`` and ``exclusive_high`` if nobody who
        chose an excluding option chose another; ``p_low`` and ``p_high`` (`mcnemar_bounds`), missing where a
        count is not known.
    """
    rows = []
    for question in questions[questions["choice"].ne("single")].sort_values("order").itertuples():
        own = counts[counts["question"].eq(question.question)].sort_values("order")
        excluding = own["option"].isin(list(exclusive))
        if excluding.all():
            continue
        # Whoever gave an excluding answer can overlap nowhere; the most frequent item bounds how many those are.
        excluded = int(own.loc[excluding, "low"].sum())
        naming = max(question.base - excluded, int(own.loc[~excluding, "low"].max()))
        for first, second in combinations(own[~excluding].to_dict("records"), 2):
            row = {"question": question.question, "title": question.title_en}
            row |= {"first": first["label_en"], "second": second["label_en"], "base": int(question.base)}
            row["low"], row["high"] = _overlap(first, second, int(question.base))
            row["exclusive_low"], row["exclusive_high"] = _overlap(first, second, naming)
            known = first["low"] == first["high"] and second["low"] == second["high"]
            p = mcnemar_bounds(first["low"], second["low"], question.base) if known else (np.nan, np.nan)
            row["p_low"], row["p_high"] = map(float, p)
            rows.append(row)
    columns = "question title first second base low high exclusive_low exclusive_high p_low p_high"
    return pd.DataFrame(rows, columns=columns.split())


def printed_percentages(questions: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Which counts, and which numbers of respondents, each printed percentage can stand for.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`, with ``printed_percent`` and ``printed_decimals``.

    Returns
    -------
    DataFrame
        One row a printed percentage: ``question``, ``title``, ``label``, ``percent``, ``decimals``, ``base``; ``low``
        and ``high`` (counts that some way of rounding makes that percentage; missing when none does) and
        ``bases``: respondents, up to ten fewer than asked, on which all percentages of the question are possible.
    """
    printed = counts[counts["printed_percent"].notna()].merge(questions, on="question", suffixes=("", "_question"))
    tables = []
    for _, own in printed.sort_values(["order_question", "order"]).groupby("question", sort=False):
        base = int(own["base"].iloc[0])
        percent = own["printed_percent"].astype(float).to_numpy()
        decimals = own["printed_decimals"].fillna(0).astype(int).to_numpy()
        ranges = rounding_ranges(percent, base, decimals).groupby("option")
        bases = possible_bases(percent, range(max(base - 10, 1), base + 1), decimals)
        table = own[["question", "title_en", "label_en"]].rename(columns={"title_en": "title", "label_en": "label"})
        table = table.assign(percent=percent, decimals=decimals, base=base)
        table["low"] = ranges["low"].min().to_numpy()
        table["high"] = ranges["high"].max().to_numpy()
        tables.append(table.assign(bases=", ".join(map(str, bases))))
    columns = ["question", "title", "label", "percent", "decimals", "base", "low", "high", "bases"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def _overlap(first: dict, second: dict, base: int) -> tuple[int, int]:
    """Least and greatest overlap of two items whose counts may be known by bounds only."""
    least = frechet_bounds(first["low"], second["low"], base).low
    greatest = frechet_bounds(min(first["high"], base), min(second["high"], base), base).high
    return int(least), int(greatest)
