"""Who connects: which screen of which run a socket may watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, Request
from flask import session as browser

from clicker.room import Rooms, clean_code
from clicker.web import session


@dataclass(frozen=True)
class Watcher:
    """One connection: which screen of which run, and for a phone its seat."""

    run_id: str
    screen: str
    seat: str = ""


def recognise(app: Flask, rooms: Rooms, environ: Any, auth: dict[str, Any]) -> Watcher | None:
    """Who connects, from what the page was given; None where it may watch nothing. Raises OutOfReach."""
    screen, code = auth.get("screen"), clean_code(str(auth.get("code", "")))
    if screen == "phone":
        copy = auth.get("seat")
        with app.app_context():
            seat = session.seat_in(Request(environ), code, copy if isinstance(copy, str) else None)
        own = rooms.run_of(code, seat) if seat else None
        return Watcher(own, "phone", seat) if own and seat else None
    with app.request_context(environ):
        return _with_a_page(rooms, auth, screen, code)


def _with_a_page(rooms: Rooms, auth: dict[str, Any], screen: Any, code: str) -> Watcher | None:
    if screen == "consultant":
        run_id = str(auth.get("run", ""))
        return Watcher(run_id, session.consultant_screen()) if browser.get("consultant") else None
    run_id = rooms.read(lambda tx: tx.run_id_of(code)) or ""
    opens = screen == "wall" and run_id and session.opens_wall(run_id, str(auth.get("key", "")))
    return Watcher(run_id, "wall") if opens else None


def room_of(run_id: str, screen: str) -> str:
    """The name under which all connections that watch this are told something."""
    return f"{run_id}/{screen}"
