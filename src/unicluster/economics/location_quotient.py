"""Location quotient, with analytic and bootstrap limits.

Tables of amounts (employment, output, firms) have shape (..., regions, industries); leading axes, years for
example, are kept. Regions add up to the whole unless totals of the whole are given.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from unicluster.economics.arrays import divide, scaled, table_and_total
from unicluster.faults import Fault, refuse


def location_quotient(x: ArrayLike, total: ArrayLike | None = None) -> np.ndarray:
    """Location quotient: the share of an industry in a region over its share in the whole.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
        Amounts, employment for example, zero or more.
    total : array_like, shape (..., industries), optional
        Amounts of the whole, of the nation for example; the sum of the regions when not given.

    Returns
    -------
    ndarray, shape (..., regions, industries)
        1 where a region is like the whole; missing for an empty region or an industry that the whole lacks.
        Weighted by the regions' shares in the whole its mean over regions is 1.

    Raises
    ------
    InputError
        Missing or negative amounts, fewer than two axes, a total below the sum of its regions.

    References
    ----------
    Florence (1939), *Report on the Location of Industry*; Isard (1960), *Methods of
    Regional Analysis*, ch. 7.
    """
    x, total = table_and_total(x, total)
    return scaled(x, divide(total.sum(axis=-1, keepdims=True), total), divide(1.0, x.sum(axis=-1)))


def location_quotient_interval(
    x: ArrayLike,
    total: ArrayLike | None = None,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Analytic confidence limits of the location quotient of counts.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
        Counts of units that were placed at random, firms for example.
    total : array_like, shape (..., industries), optional
        Counts of the whole; the sum of the regions when not given.
    confidence : float
        Between 0 and 1.
    design_effect : float
        Factor by which the variance exceeds that of independent units. Jobs come by the firm: for counts of
        jobs give about the mean number of jobs a firm.

    Returns
    -------
    lower, upper : ndarray, shape (..., regions, industries)
        Missing where a region has none of an industry: the logarithm has no variance there.

    Raises
    ------
    InputError
        As `location_quotient`; a confidence outside (0, 1) or a design effect that is not positive.

    Notes
    -----
    Delta method on ln LQ for a multinomial whole of N units: the variance is
    1/x_ri - 1/x_r - 1/x_i + (2 LQ - 1)/N, since region and industry totals contain the cell itself.

    References
    ----------
    Beyene and Moineddin (2005), "Methods for confidence interval estimation of a ratio parameter with
    application to location quotients", *BMC Medical Research Methodology* 5:32.
    """
    _check_inference(confidence, design_effect)
    x, total = table_and_total(x, total)
    quotient = location_quotient(x, total)
    of_cell = divide(1.0, x)
    of_region = divide(1.0, x.sum(axis=-1))[..., :, None]
    of_industry = divide(1.0, total)[..., None, :]
    of_whole = divide(1.0, total.sum(axis=-1))[..., None, None]
    variance = of_cell - of_region - of_industry + (2 * quotient - 1) * of_whole
    spread = np.exp(norm.ppf((1 + confidence) / 2) * np.sqrt(design_effect * np.maximum(variance, 0)))
    return quotient / spread, quotient * spread


def location_quotient_bootstrap(
    x: ArrayLike,
    draws: int,
    seed: int,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Bootstrap percentile limits of the location quotient of counts.

    Parameters
    ----------
    x : array_like, shape (regions, industries)
        Counts of units that were placed at random.
    draws : int
        Tables drawn, of as many units as ``x`` holds (divided by the design effect), each unit falling into
        a cell with the cell's share.
    seed : int
    confidence : float
        Between 0 and 1.
    design_effect : float
        As in `location_quotient_interval`.

    Returns
    -------
    lower, upper : ndarray, shape (regions, industries)
        An empty cell stays empty in every draw, so both limits are 0 there.

    Raises
    ------
    InputError
        As `location_quotient_interval`; a table of years, fewer than one draw.
    """
    _check_inference(confidence, design_effect)
    x, _ = table_and_total(x, None)
    faults = []
    if x.ndim != 2:
        faults.append(Fault("give one year at a time", column="x", value=f"{x.ndim} axes"))
    if draws < 1:
        faults.append(Fault("must be at least 1", column="draws", value=f"{draws}"))
    if not x.sum() > 0:
        faults.append(Fault("has nothing in it to draw from", column="x"))
    refuse(faults)
    units = max(1, round(x.sum() / design_effect))
    drawn = np.random.default_rng(seed).multinomial(units, (x / x.sum()).ravel(), size=draws)
    quotients = location_quotient(drawn.reshape(draws, *x.shape))
    tail = (1 - confidence) / 2
    lower, upper = np.nanquantile(quotients, [tail, 1 - tail], axis=0)
    return lower, upper


def _check_inference(confidence: float, design_effect: float) -> None:
    faults = []
    if not 0 < confidence < 1:
        faults.append(Fault("must be between 0 and 1", column="confidence", value=f"{confidence}"))
    if not design_effect > 0:
        faults.append(Fault("must be above zero", column="design_effect", value=f"{design_effect}"))
    refuse(faults)
