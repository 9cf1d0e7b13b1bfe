"""What to read from the scenario chapter's pictures."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def signed(value: float, digits: int) -> str:
    """A change with its sign, a true minus among them."""
    return f"{value:+.{digits}f}".replace("-", "−")


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
        f"{len(table)} links rest on {len(ratings)} ratings. {int(tags.get('source', 0))} links have a cited source "
        "behind them, "
        f"{int(tags.get('survey', 0))} an answer of the survey, {int(tags.get('article', 0))} only the article's "
        "own words, and "
        f"**{int(tags.get('assumed', 0))}** nothing: they are assumed and drawn with dots."
    ]
    if len(contested):
        listed = "; ".join(
            f"{markdown(r['from_name'])} → {markdown(r['to_name'])} ({markdown(r['terms'])})"
            for r in contested.to_dict("records")
        )
        parts.append(f"Raters disagree so much that even the sign is open: {listed}.")
    return Reading(*parts)


def loops(table: pd.DataFrame, degrees: pd.DataFrame, concepts: pd.DataFrame) -> Reading:
    """What feeds back on itself, and whether anything brakes.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.fcm.loops`.
    degrees : DataFrame
        From `unicluster.fcm.degrees`, index reset.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    centre = ", ".join(markdown(names[c]) for c in degrees.nlargest(3, "centrality")["concept"])
    balancing = int(table["polarity"].eq("balancing").sum())
    brake = f"{balancing} of them balance."
    if not balancing:
        brake = (
            "**All of them reinforce; none balances.** What brakes a region that grows, such as wages that rise, "
            "staff that is "
            "lured away, or ore that runs out, is not in the literature that the article reviews, and so not in "
            "the map."
        )
    return Reading(f"Most central are {centre}. The map has {len(table)} feedback loops. {brake}")


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
            "of the region, in "
            "`survey_counts.csv`, would change that."
        )
    free = [r for r in known.itertuples() if abs(settled[r.concept] - r.level) > 1e-9]
    outside = [r for r in free if not r.low <= settled[r.concept] <= r.high]
    held = ", ".join(markdown(names[r.concept].lower()) for r in known.itertuples() if r not in free)
    parts = [
        f"The survey gives {len(known)} of {len(start)} starting levels. Nothing in the map acts on {held}: they "
        "keep their level, and through "
        "them the survey matters for where the map settles. The others are only where the run begins; they settle "
        "where the map puts them."
    ]
    if outside:
        told = ", ".join(markdown(names[r.concept].lower()) for r in outside)
        parts.append(
            f"For {told} that is outside what the respondents' answers allow: there the map and the survey disagree."
        )
    return Reading(*parts)


def certificate(results: pd.DataFrame, unique: pd.DataFrame, slope: float, tipping: float) -> Reading:
    """Whether the runs ended, how, and whether they could have ended elsewhere.

    Parameters
    ----------
    results : DataFrame
        From `unicluster.scenarios.run_scenarios`.
    unique : DataFrame
        From `unicluster.scenarios.uniqueness`.
    slope, tipping : float
        Slope used, and the slope above which the neutral state does not hold.
    """
    settled = results.drop_duplicates("scenario")["end"].eq("fixed_point")
    proved = int(unique["unique"].sum())
    return Reading(
        f"{int(settled.sum())} of {len(settled)} runs end in a fixed point: one more iteration changes no level by "
        "more than 1e-12. For "
        f"{proved} of {len(unique)} courses it is proved that there is no other steady state, wherever the run "
        "begins. A scenario must "
        "therefore *hold* its levers: a push that is let go leaves no trace at the end.",
        f"The slope {slope:g} is our choice. Above {tipping:.2f} the reinforcing loops win: with the rescaled rule "
        "the map then has a high and a "
        "low steady state, and where a region starts decides in which it ends. Whether regions tip like that the "
        "literature does not say.",
    )


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
        f"{markdown(names[university['lever']].lower())} "
        f"({signed(university['effect'], 3)})."
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
        "band of the first "
        f"overlaps with those of {overlap} of the {len(order) - 1} others."
    )


def robustness(conclusions: pd.DataFrame, scenario_names: dict[str, str]) -> Reading:
    """What survives when links are dropped or turned round.

    Parameters
    ----------
    conclusions : DataFrame
        From `unicluster.fcm.structural_robustness`.
    scenario_names : dict of scenario to name
    """
    firm = int(conclusions["survived"].eq(1).sum())
    weakest = conclusions.iloc[0]
    return Reading(
        f"Dropping each link, and turning its sign, one at a time, leaves {firm} of {len(conclusions)} comparisons "
        "of two courses untouched. "
        f"The weakest: that “{markdown(scenario_names[weakest['higher']].lower())}” does more for "
        f"{markdown(weakest['outcome'])} than "
        f"“{markdown(scenario_names[weakest['lower']].lower())}” survives {show(100 * weakest['survived'], 0)} % of "
        "such changes."
    )


def variants(effects: pd.DataFrame, scenario_names: dict[str, str]) -> Reading:
    """Whether the ranking needs the assumed links, or the article's own voice.

    Parameters
    ----------
    effects : DataFrame
        From `unicluster.scenarios.variant_effects`.
    scenario_names : dict of scenario to name
    """
    wide = effects.pivot(index="scenario", columns="variant", values="effect")
    links = effects.drop_duplicates("variant").set_index("variant")["links"]
    agreement = wide.corr(method="kendall")["all"]
    flat = wide[wide["evidenced"].abs().lt(0.005) & wide["all"].abs().ge(0.005)].index
    lost = 1 - wide["cited"].abs().sum() / wide["all"].abs().sum()
    parts = [
        f"Without its assumed links the map has {links['evidenced']} links instead of {links['all']}, and the "
        "ranking agrees with the full "
        f"one at Kendall's τ = {agreement['evidenced']:.2f}; with sources on transition economies only, at "
        f"{agreement['transition']:.2f}.",
        f"With cited sources alone {links['cited']} links are left, τ is {agreement['cited']:.2f}, and the effects "
        "shrink by "
        f"{show(100 * lost, 0)} %: most of what moves in this map moves by the article's own words.",
    ]
    if len(flat):
        listed = ", ".join(markdown(scenario_names[s].lower()) for s in flat)
        parts.append(f"What rests on assumption alone, and vanishes without it: {listed}.")
    return Reading(*parts)


def settings(effects: pd.DataFrame, scenario_names: dict[str, str]) -> Reading:
    """What keeps its rank under every rule and slope.

    Parameters
    ----------
    effects : DataFrame
        From `unicluster.scenarios.setting_effects`.
    scenario_names : dict of scenario to name
    """
    spans = effects.groupby("scenario", sort=False)["rank"].agg(["min", "max"])
    fixed = spans.index[spans["min"].eq(spans["max"])]
    loose = spans.index[spans["max"] - spans["min"] >= 3]
    several = effects[~effects["unique"]].drop_duplicates(["rule", "slope"])
    parts = [
        "The same rank under every rule and slope tried: "
        + (", ".join(markdown(scenario_names[s].lower()) for s in fixed) or "none")
        + "."
    ]
    if len(loose):
        told = ", ".join(
            f"{markdown(scenario_names[s].lower())} ({spans.at[s, 'min']:.0f} to {spans.at[s, 'max']:.0f})"
            for s in loose
        )
        parts.append(
            f"A rank that the choice of rule moves by three places or more: {told}. That is no property of the region."
        )
    if len(several):
        parts.append(
            f"For {len(several)} of the settings a single steady state could not be proved; its ranks belong to one "
            "start."
        )
    return Reading(*parts)


def decisive(table: pd.DataFrame, first: str, second: str, concepts: pd.DataFrame) -> Reading:
    """Whether the lead of one course over the next could be turned by a single link.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.scenarios.decisive_links`.
    first, second : str
        Names of the courses.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    lead, top = float(table["lead"].iloc[0]), table.iloc[0]
    turning = table[(table["swing"].abs() >= abs(lead))]
    told = (
        f"{len(turning)} links could each turn it alone, to first order."
        if len(turning)
        else "No single link could turn it alone within its plausible range, but a few together could."
    )
    return Reading(
        f"“{markdown(first)}” leads “{markdown(second.lower())}” by {signed(lead, 3)}. The link that moves this "
        "lead most is "
        f"{markdown(names[top['from']].lower())} → {markdown(names[top['to']].lower())} "
        f"({signed(top['swing'], 4)}). {told}"
    )


def goal(reached: bool, moved: pd.DataFrame, outcomes: pd.DataFrame, concepts: pd.DataFrame) -> Reading:
    """What must change so that a concept reaches a level.

    Parameters
    ----------
    reached : bool
    moved : DataFrame
        ``levers`` of `unicluster.fcm.seek_goal`.
    outcomes : DataFrame
        ``outcomes`` of the same.
    concepts : DataFrame
        Table ``fcm_concepts``.
    """
    names = concepts.set_index("concept")["name_en"]
    target = outcomes.iloc[0]
    changed = moved[moved["change"].abs() > 1e-3].sort_values("cost", ascending=False)
    listed = ", ".join(
        f"{markdown(names[lever].lower())} from {row['reference']:.2f} to {row['setting']:.2f}"
        for lever, row in changed.iterrows()
    )
    start = (
        f"{markdown(names[outcomes.index[0]])} stands at {target['reference']:.2f}; the goal is {target['lowest']:.2f}."
    )
    if not reached:
        return Reading(
            f"{start} No setting of the levers was found that reaches it; the highest found is {target['value']:.2f}."
        )
    return Reading(
        f"{start} The smallest change that reaches it: {listed or 'none'}. All other levers stay where they are. "
        "Every lever costs the same "
        "here, which is an assumption: what a step up the scale costs is not known for any of them."
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
    told = "; ".join(f"{r.scaling.replace('-', ' ')}: {r.low:.0f} to {r.high:.0f} %" for r in rows.itertuples())
    return Reading(
        f"Assumed: “{markdown(scenario_names[reference].lower())}” brings what the six pilot clusters show. For "
        f"output that is {told}. "
        "None of the six clusters is a mining cluster, none has a university at its "
        "centre, and their figures are plans. Employment and exports are not observed at all: they are let run "
        "from nothing to as much as output."
    )
