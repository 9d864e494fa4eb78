"""The three engines, each in a process of its own with warnings as errors."""

import contextlib
import errno
import json
import logging
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio

from clicker.engine.door import ARRIVAL
from clicker.engine.listening import GuardedListener, Plainly, Seldom, file_limit

NAMES = ("eventlet", "gevent", "threading")
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Server:
    """A running echo server."""

    process: subprocess.Popen[str]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self, number: int = signal.SIGTERM) -> tuple[float, str, str]:
        """Seconds it took to end, and what it had still to say on stdout and stderr."""
        started = time.perf_counter()
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=15)
        return time.perf_counter() - started, out, err


def run(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", *words]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@contextlib.contextmanager
def serving(*words: str) -> Iterator[Server]:
    with run(*words) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline().strip()
            assert first.isdigit(), first + process.communicate(timeout=15)[1]
            yield Server(process, int(first))
        finally:
            if process.poll() is None:
                process.kill()


@contextlib.contextmanager
def client(url: str, transport: str = "websocket") -> Iterator[socketio.Client]:
    with requests.Session() as session:
        phone = socketio.Client(handle_sigint=False, reconnection=False, http_session=session)
        phone.connect(url, transports=[transport])
        websocket = phone.eio.ws
        try:
            yield phone
        finally:
            if websocket is not None and websocket.sock is not None:
                # The library would wait three seconds for an answer that its other thread has read.
                with contextlib.suppress(OSError):
                    websocket.sock.shutdown(socket.SHUT_RDWR)
            phone.disconnect()
            if websocket is not None:
                websocket.shutdown()


@pytest.fixture(scope="module", params=NAMES)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving("tests.engine_echo", request.param, "serve") as server:
        yield server
        _, _, err = server.stop()
        # A phone that leaves in the middle of a poll is worth a line to the library, and nothing more. What eventlet
        # refuses by itself it leaves to Python to close.
        known = ("engineio.server: ", "unclosed <socket.socket [closed]", "ignored in: <socket.socket [closed]")
        assert [line for line in err.splitlines() if not any(word in line for word in known)] == []


@pytest.fixture(scope="module", params=NAMES)
def found(request: pytest.FixtureRequest) -> dict[str, Any]:
    with run("tests.engine_echo", request.param, "probes") as process:
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
    assert err == ""
    return dict(json.loads(line) for line in out.splitlines())


def test_a_page_is_answered(server: Server) -> None:
    with urllib.request.urlopen(server.url, timeout=5) as answer:
        assert answer.read() == b"echo"


def test_an_answer_does_not_name_the_server_and_its_version(server: Server) -> None:
    with urllib.request.urlopen(server.url, timeout=5) as answer:
        assert "Server" not in answer.headers


def test_a_kept_connection_gives_its_place_back_after_some_seconds(server: Server) -> None:
    """Or the pages that a school has looked at would take the places of its phones."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=12) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        answered = time.perf_counter()
        heard = b""
        while more := line.recv(4096):
            heard += more
        assert heard.endswith(b"echo") or heard.endswith(b"echo\r\n0\r\n\r\n")
        assert time.perf_counter() - answered < 8


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_http_leaves_no_address_in_the_log(name: str) -> None:
    """A phone whose browser tries https first sends such a thing."""
    with serving("tests.engine_echo", name, "serve") as server:
        for nonsense in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", server.port), 5) as phone:
                phone.sendall(nonsense)
                phone.settimeout(2)
                with contextlib.suppress(OSError):
                    phone.recv(1000)
        _, out, err = server.stop()
    assert "127.0.0.1" not in out + err


def test_a_failing_page_sends_no_traceback(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as failed:
        urllib.request.urlopen(f"{server.url}/fail", timeout=5)
    with failed.value as error:
        assert error.code == 500
        assert b"ZeroDivisionError" not in error.read()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_message_is_echoed_with_an_acknowledgement(server: Server, transport: str) -> None:
    with client(server.url, transport) as phone:
        assert phone.transport() == transport
        assert phone.call("echo", {"n": 7}, timeout=5) == {"n": 7}


def test_sixty_phones_connect_and_are_echoed(server: Server) -> None:
    with contextlib.ExitStack() as phones, ThreadPoolExecutor(12) as pool:
        every = list(pool.map(lambda _: phones.enter_context(client(server.url)), range(60)))
        assert list(pool.map(lambda n: every[n].call("echo", n, timeout=10), range(60))) == list(range(60))


def test_a_message_above_the_limit_is_not_echoed(server: Server) -> None:
    with client(server.url) as phone, pytest.raises(socketio.exceptions.SocketIOError):
        phone.call("echo", "x" * 40_000, timeout=0.5)


def test_a_second_server_on_the_port_is_told_that_it_is_taken(server: Server) -> None:
    with run("tests.engine_echo", "threading", "serve", str(server.port)) as second:
        out, err = second.communicate(timeout=15)
    assert out.split("\n")[:2] == [f"taken {server.port}", "finally"]
    assert err == ""


@pytest.mark.parametrize(("name", "number"), [*((name, signal.SIGTERM) for name in NAMES), ("eventlet", signal.SIGINT)])
def test_a_signal_ends_serving_within_two_seconds_and_runs_what_must_follow(name: str, number: int) -> None:
    with serving("tests.engine_echo", name, "serve") as server, ThreadPoolExecutor(1) as pool:
        pool.submit(urllib.request.urlopen, f"{server.url}/slow", timeout=20)
        with client(server.url) as phone:
            assert phone.call("echo", 1, timeout=5) == 1
            took, out, err = server.stop(number)
        assert (out, err, server.process.returncode) == ("finally\n", "", 0)
        assert took < 2


@contextlib.contextmanager
def crowded(name: str) -> Iterator[tuple[Server, contextlib.ExitStack]]:
    """A server with few files, and more connections than it has files for."""
    with serving("tests.engine_echo", name, "full") as server, contextlib.ExitStack() as crowd:
        for _ in range(60):
            crowd.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        time.sleep(0.5)
        assert server.process.poll() is None
        yield server, crowd


@pytest.mark.parametrize("name", NAMES)
def test_more_connections_than_files_end_no_server(name: str) -> None:
    with crowded(name) as (server, crowd):
        crowd.close()
        with urllib.request.urlopen(server.url, timeout=5) as answer:
            assert answer.read() == b"echo"


@pytest.mark.parametrize("name", NAMES)
def test_a_server_out_of_files_can_still_be_stopped(name: str) -> None:
    with crowded(name) as (server, _crowd):
        took, out, _ = server.stop()
    assert (out, server.process.returncode) == ("finally\n", 0)
    assert took < 5


@pytest.mark.parametrize(
    "start",
    [
        b"GET /ech",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nX-a: ",
    ],
    ids=["first line", "headers", "body", "a second request"],
)
def test_a_request_that_arrives_byte_by_byte_gives_its_place_back(server: Server, start: bytes) -> None:
    """Some hundred of them would keep everybody else out."""
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", server.port), timeout=2) as line:
        line.sendall(start)
        with contextlib.suppress(ConnectionError):
            while time.perf_counter() - began < ARRIVAL + 10:
                line.sendall(b"x")
                line.settimeout(1)
                with contextlib.suppress(TimeoutError):
                    while line.recv(4096):
                        pass
                    break
    assert time.perf_counter() - began < ARRIVAL + 5


@pytest.mark.parametrize(
    "header",
    ["Content-Length: -1", "Content-Length: 1e3", "Transfer-Encoding: chunked", f"Host: {'x' * 300}", "Host: a/b"],
)
def test_what_is_no_sound_request_is_refused(server: Server, header: str) -> None:
    host = "" if header.startswith("Host") else "Host: x\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall(f"POST / HTTP/1.1\r\n{host}{header}\r\nConnection: close\r\n\r\n0\r\n\r\n".encode())
        assert b" 400 " in line.recv(4096).split(b"\r\n")[0]


def test_an_answer_by_polling_says_where_it_ends(server: Server) -> None:
    """By its length, or by the end of the connection."""
    with requests.get(f"{server.url}/socket.io/?EIO=4&transport=polling", timeout=5) as answer:
        length, connection = answer.headers.get("Content-Length"), answer.headers.get("Connection")
        assert length == str(len(answer.content)) or connection == "close"


def test_a_sound_body_is_taken_in_whole(server: Server) -> None:
    with client(server.url, "polling") as phone:
        assert phone.call("echo", "x" * 20_000, timeout=5) == "x" * 20_000


class Door:
    """A listening socket where something goes wrong first."""

    def __init__(self, *wrong: int) -> None:
        self.wrong = list(wrong)

    def accept(self) -> tuple[str, str]:
        if self.wrong:
            raise OSError(self.wrong.pop(0), "wrong")
        return "a phone", "its address"


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENOBUFS, errno.ENOMEM, errno.ECONNABORTED, errno.ECONNRESET])
def test_what_passes_at_the_door_is_waited_for(number: int) -> None:
    pauses: list[float] = []
    door = GuardedListener(Door(number, number), pauses.append)  # type: ignore[arg-type]
    assert door.accept() == ("a phone", "its address")
    assert len(pauses) == 2


def test_a_door_that_is_none_any_more_is_told() -> None:
    with pytest.raises(OSError, match="wrong"):
        GuardedListener(Door(errno.EBADF), time.sleep).accept()  # type: ignore[arg-type]


def test_the_bare_echo_server_of_the_benchmarks_echoes() -> None:
    with serving("tests.bench.echo_server", "eventlet") as server:
        with client(server.url) as phone:
            assert phone.call("echo", "vote", timeout=5) == "vote"
        assert server.stop()[2] == ""


def test_an_engine_is_chosen_once(found: dict[str, Any]) -> None:
    assert found["again"] == [True, "RuntimeError", "EngineMissing"]


def test_the_oldest_generation_is_collected_only_when_asked(found: dict[str, Any]) -> None:
    assert found["patience"] == [700, 10, 1_000_000]


def test_the_file_limit_is_raised(found: dict[str, Any]) -> None:
    assert found["files"] is True


def test_an_error_off_the_loop_is_raised_to_its_caller(found: dict[str, Any]) -> None:
    assert found["failing"] == "ValueError"


def test_an_error_in_the_background_is_logged(found: dict[str, Any]) -> None:
    assert found["raising"] == ["background work failed"]


def test_queues_and_events_of_the_standard_library_let_others_work(found: dict[str, Any]) -> None:
    assert found["green"] == ["queue", "simple", True]


def test_an_event_set_by_a_thread_wakes_those_who_wait_on_the_loop(found: dict[str, Any]) -> None:
    assert found["crossing"] == [True] * 5


def test_a_lock_shared_by_threads_and_the_loop_is_held_by_one_at_a_time(found: dict[str, Any]) -> None:
    assert found["locks"] == 1200


def test_the_turn_of_a_killed_waiter_goes_to_the_next(found: dict[str, Any]) -> None:
    assert found.get("turns", [False, True]) == [False, True]


def test_a_blocking_call_off_the_loop_does_not_stop_the_rest(found: dict[str, Any]) -> None:
    assert found["ticker"] < 250


def test_three_hundred_transactions_at_once_on_a_cold_database_lose_nothing(found: dict[str, Any]) -> None:
    assert found["database"] == [300, 300]


def test_threads_share_a_pool_of_connections(found: dict[str, Any]) -> None:
    assert found["pooled"] is True


def test_a_caller_may_end_serving(found: dict[str, Any]) -> None:
    assert found["told"] == [True, True, True]


def test_off_the_loop_is_off_the_loop_already(found: dict[str, Any]) -> None:
    assert found["nested"] == 3


def test_an_error_that_nobody_caught_does_not_deafen_the_loop(found: dict[str, Any]) -> None:
    assert found["careless"] == 3


def test_a_waiter_that_is_killed_leaves_its_thread_to_others(found: dict[str, Any]) -> None:
    assert found.get("killed", [[], 20]) == [[], 20]


def test_a_socketio_of_another_engine_is_refused(found: dict[str, Any]) -> None:
    assert found["wrong_mode"] == "ValueError"


def test_an_address_of_another_machine_is_refused(found: dict[str, Any]) -> None:
    assert found["no_address"] == "192.0.2.1"


def test_a_limit_of_files_that_cannot_be_raised_is_the_one_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (400, 400))
    assert file_limit() == 400


def test_nothing_of_what_was_sent_reaches_the_terminal() -> None:
    """Which would obey some of it."""
    record = logging.LogRecord("engineio.server", logging.ERROR, "", 0, "Invalid session \x1b[2J%s", ("a link",), None)
    assert Seldom().filter(record)
    assert record.getMessage() == "engineio.server: what was sent cannot be used"


def test_that_somebody_is_gone_is_worth_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell = Plainly()
    tell(BrokenPipeError())
    tell(ValueError("what was sent"))
    assert capsys.readouterr().err == "ValueError at \n"
