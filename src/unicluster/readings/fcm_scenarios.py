"""What to read from the scenario chapter's pictures."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def links(table: pd.DataFrame, ratings: pd.DataFrame) -> Reading:
    """What the map's links rest on.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.scenarios.link_table`.
    ratings : DataFrame
        From `unicluster.scenarios.region_ratings`.
    """
    tags = table["tag"].value_counts()
    contested = table[table["low"].lt(0) & table["high"].gt(0) & table["raters"].gt(1)]
    parts = [
        f"{len(table)} links rest on {len(ratings)} ratings. {int(tags.get('source', 0))} links have a cited source behind them, "
        f"{int(tags.get('survey', 0))} an answer of the survey, {int(tags.get('article', 0))} only the article's own words, and "
        f"**{int(tags.get('assumed', 0))}** nothing: they are assumed and drawn with dots."
    ]
    if len(contested):
        listed = "; ".join(
            f"{markdown(r['from_name'])} → {markdown(r['to_name'])} ({markdown(r['terms'])})" for r in contested.to_dict("records")
        )
        parts.append(f"Raters disagree so much that even the sign is open: {listed}.")
    return Reading(*parts)


def baseline(results: pd.DataFrame, scenario: str) -> Reading:
    """Whether the runs ended, and how.

    Parameters
    ----------
    results : DataFrame
        From `unicluster.scenarios.run_scenarios`.
    scenario : str
        The baseline.
    """
    rows = results[results["scenario"].eq(scenario)]
    outcomes = rows[rows["role"].eq("outcome")]
    settled = results.drop_duplicates("scenario")["end"].eq("fixed_point")
    return Reading(
        f"{int(settled.sum())} of {len(settled)} runs end in a fixed point; the largest residual is "
        f"{results['residual'].max():.0e}. When things go on as they are, the outcomes stand between "
        f"{show(float(outcomes['level'].min()), 2)} and {show(float(outcomes['level'].max()), 2)} on the scale from 0 to 1."
    )


def effects(table: pd.DataFrame, scenario_names: dict[str, str]) -> Reading:
    """Which scenario does most and which least.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.scenarios.outcome_effects`.
    scenario_names : dict of scenario to name
    """
    best, worst = table.iloc[0], table.iloc[-1]
    outcomes = table.columns.drop(["scenario", "mean", "rank"])
    mixed = table[(table[outcomes] > 0.005).any(axis=1) & (table[outcomes] < -0.005).any(axis=1)]
    parts = [
        f"Best on the mean of the outcomes: **{markdown(scenario_names[best['scenario']])}** ({best['mean']:+.2f}). Worst: "
        f"**{markdown(scenario_names[worst['scenario']])}** ({worst['mean']:+.2f})."
    ]
    if len(mixed):
        listed = ", ".join(markdown(scenario_names[s].lower()) for s in mixed["scenario"])
        parts.append(f"Good for some outcomes and bad for others: {listed}.")
    return Reading(*parts)


def with_and_without(both: pd.DataFrame, scenario_names: dict[str, str]) -> Reading:
    """Whether the ranking needs the assumed links.

    Parameters
    ----------
    both : DataFrame
        ``scenario``, ``all_links``, ``evidenced_links``.
    scenario_names : dict of scenario to name
    """
    agreement = both["all_links"].corr(both["evidenced_links"], method="kendall")
    flat = both[both["evidenced_links"].abs().lt(0.005) & both["all_links"].abs().ge(0.005)]
    same = both["all_links"].idxmax() == both["evidenced_links"].idxmax()
    parts = [
        f"The two rankings agree with Kendall's τ = {agreement:.2f}. The best scenario is {'the same' if same else 'another'} without "
        "assumed links."
    ]
    if len(flat):
        listed = ", ".join(markdown(scenario_names[s].lower()) for s in flat["scenario"])
        parts.append(f"What rests on assumption alone, and vanishes without it: {listed}.")
    return Reading(*parts)
