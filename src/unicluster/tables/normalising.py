"""Cells as people write them: numbers of a Russian spreadsheet, yes and no, identifiers with Cyrillic letters."""

from __future__ import annotations

import re

from unicluster.tables.converting import Problem, convert
from unicluster.tables.dictionary import Field
from unicluster.tables.headers import LOOK_ALIKES

_SPACES = "  \u00a0\u2007\u2008\u2009\u200a\u202f"
_SIGN = re.compile("^[\u2212\u2013\u2012](?=\\s*[\\d.,])")
_PERCENT = re.compile(rf"[{_SPACES}]*%$")
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?=[.,]|$)", re.ASCII)
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_POINTED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?", re.ASCII)
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})", re.ASCII)
_CONTINENTAL = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})", re.ASCII)
_WHOLE = re.compile(r"([+-]?\d+)\.0+", re.ASCII)

_TRUE = {"true", "yes", "да", "истина", "1"}
_FALSE = {"false", "no", "нет", "ложь", "0"}
_NOTHING = {"-", "–", "—", "н/д", "нд", "n/a", "na", "nan", "null", "нет данных", "..", "…"}
_ERRORS = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|Н/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ/0!|ИМЯ\?|ЧИСЛО!|ПУСТО!)")


def normalise(field: Field, cell: str) -> tuple[str, Problem | None]:
    """A cell as the dictionary wants it written.

    Parameters
    ----------
    field : Field
    cell : str
        Not empty.

    Returns
    -------
    cell : str
        The same where it is right already or cannot be read safely.
    problem : Problem or None
        Why it cannot be read, where there is more to say than that the strict form is broken.
    """
    if _ERRORS.fullmatch(cell):
        return cell, Problem("the cell holds an error of the spreadsheet; mend its formula", "spreadsheet error")
    _, problem = convert(field, cell)
    if problem is None:
        return cell, None
    told = None
    if field.type in ("integer", "number"):
        read, told = _number(field, cell)
    elif field.type == "boolean":
        word = cell.casefold()
        read = "true" if word in _TRUE else "false" if word in _FALSE else cell
    else:
        read = _identifier(field, cell)
    if told is None and cell.casefold() in _NOTHING:
        told = Problem("where nothing is known leave the cell empty", problem.rule)
    if read != cell and convert(field, read)[1] is None:
        return read, None
    return cell, told


def doubtful(field: Field, cell: str) -> Problem | None:
    """Whether a number with a point is in doubt because its column writes decimals with a comma."""
    if field.type == "number" and _POINTED.fullmatch(cell):
        return _doubt(cell, ".", "the column writes decimals with a comma elsewhere")
    return None


def has_decimal_comma(cell: str) -> bool:
    """Whether a number is written with a decimal comma."""
    return bool(_COMMA.fullmatch(re.sub(rf"[{_SPACES}%]", "", cell)))


def _doubt(cell: str, sign: str, reason: str) -> Problem:
    whole, _, rest = cell.partition(sign)
    message = f"can mean {whole}.{rest} or {whole}{rest} ({reason}); write {whole}.{rest}0 or {whole}{rest}"
    return Problem(message, "ambiguous number")


def _number(field: Field, cell: str) -> tuple[str, Problem | None]:
    text = _SIGN.sub("-", cell)
    if _PERCENT.search(text):
        if field.unit != "%":
            return cell, Problem(f"a per cent sign, but the unit is {field.unit or 'none'}", "unit")
        text = _PERCENT.sub("", text)
    grouped = _GROUPED.match(text)
    if grouped:
        text = re.sub(f"[{_SPACES}]", "", grouped[0]) + text[grouped.end() :]
    elif _AMBIGUOUS.fullmatch(text):
        return cell, _doubt(text, ",", "a comma parts thousands or decimals")
    if _ENGLISH.fullmatch(text):
        text = text.replace(",", "")
    elif _CONTINENTAL.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if field.type == "integer":
        text = _WHOLE.sub(r"\1", text) if _WHOLE.fullmatch(text) else text
    return text, None


def _identifier(field: Field, cell: str) -> str:
    """Where values are listed or have a form: without look-alikes of another alphabet, in small letters."""
    if not {"enum", "pattern"} & set(field.constraints):
        return cell
    latin = cell.translate(LOOK_ALIKES)
    spaced = re.sub(r"\s*;\s*", ";", latin)
    for read in (latin, latin.casefold(), spaced, spaced.casefold()):
        if convert(field, read)[1] is None:
            return read
    return cell
