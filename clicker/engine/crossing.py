"""The way from threads of the system to the loop: a thread says what is to be called, the loop calls it."""

from __future__ import annotations

import _thread
import contextlib
import socket
from collections import deque
from collections.abc import Callable

_real_ident = _thread.get_ident
_real_socketpair = socket.socketpair


class Crossing:
    """Built on the loop's own thread, before the engine patches anything."""

    def __init__(self) -> None:
        self.ident = _real_ident()
        self._calls: deque[Callable[[], object]] = deque()
        self._ringing = False
        self._failed: Callable[[], object] = lambda: None
        self._inbox, self._outbox = _real_socketpair()
        self._inbox.setblocking(False)

    def open(self, listen: Callable[[int, Callable[..., None]], object], failed: Callable[[], object]) -> None:
        """Begin to hear what threads say. `listen` has the loop call something whenever a file can be read; `failed` is
        called where a greenlet that was woken lets an error go, and takes it: else the loop would hear no more."""
        self._failed = failed
        listen(self._inbox.fileno(), self._answer)

    def here(self) -> bool:
        """Whether the caller is on the loop's own thread."""
        return _real_ident() == self.ident

    def tell(self, call: Callable[[], object]) -> None:
        """Have the loop call this; by any thread. It may not wait."""
        self._calls.append(call)
        self._ring()

    def _ring(self) -> None:
        # Who comes between these two lines rings once more, which harms nobody.
        if not self._ringing:
            self._ringing = True
            self._outbox.send(b".")

    def _answer(self, *_file: object) -> None:
        with contextlib.suppress(BlockingIOError):
            self._inbox.recv(4096)
        # Before the calls are taken: who adds one from here on rings again.
        self._ringing = False
        while self._calls:
            try:
                self._calls.popleft()()
            except BaseException:
                self._failed()
