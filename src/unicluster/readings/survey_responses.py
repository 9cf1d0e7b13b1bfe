"""What to read from the chapter on respondents' rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def or_reason(reading: Callable[..., Reading]) -> Callable[..., Reading]:
    """Where a method could not be applied, say why instead of reading its empty table."""

    @wraps(reading)
    def careful(table: pd.DataFrame, *others: object) -> Reading:
        if table.empty:
            reason = table.attrs.get("reason", "the rows hold nothing that it could be computed from")
            return Reading(f"This could not be computed: {markdown(str(reason))}.")
        return reading(table, *others)

    return careful


def respondents(rows: pd.DataFrame, synthetic: bool) -> Reading:
    """Who answered, and whether they exist."""
    sizes = rows["university"].value_counts()
    told = (
        f"{len(rows)} respondents at {len(sizes)} universities; the largest has {sizes.max()}, the smallest "
        f"{sizes.min()}."
    )
    if not synthetic:
        return Reading(told)
    return Reading(
        told,
        ":::{admonition} Synthetic respondents\n:class: warning\nThe region is fictitious. Every respondent and every "
        "answer on this page is `synthetic`: drawn by a committed script with a fixed seed, with effects put in on "
        "purpose, so that the methods can be shown. Nothing here says anything about a real university. The article "
        "publishes no respondents' rows.\n:::",
    )


@or_reason
def groups(table: pd.DataFrame) -> Reading:
    """Where the answers lie highest and lowest, and on how many respondents that rests."""
    own = table.assign(upper=table["right"].clip(lower=0) - table["left"].clip(lower=0))
    balance = own.groupby(["heading", "group"], sort=False).agg(
        upper=("upper", "sum"), lower=("left", lambda left: -left.min()), base=("base", "first")
    )
    parts = []
    for heading, rows in balance.groupby("heading", sort=False):
        known = rows[rows["base"] > 0].droplevel("heading")
        most, least = known["upper"].idxmax(), known["upper"].idxmin()
        parts.append(
            f"**{markdown(heading)}.** The bar reaches farthest to the right at {markdown(most)} "
            f"({known['base'][most]} respondents) and least at {markdown(least)} ({known['base'][least]})."
        )
    smallest = int(balance["base"].min())
    return Reading(
        " ".join(parts),
        f"The smallest group has {smallest} respondents: one person is {show(100 / max(smallest, 1), 0)} points of its "
        "bar. Differences between bars are not tested here.",
    )


@or_reason
def items(table: pd.DataFrame) -> Reading:
    """Which item is agreed with most and least."""
    upper = (table["right"].clip(lower=0) - table["left"].clip(lower=0)).groupby(table["group"], sort=False).sum()
    return Reading(
        f"Agreement is greatest with **{markdown(upper.idxmax())}** and least with **{markdown(upper.idxmin())}**. "
        "Each "
        "bar rests on those who answered that item, so that the bars have different bases."
    )


@or_reason
def explained(table: pd.DataFrame) -> Reading:
    """What the errors that know of universities change."""
    first = table.iloc[0]
    lines = [
        f"- **{markdown(r.predictor)}**: odds times {show(r.odds_ratio, 2)} ({show(r.low, 2)} to {show(r.high, 2)}); p "
        f"{_p(r.p_naive)} as if independent, {_p(r.p_clustered)} clustered, {_p(r.p_score)} by the wild score "
        "bootstrap."
        for r in table.itertuples()
    ]
    lost = table[table["p_naive"].lt(0.05) & table["p_clustered"].ge(0.05)]
    told = (
        f"For {len(lost)} of {len(table)} predictors clustered errors undo an effect that passes 5 per cent as long as "
        "colleagues are taken as independent."
        if len(lost)
        else "Whether colleagues are taken as independent does not change which effects pass the usual level."
    )
    notes = [f"{note[0].upper()}{note[1:]}." for note in table.attrs.get("notes", ())]
    return Reading(
        f"{first['observations']} respondents were used, {first['dropped']} left out because an answer is missing.",
        "\n".join(lines),
        " ".join([told, *map(markdown, notes)]),
    )


@or_reason
def proportionality(tests: pd.DataFrame) -> Reading:
    """Whether one slope for all cuts is tenable."""
    every = tests.iloc[0]
    brant = (
        "Brant's test cannot be computed, because a predictor separates the answers at a cut"
        if pd.isna(every["p_brant"])
        else f"Brant's test gives p {_p(every['p_brant'])}"
    )
    least = min(p for p in (every["p_brant"], every["p_likelihood_ratio"]) if pd.notna(p))
    verdict = (
        "The assumption is not rejected. With so few answers at the ends of the scale that is weak support."
        if least >= 0.05
        else "The assumption is rejected: one odds ratio does not describe all cuts, and the slopes above do."
    )
    return Reading(
        f"{brant}; the likelihood-ratio test against free slopes p {_p(every['p_likelihood_ratio'])} ({every['df']} "
        f"degrees of freedom). {verdict} Both tests take respondents as independent."
    )


@or_reason
def effects(table: pd.DataFrame) -> Reading:
    """The largest change of a probability."""
    sure = table[table["low"].gt(0) | table["high"].lt(0)]
    row = table.loc[table["effect"].abs().idxmax()]
    return Reading(
        f"The largest change: **{markdown(row['predictor'])}** moves the probability of "
        f"{markdown(row['option'])} by {_signed(row['effect'])} points ({_signed(row['low'])} to "
        f"{_signed(row['high'])}). "
        f"{len(sure)} of {len(table)} intervals leave zero out. The changes of one predictor add up to zero."
    )


@or_reason
def wild(table: pd.DataFrame) -> Reading:
    """P-values by the wild cluster bootstrap, and how small they could be at all."""
    lines = [
        f"- **{markdown(r.predictor)}**: {_signed(r.estimate, 2)} points of the scale ({_signed(r.low, 2)} to "
        f"{_signed(r.high, 2)}); p {_p(r.p_webb)} with Webb's weights, {_p(r.p_rademacher)} with Rademacher's, "
        f"{_p(r.p_t)} by t."
        for r in table.itertuples()
    ]
    first = table.iloc[0]
    floor = first["floor_rademacher"]
    remark = (
        "so that with them no test at 5 per cent could ever reject"
        if floor > 0.05
        else "so that a p-value of that size is the strongest verdict they can give"
    )
    return Reading(
        "\n".join(lines),
        f"With {first['clusters']} universities Rademacher's weights have only {2 ** int(first['clusters'])} "
        "combinations: "
        f"no p-value can be below {show(floor, 4)}, {remark}. Webb's six weights lower the floor to "
        f"{show(first['floor_webb'], 4)}.",
    )


@or_reason
def choices(table: pd.DataFrame) -> Reading:
    """Cochran's Q."""
    first = table.iloc[0]
    verdict = "They are not equally frequent." if first["p"] < 0.05 else "They may well be equally frequent."
    return Reading(
        f"Cochran's $Q$ is {show(first['q'])} on {first['df']} degrees of freedom, p {_p(first['p'])}. {verdict} An "
        "option "
        "that excludes the others, such as hard to answer, takes part in the test like any other."
    )


@or_reason
def choices_by_group(table: pd.DataFrame) -> Reading:
    """The tests of marginal independence."""
    first = table.iloc[0]
    by = table.drop_duplicates("option").dropna(subset=["p_bonferroni"])
    told = by[by["p_bonferroni"] < 0.05]["option"]
    which = (
        f"Option by option, {', '.join(map(markdown, told))} differs between the groups (Bonferroni)."
        if len(told)
        else "No single option differs between the groups after Bonferroni's correction."
    )
    return Reading(
        f"The sum of the {len(by)} Pearson statistics is {show(first['statistic'])}. As if options were "
        "independent, p would "
        f"be {_p(first['p_uncorrected'])}; with the second-order Rao–Scott correction ({show(first['df'])} degrees of "
        f"freedom) it is {_p(first['p'])}, and by re-assigning respondents at random {_p(first['p_permutation'])}. "
        f"{which}",
        "These tests take respondents as independent of each other; colleagues at one university are not.",
    )


@or_reason
def reliability(table: pd.DataFrame, items: pd.DataFrame) -> Reading:
    """Alpha and omega, and which item weakens the sum."""
    alpha = table.iloc[0]
    others = "; ".join(f"{r.coefficient} {show(r.estimate, 2)}" for r in table.iloc[1:].itertuples())
    told = (
        f"Cronbach's alpha of the {alpha['items']} items is {show(alpha['estimate'], 2)} ({show(alpha['low'], 2)} to "
        f"{show(alpha['high'], 2)}), from {alpha['respondents']} respondents who answered all of them"
        + (f"; {others}." if others else ".")
    )
    better = items[items["alpha_without"] > alpha["estimate"]] if len(items) else items
    weak = (
        f"Without {', '.join(map(markdown, better['item']))} alpha would be higher."
        if len(better)
        else "Alpha falls whichever item is left out."
    )
    bad = " An item explains its factor fully: the single factor does not fit." if table["heywood"].any() else ""
    return Reading(told, f"{weak}{bad} A high value says that the items go together, not what they measure.")


@or_reason
def correlations(table: pd.DataFrame) -> Reading:
    """The strongest pair, and how much larger the hidden correlation is than the plain one."""
    row = table.loc[table["polychoric"].abs().idxmax()]
    gain = (table["polychoric"].abs() - table["pearson"].abs()).median()
    return Reading(
        f"The strongest is between **{markdown(row['first'])}** and **{markdown(row['second'])}**: "
        f"{_signed(row['polychoric'], 2)} (standard error {show(row['standard_error'], 2)}); of the points themselves "
        f"{_signed(row['pearson'], 2)}. Over all {len(table)} pairs the hidden correlation is larger by "
        f"{show(gain, 2)} (median): few categories hide part of it."
    )


@or_reason
def likeness(table: pd.DataFrame) -> Reading:
    """The question on which universities differ most."""
    row = table.loc[table["icc"].idxmax()]
    sure = table["p"].lt(0.05).sum()
    return Reading(
        f"Universities differ most in **{markdown(row['title'])}**: {show(row['icc'], 2)} ({show(row['low'], 2)} to "
        f"{show(row['high'], 2)}), a design effect of {show(row['design_effect'])}. For {sure} of {len(table)} "
        "questions the "
        f"$F$ test finds a difference at 5 per cent. With {row['universities']} universities an intraclass "
        "correlation is "
        "known badly, as the intervals show."
    )


@or_reason
def raked(table: pd.DataFrame, summary: pd.DataFrame) -> Reading:
    """What weighting changed and what it cost."""
    row, own = summary.iloc[0], table.set_index("option")
    moved = own["weighted_share"] - own["share"]
    return Reading(
        f"Weighted to the totals of {markdown(row['variables'])}, no share moves by more than "
        f"{show(moved.abs().max())} points ({markdown(moved.abs().idxmax())}). Weights run from "
        f"{show(row['least_weight'], 2)} to {show(row['greatest_weight'], 2)} times the mean; unequal weights alone "
        "leave "
        f"{show(row['effective_sample'], 0)} of {row['respondents']} respondents."
    )


def missing(table: pd.DataFrame) -> Reading:
    """Which question is left out most, and where."""
    if table.empty:
        return Reading("Every respondent answered every question.")
    row = table.loc[table["missing"].idxmax()]
    return Reading(
        f"**{markdown(row['title'])}** is left out most: {row['missing']} of {row['respondents']}. At "
        f"{markdown(row['most'])} {show(row['most_share'], 0)} % do not answer it. If those who leave a question "
        "out would "
        "have answered differently, every share of it is off; bounds tell by how much at most."
    )


@or_reason
def coders(table: pd.DataFrame) -> Reading:
    """How far the coders agree, and on which code least."""
    first, least = table.iloc[0], table.iloc[table["alpha"].argmin()]
    verdict = (
        "reliable by Krippendorff's rule of thumb"
        if first["alpha"] >= 0.8
        else "good for tentative conclusions only, by Krippendorff's rule of thumb"
        if first["alpha"] >= 0.667
        else "too low to build on, by Krippendorff's rule of thumb"
    )
    return Reading(
        f"Over {markdown(first['code'])} alpha is {show(first['alpha'], 2)}: {verdict}. The coders agree on "
        f"{first['agree']} "
        f"of {first['units']} passages. They agree least on {markdown(str(least['code']))} "
        f"({show(least['alpha'], 2)}): talk "
        "these passages over and sharpen the definition before counting anything."
    )


def _p(value: float) -> str:
    return "below 0.0001" if value < 0.0001 else show(float(value), 4 if value < 0.01 else 3)


def _signed(value: float, digits: int = 1) -> str:
    if value in (float("inf"), float("-inf")):
        return "∞" if value > 0 else "−∞"
    return show(float(value), digits).replace("-", "−")
