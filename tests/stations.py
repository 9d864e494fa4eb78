"""A station and whoever walks by: they guess, they answer, they go."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import Any

from clicker import library
from clicker.lesson import Address, Topic
from clicker.room import Rooms, StationOpening, Stations
from clicker.room.station_screen import Visit, after_answer, consultant_lines, next_question
from clicker.room.stations import offered
from clicker.store import StationRecord

COUNTRY = "guess-alcohol-9"
HERE = "liquorice"


@dataclass
class Stand:
    """An open station with one guess about the country and one neutral topic about those here."""

    rooms: Rooms
    station: StationRecord

    @classmethod
    def open(cls, rooms: Rooms, *topics: str, youngest: str = "grade7") -> Stand:
        choice = offered(library.lessons(), library.figures_for, rooms.today())
        opened = Stations(rooms).open(StationOpening("Kantinen", youngest, topics or (COUNTRY, HERE)), choice)
        return cls(rooms, Stations(rooms).record(opened))

    def topic(self, name: str) -> Topic:
        return self.station.lesson.topic(name)

    def visitor(self) -> str:
        return Stations(self.rooms).join(self.station)

    def answer(self, seat: str, address: str, token: str, guess: str = "") -> Visit:
        """Answer, and see what the phone shows next."""
        parsed = Address.parse(address)
        assert parsed is not None
        Stations(self.rooms).answer(self.station.id, seat, parsed, token)
        return self.read(after_answer, seat, parsed, guess or token)

    def next(self, seat: str) -> Visit:
        return self.read(next_question, seat)

    def lines(self) -> Any:
        return self.read(consultant_lines)

    def read(self, look: Any, *arguments: Any) -> Any:
        return self.rooms.read(lambda tx: look(tx, self.station, *arguments, self.rooms.today(), "en"))

    def crowd(self, people: int, address: str, *tokens: str) -> list[str]:
        """So many people answer that one question, their answers in turn."""
        seats = [self.visitor() for _ in range(people)]
        for seat, token in zip(seats, cycle(tokens), strict=False):
            self.answer(seat, address, token)
        return seats
