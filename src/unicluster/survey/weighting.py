"""Weights that make the respondents match known totals."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.survey.questionnaire import listed


@dataclass(frozen=True, eq=False)
class Raking:
    """Raked weights.

    Attributes
    ----------
    weights : Series of float
        One a respondent; they add up to the known total.
    rounds : int
        Passes over all variables.
    discrepancy : float
        Largest remaining difference from a total, as a share of it.
    design_effect : float
        Kish's n Σw² / (Σw)²: what unequal weights alone do to a variance.
    effective_size : float
        Respondents / design effect.
    """

    weights: pd.Series
    rounds: int
    discrepancy: float
    design_effect: float
    effective_size: float


def rake(
    groups: pd.DataFrame,
    totals: Mapping[str, Mapping[Hashable, float]],
    base_weights: pd.Series | None = None,
    tolerance: float = 1e-9,
    max_rounds: int = 1000,
) -> Raking:
    """Adjust weights in turn to each variable's known totals until all hold.

    Parameters
    ----------
    groups : DataFrame, shape (n, variables)
        Category of each respondent, such as the university and a single-choice answer.
    totals : mapping of str to mapping
        For each column of ``groups`` used, the known total (people, not shares) of every category.
    base_weights : Series of float, optional
        Positive starting weights with the index of ``groups``; 1 for each by default.
    tolerance : float
        Largest relative difference from a total that counts as agreement.
    max_rounds : int

    Returns
    -------
    Raking

    Raises
    ------
    InputError
        Everything at once: missing categories, a category without total or without respondents, a total that
        is not positive, variables whose totals differ in sum, weights that are not positive; or that no
        weights can match the totals.

    References
    ----------
    Deming, W. E. and Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when
    the expected marginal totals are known. Annals of Mathematical Statistics 11, 427-444.
    Kish, L. (1965). Survey Sampling. Wiley, section 11.7.
    """
    start = pd.Series(1.0, index=groups.index) if base_weights is None else base_weights
    refuse(_faults(groups, totals, start))
    codes, targets = [], []
    for name, wanted in totals.items():
        categories = pd.Index(list(wanted))
        codes.append(categories.get_indexer(groups[name]))
        targets.append(np.array([wanted[category] for category in categories], float))
    weights = start.to_numpy(float) * targets[0].sum() / start.sum()
    gap, rounds = np.inf, 0
    while gap > tolerance and rounds < max_rounds:
        rounds += 1
        for code, target in zip(codes, targets, strict=True):
            weights = weights * (target / np.bincount(code, weights, len(target)))[code]
        gap = max(
            np.abs(np.bincount(code, weights, len(target)) / target - 1).max()
            for code, target in zip(codes, targets, strict=True)
        )
    if gap > tolerance:
        message = f"after {rounds} rounds a total is still {gap:.2%} off, no weights seem to match them all"
        refuse([Fault(f"{message}; join small categories or use fewer variables", column="totals")])
    effect = design_effect_of_weights(weights)
    result = pd.Series(weights, index=groups.index, name="weight")
    return Raking(result, rounds, float(gap), effect, len(weights) / effect)


def design_effect_of_weights(weights: np.ndarray | pd.Series) -> float:
    """Kish's design effect n Σw² / (Σw)², 1 for equal weights.

    Parameters
    ----------
    weights : array_like of float, shape (n,)

    Returns
    -------
    float
    """
    w = np.asarray(weights, float)
    return float(len(w) * (w**2).sum() / w.sum() ** 2)


def _faults(groups: pd.DataFrame, totals: Mapping[str, Mapping[Hashable, float]], start: pd.Series) -> list[Fault]:
    faults = []
    if not totals or not len(groups):
        faults.append(Fault("raking needs respondents and the totals of one variable or more"))
    for name, wanted in totals.items():
        if name not in groups:
            message = f"totals of an unknown variable; there are {listed(groups)}"
            faults.append(Fault(message, column=name))
            continue
        column = groups[name]
        missing, present = int(column.isna().sum()), set(column.dropna())
        if missing:
            message = f"{missing} respondents have no category; leave them out or give them one"
            faults.append(Fault(message, column=name))
        if without := sorted(map(str, present - set(wanted))):
            faults.append(Fault(f"no total for {listed(without)}", column=name))
        if empty := sorted(map(str, set(wanted) - present)):
            message = f"no respondent to stand for {listed(empty)}; join it to another category"
            faults.append(Fault(message, column=name))
        for category, total in wanted.items():
            if not (np.isfinite(total) and total > 0):
                message = f"the total of {category!r} must be positive"
                faults.append(Fault(message, column=name, value=str(total)))
    sums = {name: float(np.sum(list(wanted.values()))) for name, wanted in totals.items()}
    if sums and not np.allclose(list(sums.values()), next(iter(sums.values())), rtol=1e-9):
        faults.append(Fault(f"the totals differ in sum: {sums}; they must describe the same people"))
    if not (start.index.equals(groups.index) and (np.isfinite(start) & (start > 0)).all()):
        message = "one positive weight a respondent is needed, with the index of the groups"
        faults.append(Fault(message, column="base_weights"))
    return faults
