"""Tests for questions that allow several answers, where a chi-square test on mentions is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.linalg import block_diag
from statsmodels.stats.contingency_tables import cochrans_q

from unicluster.faults import Fault, refuse
from unicluster.language import Told, mark
from unicluster.resampling import CHUNK, Mapper, in_chunks
from unicluster.survey.questionnaire import listed


@dataclass(frozen=True)
class ChiSquare:
    """A chi-square statistic, its degrees of freedom (whole or not) and its p-value."""

    statistic: float
    df: float
    p: float


@dataclass(frozen=True, eq=False)
class MarginalIndependence:
    """Are the options of a multiple-choice question chosen alike whatever another question says?

    Attributes
    ----------
    options : DataFrame
        One row an option (or pair of options): ``statistic``, ``df``, ``p`` of its own Pearson test and
        ``p_bonferroni``.
    first_order, second_order : ChiSquare
        The sum of these statistics with the Rao-Scott corrections. The first order divides by the mean
        eigenvalue, which is 1, and leaves the sum as it is; the second also allows for their spread.
    bonferroni_p : float
        The smallest ``p_bonferroni``.
    permutation_p : float or None
        Share of random re-assignments whose sum is as large; None when not asked for.
    respondents : int
    constant : tuple of str
        Options left out because all respondents or none chose them.
    """

    options: pd.DataFrame
    first_order: ChiSquare
    second_order: ChiSquare
    bonferroni_p: float
    permutation_p: float | None
    respondents: int
    constant: tuple[str, ...]


def cochran_q(selections: pd.DataFrame) -> ChiSquare:
    """Test that all options of a multiple-choice question are chosen by equally many.

    Parameters
    ----------
    selections : DataFrame of 0/1, shape (n, options)
        From `Responses.selections`.

    Returns
    -------
    ChiSquare
        On options - 1 degrees of freedom.

    Raises
    ------
    InputError
        When a cell is not 0 or 1, there is one option only, or every respondent chose all options or none.

    References
    ----------
    Cochran, W. G. (1950). The comparison of percentages in matched samples. Biometrika 37, 256-266.
    """
    chosen = _zero_one(selections)
    if chosen.shape[1] < 2:
        refuse([Fault(mark("Cochran's Q compares two options or more"))])
    if not (np.ptp(chosen, axis=1) > 0).any():
        refuse([Fault(mark("Cochran's Q cannot be computed because everybody chose all options or none"))])
    result = cochrans_q(chosen)
    return ChiSquare(float(result.statistic), float(result.df), float(result.pvalue))


def multiple_marginal_independence(
    selections: pd.DataFrame,
    groups: ArrayLike,
    permutations: int = 0,
    seed: int = 0,
    *,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> MarginalIndependence:
    """Test that each option of a multiple-choice question is chosen alike in all groups.

    Parameters
    ----------
    selections : DataFrame of 0/1, shape (n, options)
        From `Responses.selections`.
    groups : array_like, shape (n,)
        University or single-choice answer of the same respondents; NaN rows are left out.
    permutations : int
        Random re-assignments of respondents to groups, for a p-value that needs no large sample.
    seed : int
    chunk : int
        Permutations at a time, each chunk with a random stream of its own.
    mapper : callable, optional
        The ``map`` of an executor, to spread the chunks over workers; the result is the same.

    Returns
    -------
    MarginalIndependence
        With (groups - 1) degrees of freedom an option.

    Raises
    ------
    InputError
        When a cell is not 0 or 1, the lengths differ, there is one group only or no option differs.

    References
    ----------
    Agresti, A. and Liu, I.-M. (1999). Modeling a categorical variable allowing arbitrarily many category
    choices. Biometrics 55, 936-943.
    Thomas, D. R. and Decady, Y. J. (2004). Testing for association using multiple response survey data.
    International Journal of Testing 4, 43-59 (second-order correction).
    """
    chosen = _zero_one(selections)
    labels = np.asarray(groups)
    if len(labels) != len(chosen):
        refuse([Fault(f"{len(chosen)} rows of answers but {len(labels)} of groups")])
    kept = ~pd.isna(labels)
    codes = pd.factorize(labels[kept], sort=True)[0]
    if len(set(codes)) < 2:
        message = mark("all respondents are in one group; the test compares two or more")
        refuse([Fault(message, column="groups")])
    chosen, names, constant = _varying(chosen[kept], selections.columns)
    members = np.eye(codes.max() + 1)[codes]
    statistics = _group_statistics(members, chosen)
    options = _option_table(statistics, members.shape[1] - 1, pd.Index(names, name="option"))
    permutation_p = None
    if permutations:
        work = partial(_as_large, members=members, chosen=chosen, observed=statistics.sum())
        extreme = sum(in_chunks(work, permutations, seed, chunk, mapper))
        permutation_p = (1 + extreme) / (1 + permutations)
    covariance = _group_covariance(members, chosen)
    return _independence(options, covariance, permutation_p, len(codes), constant)


def pairwise_marginal_independence(first: pd.DataFrame, second: pd.DataFrame) -> MarginalIndependence:
    """Test that the options of two multiple-choice questions are chosen independently, pair by pair.

    Parameters
    ----------
    first, second : DataFrame of 0/1
        From `Responses.selections`; respondents in both are used.

    Returns
    -------
    MarginalIndependence
        With one degree of freedom a pair of options.

    Raises
    ------
    InputError
        When a cell is not 0 or 1, nobody answered both or no option of a question differs.

    References
    ----------
    Bilder, C. R. and Loughin, T. M. (2004). Testing for marginal independence between two categorical
    variables with multiple responses. Biometrics 60, 241-248.
    """
    _zero_one(first), _zero_one(second)
    both = first.index.intersection(second.index)
    if both.empty:
        refuse([Fault("nobody answered both questions")])
    a, a_names, a_constant = _varying(first.loc[both].to_numpy(float), first.columns)
    b, b_names, b_constant = _varying(second.loc[both].to_numpy(float), second.columns)
    p, q = a.mean(axis=0), b.mean(axis=0)
    # Each respondent's part in the covariance of every pair, in units in which independence gives 1.
    parts = np.einsum("ni,nj->nij", (a - p) / np.sqrt(p * (1 - p)), (b - q) / np.sqrt(q * (1 - q)))
    parts = parts.reshape(len(both), -1)
    statistics = len(both) * parts.mean(axis=0) ** 2
    pairs = pd.MultiIndex.from_product([a_names, b_names], names=["first", "second"])
    covariance = np.atleast_2d(np.cov(parts, rowvar=False, ddof=0))
    return _independence(_option_table(statistics, 1, pairs), covariance, None, len(both), a_constant + b_constant)


def _group_statistics(members: NDArray, chosen: NDArray) -> NDArray[np.float64]:
    """Pearson statistic of the groups by yes/no table of each option."""
    size, share = members.sum(axis=0), chosen.mean(axis=0)
    deviation = (members.T @ chosen) / size[:, None] - share
    return (size[:, None] * deviation**2).sum(axis=0) / (share * (1 - share))


def _as_large(
    rng: np.random.Generator, permutations: int, *, members: NDArray, chosen: NDArray, observed: float
) -> int:
    """Number of random re-assignments whose sum of statistics is as large as the observed one."""
    drawn = [_group_statistics(rng.permutation(members), chosen).sum() for _ in range(permutations)]
    return int(np.sum(np.array(drawn) >= observed * (1 - 1e-9)))


def _group_covariance(members: NDArray, chosen: NDArray) -> NDArray[np.float64]:
    """Covariance of the standardised deviations of group shares, from answers within groups."""
    size, share = members.sum(axis=0) / len(members), chosen.mean(axis=0)
    within = [np.cov(chosen[own > 0], rowvar=False, ddof=0) for own in members.T]
    spread = block_diag(*(np.atleast_2d(w) / s for w, s in zip(within, size, strict=True)))
    deviation = np.kron(np.eye(len(size)) - size, np.eye(len(share)))
    scale = np.sqrt(np.outer(size, 1 / (share * (1 - share)))).ravel()
    return scale[:, None] * (deviation @ spread @ deviation.T) * scale


def _option_table(statistics: NDArray, df: int, index: pd.Index) -> pd.DataFrame:
    p = stats.chi2.sf(statistics, df)
    columns = {"statistic": statistics, "df": df, "p": p, "p_bonferroni": np.minimum(p * len(p), 1.0)}
    return pd.DataFrame(columns, index=index)


def _independence(
    options: pd.DataFrame,
    covariance: NDArray,
    permutation_p: float | None,
    respondents: int,
    constant: tuple[str, ...],
) -> MarginalIndependence:
    total, df = options["statistic"].sum(), options["df"].sum()
    # Satterthwaite: sum of eigenvalues (df, as each option's own is 1) over sum of squared eigenvalues.
    factor = df / (covariance**2).sum()
    return MarginalIndependence(
        options=options,
        first_order=_chi_square(total, df),
        second_order=_chi_square(total * factor, df * factor),
        bonferroni_p=float(options["p_bonferroni"].min()),
        permutation_p=permutation_p,
        respondents=respondents,
        constant=constant,
    )


def _chi_square(statistic: float, df: float) -> ChiSquare:
    return ChiSquare(float(statistic), float(df), float(stats.chi2.sf(statistic, df)))


def _zero_one(selections: pd.DataFrame) -> NDArray[np.float64]:
    values = selections.to_numpy(float)
    wrong = ~np.isin(values, (0.0, 1.0))
    refuse(
        Fault("a choice is 0 or 1; leave missing rows out", column=str(name))
        for name, column in zip(selections.columns, wrong.T, strict=True)
        if column.any()
    )
    return values


def _varying(chosen: NDArray, columns: pd.Index) -> tuple[NDArray, list[str], tuple[str, ...]]:
    varies = (np.ptp(chosen, axis=0) > 0) if len(chosen) else np.zeros(chosen.shape[1], bool)
    if not varies.any():
        message = mark("each of the options {names} was chosen by everybody or nobody")
        refuse([Fault(Told(message, names=listed(columns)))])
    return chosen[:, varies], [str(c) for c in columns[varies]], tuple(str(c) for c in columns[~varies])
