"""No connection takes the turns of the others: whoever sends without a pause is read at a pace, and nothing grows
without bound. The libraries read on as long as there is something to read, and start a task for each message.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

RATE = 200  # frames a second from one connection; a phone sends a few
BURST = 400
AT_ONCE = 0.002  # seconds; frames that follow one another faster let others have their turn between them
LINE = 32  # messages of one connection that may wait to be handled
READ = 512  # bytes read at once, in which a hundred of the smallest frames have room
FRAME = 128  # bytes that count as a frame
LOOK = 0.05  # seconds between two looks at that line

Sleep = Callable[[float], object]


class Meter:
    """How fast one connection is read."""

    __slots__ = ("_before", "_left")

    def __init__(self) -> None:
        self._left = float(BURST)
        self._before = time.monotonic()

    def pause(self, frames: float = 1) -> float | None:
        """Seconds to sleep after so many frames before more is read, perhaps 0, which lets others go first; None where
        they came alone."""
        now = time.monotonic()
        gap, self._before = now - self._before, now
        self._left = min(BURST, self._left + gap * RATE) - frames
        if self._left < 0:
            return -self._left / RATE
        return 0.0 if gap < AT_ONCE else None


def be_fair_on_eventlet(sleep: Sleep) -> None:
    """Read eventlet's WebSockets frame by frame at a pace, bound a message in fragments, and refuse the protocol from
    before the standard, whose frames know no bound."""
    from eventlet import websocket

    recv_frame = websocket.RFC6455WebSocket._recv_frame

    def fair(self: Any, message: Any = None) -> Any:
        if not hasattr(self, "meter"):
            self.meter = Meter()
        pause = self.meter.pause()
        if pause is not None:
            sleep(pause)
        found = recv_frame(self, message)
        if sum(map(len, found.data)) > self.max_frame_length:
            raise websocket.FailedConnectionError(1009, "message too long")
        return found

    def refused(self: Any, environ: Any) -> Any:
        raise websocket.BadRequest

    websocket.RFC6455WebSocket._recv_frame = fair
    websocket.WebSocketWSGI._handle_legacy_request = refused


def be_fair_on_simple_websocket(driver: Any, sleep: Sleep) -> None:
    """The same for simple-websocket under `driver`, Engine.IO's module for gevent or threads."""
    from simple_websocket import ws

    handle_events = ws.Base._handle_events

    def fair(self: Any) -> bool:
        """What one read brought is handled before more is read."""
        if not hasattr(self, "meter"):
            self.meter, self.brought = Meter(), 0
            receive = self.ws.receive_data

            def receive_counted(data: bytes | None) -> None:
                self.brought = len(data or b"")
                receive(data)

            self.ws.receive_data = receive_counted
        going = bool(handle_events(self))
        pause = self.meter.pause(max(1, self.brought / FRAME))
        if pause is not None:
            sleep(pause)
        while going and self.connected and len(self.input_buffer) > LINE:
            sleep(LOOK)
        return going

    websocket: Any = driver._async["websocket"]

    class Fair(websocket):  # type: ignore[misc]
        def __init__(self, handler: Any, server: Any) -> None:
            super().__init__(handler, server)
            self.server_args |= {"max_message_size": int(server.max_http_buffer_size), "receive_bytes": READ}
            self.meter = Meter()

        def wait(self) -> Any:
            pause = self.meter.pause()
            if pause is not None:
                sleep(pause)
            return super().wait()

    ws.Base._handle_events = fair
    driver._async["websocket"] = Fair
