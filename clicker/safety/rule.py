"""What a rule about written lessons gives: the places that break it, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clicker.lesson import Lesson

# (the place's key, what its message is filled with)
Broken = Iterator[tuple[str, dict[str, str | int]]]
# (the rule's name, what breaks it, message ids of what is wrong and what to do)
Rule = tuple[str, Callable[[Lesson], Broken], str, str]


def N_(message: str) -> str:
    """Marks a message for the catalogues; the message itself is its key."""
    return message
