"""What to read from the survey chapter's pictures."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading
from unicluster.escape import markdown


def answers(table: pd.DataFrame, leading: pd.DataFrame) -> Reading:
    """The leading answer of each single-choice question, with its interval.

    Parameters
    ----------
    table, leading : DataFrame
        From `unicluster.survey.tabulate` and `unicluster.survey.leading`.
    """
    lines = [
        f"- **{markdown(row.title)}** {markdown(row.label)}: {row.count_} of {row.base}, {row.share:.1f} % "
        f"({row.wilson_low:.1f} to {row.wilson_high:.1f} %)."
        for row in leading.rename(columns={"count": "count_"}).itertuples()
    ]
    bounded = table["count"].isna().sum()
    return Reading(
        "The answers that are sure to be the most frequent, with their Wilson intervals:",
        "\n".join(lines),
        f"For {bounded} of the {len(table)} options the text gives no number, only a range.",
    )


def missing(missing: pd.DataFrame) -> Reading:
    """Which questions do not account for everybody."""
    short = missing[missing["missing_high"].fillna(0) > 0]
    listed = "; ".join(
        f"{markdown(row.title)}: "
        + (f"{row.missing_high}" if row.missing_low == row.missing_high else f"{row.missing_low} to {row.missing_high}")
        + f" of {row.base}"
        for row in short.itertuples()
    )
    several = missing[missing["mentions_per_respondent"].notna()]
    mentions = "; ".join(
        f"{markdown(row.title)}: {row.reported} mentions by {row.base} respondents" for row in several.itertuples()
    )
    return Reading(
        f"{len(short)} of {missing['choice'].eq('single').sum()} single-choice questions leave respondents out. {listed}.",
        f"Several answers were allowed in {len(several)} questions. {mentions}.",
    )
