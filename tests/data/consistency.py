"""What must hold within the transcribed article, whatever the numbers: each rule lists what breaks it.

The rules hold the tables against facts that are not copied from them: arithmetic, the rounding of printed
percentages, the words beside a number, and counts that the article gives in several places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

Rows = list[dict]
Tables = dict[str, Rows]
Rule = Callable[[Tables], Iterator[str]]

NUMBER_WORDS = {"два": 2, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "девять": 9}
MISPRINTED_EFFECTS = {"furniture": 87}
"""Clusters whose printed effect is not what the printed outputs round to, with what they round to."""

RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    RULES.append(function)
    return function


def faults(tables: Tables) -> list[str]:
    """All that is inconsistent; empty for a sound transcription."""
    return [f"{check.__name__}: {message}" for check in RULES for message in check(tables)]


def numerals(text: str | None) -> list[Decimal]:
    """The numbers in a piece of Russian text: digits with a decimal comma or point, and number words."""
    found = re.findall(r"\d+(?:[.,]\d+)?|[а-яё]+", (text or "").lower())
    return [
        Decimal(NUMBER_WORDS[word]) if word in NUMBER_WORDS else Decimal(word.replace(",", "."))
        for word in found
        if word in NUMBER_WORDS or word[0].isdigit()
    ]


def rounded(value: Decimal, decimals: int = 0) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printing(percent: Decimal, decimals: int, base: int) -> list[int]:
    """Every count of ``base`` that could print so, whichever way a tie is rounded."""
    half = Decimal("0.5").scaleb(-decimals)
    return [k for k in range(base + 1) if abs(Decimal(100 * k) / base - percent) <= half]


def by(rows: Rows, *columns: str) -> dict:
    """Rows grouped by the value of one column, or the values of several."""
    groups: dict = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        groups.setdefault(key if len(columns) > 1 else key[0], []).append(row)
    return groups


def options(tables: Tables) -> Iterator[tuple[dict, Rows]]:
    answers = by(tables["survey_counts"], "question")
    for question in tables["survey_questions"]:
        yield question, answers[question["question"]]


@rule
def percentages_come_from_one_count(tables: Tables) -> Iterator[str]:
    for question, rows in options(tables):
        for row in rows:
            if row["printed_percent"] is None:
                continue
            percent = Decimal(str(row["printed_percent"]))
            fitting = printing(percent, row["printed_decimals"], question["base"])
            if fitting != [row["count"]]:
                yield f"{row['question']}/{row['option']}: {row['printed_percent']} % fits {fitting}"


@rule
def numbers_stand_in_the_words(tables: Tables) -> Iterator[str]:
    """A stated count and a printed percentage, to its decimals, stand in the quoted words."""
    for row in tables["survey_counts"]:
        said = numerals(row["term_ru"])
        if row["tag"] == "stated" and row["count"] not in said:
            yield f"{row['question']}/{row['option']}: {row['count']} is not in {row['term_ru']!r}"
        if row["printed_percent"] is not None:
            percent = rounded(Decimal(str(row["printed_percent"])), row["printed_decimals"])
            if str(percent) not in map(str, said):
                yield f"{row['question']}/{row['option']}: {percent} % is not in {row['term_ru']!r}"
        elif row["printed_decimals"] is not None:
            yield f"{row['question']}/{row['option']}: decimals without a percentage"


@rule
def known_counts_have_no_range(tables: Tables) -> Iterator[str]:
    for row in tables["survey_counts"]:
        if (row["count"] is None) != (row["tag"] == "bounded"):
            yield f"{row['question']}/{row['option']}: bounded rows, and no others, lack a count"
        elif row["count"] is not None and not row["low"] == row["count"] == row["high"]:
            yield f"{row['question']}/{row['option']}: {row['count']}, range {row['low']} to {row['high']}"


@rule
def bounds_say_what_the_words_say(tables: Tables) -> Iterator[str]:
    """The least is more than half for "most", one for "some", none where the text is silent."""
    for question, rows in options(tables):
        for row in rows:
            if row["count"] is not None:
                continue
            words = (row["term_ru"] or "").lower()
            most = re.search("больш(инство|ая часть)", words)
            some = re.search(r"некотор|\bчасть", words)
            least = question["base"] // 2 + 1 if most else 1 if some else 0
            if row["low"] != least:
                yield f"{row['question']}/{row['option']}: low is {row['low']}, the words give {least}"


@rule
def bounds_are_the_tightest_that_the_base_allows(tables: Tables) -> Iterator[str]:
    for question, rows in options(tables):
        base, lows = question["base"], [row["low"] for row in rows]
        if question["choice"] == "single" and sum(lows) > base:
            yield f"{question['question']}: the least answers add up to {sum(lows)} of {base}"
        for row in rows:
            if row["count"] is not None:
                continue
            others = sum(lows) - row["low"] if question["choice"] == "single" else max(lows)
            if row["high"] != base - others:
                yield f"{row['question']}/{row['option']}: high is {row['high']}, {base - others} are left"


@rule
def residuals_are_what_is_left(tables: Tables) -> Iterator[str]:
    """A residual is given where only options of which the text is silent lack a count."""
    for question, rows in options(tables):
        hinted = any(row["count"] is None and row["term_ru"] for row in rows)
        left = question["base"] - sum(row["count"] or 0 for row in rows)
        expected = left if question["choice"] == "single" and not hinted else None
        if question["residual"] != expected:
            yield f"{question['question']}: residual {question['residual']}, expected {expected}"
        if question["choice"] == "multiple" and left >= 0:
            yield f"{question['question']}: the answers fit one to a person, so several need not be allowed"


@rule
def one_survey_has_one_base(tables: Tables) -> Iterator[str]:
    for question in tables["survey_questions"]:
        if question["base"] != tables["survey_questions"][0]["base"]:
            yield f"{question['question']}: base {question['base']}"
    important = next(row for row in tables["survey_counts"] if row["option"] == "important")
    base = next(row["base"] for row in tables["survey_questions"] if row["question"] == "importance")
    if numerals(important["term_ru"]) != [important["count"], base]:
        yield f"importance: {important['term_ru']!r} does not say {important['count']} of {base}"


@rule
def questions_know_their_figure(tables: Tables) -> Iterator[str]:
    captions = {row["figure"]: row["line"] for row in tables["figures"]}
    for question in tables["survey_questions"]:
        near = {n for n, line in captions.items() if line in lines_of(question)}
        if near != ({question["figure"]} - {None}):
            yield f"{question['question']}: figure {question['figure']}, its lines hold the captions {near}"


@rule
def rows_are_numbered_in_order(tables: Tables) -> Iterator[str]:
    numbered = {
        "survey_questions": ("order",),
        "survey_counts": ("order", "question"),
        "members": ("order", "oblast"),
        "themes": ("order", "kind"),
        "figures": ("figure",),
        "creation_steps": ("step",),
        "lists": ("order", "list"),
    }
    for name, (column, *group) in numbered.items():
        for key, rows in by(tables[name], *group).items() if group else [("all", tables[name])]:
            if [row[column] for row in rows] != list(range(1, len(rows) + 1)):
                yield f"{name} {key}: {column} does not run 1, 2, 3, …"


@rule
def identifiers_carry_their_parts(tables: Tables) -> Iterator[str]:
    for row in tables["members"]:
        if row["member"] != f"{row['oblast']}-{row['order']:02d}":
            yield f"member {row['member']}"
    for row in tables["themes"]:
        if row["theme"] != f"{row['kind']}-{row['order']:02d}":
            yield f"theme {row['theme']}"
    for (giver, receiver), rows in by(tables["exchanges"], "giver", "receiver").items():
        expected = [f"{giver}-{receiver}-{n:02d}" for n in range(1, len(rows) + 1)]
        if [row["exchange"] for row in rows] != expected or giver == receiver:
            yield f"exchanges from {giver} to {receiver}"
    for key, rows in by(tables["statements"], "source").items():
        numbers = sorted(row["statement"] for row in rows)
        if numbers != [f"{key.lower()}-{n:02d}" for n in range(1, len(rows) + 1)]:
            yield f"statements of {key}"


@rule
def lines_follow_the_text(tables: Tables) -> Iterator[str]:
    """Where the rows stand in the order of the text, their lines never go back."""
    in_order = {"survey_questions": (), "clusters": (), "figures": (), "members": ("oblast",)}
    for name, group in in_order.items():
        for key, rows in by(tables[name], *group).items() if group else [("all", tables[name])]:
            if any(a["line"] > b["line"] for a, b in pairwise(rows)):
                yield f"{name} {key}: a line goes back"
    for name, rows in tables.items():
        for row in rows:
            also = [int(n) for n in (row.get("also") or "").split(";") if n]
            if also != sorted(set(also)) or row.get("line") in also:
                yield f"{name}: further lines {row['also']} not in order, double, or holding the line itself"


@rule
def effects_follow_from_the_outputs(tables: Tables) -> Iterator[str]:
    for row in tables["clusters"]:
        base, plan = Decimal(str(row["base_output"])), Decimal(str(row["plan_output"]))
        growth = rounded(100 * (plan - base) / base)
        printed = Decimal(str(row["effect_percent"]))
        if growth != MISPRINTED_EFFECTS.get(row["cluster"], printed):
            yield f"{row['cluster']}: growth rounds to {growth}, printed {printed}"
        if row["cluster"] in MISPRINTED_EFFECTS and printed != growth + 1:
            yield f"{row['cluster']}: printed {printed}, one more than {growth} was found"
        if not 0 < row["project_effect_percent"] < row["effect_percent"]:
            yield f"{row['cluster']}: the effect of projects is not a part of the effect"


@rule
def totals_are_sums(tables: Tables) -> Iterator[str]:
    for row in tables["cluster_totals"]:
        part = row["total"].split("-")[0]
        total = sum(Decimal(str(c[f"{part}_output"])) for c in tables["clusters"]) / 1000
        printed = rounded(Decimal(str(row["value"])), row["printed_decimals"])
        if rounded(total, row["printed_decimals"]) != Decimal(str(row["value"])):
            yield f"{row['total']}: the rows give {total}, printed {row['value']}"
        if str(printed) not in map(str, numerals(row["term_ru"])):
            yield f"{row['total']}: {printed} is not in {row['term_ru']!r}"
        for cluster in tables["clusters"]:
            if cluster[f"{part}_year"] != row["year"]:
                yield f"{row['total']}: year {row['year']} is not that of {cluster['cluster']}"
        years = {int(n) for n in numerals(row["term_ru"]) if n > 1900}
        if years - {row["year"]}:
            yield f"{row['total']}: year {row['year']}, the words say {years}"
    if [row["line"] for row in tables["cluster_totals"]] != [149, 149, 199, 199]:
        yield "the totals are printed twice, in methods and in results"


@rule
def counts_of_universities_stand_in_the_words(tables: Tables) -> Iterator[str]:
    for row in tables["university_counts"]:
        said = numerals(row["term_ru"])
        names = re.split(r",| и ", row["term_ru"])
        if row["count"] not in (said or [len(names)]):
            yield f"{row['count_id']}: {row['count']} is not in {row['term_ru']!r}"
    count = {row["count_id"]: row["count"] for row in tables["university_counts"]}
    visited = [row for row in tables["universities"] if row["visited"]]
    places = Counter(row["oblast"] for row in visited)
    expected = {
        "objects": len(visited),
        "surveyed-universities": sum(row["surveyed"] for row in tables["universities"]),
        "oblasts-visited": len(places),
        "objects-karaganda": places["karaganda"],
        "objects-aktobe": places["aktobe"],
    }
    for name, number in expected.items():
        if count[name] != number:
            yield f"{name}: {count[name]}, the universities give {number}"
    if (count["share-visited"], count["planned-universities"]) != (count["sample"], count["population"]):
        yield "the share visited is not the sample of the population"


@rule
def partners_are_as_many_as_counted(tables: Tables) -> Iterator[str]:
    listed = Counter((row["oblast"], row["universities"]) for row in tables["members"])
    for row in tables["partner_counts"]:
        here = listed[(row["oblast"], row["universities"])]
        if row["count"] not in numerals(row["term_ru"]):
            yield f"{row['universities']}: {row['count']} is not in {row['term_ru']!r}"
        if here != row["count"] and not ("порядка" in row["term_ru"] and 0 < here < row["count"]):
            yield f"{row['universities']}: {here} named, {row['count']} counted"


@rule
def members_are_traced(tables: Tables) -> Iterator[str]:
    """A second mention points to the first; whoever works elsewhere says where."""
    place = {row["university"]: row["oblast"] for row in tables["universities"]}
    seen: dict[str, dict] = {}
    for row in tables["members"]:
        first = seen.get(row["same_as"]) if row["same_as"] else None
        if row["same_as"] and (first is None or first["same_as"]):
            yield f"{row['member']}: same_as does not point to an earlier first mention"
        if row["outside"] != (row["located"] is not None) or row["located"] == row["oblast"]:
            yield f"{row['member']}: outside and located disagree"
        if {place[u] for u in row["universities"].split(";")} != {row["oblast"]}:
            yield f"{row['member']}: its universities lie in another oblast"
        seen[row["member"]] = row


@rule
def sources_are_cited_and_listed(tables: Tables) -> Iterator[str]:
    """Years stand in the keys, entries in the order of the list, statements where their source is cited."""
    listed = [row["listed_line"] for row in tables["sources"]]
    if listed != sorted(set(listed)):
        yield "the sources are not in the order of the reference list"
    for row in tables["sources"]:
        if row["source"][-4:] != str(row["year"]):
            yield f"{row['source']}: year {row['year']}"
    cited = {row["source"]: {int(n) for n in row["cited_lines"].split(";")} for row in tables["sources"]}
    for row in tables["statements"]:
        if not any(0 <= row["line"] - line <= 2 for line in cited[row["source"]]):
            yield f"{row['statement']}: line {row['line']} is not where {row['source']} is cited"
    for factor in tables["factors"]:
        name, lines = factor["factor"], lines_of(factor)
        used = {row["line"] for row in tables["statements"] if name in (row["factor"], row["outcome"])}
        if not used <= lines:
            yield f"{name}: statements at lines {sorted(used - lines)} are not among its lines"


@rule
def reference_entries_are_whole(tables: Tables) -> Iterator[str]:
    """Each entry stands at its source's line; its pages run forward."""
    lines = {row["source"]: row["listed_line"] for row in tables["sources"]}
    for row in tables["references"]:
        if row["line"] != lines[row["source"]]:
            yield f"{row['source']}: line {row['line']}, in the sources {lines[row['source']]}"
        if row["first_page"] and row["first_page"] >= row["last_page"]:
            yield f"{row['source']}: pages {row['first_page']} to {row['last_page']}"


@rule
def numbered_lists_are_numbered_in_order(tables: Tables) -> Iterator[str]:
    """A printed number before an item is its place; a list's items follow the text."""
    for name, rows in by(tables["lists"], "list").items():
        labels = [row["label"] for row in rows]
        if labels not in ([None] * len(rows), list(range(1, len(rows) + 1))):
            yield f"{name}: numbered {labels}"
        if any(a["line"] >= b["line"] for a, b in pairwise(rows)):
            yield f"{name}: a line goes back"


def lines_of(row: dict) -> set[int]:
    """The line of a row and its further lines."""
    return {row["line"], *(int(n) for n in (row.get("also") or "").split(";") if n)}
