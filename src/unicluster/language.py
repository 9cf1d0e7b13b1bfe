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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from unicluster.faults import Fault, refuse

LANGUAGES = ("en", "ru")
DOMAIN = "unicluster"
FOLDER = Path(__file__).with_name("locale")
DECIMAL_SIGNS = {"en": ".", "ru": ","}
HOME_CURRENCY = "KZT"
"""The currency that texts name by a word; another is put in that word's place, by its code."""
TENGE = {"en": "tenge", "ru": "тенге"}
JOINTS = (": ", ", ", "; ")
"""What several names from data are joined by in one text: an option to its question, options to each other."""

_code: ContextVar[str] = ContextVar("language", default="en")
_currency: ContextVar[str] = ContextVar("currency", default=HOME_CURRENCY)
_names: ContextVar[Mapping[str, str]] = ContextVar("names", default={})  # noqa: B039, never changed in place


def use(code: str, names: Mapping[str, str] | None = None, currency: str = HOME_CURRENCY) -> None:
    """Choose the language of the figures and tables that follow.

    Parameters
    ----------
    code : {"en", "ru"}
    names : mapping of str to str, optional
        Names that come from data, in English, with what they are called in that language
        (`unicluster.tables.names_in`).
    currency : str
        ISO 4217 code of the money that is spoken of.

    Raises
    ------
    InputError
        When there is no such language.
    """
    if code not in LANGUAGES:
        refuse([Fault(f"no such language; one of: {', '.join(LANGUAGES)}", column="language", value=code)])
    _code.set(code)
    _names.set(names or {})
    _currency.set(currency)


@contextmanager
def speaking(code: str, names: Mapping[str, str] | None = None, currency: str = HOME_CURRENCY) -> Iterator[None]:
    """Use a language for a while, as `use` does, and then the one that was in use before."""
    before = _code.get(), _names.get(), _currency.get()
    use(code, names, currency)
    try:
        yield
    finally:
        use(*before)


def code() -> str:
    """The language in use, "en" or "ru"."""
    return _code.get()


class Told(str):
    """An English text with values that can be told in another language afterwards, as why a method was not applied.

    Parameters
    ----------
    template : str
        Marked text with a field for each value.
    **values
        What stands in the fields; texts among them are told in the other language, too.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Told:
        told = super().__new__(cls, template.format(**values))
        told.template, told.values = template, values
        return told

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, object]]:
        return (self.template,), self.values


def _(text: str) -> str:
    """The text in the language and the currency in use: from the catalogue, else a name from data, else itself.

    A text made of names, joined (`JOINTS`) or with `OR_MORE`, is put together from theirs, if all of them are known.
    """
    if isinstance(text, Told) and _code.get() != "en":
        values = {name: _(value) if isinstance(value, str) else value for name, value in text.values.items()}
        return _(text.template).format(**values)
    told = text
    if text and _code.get() != "en":
        told = _known(text) or _or_more(text) or _joined(text) or text
    if _currency.get() == HOME_CURRENCY:
        return told
    return re.sub(rf"\b({'|'.join(TENGE.values())})\b", _currency.get(), told)


def _known(text: str) -> str | None:
    """A whole text in the language in use, None where neither the catalogue nor the data have it."""
    told = _catalogue(_code.get()).gettext(text)
    return told if told != text else _names.get().get(text)


def _or_more(text: str) -> str | None:
    """A name with `OR_MORE` in the language in use, None where it is not one or the name is unknown."""
    ending = OR_MORE.removeprefix("{name}")
    name = _known(text.removesuffix(ending)) if text.endswith(ending) else None
    return name and _catalogue(_code.get()).gettext(OR_MORE).format(name=name)


def _joined(text: str) -> str | None:
    """Names joined by one of `JOINTS` in the language in use, None where one of them is unknown."""
    for joint in JOINTS:
        # A question may hold a colon of its own, its option hardly.
        parts = text.rsplit(joint, 1) if joint == ": " else text.split(joint)
        told = [_known(part) for part in parts]
        if len(parts) > 1 and all(told):
            return joint.join(told)
    return None


def currency() -> str:
    """What money is called in the language in use: tenge by its name, another currency by its code."""
    return TENGE[_code.get()] if _currency.get() == HOME_CURRENCY else _currency.get()


def mark(text: str) -> str:
    """The text unchanged, marked for the catalogue: for constants, which are translated where they are shown."""
    return text


OR_MORE = mark("{name} or more")
"""A point of a scale and all above it."""


def number(text: str) -> str:
    """Numbers in a text with the decimal sign of the language in use."""
    sign = DECIMAL_SIGNS[_code.get()]
    return text if sign == "." else re.sub(r"(?<=\d)\.(?=\d)", sign, text)


@cache
def _catalogue(language: str) -> gettext.GNUTranslations:
    """A catalogue, compiled from its text when first used, so that no compiled file can be out of date."""
    # Imported only where another language is wanted.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
