"""Walk-up stations: opened once, answered by whoever passes, folded ten by ten. What they may ask and show is decided
in `safety.walk_up`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from clicker.lesson import (
    Address,
    Audience,
    Figures,
    Lesson,
    Topic,
    accept,
    asked_in,
    station_lesson,
    station_run,
)
from clicker.library import Own
from clicker.room.codes import clean_code, hashed, new_code, new_id, new_seat, one_line
from clicker.room.errors import LessonOver, NothingToAsk, NotYours, RoomFull, Slow, TooMuchToAsk, TooYoung, UnknownCode
from clicker.room.moving import ChooseFigures
from clicker.room.rooms import Rooms
from clicker.room.seats import MOST_SEATS
from clicker.safety import Declared, fits_station, has_reference, never_at_station, walk_up_full, walk_up_may_ask
from clicker.store import StationRecord, Transaction

MOST_TOPICS = 8
LONGEST_PLACE = 40

# The youngest who may pass by: for whom the questions must be fit (G2).
YOUNGEST: dict[str, tuple[Audience, tuple[int, ...]]] = {
    "grade7": (Audience.PUPILS, (7, 8, 9)),
    "grade6": (Audience.PUPILS, (6,)),
    "grade5": (Audience.PUPILS, (5,)),
    "youth": (Audience.STUDENTS, ()),
    "adults": (Audience.PARENTS, ()),
}


@dataclass(frozen=True)
class Offered:
    """A topic that a station can ask, with its question; `figures` are empty for a topic that is about those here."""

    topic: Topic
    question: str
    figures: Figures


@dataclass(frozen=True)
class StationOpening:
    """What the consultant chose: where it stands, one of YOUNGEST, and topics by their ids."""

    place: str
    youngest: str
    topics: tuple[str, ...]


def offered(lessons: Iterable[Lesson], choose_figures: ChooseFigures, today: date) -> tuple[Offered, ...]:
    """The topics of all lessons that a station can ask, each question once: those held against the country first."""
    found: dict[str, Offered] = {}
    for lesson in lessons:
        for topic in lesson.topics:
            one = _offered(topic, lesson, choose_figures, today)
            if one is not None and topic.id not in found and one.question not in {f.question for f in found.values()}:
                found[topic.id] = one
    return tuple(sorted(found.values(), key=lambda one: walk_up_may_ask(one.topic.sensitivity)))


def _offered(topic: Topic, lesson: Lesson, choose_figures: ChooseFigures, today: date) -> Offered | None:
    if not fits_station(topic):
        return None
    asked = at_station(topic)
    figures = Figures()
    if not walk_up_may_ask(topic.sensitivity):
        figures = choose_figures(Declared(topic, lesson.audience, lesson.grades), today, Own())
        if not has_reference(topic, figures, today):
            return None
    run = station_run(station_lesson(lesson.audience, lesson.grades, [asked]))
    return Offered(asked, asked_in(run, run.lesson.steps[0])[0].text, figures)


def at_station(topic: Topic) -> Topic:
    """The topic with one guess: a phone that walks by is asked little."""
    return replace(topic, others_approve=None if topic.others else topic.others_approve, again=None)


class Stations:
    """All stations of one installation."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    # -- the consultant -----------------------------------------------------------------------------------------

    def open(self, opening: StationOpening, choice: Iterable[Offered]) -> str:
        """A new station; gives its id. Raises NothingToAsk, TooMuchToAsk, or TooYoung for topics that G2 keeps from the
        youngest."""
        topics = [one for one in choice if one.topic.id in opening.topics]
        if not topics or opening.youngest not in YOUNGEST:
            raise NothingToAsk
        if len(topics) > MOST_TOPICS:
            raise TooMuchToAsk
        audience, grades = YOUNGEST[opening.youngest]
        place = one_line(opening.place)[:LONGEST_PLACE]
        lesson = station_lesson(audience, grades, [one.topic for one in topics])
        if never_at_station(lesson):
            raise TooYoung
        figures = {one.topic.id: one.figures for one in topics}

        def work(tx: Transaction) -> str:
            code = new_code(tx.live_codes())
            record = StationRecord(new_id(), code, place, lesson, figures, self._rooms.now())
            tx.stations.add(record)
            return record.id

        return self._rooms.write(work)

    def all(self) -> tuple[StationRecord, ...]:
        """Every station, newest first."""
        return self._rooms.read(lambda tx: tx.stations.all())

    def record(self, station_id: str) -> StationRecord:
        """Raises UnknownCode."""
        found = self._rooms.read(lambda tx: tx.stations.by_id(station_id))
        if found is None:
            raise UnknownCode
        return found

    def close(self, station_id: str) -> None:
        """Nobody can answer any more, and nothing of any person is left. Raises UnknownCode."""
        self.record(station_id)
        self._rooms.delete(lambda tx: tx.stations.close(station_id, self._rooms.now()))

    def drop(self, station_id: str) -> None:
        """Its numbers too are gone. Raises UnknownCode."""
        self.record(station_id)
        self._rooms.delete(lambda tx: tx.stations.drop(station_id))

    # -- whoever walks by ---------------------------------------------------------------------------------------

    def find(self, code: str) -> StationRecord:
        """The station of that code. Raises UnknownCode, or LessonOver where it was closed."""
        found = self._rooms.read(lambda tx: tx.stations.by_code(clean_code(code)))
        if found is None:
            raise UnknownCode
        if found.closed is not None:
            raise LessonOver
        return found

    def join(self, station: StationRecord) -> str:
        """A new seat's token. Raises LessonOver, RoomFull."""
        token = new_seat()

        def work(tx: Transaction) -> None:
            _open(tx, station.id)
            if tx.stations.visitors(station.id) >= MOST_SEATS:
                raise RoomFull
            tx.stations.add_visitor(station.id, hashed(token), self._rooms.steady_now())

        self._rooms.write(work)
        return token

    def seated(self, station_id: str, seat: str) -> bool:
        return self._rooms.read(lambda tx: tx.stations.is_seated(station_id, hashed(seat)))

    def answer(self, station_id: str, seat: str, address: Address, token: str) -> None:
        """Keep the seat's answer; of two to one question the first stands, since the second may have seen the country.

        Returns after the commit. Raises LessonOver, NotYours, Refused where that is no answer to the question, and Slow
        where this seat alone is too fast.
        """
        own, now = hashed(seat), self._rooms.steady_now()
        if self._rooms.too_fast(own):
            raise Slow
        # Sent again it is nothing to write: a lesson held beside the stand has the writer's turn.
        if address in self._rooms.read(lambda tx: tx.stations.answered(station_id, own)):
            return
        if self._rooms.write(lambda tx: _answer(tx, station_id, own, address, token, now)):
            self._rooms.wipe_soon()


def _open(tx: Transaction, station_id: str) -> StationRecord:
    found = tx.stations.by_id(station_id, lock=True)
    if found is None or found.closed is not None:
        raise LessonOver
    return found


def _answer(tx: Transaction, station_id: str, seat: str, address: Address, token: str, now: datetime) -> bool:
    """Whether the answer filled a block of ten, which is folded and deleted (P14)."""
    station = _open(tx, station_id)
    if not tx.stations.is_seated(station_id, seat):
        raise NotYours
    value = accept(station_run(station.lesson), address, token)
    if address in tx.stations.answered(station_id, seat):
        return False
    tx.stations.keep_answer(station_id, seat, address, value, now)
    waiting = tx.stations.waiting(station_id, address)
    if not waiting or walk_up_full(len(waiting)) < len(waiting):
        return False
    tx.stations.fold(station_id, address, waiting)
    tx.stations.forget_answers(station_id, address)
    return True
