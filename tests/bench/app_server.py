"""The program as it is served, with a lesson ready to be opened for every round of the benchmark.

Run as `python -m tests.bench.app_server FOLDER --engine eventlet --phones 30 --rounds 3 [--memory]`; the first line
of its output is JSON: the port, the consultant's one-time ticket, the rounds' runs, and `walk`, one more run whose
block is walked through as in class.
"""

from __future__ import annotations

import argparse
import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from clicker.engine import ENGINES, Engine, choose, socketio_settings

LESSON = "klasse-7"


def main() -> None:
    """Serve on loopback until interrupted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=list(ENGINES), default="eventlet")
    parser.add_argument("--phones", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="durability off: no sync after a commit")
    given = parser.parse_args()
    serve(choose(given.engine), given)


def serve(engine: Engine, given: argparse.Namespace) -> None:
    """The wiring of `clicker run`, on a database of its own."""
    from clicker import library
    from clicker.room import Loop, Rooms
    from clicker.store import Store
    from clicker.web import Config, create_app, live_of
    from clicker.web.addresses import Addresses

    with contextlib.closing(Store(f"sqlite:///{given.folder / 'bench.db'}", durable=not given.memory)) as store:
        rooms = Rooms(
            store, Loop(engine.in_thread, engine.spawn, engine.sleep), choose_figures=library.figures_for, lang="da"
        )
        addresses = Addresses(("127.0.0.1",), 0)
        config = Config(rooms, "a secret of the benchmark", addresses, "da", engine.in_thread)
        app, socket = create_app(config, socketio_settings(engine))
        rooms.open_for(live_of(app))

        def ready(port: int) -> None:
            addresses.port = port
            runs = [_prepared(rooms, number, given.phones) for number in range(given.rounds)]
            walk = _prepared(rooms, given.rounds, given.phones, together=False)
            print(json.dumps({"port": port, "ticket": rooms.ticket("laptop"), "runs": runs, "walk": walk}), flush=True)

        engine.serve(app, socket, "127.0.0.1", 0, ready)
        rooms.stop()


def _prepared(rooms: Any, number: int, phones: int, *, together: bool = True) -> dict[str, Any]:
    """A run of the shipped lesson, before the opening of its large block. The rounds ask it one prompt at a time: then
    every vote changes the consultant's count, and its arrival can be seen."""
    from clicker import library
    from clicker.lesson import StepKind, asked_in, choices
    from clicker.room import Opening

    lesson = library.lesson(LESSON)
    blocks = [step for step in lesson.steps if step.kind is StepKind.ASK]
    largest = max(blocks, key=lambda step: len(step.topics))
    place = lesson.steps.index(largest)
    steps = tuple(replace(step, together=together) if step is largest else step for step in lesson.steps)
    opening = Opening(replace(lesson, steps=steps), school="Prøveskolen", group=f"7.{number}", present=phones)
    card = rooms.create(opening)
    run = _go_to(rooms, card.id, place)
    prompts = [
        {"prompt": str(asked.address), "choices": choices(replace(run, present=phones), asked)}
        for asked in asked_in(run, steps[run.position])
    ]
    return {"id": card.id, "code": card.code, "turn": run.turn, "prompts": prompts}


def _go_to(rooms: Any, run_id: str, step: int) -> Any:
    from clicker.lesson import Move, NotNow

    rooms.move(run_id, Move.START, 0)
    while (run := rooms.snapshot(run_id).run).position != step:
        try:
            rooms.move(run_id, Move.NEXT, run.turn)
        except NotNow:
            rooms.move(run_id, Move.SKIP, run.turn)
    return run


if __name__ == "__main__":
    main()
