"""Where each concept starts: from the survey's answers where there are any, else from a stated neutral level."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from unicluster.faults import Fault, refuse
from unicluster.scenarios.effects import NEUTRAL


def starting_state(
    concepts: pd.DataFrame,
    rules: pd.DataFrame,
    answers: pd.DataFrame | None,
    confidence: float = 0.9,
    neutral_spread: float = 0.25,
) -> pd.DataFrame:
    """Level of every concept at the start, with the range that the answers leave open.

    With ``n`` respondents, options of score ``s_k`` and counts between ``l_k`` and ``h_k``, a single-choice question
    gives a level between ``Σ s_k l_k / n`` and that plus ``(n - Σ l_k) / n``, the sums over options with a score:
    whoever gave no such answer may stand anywhere (Manski 1989). A multiple-choice question gives between
    ``Σ s_k l_k / n`` and ``Σ s_k h_k / n``. To both sides comes the sampling error of a mean of n answers.

    Parameters
    ----------
    concepts : DataFrame
        Table ``fcm_concepts``.
    rules : DataFrame
        Table ``fcm_starting_state``.
    answers : DataFrame or None
        From `unicluster.survey.tabulate`; None where the region has no survey.
    confidence : float
        Level of the sampling interval, between 0 and 1.
    neutral_spread : float
        Half-width of the range of a concept without data.

    Returns
    -------
    DataFrame
        One row a concept, in their order: ``concept``, ``level`` (middle of what the answers allow), ``bound_low``,
        ``bound_high`` (from missing answers alone), ``low``, ``high`` (with sampling error, within 0 and 1),
        ``spread`` (the longer of the two distances from ``level`` to ``low`` and ``high``), ``question``,
        ``respondents``, ``tag`` (``survey`` or ``assumed``).

    Raises
    ------
    InputError
        A confidence or spread out of range; rules for questions or options that the answers do not have.
    """
    refuse(_faults(confidence, neutral_spread, rules, answers))
    z = float(norm.ppf((1 + confidence) / 2))
    rows = []
    for concept in concepts["concept"]:
        own = rules[rules["concept"].eq(concept)]
        if answers is None or own.empty:
            low, high = max(0.0, NEUTRAL - neutral_spread), min(1.0, NEUTRAL + neutral_spread)
            row = {"level": NEUTRAL, "bound_low": low, "bound_high": high, "low": low, "high": high}
            row |= {"question": pd.NA, "respondents": pd.NA, "tag": "assumed"}
        else:
            row = _observed(own, answers[answers["question"].eq(own["question"].iloc[0])], z)
        row["spread"] = max(row["level"] - row["low"], row["high"] - row["level"])
        rows.append({"concept": concept, **row})
    columns = ["concept", "level", "bound_low", "bound_high", "low", "high", "spread", "question", "respondents", "tag"]
    return pd.DataFrame(rows, columns=columns).astype({"question": "string", "respondents": "Int64", "tag": "string"})


def _observed(rules: pd.DataFrame, answers: pd.DataFrame, z: float) -> dict[str, object]:
    n = int(answers["base"].iloc[0])
    score = answers["option"].map(rules.set_index("option")["score"].astype(float)).to_numpy(float)
    least, most = answers["low"].to_numpy(float), answers["high"].to_numpy(float)
    if answers["choice"].eq("multiple").all():
        score = np.nan_to_num(score)
        bound_low, bound_high = score @ least / n, min(1.0, score @ most / n)
        variance = [level * (1 - level) for level in (bound_low, bound_high)]
    else:
        known = np.isfinite(score)
        told = least[known].sum()
        bound_low = score[known] @ least[known] / n
        bound_high = bound_low + (n - told) / n
        squares = score[known] ** 2 @ least[known] / n
        variance = [squares - bound_low**2, squares + (n - told) / n - bound_high**2]
    below, above = z * np.sqrt(np.maximum(variance, 0) / n)
    return {
        "level": (bound_low + bound_high) / 2,
        "bound_low": bound_low,
        "bound_high": bound_high,
        "low": max(0.0, bound_low - below),
        "high": min(1.0, bound_high + above),
        "question": answers["question"].iloc[0],
        "respondents": n,
        "tag": "survey",
    }


def _faults(confidence: float, neutral_spread: float, rules: pd.DataFrame, answers: pd.DataFrame | None) -> list[Fault]:
    faults = []
    if not 0 < confidence < 1:
        faults.append(Fault("is a number between 0 and 1", column="confidence", value=str(confidence)))
    if not 0 <= neutral_spread <= NEUTRAL:
        faults.append(Fault(f"is a number from 0 to {NEUTRAL}", column="neutral_spread", value=str(neutral_spread)))
    if answers is not None:
        asked = set(answers[["question", "option"]].itertuples(index=False, name=None))
        faults += [
            Fault(
                "is not among the answers; correct the rule", "fcm/starting_state.csv", None, row.question, row.option
            )
            for row in rules.itertuples()
            if (row.question, row.option) not in asked
        ]
    return faults
