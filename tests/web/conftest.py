"""People and things of the web tests: a consultant, a stranger, a run with its phones, all on one real app."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from builders import again, agree, ask, lesson, neutral_topic, risk_topic, show
from classroom import Classroom, Clock, Rule, disagreeing, first, guess, table
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO

from clicker import library
from clicker.lesson import Lesson, Step, StepKind
from clicker.room import Loop, Opening, Rooms
from clicker.store import Store
from clicker.web import Config, create_app, live_of
from clicker.web.addresses import Addresses

# Everybody's answers: nobody does it, everybody thinks that five do, nobody finds it all right.
CALM: Rule = table(
    {"others": guess(5), "own": first(0), "approve": disagreeing(99), "others_approve": guess(5), "agreement": first(9)}
)


def short_lesson() -> Lesson:
    """A control topic that is asked on the wall, a sensitive one that is not, an agreement, and help."""
    topics = (neutral_topic(title="Venstre hånd"), risk_topic())
    steps = (
        Step(StepKind.SAY, title="Ramme", text=("Vi gætter.",), notes="Læs højt."),
        ask("left-handed", together=True),
        Step(StepKind.ASK, title="Hver for sig", topics=("alcohol-weekly",)),
        show("left-handed"),
        show("alcohol-weekly"),
        agree(),
        again("alcohol-weekly"),
        Step(StepKind.HELP, title="Tag det med dig", text=("Tal med en voksen.",)),
    )
    return lesson(*topics, steps=steps)


@pytest.fixture
def rooms(store: Store, clock: Clock, loop: Loop) -> Iterator[Rooms]:
    """Not yet at work: the app opens them, so that their news goes to its sockets."""
    made = Rooms(store, loop, choose_figures=library.figures_for, lang="en", clock=clock)
    yield made
    made.stop()


@pytest.fixture
def served(rooms: Rooms) -> tuple[Flask, SocketIO]:
    addresses = Addresses(["192.168.1.20", "10.0.0.7"], 8000)
    settings = Config(rooms, "secret", addresses, "en")
    made, socket = create_app(settings, {"async_mode": "threading"})
    rooms.open_for(live_of(made))
    return made, socket


@pytest.fixture
def app(served: tuple[Flask, SocketIO]) -> Flask:
    return served[0]


@pytest.fixture
def consultant(app: Flask, rooms: Rooms) -> FlaskClient:
    """A browser that came in by the laptop's one-time link."""
    client = app.test_client()
    assert client.get(f"/consultant/enter/{rooms.ticket('laptop')}").status_code == 302
    return client


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def run(app: Flask, rooms: Rooms) -> Classroom:
    """The short lesson in its lobby, nobody in yet; twelve are present."""
    card = rooms.create(Opening(short_lesson(), school="Skolen", group="7.B", present=12))
    return Classroom(rooms, card.id, card.code)


@pytest.fixture
def phones(run: Classroom) -> Callable[[int], Classroom]:
    """So many phones join the run."""

    def join(how_many: int) -> Classroom:
        for _ in range(how_many):
            run.join()
        return run

    return join
