"""Two runs of one group beside each other, in words that judge nothing: numbers, differences, what to beware of."""

from __future__ import annotations

from fractions import Fraction

from clicker.measures import rounded
from clicker.safety import Both, Span
from clicker.words.catalogue import catalogue
from clicker.words.numbers import number_range

# A difference is a float; what is less than this is none.
NOTHING = 1e-9


def span_number(span: Span) -> str:
    """ "72", or "88-100" where the number is kept as a range: in percent."""
    return number_range(rounded(span.low), rounded(span.high))


def span_text(span: Span, lang: str, *, guesses: bool = False) -> str:
    """The share with how many it is of: "72 % (24 guesses)", "88-100 % (25 answers)", and in how many classes."""
    _ = catalogue(lang).gettext
    if span.classes > 1:
        several = (
            _("{share} % ({n} guesses in {classes} classes)")
            if guesses
            else _("{share} % ({n} answers in {classes} classes)")
        )
        return several.format(share=span_number(span), n=span.of, classes=span.classes)
    text = _("{share} % ({n} guesses)") if guesses else _("{share} % ({n} answers)")
    return text.format(share=span_number(span), n=span.of)


def points_text(both: Both, lang: str) -> str:
    """ "8 percentage points lower", or what it lies between."""
    return _points(both.points, lang)


def _points(ends: tuple[float, float], lang: str) -> str:
    _ = catalogue(lang).gettext
    lower, higher = _("{number} percentage points lower"), _("{number} percentage points higher")
    return _between(ends, lower, higher, _("0 percentage points"), lang)


def relative_text(both: Both, lang: str) -> str:
    """The same in percent of the first time; "–" with the reason where the first time may have been 0."""
    _ = catalogue(lang).gettext
    if both.relative is None:
        return _("cannot be said: the first time may have been 0 %")
    lower, higher = _("{number} percent lower than the first time"), _("{number} percent higher than the first time")
    return _between(both.relative, lower, higher, _("0 percent from the first time"), lang)


def _between(ends: tuple[float, float], lower: str, higher: str, same: str, lang: str) -> str:
    _ = catalogue(lang).gettext
    low, high = (_said(end, lower, higher, same, _("under {number}").format(number=1)) for end in ends)
    if low == high:
        return low
    return _("between {low} and {high}").format(low=low, high=high)


def _said(end: float, lower: str, higher: str, same: str, under: str) -> str:
    if abs(end) < NOTHING:
        return same
    return (lower if end < 0 else higher).format(number=rounded(Fraction(abs(end))) or under)


def what_guess(lang: str) -> str:
    return catalogue(lang).gettext("Mean guess")


def what_own(lang: str) -> str:
    return catalogue(lang).gettext("Own answers")


def what_attitude(healthy: str, lang: str) -> str:
    """The attitude has its own words: "Attitude: synes ikke, det er i orden"."""
    _ = catalogue(lang).gettext
    return _("Attitude: {words}").format(words=healthy) if healthy else _("Attitude")


def bar_labels(guess: Span | None, answer: Span | None, lang: str) -> list[tuple[str, Span, str]]:
    """Role, number and label of the bars of one time."""
    _ = catalogue(lang).gettext
    said = (("guess", guess, _("Our guess: {number} of 100")), ("own", answer, _("Our answer: {number} of 100")))
    return [(role, span, text.format(number=span_number(span))) for role, span, text in said if span is not None]


def compared_warnings(firsts: tuple[int | None, int | None], lang: str) -> tuple[str, ...]:
    """What stands above two pictures of one group; `firsts` are how many were present at each time (B3, B6)."""
    _ = catalogue(lang).gettext
    people = _("The people need not be the same ones.")
    if None not in firsts:
        people = _("{before} were present the first time, {after} this time. They need not be the same people.").format(
            before=firsts[0], after=firsts[1]
        )
    return (
        _("These are two pictures, not a development. One group is too small to tell whether anything has changed."),
        people,
        _("Very high and very low guesses come nearer to the middle by themselves when one asks again."),
        _("A range, such as 88-100 %, means that the exact number is kept back. Then the difference is a range too."),
        _("A difference does not show that the lesson worked."),
    )


def classes_warnings(classes: int, least: int, lang: str) -> tuple[str, ...]:
    """What stands above two pictures of several classes; below `least` of them they are described and no more."""
    _ = catalogue(lang).gettext
    few = _("With fewer than {least} classes the numbers describe these classes and no others.").format(least=least)
    return (
        _("Every class of this lesson that was followed up is in it; none is chosen. There are {classes}.").format(
            classes=classes
        ),
        _("A number counts only classes where the topic was shown both times. How many they are stands beside it."),
        *([few] if classes < least else []),
        _("Very high and very low guesses come nearer to the middle by themselves when one asks again."),
        _("A difference does not show that the lesson worked."),
    )


def interval_note(points: tuple[float, float, float], classes: int, lang: str) -> str:
    """The mean difference of the classes' guesses with its interval: estimate, low, high in percentage points."""
    _ = catalogue(lang).gettext
    estimate, low, high = (_points((end, end), lang) for end in points)
    text = _(
        "The guesses of {classes} classes: on average {estimate}. In 95 of 100 such draws of classes: {low} to {high}."
    )
    return text.format(classes=classes, estimate=estimate, low=low, high=high)


def too_few_classes(lang: str) -> str:
    """P12: why several classes are not set beside each other."""
    _ = catalogue(lang).gettext
    return _("There must be at least 3 classes with 50 answers between them, and no class may have most of them.")


def edge_note(lang: str) -> str:
    """B6: what to say of guesses about what nearly nobody or nearly everybody does."""
    _ = catalogue(lang).gettext
    return _("Nearly all answered the same. Then a guess can hardly err but one way, and the gap says little.")


def not_seen_word(lang: str) -> str:
    """Of a topic that one of the two runs never asked or never counted."""
    return catalogue(lang).gettext("was not asked")


def compared_columns(lang: str) -> tuple[str, ...]:
    """The heads of the table for a spreadsheet."""
    _ = catalogue(lang).gettext
    first, then = _("First time"), _("Follow-up")
    numbers = [
        f"{time}: {what}" for time in (first, then) for what in (_("from (%)"), _("to (%)"), _("how many answered"))
    ]
    return (_("Topic"), _("What"), *numbers, _("Difference in percentage points"), _("Difference relative"), _("Text"))
