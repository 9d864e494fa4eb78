"""Locks that greenlets and real threads may share.

Under eventlet and gevent alike a thread that meets a lock held by another thread (SQLAlchemy's, logging's) may never
wake again: their own locks wake the waiters of one loop, and a thread has none. These rest on a real lock; greenlets
wait for it in a line of their own, and a thread that releases it tells the loop.
"""

from __future__ import annotations

import _thread
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

from clicker.engine.crossing import Crossing
from clicker.engine.listening import tell_plainly

_real_lock = _thread.allocate_lock
_real_ident = _thread.get_ident
_now = time.monotonic


class Turn(Protocol):
    """What one waiting greenlet waits for."""

    def wait(self, timeout: float | None) -> object:
        """Wait until `give` or for `timeout` seconds."""


class Loop:
    """The thread the greenlets run in, how a greenlet waits there, and the way to it from other threads."""

    def __init__(self, crossing: Crossing, new_turn: Callable[[], Turn], give: Callable[[Any], object]) -> None:
        self.crossing = crossing
        self.new_turn = new_turn
        self.give = give
        self.ident = crossing.ident


class SharedLock:
    """A `threading.Lock` on which a greenlet waits without stopping the loop, and a thread without needing one."""

    __slots__ = ("__weakref__", "_lock", "_waiting")
    loop: Loop

    def __init__(self, _value: int = 1) -> None:
        self._lock = _real_lock()
        self._waiting: list[Turn] = []

    def acquire(self, blocking: bool = True, timeout: float | None = -1) -> bool:
        """Take the lock; False when it was not to be had at once, or within `timeout` seconds (-1: no end)."""
        if self._lock.acquire(False):
            return True
        if not blocking:
            return False
        if timeout is None or timeout < 0:
            timeout = -1
        if _real_ident() != self.loop.ident:
            return self._lock.acquire(True, timeout)
        return self._wait(timeout)

    def release(self) -> None:
        """Give the lock back; RuntimeError when nobody holds it."""
        self._lock.release()
        # A waiter that joins the line after this look tries the lock once more itself.
        if self._waiting:
            if _real_ident() == self.loop.ident:
                self.wake()
            else:
                self.loop.crossing.tell(self.wake)

    def locked(self) -> bool:
        """Whether anybody holds it."""
        return self._lock.locked()

    def wake(self) -> None:
        """Let the first greenlet in the line try again; on the loop only."""
        if self._waiting:
            self.loop.give(self._waiting.pop(0))

    def _wait(self, timeout: float) -> bool:
        end = None if timeout < 0 else _now() + timeout
        while True:
            turn = self.loop.new_turn()
            self._waiting.append(turn)
            try:
                if self._lock.acquire(False):
                    return True
                left = None if end is None else end - _now()
                if left is not None and left <= 0:
                    return False
                turn.wait(left)
            except BaseException:
                self._pass_on(turn)
                raise
            finally:
                self._leave(turn)

    def _leave(self, turn: Turn) -> None:
        if turn in self._waiting:
            self._waiting.remove(turn)

    def _pass_on(self, turn: Turn) -> None:
        # Killed after its turn had come: without this the next one would wait for ever.
        if turn not in self._waiting and not self._lock.locked():
            self.wake()

    def _at_fork_reinit(self) -> None:
        self._lock = _real_lock()
        self._waiting.clear()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_error: object) -> None:
        self.release()


def patch_eventlet() -> Crossing:
    """Patch the process for eventlet, with these locks for its own. Raises RuntimeError if it did not take them."""
    import eventlet.event
    import eventlet.green.thread
    import eventlet.hubs
    import eventlet.lock

    SharedLock.loop = Loop(Crossing(), eventlet.event.Event, eventlet.event.Event.send)
    eventlet.lock.Lock = SharedLock
    eventlet.green.thread.Lock = eventlet.green.thread.LockType = SharedLock
    eventlet.monkey_patch()
    _check()
    hub = eventlet.hubs.get_hub()
    SharedLock.loop.crossing.open(lambda file, answer: hub.add(hub.READ, file, answer, _nothing, _nothing), _told)
    return SharedLock.loop.crossing


def patch_gevent() -> Crossing:
    """Patch the process for gevent, then put these locks in the place of its own."""
    import gevent
    import gevent.event
    import gevent.monkey

    SharedLock.loop = Loop(Crossing(), gevent.event.Event, gevent.event.Event.set)
    gevent.monkey.patch_all()
    import logging
    import threading

    for module, name in ((_thread, "allocate_lock"), (threading, "_allocate_lock"), (threading, "Lock")):
        setattr(module, name, SharedLock)
    threading.RLock = threading._PyRLock  # type: ignore[attr-defined]
    logging._lock = threading.RLock()  # type: ignore[attr-defined]
    for handler in filter(None, [logging.lastResort, *logging.root.handlers]):
        handler.createLock()
    _check()
    hub = gevent.get_hub()
    # Its own words hold the request that failed, with the address of a phone, or what a phone sent.
    hub.print_exception = lambda _context, _kind, error, _trace: tell_plainly(error) if error else None
    SharedLock.loop.crossing.open(
        lambda file, answer: hub.loop.io(file, 1).start(answer),
        lambda: hub.handle_error("woken by a thread", *sys.exc_info()),
    )
    return SharedLock.loop.crossing


def _told() -> None:
    error = sys.exc_info()[1]
    if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
        raise
    tell_plainly(error)


def _nothing(*_unused: object) -> None:
    """What an engine calls where a file is taken over by another, which these never are."""


def _check() -> None:
    import threading

    if not isinstance(threading.Lock(), SharedLock) or not isinstance(vars(threading.RLock())["_block"], SharedLock):
        raise RuntimeError("this version of the engine makes its locks in another way")
