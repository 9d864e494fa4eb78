"""Socket.IO: who watches which run, votes with their acknowledgement, and the news. Truth is in the store only.

The news are two: `view` after a move, whole and with its turn; `count` to wall and consultant, at the pace of `pace`.
Every emit names a room, and nothing is sent per vote but its own acknowledgement.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from flask import Flask
from flask_socketio import ConnectionRefusedError, SocketIO

from clicker.lesson import Run
from clicker.room import (
    ConsultantFacts,
    CountFacts,
    OutOfReach,
    Rooms,
    Slow,
    UnknownCode,
    count_facts,
    facts,
)
from clicker.room.progress import how_far
from clicker.room.snapshot import Snapshot
from clicker.room.voting import Taps
from clicker.web import consultant, phone, wall
from clicker.web.connections import Connections
from clicker.web.pace import Pace
from clicker.web.packets import hear_pages_alone
from clicker.web.watchers import Watcher, room_of

AFTER_ACKS = 0.003  # seconds
SYNC_BURST = 10
VIEW_PATIENCE = 5.0  # seconds
SCREENS = ("phone", "wall", "consultant", "consultant_private")
COUNTING_SCREENS = ("wall", "consultant", "consultant_private")


class Live:
    """The sockets of this process and the pace of their news."""

    def __init__(self, app: Flask, socket: SocketIO, rooms: Rooms, capacity: int) -> None:
        self._app = app
        self._socket = socket
        self._rooms = rooms
        self.connections = Connections(app, socket, rooms, capacity)
        self._order = threading.Lock()
        self._asked = Taps(burst=SYNC_BURST)
        self._answering: set[str] = set()
        self._making: dict[str, threading.Lock] = {}
        self._phone_views: dict[str, tuple[Run, str, dict[str, Any]]] = {}
        self._pending: set[str] = set()
        self._paces: dict[str, Pace] = {}
        self._told: dict[tuple[str, str], tuple[int, CountFacts]] = {}
        self._told_of: dict[str, float] = {}
        # None of these needs anything of Flask, so no request is made up around them.
        socket.server.on("connect", self._connect)
        socket.server.on("disconnect", self._disconnect)
        socket.server.on("sync", self._sync)
        socket.server.on("vote", self._vote)
        hear_pages_alone(socket)

    # -- news -----------------------------------------------------------------------------------------------------

    def moved(self, run_id: str) -> None:
        """After a move: the whole view to every screen of the run. One at a time, so that turns arrive in order."""
        with self._order, self._app.test_request_context():
            try:
                snapshot = self._rooms.snapshot(run_id)
            except UnknownCode:
                for screen in SCREENS:
                    self._socket.emit("gone", {}, to=room_of(run_id, screen))
                self._forget(run_id)
                return
            for screen in SCREENS:
                self._socket.emit("view", self._view(snapshot, screen), to=room_of(run_id, screen))
            for key in [key for key in list(self._told) if key[0] == run_id]:
                self._told.pop(key, None)
        if snapshot.over:
            self._forget(run_id)
        else:
            self._socket.start_background_task(self._tell_count, run_id, at_once=True)

    def _forget(self, run_id: str) -> None:
        """The run is over: nothing more is counted."""
        for kept in (self._phone_views, self._making, self._paces, self._told_of):
            kept.pop(run_id, None)

    def reached(self, well: bool) -> None:
        """Consultants are told at once that nothing can be saved, and when it can again."""
        runs = {one.run_id for one in self.connections.watchers() if one.screen.startswith("consultant")}
        for run_id in runs:
            for screen in ("consultant", "consultant_private"):
                self._socket.emit("stuck", {"stuck": not well}, to=room_of(run_id, screen))

    def counted(self, run_id: str, votes: int = 0) -> None:
        """New votes or phones: the numbers go out at once when it is quiet or complete, coalesced otherwise."""
        if self._pace(run_id).voted(votes, time.monotonic()):
            self._socket.start_background_task(self._tell_count, run_id, at_once=True)
        elif run_id not in self._pending:
            self._pending.add(run_id)
            try:
                self._socket.start_background_task(self._tell_count, run_id)
            except Exception:  # or nobody would be told any more
                self._pending.discard(run_id)
                raise

    def _pace(self, run_id: str) -> Pace:
        return self._paces.setdefault(run_id, Pace())

    def _tell_count(self, run_id: str, at_once: bool = False) -> None:
        pace = self._pace(run_id)
        # Even at once it is not before the acknowledgements that are under way.
        self._socket.sleep(AFTER_ACKS if at_once else max(AFTER_ACKS, pace.wait(time.monotonic())))
        if not at_once:
            self._pending.discard(run_id)
        self._tell_count_now(run_id)

    def _tell_count_now(self, run_id: str) -> None:
        pace, looked = self._pace(run_id), time.monotonic()
        pace.looked(looked)
        watched = {one.screen for one in self.connections.watchers() if one.run_id == run_id}
        if watched.isdisjoint(COUNTING_SCREENS):
            return
        try:
            brief, counts = self._rooms.read(lambda tx: how_far(tx, run_id))
        except (UnknownCode, OutOfReach):
            return
        pace.found(counts.expected - counts.answered, time.monotonic())
        if self._told_of.get(run_id, 0.0) > looked:
            return  # a later look was faster; its numbers are the newer ones
        self._told_of[run_id] = looked
        for screen in COUNTING_SCREENS:
            if self._told_of.get(run_id, 0.0) > looked:
                return
            count = count_facts(brief.run, counts, screen, self._rooms.lang)
            if self._told.get((run_id, screen)) != (brief.run.turn, count):
                self._told[run_id, screen] = (brief.run.turn, count)
                self._socket.emit("count", self._count(screen, brief.run, count), to=room_of(run_id, screen))
                self._socket.sleep(0)  # a vote that came meanwhile goes first

    def _view(self, snapshot: Snapshot, screen: str) -> dict[str, Any]:
        if screen == "phone":
            return phone.view_of(snapshot)
        if screen == "wall":
            return wall.view_of(snapshot)
        seen = facts(snapshot, screen, today=self._rooms.today(), lang=self._rooms.lang)
        assert isinstance(seen, ConsultantFacts)
        return consultant.view_of(seen)

    def _count(self, screen: str, run: Run, count: CountFacts) -> dict[str, Any]:
        # Without the context that Flask makes up for a page: while a class votes, this is most of the work.
        folder = "wall" if screen == "wall" else "consultant"
        template = self._app.jinja_env.get_template(f"{folder}/_count.html")
        return {"turn": run.turn, "html": template.render(count=count)}

    def full(self) -> bool:
        """Whether as many are connected as this process can hold."""
        return self.connections.full()

    # -- connections ----------------------------------------------------------------------------------------------

    def _connect(self, sid: str, environ: Any = None, auth: Any = None, *_rest: Any) -> None:
        if not self.connections.is_new(sid, environ):
            return
        watcher = self.connections.let_in(sid, environ, auth)
        try:
            self._tell_all(sid, watcher)
        except UnknownCode:
            self._socket.emit("gone", {}, to=sid)
        except OutOfReach:
            self.connections.drop(sid)
            raise ConnectionRefusedError("refused") from None  # it tries again
        self.connections.check(sid, environ)

    def _disconnect(self, sid: str, *_reason: Any) -> None:
        self.connections.leave(sid)
        self._asked.forget()

    def _sync(self, sid: str, *_data: Any) -> None:
        """Who wakes or missed something asks for everything."""
        watcher = self.connections.watcher(sid)
        # A flood is not heard, however many connections a seat opens for it.
        if watcher is None or sid in self._answering or self._asked.too_fast(watcher.seat or sid):
            return
        if self.connections.ends_unread(sid):
            return
        self._answering.add(sid)
        try:
            self._tell_all(sid, watcher)
        except UnknownCode:
            self._socket.emit("gone", {}, to=sid)
        except OutOfReach:
            self._socket.server.disconnect(sid)  # it comes again, and is told then
        finally:
            self._answering.discard(sid)

    def _tell_all(self, sid: str, watcher: Watcher) -> None:
        """The view of one screen, to the one who asks. Raises UnknownCode, OutOfReach."""
        if watcher.screen == "phone":
            self._socket.emit("view", self.phone_view(watcher.run_id), to=sid)
            return
        snapshot = self._rooms.snapshot(watcher.run_id)
        with self._app.test_request_context():
            self._socket.emit("view", self._view(snapshot, watcher.screen), to=sid)
        # Not what was just read: a count that was told meanwhile may be newer.
        self._told.pop((watcher.run_id, watcher.screen), None)
        self._tell_count_now(watcher.run_id)

    def phone_view(self, run_id: str) -> dict[str, Any]:
        """The view for phones, rendered once for all of them while the run stands where it stands."""
        brief = self._rooms.read(lambda tx: tx.brief(run_id))
        if brief is None:
            raise UnknownCode
        # One makes it for all, or a whole hall that comes at once would have it made for each of them. Where the one
        # waits for the database, the others are not kept in a line behind it.
        making = self._making.setdefault(run_id, threading.Lock())
        if not making.acquire(timeout=VIEW_PATIENCE):
            raise OutOfReach("the view is not made")
        try:
            known = self._phone_views.get(run_id)
            if known is None or not (known[0].turn > brief.run.turn or known[:2] == (brief.run, brief.status)):
                known = self._phone_views[run_id] = self._made_for_phones(run_id)
            return known[2]
        finally:
            making.release()

    def _made_for_phones(self, run_id: str) -> tuple[Run, str, dict[str, Any]]:
        snapshot = self._rooms.snapshot(run_id)
        with self._app.test_request_context():
            return snapshot.run, snapshot.status, self._view(snapshot, "phone")

    def _vote(self, sid: str, data: Any = None, *_rest: Any) -> dict[str, Any]:
        """One tap. What this returns is the acknowledgement; it is sent after the commit and says nothing else."""
        watcher = self.connections.watcher(sid)
        if watcher is None or watcher.screen != "phone" or not isinstance(data, dict):
            return {"ok": False, "reason": "no_seat"}
        try:
            return phone.cast_vote(self._rooms, watcher.run_id, watcher.seat, data)
        except Slow:
            return {"ok": False, "reason": "slow"}
        except OutOfReach:
            # The writer says it once; a line for each vote would fill what is left of the disk.
            return {"ok": False, "reason": "later"}
        except Exception:
            # A crash would leave the phone without any answer; it keeps the vote and tries again.
            self._app.logger.exception("a vote could not be stored")
            return {"ok": False, "reason": "later"}
