"""`clicker run` and `clicker demo`: open the database, wire the app, say where everything is, and serve."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import secrets
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clicker import library
from clicker.cli.folder import Unusable, alone, data_folder, opened
from clicker.cli.machine import own_addresses, print_qr, time_passed
from clicker.engine import AddressGone, Engine, PortTaken, socketio_settings
from clicker.room import Loop, Opening, Rooms, RunCard, TooSoon
from clicker.room.rooms import utc_now
from clicker.store import Store
from clicker.web import Config, create_app, live_of
from clicker.web.addresses import Addresses
from clicker.web.session import wall_key
from clicker.words import catalogue

DEMO_LESSON = "klasse-7"


@dataclass(frozen=True)
class Links:
    """Where the consultant, the wall and the phones go."""

    consultant: str
    wall: str
    join: str
    port: int


def serve(engine: Engine, given: argparse.Namespace) -> int:
    """Serve until stopped; the exit status. What stands in the way is said in one sentence."""
    try:
        return _serve(engine, given)
    except Unusable as reason:
        return _say(str(reason))


def _serve(engine: Engine, given: argparse.Namespace) -> int:
    demo = given.command == "demo"
    _ = catalogue(given.lang).gettext
    os.umask(0o077)  # the database holds the key that signs links, and answers while a lesson runs
    with contextlib.ExitStack() as after:
        folder = after.enter_context(data_folder(given))
        after.enter_context(alone(folder, given.lang))
        store = after.enter_context(opened(folder, given.lang))
        loop = Loop(engine.in_thread, engine.spawn, engine.sleep, engine.collect)
        rooms = Rooms(
            store,
            loop,
            choose_figures=library.figures_for,
            lang=given.lang,
            clock=_clock(given.today),
            passed=time_passed,
        )
        host = given.host or "0.0.0.0"  # noqa: S104 - phones come in over the network; that is the purpose
        addresses = Addresses(own_addresses(host), given.port)
        config = Config(
            rooms, _secret(store), addresses, given.lang, engine.in_thread, _time_of_sessions(), engine.capacity
        )
        app, socket = create_app(config, socketio_settings(engine))
        # Finishing what was forgotten comes before the first page is served.
        rooms.open_for(live_of(app))
        after.callback(rooms.stop)

        def ready(port: int) -> None:
            addresses.port = port
            links = _links(app, rooms, addresses, demo=demo, bound=given.host is not None)
            _announce(links, given)
            if demo:
                after.callback(_start_class(links, given).terminate)

        try:
            engine.serve(app, socket, host, given.port, ready)
        except PortTaken as taken:
            return _say(_("Port {port} is taken. Try --port {other}.").format(port=taken.port, other=taken.port + 1))
        except AddressGone:
            return _say(_("This computer does not have the address {host}.").format(host=given.host))
    return 0


def _say(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


def _secret(store: Store) -> str:
    """What signs links and cookies: made once per database, so that a restart changes nothing for anybody."""
    kept = store.read(lambda tx: tx.setting("secret"))
    if kept is None:
        made = secrets.token_hex(32)
        store.write(lambda tx: tx.keep_setting("secret", made))
        return made
    return kept


def _clock(day: str | None) -> Any:
    """The clock; with a fixed day for tests, the time of day still runs."""
    if day is None:
        return utc_now
    fixed = datetime.fromisoformat(day).date()
    return lambda: datetime.combine(fixed, utc_now().time())


def _time_of_sessions() -> Callable[[], float]:
    """Seconds as the clock shows them at the start, and from then on those that pass."""
    at_start = time.time() - time_passed()
    return lambda: at_start + time_passed()


def _links(app: Any, rooms: Rooms, addresses: Addresses, *, demo: bool, bound: bool) -> Links:
    local = addresses.base if bound else f"http://localhost:{addresses.port}"
    with app.app_context():
        if not demo:
            return Links(_entrance(rooms, local), f"{local}/wall?key={wall_key('*')}", addresses.base, addresses.port)
        card = _demo_run(rooms)
        wall = f"{local}/{card.code}/wall?key={wall_key(card.id)}"
        consultant = _entrance(rooms, local) + f"?next=/consultant/run/{card.id}"
        return Links(consultant, wall, f"{addresses.base}/{card.code}", addresses.port)


def _demo_run(rooms: Rooms) -> RunCard:
    """A run of the demo lesson; in a kept folder the next class, for the last one has just answered (P5)."""
    for group in _demo_groups():
        try:
            return rooms.create(Opening(library.lesson(DEMO_LESSON), school="Demo", group=group))
        except TooSoon:
            continue
    raise AssertionError("there is always another class")


def _demo_groups() -> Iterator[str]:
    """7.B, 7.B 2, 7.B 3 and so on."""
    yield "7.B"
    yield from (f"7.B {number}" for number in itertools.count(2))


def _entrance(rooms: Rooms, local: str) -> str:
    return f"{local}/consultant/enter/{rooms.ticket('laptop')}"


def _announce(links: Links, given: argparse.Namespace) -> None:
    _ = catalogue(given.lang).gettext
    if given.announce:
        unfinished = given.announce.with_suffix(".part")
        unfinished.write_text(json.dumps(links.__dict__))
        unfinished.replace(given.announce)
    names = (_("Consultant (this link works once)"), _("Wall"), _("Phones"))
    width = max(map(len, names))
    addresses = (links.consultant, links.wall, links.join)
    lines = ["", *(f"  {name:<{width}}  {address}" for name, address in zip(names, addresses, strict=True)), ""]
    sys.stdout.write("\n".join(lines) + "\n")
    print_qr(links.join)
    sys.stdout.write(_("Stop with Ctrl+C.") + "\n")
    sys.stdout.flush()
    if not given.no_browser and not os.environ.get("CI"):
        threading.Thread(target=_open_browser, args=(links,), daemon=True).start()


def _open_browser(links: Links) -> None:
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(links.consultant)


def _start_class(links: Links, given: argparse.Namespace) -> subprocess.Popen[bytes]:
    """The simulated class is a process of its own and comes in over the network like any phone."""
    code = links.join.rsplit("/", 1)[1]
    address = links.consultant.split("/consultant/", 1)[0]
    command = [sys.executable, "-m", "clicker.cli.pupils", address, code, "--seats", str(given.seats)]
    command += ["--scenario", given.scenario] if given.scenario else []
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own module
