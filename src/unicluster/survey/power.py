"""What a sample of a given size can detect, and what sample would test a hypothesis."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from unicluster.faults import Fault, refuse
from unicluster.resampling import CHUNK, Mapper, in_chunks
from unicluster.survey.association import spearman
from unicluster.survey.counts import as_floats, checked_answers, share_faults, whole_number_faults
from unicluster.survey.polychoric import bivariate_normal_cdf


def detectable_difference(
    base: ArrayLike, share: ArrayLike = 0.5, power: float = 0.8, alpha: float = 0.05
) -> NDArray[np.float64] | float:
    """Least difference from a given share that a two-sided test of one sample will mostly find.

    Parameters
    ----------
    base : array_like of float
        Respondents, or universities, or the `effective_sample_size`.
    share : array_like of float, default 0.5
        Share under the null hypothesis, from 0 to 1.
    power : float, default 0.8
        Chance of finding it.
    alpha : float, default 0.05
        Level of the test.

    Returns
    -------
    float or ndarray
        Difference upwards, from 0 to 1; NaN where even a share of one would not be found so often. For
        the difference downwards ask with ``1 - share``.

    Raises
    ------
    InputError
        A base that is not above zero, shares or levels outside 0 to 1.

    References
    ----------
    Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, 2nd ed., section 6.5, with
    the effect size h, the difference of 2 arcsin sqrt(share).
    """
    sizes = as_floats(base)
    refuse(
        [
            *[Fault("a sample is above zero", column="base", value=f"{size:g}") for size in sizes[~(sizes > 0)]],
            *share_faults(share, "share", ends=True),
            *share_faults([power, alpha], "power, alpha"),
        ]
    )
    effect = (stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)) / np.sqrt(sizes)
    angle = 2 * np.arcsin(np.sqrt(as_floats(share))) + effect
    reached = np.sin(angle / 2) ** 2 - as_floats(share)
    return np.where(angle <= np.pi, reached, np.nan)[()]


def correlation_power(correlation: ArrayLike, size: ArrayLike, alpha: float = 0.05) -> NDArray[np.float64] | float:
    """Chance that a two-sided test finds a correlation, by Fisher's z.

    Parameters
    ----------
    correlation : array_like of float
        True correlation, between -1 and 1.
    size : array_like of float
        Independent units, above three: respondents of a simple random sample, or universities.
    alpha : float, default 0.05

    Returns
    -------
    float or ndarray
        From ``alpha`` at no correlation towards 1.

    Raises
    ------
    InputError

    References
    ----------
    Cohen, J. (1988), section 3.5. Fisher, R. A. (1921). On the "probable error" of a coefficient of
    correlation deduced from a small sample. Metron 1, 3-32.
    """
    true, sizes = as_floats(correlation), as_floats(size)
    faults = share_faults(alpha, "alpha")
    if not (np.abs(true) < 1).all():
        faults.append(Fault("lies between -1 and 1", column="correlation"))
    if not (sizes > 3).all():
        faults.append(Fault("must be above 3", column="size"))
    refuse(faults)
    shift = np.abs(np.arctanh(true)) * np.sqrt(sizes - 3)
    critical = stats.norm.ppf(1 - alpha / 2)
    return stats.norm.sf(critical - shift) + stats.norm.cdf(-critical - shift)


def correlation_sample(correlation: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """Independent units needed to find a correlation with a given chance.

    Parameters
    ----------
    correlation : float
        Between -1 and 1, not 0.
    power : float, default 0.8
    alpha : float, default 0.05

    Returns
    -------
    int
        The least size whose `correlation_power` reaches ``power``.

    Raises
    ------
    InputError
    """
    faults = share_faults([power, alpha], "power, alpha")
    if not 0 < abs(correlation) < 1:
        message = "lies between -1 and 1 and is not 0, which no sample can find"
        faults.append(Fault(message, column="correlation", value=f"{correlation:g}"))
    refuse(faults)
    sought = stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)
    # The far tail only adds to the power: the least size is this one or a little below.
    size = max(4, int(np.ceil((sought / np.arctanh(abs(correlation))) ** 2 + 3)))
    while size > 4 and correlation_power(correlation, size - 1, alpha) >= power:
        size -= 1
    return size


def attenuated_correlation(
    correlation: ArrayLike, respondents: ArrayLike, icc: ArrayLike
) -> NDArray[np.float64] | float:
    """Correlation left when the activity of a university is the mean of what a few respondents say.

    Parameters
    ----------
    correlation : array_like of float
        Between the true activity of universities and their outcome.
    respondents : array_like of float
        Respondents a university, one or more.
    icc : array_like of float
        Intraclass correlation of the answers, from 0 to 1.

    Returns
    -------
    float or ndarray
        Correlation times the root of the reliability of the mean, m icc / (1 + (m - 1) icc). Put into
        `correlation_power` with the number of universities it answers what sample would test a hypothesis
        about universities.

    Raises
    ------
    InputError

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. British Journal of Psychology 3,
    271-295; Brown, W. (1910). Some experimental results in the correlation of mental abilities. British
    Journal of Psychology 3, 296-322.
    """
    sizes, alike = as_floats(respondents), as_floats(icc)
    faults = share_faults(icc, "icc", ends=True)
    if not (sizes >= 1).all():
        faults.append(Fault("at least one a university", column="respondents"))
    refuse(faults)
    return (as_floats(correlation) * np.sqrt(sizes * alike / (1 + (sizes - 1) * alike)))[()]


def ordinal_power(
    first: ArrayLike,
    second: ArrayLike,
    correlation: ArrayLike,
    sizes: ArrayLike,
    alpha: float = 0.05,
    draws: int = 2000,
    seed: int = 0,
    *,
    chunk: int = CHUNK,
    mapper: Mapper | None = None,
) -> NDArray[np.float64]:
    """Chance that Spearman's correlation of two questions with published margins is found.

    Parameters
    ----------
    first, second : array_like of int, shape (options,)
        Answers of each option of two ordinal questions, lowest first: the margins of the population.
    correlation : array_like of float, shape (correlations,)
        Correlations of the two normal variables that the answers are coarse readings of, between -1 and 1.
    sizes : array_like of int, shape (sizes,)
        Independent respondents, above three; with clusters the `effective_sample_size`, rounded down.
    alpha : float, default 0.05
        Level of the two-sided t test of the correlation.
    draws : int, default 2000
        Simulated samples for each correlation and size; the standard error is at most 0.5 / sqrt(draws).
    seed : int, default 0
    chunk : int, default 10000
        Draws at a time, each chunk with a random stream of its own.
    mapper : callable, optional
        The ``map`` of an executor, to spread the chunks over workers; the result is the same.

    Returns
    -------
    ndarray of float, shape (correlations, sizes)
        Share of the samples with a p-value below ``alpha``. A sample in which all gave one answer finds
        nothing.

    Raises
    ------
    InputError

    References
    ----------
    Pearson, K. (1900). Mathematical contributions to the theory of evolution VII. Philosophical
    Transactions A 195, 1-47, for the model.
    """
    true, respondents = np.atleast_1d(as_floats(correlation)), np.atleast_1d(as_floats(sizes))
    faults = [
        *share_faults(alpha, "alpha"),
        *whole_number_faults(draws, "draws", least=1),
        *whole_number_faults(respondents, "sizes", least=4),
    ]
    if not (np.abs(true) < 1).all():
        faults.append(Fault("lies between -1 and 1", column="correlation"))
    refuse(faults)
    rows, columns = checked_answers(first), checked_answers(second)
    populations = [latent_normal_table(rows, columns, value) for value in true]
    work = partial(_samples_found, populations=populations, sizes=respondents.astype(int), alpha=alpha)
    return np.sum(in_chunks(work, draws, seed, chunk, mapper), axis=0) / draws


def latent_normal_table(first: ArrayLike, second: ArrayLike, correlation: float) -> NDArray[np.float64]:
    """Shares of every pair of answers when both questions are coarse readings of normal variables.

    Parameters
    ----------
    first, second : array_like of int, shape (options,)
        Answers of each option, lowest first.
    correlation : float
        Of the normal variables, between -1 and 1.

    Returns
    -------
    ndarray of float, shape (options of first, options of second)
        They sum to 1 and have the margins of the answers.

    Raises
    ------
    InputError
    """
    rows, columns = checked_answers(first), checked_answers(second)
    row_edges, column_edges = (_thresholds(counts) for counts in (rows, columns))
    joint = bivariate_normal_cdf(row_edges[:, None], column_edges, correlation)
    # Rounding may leave an empty cell a hair below zero.
    cells = np.maximum(np.diff(np.diff(joint, axis=0), axis=1), 0)
    return cells / cells.sum()


def _samples_found(
    rng: np.random.Generator, draws: int, *, populations: list[NDArray], sizes: NDArray[np.int64], alpha: float
) -> NDArray[np.int64]:
    """Number of samples with a significant correlation, shape (populations, sizes)."""
    found = np.empty((len(populations), sizes.size), dtype=np.int64)
    for place, cells in enumerate(populations):
        for column, size in enumerate(sizes):
            tables = rng.multinomial(size, cells.ravel(), size=draws).reshape(draws, *cells.shape)
            # A sample in which all gave one answer has no correlation and finds nothing.
            rho = np.nan_to_num(spearman(tables))
            found[place, column] = np.sum(np.abs(rho) > _critical_correlation(size, alpha))
    return found


def _thresholds(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    return stats.norm.ppf(np.concatenate([[0], counts.cumsum()]) / counts.sum())


def _critical_correlation(size: int, alpha: float) -> float:
    t = stats.t.ppf(1 - alpha / 2, size - 2)
    return t / np.sqrt(size - 2 + t**2)
