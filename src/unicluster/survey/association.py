"""Association of two questions: its measures, and how strong the published margins let it be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from unicluster.faults import Fault, refuse
from unicluster.survey.bounds import completions
from unicluster.survey.counts import as_floats, whole_number_faults
from unicluster.survey.intervals import Interval


def spearman(tables: ArrayLike) -> NDArray[np.float64] | float:
    """Spearman's rank correlation of two ordinal questions, ties at their mean rank.

    Parameters
    ----------
    tables : array_like of int, shape (..., rows, columns)
        Respondents of each pair of answers, both questions lowest first; many tables at once.

    Returns
    -------
    float or ndarray, shape (...)
        From -1 to 1; NaN where all gave one answer.

    References
    ----------
    Kendall, M. G., & Gibbons, J. D. (1990). Rank Correlation Methods, 5th ed., section 3.8.
    """
    counts = as_floats(tables)
    rows, columns = counts.sum(-1), counts.sum(-2)
    row_ranks, column_ranks = _centred_ranks(rows), _centred_ranks(columns)
    cross = np.einsum("...ij,...i,...j->...", counts, row_ranks, column_ranks)
    spread = np.sqrt((rows * row_ranks**2).sum(-1) * (columns * column_ranks**2).sum(-1))
    return _ratio(cross, spread)


def goodman_kruskal_gamma(tables: ArrayLike) -> NDArray[np.float64] | float:
    """Goodman and Kruskal's gamma: concordant less discordant pairs among those without a tie.

    Parameters
    ----------
    tables : array_like of int, shape (..., rows, columns)
        As in `spearman`.

    Returns
    -------
    float or ndarray, shape (...)
        From -1 to 1; NaN where every pair of respondents is tied.

    References
    ----------
    Goodman, L. A., & Kruskal, W. H. (1954). Measures of association for cross classifications. Journal
    of the American Statistical Association 49, 732-764.
    """
    concordant, discordant = _pairs(as_floats(tables))
    return _ratio(concordant - discordant, concordant + discordant)


def kendall_tau_b(tables: ArrayLike) -> NDArray[np.float64] | float:
    """Kendall's tau-b: concordant less discordant pairs, allowing for ties in either question.

    Parameters
    ----------
    tables : array_like of int, shape (..., rows, columns)
        As in `spearman`.

    Returns
    -------
    float or ndarray, shape (...)
        From -1 to 1; NaN where all gave one answer.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33, 239-251.
    """
    counts = as_floats(tables)
    concordant, discordant = _pairs(counts)
    untied = [(n.sum(-1) ** 2 - (n**2).sum(-1)) / 2 for n in (counts.sum(-1), counts.sum(-2))]
    return _ratio(concordant - discordant, np.sqrt(untied[0] * untied[1]))


def comonotone(first: ArrayLike, second: ArrayLike) -> NDArray[np.int64]:
    """The table in which respondents keep their order from one question to the other.

    Parameters
    ----------
    first, second : array_like of int, shape (..., options)
        Answers of each option, lowest first; stacks of margins are broadcast against each other.

    Returns
    -------
    ndarray of int, shape (..., options of first, options of second)
        It has these margins and the greatest association that they allow: Fréchet's upper bound.

    Raises
    ------
    InputError
        Counts that are missing, negative or fractional, or two margins with different sums.

    References
    ----------
    Fréchet, M. (1951), as in `frechet_bounds`. Nelsen, R. B. (2006). An Introduction to Copulas, 2nd
    ed., sections 2.5 and 5.1.
    """
    rows, columns = _cumulated(first, second)
    joint = np.minimum(rows[..., :, None], columns[..., None, :])
    return np.diff(np.diff(joint, axis=-2), axis=-1)


def countermonotone(first: ArrayLike, second: ArrayLike) -> NDArray[np.int64]:
    """The table in which the highest of one question are the lowest of the other.

    Parameters
    ----------
    first, second
        As in `comonotone`.

    Returns
    -------
    ndarray of int, shape (..., options of first, options of second)
        It has these margins and the least association that they allow: Fréchet's lower bound.

    Raises
    ------
    InputError
        As `comonotone`.

    References
    ----------
    As `comonotone`.
    """
    rows, columns = _cumulated(first, second)
    joint = np.maximum(rows[..., :, None] + columns[..., None, :] - rows[..., -1, None, None], 0)
    return np.diff(np.diff(joint, axis=-2), axis=-1)


def association_bounds(
    first: ArrayLike,
    second: ArrayLike,
    measure: Callable[[ArrayLike], NDArray[np.float64] | float] = spearman,
    residual_first: int = 0,
    residual_second: int = 0,
) -> Interval:
    """What the published margins of two ordinal questions at most support for their association.

    Parameters
    ----------
    first, second : array_like of int, shape (options,)
        Answers of each option of the same respondents, lowest first.
    measure : callable, default `spearman`
        One of `spearman`, `kendall_tau_b` and `goodman_kruskal_gamma`, or another measure of tables that
        grows with concordance.
    residual_first, residual_second : int, default 0
        Respondents of each question whose answer is not known; they may have given any.

    Returns
    -------
    Interval
        The association lies within, whatever the joint answers are.

    Raises
    ------
    InputError
        Bad counts, different numbers of respondents, or one answer given by all, which leaves nothing
        to associate.

    Notes
    -----
    With given margins every such measure is greatest at the `comonotone` table and least at the
    `countermonotone` one; the unknown answers are tried out in every way.
    """
    ways_first = completions(first, residual_first)[:, None, :]
    ways_second = completions(second, residual_second)[None, :, :]
    greatest = measure(comonotone(ways_first, ways_second))
    least = measure(countermonotone(ways_first, ways_second))
    if np.isnan(greatest).all():
        message = "all gave one answer to a question; there is nothing it could go together with"
        refuse([Fault(message)])
    return Interval(float(np.nanmin(least)), float(np.nanmax(greatest)))


def _cumulated(first: ArrayLike, second: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    faults = [*whole_number_faults(first, "first"), *whole_number_faults(second, "second")]
    rows, columns = as_floats(first), as_floats(second)
    if not faults and not (rows.sum(-1) == columns.sum(-1)).all():
        message = "the two questions have different numbers of answers; complete them to the same respondents"
        faults.append(Fault(message))
    refuse(faults)
    cumulated = [np.cumsum(margin.astype(np.int64), axis=-1) for margin in (rows, columns)]
    # The leading zero makes the first option a step like the others.
    return tuple(np.concatenate([np.zeros_like(c[..., :1]), c], axis=-1) for c in cumulated)


def _centred_ranks(margin: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.cumsum(margin, axis=-1) - margin / 2 - margin.sum(-1, keepdims=True) / 2


def _pairs(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return _concordant(counts), _concordant(counts[..., ::-1])


def _concordant(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    # Respondents lower in both questions than those of a cell.
    lower = np.cumsum(np.cumsum(counts, axis=-2), axis=-1)[..., :-1, :-1]
    return (counts[..., 1:, 1:] * lower).sum((-2, -1))


def _ratio(numerator: NDArray[np.float64], denominator: NDArray[np.float64]) -> NDArray[np.float64] | float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return (numerator / denominator)[()]
