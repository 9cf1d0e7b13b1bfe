"""The language of figures and tables, by gettext.

What a figure or a table says is written in English in the code and marked with `_`; the catalogues are
``locale/<language>/LC_MESSAGES/unicluster.po`` (``python scripts/messages.py`` gathers what is to be translated). Names
that come from data have their translation beside them in the same table (``name_en``, ``name_ru``). Results are always
saved in English.
"""

from __future__ import annotations

import gettext
import io
import re
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import pandas as pd

from unicluster.faults import Fault, refuse

LANGUAGES = ("en", "ru")
DOMAIN = "unicluster"
FOLDER = Path(__file__).with_name("locale")
DECIMAL_SIGNS = {"en": ".", "ru": ","}

_code: ContextVar[str] = ContextVar("language", default="en")


def use(code: str) -> None:
    """Choose the language of the figures and tables that follow.

    Raises
    ------
    InputError
        When there is no such language.
    """
    if code not in LANGUAGES:
        refuse([Fault(f"no such language; one of: {', '.join(LANGUAGES)}", column="language", value=code)])
    _code.set(code)


def code() -> str:
    """The language in use, "en" or "ru"."""
    return _code.get()


def _(text: str) -> str:
    """The text in the language in use; the text itself where the catalogue lacks it."""
    return _catalogue(_code.get()).gettext(text) if text else text


def mark(text: str) -> str:
    """The text unchanged, marked for the catalogue: for constants, which are translated where they are shown."""
    return text


def local(frame: pd.DataFrame, stem: str) -> pd.Series:
    """A column of names in the language in use, in English where a name has no translation.

    Parameters
    ----------
    frame : DataFrame
        With ``<stem>_en`` and, for other languages, ``<stem>_<code>``.
    stem : str
        "name", "label", "title" …
    """
    english = frame[f"{stem}_en"]
    column = f"{stem}_{_code.get()}"
    return frame[column].fillna(english) if column in frame else english


def number(text: str) -> str:
    """Numbers in a text with the decimal sign of the language in use."""
    sign = DECIMAL_SIGNS[_code.get()]
    return text if sign == "." else re.sub(r"(?<=\d)\.(?=\d)", sign, text)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """A catalogue, compiled from its text when first used, so that no compiled file can be out of date."""
    if language == "en":
        return gettext.NullTranslations()
    # Imported only where another language is wanted.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
