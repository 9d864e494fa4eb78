"""The program as it is served, with lessons ready to be opened.

Run as `python -m tests.bench.app_server FOLDER --engine eventlet --sizes 1000 300`; the first line of its output is
JSON: the port, the consultant's one-time ticket, how many phones it announces to hold, a run for each size, and
`walk`, one more run whose block is walked through as in class.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from clicker.engine import ENGINES, Engine, choose, fairness, socketio_settings

LESSON = "klasse-7"
ON_THE_WALL = "left-handed"  # the topic whose numbers the wall may show while it is asked


def main() -> None:
    """Serve on loopback until interrupted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=list(ENGINES), default="eventlet")
    parser.add_argument("--sizes", type=int, nargs="*", default=[], help="phones of each run")
    parser.add_argument("--walk", type=int, default=30, help="phones of the run that is walked through")
    parser.add_argument("--wall", action="store_true", help="ask what may be counted on the wall")
    parser.add_argument("--memory", action="store_true", help="durability off: no sync after a commit")
    parser.add_argument("--usual-gc", action="store_true", help="leave the collector as Python sets it")
    parser.add_argument("--files", type=int, help="how many files the process may have open")
    given = parser.parse_args()
    if given.files:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (given.files, given.files))
    fairness.RATE = fairness.BURST = 1_000_000  # phones that vote without a pause are measured, not held back
    usual = gc.get_threshold()
    engine = choose(given.engine)
    if given.usual_gc:
        gc.set_threshold(*usual)
    serve(engine, given)


def serve(engine: Engine, given: argparse.Namespace) -> None:
    """The wiring of `clicker run`, on a database of its own."""
    from clicker import library
    from clicker.room import Loop, Rooms
    from clicker.room.voting import Taps
    from clicker.store import Store
    from clicker.web import Config, create_app, live_of
    from clicker.web.addresses import Addresses

    with contextlib.closing(Store(f"sqlite:///{given.folder / 'bench.db'}", durable=not given.memory)) as store:
        rooms = Rooms(
            store, Loop(engine.in_thread, engine.spawn, engine.sleep), choose_figures=library.figures_for, lang="da"
        )
        rooms._taps = Taps(burst=1e9)
        addresses = Addresses(("127.0.0.1",), 0)
        config = Config(rooms, "a secret of the benchmark", addresses, "da", engine.in_thread, capacity=engine.capacity)
        app, socket = create_app(config, socketio_settings(engine))
        rooms.open_for(live_of(app))

        def ready(port: int) -> None:
            addresses.port = port
            with app.app_context():
                runs = [_prepared(rooms, number, size, given) for number, size in enumerate(given.sizes)]
                walk = _prepared(rooms, len(runs), given.walk, given, together=False)
            told = {"port": port, "ticket": rooms.ticket("laptop"), "runs": runs, "walk": walk}
            print(json.dumps(told | {"capacity": engine.capacity}), flush=True)

        engine.serve(app, socket, "127.0.0.1", 0, ready)
        rooms.stop()


def _prepared(
    rooms: Any, number: int, phones: int, given: argparse.Namespace, *, together: bool = True
) -> dict[str, Any]:
    """A run of the shipped lesson, before the opening of its large block. The rounds ask it one prompt at a time: then
    every vote changes the consultant's count, and its arrival can be seen."""
    from clicker import library
    from clicker.lesson import StepKind, asked_in, choices
    from clicker.room import Opening
    from clicker.web.session import wall_key

    lesson = library.lesson(LESSON)
    blocks = [step for step in lesson.steps if step.kind is StepKind.ASK]
    block = max(blocks, key=lambda step: (given.wall and ON_THE_WALL in step.topics, len(step.topics)))
    place = lesson.steps.index(block)
    steps = tuple(replace(step, together=together) if step is block else step for step in lesson.steps)
    opening = Opening(replace(lesson, steps=steps), school="Prøveskolen", group=f"7.{number}", present=max(2, phones))
    card = rooms.create(opening)
    run = _go_to(rooms, card.id, place)
    prompts = [
        {"prompt": str(asked.address), "choices": choices(replace(run, present=max(2, phones)), asked)}
        for asked in asked_in(run, steps[run.position])
    ]
    return {"id": card.id, "code": card.code, "turn": run.turn, "prompts": prompts, "present": max(2, phones)} | {
        "key": wall_key(card.id)
    }


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
