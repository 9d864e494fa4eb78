"""The sockets that are open: who of them is let in, whom each watches, and how many there can be."""

from __future__ import annotations

import time
from collections import deque
from typing import Any

from flask import Flask
from flask_socketio import ConnectionRefusedError, SocketIO

from clicker.room import OutOfReach, Rooms, hashed
from clicker.room.voting import Taps
from clicker.web.watchers import Watcher, recognise, room_of

CONNECT_BURST = 20  # of one seat
CAME, COMES = "clicker.came", 3  # how often a page may come in by one line
COME_IN = 8.0  # seconds from a connection to its first word
LOOK = 1.0
UNREAD = 20  # messages that may wait to be read before a page is told no more
HANG_UP = "clicker.hang_up"  # what the engine leaves in a request's environ
SEAT_CONNECTIONS = 4  # of one seat, of which the newest is the page in use


class Connections:
    """Those of this process; `sid` names each."""

    def __init__(self, app: Flask, socket: SocketIO, rooms: Rooms, capacity: int) -> None:
        self.capacity = capacity
        self._app = app
        self._server = socket.server
        self._rooms = rooms
        self._watchers: dict[str, Watcher] = {}
        self._coming = Taps(burst=CONNECT_BURST)
        self._strangers: deque[tuple[float, str]] = deque()
        self._watched = False
        opened = self._server.eio.handlers["connect"]

        def expected(eio_sid: str, environ: Any) -> Any:
            answer = opened(eio_sid, environ)
            self._expect(eio_sid)
            return answer

        self._server.eio.on("connect", expected)
        self._spawn, self._sleep = socket.start_background_task, socket.sleep

    def watcher(self, sid: str) -> Watcher | None:
        """Whom this connection was let in as."""
        return self._watchers.get(sid)

    def watchers(self) -> list[Watcher]:
        """All that are in."""
        return list(self._watchers.values())

    def full(self) -> bool:
        """Whether as many are connected as this process can hold."""
        if len(self._watchers) < self.capacity:
            return False
        for sid in [sid for sid in list(self._watchers) if self._server.get_environ(sid) is None]:
            self._watchers.pop(sid, None)  # it went while it was coming in, and nobody was told
        return len(self._watchers) >= self.capacity

    def is_new(self, sid: str, environ: Any) -> bool:
        """Whether it is the library that says so: a client may send the word as an event of its own."""
        return environ is self._server.get_environ(sid) and sid not in self._watchers

    def let_in(self, sid: str, environ: Any, auth: Any) -> Watcher:
        """Whom it may watch from now on. Raises ConnectionRefusedError."""
        # Counted where it lasts as long as the line: a page comes once by each.
        environ[CAME] = environ.get(CAME, 0) + 1
        if environ[CAME] > COMES:
            raise ConnectionRefusedError("refused")
        watcher = self._recognised(environ, auth if isinstance(auth, dict) else {})
        if watcher is None:
            raise ConnectionRefusedError("refused")
        # Who comes back may do so before its old connection is known to be dead. Whoever is refused goes on over plain
        # HTTP, and tries again.
        if watcher.seat and self.full() and watcher not in self.watchers():
            raise ConnectionRefusedError("full")
        if watcher.seat and self._coming.too_fast(watcher.seat):
            raise ConnectionRefusedError("slow")
        self._watchers[sid] = watcher
        if watcher.seat:
            self._win(sid, watcher)
        self._server.enter_room(sid, room_of(watcher.run_id, watcher.screen))
        return watcher

    def check(self, sid: str, environ: Any) -> None:
        """At the end of coming in. Raises ConnectionRefusedError where it went meanwhile, which nobody is told."""
        if self._server.get_environ(sid) is not environ:
            self.drop(sid)
            raise ConnectionRefusedError("gone")

    def drop(self, sid: str) -> None:
        """It is not in after all."""
        self._watchers.pop(sid, None)

    def leave(self, sid: str) -> None:
        """It is gone; also said by the library, and also a word that a client may send."""
        if not self._server.manager.is_connected(sid, "/"):
            self._watchers.pop(sid, None)
            self._coming.forget()
            self._expect(self._server.manager.eio_sid_from_sid(sid, "/"))

    def ends_unread(self, sid: str) -> bool:
        """Whether this connection reads nothing of what it is told; then it is ended."""
        eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        line = self._server.eio.sockets.get(eio_sid)
        if line is None or line.queue.qsize() < UNREAD:
            return False
        self._end(eio_sid)
        return True

    def _expect(self, eio_sid: str | None) -> None:
        """Who watches nothing within COME_IN seconds takes a place for nothing."""
        if eio_sid is None:
            return
        self._strangers.append((time.monotonic() + COME_IN, eio_sid))
        if not self._watched:
            self._watched = True
            self._spawn(self._watch_strangers)

    def _watch_strangers(self) -> None:
        try:
            while self._strangers:
                self._sleep(LOOK)
                while self._strangers and self._strangers[0][0] < time.monotonic():
                    eio_sid = self._strangers.popleft()[1]
                    if self._server.manager.sid_from_eio_sid(eio_sid, "/") is None:
                        self._end(eio_sid)
        finally:
            self._watched = False

    def _end(self, eio_sid: str | None) -> None:
        """At once, for a word of farewell would wait behind all that is not read."""
        environ = self._server.environ.get(eio_sid, {})
        line = self._server.eio.sockets.pop(eio_sid, None)
        if line is not None:
            line.close(wait=False, abort=True)
        environ.get(HANG_UP, lambda: None)()

    def _recognised(self, environ: Any, auth: dict[str, Any]) -> Watcher | None:
        try:
            return recognise(self._app, self._rooms, environ, auth)
        except OutOfReach:  # the terminal has been told; the page tries again
            return None
        except Exception:
            self._app.logger.exception("a connection could not be recognised")
            return None

    def _win(self, sid: str, watcher: Watcher) -> None:
        """The newest connection of a seat wins: the older page is told so, and does not fight. One that stays open may
        be dead; but many would be a flood."""
        own_room = room_of(watcher.run_id, hashed(watcher.seat))
        older = [one for one, _ in self._server.manager.get_participants("/", own_room)]
        for one in older[: max(0, len(older) + 1 - SEAT_CONNECTIONS)]:
            self._watchers.pop(one, None)  # heard no more, even if it is itself just coming in
            self._server.disconnect(one)
        self._server.emit("elsewhere", {}, to=own_room, skip_sid=sid)
        self._server.enter_room(sid, own_room)
