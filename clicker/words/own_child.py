"""What parents say of their own child, over several meetings: a share and a contrast, never an error (P14, B4)."""

from __future__ import annotations

from clicker.words.catalogue import catalogue
from clicker.words.numbers import number_range

# "Less" minus "the same or more" in people, as (low, high, n).
Contrast = tuple[int, int, int]


def less_sentence(contrast: Contrast, meetings: int, words: str, lang: str) -> str:
    """How many say "less", of those who answered at so many meetings; `words` is what they believe."""
    _ = catalogue(lang).gettext
    low, high, n = contrast
    less = number_range((low + n) // 2, (high + n) // 2)
    text = _("{less} of the {n} who answered at {meetings} meetings {words}.")
    return text.format(less=less, n=n, meetings=meetings, words=words)


def contrast_sentence(contrast: Contrast, lang: str) -> str:
    """How many more say "less" than all others; "" where it could be either way."""
    _ = catalogue(lang).gettext
    low, high, _n = contrast
    if low > 0:
        return _("That is {more} more than those who say the same or more.").format(more=number_range(low, high))
    if high < 0:
        return _("That is {fewer} fewer than those who say the same or more.").format(fewer=number_range(-high, -low))
    return ""
