"""What the front page says was found: every number from results, each with its tag and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from unicluster import claims, language, results, tables
from unicluster.display import show
from unicluster.escape import as_html
from unicluster.language import _
from unicluster.pipeline.plan import Job
from unicluster.pipeline.provenance import ANCHOR
from unicluster.regions import DEFAULT


@dataclass(frozen=True)
class Finding:
    """One row of the front page.

    Attributes
    ----------
    question, answer : str
        In the language in use.
    tag : str
        How the numbers are known.
    chapter : str
        The chapter that computes it.
    result : str
        Name of the saved table that holds the numbers.
    """

    question: str
    answer: str
    tag: str
    chapter: str
    result: str


def found(code: str = "en") -> str:
    """The findings as a table for the front page, and the discrepancies that matter most.

    Parameters
    ----------
    code : {"en", "ru"}
        Language.

    Returns
    -------
    str
        Markdown with HTML; links are as seen from the front page.
    """
    language.use(code, {} if code == "en" else tables.names_in(code))
    try:
        rows = "\n".join(_row(finding) for finding in _findings())
        heads = (_("Question"), _("What was found"), _("Tag"), _("Where from"))
        head = "".join(f'<th scope="col">{as_html(text)}</th>' for text in heads)
        caption = as_html(_("What was asked and what was found"))
        most = as_html(_("What matters most among the discrepancies:"))
        return (
            f'<div class="table-frame whole" tabindex="0" role="region" aria-label="{caption}">\n'
            f'<table class="result found">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n'
            "</tbody>\n</table>\n</div>\n\n"
            f"<p>{most}</p>\n<ul>\n{_discrepancies(code)}\n</ul>\n"
        )
    finally:
        language.use("en")


def every_chapter(jobs: Iterable[Job]) -> str:
    """Links to every chapter of every region, folded; as seen from the front page.

    The contents at the side unfold one region only, so that pages do not grow with the number of regions.
    """
    rows = []
    for region, its_jobs in groupby(jobs, key=lambda job: job.region):
        links = ", ".join(
            f'<a href="generated/{region.region}/{job.chapter.name}.html">{as_html(job.chapter.title)}</a>'
            + ("" if job.runs else " (no data yet)")
            for job in its_jobs
        )
        rows.append(f"<li><strong>{as_html(region.name['en'])}.</strong> {links}</li>")
    return (
        '<details class="inputs"><summary>Every chapter of every region</summary>\n<ul>\n'
        + "\n".join(rows)
        + "\n</ul>\n</details>\n"
    )


def _row(finding: Finding) -> str:
    page = f"generated/{DEFAULT}/{finding.chapter}.html"
    data = f"results/{DEFAULT}/{finding.chapter}/{finding.result}.csv"
    chapter, table, run = as_html(_("chapter")), as_html(_("data")), as_html(_("run"))
    links = (
        f'<a href="{page}">{chapter}</a> · <a href="{data}" download>{table}</a> · <a href="{page}#{ANCHOR}">{run}</a>'
    )
    return (
        f'<tr><th scope="row">{as_html(finding.question)}</th><td class="answer">{as_html(finding.answer)}</td>'
        f"<td>{as_html(_(finding.tag))}</td><td>{links}</td></tr>"
    )


def _discrepancies(code: str) -> str:
    errata = tables.load("errata")
    rows = errata[errata["weight"].eq("much")]
    page = f"generated/{DEFAULT}/errata.html"
    return "\n".join(f'<li><a href="{page}">{as_html(title)}</a></li>' for title in rows[f"title_{code}"])


def _findings() -> Iterator[Finding]:
    for finding in (_claims, _literature, _survey, _sample, _growth, _members, _scenarios):
        # A chapter without results has not run; its page says why.
        with suppress(FileNotFoundError):
            yield finding()


def _numbers(chapter: str) -> dict[str, dict]:
    return results.read_json(DEFAULT, chapter, "numbers.json")


def _table(chapter: str, name: str) -> pd.DataFrame:
    return results.read_table(DEFAULT, chapter, name)


def _claims() -> Finding:
    counts = _table("claims", "claims")["verdict"].value_counts()
    told = ", ".join(f"{_(name)} {show(int(counts[name]))}" for name in claims.VERDICTS if name in counts)
    text = _("{n} statements were checked: {verdicts}.")
    return Finding(
        _("Are the article's numbers right?"),
        text.format(n=show(int(counts.sum())), verdicts=told),
        "recomputed",
        "claims",
        "claims",
    )


def _literature() -> Finding:
    numbers = _numbers("literature_factors")
    text = _("Of {pairs} pairs of a factor and an outcome {single} rest on one source alone.")
    answer = text.format(pairs=show(numbers["pairs"]["value"]), single=show(numbers["single_source_pairs"]["value"]))
    return Finding(_("What does the literature carry?"), answer, "recomputed", "literature_factors", "factor_outcome")


def _survey() -> Finding:
    share = _numbers("survey")["activity_medium"]
    text = _("Medium, say {share} % (95 % interval {low} to {high}, if the respondents were drawn at random).")
    answer = text.format(**{k: show(share[v], 0) for k, v in {"share": "value", "low": "low", "high": "high"}.items()})
    return Finding(_("How active are universities, by their staff?"), answer, share["tag"], "survey", "intervals")


def _sample() -> Finding:
    row = _table("survey", "clustering").set_index("icc").loc[0.05]
    text = _(
        "They were not. If colleagues answer only slightly alike (correlation {icc}), the sample counts as {n} people "
        "and shares are known to {half} points at best."
    )
    answer = text.format(icc=show(0.05, 2), n=show(row["effective_sample"], 0), half=show(row["half_width"], 0))
    return Finding(_("Were they drawn at random?"), answer, "assumed", "survey", "clustering")


def _growth() -> Finding:
    numbers, prices = _numbers("cluster_effect"), _table("cluster_effect", "prices")
    years = sorted(prices["price_year"].unique())
    text = _(
        "Planned output is {nominal} % above the base; if the plan is in prices of {year}, {real} % in real terms. "
        "There is no outcome and no counterfactual."
    )
    answer = text.format(
        nominal=show(numbers["growth_percent"]["value"]),
        real=show(numbers["real_growth_percent"]["value"]),
        year=years[-1],
    )
    return Finding(_("How large is the effect of the clusters?"), answer, "recomputed", "cluster_effect", "prices")


def _members() -> Finding:
    numbers = _numbers("cluster_model")
    text = _("{n} different organisations are named; they fill {roles} of the roles that the law names.")
    answer = text.format(n=show(numbers["organisations"]["value"]), roles=show(numbers["roles_filled"]["value"]))
    return Finding(_("Who would be in the mining cluster?"), answer, "assumed", "cluster_model", "memberships")


def _scenarios() -> Finding:
    ranks, effects = _table("fcm_scenarios", "ranks"), _table("fcm_scenarios", "mean_effects").set_index("scenario")
    names = _table("fcm_scenarios", "scenarios").set_index("scenario")
    named = names["name" if language.code() == "en" else f"name_{language.code()}"]
    numbers = _numbers("fcm_scenarios")
    best = ranks.iloc[0]
    effect = effects.loc[best["scenario"]]
    text = _(
        "“{name}”: outcomes {effect} higher on a scale from 0 to 1 (90 % of draws {low} to {high}), first in {share} % "
        "of draws. {assumed} of {links} links of the map are assumed."
    )
    answer = text.format(
        name=named[best["scenario"]],
        effect=show(effect["effect"], 2),
        low=show(effect["q05"], 2),
        high=show(effect["q95"], 2),
        share=show(100 * best["rank_1"], 0),
        assumed=show(numbers["assumed_links"]["value"]),
        links=show(numbers["links"]["value"]),
    )
    return Finding(_("Which course helps most?"), answer, "assumed", "fcm_scenarios", "mean_effects")
