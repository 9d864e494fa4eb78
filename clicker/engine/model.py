"""What an engine is: the few things the rest of the program needs of it."""

from __future__ import annotations

import contextlib
import gc
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar

from clicker.engine.door import Door, Lines
from clicker.engine.listening import listen, stop_signals

P = ParamSpec("P")
T = TypeVar("T")

STOP_POLL = 0.1  # seconds between two looks at the wish to stop
STOP_GRACE = 1.0  # seconds that requests under way may take after it


class EngineMissing(Exception):
    """The engine is unknown or its package is not installed; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"engine not available: {name}")
        self.name = name


class InThread(Protocol):
    """Run a blocking function off the loop; its result is returned, its error raised here."""

    def __call__(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T: ...


class Spawn(Protocol):
    """Run a function in the background; an error of its own is logged and goes no further."""

    def __call__(self, fn: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> None: ...


@dataclass(frozen=True)
class Serving:
    """A server at work: `running()` says whether it still is, `stop()` ends it within STOP_GRACE seconds."""

    running: Callable[[], bool]
    stop: Callable[[], None]


@dataclass(frozen=True)
class Engine:
    """What the rest of the program needs of the chosen engine.

    `postgres` is the SQLAlchemy scheme whose driver lets other work run; `capacity` is how many connections the
    process can hold before it runs out of files or threads; `sleep` takes seconds.
    """

    name: str
    async_mode: str
    postgres: str
    capacity: int
    in_thread: InThread
    spawn: Spawn
    sleep: Callable[[float], None]
    start: Callable[[Any, socket.socket, Lines], Serving]

    def collect(self) -> None:
        """Free dead sessions. Stops everything for about 0.1 s: call it when no question is open."""
        gc.collect()

    def serve(
        self,
        app: Any,
        socketio: Any,
        host: str,
        port: int,
        on_ready: Callable[[int], None],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Listen, call `on_ready` with the actual port (0 asks for a free one), and serve until told to stop.

        SIGINT, SIGTERM, a closed terminal and `should_stop` end it within two seconds, and it returns as usual so
        that the caller's `finally` runs. Raises PortTaken and AddressGone before anything is served.
        """
        if socketio.async_mode != self.async_mode:
            raise ValueError(f"socketio runs on {socketio.async_mode}, the process on {self.async_mode}")
        lines = Lines()
        with contextlib.closing(listen(host, port)) as listener, stop_signals() as signalled:
            serving = self.start(Door(app, lines), listener, lines)
            try:
                on_ready(listener.getsockname()[1])
                while serving.running() and not signalled() and not should_stop():
                    self.sleep(STOP_POLL)
                    lines.look()
                if not serving.running():
                    raise RuntimeError("the server ended by itself")
            finally:
                serving.stop()
