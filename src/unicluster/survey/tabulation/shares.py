"""Published answers as tidy tables: shares, intervals, and what is not accounted for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.survey.intervals import clopper_pearson, jeffreys, wilson


def tabulate(questions: pd.DataFrame, counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Every option of every question with its share, its bounds and its intervals.

    Parameters
    ----------
    questions : DataFrame
        Table ``survey_questions``: one row a question with ``base`` (respondents) and ``choice``.
    counts : DataFrame
        Table ``survey_counts``: one row an option with ``count`` (missing where only bounds are known), ``low`` and
        ``high``.
    confidence : float, default 0.95
        Level of the Wilson, Clopper–Pearson and Jeffreys intervals.

    Returns
    -------
    DataFrame
        One row an option in the order of the questions: ``question``, ``title``, ``choice``, ``option``, ``label``,
        ``count``, ``low``, ``high``, ``base`` (respondents); ``share``, ``share_low``, ``share_high``,
        ``wilson_low``, ``wilson_high``, ``clopper_pearson_low``, ``clopper_pearson_high``, ``jeffreys_low``,
        ``jeffreys_high`` (per cent of the base); ``tag`` and ``line``. Where only bounds are known, the intervals run
        from the lower limit at the lower bound to the upper limit at the upper bound.

    Raises
    ------
    InputError
        When the least answers of a single-choice question add up to more than its base.
    """
    refuse(_overfull(questions, counts))
    rows = counts.merge(
        questions[["question", "order", "title_en", "choice", "base"]],
        on="question",
        suffixes=("", "_question"),
        validate="many_to_one",
    ).sort_values(["order_question", "order"], kind="stable", ignore_index=True)
    base = rows["base"].to_numpy(int)
    low, high = rows["low"].to_numpy(int), rows["high"].to_numpy(int)
    table = pd.DataFrame(
        {
            "question": rows["question"],
            "title": rows["title_en"],
            "choice": rows["choice"],
            "option": rows["option"],
            "label": rows["label_en"],
            "count": rows["count"],
            "low": low,
            "high": high,
            "base": base,
            "share": 100 * rows["count"] / base,
            "share_low": 100 * low / base,
            "share_high": 100 * high / base,
        }
    )
    for name, interval in (("wilson", wilson), ("clopper_pearson", clopper_pearson), ("jeffreys", jeffreys)):
        table[f"{name}_low"] = 100 * np.asarray(interval(low, base, confidence)[0])
        table[f"{name}_high"] = 100 * np.asarray(interval(high, base, confidence)[1])
    return table.assign(tag=rows["tag"], line=rows["line"])


def residuals(questions: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """How many respondents each question accounts for, and how many it may not.

    Parameters
    ----------
    questions, counts : DataFrame
        As for `tabulate`.

    Returns
    -------
    DataFrame
        One row a question: ``question``, ``title``, ``choice``, ``base``; ``reported`` (answers with a known count);
        for single choice ``missing_low`` and ``missing_high`` (respondents for whom no option is left, given the
        bounds of the options without a count) and ``missing_high_share`` (per cent of the base); for multiple choice
        ``mentions_per_respondent``.
    """
    sums = counts.groupby("question")[["count", "low", "high"]].sum().astype("Int64")
    table = questions.sort_values("order", ignore_index=True)
    table = table[["question", "title_en", "choice", "base"]].rename(columns={"title_en": "title"})
    known = table[["question"]].merge(sums, left_on="question", right_index=True, how="left")
    single = table["choice"].eq("single")
    table["reported"] = known["count"]
    table["missing_low"] = (table["base"] - known["high"]).clip(lower=0).where(single)
    table["missing_high"] = (table["base"] - known["low"]).where(single)
    table["missing_high_share"] = 100 * table["missing_high"] / table["base"]
    table["mentions_per_respondent"] = (table["reported"] / table["base"]).where(table["choice"].eq("multiple"))
    return table


def headline(table: pd.DataFrame) -> dict[str, dict[str, object]]:
    """The share of the leading answer of each single-choice question, ready to be saved as headline numbers.

    Parameters
    ----------
    table : DataFrame
        From `tabulate`.

    Returns
    -------
    dict
        By ``<question>_<option>``: ``value`` (per cent), ``low`` and ``high`` (Wilson interval), ``unit``, ``tag`` and
        ``source``.
    """
    return {
        f"{row.question}_{row.option}".replace("-", "_"): {
            "value": float(row.share),
            "low": float(row.wilson_low),
            "high": float(row.wilson_high),
            "unit": "%",
            "tag": "recomputed",
            "source": "intervals.csv",
        }
        for row in leading(table).itertuples()
    }


def leading(table: pd.DataFrame) -> pd.DataFrame:
    """The answer of each single-choice question that is sure to be the most frequent, whatever the open counts are.

    Parameters
    ----------
    table : DataFrame
        From `tabulate`.

    Returns
    -------
    DataFrame
        Rows of ``table``; a question whose most frequent answer is not sure, or is not counted, has none.
    """
    single = table[table["choice"].eq("single")]
    others = [
        single.loc[single["question"].eq(row.question) & single["option"].ne(row.option), "high"].max()
        for row in single.itertuples()
    ]
    return single[(single["low"] > others) & single["count"].notna()]


def _overfull(questions: pd.DataFrame, counts: pd.DataFrame) -> list[Fault]:
    single = questions[questions["choice"].eq("single")].set_index("question")["base"]
    least = counts.groupby("question")["low"].sum()
    return [
        Fault(
            f"the answers add up to {least[question]}, more than the {base} respondents; correct counts or base",
            file="survey_counts",
            column=question,
        )
        for question, base in single.items()
        if question in least.index and least[question] > base
    ]
