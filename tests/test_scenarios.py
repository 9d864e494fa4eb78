"""The simulated classes that give the guard something to do, held on real rooms with the lesson of the demo."""

from __future__ import annotations

from typing import Any

import pytest
from classroom import Classroom, Clock

from clicker import library
from clicker.cli.pupils import choose
from clicker.cli.scenarios import SCENARIOS, TOPICS, wrong
from clicker.lesson import Move
from clicker.report.results import topic_results
from clicker.room import Loop, Rooms
from clicker.store import Store

CLASS = 25


def shown_to(store: Store, loop: Loop, scenario: str) -> list[dict[str, Any]]:
    """What the consultant's results say of each topic after the lesson was held with such a class."""
    rooms = Rooms(store, loop, choose_figures=library.figures_for, clock=Clock())
    room = Classroom.open(rooms, library.lesson("klasse-7"), size=CLASS)
    room.hold(lambda number, prompt, offered: choose(number, prompt, offered, SCENARIOS[scenario]), until=Move.EVALUATE)
    found = store.read(lambda tx: topic_results(tx, room.run_id, "da"))
    rooms.stop()
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_guard_does_its_work_on_a_class_built_for_it(store: Store, loop: Loop, scenario: str) -> None:
    assert wrong(SCENARIOS[scenario], shown_to(store, loop, scenario)) == []


def test_a_scenario_notices_what_should_not_be_shown(store: Store, loop: Loop) -> None:
    usual = shown_to(store, loop, "floor")
    assert [sentence.split(":")[0] for sentence in wrong(SCENARIOS["majority"], usual)] == list(TOPICS)
    assert len(wrong(SCENARIOS["floor"], [{**topic, "own": "4 af 24"} for topic in usual])) == 2
