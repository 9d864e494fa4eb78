"""What a walk-up station says of the group so far."""

from __future__ import annotations

from clicker.measures import Histogram
from clicker.words.amounts import guess_number
from clicker.words.catalogue import catalogue


def answered_so_far(n: int, lang: str) -> str:
    """ "20 have answered so far."; whole tens."""
    return catalogue(lang).gettext("{n} have answered so far.").format(n=n)


def guessed_so_far(guesses: Histogram, lang: str) -> str:
    """ "20 have guessed so far, on average 35 of 100."; "" before the first ten."""
    if not guesses.total:
        return ""
    text = catalogue(lang).gettext("{n} have guessed so far, on average {number}.")
    return text.format(n=guesses.total, number=guess_number(guesses, lang))
