"""No connection takes the turns of the others: whoever sends without a pause is read at a pace, and nothing grows
without bound. The libraries read on as long as there is something to read, and start a task for each message.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

RATE = 20  # frames a second from one connection; a phone sends a few
BURST = 40
PATIENCE = 5.0  # seconds of pauses after which who still sends too fast is cut off
AT_ONCE = 0.002  # seconds; what is read faster than that after the last lets others have their turn first
LINE = 32  # messages of one connection that may wait to be handled
READ = 512  # bytes that are read at once, or count as a frame
LOOK = 0.05  # seconds between two looks at that line
PACKETS = "0123456"  # how one of Engine.IO's begins; those in base64, which no page sends, are none here

Sleep = Callable[[float], object]


class Meter:
    """How fast one connection is read."""

    __slots__ = ("_before", "_left", "_paused")

    def __init__(self) -> None:
        self._left = float(BURST)
        self._before = time.monotonic()
        self._paused = 0.0

    @property
    def relentless(self) -> bool:
        """Whether the other end has sent on through PATIENCE seconds of pauses."""
        return self._paused > PATIENCE

    def pause(self, frames: float = 1) -> float | None:
        """Seconds to sleep after so many frames before more is read, perhaps 0, which lets others go first; None where
        they came alone."""
        now = time.monotonic()
        gap, self._before = now - self._before, now
        self._left = min(BURST, self._left + gap * RATE) - frames
        if self._left < 0:
            pause = -self._left / RATE
            self._paused += pause
            return pause
        self._paused = 0.0
        return 0.0 if gap < AT_ONCE else None


def be_fair_on_eventlet(sleep: Sleep) -> None:
    """Read eventlet's WebSockets frame by frame at a pace, bound a message in fragments, and refuse the protocol from
    before the standard, whose frames know no bound."""
    from eventlet import websocket

    recv_frame = websocket.RFC6455WebSocket._recv_frame

    def fair(self: Any, message: Any = None) -> Any:
        if not hasattr(self, "meter"):
            self.meter, self.size = Meter(), 0
        pause = self.meter.pause(max(1, self.size / READ))  # of the frame before: to unmask a byte takes its time
        if pause is not None:
            sleep(pause)
        if self.meter.relentless:
            raise websocket.FailedConnectionError(1008, "too fast")
        before = sum(map(len, message.data)) if message else 0
        found = recv_frame(self, message)
        whole = sum(map(len, found.data))
        self.size = whole - before if found is message else whole
        if whole > self.max_frame_length:
            raise websocket.FailedConnectionError(1009, "message too long")
        return found

    def refused(self: Any, environ: Any) -> Any:
        raise websocket.BadRequest

    websocket.RFC6455WebSocket._recv_frame = fair
    websocket.WebSocketWSGI._handle_legacy_request = refused


def be_fair_on_simple_websocket(driver: Any, sleep: Sleep) -> None:
    """The same for simple-websocket under `driver`, Engine.IO's module for gevent or threads: between two reads."""
    from simple_websocket import ws

    handle_events = ws.Base._handle_events
    events = ws.WSConnection.events

    def counted(self: Any) -> Iterator[Any]:
        for event in events(self):
            self.brought = getattr(self, "brought", 0) + 1
            yield event

    def fair(self: Any) -> bool:
        """Whether to read on, once others have had their turns."""
        opening = not hasattr(self, "meter")
        if opening:
            self.meter = Meter()
        self.ws.brought = 0
        if not handle_events(self):
            return _end(self)
        pause = self.meter.pause(max(1, self.ws.brought))
        if pause is not None:
            sleep(pause)
        while self.connected and len(self.input_buffer) > LINE:
            sleep(LOOK)
        if self.meter.relentless:
            return _end(self, socket.SHUT_RDWR)  # or who writes to an end that never reads would wait
        return opening or bool(self.connected)

    ws.WSConnection.events = counted
    ws.Base._handle_events = fair
    driver._async["websocket"] = _bounded(driver._async["websocket"])


def _bounded(websocket: Any) -> Any:
    """Engine.IO's socket with bounds on what it takes for a message."""

    class Bounded(websocket):  # type: ignore[misc]
        def __init__(self, handler: Any, server: Any) -> None:
            super().__init__(handler, server)
            self.server_args |= {"max_message_size": int(server.max_http_buffer_size), "receive_bytes": READ}

        def wait(self) -> Any:
            """The next packet; None, which ends the connection, at what is none: Engine.IO would end without order."""
            packet = super().wait()
            if packet and (isinstance(packet, bytes) or packet[0] in PACKETS):
                return packet
            _end(self.ws)
            return None

    return Bounded


def _end(line: Any, how: int = socket.SHUT_RD) -> bool:
    """Nothing more is read; whoever waits for a message is woken and finds that there will be none."""
    line.connected = False
    line.event.set()
    with contextlib.suppress(OSError):
        line.sock.shutdown(how)  # or the server would read on, for a next request
    return False
