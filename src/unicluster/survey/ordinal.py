"""Ordered logit: what moves answers up or down a scale, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel

from unicluster.faults import Fault, refuse
from unicluster.language import Told, mark
from unicluster.survey.counts import CANNOT_BE_ESTIMATED
from unicluster.survey.cumulative_logit import CumulativeLogit
from unicluster.survey.questionnaire import listed

# Cluster-robust errors are known to be too small below about this many clusters (Cameron and Miller 2015).
ENOUGH_CLUSTERS = 40


@dataclass(frozen=True, eq=False)
class OrderedLogit:
    """A fitted proportional-odds model, P(answer ≤ k) = expit(θ_k - x β).

    Attributes
    ----------
    coefficients : DataFrame
        One row a column of ``design``: ``coefficient``, ``standard_error``, ``statistic``, ``p``, ``low``,
        ``high`` (log-odds of a higher answer) and ``odds_ratio``.
    thresholds : DataFrame
        One row a cut "lower | higher": ``threshold``, ``standard_error``.
    covariance : DataFrame
        Of the coefficients, then the thresholds.
    log_likelihood, null_log_likelihood : float
        Of this model and of the one without predictors.
    observations, dropped : int
        Respondents used, and left out because a value is missing.
    groups : Series of int or None
        Cluster of each respondent used; None when the errors assume independent respondents.
    empty : tuple of str
        Points of the scale that nobody chose; the model joins them to nothing and leaves them out.
    notes : tuple of str
        What a reader must know before trusting the errors.
    design : DataFrame of float
        The predictors used, categories as 0/1 columns against their first one.
    answers : Series of category
        The answers used, without empty categories.
    siblings : dict of str to tuple of str
        For each 0/1 column made from a category, all columns of that category.
    """

    coefficients: pd.DataFrame
    thresholds: pd.DataFrame
    covariance: pd.DataFrame
    log_likelihood: float
    null_log_likelihood: float
    observations: int
    dropped: int
    groups: pd.Series | None
    empty: tuple[str, ...]
    notes: tuple[str, ...]
    design: pd.DataFrame
    answers: pd.Series
    siblings: Mapping[str, tuple[str, ...]]

    @property
    def clusters(self) -> int | None:
        """Number of clusters."""
        return None if self.groups is None else int(self.groups.nunique())

    @property
    def parameters(self) -> NDArray[np.float64]:
        """Coefficients, then thresholds."""
        return np.concatenate([self.coefficients["coefficient"], self.thresholds["threshold"]])

    def predict(self, design: pd.DataFrame | None = None) -> pd.DataFrame:
        """Probability of each point of the scale (rows of ``design``, the fitted one by default)."""
        used = self.design if design is None else design
        values = category_probabilities(self.parameters, used.to_numpy())
        return pd.DataFrame(values, index=used.index, columns=self.answers.cat.categories)


def ordered_logit(
    answers: pd.Series,
    predictors: pd.DataFrame,
    cluster: ArrayLike | None = None,
    confidence: float = 0.95,
) -> OrderedLogit:
    """Fit the proportional-odds model by maximum likelihood (statsmodels' `OrderedModel`).

    Parameters
    ----------
    answers : Series of ordered category, shape (n,)
        From `Responses.ordinal`.
    predictors : DataFrame, shape (n, p)
        Numbers, or categories that become 0/1 columns against their first one; no constant.
    cluster : array_like, shape (n,), optional
        University of each respondent. Errors are then cluster-robust, and tests and intervals use
        Student's t with one degree of freedom less than there are clusters.
    confidence : float
        Level of the intervals.

    Returns
    -------
    OrderedLogit

    Raises
    ------
    InputError
        "Ordered logit cannot be estimated because …": all answers are equal, predictors are constant,
        collinear or separate the answers, one cluster only, fewer respondents than parameters.

    References
    ----------
    McCullagh, P. (1980). Regression models for ordinal data. Journal of the Royal Statistical Society B
    42, 109-142.
    """
    if not (isinstance(answers.dtype, pd.CategoricalDtype) and answers.cat.ordered):
        message = "answers must be an ordered category; `Responses.ordinal` gives one"
        refuse([Fault(message, column="answers")])
    if not len(answers) == len(predictors) == len(answers if cluster is None else cluster):
        refuse([Fault("answers, predictors and cluster must have one row a respondent")])
    groups = None if cluster is None else pd.Series(np.asarray(cluster), index=answers.index)
    used = answers.notna() & predictors.notna().all(axis=1).to_numpy()
    if groups is not None:
        used &= groups.notna()
        groups = pd.Series(pd.factorize(groups[used], sort=True)[0], index=answers.index[used])
    kept = answers[used].cat.remove_unused_categories()
    chosen = predictors[used.to_numpy()].set_axis(kept.index)
    design, siblings = design_matrix(chosen)
    constant = [str(name) for name in chosen if chosen[name].nunique() < 2]
    refuse(_cannot(kept, design, constant, groups))
    fitted = _fit(kept, design, groups)
    clusters = None if groups is None else int(groups.nunique())
    errors = np.sqrt(np.diag(fitted.covariance))
    p, names = design.shape[1], list(design)
    cuts = [f"{a} | {b}" for a, b in zip(kept.cat.categories, kept.cat.categories[1:], strict=False)]
    table = pd.DataFrame({"coefficient": fitted.parameters[:p], "standard_error": errors[:p]}, index=names)
    reference = stats.norm if clusters is None else stats.t(clusters - 1)
    table["statistic"] = table["coefficient"] / table["standard_error"]
    table["p"] = 2 * reference.sf(table["statistic"].abs())
    reach = reference.ppf((1 + confidence) / 2) * table["standard_error"]
    table["low"], table["high"] = table["coefficient"] - reach, table["coefficient"] + reach
    table["odds_ratio"] = np.exp(table["coefficient"])
    empty = tuple(map(str, answers.cat.categories.difference(kept.cat.categories, sort=False)))
    thresholds = {"threshold": fitted.parameters[p:], "standard_error": errors[p:]}
    return OrderedLogit(
        coefficients=table,
        thresholds=pd.DataFrame(thresholds, index=cuts),
        covariance=pd.DataFrame(fitted.covariance, index=names + cuts, columns=names + cuts),
        log_likelihood=fitted.log_likelihood,
        null_log_likelihood=float(stats.entropy(kept.value_counts()) * -len(kept)),
        observations=len(kept),
        dropped=int((~used).sum()),
        groups=groups,
        empty=empty,
        notes=_notes(empty, clusters, len(errors)),
        design=design,
        answers=kept,
        siblings=siblings,
    )


def design_matrix(predictors: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Numbers as they are, categories as 0/1 columns ``name: option`` against their first option.

    Parameters
    ----------
    predictors : DataFrame, shape (n, p)

    Returns
    -------
    design : DataFrame of float
    siblings : dict of str to tuple of str
        All columns of the category from which each 0/1 column was made.
    """
    columns, siblings = {}, {}
    for name, column in predictors.items():
        if pd.api.types.is_numeric_dtype(column):
            columns[str(name)] = column.astype(float)
            continue
        dummies = pd.get_dummies(column.astype("category").cat.remove_unused_categories(), dtype=float)
        own = {f"{name}: {option}": dummies[option] for option in dummies.columns[1:]}
        siblings |= dict.fromkeys(own, tuple(own))
        columns |= own
    return pd.DataFrame(columns, index=predictors.index), siblings


@dataclass(frozen=True, eq=False)
class _Fitted:
    parameters: NDArray[np.float64]
    covariance: NDArray[np.float64]
    log_likelihood: float


def _fit(answers: pd.Series, design: pd.DataFrame, groups: pd.Series | None) -> _Fitted:
    """Fit on standardised predictors, for the sake of the optimiser, and turn the result back.

    statsmodels finds the maximum to the six digits of its search and takes errors from differences of the
    likelihood; Newton steps on the exact derivatives make both the same on every machine.
    """
    mean, scale = design.mean().to_numpy(), design.std(ddof=0).to_numpy()
    standard = (design - mean) / scale
    model = OrderedModel(answers, standard, distr="logit")
    found = model.fit(method="bfgs", maxiter=2000, gtol=1e-6, disp=False, skip_hessian=True)
    if not found.mle_retvals["converged"]:
        refuse([_fault(mark("the search for its maximum did not end"))])
    p, cuts = design.shape[1], model.k_levels - 1
    exact = CumulativeLogit(answers.cat.codes.to_numpy(), standard)
    raw = np.asarray(found.params)
    at = exact.polish(np.concatenate([model.transform_threshold_params(raw)[1:-1], raw[:p]]))
    covariance = np.linalg.inv(-exact.hessian(at))
    if groups is not None:
        covariance = covariance @ _clustered(exact.scores(at), groups) @ covariance
    # From (thresholds, slopes) in standard deviations to (slopes, thresholds) in the given units.
    turn = np.zeros((p + cuts, p + cuts))
    turn[:p, cuts:] = np.diag(1 / scale)
    turn[p:, :cuts] = np.eye(cuts)
    turn[p:, cuts:] = mean / scale
    return _Fitted(turn @ at, turn @ covariance @ turn.T, exact.log_likelihood(at))


def _clustered(scores: NDArray, groups: pd.Series) -> NDArray[np.float64]:
    """Spread of the clusters' scores, with the small-sample factor of Stata and statsmodels."""
    sums = pd.DataFrame(scores).groupby(groups.to_numpy()).sum().to_numpy()
    n, parameters = scores.shape
    clusters = len(sums)
    return sums.T @ sums * clusters / (clusters - 1) * (n - 1) / (n - parameters)


def category_probabilities(parameters: NDArray, design: NDArray) -> NDArray[np.float64]:
    """Probability of each point of the scale, from coefficients then thresholds, shape (n, points)."""
    p = design.shape[1]
    # The hyperbolic tangent takes complex numbers too, so that derivatives by complex step are exact.
    below = 0.5 + 0.5 * np.tanh((parameters[p:] - (design @ parameters[:p])[:, None]) / 2)
    return np.diff(below, axis=1, prepend=0.0, append=1.0)


def _notes(empty: tuple[str, ...], clusters: int | None, parameters: int) -> tuple[str, ...]:
    notes = []
    if empty:
        notes.append(f"nobody chose {listed(empty)}: the model has no threshold beside it")
    if clusters is not None and clusters < ENOUGH_CLUSTERS:
        notes.append(
            f"{clusters} clusters: cluster-robust errors are too small with few clusters; "
            "read the wild score bootstrap beside them"
        )
    if clusters is not None and clusters <= parameters:
        notes.append(
            f"{parameters} parameters from {clusters} clusters: joint tests are impossible, "
            "each error rests on very little"
        )
    return tuple(notes)


def _cannot(answers: pd.Series, design: pd.DataFrame, constant: list[str], groups: pd.Series | None) -> list[Fault]:
    """Why there is no maximum of the likelihood, or no error of it."""
    n, categories = len(answers), answers.cat.categories
    faults = []
    if n == 0:
        faults.append(mark("no respondent has an answer and every predictor"))
    elif len(categories) == 1:
        faults.append(Told(mark("all {n} answers are {answer}"), n=n, answer=repr(categories[0])))
    elif n <= design.shape[1] + len(categories) - 1:
        parameters = design.shape[1] + len(categories) - 1
        faults.append(Told(mark("{n} respondents are too few for {parameters} parameters"), n=n, parameters=parameters))
    if groups is not None and groups.nunique() < 2:
        faults.append(Told(mark("errors clustered by university need two or more; there are {n}"), n=groups.nunique()))
    if n and constant:
        faults.append(Told(mark("the predictors {names} are the same for every respondent"), names=listed(constant)))
    elif not len(design.columns):
        faults.append(mark("there is no predictor"))
    scaled = (design - design.mean()) / design.std(ddof=0)
    if not faults and np.linalg.matrix_rank(scaled) < design.shape[1]:
        faults.append(Told(mark("the predictors {names} are collinear; remove one"), names=listed(design)))
    if not faults:
        direction = CumulativeLogit(answers.cat.codes.to_numpy(), scaled).separating()
        if direction is not None:
            slopes = np.abs(direction[len(categories) - 1 :])
            names = [name for name, slope in zip(design, slopes, strict=True) if slope > 1e-6]
            separated = mark("the answers are separated by {names}, so that an effect is infinite")
            faults.append(Told(separated, names=listed(names)))
    return [_fault(reason) for reason in faults]


def _fault(reason: str) -> Fault:
    return Fault(Told(CANNOT_BE_ESTIMATED, what=mark("ordered logit"), reason=reason))
