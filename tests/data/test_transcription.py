"""The transcription of the article: consistent, standing where it says, and unchanged unless on purpose."""

import json
from collections import Counter
from decimal import Decimal

import pytest

from tests.data import article, consistency, digests
from unicluster import tables


@pytest.mark.parametrize("rule", consistency.RULES, ids=lambda rule: rule.__name__)
def test_consistent(rule, transcription):
    assert list(rule(transcription)) == []


@pytest.mark.skipif(not article.COPY.is_file(), reason="no copy of the article beside the repository")
def test_stands_in_the_article(transcription):
    assert list(article.faults(transcription, article.read())) == []


def test_changed_only_on_purpose(transcription):
    """Cells that no rule of consistency reaches; `digests` says how to renew after a change that is meant."""
    found = {name: digests.digest(name, rows) for name, rows in transcription.items()}
    committed = json.loads(digests.FILE.read_text(encoding="utf-8"))
    assert found == committed, "if the change is meant: python tests/data/digests.py"


def cells(transcription):
    """Every numeric cell: its table, column and row."""
    for name, rows in transcription.items():
        for field in tables.table(name).fields:
            if field.type in ("integer", "number"):
                yield from ((name, field.name, row) for row in rows if row[field.name] is not None)


def is_broken(transcription):
    """Whether a rule finds a fault; a rule that cannot even be evaluated counts too."""
    try:
        return bool(consistency.faults(transcription))
    except (ArithmeticError, LookupError, ValueError):
        return True


def test_every_change_of_a_number_is_noticed(transcription):
    """Add one to each number in turn: the rules notice it, or it is of the few kinds left to the digests."""
    committed = json.loads(digests.FILE.read_text(encoding="utf-8"))
    tried, unnoticed = Counter(), Counter()
    for name, column, row in cells(transcription):
        tried[name, column] += 1
        kept = row[column]
        try:
            row[column] = kept + 1
            unnoticed[name, column] += not is_broken(transcription)
            assert digests.digest(name, transcription[name]) != committed[name], f"{name} {column}"
        finally:
            row[column] = kept
    left = {key for key, count in unnoticed.items() if count}
    outputs = {("clusters", column) for column in ("base_output", "plan_output", "project_effect_percent")}
    in_the_ledger = {("references", column) for column in ("volume", "issue", "first_page", "last_page")}
    assert {key for key in left if key[1] not in ("line", "listed_line")} <= outputs | in_the_ledger
    assert tried.total() > 800


# The rules' own arithmetic, held against cases worked out by hand.


@pytest.mark.parametrize(
    ("percent", "decimals", "base", "counts"),
    [
        ("55.1", 1, 69, [38]),
        ("55.1", 1, 68, []),  # 37 of 68 is 54.4, 38 of 68 is 55.9
        ("4", 0, 69, [3]),
        ("50", 0, 8, [4]),
        ("12", 0, 8, [1]),  # 12.5 printed with the half to even
        ("13", 0, 8, [1]),  # 12.5 printed with the half up
        ("1", 0, 1000, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    ],
)
def test_counts_that_can_print_a_percentage(percent, decimals, base, counts):
    assert consistency.printing(Decimal(percent), decimals, base) == counts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("38 ответов, что составляет 55.1%", ["38", "55.1"]),
        ("1 ответ, что составляет 1,4%", ["1", "1.4"]),
        ("посетили пять университетов (5 из 11)", ["5", "5", "11"]),
        ("девять предприятий в четырех зонах", ["9", "4"]),
        ("большинство", []),
        (None, []),
    ],
)
def test_numbers_in_words(text, numbers):
    assert [str(n) for n in consistency.numerals(text)] == numbers
