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
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MASK = bytes(4)  # a mask of zeros is a mask: the payload may be sent as it is
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


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
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
    writer.write(("\r\n".join(lines) + "\r\n\r\n" + (form or "")).encode())
    raw = await reader.read()
    writer.close()
    return _answer(raw)


def _answer(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines)]
    cookies = dict(value.split(";")[0].split("=", 1) for name, value in pairs if name == "set-cookie")
    headers = dict(pairs)
    if headers.get("transfer-encoding") == "chunked":
        body = _joined(body)
    return Answer(int(status.split()[1]), headers, cookies, body, len(raw))


def _joined(chunks: bytes) -> bytes:
    parts = []
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        parts.append(rest[:length])
        chunks = rest[length + 2 :]
    return b"".join(parts)


def _frame(text: str, opcode: int = TEXT) -> bytes:
    payload = text.encode()
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes((0x80 | opcode,)) + length + MASK + payload


class Phone(asyncio.Protocol):
    """One Socket.IO connection. `events` are (moment, name and payload as text); moments are `time.perf_counter`."""

    def __init__(self, auth: dict[str, Any], host: str, cookie: str = "") -> None:
        self.events: list[tuple[float, str]] = []
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.acknowledged: dict[int, tuple[float, str]] = {}
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
    async def connect(cls, port: int, auth: dict[str, Any], cookie: str = "") -> Phone:
        """Connected and recognised by the server. Raises ConnectionError where it refuses."""
        phone = cls(auth, f"127.0.0.1:{port}", cookie)
        await asyncio.get_running_loop().create_connection(lambda: phone, "127.0.0.1", port)
        await asyncio.wait_for(phone.ready, 30)
        return phone

    def emit(self, number: int, event: str, data: dict[str, Any]) -> float:
        """Send an event that wants an acknowledgement; the moment of sending."""
        packed = _frame(f"42{number}{json.dumps([event, data], separators=(',', ':'))}")
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
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self._line.close()
                return
            self._upgraded, self._buffer = True, rest
        while self._take_frame():
            pass

    def _take_frame(self) -> bool:
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        size, start = buffer[1] & 127, 2
        if size > 125:
            width = 2 if size == 126 else 8
            size, start = int.from_bytes(buffer[2 : 2 + width], "big"), 2 + width
        if len(buffer) < start + size or len(buffer) < start:
            return False
        self._buffer = buffer[start + size :]
        self._frame_in(buffer[0] & 15, buffer[start : start + size])
        return True

    def _frame_in(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self._line.write(_frame(payload.decode(), PONG))
        elif opcode == CLOSE:
            self._line.close()
        elif opcode == TEXT:
            self._packet(payload.decode())

    def _packet(self, text: str) -> None:
        now = time.perf_counter()
        if text == "2":
            self._line.write(_frame("3"))
        elif text.startswith("0"):
            self._line.write(_frame("40" + json.dumps(self._auth)))
        elif text.startswith("40"):
            if not self.ready.done():
                self.ready.set_result(None)
        elif text.startswith("44"):
            if not self.ready.done():
                self.ready.set_exception(ConnectionError(text[2:]))
        elif text.startswith("43"):
            number, _, data = text[2:].partition("[")
            self.acknowledged[int(number)] = (now, data)
        elif text.startswith("42"):
            self.events.append((now, text[2:]))
