"""P13: nothing that is kept, shown or handed out tells persons apart, by a mark, a time or the order they came in."""

from __future__ import annotations

import dataclasses
import hashlib
import random
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import attitude_topic, lesson, neutral_topic, protective_topic, risk_topic
from classroom import Classroom, disagreeing, first, guess, run_record, table
from sqlalchemy import Date, DateTime, Time

from clicker.lesson import Address, Kind, Move, moves
from clicker.report import build, csv_bytes
from clicker.report.results import topic_results
from clicker.room import Rooms, screens
from clicker.store import Store, Vote, tables

# Parts of names that would tell persons, or when they came; `seats` is how many phones are in, and not which.
PERSON = {"seat", "sex", "gender", "boy", "girl", "pupil", "person", "name", "phone", "device", "hash", "token"}
ARRIVAL = {"time", "when", "at", "date", "stamp", "seq", "order", "arrival", "arrived", "created", "touched", "joined"}
SCREENS = [value for value in vars(screens).values() if dataclasses.is_dataclass(value)]
OWN = Address("alcohol-weekly", Kind.OWN)


def telling(names: Iterator[str] | list[str]) -> list[str]:
    """The names of which some part would tell a person or an arrival."""
    return [name for name in names if (PERSON | ARRIVAL) & set(re.split(r"[^a-z]+", name.lower()))]


@pytest.fixture
def held(rooms: Rooms) -> Classroom:
    """A lesson of four topics, held to its end by twelve."""
    topics = (neutral_topic(), protective_topic(), risk_topic(), attitude_topic())
    room = Classroom.open(rooms, lesson(*topics))
    kinds = {"others": guess(5), "own": first(6), "approve": disagreeing(11), "others_approve": guess(5)}
    room.hold(table(kinds))
    return room


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_no_screen_has_a_field_for_a_person_or_an_arrival(screen: type) -> None:
    assert not telling([field.name for field in dataclasses.fields(screen)])


def test_all_screens_are_looked_at() -> None:
    assert {"PhoneFacts", "WallFacts", "ConsultantFacts", "CountFacts"} <= {screen.__name__ for screen in SCREENS}


def test_the_report_s_table_has_one_row_per_sentence_and_no_other_column(held: Classroom) -> None:
    day = held.rooms.today()
    report = held.rooms.read(lambda tx: build(tx, held.run_id, today=day, lang="en"))
    head = csv_bytes(report).decode("utf-8-sig").splitlines()[0]
    assert head.split(";") == ["Topic", "What", "From", "To", "Out of", "Text"]


def test_the_results_have_no_key_for_a_person_or_an_arrival(held: Classroom) -> None:
    entries = held.rooms.read(lambda tx: topic_results(tx, held.run_id, "en"))
    assert len(entries) == 4
    kept = {"id", "guess_mean", "own", "gap_pp", "guesses", "shown", "figure", "municipality", "children"}
    assert {key for entry in entries for key in entry} == kept
    counts = {"count", "over", "accurate", "under", "majority", "floor", "ceiling"}
    assert {key for entry in entries for key in entry["guesses"] or ()} <= counts


@pytest.mark.parametrize("table_", [*tables.PERSONAL, tables.result], ids=lambda found: found.name)
def test_what_stands_beside_a_persons_answers_has_no_time(table_: tables.Table) -> None:
    assert not [column.name for column in table_.columns if isinstance(column.type, Date | DateTime | Time)]
    assert not (ARRIVAL - {"seq"}) & set(table_.columns.keys())


def test_a_ballot_has_nothing_but_its_question_its_answer_and_the_last_taps_number() -> None:
    assert set(tables.ballot.columns.keys()) == {"run_id", "seat", "topic", "kind", "round", "value", "seq"}


def test_ballots_come_in_the_same_order_whoever_answered_first(store: Store) -> None:
    seats = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(20)]
    orders = []
    for run_id in ("one", "two", "three"):
        store.write(lambda tx, run=run_id: tx.add_run(run_record(run, code=run[:4])))
        random.Random(run_id).shuffle(seats)
        for number, seat in enumerate(seats):
            vote = Vote(OWN, "001", f"tap-{number}", 1)
            store.write(lambda tx, run=run_id, who=seat, tap=vote: tx.keep_votes(run, [(who, tap, 1)]))
        orders.append([one.seat for one in store.read(lambda tx, run=run_id: tx.ballots(run, [OWN.topic]))])
    assert orders[0] == orders[1] == orders[2] == sorted(seats)


def test_who_is_let_in_does_not_depend_on_who_came_first(rooms: Rooms, store: Store) -> None:
    room = Classroom.open(rooms, lesson(neutral_topic()), size=3)
    room.press(Move.START, Move.NEXT, Move.OPEN)
    before = set(store.read(lambda tx: tx.seats(room.run_id)))
    room.join(4)
    waiting = sorted(set(store.read(lambda tx: tx.seats(room.run_id))) - before)
    room.press(Move.ADMIT)
    seats = store.read(lambda tx: tx.seats(room.run_id))
    assert [seat for seat in waiting if seats[seat]] == waiting[:1]


def test_p13_who_came_when_is_forgotten_at_the_first_open(rooms: Rooms, database: Path) -> None:
    room = Classroom.open(rooms, lesson(neutral_topic()), size=5, present=4)
    room.press(Move.START)
    while Move.OPEN not in moves(room.snapshot.run):
        room.press(Move.NEXT)
    room.press(Move.OPEN)
    room.join()
    with sqlite3.connect(database) as connection:
        numbers = {number for (number,) in connection.execute("SELECT number FROM seat")}
    connection.close()
    assert numbers == {0}
