"""A phone whose network lets no WebSocket through: Socket.IO over HTTP long polling, on two connections of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.bench.wire import CONNECT_PATIENCE, joined, request

BETWEEN_PACKETS = "\x1e"


class Line:
    """One HTTP connection, opened again where the server closes it after an answer."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._headers = {"Cookie": cookie} if cookie else {}
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, body: str | None = None) -> str:
        """The body of the answer. Raises ConnectionError where it is not 200."""
        if self._ends is None:
            self._ends = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._ends
        headers = {"Content-Type": "text/plain;charset=UTF-8"} if body is not None else {}
        writer.write(request(self._port, path, body, headers | self._headers))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        size = head.partition("content-length: ")[2].partition("\r\n")[0]
        answer = await (reader.readexactly(int(size)) if size else reader.read())
        if not size or "connection: close" in head or head.startswith("http/1.0"):
            self.close()
        if " 200 " not in head.partition("\r\n")[0]:
            raise ConnectionError(head.partition("\r\n")[0])
        return (joined(answer) if "transfer-encoding: chunked" in head else answer).decode()

    def close(self) -> None:
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None


class PollingPhone:
    """The same to its user as `wire.Phone`."""

    def __init__(self, port: int, cookie: str) -> None:
        self.events: list[tuple[float, str]] = []
        self.lost = False
        self.on_ack: Callable[[int, float, bytes], None] = lambda number, moment, data: None
        self._up, self._down = Line(port, cookie), Line(port, cookie)
        self._path = "/socket.io/?EIO=4&transport=polling"
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting: list[str] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def connect(cls, port: int, auth: Mapping[str, Any], cookie: str = "") -> PollingPhone:
        """Connected and recognised by the server. Raises ConnectionError where it refuses."""
        phone = cls(port, cookie)
        opened = json.loads((await phone._up.ask(phone._path))[1:])
        phone._path += f"&sid={opened['sid']}"
        await phone._up.ask(phone._path, "40" + json.dumps(auth))
        phone._start(phone._listen())
        await asyncio.wait_for(phone._ready, CONNECT_PATIENCE)
        return phone

    def emit(self, number: int, event: str, data: Mapping[str, Any]) -> float:
        """Send an event that wants an acknowledgement; the moment of sending."""
        self._send(f"42{number}{json.dumps([event, data], separators=(',', ':'))}")
        return time.perf_counter()

    def close(self) -> None:
        self.lost = True
        for task in self._tasks:
            task.cancel()
        self._up.close()
        self._down.close()

    def _send(self, packet: str) -> None:
        self._waiting.append(packet)
        if len(self._waiting) == 1:
            self._start(self._deliver())

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while self._waiting:
                await self._up.ask(self._path, self._waiting[0])
                self._waiting.pop(0)

    async def _listen(self) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while not self.lost:
                for packet in (await self._down.ask(self._path)).split(BETWEEN_PACKETS):
                    self._packet(packet)
        self.lost = True

    def _packet(self, packet: str) -> None:
        if packet == "2":
            self._send("3")
        elif packet.startswith("40") and not self._ready.done():
            self._ready.set_result(None)
        elif packet.startswith("44") and not self._ready.done():
            self._ready.set_exception(ConnectionError(packet[2:]))
        elif packet.startswith("43"):
            number, _, data = packet[2:].partition("[")
            self.on_ack(int(number), time.perf_counter(), data.encode())
        elif packet.startswith("42"):
            self.events.append((time.perf_counter(), packet[2:]))
