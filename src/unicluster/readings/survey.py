"""What to read from the survey chapter's pictures."""

from __future__ import annotations

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def answers(table: pd.DataFrame, leading: pd.DataFrame) -> Reading:
    """The leading answer of each single-choice question, with its interval.

    Parameters
    ----------
    table, leading : DataFrame
        From `unicluster.survey.tabulate` and `unicluster.survey.leading`.
    """
    lines = [
        f"- **{markdown(row.title)}** {markdown(row.label)}: {row.count_} of {row.base}, {row.share:.1f} % "
        f"({row.wilson_low:.1f} to {row.wilson_high:.1f} %)."
        for row in leading.rename(columns={"count": "count_"}).itertuples()
    ]
    bounded = table["count"].isna().sum()
    return Reading(
        "The answers that are sure to be the most frequent, with their Wilson intervals:",
        "\n".join(lines),
        f"For {bounded} of the {len(table)} options the text gives no number, only a range.",
    )


def missing(missing: pd.DataFrame) -> Reading:
    """Which questions do not account for everybody."""
    short = missing[missing["missing_high"].fillna(0) > 0]
    listed = "; ".join(
        f"{markdown(row.title)}: "
        + (f"{row.missing_high}" if row.missing_low == row.missing_high else f"{row.missing_low} to {row.missing_high}")
        + f" of {row.base}"
        for row in short.itertuples()
    )
    several = missing[missing["mentions_per_respondent"].notna()]
    mentions = "; ".join(
        f"{markdown(row.title)}: {row.reported} mentions by {row.base} respondents" for row in several.itertuples()
    )
    told = f"{len(short)} of {missing['choice'].eq('single').sum()} single-choice questions leave respondents out"
    parts = [f"{told}. {listed}." if len(short) else f"{told}."]
    if len(several):
        parts.append(f"Several answers were allowed in {len(several)} questions. {mentions}.")
    return Reading(*parts)


def simultaneous(table: pd.DataFrame, confidence: float) -> Reading:
    """How much wider intervals become when all options of a question are to be covered at once."""
    if table.empty:
        return Reading("No single-choice question has two options with a known count, so there is nothing to widen.")
    width = {n: table[f"{n}_high"] - table[f"{n}_low"] for n in ("wilson", "goodman", "sison_glaz")}
    goodman, sison_glaz = (float((width[n] / width["wilson"]).median()) for n in ("goodman", "sison_glaz"))
    scarce = table["count"].lt(5).sum()
    told = (
        f"For {scarce} of the {len(table)} options the count is below five, where the approximation of Sison and "
        f"Glaz is "
        "not to be relied on; Goodman's intervals are then the safer ones."
        if scarce
        else "Every count is five or more, so that either kind may be used."
    )
    return Reading(
        f"To hold for all options of a question together in {100 * confidence:.0f} % of samples, Goodman's "
        f"intervals are "
        f"{show(goodman, 2)} times as wide as those of single options (median), and those of Sison and Glaz "
        f"{show(sison_glaz, 2)} times. {told}"
    )


def posteriors(table: pd.DataFrame, against: pd.DataFrame) -> Reading:
    """How far the prior moves the means, and whether the upper half of a scale outweighs the lower."""
    if table.empty:
        return Reading("No ordinal question has two options with a known count, so no posterior is computed.")
    means = table.groupby(["question", "label"], sort=False)["mean"]
    moved = means.max() - means.min()
    label = moved.idxmax()[1]
    sd = table["sd"].max()
    lines = [
        f"- **{markdown(title)}** {markdown(own['upper'].iloc[0])} ({own['more'].iloc[0]} answers) above "
        f"{markdown(own['lower'].iloc[0])} ({own['less'].iloc[0]}): probability "
        f"{_probability(own['p_low'].min(), own['p_high'].max())}, whatever the prior"
        + (f" and the {own['residual'].iloc[0]} unknown answers." if own["residual"].iloc[0] else ".")
        for title, own in against.groupby("title", sort=False)
    ]
    decides = "The data, not the prior, decide." if moved.max() < sd else "The prior matters as much as the data."
    return Reading(
        f"The prior moves no mean by more than {show(moved.max())} points ({markdown(label)}); sampling alone gives a "
        f"standard deviation of up to {show(sd)} points. {decides}",
        "\n".join(lines),
    )


def comparisons(table: pd.DataFrame) -> Reading:
    """How many differences survive the corrections, and which of those rest on answers nobody knows."""
    if table.empty:
        return Reading("No single-choice question has two counted options, so nothing is compared.")
    count = table["verdict"].value_counts()
    sure = table[table["verdict"].eq("sure")]
    frail = sure[~sure["whatever_unknown"]]
    parts = [
        f"Of {len(table)} differences {count.get('sure', 0)} are sure after Holm's correction, "
        f"{count.get('likely', 0)} "
        f"more after that of Benjamini and Hochberg, and {count.get('open', 0)} stay open."
    ]
    if len(frail):
        listed = "; ".join(f"{markdown(r.first)} and {markdown(r.second)}" for r in frail.itertuples())
        parts.append(f"Sure among the known answers, but unknown answers could undo it: {listed}.")
    return Reading(*parts)


def partial(table: pd.DataFrame, confidence: float) -> Reading:
    """The bounds of each share, and how much of the width is ignorance rather than chance."""
    lines = [
        f"- **{markdown(r.title)}** {markdown(r.label)}: {_span(r.low, r.high)} of {r.base} respondents; with sampling "
        f"{_span(r.interval_low, r.interval_high, 0)}."
        for r in table.itertuples()
    ]
    if not lines:
        return Reading("No single-choice question has options.")
    unknown = table[table["residual"].gt(0)]
    whole = unknown["interval_high"] - unknown["interval_low"]
    parts = ["\n".join(lines), f"Intervals at {100 * confidence:.0f} % confidence. "]
    if unknown.empty:
        parts[1] += "Every answer is known: all the width is chance, and a larger sample would shrink it."
    else:
        worst = unknown.loc[((unknown["high"] - unknown["low"]) / whole).idxmax()]
        share = 100 * (worst["high"] - worst["low"]) / (worst["interval_high"] - worst["interval_low"])
        parts[1] += (
            f"For {markdown(worst['label'])} {show(share, 0)} % of the width is ignorance: {worst['residual']} "
            f"answers that "
            "nobody printed. No sample, however large, would shrink that part."
        )
    return Reading(*parts)


def overlaps(table: pd.DataFrame, missing: pd.DataFrame, confidence: float) -> Reading:
    """What is known of the respondents behind the mentions."""
    several = missing[missing["mentions_per_respondent"].notna()]
    if table.empty:
        return Reading("No question has two options that could have been chosen together.")
    extra = [
        f"{markdown(r.title)}: at least {max(r.reported - r.base, 0)} of {r.reported} mentions are second or later ones"
        for r in several.itertuples()
    ]
    widest = table.loc[(table["high"] - table["low"]).idxmax()]
    known = table["p_low"].notna()
    undecided = (known & table["p_low"].lt(1 - confidence) & table["p_high"].ge(1 - confidence)).sum()
    return Reading(
        f"**{markdown(widest['first'])}** and **{markdown(widest['second'])}** were chosen together by "
        f"{widest['low']} to "
        f"{widest['high']} of {widest['base']} respondents. " + "; ".join(extra) + "." * bool(extra),
        f"Whether two items differ in frequency depends on their overlap: for {undecided} of {known.sum()} pairs "
        f"McNemar's "
        "test rejects equality at some overlaps and not at others. A chi-square test on mentions would hide this.",
    )


def percentages(table: pd.DataFrame) -> Reading:
    """Whether the printed percentages fix the counts and the number of respondents."""
    if table.empty:
        return Reading("No percentages were printed: every count is given as a number or by words.")
    impossible = table[table["low"].isna()]
    loose = table[table["low"].ne(table["high"]) & table["low"].notna()]
    bases = [
        f"{markdown(own['title'].iloc[0])}: " + (own["bases"].iloc[0] or "none")
        for _, own in table.groupby("question", sort=False)
    ]
    told = f"Of {len(table)} printed percentages {len(table) - len(loose) - len(impossible)} fix their count"
    if len(loose):
        listed = "; ".join(f"{markdown(r.label)} {r.low} to {r.high}" for r in loose.itertuples())
        told += f"; the way of rounding matters for {len(loose)} ({listed})"
    if len(impossible):
        told += f"; {len(impossible)} fit no count at all: " + "; ".join(map(markdown, impossible["label"]))
    return Reading(
        told + ".", "Numbers of respondents that all percentages of a question fit. " + "; ".join(bases) + "."
    )


def clustering(
    table: pd.DataFrame, base: int, universities: int, correction: float | None, population: int | None, floor: float
) -> Reading:
    """What is left of the sample when people at one university answer alike.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.clustering`.
    base, universities : int
    correction : float or None
        `unicluster.survey.finite_population_correction` of the universities, where their number is known.
    population : int or None
        That number.
    floor : float
        Least p-value of a wild cluster bootstrap with Rademacher's weights.
    """
    if table.empty:
        return Reading(
            "All answers come from one university. Nothing can be said about how alike the answers within universities "
            "are, nor about other universities."
        )
    last = table.iloc[-1]
    parts = [
        f"{base} respondents at {universities} universities are {show(base / universities)} at each on average. At an "
        f"intraclass correlation of {last['icc']:g} the design effect is {show(last['design_effect'], 2)}: they "
        f"tell as much "
        f"as {show(last['effective_sample'], 0)} drawn at random, or as {show(last['effective_sample_low'], 0)} if one "
        f"university has nearly all of them. The least difference from one half that would mostly be found grows from "
        f"{show(table['detectable'].iloc[0])} to {show(last['detectable'])} points.",
        f"The interval uses $t$ with {universities - 1} degrees of freedom. A wild cluster bootstrap of so few "
        f"universities could not give a p-value below {show(floor, 4)} with Rademacher's weights.",
    ]
    if correction is not None:
        parts.append(
            f"What if the {universities} had been drawn at random from {population}? Standard errors between "
            f"universities "
            f"would shrink by the factor {show(correction, 3)}. They were chosen on purpose, so this is not claimed."
        )
    return Reading(*parts)


def associations(bounds: pd.DataFrame, spreads: pd.DataFrame) -> Reading:
    """What the margins say, and do not say, about two questions together."""
    if bounds.empty:
        return Reading("There are no two ordinal questions with known counts, so there is no association to bound.")
    open_pairs = bounds[bounds["low"].lt(0) & bounds["high"].gt(0)]
    lines = [
        f"- **{markdown(r.first_title)}** and **{markdown(r.second_title)}**: {_signed(r.low)} to {_signed(r.high)}; "
        f"`synthetic` draws {_signed(s.low)} to {_signed(s.high)}."
        for r, s in zip(bounds.itertuples(), spreads.itertuples(), strict=True)
    ]
    return Reading(
        f"For {len(open_pairs)} of {len(bounds)} pairs not even the sign of the association is known:",
        "\n".join(lines),
        "The draws are `synthetic`: made-up respondents that reproduce every published count, among those who answered "
        "both questions. How often a value comes up follows from how they are made. Only their range means something.",
    )


def contrasts(table: pd.DataFrame) -> Reading:
    """What the hypothesis could find in the published margins at most."""
    if table.empty:
        return Reading("There is no ordinal question and another one to compare it with.")
    undecided = (table["low"].lt(0) & table["high"].gt(0)).sum()
    return Reading(
        f"Those who answered **{markdown(table['driver_label'].iloc[0])}** are compared with all others. For "
        f"{undecided} of "
        f"{len(table)} questions the published margins fit a difference either way: they neither support nor "
        "contradict the hypothesis."
    )


def power(needed: pd.DataFrame, universities: int, wanted: float) -> Reading:
    """What sample would test the hypothesis."""
    lines = [
        f"- true correlation {r.correlation:g}: {show(r.needed)} universities; {show(r.needed_attenuated)} when "
        f"activity is "
        "measured by a few answers"
        + ("." if pd.isna(r.power_now) else f"; with {universities} the chance is {show(100 * r.power_now, 0)} %.")
        for r in needed.itertuples()
    ]
    return Reading(
        f"The hypothesis is about universities, so universities are counted, not respondents. To find it with a "
        f"chance of "
        f"{100 * wanted:.0f} % one needs:",
        "\n".join(lines),
    )


def themes(table: pd.DataFrame) -> Reading:
    """Which kinds of statements there are, and who makes them."""
    if table.empty:
        return Reading("No statements in words have been supplied for this region.")
    kinds = ", ".join(markdown(kind.replace("_", " ")) for kind in table["kind"].unique())
    lines = table["line"]
    return Reading(
        f"The article retells what was said on lines {lines.min()} to {lines.max()}, as: {kinds}. It does not say "
        f"how many "
        "respondents made a statement, so none is counted here and their order means nothing."
    )


def _span(low: float, high: float, digits: int = 1) -> str:
    return f"{show(low, digits)} %" if low == high else f"{show(low, digits)} to {show(high, digits)} %"


def _probability(low: float, high: float) -> str:
    if low > 0.999:
        return "above 0.999"
    return f"{show(low, 3)} to " + ("above 0.999" if high > 0.999 else show(high, 3))


def _signed(value: float) -> str:
    return show(float(value), 2).replace("-", "−")
