"""Do the predictors move every cut of the scale alike? Tests of the proportional-odds assumption."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.discrete.discrete_model import Logit
from statsmodels.tools import add_constant

from unicluster.faults import Fault, refuse
from unicluster.survey.cumulative_logit import CumulativeLogit
from unicluster.survey.ordinal import OrderedLogit

OMNIBUS = "all predictors"


def brant(fit: OrderedLogit) -> pd.DataFrame:
    """Brant's Wald test that the binary logits at all cuts have the same slopes.

    Parameters
    ----------
    fit : OrderedLogit
        With three points of the scale or more. The test takes respondents as independent, whatever errors
        the fit has.

    Returns
    -------
    DataFrame
        One row for all predictors together and one for each column of the design: ``statistic`` (chi
        square), ``df``, ``p``.

    Raises
    ------
    InputError
        "The Brant test cannot be computed because …": two points of the scale, or a cut that the
        predictors separate.

    References
    ----------
    Brant, R. (1990). Assessing proportionality in the proportional odds model for ordinal logistic
    regression. Biometrics 46, 1171-1178.
    """
    codes, cuts = _codes(fit, "the Brant test")
    X = add_constant(fit.design.to_numpy(), has_constant="add")
    separated = [
        f"{cut!r}"
        for k, cut in enumerate(fit.thresholds.index)
        if CumulativeLogit((codes > k).astype(int), fit.design).separating() is not None
    ]
    if separated:
        message = f"the predictors separate the answers at the cut {', '.join(separated)}"
        refuse([Fault(f"the Brant test cannot be computed because {message}")])
    logits = [Logit((codes > k).astype(float), X).fit(method="newton", disp=False) for k in range(cuts)]
    slopes = np.concatenate([logit.params[1:] for logit in logits])
    covariance = _joint_covariance(X, np.array([logit.predict() for logit in logits]))
    p = fit.design.shape[1]
    rows = {OMNIBUS: range(p)} | {name: [j] for j, name in enumerate(fit.design)}
    return pd.DataFrame({n: _equal_slopes(slopes, covariance, list(js), p, cuts) for n, js in rows.items()}).T


def parallel_lines(fit: OrderedLogit) -> pd.DataFrame:
    """Likelihood-ratio tests against models whose slopes differ between the cuts.

    Parameters
    ----------
    fit : OrderedLogit
        With three points of the scale or more. The test takes respondents as independent, whatever errors
        the fit has.

    Returns
    -------
    DataFrame
        One row for the model in which all slopes are free, and one for each column of the design with its
        slope alone free: ``statistic`` (chi square), ``df``, ``p``. A slope that is infinite in the freer
        model does no harm: the likelihood has a limit.

    Raises
    ------
    InputError
        When the scale has two points.

    References
    ----------
    Peterson, B. and Harrell, F. E. (1990). Partial proportional odds models for ordinal response
    variables. Applied Statistics 39, 205-217.
    """
    codes, cuts = _codes(fit, "the test of parallel lines")
    names = list(fit.design)
    scaled = (fit.design - fit.design.mean()) / fit.design.std(ddof=0)
    thresholds = fit.thresholds["threshold"].to_numpy()
    thresholds = thresholds - fit.design.mean().to_numpy() @ fit.coefficients["coefficient"].to_numpy()
    slopes = fit.coefficients["coefficient"] * fit.design.std(ddof=0)
    rows = {}
    for row, free in [(OMNIBUS, names)] + [(name, [name]) for name in names]:
        common = slopes.drop(free).to_numpy()
        start = np.concatenate([thresholds, common, np.repeat(slopes[free], cuts)])
        freer = -CumulativeLogit(codes, scaled, free).fit(start).fun
        statistic, df = 2 * (freer - fit.log_likelihood), len(free) * (cuts - 1)
        rows[row] = {"statistic": statistic, "df": df, "p": stats.chi2.sf(statistic, df)}
    return pd.DataFrame(rows).T


def _codes(fit: OrderedLogit, test: str) -> tuple[NDArray[np.int_], int]:
    cuts = len(fit.thresholds)
    if cuts < 2:
        refuse([Fault(f"{test} cannot be computed because two points of the scale have one cut only")])
    return fit.answers.cat.codes.to_numpy().astype(int), cuts


def _joint_covariance(X: NDArray, above: NDArray) -> NDArray[np.float64]:
    """Covariance of the slopes of all binary logits, cut by cut (Brant 1990, equation 9).

    ``above[k]`` is the fitted probability of an answer above cut k; above two cuts means above the higher.
    """
    cuts, p = len(above), X.shape[1] - 1
    breads = [np.linalg.inv((X * (q * (1 - q))[:, None]).T @ X) for q in above]
    joint = np.empty((cuts, p, cuts, p))
    for a in range(cuts):
        for b in range(cuts):
            weight = above[max(a, b)] - above[a] * above[b]
            block = breads[a] @ ((X * weight[:, None]).T @ X) @ breads[b]
            joint[a, :, b, :] = block[1:, 1:]
    return joint.reshape(cuts * p, cuts * p)


def _equal_slopes(slopes: NDArray, covariance: NDArray, columns: list[int], p: int, cuts: int) -> dict[str, float]:
    """Wald test that the slopes of ``columns`` are the same at every cut as at the first."""
    contrast = np.kron(np.column_stack([np.ones(cuts - 1), -np.eye(cuts - 1)]), np.eye(p)[columns])
    difference = contrast @ slopes
    statistic = difference @ np.linalg.solve(contrast @ covariance @ contrast.T, difference)
    df = len(difference)
    return {"statistic": statistic, "df": df, "p": stats.chi2.sf(statistic, df)}
