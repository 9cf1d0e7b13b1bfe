"""What a rule can say about a claim."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf

Number = Fraction | float


@dataclass(frozen=True)
class Between:
    """Every value from low to high is compatible with the rest of the article.

    Attributes
    ----------
    low, high : Fraction, or infinity where there is no end
        In the claim's unit.
    reason : str
        How it was found, where that is not plain from the rule's name.
    """

    low: Number
    high: Number
    reason: str = ""


@dataclass(frozen=True)
class Text:
    """A name, a date or another text that the claim's words should equal."""

    value: str
    reason: str = ""


@dataclass(frozen=True)
class Once:
    """The article prints it once and gives nothing from which it could be computed.

    Attributes
    ----------
    value : Fraction or str
        As two readers transcribed it, so that a slip in ledger or table is noticed.
    reason : str
    """

    value: Number | str
    reason: str


@dataclass(frozen=True)
class Lost:
    """Only a picture that our copy lacks showed it."""

    reason: str


@dataclass(frozen=True)
class NotRecomputable:
    """No rule can recompute it, and why."""

    reason: str


Answer = Between | Text | Once | Lost | NotRecomputable


def exactly(value: object, reason: str = "") -> Between:
    """One value."""
    number = fraction(value)
    return Between(number, number, reason)


def fraction(value: object) -> Fraction:
    """A number of a table exactly as it is printed there: 264.9, not the nearest binary number."""
    return value if isinstance(value, Fraction) else Fraction(str(value))


def at_least(value: object, reason: str = "") -> Between:
    """That or more."""
    return Between(fraction(value), inf, reason)
