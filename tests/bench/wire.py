"""The thinnest possible phone: HTTP requests, and Socket.IO over a WebSocket, written straight onto asyncio.

It knows only what the benchmark needs, so that the load costs far less than the server that is measured.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

MASK = bytes(4)  # a mask of zeros is a mask: the payload may be sent as it is
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
CONNECT_PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back: `size` is every byte on the line, head and body, as transferred."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    body: bytes
    size: int

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


async def ask(port: int, path: str, form: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """One request to loopback on a connection of its own; a POST where there is a form."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(port, path, form, {"Connection": "close"} | dict(headers or {})))
    raw = await reader.read()
    writer.close()
    return _answer(raw)


def request(port: int, path: str, form: str | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes of one request; a form is sent as such unless the headers say otherwise."""
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    given = dict(headers or {})
    if form is not None:
        given = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(form))} | given
    lines += [f"{name}: {value}" for name, value in given.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + (form or "")).encode()


def _answer(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines)]
    cookies = dict(value.split(";")[0].split("=", 1) for name, value in pairs if name == "set-cookie")
    headers = dict(pairs)
    if headers.get("transfer-encoding") == "chunked":
        body = joined(body)
    return Answer(int(status.split()[1]), headers, cookies, body, len(raw))


def joined(chunks: bytes) -> bytes:
    """The body that came in chunks."""
    parts = []
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        parts.append(rest[:length])
        chunks = rest[length + 2 :]
    return b"".join(parts)


def _frame(payload: bytes, opcode: int = TEXT) -> bytes:
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes((0x80 | opcode,)) + length + MASK + payload


class Phone(asyncio.Protocol):
    """One Socket.IO connection. `events` are (moment, name and payload as text); moments are `time.perf_counter`.

    `on_ack` is called with the number of an acknowledgement, its moment, and what it says.
    """

    def __init__(self, auth: Mapping[str, Any], host: str, cookie: str = "") -> None:
        self.events: list[tuple[float, str]] = []
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = False
        self.on_ack: Callable[[int, float, bytes], None] = lambda number, moment, data: None
        self._auth = auth
        self._head = (
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
            f"Sec-WebSocket-Version: 13\r\n{f'Cookie: {cookie}' + chr(13) + chr(10) if cookie else ''}\r\n"
        )
        self._buffer = b""
        self._upgraded = False
        self._line: asyncio.Transport

    @classmethod
    async def connect(cls, port: int, auth: Mapping[str, Any], cookie: str = "") -> Phone:
        """Connected and recognised by the server. Raises ConnectionError where it refuses."""
        phone = cls(auth, f"127.0.0.1:{port}", cookie)
        await asyncio.get_running_loop().create_connection(lambda: phone, "127.0.0.1", port)
        try:
            await asyncio.wait_for(phone.ready, CONNECT_PATIENCE)
        except ConnectionError:
            phone.close()
            raise
        return phone

    def emit(self, number: int, event: str, data: Mapping[str, Any]) -> float:
        """Send an event that wants an acknowledgement; the moment of sending."""
        packed = _frame(f"42{number}{json.dumps([event, data], separators=(',', ':'))}".encode())
        now = time.perf_counter()
        self._line.write(packed)
        return now

    def close(self) -> None:
        self._line.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._line = transport
        transport.write(self._head.encode())

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, found, rest = buffer.partition(b"\r\n\r\n")
            if not found:
                self._buffer = buffer
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self._line.close()
                return
            self._upgraded, buffer = True, rest
        place = 0
        while (after := self._take_frame(buffer, place)) > place:
            place = after
        self._buffer = buffer[place:]

    def _take_frame(self, buffer: bytes, place: int) -> int:
        """Where the frame at that place ends, once it is dealt with; the place itself where it is not all there."""
        if len(buffer) < place + 2:
            return place
        size, start = buffer[place + 1] & 127, place + 2
        if size > 125:
            width = 2 if size == 126 else 8
            size, start = int.from_bytes(buffer[start : start + width], "big"), start + width
        if len(buffer) < start + size:
            return place
        self._frame_in(buffer[place] & 15, buffer[start : start + size])
        return start + size

    def _frame_in(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self._packet(payload)
        elif opcode == PING:
            self._line.write(_frame(payload, PONG))
        elif opcode == CLOSE:
            self._line.close()

    def _packet(self, packet: bytes) -> None:
        kind = packet[:2]
        if kind == b"43":
            number, _, data = packet[2:].partition(b"[")
            self.on_ack(int(number), time.perf_counter(), data)
        elif kind == b"42":
            self.events.append((time.perf_counter(), packet[2:].decode()))
        elif packet == b"2":
            self._line.write(_frame(b"3"))
        elif kind == b"40" and not self.ready.done():
            self.ready.set_result(None)
        elif kind == b"44" and not self.ready.done():
            self.ready.set_exception(ConnectionError(packet[2:].decode()))
        elif packet[:1] == b"0":
            self._line.write(_frame(b"40" + json.dumps(self._auth).encode()))
