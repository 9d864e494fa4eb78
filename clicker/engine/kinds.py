"""The three engines; each is built after its own patching and imports its library only then."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from clicker.engine import locks
from clicker.engine.door import Lines
from clicker.engine.fairness import be_fair_on_eventlet, be_fair_on_simple_websocket
from clicker.engine.listening import GuardedListener, WithoutAddresses, file_limit
from clicker.engine.model import STOP_GRACE, STOP_POLL, Engine, Serving
from clicker.engine.threads import Threads

P = ParamSpec("P")
T = TypeVar("T")

# Connections beyond the phones, for pages. Who comes when these are taken waits for one of them, and the database
# still finds its files. The engines' own limits (eventlet: 1024) would leave phones hanging without a word.
FOR_PAGES = 64
IDLE_TIMEOUT = 4  # seconds; browsers keep a connection for the next page, which is a place that a phone may need
SOCKET_TIMEOUT = 60  # seconds; must stay above the ping interval or silent phones are cut off
MOST_PHONES = 300  # of a process with threads
MOST_THREADS = 4 * MOST_PHONES + 4 * FOR_PAGES  # each phone takes four
OWN_FILES = 128  # files the program needs beside the phones

log = logging.getLogger("clicker.engine")


def _logged(fn: Callable[P, object]) -> Callable[P, None]:
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            fn(*args, **kwargs)
        except Exception:
            log.exception("background work failed")

    return run


def build_eventlet() -> Engine:
    # Its own resolver costs most of a second at start and knows no local names; the program looks up hardly any.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated", category=Warning)
        import eventlet
    warnings.simplefilter("ignore", eventlet.EventletDeprecationWarning)
    crossing = locks.patch_eventlet()
    import eventlet.hubs
    from eventlet.support.greenlets import getcurrent

    be_fair_on_eventlet(eventlet.sleep)

    def spawn(fn: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> None:
        eventlet.spawn_n(_logged(fn), *args, **kwargs)

    return Engine(
        name="eventlet",
        async_mode="eventlet",
        postgres="postgresql+psycopg2",
        capacity=file_limit() - OWN_FILES,
        in_thread=Threads(crossing, getcurrent, eventlet.hubs.get_hub().switch).run,
        spawn=spawn,
        sleep=eventlet.sleep,
        start=partial(_start_eventlet, file_limit() - OWN_FILES + FOR_PAGES),
    )


def _start_eventlet(most: int, app: Any, listener: socket.socket, lines: Lines) -> Serving:
    import eventlet.wsgi
    from eventlet.support.greenlets import GreenletExit

    class Protocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: what is no HTTP at all would be written down with the address of a phone."""

    server = eventlet.spawn(
        eventlet.wsgi.server,
        GuardedListener(listener, eventlet.sleep, lines.came),
        app,
        environ={"wsgi.errors": WithoutAddresses()},
        protocol=Protocol,
        log_output=False,
        debug=False,  # or a phone is sent the traceback of an error
        max_size=most,
        minimum_chunk_size=1,
        keepalive=IDLE_TIMEOUT,
        socket_timeout=SOCKET_TIMEOUT,
    )

    def stop() -> None:
        server.kill()
        with eventlet.Timeout(STOP_GRACE, False), contextlib.suppress(GreenletExit):
            server.wait()

    return Serving(running=lambda: not server.dead, stop=stop)


def build_gevent() -> Engine:
    import gevent

    crossing = locks.patch_gevent()
    be_fair_on_simple_websocket(import_module("engineio.async_drivers.gevent"), gevent.sleep)

    def spawn(fn: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> None:
        gevent.spawn(_logged(fn), *args, **kwargs)

    return Engine(
        name="gevent",
        async_mode="gevent",
        postgres="postgresql+psycopg",
        capacity=(file_limit() - OWN_FILES) // 2,  # simple-websocket holds a second file for each phone
        in_thread=Threads(crossing, gevent.getcurrent, gevent.get_hub().switch).run,
        spawn=spawn,
        sleep=gevent.sleep,
        start=partial(_start_gevent, (file_limit() - OWN_FILES) // 2 + FOR_PAGES),
    )


def _start_gevent(most: int, app: Any, listener: socket.socket, lines: Lines) -> Serving:
    from gevent import Timeout
    from gevent.pool import Pool
    from gevent.pywsgi import WSGIHandler, WSGIServer

    class Handler(WSGIHandler):  # type: ignore[misc]
        def read_requestline(self) -> str:
            """The next request on a kept connection, or nothing, which closes it."""
            line = ""
            with Timeout(IDLE_TIMEOUT, False):
                line = str(super().read_requestline())
            return line

    class Server(WSGIServer):  # type: ignore[misc]
        def handle(self, connection: Any, address: Any) -> None:
            lines.came(connection, address)
            super().handle(connection, address)

    server = Server(listener, app, log=None, error_log=None, spawn=Pool(most), handler_class=Handler)
    server.start()
    return Serving(running=lambda: server.started, stop=lambda: server.stop(STOP_GRACE))


def build_threading() -> Engine:
    be_fair_on_simple_websocket(import_module("engineio.async_drivers.threading"), time.sleep)

    def in_thread(fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return fn(*args, **kwargs)

    def spawn(fn: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> None:
        threading.Thread(target=_logged(fn), args=args, kwargs=kwargs, daemon=True).start()

    return Engine(
        name="threading",
        async_mode="threading",
        postgres="postgresql+psycopg",
        capacity=min(MOST_PHONES, file_limit() - OWN_FILES),
        in_thread=in_thread,
        spawn=spawn,
        sleep=time.sleep,
        start=_start_threading,
    )


def _start_threading(app: Any, listener: socket.socket, lines: Lines) -> Serving:
    from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

    class Handler(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: Any) -> None:
            """Nothing: a line would hold the address of a phone."""

        def send_header(self, keyword: str, value: str) -> None:
            if keyword.lower() != "server":
                super().send_header(keyword, value)

    class Server(ThreadedWSGIServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            log.exception("request failed")

        def verify_request(self, request: Any, client_address: Any) -> bool:
            """Whether there are threads for one more."""
            return threading.active_count() < MOST_THREADS

    host, port = listener.getsockname()[:2]
    server = Server(host, port, app, Handler, fd=listener.fileno())
    server.socket.close()
    server.socket = GuardedListener(listener, time.sleep, lines.came, tries=1)  # type: ignore[assignment]
    thread = threading.Thread(target=server.serve_forever, args=(STOP_POLL,), daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join(STOP_GRACE)

    return Serving(running=thread.is_alive, stop=stop)
