"""A server that can be killed, and phones that vote without pause and remember what they were promised."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import socketio

import requests

ACK_SECONDS = 2
START_SECONDS = 60
CLICKER = (sys.executable, "-m", "clicker")
NOT_NOW = (socketio.exceptions.SocketIOError, OSError)


def wait_until(true: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Wait for it; an AssertionError that says what was waited for."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`clicker run` on one loopback port and one folder, started as often as it dies."""

    def __init__(
        self, folder: Path, program: Sequence[str], files: int | None = None, engine: str = "eventlet"
    ) -> None:
        self.folder = folder
        self._engine = engine
        self._program = program
        self._files = files
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start it and wait until it serves; the consultant's one-time link."""
        announce = self.folder / "links.json"
        announce.unlink(missing_ok=True)
        command = [*self._program, "run", "--data", str(self.folder), "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--no-browser", "--announce", str(announce), "--lang", "en"]
        command += ["--engine", self._engine]
        if self._files is not None:
            command = ["prlimit", f"--nofile={self._files}", *command]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(announce.exists, "the server starts", START_SECONDS)
        return str(json.loads(announce.read_text())["consultant"])

    def end(self, how: signal.Signals) -> int:
        """Send the signal and wait for the end; the exit status."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(20)

    def query(self, text: str) -> list[tuple[Any, ...]]:
        """What lies in the database, read through a connection of one's own."""
        with sqlite3.connect(self.folder / "clicker.db", timeout=10) as connection:
            rows = connection.execute(text).fetchall()
        connection.close()
        return rows


@contextmanager
def server_in(
    folder: Path, program: Sequence[str] = CLICKER, files: int | None = None, engine: str = "eventlet"
) -> Iterator[Server]:
    """A server with its data in that folder; `files` is how many it may have open."""
    server = Server(folder, program, files, engine)
    try:
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.process.send_signal(signal.SIGCONT)
            server.end(signal.SIGKILL)


@dataclass
class Phone:
    """One pupil who changes the mind again and again. `promised` are the votes acknowledged as saved:
    vote id -> (prompt, token, sequence number)."""

    number: int
    address: str
    code: str
    promised: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    prompts: list[dict[str, Any]] = field(default_factory=list)
    sent: int = 0
    views: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def join(self) -> None:
        self.session = requests.Session()
        self.session.headers["Accept"] = "application/json"
        answer = self.session.post(f"{self.address}/{self.code}/join", timeout=30)
        answer.raise_for_status()
        self.copy = answer.json()["seat"]
        self.client = socketio.Client(
            reconnection_delay=0.1, reconnection_delay_max=0.5, http_session=self.session, handle_sigint=False
        )
        self.client.on("view", self._look)
        self._connect()

    def _connect(self) -> None:
        auth = {"screen": "phone", "code": self.code, "seat": self.copy}
        self.client.connect(self.address, auth=auth, transports=["websocket"], wait_timeout=30)

    def reconnect(self) -> None:
        """Hang up and come in again, as a phone does that is locked and looked at again."""
        self.client.disconnect()
        self._connect()

    def _look(self, view: dict[str, Any]) -> None:
        self.views += 1
        self.prompts = view.get("prompts", [])
        if view.get("over"):
            self.over.set()

    def vote(self, prompt: str, token: str, until: threading.Event) -> None:
        """Send one tap, the same every time, until it is acknowledged or the time is up."""
        self.sent += 1
        tap = {"prompt": prompt, "answer": token, "id": f"{self.number}-{self.sent}", "seq": self.sent}
        while not until.is_set():
            try:
                ack = self.client.call("vote", tap, timeout=ACK_SECONDS)
            except NOT_NOW:
                time.sleep(0.05)
                continue
            if ack["ok"]:
                self.promised[tap["id"]] = (prompt, token, self.sent)
                return
            if ack["reason"] not in ("slow", "later"):
                self.trouble.append(f"{self.number}: {prompt} {ack['reason']}")
                return
            time.sleep(0.3)

    def keep_voting(self, until: threading.Event) -> None:
        """Tap on the open questions in turn, about four times a second."""
        while not until.is_set():
            open_now = self.prompts
            if open_now:
                prompt = open_now[self.sent % len(open_now)]
                choices = prompt["choices"]
                self.vote(prompt["prompt"], choices[(self.sent + self.number) % len(choices)], until)
            time.sleep(0.2)

    def tear(self) -> None:
        """The connection is gone without a word, as where a Wi-Fi ends; the phone comes back by itself."""
        with contextlib.suppress(OSError, AttributeError):  # it may be on its way back from the last time
            self.client.eio.ws.sock.shutdown(socket.SHUT_RDWR)

    def leave(self, torn: bool = False) -> None:
        """Go for good; torn: without saying goodbye."""
        line = self.client.eio.ws
        if torn:
            self.client.reconnection = False
            self.tear()
        self.client.disconnect()
        if torn and line is not None:
            line.shutdown()  # the library leaves it to the collector
        self.session.close()
