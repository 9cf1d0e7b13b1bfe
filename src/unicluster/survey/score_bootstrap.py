"""The wild score bootstrap: a test of an ordered-logit coefficient that holds with few universities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.resampling import CHUNK, Mapper
from unicluster.survey.bootstrap_weights import WEIGHTS, in_draws, p_floor
from unicluster.survey.cumulative_logit import CumulativeLogit
from unicluster.survey.ordinal import OrderedLogit
from unicluster.survey.questionnaire import listed
from unicluster.survey.wild_bootstrap import TIE


@dataclass(frozen=True, eq=False)
class ScoreBootstrap:
    """Score test that one coefficient of an ordered logit is zero.

    Attributes
    ----------
    coefficient : str
    statistic : float
        Sum of the efficient scores over the root of the sum of their squares by cluster.
    p : float
        Two-sided p-value.
    p_floor : float
        The least p-value that this number of clusters and draws can give.
    draws : int
    enumerated : bool
        Is the result exact, without simulation?
    clusters : int
    weights : {"rademacher", "webb"}
    """

    coefficient: str
    statistic: float
    p: float
    p_floor: float
    draws: int
    enumerated: bool
    clusters: int
    weights: str


def wild_score_bootstrap(
    fit: OrderedLogit,
    coefficient: str,
    *,
    weights: str = "webb",
    draws: int = 9999,
    seed: int = 0,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> ScoreBootstrap:
    """Test that a coefficient is zero by re-weighting the scores of the clusters.

    The model is fitted once, without the predictor. Each draw multiplies the clusters' efficient scores by
    random weights, so that nothing is fitted again. With Rademacher weights this is the randomisation
    test of symmetric scores.

    Parameters
    ----------
    fit : OrderedLogit
        Fitted with a ``cluster``.
    coefficient : str
        A column of ``fit.design``.
    weights : {"webb", "rademacher"}
    draws : int
        All combinations of weights are taken instead where there are no more than this.
    seed : int
    chunk : int
        Draws at a time, each chunk with a random stream of its own.
    mapper : callable, optional
        The ``map`` of an executor, to spread the chunks over workers; the result is the same.

    Returns
    -------
    ScoreBootstrap

    Raises
    ------
    InputError
        When the fit has no clusters or the coefficient or the weights are unknown.

    References
    ----------
    Kline, P. and Santos, A. (2012). A score based approach to wild bootstrap inference. Journal of
    Econometric Methods 1, 23-41.
    Canay, I. A., Romano, J. P. and Shaikh, A. M. (2017). Randomization tests under an approximate
    symmetry assumption. Econometrica 85, 1013-1030.
    """
    faults = []
    if fit.groups is None:
        faults.append(Fault("the model was fitted without clusters; give `ordered_logit` a cluster"))
    if coefficient not in fit.design:
        message = f"no such coefficient; there are {listed(fit.design)}"
        faults.append(Fault(message, column="coefficient", value=coefficient))
    if weights not in WEIGHTS:
        faults.append(Fault(f"weights are {' or '.join(WEIGHTS)}", column="weights", value=weights))
    if draws < 1:
        faults.append(Fault("at least one draw", column="draws", value=str(draws)))
    refuse(faults)
    scores = efficient_scores(fit, coefficient).groupby(fit.groups).sum().to_numpy()
    statistic = scores.sum() / np.linalg.norm(scores)
    work = partial(_statistics, scores)
    parts, enumerated = in_draws(work, len(scores), weights, draws, seed, chunk, mapper)
    drawn = np.concatenate(parts)
    extreme = int((drawn >= abs(statistic) * (1 - TIE)).sum())
    return ScoreBootstrap(
        coefficient=coefficient,
        statistic=float(statistic),
        p=extreme / len(drawn) if enumerated else (1 + extreme) / (1 + len(drawn)),
        p_floor=p_floor(len(scores), weights, draws),
        draws=len(drawn),
        enumerated=enumerated,
        clusters=len(scores),
        weights=weights,
    )


def _statistics(scores: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The statistic of each draw of weights, without its sign."""
    return np.abs(v @ scores) / np.linalg.norm(v * scores, axis=1)


def efficient_scores(fit: OrderedLogit, coefficient: str) -> pd.Series:
    """Each respondent's score for a coefficient of zero, cleared of what the other parameters explain.

    Parameters
    ----------
    fit : OrderedLogit
    coefficient : str
        A column of ``fit.design``.

    Returns
    -------
    Series of float
    """
    codes = fit.answers.cat.codes.to_numpy().astype(int)
    scaled = (fit.design - fit.design.mean()) / fit.design.std(ddof=0)
    others = scaled.drop(columns=coefficient)
    below = np.bincount(codes).cumsum()[:-1] / len(codes)
    start = np.concatenate([np.log(below / (1 - below)), np.zeros(others.shape[1])])
    restricted = CumulativeLogit(codes, others).fit(start).x
    model = CumulativeLogit(codes, pd.concat([others, scaled[[coefficient]]], axis=1))
    null = np.append(restricted, 0.0)
    scores, information = model.scores(null), -model.hessian(null)
    explained = np.linalg.solve(information[:-1, :-1], information[:-1, -1])
    return pd.Series(scores[:, -1] - scores[:, :-1] @ explained, index=fit.answers.index)
