"""What scenarios change: where the map starts and settles, courses, levers, barriers, and the step to per cent."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown
from unicluster.readings.fcm_scenarios.numbers import signed


def starting_state(start: pd.DataFrame, settled: dict[str, float], concepts: pd.DataFrame) -> Reading:
    """How much of the start the survey gives, and whether the map agrees with it.

    Parameters
    ----------
    start : DataFrame
        From `unicluster.scenarios.starting_state`.
    settled : dict of concept to float
        Level in the steady state of the baseline.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    known = start[start["tag"].eq("survey")]
    if known.empty:
        return Reading(
            f"This region has no survey of its own. All {len(start)} concepts start from the neutral level. Answers "
            "of the region, in `survey_counts.csv`, would change that."
        )
    free = [r for r in known.itertuples() if abs(settled[r.concept] - r.level) > 1e-9]
    outside = [r for r in free if not r.low <= settled[r.concept] <= r.high]
    held = ", ".join(markdown(names[r.concept].lower()) for r in known.itertuples() if r not in free)
    parts = [
        f"The survey gives {len(known)} of {len(start)} starting levels. Nothing in the map acts on {held}: they "
        "keep their level, and through them the survey matters for where the map settles. The others are only where "
        "the run begins; they settle where the map puts them."
    ]
    if outside:
        told = ", ".join(markdown(names[r.concept].lower()) for r in outside)
        parts.append(
            f"For {told} that is outside what the respondents' answers allow: there the map and the survey disagree."
        )
    return Reading(*parts)


def certificate(
    results: pd.DataFrame, unique: pd.DataFrame, slope: float, tipping: float, beyond: pd.DataFrame
) -> Reading:
    """Whether the runs ended, how, and whether they could have ended elsewhere.

    Parameters
    ----------
    results : DataFrame
        From `unicluster.scenarios.run_scenarios`.
    unique : DataFrame
        From `unicluster.scenarios.uniqueness`.
    slope, tipping : float
        Slope used, and the slope above which the neutral state does not hold.
    beyond : DataFrame
        From `unicluster.scenarios.attractors`, at a slope above ``tipping``.
    """
    settled = results.drop_duplicates("scenario")["end"].eq("fixed_point")
    proved = int(unique["unique"].sum())
    ends = beyond.sort_values("outcomes")
    told = " and ".join(f"{show(100 * r.share, 0)} % at {show(r.outcomes, 2)}" for r in ends.itertuples())
    parts = [
        f"{int(settled.sum())} of {len(settled)} runs end in a fixed point: one more iteration changes no level by "
        f"more than 1e-12. For {proved} of {len(unique)} courses it is proved that there is no other steady state, "
        "wherever the run begins."
    ]
    if proved == len(unique):
        parts.append("A scenario must therefore *hold* its levers: a push that is let go leaves no trace at the end.")
    parts.append(
        f"The slope {slope:g} is our choice, and it matters. Under the rescaled rule the neutral state holds only up "
        f"to {show(tipping, 2)}. At twice our slope runs from random states end apart, by the mean of the outcomes: "
        f"{told}. Whether regions tip like that, from a low state into a high one, the literature does not say."
        if len(ends) > 1
        else f"At twice the slope {slope:g} runs from random states still end in one place."
    )
    return Reading(*parts)


def effects(
    bands: pd.DataFrame, ranks: pd.DataFrame, scenario_names: dict[str, str], concepts: pd.DataFrame
) -> Reading:
    """Which course does most, how sure the order is, and what is good for one outcome and bad for another.

    Parameters
    ----------
    bands : DataFrame
        From `unicluster.scenarios.effect_bands`.
    ranks : DataFrame
        From `unicluster.scenarios.course_ranks`.
    scenario_names : dict of scenario to name
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    first = ranks.iloc[0]
    close = ranks[ranks["beats_next"].lt(0.9)]
    parts = [
        f"**{markdown(scenario_names[first['scenario']])}** comes first in {show(100 * first['rank_1'], 0)} % of draws."
    ]
    for row in close.itertuples():
        below = ranks["scenario"].iloc[row.Index + 1] if row.Index + 1 < len(ranks) else None
        if below is not None:
            parts.append(
                f"{markdown(scenario_names[row.scenario])} beats {markdown(scenario_names[below].lower())} in only "
                f"{show(100 * row.beats_next, 0)} % of draws: the map does not settle that order."
            )
    open_sign = bands[bands["q05"].lt(-0.005) & bands["q95"].gt(0.005)]
    if len(open_sign):
        told = "; ".join(
            f"{markdown(scenario_names[r.scenario].lower())} on {markdown(names[r.concept].lower())}"
            for r in open_sign.itertuples()
        )
        parts.append(f"Even the direction is open for: {told}.")
    return Reading(*parts)


def levers(ranks: pd.DataFrame, concepts: pd.DataFrame) -> Reading:
    """Which lever does most alone, and which may do harm.

    Parameters
    ----------
    ranks : DataFrame
        From `unicluster.scenarios.lever_ranks`.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    best = ranks.iloc[0]
    harm = ranks[ranks["effect"].lt(0)]
    group = concepts.set_index("concept")["group"]
    university = ranks[ranks["lever"].map(group).eq("university")].iloc[0]
    parts = [
        f"Alone, **{markdown(names[best['lever']].lower())}** does most ({signed(best['effect'], 3)}; best in "
        f"{show(100 * best['probability_best'], 0)} % of draws). The university's best lever is "
        f"{markdown(names[university['lever']].lower())} ({signed(university['effect'], 3)})."
    ]
    if len(harm):
        told = ", ".join(markdown(names[x].lower()) for x in harm["lever"])
        parts.append(f"Doing harm at the top of the scale: {told}.")
    return Reading(*parts)


def barriers(bands: pd.DataFrame, scenarios: pd.DataFrame, concepts: pd.DataFrame) -> Reading:
    """Which barrier to remove first.

    Parameters
    ----------
    bands : DataFrame
        From `unicluster.scenarios.mean_effect_bands`.
    scenarios : DataFrame
        From `unicluster.scenarios.scenario_table`.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    removed = scenarios[scenarios["kind"].eq("barrier-removed")]
    order = bands.merge(removed, on="scenario").sort_values("effect", ascending=False, ignore_index=True)
    listed = ", ".join(f"{markdown(names[r.barrier].lower())} ({signed(r.effect, 3)})" for r in order.itertuples())
    overlap = (order["q95"].iloc[1:] > order["q05"].iloc[0]).sum()
    return Reading(
        f"By what their removal brings to the mean of the outcomes, the barriers stand in this order: {listed}. The "
        f"band of the first overlaps with those of {overlap} of the {len(order) - 1} others."
    )


def indicators(ranges: pd.DataFrame, reference: str, scenario_names: dict[str, str]) -> Reading:
    """What the translation into per cent says, and what it rests on.

    Parameters
    ----------
    ranges : DataFrame
        From `unicluster.scenarios.indicator_ranges`, several scalings.
    reference : str
        Scenario set equal to the observed clusters.
    scenario_names : dict of scenario to name
    """
    rows = ranges[ranges["scenario"].eq(reference) & ranges["indicator"].eq("output")]
    told = "; ".join(
        f"{r.scaling.replace('-', ' ')} {show(r.low, 0)} to {show(r.high, 0)} %" for r in rows.itertuples()
    )
    return Reading(
        f"Assumed: “{markdown(scenario_names[reference].lower())}” brings what the six pilot clusters show. For "
        f"output that is {told}. None of the six clusters is a mining cluster, none has a university at its centre, "
        "and their figures are plans. Employment and exports are not observed at all: they are let run from nothing "
        "to as much as output."
    )
