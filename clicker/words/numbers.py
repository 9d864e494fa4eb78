"""How numbers, ranges, dates and delicate line breaks are written."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from babel.dates import format_date

from clicker.lesson import Figure
from clicker.words.catalogue import catalogue

_NUMBER_AND_NOUN = re.compile(r"(\d\.?) (?=[a-zæøåA-ZÆØÅ%])")
_SMALL_WORD_AND_NUMBER = re.compile(r"\b([^\W\d]{2,3}) (?=\d)")
_RANGE = re.compile(r"(\d)-(?=\d)")
_E_WORDS = re.compile(r"\b([eE])-(?=[a-zæøå])")


def number_range(low: int | str, high: int | str) -> str:
    """ "6", or "0-3" where the two differ."""
    return str(low) if low == high else f"{low}-{high}"


def percent_of_hundred(figure: Figure, *, healthy: bool, lang: str) -> str:
    """The figure as "97", "ca. 67", "89-95" or "at least 99" of 100, on the healthy or the counted side."""
    _ = catalogue(lang).gettext
    low, high = Fraction(str(figure.low)), Fraction(str(figure.high))
    turned = healthy != (figure.side == "healthy")
    if turned:
        low, high = 100 - high, 100 - low
    text = number_range(_whole(low), _whole(high))
    if figure.bound == "<":
        return _("at least {number}").format(number=_whole(low)) if turned else _("under {number}").format(number=text)
    if figure.approximate or low.denominator != 1 or high.denominator != 1:
        return _("about {number}").format(number=text)
    return text


def day(value: date, lang: str) -> str:
    """A date in words: "22. november 2026"."""
    return format_date(value, "long", locale=lang)


def typeset(text: str) -> str:
    """Keep "e-cigaret", "0-3", a number with its noun and a small word with its number on one line (non-breaking hyphen
    and space)."""
    text = _RANGE.sub("\\1\u2011", text)
    kept = _NUMBER_AND_NOUN.sub("\\1\u00a0", _E_WORDS.sub("\\1\u2011", text))
    return _SMALL_WORD_AND_NUMBER.sub("\\1\u00a0", kept)


def _whole(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
