"""The six clusters as a portfolio: shares and concentration at both dates."""

from __future__ import annotations

import pandas as pd

from unicluster.economics import concentration, inequality
from unicluster.economics.arrays import shares
from unicluster.economics.checking import check_clusters


def portfolio_shares(clusters: pd.DataFrame) -> pd.DataFrame:
    """Share of each cluster in the output of all, at both dates.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` (one unit of money).

    Returns
    -------
    DataFrame
        Indexed by ``cluster``: ``base_percent``, ``plan_percent`` and ``change_points``.

    Raises
    ------
    InputError
        Faults of the table (see `check_clusters`).
    """
    check_clusters(clusters)
    table = pd.DataFrame(
        {
            f"{date}_percent": 100 * shares(clusters[f"{date}_output"].to_numpy(dtype=float))
            for date in ("base", "plan")
        },
        index=pd.Index(clusters["cluster"], name="cluster"),
    )
    return table.assign(change_points=table["plan_percent"] - table["base_percent"])


def portfolio_concentration(clusters: pd.DataFrame) -> pd.DataFrame:
    """Concentration of output over the clusters at both dates.

    Parameters
    ----------
    clusters : DataFrame
        ``cluster``, ``base_output``, ``plan_output`` (one unit of money).

    Returns
    -------
    DataFrame
        Indexed by ``measure`` (the name of the function in `unicluster.economics`, with ``normalised`` after
        it where that is asked for; the two ratios are called what they are): ``base``, ``plan`` and
        ``change``.

    Raises
    ------
    InputError
        Faults of the table (see `check_clusters`).
    """
    check_clusters(clusters)
    outputs = clusters[["base_output", "plan_output"]].to_numpy(dtype=float).T
    n = outputs.shape[1]
    rows = {
        "herfindahl": concentration.herfindahl(outputs),
        "herfindahl normalised": concentration.herfindahl(outputs, normalised=True),
        "numbers_equivalent": concentration.numbers_equivalent(outputs),
        "largest share": concentration.concentration_ratio(outputs, 1),
        "three largest shares": concentration.concentration_ratio(outputs, min(3, n)),
        "entropy": concentration.entropy(outputs),
        "entropy normalised": concentration.entropy(outputs, normalised=True),
        "theil_t": inequality.theil_t(outputs),
        "mean_log_deviation": inequality.mean_log_deviation(outputs),
        "gini": inequality.gini(outputs),
        "gini normalised": inequality.gini(outputs, normalised=True),
        "hoover": inequality.hoover(outputs),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["base", "plan"])
    table.index.name = "measure"
    return table.assign(change=table["plan"] - table["base"])
