"""How long a request may take to arrive, and what is no request at all: the same under every engine.

The servers bound the wait for the next byte, so whoever sends one now and then would hold a place for ever.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

ARRIVAL = 10.0  # seconds for a whole request with its body
LOOK = 1.0  # seconds between two looks for those that are late
BODY = 64 * 1024  # bytes of a body that are taken in before the app is asked; a larger one is read by the app
LARGE = 60.0  # seconds for a larger one and its answer
HANG_UP = "clicker.hang_up"  # in a socket's environ: ends its connection, also while nobody reads on the other side
HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,253}")

Line = tuple[str, str]  # the other end's address and port


class Lines:
    """Connections whose request is still arriving, by their other end, and when it must have arrived."""

    def __init__(self) -> None:
        self._late: dict[Line, tuple[float, Any]] = {}
        self._ended: list[Any] = []
        self._next = 0.0

    def came(self, connection: Any, address: Any) -> None:
        """It was accepted."""
        if isinstance(address, tuple):
            self.expect((str(address[0]), str(address[1])), connection)

    def expect(self, line: Line, connection: Any, seconds: float = ARRIVAL) -> None:
        """A request must have arrived on it within so many seconds."""
        self._late[line] = (time.monotonic() + seconds, connection)

    def arrived(self, line: Line) -> Any:
        """The connection, whose request is here; None where it is not known."""
        return self._late.pop(line, (0.0, None))[1]

    def look(self) -> None:
        """End those that are late."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + LOOK
        while self._ended:
            give_back(self._ended.pop())
        for line, (end, connection) in list(self._late.items()):
            if end < now:
                self._late.pop(line, None)
                hang_up(connection)
                self._ended.append(connection)


def hang_up(connection: Any) -> None:
    """Wakes whoever reads from it or writes to it; closed it may be already."""
    with contextlib.suppress(OSError):
        # gevent's own would raise in those who wait for it, where the end of what is sent is all they need.
        getattr(connection, "_sock", connection).shutdown(socket.SHUT_RDWR)


def give_back(connection: Any) -> None:
    """The file of a connection that has ended: eventlet leaves it to the collector where an answer could not be sent,
    and the collector seldom looks at what is old."""
    if type(connection).__module__.startswith("eventlet."):
        file = connection.fd.detach()
        if file >= 0:
            os.close(file)


class Door:
    """The app, for requests that are sound and whole."""

    def __init__(self, app: Any, lines: Lines) -> None:
        self._app = app
        self._lines = lines

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        size = environ.get("CONTENT_LENGTH") or "0"
        if not _sound(size, environ) or (0 < int(size) <= BODY and not _taken_in(int(size), environ)):
            start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return [b""]
        line = (str(environ.get("REMOTE_ADDR")), str(environ.get("REMOTE_PORT")))
        connection = self._lines.arrived(line)
        if connection is None:
            return self._app(environ, start_response)  # type: ignore[no-any-return]
        if "HTTP_UPGRADE" in environ:
            environ[HANG_UP] = lambda: hang_up(connection)
        if int(size) > BODY:
            self._lines.expect(line, connection, LARGE)
        answer: Iterable[bytes] = self._app(environ, start_response)
        if "HTTP_UPGRADE" in environ:
            # A socket is over when the app returns; who only says so has its time for the next request too.
            self._lines.expect(line, connection)
            return answer
        kind = Counted if hasattr(answer, "__len__") else Answer
        return kind(answer, lambda: self._lines.expect(line, connection))  # the next one has its own time


def _sound(size: str, environ: Mapping[str, Any]) -> bool:
    counted = size.isascii() and size.isdigit() and len(size) < 10 and "HTTP_TRANSFER_ENCODING" not in environ
    return bool(counted and HOST.fullmatch(environ.get("HTTP_HOST", "none")))


def _taken_in(size: int, environ: dict[str, Any]) -> bool:
    """Whether the whole body came."""
    try:
        body = environ["wsgi.input"].read(size)
    except OSError:
        return False
    environ["wsgi.input"] = io.BytesIO(body)
    return len(body) == size


class Answer:
    """What the app answers, and what follows once it is sent."""

    def __init__(self, parts: Iterable[bytes], then: Callable[[], object]) -> None:
        self._parts = parts
        self._then = then

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        try:
            getattr(self._parts, "close", lambda: None)()
        finally:
            self._then()


class Counted(Answer):
    """The same where its parts are known; the servers then say how long it is instead of sending it in chunks."""

    def __len__(self) -> int:
        return len(cast("list[bytes]", self._parts))
