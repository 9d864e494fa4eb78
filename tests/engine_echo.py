"""Programs that test_engine runs, each in a process of its own; a program prints what it found.

Run one as `python -m tests.engine_echo <engine> <program> [port]`.
"""

import gc
import json
import sys
from collections.abc import Callable

from clicker.engine import AddressGone, Engine, EngineMissing, PortTaken, choose, socketio_settings
from clicker.engine.listening import listen
from tests import engine_threads


def serve(engine: Engine, port: int = 0) -> None:
    """An echo server with a slow request, a failing one and a handler that works off the loop."""
    from flask import Flask
    from flask_socketio import SocketIO

    app = Flask(__name__)
    app.logger.disabled = True
    socketio = SocketIO(app, **socketio_settings(engine))
    app.add_url_rule("/", "home", lambda: "echo")
    app.add_url_rule("/fail", "fail", lambda: 1 / 0)

    @app.get("/slow")
    def slow() -> str:
        engine.sleep(30)
        return "late"

    @socketio.on("echo")
    def echo(data: object) -> object:
        return engine.in_thread(lambda: data)

    try:
        engine.serve(app, socketio, "127.0.0.1", port, lambda actual: print(actual, flush=True))
    except PortTaken as taken:
        print("taken", taken.port)
    finally:
        print("finally", flush=True)


def told(engine: Engine) -> object:
    """A server whose caller tells it to stop at the third look: whether it was ready at each of them."""
    from flask import Flask
    from flask_socketio import SocketIO

    app = Flask(__name__)
    socketio = SocketIO(app, **socketio_settings(engine))
    ports: list[int] = []
    looks: list[bool] = []

    def should_stop() -> bool:
        looks.append(bool(ports))
        return len(looks) == 3

    engine.serve(app, socketio, "127.0.0.1", 0, ports.append, should_stop)
    return looks


def raising(engine: Engine) -> object:
    """Background work that fails, and what is heard of it."""
    import logging

    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("clicker.engine").addHandler(handler)
    engine.spawn(int, "no number")
    engine.sleep(0.1)
    return heard


def patience(engine: Engine) -> object:
    """The collector's thresholds."""
    engine.collect()
    return gc.get_threshold()


def files(_engine: Engine) -> object:
    """Whether as many files may be open as are wanted and allowed."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft >= min(hard, 16_384) or hard == resource.RLIM_INFINITY


def again(engine: Engine) -> object:
    """Choosing once more: the same engine, another one, one that does not exist."""
    found: list[object] = [choose(engine.name) is engine]
    for name in ("threading" if engine.name == "eventlet" else "eventlet", "asyncio"):
        try:
            choose(name)
        except (RuntimeError, EngineMissing) as error:
            found.append(type(error).__name__)
    return found


def wrong_mode(engine: Engine) -> object:
    """A SocketIO of another engine than the process."""
    from flask import Flask
    from flask_socketio import SocketIO

    app = Flask(__name__)
    other = SocketIO(app, async_mode="threading" if engine.name != "threading" else "gevent")
    try:
        engine.serve(app, other, "127.0.0.1", 0, lambda _: None)
    except ValueError:
        return "ValueError"
    return None


def no_address(engine: Engine) -> object:
    """Listening on an address that belongs to nobody here."""
    try:
        listen("192.0.2.1", 0)
    except AddressGone as gone:
        return gone.host
    return None


PROBES = (again, patience, files, raising, *engine_threads.PROBES, wrong_mode, no_address, told)


def probes(engine: Engine, _port: int = 0) -> None:
    """Everything that needs no server, in one process: a name and what was found, as JSON, on each line."""
    for probe in PROBES:
        if probe not in (engine_threads.turns, engine_threads.killed) or engine.name == "eventlet":
            print(json.dumps([probe.__name__, probe(engine)]), flush=True)


def full(engine: Engine, port: int = 0) -> None:
    """The echo server with few files to use."""
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    serve(engine, port)


if __name__ == "__main__":
    program: Callable[[Engine, int], None] = globals()[sys.argv[2]]
    program(choose(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
