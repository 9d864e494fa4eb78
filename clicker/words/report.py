"""The sentences that only a report needs, and the words of its table."""

from __future__ import annotations

from clicker.measures import Histogram
from clicker.safety import Misperception
from clicker.words.amounts import guess_text
from clicker.words.catalogue import catalogue


def guess_sentence(guesses: Histogram, lang: str) -> str:
    """The mean guess as a whole number out of the scale that was guessed on, and how many guessed."""
    _ = catalogue(lang).gettext
    text = _("On average we guessed {guess} of {top} ({m} guesses).")
    return text.format(guess=guess_text(guesses), top=guesses.top, m=guesses.total)


def again_sentence(guesses: Histogram, lang: str) -> str:
    """The mean of the second guess, which counts the whole group, and how many guessed again."""
    _ = catalogue(lang).gettext
    text = _("The second time we guessed {guess} of {top} ({m} guesses).")
    return text.format(guess=guess_text(guesses), top=guesses.top, m=guesses.total)


def beside_sentence(beside: Misperception, lang: str) -> str:
    """How the guesses lie beside the answer; "" where nearly all could only err one way, for that says little."""
    _ = catalogue(lang).gettext
    if beside.floor or beside.ceiling:
        return ""
    text = _("Of {m} guesses {over} were too high, {accurate} were about right and {under} were too low.")
    return text.format(m=beside.M, over=beside.over, accurate=beside.accurate, under=beside.under)


def not_told_sentence(lang: str) -> str:
    """P11: why a report has no numbers."""
    _ = catalogue(lang).gettext
    return _("Before the first answer nobody said that others may see numbers. So this report has none.")


def not_reached_word(lang: str) -> str:
    """What a report says of a topic that might have been shown, but never stood on the wall."""
    _ = catalogue(lang).gettext
    return _("was not on the wall")


def columns(lang: str) -> tuple[str, ...]:
    """The heads of the table's columns: topic, what, from, to, of, text."""
    _ = catalogue(lang).gettext
    return (_("Topic"), _("What"), _("From"), _("To"), _("Out of"), _("Text"))


def what_words(lang: str) -> dict[str, str]:
    """What a row of the table holds, by the field of the report it comes from."""
    _ = catalogue(lang).gettext
    return {
        "guess": _("Guess"),
        "again": _("Second guess"),
        "answer": _("Answer"),
        "attitude": _("Attitude"),
        "children": _("Children"),
        "country": _("Country"),
        "agreement": _("Agreement"),
        "first": _("First vote"),
        "second": _("Second vote"),
        "joined": _("With it"),
    }
