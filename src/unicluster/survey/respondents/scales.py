"""Do items measure one thing, do answers go together, and do people at one university answer alike?"""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from unicluster.survey.clustering import intraclass_correlation
from unicluster.survey.design import design_effect, effective_sample_size
from unicluster.survey.polychoric import polychoric_correlation
from unicluster.survey.reliability import cronbach_alpha, mcdonald_omega
from unicluster.survey.respondents.study import Study, or_reason


@or_reason
def consistency(study: Study) -> pd.DataFrame:
    """Loading of each item on what all have in common, and alpha without it.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        One row an item: ``item`` (words), ``loading`` (of the answers, standardised), ``loading_polychoric`` (of the
        hidden
        scales), ``alpha_without`` (NaN with two items).
    """
    scores = study.responses.scores(study.needed("items"))
    plain, hidden = mcdonald_omega(scores), mcdonald_omega(scores, "polychoric")
    spread = scores.dropna().std()
    without = [
        cronbach_alpha(scores.drop(columns=item)).estimate if len(scores.columns) > 2 else None for item in scores
    ]
    return pd.DataFrame(
        {
            "item": [study.title(item) for item in scores],
            "loading": (plain.loadings / spread).to_numpy(),
            "loading_polychoric": hidden.loadings.to_numpy(),
            "alpha_without": without,
        }
    )


@or_reason
def reliability(study: Study, confidence: float = 0.95) -> pd.DataFrame:
    """Cronbach's alpha, McDonald's omega and ordinal omega of the items.

    Parameters
    ----------
    study : Study
    confidence : float

    Returns
    -------
    DataFrame
        One row a coefficient: ``coefficient``, ``estimate``, ``low``, ``high`` (Feldt's interval, alpha alone),
        ``respondents``, ``items``, ``heywood`` (an item at its limit: the single factor does not fit).
    """
    scores = study.responses.scores(study.needed("items"))
    alpha = cronbach_alpha(scores, confidence)
    rows = [("Cronbach's alpha", alpha.estimate, alpha.low, alpha.high, alpha.respondents, False)]
    if scores.shape[1] > 2:
        for name, kind in (("McDonald's omega", "pearson"), ("ordinal omega", "polychoric")):
            omega = mcdonald_omega(scores, kind)
            rows.append((name, omega.estimate, None, None, omega.respondents, bool(omega.heywood)))
    columns = ["coefficient", "estimate", "low", "high", "respondents", "heywood"]
    return pd.DataFrame(rows, columns=columns).assign(items=alpha.items)


@or_reason
def hidden_correlations(study: Study) -> pd.DataFrame:
    """Polychoric correlation of every pair of ordinal questions, beside that of their points.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        One row a pair: ``first``, ``second`` (words), ``polychoric``, ``standard_error``, ``pearson``, ``respondents``.
    """
    scores = study.responses.scores(study.ordinal)
    rows = []
    for first, second in combinations(scores, 2):
        hidden = polychoric_correlation(scores[first], scores[second])
        rows.append(
            {
                "first": study.title(first),
                "second": study.title(second),
                "polychoric": hidden.estimate,
                "standard_error": hidden.standard_error,
                "pearson": scores[first].corr(scores[second]),
                "respondents": hidden.respondents,
            }
        )
    return pd.DataFrame(rows)


@or_reason
def likeness(study: Study, confidence: float = 0.95) -> pd.DataFrame:
    """Intraclass correlation of every ordinal question within universities, and what it does to the sample.

    Parameters
    ----------
    study : Study
    confidence : float

    Returns
    -------
    DataFrame
        One row a question: ``title``, ``icc``, ``low``, ``high``, ``p`` (F test that universities do not differ),
        ``respondents``, ``universities``, ``design_effect`` and ``effective_sample`` at the estimate (at 0 where it is
        negative).
    """
    rows = []
    for question in study.ordinal:
        values = study.responses.scores([question])[question].dropna()
        university = study.responses.university[values.index]
        told = intraclass_correlation(values, university, confidence)
        sizes = university.value_counts().loc[lambda size: size > 0].tolist()
        icc = max(told.estimate, 0.0)
        rows.append(
            {
                "title": study.title(question),
                "icc": told.estimate,
                "low": told.low,
                "high": told.high,
                "p": told.p,
                "respondents": told.respondents,
                "universities": told.universities,
                "design_effect": design_effect(icc, sizes),
                "effective_sample": effective_sample_size(len(values), design_effect(icc, sizes)),
            }
        )
    return pd.DataFrame(rows)
