"""The only package that knows eventlet, gevent and threads: patching, listening, serving, spawning, sleeping.

`choose` must run before anything else is imported, so the modules of this package import the standard library alone.
After it the queues, events and locks of the standard library let other work run under every engine. What a thread
finds out comes back as the result of `in_thread`: locks may be shared with a thread, queues may not.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from typing import Any

from clicker.engine.kinds import build_eventlet, build_gevent, build_threading
from clicker.engine.listening import AddressGone, PortTaken, Seldom
from clicker.engine.model import Engine, EngineMissing, InThread, Spawn

__all__ = [
    "ENGINES",
    "AddressGone",
    "Engine",
    "EngineMissing",
    "InThread",
    "PortTaken",
    "Spawn",
    "choose",
    "socketio_settings",
]

PING_INTERVAL = 10  # seconds
PING_TIMEOUT = 8  # seconds
MAX_MESSAGE = 32_768  # bytes in one message from a phone

ENGINES: dict[str, Callable[[], Engine]] = {
    "eventlet": build_eventlet,
    "gevent": build_gevent,
    "threading": build_threading,
}
_chosen: dict[str, Engine] = {}


def choose(name: str) -> Engine:
    """Patch the process for "eventlet", "gevent" or "threading" and return its engine; once per process.

    Raises EngineMissing for an unknown or uninstalled engine, RuntimeError when another one was chosen before.
    """
    if name not in ENGINES:
        raise EngineMissing(name)
    if _chosen and name not in _chosen:
        raise RuntimeError(f"the process already runs on {next(iter(_chosen))}")
    if name not in _chosen:
        try:
            _chosen[name] = ENGINES[name]()
        except ModuleNotFoundError as error:
            raise EngineMissing(name) from error
        # The oldest generation is left to `collect`: its pauses of 60-140 ms are the slowest votes of a full hall.
        gc.set_threshold(700, 10, 1_000_000)
        # The loop and the database's thread take turns; at the usual 5 ms a vote would wait longer for its turn than
        # for its commit.
        sys.setswitchinterval(0.0005)
    return _chosen[name]


def socketio_settings(engine: Engine, message_queue: str | None = None) -> dict[str, Any]:
    """Keyword arguments for `SocketIO(app, ...)`; `message_queue` is a Redis address where several processes serve."""
    for name in ("engineio.server", "socketio.server"):
        logger = logging.getLogger(name)
        if not any(isinstance(one, Seldom) for one in logger.filters):
            logger.addFilter(Seldom())
    return {
        "async_mode": engine.async_mode,
        "async_handlers": engine.name != "threading",  # a thread for each message would cost more than the message
        "ping_interval": PING_INTERVAL,
        "ping_timeout": PING_TIMEOUT,
        "max_http_buffer_size": MAX_MESSAGE,
        "cors_allowed_origins": None,
        "http_compression": False,
        "message_queue": message_queue,
    }
