"""A class whose every screen is read: facts, what the sockets send, and what each phone asks for itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders import figure
from classroom import Classroom, Clock, Quiet, Rule, run_record
from flask import Flask

from clicker.lesson import Figures, Lesson, Move, Run, open_now, phase
from clicker.room import Loop, Rooms, facts
from clicker.room.voting import Taps
from clicker.store import Store
from clicker.web import Config, create_app, live_of
from clicker.web.addresses import Addresses
from clicker.web.session import signed_seat, wall_key

SCREENS = ("wall", "consultant", "consultant_private", "phone")


@dataclass(frozen=True)
class Told:
    """What one screen or phone got at one moment; `evaluated` says whether any answers had been counted."""

    moment: str
    who: str
    evaluated: bool
    content: bytes


@dataclass
class Watched:
    """Equal runs give equal bytes: every watched class has the same code, day and key."""

    room: Classroom
    app: Flask
    clients: dict[str, Any]

    def told(self, screen: str) -> bytes:
        """The facts of this screen, and all that its connection is sent when it asks for everything."""
        return repr(self.room.screen(screen)).encode() + self.sent(screen)

    def sent(self, screen: str) -> bytes:
        self.clients[screen].get_received()
        self.clients[screen].emit("sync")
        sent = json.dumps(self.clients[screen].get_received(), sort_keys=True, ensure_ascii=False)
        return sent.encode()

    def phone(self, number: int) -> bytes:
        """What this phone is told privately."""
        with self.app.app_context():
            seat = signed_seat(self.room.seats[number])
        answer = self.app.test_client().get(f"/{self.room.code}/mine", headers={"X-Seat": seat})
        return bytes(answer.data)

    def hold(self, rule: Rule, phones: Iterable[int] = (0, 11), until: Move = Move.FINISH) -> list[Told]:
        """Hold the lesson; all that is told before and after each answering, and at the end.

        A phone with open questions is not asked: its own answers stand there, for itself.
        """
        told: list[Told] = []
        while not self.room.snapshot.over:
            self._note(told, "before", phones)
            if open_now(self.room.snapshot.run):
                self.room.answer(rule)
                self._note(told, "answered", phones)
            if self.room.step(lambda *_: None) is until:
                break
        self._note(told, "after", phones)
        return told

    def _note(self, told: list[Told], moment: str, phones: Iterable[int]) -> None:
        snapshot = self.room.snapshot
        run, today = snapshot.run, self.room.rooms.today()
        where, evaluated = f"{moment} turn {run.turn}, {phase(run)}", bool(run.evaluated)
        for screen in SCREENS:
            known = repr(facts(snapshot, screen, today=today, lang="en")).encode()
            told.append(Told(where, screen, evaluated, known + self.sent(screen)))
        if not open_now(run):
            told += [Told(where, f"phone {number}", evaluated, self.phone(number)) for number in phones]


def watch(path: Path, loop: Loop, lesson: Lesson, size: int, share: float) -> Watched:
    """A class of that size in a country where `share` of 100 do what its topics ask about."""
    store = Store(f"sqlite:///{path}", durable=False)
    rooms = Rooms(store, loop, choose_figures=lambda *_: Figures(figure(share), None), lang="da", clock=Clock())
    config = Config(rooms, "secret", Addresses(["127.0.0.1"], 8000), "da")
    app, socket = create_app(config, {"async_mode": "threading"})
    live_of(app)._asked = Taps(burst=10_000)  # it asks for everything at every step
    rooms.open_for(Quiet())
    store.write(lambda tx: tx.add_run(run_record(run=Run(lesson, present=size))))
    room = Classroom(rooms, "run", "CDFG")
    room.join(size)
    return Watched(room, app, _connected(app, socket, room))


def _connected(app: Flask, socket: Any, room: Classroom) -> dict[str, Any]:
    with app.app_context():
        key, seat = wall_key(room.run_id), signed_seat(room.seats[0])
    auth = {
        "wall": {"screen": "wall", "code": room.code, "key": key},
        "phone": {"screen": "phone", "code": room.code, "seat": seat},
        "consultant": {"screen": "consultant", "run": room.run_id},
        "consultant_private": {"screen": "consultant", "run": room.run_id},
    }
    clients = {}
    for screen in SCREENS:
        browser = app.test_client()
        if screen.startswith("consultant"):
            with browser.session_transaction() as session:
                session["consultant"], session["private"] = True, screen == "consultant_private"
        clients[screen] = socket.test_client(app, auth=auth[screen], flask_test_client=browser)
        assert clients[screen].is_connected()
    return clients
