"""Sets of printed percentages, tested together."""

from __future__ import annotations

import pandas as pd

from unicluster.claims.evidence import Evidence
from unicluster.claims.grim import ROUNDINGS, resolution, set_totals


def percentage_sets(evidence: Evidence) -> pd.DataFrame:
    """How many respondents the printed percentages of each question can hold together.

    Parameters
    ----------
    evidence : Evidence

    Returns
    -------
    DataFrame
        One row a question with percentages and rounding: ``question``, ``choice`` (single, multiple or unknown),
        ``base``, ``options`` (printed), ``percent`` (their sum), ``rounding``, ``least`` and ``most`` respondents
        (missing where the rounding is impossible), ``unaccounted`` (fewest respondents in no printed option; not for
        several answers a person) and ``resolution``, the share of printable numbers that the test lets pass.
    """
    rows = []
    for question in evidence["survey_questions"].itertuples():
        answers = evidence.rows("survey_counts", question=question.question).dropna(subset="printed_percent")
        if answers.empty:
            continue
        decimals = [int(d) for d in answers["printed_decimals"]]
        printed = [f"{p:.{d}f}" for p, d in zip(answers["printed_percent"], decimals, strict=True)]
        for rounding in ROUNDINGS:
            least, most = set_totals(printed, question.base, rounding) or (pd.NA, pd.NA)
            rows.append(
                {
                    "question": question.question,
                    "choice": question.choice,
                    "base": question.base,
                    "options": len(answers),
                    "percent": float(answers["printed_percent"].sum()),
                    "rounding": rounding,
                    "least": least,
                    "most": most,
                    "unaccounted": question.base - most if question.choice == "single" else pd.NA,
                    "resolution": resolution(question.base, max(decimals), percent=True),
                }
            )
    whole = dict.fromkeys(["base", "options", "least", "most", "unaccounted"], "Int64")
    return pd.DataFrame(rows).astype(whole)
