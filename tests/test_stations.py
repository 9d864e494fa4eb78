"""A walk-up station from its opening to its end, on real rooms and a real database."""

from __future__ import annotations

from pathlib import Path

import pytest
from classroom import Clock, Quiet
from stations import COUNTRY, HERE, Stand

from clicker import library
from clicker.lesson import Address, Refused
from clicker.room import (
    LessonOver,
    Loop,
    NothingToAsk,
    NotYours,
    Rooms,
    StationOpening,
    Stations,
    TooMuchToAsk,
    TooYoung,
    UnknownCode,
)
from clicker.room.codes import hashed
from clicker.room.station_screen import consultant_lines
from clicker.room.stations import MOST_TOPICS, offered
from clicker.store import Store

GUESS, OTHERS, OWN = f"{COUNTRY}.others.1", f"{HERE}.others.1", f"{HERE}.own.1"


@pytest.fixture
def stand(rooms: Rooms) -> Stand:
    return Stand.open(rooms)


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_every_lesson_offers_its_questions_once_those_about_the_country_first(rooms: Rooms) -> None:
    choice = offered(library.lessons(), library.figures_for, rooms.today())
    questions = [one.question for one in choice]
    assert len(questions) == len(set(questions)) > 20
    about_the_country = [bool(one.figures.behaviours() or one.figures.attitudes()) for one in choice]
    assert about_the_country == sorted(about_the_country, reverse=True)
    assert all("{" not in question for question in questions)


def test_no_question_about_oneself_is_sensitive(rooms: Rooms) -> None:
    for one in offered(library.lessons(), library.figures_for, rooms.today()):
        assert one.topic.own is None or one.topic.sensitivity == "S0"


def test_the_first_five_guesses_open_the_country_for_everybody(stand: Stand) -> None:
    early = stand.crowd(4, GUESS, "040")
    assert stand.answer(early[0], GUESS, "040").card is None
    fifth = stand.visitor()
    seen = stand.answer(fifth, GUESS, "060")
    assert seen.card is not None
    assert [row.role for row in seen.card.rows] == ["guess", "country"]
    assert "60 of 100" in seen.card.rows[0].value
    assert seen.card.sources
    assert stand.answer(early[0], GUESS, "040").card is not None


def test_g1_a_crowd_that_guesses_too_low_is_not_told_that_it_is_more(stand: Stand) -> None:
    seats = stand.crowd(6, GUESS, "005")
    assert stand.answer(seats[0], GUESS, "005").card is None


def test_p14_the_group_is_seen_in_steps_of_ten(stand: Stand) -> None:
    for number in range(9):
        seat = stand.visitor()
        stand.answer(seat, OTHERS, "050")
        assert stand.answer(seat, OWN, "001" if number < 3 else "000", guess="050").card is None
    tenth = stand.visitor()
    stand.answer(tenth, OTHERS, "050")
    seen = stand.answer(tenth, OWN, "000", guess="050")
    assert seen.so_far == "10 have answered so far."
    assert seen.card is not None
    assert {row.role: row.value for row in seen.card.rows} == {"guess": "50 of 100", "own": "30 of 100"}
    for _ in range(9):
        later = stand.visitor()
        stand.answer(later, OTHERS, "000")
        again = stand.answer(later, OWN, "001", guess="050")
        assert (again.card, again.so_far) == (seen.card, seen.so_far)


def test_p4_a_phone_sees_the_same_whatever_it_answered_itself(stand: Stand) -> None:
    stand.crowd(10, OTHERS, "050")
    stand.crowd(10, OWN, "001", "000")
    told = []
    for token in ("000", "001", "---"):
        seat = stand.visitor()
        stand.answer(seat, OTHERS, "030")
        told.append(stand.answer(seat, OWN, token, guess="030"))
    assert told[0] == told[1] == told[2]


def test_a_skipped_answer_fills_no_block(stand: Stand) -> None:
    stand.crowd(9, OWN, "001")
    stand.crowd(5, OWN, "---")
    assert stand.rooms.read(lambda tx: tx.stations.folded(stand.station.id, HERE)) == {}
    stand.crowd(1, OWN, "000")
    assert stand.rooms.read(lambda tx: tx.stations.folded(stand.station.id, HERE)) == {"own": {0: 1, 1: 9}}


def test_a_full_block_leaves_no_answer_of_anybody(stand: Stand) -> None:
    seats = stand.crowd(10, OWN, "001", "000")
    address = Address.parse(OWN)
    assert address is not None
    for seat in seats:
        kept = stand.rooms.read(lambda tx, seat=seat: tx.stations.answered(stand.station.id, hashed(seat)))
        assert kept == {address: None}


def test_of_two_answers_the_first_stands(stand: Stand) -> None:
    seat = stand.visitor()
    stand.answer(seat, OWN, "000")
    stand.answer(seat, OWN, "001")
    stand.crowd(9, OWN, "000")
    assert stand.rooms.read(lambda tx: tx.stations.folded(stand.station.id, HERE)) == {"own": {0: 10}}


def test_questions_come_in_the_order_of_the_station_and_end(stand: Stand) -> None:
    seat = stand.visitor()
    asked = []
    while (seen := stand.next(seat)).prompt is not None:
        asked.append(seen.prompt.address)
        stand.answer(seat, seen.prompt.address, "---")
    assert asked == [GUESS, OTHERS, OWN]
    assert seen.view == "end"


def test_a_guess_that_was_folded_is_not_called_none_made(stand: Stand) -> None:
    seats = stand.crowd(10, GUESS, "040")
    for address in (OTHERS, OWN):
        stand.answer(seats[0], address, "---")
    end = stand.next(seats[0])
    assert [card.line for card in end.cards] == [""]


def test_four_hours_after_the_last_answer_a_visitor_is_forgotten(stand: Stand, clock: Clock) -> None:
    seats = stand.crowd(3, OWN, "001")
    clock.forward(hours=3)
    stand.answer(seats[0], GUESS, "040")
    clock.forward(hours=1)
    stand.rooms.finish_forgotten()
    assert [Stations(stand.rooms).seated(stand.station.id, seat) for seat in seats] == [True, False, False]
    stand.crowd(9, OWN, "000")
    folded = stand.rooms.read(lambda tx: tx.stations.folded(stand.station.id, HERE))
    assert folded == {"own": {0: 9, 1: 1}}, "the answers of those who were forgotten count for nobody"


def test_a_closed_station_holds_nobody_and_takes_nobody(stand: Stand, store: Store, tmp_path: Path) -> None:
    seats = stand.crowd(7, OWN, "001")
    assert hashed(seats[0]).encode() in written(tmp_path), "the search finds nothing at all"
    Stations(stand.rooms).close(stand.station.id)
    left = written(tmp_path)
    assert [seat for seat in seats if hashed(seat).encode() in left] == []
    for work in (stand.visitor, lambda: stand.answer(seats[0], OWN, "001")):
        with pytest.raises(LessonOver):
            work()
    with pytest.raises(LessonOver):
        Stations(stand.rooms).find(stand.station.code)


def test_a_deleted_station_is_gone(stand: Stand) -> None:
    stand.crowd(10, OWN, "001")
    Stations(stand.rooms).drop(stand.station.id)
    with pytest.raises(UnknownCode):
        Stations(stand.rooms).record(stand.station.id)


def test_the_consultant_sees_whole_tens_only(stand: Stand) -> None:
    stand.crowd(19, GUESS, "040")
    stand.crowd(9, OWN, "001")
    country, here = stand.lines()
    assert country.line == "10 have guessed so far, on average 40 of 100."
    assert here.line == ""
    assert here.card is None


@pytest.mark.parametrize("token", ["101", "042", "abc", "", "1", "-05"])
def test_an_answer_that_is_not_offered_is_refused(stand: Stand, token: str) -> None:
    with pytest.raises(Refused):
        stand.answer(stand.visitor(), GUESS, token)


@pytest.mark.parametrize("address", [f"{COUNTRY}.own.1", "nothing.others.1", f"{HERE}.others.2"])
def test_a_question_that_the_station_does_not_ask_is_refused(stand: Stand, address: str) -> None:
    with pytest.raises(Refused):
        stand.answer(stand.visitor(), address, "001")


def test_a_stranger_cannot_answer(stand: Stand) -> None:
    with pytest.raises(NotYours):
        stand.answer("f" * 32, OWN, "001")


@pytest.mark.parametrize("youngest", ["grade5", "grade6"])
def test_g2_the_young_are_not_asked_about_substances(rooms: Rooms, youngest: str) -> None:
    with pytest.raises(TooYoung):
        Stand.open(rooms, COUNTRY, HERE, youngest=youngest)
    assert Stand.open(rooms, HERE, youngest=youngest).station.lesson.grades


@pytest.mark.parametrize(("youngest", "topics"), [("grade7", ()), ("nobody", (HERE,)), ("grade7", ("alcohol-weekly",))])
def test_a_station_needs_a_question_and_somebody_to_ask(rooms: Rooms, youngest: str, topics: tuple[str, ...]) -> None:
    choice = offered(library.lessons(), library.figures_for, rooms.today())
    with pytest.raises(NothingToAsk):
        Stations(rooms).open(StationOpening("Hallen", youngest, topics), choice)


def test_a_station_asks_eight_topics_at_most(rooms: Rooms) -> None:
    choice = offered(library.lessons(), library.figures_for, rooms.today())
    chosen = tuple(one.topic.id for one in choice[: MOST_TOPICS + 1])
    with pytest.raises(TooMuchToAsk):
        Stations(rooms).open(StationOpening("", "grade7", chosen), choice)
    opened = Stations(rooms).open(StationOpening("", "grade7", chosen[:-1]), choice)
    assert len(Stations(rooms).record(opened).lesson.topics) == MOST_TOPICS


def test_the_figures_stay_as_they_were_when_it_was_opened(stand: Stand) -> None:
    assert Stations(stand.rooms).record(stand.station.id) == stand.station
    assert stand.station.figures[COUNTRY].behaviours()


def test_a_full_block_is_wiped_from_the_file_at_the_next_look(stand: Stand, store: Store, tmp_path: Path) -> None:
    seats = stand.crowd(10, OWN, "001", "000")
    stand.rooms.finish_forgotten()
    for name in ("clicker.db-wal",):
        assert (tmp_path / name).stat().st_size == 0
    assert hashed(seats[0]).encode() in written(tmp_path), "who answered is known until it is forgotten"


def test_setting_the_clock_forgets_nobody_and_keeps_nobody(store: Store, loop: Loop) -> None:
    clock, seconds = Clock(), [0.0]
    rooms = Rooms(store, loop, choose_figures=library.figures_for, lang="en", clock=clock, passed=lambda: seconds[0])
    rooms.open_for(Quiet())
    stand = Stand.open(rooms)
    (seat,) = stand.crowd(1, OWN, "001")
    clock.forward(hours=5)
    rooms.finish_forgotten()
    assert Stations(rooms).seated(stand.station.id, seat)
    clock.forward(hours=-48)
    seconds[0] = 4 * 3600
    rooms.finish_forgotten()
    assert not Stations(rooms).seated(stand.station.id, seat)
    rooms.stop()


def test_after_a_start_with_an_earlier_clock_nobody_is_kept_longer(stand: Stand, store: Store, loop: Loop) -> None:
    (seat,) = stand.crowd(1, OWN, "001")
    clock = Clock()
    clock.forward(hours=-48)
    rooms = Rooms(store, loop, choose_figures=library.figures_for, lang="en", clock=clock)
    rooms.open_for(Quiet())
    clock.forward(hours=4)
    rooms.finish_forgotten()
    assert not Stations(rooms).seated(stand.station.id, seat)
    rooms.stop()


def test_a_seat_without_any_answer_is_free_again_after_a_quarter_of_an_hour(stand: Stand, clock: Clock) -> None:
    idle, (busy,) = stand.visitor(), stand.crowd(1, OWN, "001")
    clock.forward(minutes=15)
    stand.rooms.finish_forgotten()
    assert [Stations(stand.rooms).seated(stand.station.id, seat) for seat in (idle, busy)] == [False, True]


def test_what_was_shown_of_a_topic_with_two_sides_stays_while_other_blocks_fill(rooms: Rooms) -> None:
    stand = Stand.open(rooms, "say-disagree")
    others, own, approve = (f"say-disagree.{kind}.1" for kind in ("others", "own", "approve"))
    stand.crowd(10, others, "020")
    stand.crowd(10, own, "001")
    seats = stand.crowd(10, approve, "003")
    before = stand.read(consultant_lines)[0].card
    assert before is not None
    stand.crowd(10, others, "020")
    assert stand.read(consultant_lines)[0].card is not None
    assert seats
