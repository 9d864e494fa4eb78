"""A seat in a room: what joining gives, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SEATS = 2000
SPARE_SEATS = 30


@dataclass(frozen=True)
class Joined:
    """A new seat: its token (kept by the phone, stored as a hash) and whether it may answer yet."""

    run_id: str
    code: str
    seat: str
    admitted: bool


def most_seats(present: int | None) -> int:
    """How many seats a room has. Where the number present is typed, one phone cannot take a whole hall's."""
    return MOST_SEATS if present is None else min(MOST_SEATS, 2 * present + SPARE_SEATS)
