"""How a rule about written lessons says what is broken: places, and messages for the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clicker.lesson import Lesson

# Each place that breaks the rule (`topics.<id>`), with what the message's {placeholders} stand for.
Broken = Iterator[tuple[str, dict[str, str | int]]]
# The rule's name, what finds the places, what is wrong, and what to do about it.
Rule = tuple[str, Callable[[Lesson], Broken], str, str]


def N_(message: str) -> str:
    """Marks a message for the catalogues; the message itself is its key."""
    return message
