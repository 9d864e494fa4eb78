"""The own lessons as the first page lists them."""

from __future__ import annotations

from typing import Any

from clicker import words
from clicker.room.own_lessons import own_lessons
from clicker.web.config import config, rooms


def own_cards() -> list[dict[str, Any]]:
    """Each with its id and title, whether it can be held, how many mistakes it has, and when it was changed."""
    listed = rooms().read(own_lessons)
    return [
        {
            "id": one.id,
            "title": one.title,
            "usable": one.usable is not None,
            "mistakes": len(one.problems),
            "changed": words.day(one.changed.date(), config().lang),
        }
        for one in listed
    ]
