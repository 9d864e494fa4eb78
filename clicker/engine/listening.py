"""Listening, and being told to stop: what is the same under every engine."""

from __future__ import annotations

import contextlib
import errno
import io
import logging
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any

BACKLOG = 1024  # connections waiting to be accepted: a whole hall scans the QR code at once
FULL_PAUSE = 0.2  # seconds without accepting when there is no room, for files above all
WANTED_FILES = 16_384
NO_LISTENER = (errno.EBADF, errno.EINVAL, errno.ENOTSOCK)
GONE = (errno.ECONNABORTED, errno.ECONNRESET, errno.EPIPE)

log = logging.getLogger("clicker.engine")


class PortTaken(Exception):
    """Another program listens on `port`."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken")
        self.port = port


class AddressGone(Exception):
    """`host` is not an address of this machine (any more)."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not an address of this machine")
        self.host = host


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on `host`; port 0 asks for a free one. Raises PortTaken, AddressGone, OSError."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as error:
        raise AddressGone(host) from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        _own_port(listener)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _listen_error(error, host, port) from error
    return listener


def _own_port(listener: socket.socket) -> None:
    if sys.platform == "win32":
        # There SO_REUSEADDR would let two servers share the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def _listen_error(error: OSError, host: str, port: int) -> Exception:
    if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEACCES", errno.EADDRINUSE)):
        return PortTaken(port)
    if error.errno == errno.EADDRNOTAVAIL:
        return AddressGone(host)
    return error


class GuardedListener:
    """A listening socket whose server survives what `accept` may say: no more files, no memory, a phone that is gone
    before it is let in. Only a socket that is none any more ends it."""

    def __init__(
        self,
        listener: socket.socket,
        sleep: Callable[[float], None],
        came: Callable[[Any, Any], object] = lambda _connection, _address: None,
        tries: int | None = None,
    ) -> None:
        """`came` is told of each connection. `tries` is for a server that survives errors itself, and must have its
        turns to see that it is to stop."""
        self._listener = listener
        self._came = came
        self._sleep = sleep
        self._tries = tries
        self._told = False

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection, after as many pauses of FULL_PAUSE seconds as it takes. Raises OSError."""
        tried = 0
        while True:
            try:
                connection, address = self._listener.accept()
            except OSError as error:
                if error.errno in NO_LISTENER:
                    raise
                self._pass(error)
                tried += 1
                if tried == self._tries:
                    raise
            else:
                self._came(connection, address)
                return connection, address

    def _pass(self, error: OSError) -> None:
        if error.errno in GONE:
            self._sleep(0)
            return
        if not self._told:
            self._told = True
            log.warning("no new connections until others leave: %s", error.strerror)
        self._sleep(FULL_PAUSE)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listener, name)


@contextlib.contextmanager
def stop_signals() -> Iterator[Callable[[], bool]]:
    """Turn the signals that mean "stop" into an answer to poll; the second one acts as it did before."""
    asked: list[int] = []
    before: dict[int, Any] = {}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _frame: object) -> None:
        # It may run inside the loop itself, where nothing may wait: only the flag is set here.
        asked.append(number)
        restore()

    # Only the main thread may do this; whether it is that one, a patched `threading` does not know.
    with contextlib.suppress(ValueError):
        for number in _stop_numbers():
            before[number] = signal.signal(number, note)
    try:
        yield lambda: bool(asked)
    finally:
        restore()


def _stop_numbers() -> list[int]:
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


def file_limit() -> int:
    """Raise the limit of open files as far as allowed, and return it."""
    if sys.platform == "win32":
        return 512  # what its select() can watch
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return WANTED_FILES if soft == resource.RLIM_INFINITY else min(soft, WANTED_FILES)


class Seldom(logging.Filter):
    """At most one line in ten seconds, and nothing of what was sent: a phone that sends nonsense fills no terminal."""

    def __init__(self, pause: float = 10.0) -> None:
        super().__init__()
        self._pause = pause
        self._next = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._pause
        # Not in the words of the record: it may hold what was sent, and a terminal obeys some of that.
        error = record.exc_info[1] if record.exc_info else None
        record.msg, record.args = (
            "%s: what was sent cannot be used%s",
            (record.name, f" ({_where(error)})" if error else ""),
        )
        record.exc_info = record.exc_text = None
        return True


class Plainly:
    """Says on standard error where something failed, at most once in ten seconds, and nothing of what was sent: not
    through the log, for its lock may be another's where the loop itself speaks."""

    def __init__(self, pause: float = 10.0) -> None:
        self._pause = pause
        self._next = 0.0

    def __call__(self, error: BaseException) -> None:
        if isinstance(error, ConnectionError):  # who was to be answered is gone
            return
        now = time.monotonic()
        if now >= self._next:
            self._next = now + self._pause
            sys.stderr.write(f"{_where(error)}\n")


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = " > ".join(f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {where}"


tell_plainly = Plainly()


class WithoutAddresses(io.TextIOBase):
    """Standard error for what goes wrong in a request, less the lines that hold a phone's address."""

    def write(self, text: str) -> int:
        if "client=" not in text:
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        sys.stderr.flush()
