"""Where an indicator is going: trend, paths under several rates of growth, and what projects add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant

from unicluster.economics.effect import READINGS, project_effect
from unicluster.faults import Fault, refuse


@dataclass(frozen=True)
class Rate:
    """A rate of growth and how sure it is.

    Parameters
    ----------
    yearly_percent : float
        Median yearly growth, above -100.
    uncertainty : float
        Standard deviation of the true rate about it, in logarithmic percent a year; 0 if it is taken
        as known.

    Raises
    ------
    InputError
        A rate of -100 % or less, a negative uncertainty.
    """

    yearly_percent: float
    uncertainty: float = 0.0

    def __post_init__(self) -> None:
        faults = []
        if not -100 < self.yearly_percent < np.inf:
            faults.append(Fault("must be above -100", column="yearly_percent", value=f"{self.yearly_percent}"))
        if not 0 <= self.uncertainty < np.inf:
            faults.append(Fault("must be zero or more", column="uncertainty", value=f"{self.uncertainty}"))
        refuse(faults)

    @property
    def log(self) -> float:
        """Median yearly growth as a difference of logarithms."""
        return float(np.log1p(self.yearly_percent / 100))


@dataclass(frozen=True, eq=False)
class Trend:
    """A fitted yearly growth and the path it gives.

    Attributes
    ----------
    yearly_percent, lower, upper : float
        Compound growth a year and its confidence limits.
    path : DataFrame
        Indexed by ``year``: ``value`` and the prediction limits ``lower`` and ``upper`` of a single year.
    """

    yearly_percent: float
    lower: float
    upper: float
    path: pd.DataFrame


def trend(observed: pd.Series, years: Sequence[int], confidence: float = 0.95) -> Trend:
    """Log-linear trend of an indicator, carried forward.

    Parameters
    ----------
    observed : Series of float, indexed by year
        Positive values of at least three years, in constant prices if money.
    years : sequence of int
        Years of the path.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    Trend

    Raises
    ------
    InputError
        Fewer than three years, a year given twice, values that are not positive, no years to forecast.

    Notes
    -----
    Ordinary least squares on logarithms with independent errors; with few years, or errors that persist,
    the limits are too narrow rather than too wide.

    References
    ----------
    Hyndman and Athanasopoulos (2021), *Forecasting: Principles and Practice*, 3rd ed., ch. 7.
    """
    values = observed.to_numpy(dtype=float, na_value=np.nan)
    faults = _confidence_faults(confidence)
    if len(values) < 3:
        faults.append(Fault("a trend with limits needs three years or more", column="observed", value=f"{len(values)}"))
    if not (np.isfinite(values) & (values > 0)).all():
        faults.append(Fault("every value must be a positive number", column="observed"))
    twice = sorted(set(observed.index[observed.index.duplicated()]))
    faults += [Fault("the year is there twice; keep one", column="observed", value=f"{y}") for y in twice]
    if len(years) == 0:
        faults.append(Fault("give at least one year", column="years"))
    refuse(faults)
    # Years counted from their mean keep the two coefficients apart.
    middle = float(np.mean(observed.index))
    fit = OLS(np.log(values), add_constant(observed.index.to_numpy(dtype=float) - middle)).fit()
    ahead = add_constant(np.asarray(years, dtype=float) - middle, has_constant="add")
    predicted = fit.get_prediction(ahead)
    limits = predicted.conf_int(obs=True, alpha=1 - confidence)
    path = pd.DataFrame(
        {
            "value": np.exp(predicted.predicted_mean),
            "lower": np.exp(limits[:, 0]),
            "upper": np.exp(limits[:, 1]),
        },
        index=pd.Index(list(years), name="year"),
    )
    lower, upper = fit.conf_int(alpha=1 - confidence)[1]
    return Trend(*(float(100 * np.expm1(rate)) for rate in (fit.params[1], lower, upper)), path)


def forecast_paths(
    start: float,
    start_year: int,
    end_year: int,
    rates: Mapping[str, Rate],
    shock: float = 0.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Paths of an indicator under several rates of growth: base, with projects, counterfactual.

    Parameters
    ----------
    start : float
        Value in ``start_year``, above zero.
    start_year, end_year : int
    rates : mapping of str to Rate
        Name of the path to its growth.
    shock : float
        Standard deviation of the yearly shocks common to all paths, in logarithmic percent.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    DataFrame
        Indexed by (``path``, ``year``), the start year first: ``value`` (median), ``lower`` and ``upper``.
        With t years gone ln value is normal with variance (t * uncertainty)^2 + t * shock^2: a wrong rate
        adds up, shocks partly cancel.

    Raises
    ------
    InputError
        A start that is not positive, an end before the start, no rates, a negative shock.
    """
    faults = _path_faults(start, start_year, end_year, shock) + _confidence_faults(confidence)
    if not rates:
        faults.append(Fault("give at least one", column="rates"))
    refuse(faults)
    gone = np.arange(end_year - start_year + 1)
    years = pd.Index(gone + start_year, name="year")
    quantile = norm.ppf((1 + confidence) / 2)
    tables = {}
    for name, rate in rates.items():
        middle = start * np.exp(rate.log * gone)
        spread = np.exp(quantile * np.hypot(gone * rate.uncertainty, np.sqrt(gone) * shock) / 100)
        tables[name] = pd.DataFrame({"value": middle, "lower": middle / spread, "upper": middle * spread}, index=years)
    return pd.concat(tables, names=["path"])


def project_gain(
    start: float,
    start_year: int,
    end_year: int,
    with_projects: Rate,
    counterfactual: Rate,
    draws: int,
    seed: int,
    shock: float = 0.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """What projects add to an indicator year by year, by simulation.

    Parameters
    ----------
    start, start_year, end_year, shock, confidence
        As in `forecast_paths`; both paths meet the same shocks, so that these do not blur the difference.
    with_projects, counterfactual : Rate
        Their uncertainties are independent of each other.
    draws : int
        Pairs of paths drawn.
    seed : int

    Returns
    -------
    DataFrame
        Indexed by ``year``: ``value`` (median of the difference), ``lower``, ``upper`` and
        ``probability_positive``.

    Raises
    ------
    InputError
        As `forecast_paths`; fewer than one draw.
    """
    faults = _path_faults(start, start_year, end_year, shock) + _confidence_faults(confidence)
    if draws < 1:
        faults.append(Fault("must be at least 1", column="draws", value=f"{draws}"))
    refuse(faults)
    random = np.random.default_rng(seed)
    gone = np.arange(end_year - start_year + 1)
    shocks = random.normal(0, shock / 100, (draws, len(gone)))
    shocks[:, 0] = 0
    common = np.cumsum(shocks, axis=1)

    def simulated(rate: Rate) -> np.ndarray:
        drawn = rate.log + rate.uncertainty / 100 * random.standard_normal((draws, 1))
        return start * np.exp(common + drawn * gone)

    gain = simulated(with_projects) - simulated(counterfactual)
    tail = (1 - confidence) / 2
    lower, value, upper = np.quantile(gain, [tail, 0.5, 1 - tail], axis=0)
    return pd.DataFrame(
        {"value": value, "lower": lower, "upper": upper, "probability_positive": (gain > 0).mean(axis=0)},
        index=pd.Index(gone + start_year, name="year"),
    )


def without_projects(clusters: pd.DataFrame, reading: str) -> pd.DataFrame:
    """The table of clusters with the projects' amount taken off the plan: their own counterfactual.

    Parameters
    ----------
    clusters : DataFrame
        As in `project_effect`.
    reading : {"a", "b", "c", "d"}
        Meaning of the printed percentage (`READINGS`).

    Returns
    -------
    DataFrame
        The same table with ``plan_output`` less the amount.

    Raises
    ------
    InputError
        Faults of the table, an unknown reading.
    """
    if reading not in READINGS:
        refuse([Fault(f"must be one of {', '.join(READINGS)}", column="reading", value=str(reading))])
    amount = project_effect(clusters).loc[reading, "amount"].to_numpy()[:-1]
    return clusters.assign(plan_output=clusters["plan_output"].to_numpy(dtype=float) - amount)


def _confidence_faults(confidence: float) -> list[Fault]:
    if 0 < confidence < 1:
        return []
    return [Fault("must be between 0 and 1", column="confidence", value=f"{confidence}")]


def _path_faults(start: float, start_year: int, end_year: int, shock: float) -> list[Fault]:
    faults = []
    if not 0 < start < np.inf:
        faults.append(Fault("must be a positive number", column="start", value=f"{start}"))
    if end_year <= start_year:
        faults.append(Fault(f"must be later than {start_year}", column="end_year", value=f"{end_year}"))
    if not 0 <= shock < np.inf:
        faults.append(Fault("must be zero or more", column="shock", value=f"{shock}"))
    return faults
