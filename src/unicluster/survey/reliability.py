"""Do the items of a scale measure one thing? Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import minimize, root

from unicluster.faults import Fault, refuse
from unicluster.language import Told, mark
from unicluster.survey.counts import CANNOT_BE_ESTIMATED
from unicluster.survey.polychoric import polychoric_matrix
from unicluster.survey.questionnaire import listed

LEAST_UNIQUENESS = 0.005


@dataclass(frozen=True)
class CronbachAlpha:
    """Cronbach's alpha.

    Attributes
    ----------
    estimate, low, high : float
        With its confidence interval.
    respondents, dropped : int
        Used, and left out because an item is missing.
    items : int
    against : tuple of str
        Items that go against the sum of the others; perhaps they are worded the other way round.
    """

    estimate: float
    low: float
    high: float
    respondents: int
    dropped: int
    items: int
    against: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class McDonaldOmega:
    """McDonald's omega of a single factor.

    Attributes
    ----------
    estimate : float
        Share of the variance of the sum that the factor explains.
    loadings, uniquenesses : Series
        Of each item, in its own units (standardised when from polychoric correlations).
    heywood : tuple of str
        Items whose uniqueness is at its lower limit (0.005 of the variance): the single factor does not fit,
        and the estimate is not to be relied on.
    respondents, dropped : int
        Used, and left out because an item is missing (from pair to pair, with polychoric correlations).
    """

    estimate: float
    loadings: pd.Series
    uniquenesses: pd.Series
    heywood: tuple[str, ...]
    respondents: int
    dropped: int


def cronbach_alpha(items: pd.DataFrame, confidence: float = 0.95) -> CronbachAlpha:
    """Internal consistency of a sum of items that load on one thing equally.

    pingouin has it, but rounds the interval to three decimals and counts the dropped respondents in it.

    Parameters
    ----------
    items : DataFrame of float, shape (n, k)
        One column an item (`Responses.scores`); rows with a missing item are left out.
    confidence : float

    Returns
    -------
    CronbachAlpha
        The interval is Feldt's, exact for normal items with equal covariances.

    Raises
    ------
    InputError
        "Cronbach's alpha cannot be estimated because …": fewer than two items or three respondents, or a sum
        that is the same for everybody.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16,
    297-334.
    Feldt, L. S., Woodruff, D. J. and Salih, F. A. (1987). Statistical inference for coefficient alpha.
    Applied Psychological Measurement 11, 93-103.
    """
    used = items.astype(float).dropna()
    _refuse(mark("Cronbach's alpha"), used, least_items=2)
    n, k = used.shape
    covariance = used.cov().to_numpy()
    alpha = k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())
    tail = (1 - confidence) / 2
    low, high = 1 - (1 - alpha) * stats.f.ppf([1 - tail, tail], n - 1, (n - 1) * (k - 1))
    rest = covariance.sum(axis=1) - np.diag(covariance)
    against = tuple(name for name, sign in zip(used.columns.astype(str), rest, strict=True) if sign < 0)
    return CronbachAlpha(float(alpha), float(low), float(high), n, len(items) - n, k, against)


def mcdonald_omega(items: pd.DataFrame, correlation: str = "pearson") -> McDonaldOmega:
    """Reliability of a sum of items that load on one factor, each in its own measure.

    Parameters
    ----------
    items : DataFrame of float, shape (n, k)
        One column an item (`Responses.scores`), three or more.
    correlation : {"pearson", "polychoric"}
        With "polychoric" the result is ordinal omega: the reliability of the sum of the hidden scales, not of
        the answers themselves.

    Returns
    -------
    McDonaldOmega
        From a one-factor maximum-likelihood analysis.

    Raises
    ------
    InputError
        "McDonald's omega cannot be estimated because …": fewer than three items or respondents, an item
        the same for everybody, items that depend on each other; or an unknown ``correlation``.

    References
    ----------
    McDonald, R. P. (1999). Test Theory: A Unified Treatment. Erlbaum, equation 6.20.
    Jöreskog, K. G. (1967). Some contributions to maximum likelihood factor analysis. Psychometrika 32,
    443-482.
    """
    if correlation not in ("pearson", "polychoric"):
        message = "the correlation is 'pearson' or 'polychoric'"
        refuse([Fault(message, column="correlation", value=correlation)])
    used = items.astype(float).dropna()
    _refuse(mark("McDonald's omega"), used, least_items=3)
    if correlation == "polychoric":
        scale, matrix = np.ones(items.shape[1]), polychoric_matrix(items)[0].to_numpy()
    else:
        scale, matrix = used.std().to_numpy(), used.corr().to_numpy()
    if np.linalg.eigvalsh(matrix).min() < 1e-10:
        reason = mark("the items depend on each other linearly, or there are too few respondents for them")
        refuse([Fault(Told(CANNOT_BE_ESTIMATED, what=mark("McDonald's omega"), reason=reason))])
    loadings, uniqueness = _one_factor(matrix)
    loadings, uniqueness = loadings * scale, uniqueness * scale**2
    common = loadings.sum() ** 2
    names = used.columns.astype(str)
    return McDonaldOmega(
        estimate=float(common / (common + uniqueness.sum())),
        loadings=pd.Series(loadings, index=names, name="loading"),
        uniquenesses=pd.Series(uniqueness, index=names, name="uniqueness"),
        heywood=tuple(names[uniqueness / scale**2 < LEAST_UNIQUENESS + 1e-9]),
        respondents=len(used),
        dropped=len(items) - len(used),
    )


def _one_factor(correlation: NDArray) -> tuple[NDArray, NDArray]:
    """Loadings, positive in sum, and uniquenesses of a single maximum-likelihood factor.

    The likelihood is a function of the uniquenesses alone (Jöreskog 1967, equation 15), which are kept off
    zero as in R's factanal. statsmodels' `Factor` starts at random and stops short where one of them tends
    to zero.
    """

    def first_axis(uniqueness: NDArray) -> tuple[NDArray, NDArray]:
        root = np.sqrt(uniqueness)
        values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
        return values, root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))

    def loss(uniqueness: NDArray) -> tuple[float, NDArray]:
        values, loadings = first_axis(uniqueness)
        residual = loadings**2 + uniqueness - np.diag(correlation)
        return float((values - np.log(values) - 1)[:-1].sum()), residual / uniqueness**2

    start = (1 - 0.5 / len(correlation)) / np.diag(np.linalg.inv(correlation))
    bounds = [(LEAST_UNIQUENESS, 1.0)] * len(correlation)
    options = {"ftol": 1e-14, "gtol": 1e-9, "maxiter": 2000}
    uniqueness = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    # The search ends where the likelihood no longer changes, six digits or so; its slope has more.
    free = (uniqueness > LEAST_UNIQUENESS) & (uniqueness < 1.0)

    def slope(chosen: NDArray) -> NDArray:
        whole = uniqueness.copy()
        whole[free] = chosen
        return loss(whole)[1][free]

    polished = root(slope, uniqueness[free], tol=1e-13).x if free.any() else uniqueness[free]
    if np.abs(polished - uniqueness[free]).max(initial=0.0) < 1e-4:
        uniqueness[free] = polished
    loadings = first_axis(uniqueness)[1]
    return loadings * (np.sign(loadings.sum()) or 1.0), uniqueness


def _refuse(what: str, used: pd.DataFrame, least_items: int) -> None:
    reasons = []
    if used.shape[1] < least_items:
        few = mark("it needs {least} items or more; there are {n}")
        reasons.append(Told(few, least=least_items, n=used.shape[1]))
    if len(used) < 3:
        reasons.append(Told(mark("it needs three respondents who answered every item; there are {n}"), n=len(used)))
    elif used.sum(axis=1).nunique() == 1:
        reasons.append(mark("the sum of the items is the same for everybody"))
    same = [str(name) for name in used if used[name].nunique() < 2]
    if least_items > 2 and same:
        reasons.append(Told(mark("{names} is the same for everybody"), names=listed(same)))
    refuse(Fault(Told(CANNOT_BE_ESTIMATED, what=what, reason=reason)) for reason in reasons)
