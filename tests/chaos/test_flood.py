"""One seat sends as fast as its computer can, and the class hardly notices."""

from __future__ import annotations

import contextlib
import json
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import websocket
from surviving import Lesson, assert_counts_equal, finish_block
from survivors import Phone, wait_until

from clicker.engine import ENGINES

pytestmark = pytest.mark.chaos

SECONDS = 2.0
SHARE = 0.4  # of its votes in a quiet moment that a class is promised in a flood; machines are shared
GROWTH = 60_000  # kilobytes that the server may have grown by
MANY = 40  # connections of one seat
SOCKET = "/socket.io/?EIO=4&transport=websocket"
KEPT = 6  # seconds after which connections kept open since the joining are given back
CUT_OFF = 15  # seconds that it may take; after 18 the heartbeat would end it anyway
CHUNK = 200  # frames sent together
TEXT, BYTES, PING, MORE = 1, 2, 9, 0


def frame(data: bytes, kind: int = TEXT, *, final: bool = True) -> bytes:
    """A WebSocket frame whose mask changes nothing."""
    size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack("!H", len(data))
    return bytes([(0x80 if final else 0) | kind]) + size + bytes(4) + data


def floods(phone: Phone) -> dict[str, tuple[bytes, bytes]]:
    """By its name, what is sent first and what then without end."""
    prompt = phone.prompts[0]["prompt"]
    auth = json.dumps({"screen": "phone", "code": phone.code, "seat": phone.copy}).encode()
    vote = json.dumps(["vote", {"prompt": prompt, "answer": "000", "id": "again", "seq": 1}]).encode()
    return {
        "votes": (b"", frame(b"42" + vote)),
        "syncs": (b"", frame(b'42["sync"]')),
        "acknowledgements": (b"", frame(b"43999[]")),
        "pongs": (b"", frame(b"3")),
        "pings": (b"", frame(b"x", PING)),
        "other namespaces": (b"", frame(b"40/other,{}")),
        "comings back": (b"", frame(b"41") + frame(b"40" + auth)),
        "words of the library": (b"", frame(b'42["disconnect"]') + frame(b'42["connect",{},{"screen":"consultant"}]')),
        "a message without end": (frame(b"42", final=False), frame(b"x" * 1000, MORE, final=False)),
        "attachments": (frame(b'4599999-["vote"]'), frame(b"x" * 1000, BYTES)),
    }


@contextlib.contextmanager
def flooding(phone: Phone, first: bytes, then: bytes, connections: int = 1) -> Iterator[None]:
    """That phone's seat sends this meanwhile, on connections of its own, again where it is cut off."""
    over = time.monotonic() + SECONDS
    sent: list[int] = []

    def send() -> None:
        while time.monotonic() < over:
            with contextlib.suppress(OSError, websocket.WebSocketException):
                address = phone.address.replace("http", "ws") + SOCKET
                line = websocket.create_connection(address, timeout=SECONDS)
                with contextlib.closing(line):
                    auth = {"screen": "phone", "code": phone.code, "seat": phone.copy}
                    line.send("40" + json.dumps(auth))
                    line.sock.sendall(first)
                    while time.monotonic() < over:
                        line.sock.sendall(then * CHUNK)
                        sent.append(CHUNK)

    senders = [threading.Thread(target=send, daemon=True) for _ in range(connections)]
    for sender in senders:
        sender.start()
    yield
    for sender in senders:
        sender.join(20)
    assert not any(sender.is_alive() for sender in senders)
    assert sent, "there was no flood"


def promised_in(held: Lesson, seconds: float) -> int:
    before = len(held.promised())
    time.sleep(seconds)
    return len(held.promised()) - before


def memory(held: Lesson) -> int:
    assert held.server.process is not None
    status = Path(f"/proc/{held.server.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@pytest.mark.parametrize("server", ENGINES, indirect=True)
def test_a_flood_from_one_seat_leaves_the_class_its_turns_and_the_server_its_memory(held: Lesson) -> None:
    held.open_block()
    with held.voting():
        held.vote_again()
        quiet, before = promised_in(held, SECONDS), memory(held)
        for name, (first, then) in floods(held.phones[0]).items():
            with flooding(held.phones[0], first, then):
                promised = promised_in(held, SECONDS)
            print(f"{name}: {promised} votes, {quiet} when it is quiet; {(memory(held) - before) // 1000} MB more")
            assert promised > SHARE * quiet, name
        assert memory(held) - before < GROWTH
        held.vote_again()
    held.phones[0].reconnect()  # the newest connections of its seat won, and were not its own
    assert_counts_equal(held)
    finish_block(held)


@pytest.mark.parametrize("server", ENGINES, indirect=True)
def test_a_seat_that_opens_many_connections_for_its_flood_gains_nothing_by_it(held: Lesson) -> None:
    held.open_block()
    with held.voting():
        held.vote_again()
        quiet = promised_in(held, SECONDS)
        ways = floods(held.phones[0])
        for name in ("votes", "pings", "comings back", "a message without end"):
            with flooding(held.phones[0], *ways[name], connections=MANY):
                promised = promised_in(held, SECONDS)
            print(f"{name}: {promised} votes, {quiet} when it is quiet")
            assert promised > SHARE * quiet, name
        held.vote_again()
    held.phones[0].reconnect()  # as above
    assert_counts_equal(held)
    finish_block(held)


def files(held: Lesson) -> int:
    """How many the server has open."""
    assert held.server.process is not None
    return len(list(Path(f"/proc/{held.server.process.pid}/fd").iterdir()))


def send_until_cut_off(held: Lesson, sent: bytes) -> None:
    line = websocket.create_connection(held.server.address.replace("http", "ws") + SOCKET)
    with contextlib.closing(line), contextlib.suppress(OSError):
        line.sock.settimeout(None)
        line.sock.sendall(sent)
        while line.sock.recv(10_000):
            pass


@pytest.mark.parametrize("server", ENGINES, indirect=True)
@pytest.mark.parametrize(
    "sent",
    [frame(b"x", PING) * 50_000, frame(b"4" + b"x" * 40_000), frame(b"b=") + frame(b"3") * 500, frame(b"")],
    ids=["relentless", "too long", "no packet", "empty"],
)
def test_a_connection_that_is_cut_off_gives_its_place_back(held: Lesson, sent: bytes) -> None:
    time.sleep(KEPT)
    before = files(held)
    senders = [threading.Thread(target=send_until_cut_off, args=(held, sent)) for _ in range(5)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(CUT_OFF)
    assert not any(sender.is_alive() for sender in senders)
    wait_until(lambda: files(held) <= before, "all places are free again")
    held.open_block()
    with held.voting():
        held.vote_again()
    assert_counts_equal(held)


@pytest.mark.parametrize("server", ENGINES, indirect=True)
def test_a_line_that_watches_nothing_gives_its_place_back(held: Lesson) -> None:
    """Some hundred of them, each with a sign of life now and then, would leave no room for a class."""
    line = websocket.create_connection(held.server.address.replace("http", "ws") + SOCKET, timeout=1)
    began = time.monotonic()
    with contextlib.closing(line), contextlib.suppress(OSError, websocket.WebSocketException):
        while time.monotonic() - began < CUT_OFF:
            line.send("3")
            with contextlib.suppress(websocket.WebSocketTimeoutException):
                line.recv()
    assert time.monotonic() - began < CUT_OFF


@pytest.mark.parametrize("server", ENGINES, indirect=True)
def test_who_asks_and_never_reads_is_told_no_more(held: Lesson) -> None:
    """What is told to it would be kept for it without end."""
    phone = held.phones[0]
    auth = json.dumps({"screen": "phone", "code": phone.code, "seat": phone.copy})
    polling = {"EIO": "4", "transport": "polling"}
    with requests.Session() as browser:
        opened = browser.get(f"{phone.address}/socket.io/", params=polling, timeout=5).text
        polling["sid"] = json.loads(opened[1:])["sid"]

        def say(*packets: str) -> int:
            text = "\x1e".join(packets)
            return browser.post(f"{phone.address}/socket.io/", params=polling, data=text, timeout=5).status_code

        assert say("40" + auth) == 200
        told = 0
        while told < 100 and say('42["sync"]', "3") == 200:
            told += 1
            time.sleep(0.2)
    assert told < 100
    phone.reconnect()
    held.open_block()
    with held.voting():
        held.vote_again()
    assert_counts_equal(held)


def test_a_line_by_which_a_seat_comes_in_again_and_again_is_refused(held: Lesson) -> None:
    phone = held.phones[0]
    auth = json.dumps({"screen": "phone", "code": phone.code, "seat": phone.copy})
    line = websocket.create_connection(held.server.address.replace("http", "ws") + SOCKET, timeout=CUT_OFF)
    answers = []
    with contextlib.closing(line):
        for _ in range(5):
            line.send("40" + auth)
            while (answer := str(line.recv())[:2]) not in ("40", "44"):
                pass
            answers.append(answer)
            line.send("41")
    assert answers == ["40", "40", "40", "44", "44"]
