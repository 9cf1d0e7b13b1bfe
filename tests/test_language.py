"""Figures and tables in another language: whole catalogues, the same numbers, and English as it was."""

from __future__ import annotations

from copy import deepcopy
from string import Formatter

import pandas as pd
import pytest

from scripts import messages
from unicluster import claims, figures, language, tables
from unicluster.display import TableView, show
from unicluster.faults import InputError


@pytest.fixture
def russian():
    language.use("ru")
    yield
    language.use("en")


@pytest.fixture
def ledger():
    return pd.DataFrame(
        {"section": ["results", "results", "abstract"], "verdict": ["exact", "lost", "exact"], "value": [0.5, 1.25, 3]}
    )


def test_numbers_take_the_decimal_sign_of_the_language(russian):
    assert show(1.25, 2) == "1,25"
    assert show(12345.5) == "12\u202f345,5"
    assert language.number("0.5 (90 %: 0.25–0.75), 1.") == "0,5 (90 %: 0,25–0,75), 1."


def test_names_come_from_the_data():
    try:
        language.use("ru", {"Milk": "Молоко", "exact": "не отсюда"})
        assert [language._(text) for text in ("Milk", "Flour", "exact")] == ["Молоко", "Flour", "точно"]
    finally:
        language.use("en")
    assert language._("Milk") == "Milk"


def test_a_text_made_of_names_is_put_together_from_theirs():
    names = {"Post": "Должность", "Manager": "Руководитель", "Sales, or so": "Продажи", "Good": "хорошая"}
    with language.speaking("ru", names):
        assert language._("Post: Manager") == "Должность: Руководитель"
        assert language._("Good, Manager") == "хорошая, Руководитель"
        assert language._("Good or more") == "хорошая и выше"
        assert language._("Sales, or so") == "Продажи"
        assert language._("Post: Somebody else") == "Post: Somebody else"
        assert language._("Nothing or more") == "Nothing or more"
    assert language._("Post: Manager") == "Post: Manager"


def test_a_reason_is_told_in_another_language_afterwards():
    reason = language.Told("{what} cannot be estimated because {reason}", what="ordered logit", reason=language.Told(
        "all {n} answers are equal", n=12))  # fmt: skip
    assert reason == "ordered logit cannot be estimated because all 12 answers are equal"
    assert language._(reason) == reason
    with language.speaking("ru"):
        told = language._(deepcopy(reason))
        assert told == "порядковая логит-модель: оценить нельзя, потому что все ответы (12) одинаковы"


def test_names_of_the_tables_are_known_in_russian():
    names = tables.names_in("ru")
    assert names["Karaganda Industrial University"] == "Карагандинский Индустриальный Университет"
    assert all(isinstance(name, str) and name for name in names.values())


def test_a_text_that_no_catalogue_knows_stays(russian):
    assert language._("No such text anywhere") == "No such text anywhere"
    assert language._("") == ""


@pytest.mark.parametrize(("code", "word"), [("en", "tenge"), ("ru", "тенге")])
def test_money_is_called_by_the_currency_of_the_region(code, word):
    text = "Billion tenge, as printed"
    with language.speaking(code):
        assert word in language._(text) and language.currency() == word
    with language.speaking(code, currency="KGS"):
        assert language.currency() == "KGS"
        assert "KGS" in language._(text) and word not in language._(text)
    assert language._(text) == text


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match="no such language; one of: en, ru"):
        language.use("xx")


def test_a_figure_speaks_russian_and_keeps_its_data(ledger):
    english = figures.claims.verdicts(ledger, "section", claims.VERDICTS)
    before = english.svg()
    language.use("ru")
    try:
        russian = figures.claims.verdicts(ledger, "section", claims.VERDICTS)
        shown = russian.svg()
    finally:
        language.use("en")
    assert russian.caption == "Вердикты по утверждениям статьи (3), по признаку «раздел»."
    assert "результаты" in russian.alt and "точно" in russian.alt
    assert shown != before
    pd.testing.assert_frame_equal(russian.data, english.data)
    assert figures.claims.verdicts(ledger, "section", claims.VERDICTS).svg() == before


def test_a_table_speaks_russian(russian, ledger):
    text = TableView(ledger, "Claims that contradict the article's own data", labels={"value": "Claim"}).html()
    assert "Утверждения, противоречащие собственным данным статьи" in text
    assert ">Утверждение<" in text and ">точно<" in text and ">1,2<" in text


@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != "en"])
def test_a_catalogue_holds_every_text_of_today_translated(code):
    """Else `make messages` and a translator are needed."""
    whole = messages.updated(code)
    assert [message.id for message in whole if message.id and not message.string] == []
    assert messages.file_of(code).read_bytes() == messages.written(whole)


@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != "en"])
def test_a_translation_takes_the_same_values(code):
    def fields(text: str) -> list[str]:
        return sorted(str(name) for _, name, _, _ in Formatter().parse(text) if name is not None)

    for message in messages.catalogue(code):
        if message.id and "{" in message.id and "python-brace-format" in message.flags:
            assert fields(message.id) == fields(message.string), message.id
