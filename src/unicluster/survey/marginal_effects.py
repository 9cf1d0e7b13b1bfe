"""Average marginal effects of an ordered logit: what a predictor does to each probability."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.tools.numdiff import approx_fprime_cs

from unicluster.survey.ordinal import OrderedLogit, category_probabilities


def marginal_effects(fit: OrderedLogit, confidence: float = 0.95) -> pd.DataFrame:
    """Average effect of each predictor on the probability of each point of the scale.

    For a 0/1 predictor the change from 0 to 1 (from the first option, for a category), else the
    derivative, averaged over the respondents; errors by the delta method. The effects of one predictor
    add up to 0 over the scale.

    Parameters
    ----------
    fit : OrderedLogit
    confidence : float
        Level of the intervals (normal, or t when the errors are clustered).

    Returns
    -------
    DataFrame
        Rows (predictor, option): ``effect`` (probability per unit of the predictor), ``standard_error``,
        ``low``, ``high``.
    """
    reference = stats.norm if fit.clusters is None else stats.t(fit.clusters - 1)
    quantile = reference.ppf((1 + confidence) / 2)
    tables = {}
    for name in fit.design:
        effect = _average_effect(fit, name)
        jacobian = approx_fprime_cs(fit.parameters, effect)
        error = np.sqrt(np.einsum("ij,jk,ik->i", jacobian, fit.covariance.to_numpy(), jacobian))
        value = effect(fit.parameters)
        tables[name] = pd.DataFrame(
            {
                "effect": value,
                "standard_error": error,
                "low": value - quantile * error,
                "high": value + quantile * error,
            },
            index=fit.answers.cat.categories.astype(str),
        )
    return pd.concat(tables, names=["predictor", "option"])


def _average_effect(fit: OrderedLogit, name: str) -> Callable[[NDArray], NDArray[np.float64]]:
    """The average effect of one predictor on each probability, as a function of the parameters."""
    j, design = fit.design.columns.get_loc(name), fit.design.to_numpy()
    if set(np.unique(design[:, j])) <= {0.0, 1.0}:
        without, having = design.copy(), design.copy()
        for sibling in fit.siblings.get(name, (name,)):
            column = fit.design.columns.get_loc(sibling)
            without[:, column] = having[:, column] = 0.0
        having[:, j] = 1.0
        return lambda b: (category_probabilities(b, having) - category_probabilities(b, without)).mean(axis=0)

    def slope(b: NDArray) -> NDArray[np.float64]:
        p = design.shape[1]
        density = 0.25 - 0.25 * np.tanh((b[p:] - (design @ b[:p])[:, None]) / 2) ** 2
        return -b[j] * np.diff(density, axis=1, prepend=0.0, append=0.0).mean(axis=0)

    return slope
