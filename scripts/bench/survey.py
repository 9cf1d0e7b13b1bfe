"""The survey: drawing many made-up surveys at once against one after the other, and coverage of intervals.

The plain loop makes the same surveys by the same rules, one draw after the other and respondent by
respondent, as one would write it down first.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from unicluster import survey
from unicluster.survey.margins import Margin

PAPER = Path(__file__).resolve().parents[2] / "data" / "paper"
UNIVERSITIES = ("baishev", "ektu", "kartu", "ualikhanov", "zhubanov")
BASE, DRAWS, SAMPLE = 69, 1000, 100
SHARES = np.linspace(0.01, 0.99, 981)
ACTIVITY = [1, 3, 38, 22, 2, 3]
SIZES = [14, 14, 14, 14, 13]


def rows() -> list[dict]:
    """Synthetic draws, then coverage."""
    return [*synthetic_rows(), *coverage_rows()]


def synthetic_rows() -> list[dict]:
    """1 000 surveys of 69 respondents, alone and with a joint statistic of each."""
    margins = survey.published_margins(
        pd.read_csv(PAPER / "survey_questions.csv"), pd.read_csv(PAPER / "survey_counts.csv")
    )
    draw = partial(survey.synthetic_respondents, margins, BASE, UNIVERSITIES, DRAWS)
    together = timed(draw, repeats=20)
    one_by_one = timed(lambda: [plain_survey(margins, kind % 4) for kind in range(SAMPLE)]) * DRAWS / SAMPLE
    drawn = draw()
    measured = timed(lambda: survey.spearman(drawn.tables("activity", "stability")), repeats=5)
    singly = timed(lambda: [plain_spearman(drawn, place) for place in range(SAMPLE)]) * DRAWS / SAMPLE
    return [
        row("1 000 synthetic surveys of 69: plain loop / call", one_by_one / together, "ratio", 20),
        row("1 000 synthetic surveys of 69", together, "s", None),
        row("Spearman of 1 000 surveys: scipy in a loop / call", singly / measured, "ratio", 20),
    ]


def coverage_rows() -> list[dict]:
    """How often each interval of level 95 % holds, in per cent; met where it does not fall short of its aim."""
    rows = []
    for interval, aim in ((survey.wilson, 0.94), (survey.clopper_pearson, 0.95), (survey.jeffreys, 0.94)):
        held = survey.binomial_coverage(interval, BASE, SHARES)
        rows.append(row(f"{interval.__name__}: mean coverage at 69", 100 * held.mean(), "%", 100 * aim))
        rows.append(row(f"{interval.__name__}: least coverage at 69", 100 * held.min(), "%", None))
    for interval, draws in ((survey.goodman, 4000), (survey.sison_glaz, 150)):
        held = survey.simultaneous_coverage(interval, ACTIVITY, BASE, draws)
        rows.append(row(f"{interval.__name__}: all options of a question", 100 * held, "%", 92))
    for icc in (0.0, 0.05, 0.2):
        deff = survey.design_effect(icc, SIZES)
        designs = {
            "wilson": (survey.wilson, None),
            "korn_graubard": (partial(survey.korn_graubard, deff=deff, universities=5), 95),
            "t_interval": (partial(survey.t_interval, deff=deff, universities=5), 95),
        }
        for name, (interval, aim) in designs.items():
            held = survey.clustered_coverage(interval, 0.55, SIZES, icc)
            rows.append(row(f"{name}: five universities, icc {icc:g}", 100 * held, "%", aim))
    held = survey.partial_coverage(survey.imbens_manski_share, 24 / BASE, 6 / BASE, BASE)
    rows.append(row("imbens_manski_share: worst place between the bounds", 100 * held.min(), "%", 94))
    return rows


def plain_spearman(drawn: survey.SyntheticSurvey, place: int) -> float:
    """Spearman's correlation of one survey, from its respondents."""
    first, second = drawn.single["activity"][place], drawn.single["stability"][place]
    both = (first >= 0) & (second >= 0)
    return stats.spearmanr(first[both], second[both]).statistic


def plain_survey(margins: tuple[Margin, ...], kind: int) -> dict[str, list]:
    """One survey, respondent by respondent."""
    sizes = plain_counts([1] * len(UNIVERSITIES), [BASE] * len(UNIVERSITIES), BASE)
    options = random.sample(range(len(sizes)), len(sizes))
    answers = {"university": plain_give_out(sizes, options, plain_order(kind))}
    for margin in margins:
        plain = plain_multiple if margin.multiple else plain_single
        answers[margin.question] = plain(margin, kind)
    return answers


def plain_order(kind: int) -> list[int]:
    strength = random.uniform(-1, 1)
    if kind < 2:
        return list(range(BASE)) if strength > 0 else list(range(BASE - 1, -1, -1))
    noise = (1 - strength**2) ** 0.5
    key = [strength * place / BASE + noise * random.random() for place in range(BASE)]
    return sorted(range(BASE), key=key.__getitem__)


def plain_counts(low: list[int], high: list[int], total: int) -> list[int]:
    counts, left, least, most = [0] * len(low), total, sum(low), sum(high)
    for option in random.sample(range(len(low)), len(low)):
        least, most = least - low[option], most - high[option]
        counts[option] = random.randint(max(low[option], left - most), min(high[option], left - least))
        left -= counts[option]
    return counts


def plain_give_out(counts: list[int], options: list[int], order: list[int]) -> list[int]:
    along = [option for option in options for _ in range(counts[option])]
    given = [0] * BASE
    for option, respondent in zip(along, order, strict=True):
        given[respondent] = option
    return given


def plain_single(margin: Margin, kind: int) -> list[int]:
    number = len(margin.options)
    counts = plain_counts([*margin.low, 0], [*margin.high, 0 if margin.complete else BASE], BASE)
    options = random.sample(range(number + 1), number + 1)
    if margin.ordinal and kind != 1:
        options = list(range(number))
        options.insert(random.randint(0, number), number)
    given = plain_give_out(counts, options, plain_order(kind))
    return [-1 if option == number else option for option in given]


def plain_multiple(margin: Margin, kind: int) -> list[list[bool]]:
    items = [place for place, option in enumerate(margin.options) if option != margin.exclusive]
    mentions = [random.randint(margin.low[item], margin.high[item]) for item in items]
    excluded = 0
    if margin.exclusive is not None:
        column = margin.options.index(margin.exclusive)
        excluded = random.randint(margin.low[column], min(margin.high[column], BASE - max(mentions)))
    rest = BASE - excluded
    silent = 0 if margin.complete else random.randint(max(rest - sum(mentions), 0), rest - max(mentions))
    first = plain_counts([0] * len(items), mentions, rest - silent)
    options = random.sample(range(len(items) + 2), len(items) + 2)
    ranking = plain_order(kind)
    group = plain_give_out([*first, excluded, silent], options, list(range(BASE)))
    chosen = [[False] * len(margin.options) for _ in range(BASE)]
    for place, own in enumerate(group):
        if own < len(items):
            chosen[ranking[place]][items[own]] = True
        elif own == len(items) and margin.exclusive is not None:
            chosen[ranking[place]][column] = True
    for item, option in enumerate(items):
        others = [place for place in plain_order(kind) if group[place] < len(items) and group[place] != item]
        for place in others[: mentions[item] - first[item]]:
            chosen[ranking[place]][option] = True
    return chosen


def timed(call: Callable[[], object], repeats: int = 1) -> float:
    """Least processor time of some calls, in seconds; others at work on the machine do not count."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def row(name: str, measured: float, unit: str, target: float | None) -> dict:
    """One row of the table of benchmarks; without a target it is there to be read."""
    met = None if target is None else bool(measured >= target)
    return {"name": f"survey, {name}", "measured": float(measured), "unit": unit, "target": target, "met": met}
