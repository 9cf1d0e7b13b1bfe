"""From the bytes of a file that somebody sent to text, refusing what cannot be told for certain."""

from __future__ import annotations

import codecs
import re

from unicluster.faults import Fault, refuse

_RUSSIAN = re.compile(r"[А-Яа-яЁё\u00a0«»—–“”„‘’…№°·•±×]")
_SWAPPED = re.compile(r"[а-яё][А-ЯЁ]")
_STRANGER = "[б-джзи-нптфц-яёБГДЖЗИЙЛПФЦ-Я]"  # Cyrillic letters that no Latin letter looks like
_MIXED = re.compile(f"[A-Za-z]{_STRANGER}|{_STRANGER}[A-Za-z]")


def decode(content: bytes, shown_as: str) -> tuple[str, str | None]:
    """The text of a file.

    Parameters
    ----------
    content : bytes
        UTF-8 with or without a byte-order mark, UTF-16 with one, or Russian text as Windows wrote it (CP1251).
    shown_as : str
        How messages call the file.

    Returns
    -------
    text : str
    note : str or None
        Which encoding was taken where it is not UTF-8.

    Raises
    ------
    InputError
        When the bytes are none of these, or could as well be of another Cyrillic code page.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            refuse([Fault("the text is damaged UTF-16; save the file as 'CSV UTF-8'", shown_as, rule="encoding")])
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    if content.startswith(codecs.BOM_UTF8):
        refuse([Fault("the text is damaged UTF-8; save the file as 'CSV UTF-8'", shown_as, line, rule="encoding")])
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        text = ""
    if not _plausible(text):
        message = "the text is neither UTF-8 nor Russian of Windows (CP1251); save the file as 'CSV UTF-8'"
        refuse([Fault(message, shown_as, line, rule="encoding")])
    return text, "CP1251"


def _plausible(text: str) -> bool:
    """Whether the text reads as Russian.

    KOI8-R turns the case of letters round, CP866 brings strange signs, accents of Western Europe become Cyrillic
    letters in the midst of Latin words.
    """
    foreign = [sign for sign in text if ord(sign) > 127]
    if not foreign or not all(_RUSSIAN.match(sign) for sign in foreign):
        return False
    if _MIXED.search(text):
        return False
    words = re.findall(r"[А-Яа-яЁё]+", text)
    return bool(words) and not any(_SWAPPED.search(word) for word in words)
