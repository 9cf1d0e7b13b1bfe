"""Dirichlet-multinomial posteriors of the shares of a question, and how much the prior matters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from unicluster.faults import Fault, refuse
from unicluster.language import mark
from unicluster.survey.counts import as_floats, checked_answers, whole_number_faults

PRIORS = (mark("jeffreys"), mark("uniform"), mark("perks"))


def prior_concentration(options: int, prior: str | float = "jeffreys") -> float:
    """Weight that a symmetric Dirichlet prior gives each option, as if so many had chosen it before.

    Parameters
    ----------
    options : int
        Number of options.
    prior : {"jeffreys", "uniform", "perks"} or float
        1/2, 1, and one answer shared by all options; or the weight itself, above zero.

    Returns
    -------
    float

    Raises
    ------
    InputError
        For another name or a weight that is not above zero.

    References
    ----------
    Perks, W. (1947). Some observations on inverse probability including a new indifference rule.
    Journal of the Institute of Actuaries 73, 285-334.
    """
    named = {"jeffreys": 0.5, "uniform": 1.0, "perks": 1 / options}
    if isinstance(prior, str) and prior in named:
        return named[prior]
    weight = as_floats(prior)[()]
    if not (np.isfinite(weight) and weight > 0):
        message = f"a prior is one of {', '.join(PRIORS)}, or a weight above zero"
        refuse([Fault(message, column="prior", value=str(prior))])
    return float(weight)


def posterior(counts: ArrayLike, prior: str | float = "jeffreys", confidence: float = 0.95) -> pd.DataFrame:
    """What is believed of each share after the answers: mean, spread and credible interval.

    Parameters
    ----------
    counts : array_like of int, shape (options,)
        Answers of every option of a single-choice question. The index of a Series names the options.
    prior : str or float, default "jeffreys"
        See `prior_concentration`.
    confidence : float, default 0.95
        Mass of the equal-tailed interval of each share.

    Returns
    -------
    DataFrame
        One row an option: ``option``, ``count``, ``prior``, ``mean``, ``sd``, ``low``, ``high`` (shares
        from 0 to 1).

    Raises
    ------
    InputError
        Counts that are missing, negative or fractional, fewer than two options, no answers.

    References
    ----------
    Gelman, A., et al. (2013). Bayesian Data Analysis, 3rd ed., section 3.4. The marginal of each
    share is Beta(a_k, A - a_k), with a_k the count plus the prior weight and A their sum.
    """
    answers = checked_answers(counts, confidence)
    weights = answers + prior_concentration(answers.size, prior)
    marginal = stats.beta(weights, weights.sum() - weights)
    low, high = marginal.interval(confidence)
    return pd.DataFrame(
        {
            "option": counts.index if isinstance(counts, pd.Series) else np.arange(answers.size),
            "count": answers,
            "prior": prior,
            "mean": marginal.mean(),
            "sd": marginal.std(),
            "low": low,
            "high": high,
        }
    )


def prior_sensitivity(
    counts: ArrayLike, priors: Sequence[str | float] = PRIORS, confidence: float = 0.95
) -> pd.DataFrame:
    """The posterior under each of several priors, one below the other.

    Parameters
    ----------
    counts, confidence
        As in `posterior`.
    priors : sequence of str or float

    Returns
    -------
    DataFrame
        As from `posterior`, one row an option and prior.
    """
    return pd.concat([posterior(counts, prior, confidence) for prior in priors], ignore_index=True)


def probability_greater(
    counts: ArrayLike, more: Sequence[int], less: Sequence[int], prior: str | float = "jeffreys"
) -> NDArray[np.float64] | float:
    """Posterior probability that one group of options is chosen more often than another.

    Parameters
    ----------
    counts : array_like of int, shape (..., options)
        Answers of every option; a stack of count vectors, such as the `completions` of a question with
        unknown answers, is done at once.
    more, less : sequence of int
        Places of the options of each group, for instance "high" and "very high" against "low" and
        "very low".
    prior : str or float, default "jeffreys"
        See `prior_concentration`.

    Returns
    -------
    float or ndarray, shape (...)
        P(share of ``more`` > share of ``less``), exact.

    Raises
    ------
    InputError
        Bad counts; an empty group, places that do not exist, an option in both groups.

    Notes
    -----
    Given that a respondent is in one of the groups, the share of ``more`` is Beta(sum of its weights, sum
    of the weights of ``less``) whatever the other options do; the answer is its mass above one half.
    """
    values = np.atleast_1d(as_floats(counts))
    options = values.shape[-1]
    faults = whole_number_faults(counts, "counts")
    for name, places in (("more", more), ("less", less)):
        if not len(places):
            faults.append(Fault("give the places of the options", column=name))
        outside = [place for place in places if place not in range(options)]
        faults += [Fault(f"places are 0 to {options - 1}", column=name, value=str(p)) for p in outside]
    faults += [Fault("in both groups; keep it in one", column=f"option {p}") for p in sorted({*more} & {*less})]
    refuse(faults)
    weights = values + prior_concentration(options, prior)
    return stats.beta.sf(0.5, weights[..., list(more)].sum(-1), weights[..., list(less)].sum(-1))
