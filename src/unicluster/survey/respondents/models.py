"""What moves the outcome: ordered logit, its assumption, its effects, and errors that allow for universities."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.discrete.discrete_model import Logit
from statsmodels.tools import add_constant

from unicluster.faults import InputError
from unicluster.language import OR_MORE, mark
from unicluster.survey.bootstrap_weights import p_floor
from unicluster.survey.marginal_effects import marginal_effects
from unicluster.survey.ordinal import OrderedLogit, design_matrix, ordered_logit
from unicluster.survey.proportional_odds import brant, parallel_lines
from unicluster.survey.respondents.study import Study, or_reason
from unicluster.survey.score_bootstrap import wild_score_bootstrap
from unicluster.survey.wild_bootstrap import WildClusterBootstrap, wild_cluster_bootstrap


@or_reason
def explained(study: Study, confidence: float = 0.95, draws: int = 9999, seed: int = 0) -> pd.DataFrame:
    """Odds ratios of the outcome, with errors as if respondents were independent and clustered by university.

    Parameters
    ----------
    study : Study
    confidence : float
    draws, seed : int
        Of the wild score bootstrap.

    Returns
    -------
    DataFrame
        One row a predictor: ``predictor`` (words), ``coefficient``, ``odds_ratio``, ``low`` and ``high`` of the odds
        ratio (clustered errors, t), ``naive_low`` and ``naive_high`` (independent respondents), ``p_naive``,
        ``p_clustered``, ``p_score`` (wild score bootstrap, Webb weights), ``observations``, ``dropped``, ``clusters``.
        ``attrs["notes"]`` holds what must be known before trusting the errors.
    """
    naive, fit = _fitted(study, confidence, clustered=False), _fitted(study, confidence)
    told = fit.coefficients
    table = pd.DataFrame(
        {
            "predictor": [study.column(name) for name in told.index],
            "coefficient": told["coefficient"],
            "odds_ratio": told["odds_ratio"],
            "low": np.exp(told["low"]),
            "high": np.exp(told["high"]),
            "naive_low": np.exp(naive.coefficients["low"]),
            "naive_high": np.exp(naive.coefficients["high"]),
            "p_naive": naive.coefficients["p"],
            "p_clustered": told["p"],
            "p_score": [wild_score_bootstrap(fit, name, draws=draws, seed=seed).p for name in told.index],
            "observations": fit.observations,
            "dropped": fit.dropped,
            "clusters": fit.clusters,
        }
    ).reset_index(drop=True)
    table.attrs["notes"] = fit.notes
    return table


@or_reason
def parallel_slopes(study: Study, confidence: float = 0.95) -> pd.DataFrame:
    """Slope of each predictor at each cut of the scale, from separate binary logits, beside the common one.

    Parameters
    ----------
    study : Study
    confidence : float

    Returns
    -------
    DataFrame
        One row a predictor and cut: ``predictor``, ``cut`` (words), ``slope``, ``low``, ``high`` (log-odds), ``common``
        (the slope of the ordered logit) and ``above`` (respondents above the cut). A cut without a finite
        slope has NaN.
    """
    fit = _fitted(study, clustered=False)
    codes, X = fit.answers.cat.codes.to_numpy(), add_constant(fit.design.to_numpy(), has_constant="add")
    reach = stats.norm.ppf((1 + confidence) / 2)
    rows = []
    for place, upper in enumerate(fit.answers.cat.categories[1:]):
        above = (codes > place).astype(float)
        slopes, errors = _binary(above, X)
        for j, name in enumerate(fit.design):
            rows.append(
                {
                    "predictor": study.column(name),
                    "cut": OR_MORE.format(name=study.label(study.outcome, str(upper))),
                    "slope": slopes[j],
                    "low": slopes[j] - reach * errors[j],
                    "high": slopes[j] + reach * errors[j],
                    "common": fit.coefficients["coefficient"].iloc[j],
                    "above": int(above.sum()),
                }
            )
    return pd.DataFrame(rows).sort_values("predictor", kind="stable", ignore_index=True)


@or_reason
def proportionality(study: Study) -> pd.DataFrame:
    """Tests that the slopes are the same at every cut.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        One row for all predictors together and one for each: ``predictor``, ``brant`` (chi square), ``df``,
        ``p_brant``,
        ``likelihood_ratio``, ``p_likelihood_ratio``. The tests take respondents as independent.
    """
    fit = _fitted(study, clustered=False)
    wald, ratio = _careful_brant(fit), parallel_lines(fit)
    return pd.DataFrame(
        {
            "predictor": [study.column(name) if name in fit.design else mark("All together") for name in ratio.index],
            "brant": wald["statistic"].to_numpy(),
            "df": ratio["df"].to_numpy(int),
            "p_brant": wald["p"].to_numpy(),
            "likelihood_ratio": ratio["statistic"].to_numpy(),
            "p_likelihood_ratio": ratio["p"].to_numpy(),
        }
    )


@or_reason
def effects(study: Study, confidence: float = 0.95) -> pd.DataFrame:
    """Average marginal effect of each predictor on the probability of each answer, in percentage points.

    Parameters
    ----------
    study : Study
    confidence : float

    Returns
    -------
    DataFrame
        ``predictor``, ``option`` (words), ``effect``, ``low``, ``high`` (points; clustered errors).
    """
    table = marginal_effects(_fitted(study, confidence), confidence).reset_index()
    table["predictor"] = [study.column(name) for name in table["predictor"]]
    table["option"] = [study.label(study.outcome, option) for option in table["option"]]
    table[["effect", "low", "high"]] *= 100
    return table[["predictor", "option", "effect", "low", "high"]]


@or_reason
def wild_tests(study: Study, confidence: float = 0.95, draws: int = 9999, seed: int = 0) -> pd.DataFrame:
    """Linear model of the outcome's points: each coefficient tested by clustered t and by the wild cluster bootstrap.

    Parameters
    ----------
    study : Study
    confidence : float
    draws, seed : int

    Returns
    -------
    DataFrame
        One row a predictor: ``predictor``, ``estimate`` (points of the scale), ``low``, ``high`` (bootstrap, Webb
        weights), ``t``, ``p_t`` (t with one degree of freedom less than universities), ``p_webb``, ``floor_webb``,
        ``p_rademacher``, ``floor_rademacher``, ``clusters``.
    """
    rows = []
    for name in _linear(study)[1]:
        webb = _wild(study, name, "webb", draws, seed, confidence)
        plain = _wild(study, name, "rademacher", draws, seed, confidence)
        rows.append(
            {
                "predictor": study.column(name),
                "estimate": webb.estimate,
                "low": webb.low,
                "high": webb.high,
                "t": webb.t,
                "p_t": 2 * stats.t.sf(abs(webb.t), webb.clusters - 1),
                "p_webb": webb.p,
                "floor_webb": webb.p_floor,
                "p_rademacher": plain.p,
                "floor_rademacher": p_floor(webb.clusters, "rademacher", draws),
                "clusters": webb.clusters,
            }
        )
    return pd.DataFrame(rows)


@or_reason
def wild_draws(study: Study, draws: int = 9999, seed: int = 0, bins: int = 41) -> pd.DataFrame:
    """Distribution of the statistic of the first predictor under the null hypothesis.

    Parameters
    ----------
    study : Study
    draws, seed : int
    bins : int
        Of the histogram.

    Returns
    -------
    DataFrame
        One row a bin: ``left``, ``right``, ``count``; and, the same in every row, ``predictor``, ``t``, ``p``,
        ``draws``.
    """
    name = next(iter(_linear(study)[1]))
    result = _wild(study, name, "webb", draws, seed)
    # Whatever is farther out than this would hide the shape of the rest; the last bins take it in.
    reach = max(4.0, 1.2 * abs(result.t))
    count, edges = np.histogram(np.clip(result.t_draws, -reach, reach), np.linspace(-reach, reach, bins + 1))
    told = {"predictor": study.column(name), "t": result.t, "p": result.p, "draws": result.draws}
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "count": count, **told})


def _predictors(study: Study) -> pd.DataFrame:
    """Ordinal predictors as points of their scale, nominal ones as categories."""
    responses = study.responses
    scores = responses.scores([q for q in study.predictors if q in responses.off_scale])
    return pd.DataFrame({q: scores[q] if q in scores else responses.single[q] for q in study.predictors})


def _fitted(study: Study, confidence: float = 0.95, clustered: bool = True) -> OrderedLogit:
    outcome = study.needed("outcome")
    study.needed("predictors")
    cluster = study.responses.university if clustered else None
    return ordered_logit(study.responses.ordinal(outcome), _predictors(study), cluster, confidence)


def _binary(above: np.ndarray, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slopes of a binary logit and their errors; NaN where the predictors separate the answers."""
    lost = np.full(X.shape[1] - 1, np.nan)
    try:
        fit = Logit(above, X).fit(disp=False, method="newton", maxiter=100, warn_convergence=False)
    except Exception as error:  # statsmodels has no common class for separation and singular matrices.
        if type(error).__name__ not in ("PerfectSeparationError", "LinAlgError"):
            raise
        return lost, lost
    if not fit.mle_retvals["converged"] or np.abs(fit.params).max() > 15:
        return lost, lost
    return fit.params[1:], fit.bse[1:]


def _careful_brant(fit: OrderedLogit) -> pd.DataFrame:
    """Brant's test; NaN where it cannot be computed but the likelihood-ratio test can."""
    try:
        return brant(fit)
    except InputError:
        index = range(1 + fit.design.shape[1])
        return pd.DataFrame(np.nan, index=index, columns=["statistic", "df", "p"])


def _linear(study: Study) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    """Points of the outcome, the design and the universities of those with all answers."""
    outcome = study.needed("outcome")
    study.needed("predictors")
    y, causes = study.responses.scores([outcome])[outcome], _predictors(study)
    used = y.notna() & causes.notna().all(axis=1)
    return y[used], design_matrix(causes[used])[0], study.responses.university[used]


def _wild(study: Study, name: str, weights: str, draws: int, seed: int, confidence=0.95) -> WildClusterBootstrap:
    y, design, university = _linear(study)
    return wild_cluster_bootstrap(
        y, design, university, name, weights=weights, draws=draws, seed=seed, confidence=confidence
    )
