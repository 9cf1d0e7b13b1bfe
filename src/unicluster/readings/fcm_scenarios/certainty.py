"""How sure the ranking is, what decides it, and what a goal would take."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown
from unicluster.readings.fcm_scenarios.numbers import signed


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
        f"of two courses untouched. The weakest: that “{markdown(scenario_names[weakest['higher']].lower())}” does "
        f"more for {markdown(weakest['outcome'])} than “{markdown(scenario_names[weakest['lower']].lower())}” "
        f"survives {show(100 * weakest['survived'], 0)} % of such changes."
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
        f"ranking agrees with the full one at Kendall's τ = {agreement['evidenced']:.2f}; with sources on transition "
        f"economies only, at {agreement['transition']:.2f}.",
        f"With cited sources alone {links['cited']} links are left, τ is {agreement['cited']:.2f}, and the effects "
        f"shrink by {show(100 * lost, 0)} %: most of what moves in this map moves by the article's own words.",
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
        f"Alone, to first order, {len(turning)} of the links could turn it."
        if len(turning)
        else "No single link could turn it alone within its plausible range, but a few together could."
    )
    return Reading(
        f"“{markdown(first)}” leads “{markdown(second.lower())}” by {signed(lead, 3)}. The link that moves this lead "
        f"most is {markdown(names[top['from']].lower())} → {markdown(names[top['to']].lower())} "
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
        "Every lever costs the same here, which is an assumption: what a step up the scale costs is not known for "
        "any of them."
    )
