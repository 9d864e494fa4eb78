"""The server is killed in the middle of voting, again and again: what was acknowledged is there, the class goes on."""

from __future__ import annotations

import gc
import hashlib
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from survivors import Phone, Server, server_in, wait_until

from clicker.cli.consultant_at_work import Buttons, Consultant, HeldRun

pytestmark = [
    pytest.mark.chaos,
    # Sockets that die with their server are closed by the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

CLASS = 25
# Seconds of voting before each kill: at the very start of a batch or well into one.
MOMENTS = (0.4, 1.0, 0.05, 0.7)
BLOCK = "FROM ballot WHERE topic <> 'left-handed'"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with server_in(tmp_path) as made:
        yield made


class Lesson:
    """A consultant and a class on one server."""

    def __init__(self, server: Server, size: int) -> None:
        self.server = server
        self.consultant = Consultant.enter(server.start(), server.address)
        self.run: HeldRun = self.consultant.create_run("klasse-7", school="Skolen", group="7.B", present=size)
        self.phones = [Phone(number, server.address, self.run.code) for number in range(size)]
        for phone in self.phones:
            phone.join()

    def page(self) -> str:
        answer = self.consultant.session.get(f"{self.server.address}/consultant/run/{self.run.id}", timeout=30)
        answer.raise_for_status()
        return answer.text

    def press(self, name: str) -> requests.Response:
        """Press that button as the page shows it now."""
        form = {"move": name, "turn": Buttons.read(self.page()).turn}
        address = f"{self.server.address}/consultant/run/{self.run.id}/move"
        answer = self.consultant.session.post(address, data=form, headers={"Accept": "application/json"}, timeout=30)
        answer.raise_for_status()
        return answer

    def open_block(self) -> None:
        """Press on until the block of private questions is open."""
        while len(self.open_prompts()) < 4:
            self.press(Buttons.read(self.page()).primary or "")
        wait_until(lambda: all(len(phone.prompts) > 3 for phone in self.phones), "all phones see the block")

    def open_prompts(self) -> list[dict[str, Any]]:
        state = requests.get(f"{self.server.address}/{self.run.code}/state", timeout=30).json()
        return list(state["prompts"])

    def promised(self) -> dict[tuple[str, str], tuple[str, str, int]]:
        """(seat, vote id) -> the vote, of all that was acknowledged."""
        return {
            (seat_hash(phone), vote_id): vote for phone in self.phones for vote_id, vote in dict(phone.promised).items()
        }

    def leave(self) -> None:
        for phone in self.phones:
            phone.leave()
        self.phones.clear()
        self.consultant.session.close()
        # The library leaves sockets that died with the server to the collector: here, not in somebody else's test.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gc.collect()


def seat_hash(phone: Phone) -> str:
    seat = phone.session.cookies[f"seat_{phone.code}"]
    return hashlib.sha256(str(seat).encode()).hexdigest()


@pytest.fixture
def held(server: Server) -> Iterator[Lesson]:
    made = Lesson(server, CLASS)
    yield made
    made.leave()


def assert_promises_kept(held: Lesson) -> None:
    """Every acknowledged vote is remembered as saved, and each ballot is the last one or a later one."""
    promised = held.promised()
    votes = held.server.query("SELECT seat, vote_id, outcome FROM vote")
    remembered = {(seat, vote_id): outcome for seat, vote_id, outcome in votes}
    assert [key for key in promised if remembered.get(key) != "saved"] == []
    ballots = {
        (seat, f"{topic}.{kind}.{number}"): (value, seq)
        for seat, topic, kind, number, value, seq in held.server.query(
            "SELECT seat, topic, kind, round, value, seq FROM ballot"
        )
    }
    for (seat, _), (prompt, token, seq) in promised.items():
        value, stored_seq = ballots[seat, prompt]
        assert stored_seq >= seq
        if stored_seq == seq:
            assert value == (None if token == "---" else int(token))


def assert_nothing_twice(held: Lesson) -> None:
    (seats,), (ballots,) = (held.server.query(f"SELECT count(*) FROM {name}")[0] for name in ("seat", "ballot"))
    (people,) = held.server.query("SELECT count(DISTINCT seat) FROM ballot")[0]
    assert seats == CLASS
    assert people <= CLASS
    assert ballots <= CLASS * len({prompt for prompt, _, _ in held.promised().values()})


def vote_and_kill(held: Lesson, seconds: float) -> None:
    """Let everybody vote, kill the server in the middle of it, look, start it again, and see the class go on."""
    stop = threading.Event()
    voters = [threading.Thread(target=phone.keep_voting, args=(stop,), daemon=True) for phone in held.phones]
    before = len(held.promised())
    for voter in voters:
        voter.start()
    wait_until(lambda: len(held.promised()) > before, "the first vote is acknowledged")
    time.sleep(seconds)
    held.server.end(signal.SIGKILL)
    assert_promises_kept(held)
    killed_at = len(held.promised())
    held.server.start()
    assert_promises_kept(held)
    wait_until(lambda: len(held.promised()) > killed_at + CLASS, "the phones come back and vote")
    stop.set()
    for voter in voters:
        voter.join(10)


def test_no_acknowledged_vote_is_lost_when_the_server_is_killed_while_a_class_votes(held: Lesson) -> None:
    held.open_block()
    for seconds in MOMENTS:
        vote_and_kill(held, seconds)
        assert_promises_kept(held)
        assert_nothing_twice(held)
    assert [line for phone in held.phones for line in phone.trouble] == []
    finish_block(held)


def finish_block(held: Lesson) -> None:
    """Everybody answers everything once more; the consultant closes, counts and shows."""
    never = threading.Event()
    answering = [threading.Thread(target=answer_all, args=(phone, never), daemon=True) for phone in held.phones]
    for one in answering:
        one.start()
    for one in answering:
        one.join(60)
    assert held.server.query(f"SELECT count(DISTINCT seat), count(DISTINCT topic || kind) {BLOCK}")[0] == (CLASS, 14)
    assert held.server.query(f"SELECT count(*) {BLOCK}") == [(CLASS * 14,)]
    held.press("close")
    held.press("evaluate")
    address = f"{held.server.address}/consultant/run/{held.run.id}/results.json"
    results = held.consultant.session.get(address, timeout=30)
    assert len(results.json()["topics"]) == 6
    held.press("finish")
    assert all(phone.over.wait(20) for phone in held.phones)
    assert [held.server.query(f"SELECT count(*) FROM {name}")[0][0] for name in ("seat", "vote", "ballot")] == [0, 0, 0]


def answer_all(phone: Phone, never: threading.Event) -> None:
    for prompt in list(phone.prompts):
        phone.vote(prompt["prompt"], prompt["choices"][1], never)


def test_a_stop_signal_ends_the_server_cleanly_and_the_lesson_goes_on_after_it(held: Lesson) -> None:
    held.open_block()
    stop = threading.Event()
    voters = [threading.Thread(target=phone.keep_voting, args=(stop,), daemon=True) for phone in held.phones]
    for voter in voters:
        voter.start()
    wait_until(lambda: len(held.promised()) > 2 * CLASS, "everybody votes")
    assert held.server.end(signal.SIGTERM) == 0
    assert_promises_kept(held)
    promised = len(held.promised())
    held.server.start()
    start = held.consultant.session.get(f"{held.server.address}/consultant", timeout=30).text
    assert f"/consultant/run/{held.run.id}" in start
    wait_until(lambda: len(held.promised()) > promised, "the class votes again")
    stop.set()
    for voter in voters:
        voter.join(10)
    assert_promises_kept(held)
    assert_nothing_twice(held)
