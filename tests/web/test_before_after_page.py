"""The page that sets a follow-up beside its first run: only for the consultant, and the same bytes within a band."""

from __future__ import annotations

import pytest
from builders import lesson, neutral_topic, risk_topic
from classroom import Classroom, Clock, Rule, disagreeing, guess, table
from flask import Flask
from flask.testing import FlaskClient
from pages import problems
from test_consultant import text

from clicker.lesson import Move, TwinKind
from clicker.room import Opening, Rooms

LESSON = lesson(neutral_topic(title="Venstre hånd"), risk_topic())


def hold(rooms: Rooms, opening: Opening, yes: frozenset[int], until: Move = Move.FINISH) -> Classroom:
    """12 people: those numbers say yes to alcohol, everybody guesses 5, nobody finds it all right."""
    says: Rule = table(
        {
            "others": guess(5),
            "left-handed.own.1": lambda number: "001" if number < 2 else "000",
            "own": lambda number: "001" if number in yes else "000",
            "approve": disagreeing(99),
        }
    )
    card = rooms.create(opening)
    run = Classroom(rooms, card.id, card.code)
    run.join(12)
    run.hold(says, until=until)
    return run


def follow_up(
    rooms: Rooms, clock: Clock, group: str, before: frozenset[int], after: frozenset[int], until: Move = Move.FINISH
) -> tuple[Classroom, Classroom]:
    one = hold(rooms, Opening(LESSON, "Skolen", group, present=12), before)
    clock.forward(weeks=7)
    twin = Opening(LESSON, "Skolen", group, present=12, twins=(one.run_id,), twin_kind=TwinKind.FOLLOWUP)
    other = hold(rooms, twin, after, until)
    clock.forward(weeks=-7)
    return one, other


def page(run: Classroom) -> str:
    return f"/consultant/run/{run.run_id}/before-after"


def first_of(k: int) -> frozenset[int]:
    return frozenset(range(k))


def bytes_of(client: FlaskClient, runs: tuple[Classroom, Classroom], group: str) -> list[str]:
    """Page and table without the names of the runs and the group."""
    said = [text(client, page(runs[1])), text(client, f"{page(runs[1])}.csv")]
    return [one.replace(runs[1].run_id, "RUN").replace(group, "GROUP") for one in said]


def test_the_page_is_good_html_and_says_both_times(consultant: FlaskClient, rooms: Rooms, clock: Clock) -> None:
    _, run = follow_up(rooms, clock, "7.B", first_of(0), first_of(4))
    said = text(consultant, page(run))
    assert problems(said) == []
    assert "March 2, 2026" in said
    assert "April 20, 2026" in said
    assert said.count("<figure") == 6
    assert "12 were present the first time, 12 this time." in said


def test_p2_p3_the_page_is_the_same_for_every_count_within_a_band(
    consultant: FlaskClient, rooms: Rooms, clock: Clock
) -> None:
    seen = set()
    for before, after in ((0, 0), (3, 0), (0, 3), (1, 2), (2, 1)):
        group = f"{before}{after}.X"
        runs = follow_up(rooms, clock, group, first_of(before), first_of(after))
        seen.add(tuple(bytes_of(consultant, runs, group)))
    assert len(seen) == 1


def test_p3_the_page_is_the_same_where_two_people_exchange_their_answers(
    consultant: FlaskClient, rooms: Rooms, clock: Clock
) -> None:
    seen = set()
    for number, (before, after) in enumerate(
        (
            (first_of(4), first_of(5)),
            (first_of(4), frozenset({7, 8, 9, 10, 11})),
            (frozenset({3, 5, 7, 9}), first_of(5)),
        )
    ):
        group = f"{number}{number}.Y"
        seen.add(tuple(bytes_of(consultant, follow_up(rooms, clock, group, before, after), group)))
    assert len(seen) == 1


def test_the_page_is_the_consultants_alone(stranger: FlaskClient, rooms: Rooms, clock: Clock) -> None:
    _, run = follow_up(rooms, clock, "7.B", first_of(0), first_of(0))
    assert stranger.get(page(run)).status_code == 403
    assert stranger.get(f"{page(run)}.csv").status_code == 403


def test_the_first_page_leads_to_it(consultant: FlaskClient, rooms: Rooms, clock: Clock) -> None:
    one, run = follow_up(rooms, clock, "7.B", first_of(0), first_of(0))
    said = text(consultant, "/consultant")
    assert page(run) in said
    assert page(one) not in said


def test_without_a_follow_up_there_is_no_page(consultant: FlaskClient, rooms: Rooms, clock: Clock) -> None:
    one, run = follow_up(rooms, clock, "7.B", first_of(0), first_of(0), until=Move.EVALUATE)
    assert consultant.get(page(one)).status_code == 404
    assert consultant.get(page(run)).status_code == 409


def test_a_deleted_first_run_is_said(consultant: FlaskClient, rooms: Rooms, clock: Clock) -> None:
    one, run = follow_up(rooms, clock, "7.B", first_of(0), first_of(0))
    rooms.discard(one.run_id)
    answer = consultant.get(page(run))
    assert answer.status_code == 404
    assert "it was deleted" in answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["two_bars", "one_bar"])
def test_its_drawings_hold_no_number(app: Flask, consultant: FlaskClient, kind: str) -> None:
    spec = consultant.get(f"/charts/{kind}/100/5.json").get_json()
    assert "datasets" not in spec
    assert not any("country" in layer.get("name", "") for layer in spec["layer"])


def test_one_class_leads_to_all_of_its_lesson(consultant: FlaskClient, rooms: Rooms, clock: Clock) -> None:
    _, run = follow_up(rooms, clock, "7.B", first_of(0), first_of(0))
    classes = f"{page(run)}/classes"
    assert classes in text(consultant, page(run))
    said = text(consultant, classes)
    assert problems(said) == []
    assert "at least 3 classes with 50 answers" in said


def test_five_classes_stand_beside_themselves(consultant: FlaskClient, rooms: Rooms, clock: Clock) -> None:
    for group in ("7.A", "7.B", "7.C", "7.D", "7.E"):
        _, run = follow_up(rooms, clock, group, first_of(0), first_of(0))
    said = text(consultant, f"{page(run)}/classes")
    assert problems(said) == []
    assert said.count("<figure") == 6
    assert "60 answers in 5 classes" in said
