"""A consultant and a class on a server that something happens to, and what must hold when it is over."""

from __future__ import annotations

import gc
import hashlib
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from survivors import Phone, Server, wait_until

from clicker.cli.consultant_at_work import Buttons, Consultant, HeldRun

QUESTIONS = 14
BLOCK = "FROM ballot WHERE topic <> 'left-handed'"
COUNT = re.compile(r"<b>(\d+)</b> (?:is|are) in.*?(\d+) of (\d+) have answered everything.*?value=\"(\d+)\"", re.DOTALL)


class Lesson:
    """A consultant and a class on one server."""

    def __init__(self, server: Server, size: int, consultant: Consultant | None, group: str) -> None:
        self.server = server
        self.size = size
        self.consultant = consultant or Consultant.enter(server.start(), server.address)
        self.run: HeldRun = self.consultant.create_run("klasse-7", school="Skolen", group=group, present=size)
        self.phones = [Phone(number, server.address, self.run.code) for number in range(size)]
        for phone in self.phones:
            phone.join()

    def page(self) -> str:
        answer = self.consultant.session.get(f"{self.server.address}/consultant/run/{self.run.id}", timeout=30)
        answer.raise_for_status()
        return answer.text

    def try_to_press(self, name: str, turn: str | None = None) -> requests.Response:
        """Press that button as the page shows it now, whatever comes of it."""
        form = {"move": name, "turn": turn or Buttons.read(self.page()).turn}
        address = f"{self.server.address}/consultant/run/{self.run.id}/move"
        return self.consultant.session.post(address, data=form, headers={"Accept": "application/json"}, timeout=30)

    def press(self, name: str) -> None:
        self.try_to_press(name).raise_for_status()

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

    def trouble(self) -> list[str]:
        """What phones were told that none of them should hear."""
        return [line for phone in self.phones for line in phone.trouble]

    @contextmanager
    def voting(self) -> Iterator[None]:
        """Everybody votes without pause meanwhile."""
        stop = threading.Event()
        voters = [threading.Thread(target=phone.keep_voting, args=(stop,), daemon=True) for phone in self.phones]
        for voter in voters:
            voter.start()
        try:
            yield
        finally:
            stop.set()
            for voter in voters:
                voter.join(20)

    def vote_again(self, votes: int | None = None) -> None:
        """Wait until the class has been promised so many votes more; as many as it has phones unless told."""
        before, more = len(self.promised()), votes or self.size
        wait_until(lambda: len(self.promised()) >= before + more, "the class votes")

    def leave(self) -> None:
        """All go for good: every other one says goodbye, the rest are torn off."""
        # Under threads the library waits three seconds for an answer that its other thread has read: all at once.
        leaving = [
            threading.Thread(target=phone.leave, args=(phone.number % 2 == 0,), daemon=True) for phone in self.phones
        ]
        for one in leaving:
            one.start()
        for one in leaving:
            one.join(20)
        self.phones.clear()
        self.consultant.session.close()  # it opens again where it is used again
        # The library leaves sockets that died with the server to the collector: here, not in somebody else's test.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gc.collect()


@contextmanager
def lesson_on(server: Server, size: int, consultant: Consultant | None = None, group: str = "7.B") -> Iterator[Lesson]:
    """A lesson in its lobby with everybody in; without a consultant the server is started for one."""
    made = Lesson(server, size, consultant, group)
    try:
        yield made
    finally:
        made.leave()


def seat_hash(phone: Phone) -> str:
    seat = phone.session.cookies[f"seat_{phone.code}"]
    return hashlib.sha256(str(seat).encode()).hexdigest()


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
    assert seats == held.size
    assert people <= held.size
    assert ballots <= held.size * len({prompt for prompt, _, _ in held.promised().values()})


def assert_counts_equal(held: Lesson) -> None:
    """Of a class that is quiet: what was promised is stored, and what is stored is what the consultant's page says."""
    assert_promises_kept(held)
    assert held.trouble() == []
    stored = dict(held.server.query(f"SELECT seat, count(*) {BLOCK} GROUP BY seat"))
    complete = sum(answers == QUESTIONS for answers in stored.values())
    share = 100 * sum(stored.values()) // (held.size * QUESTIONS)
    found = COUNT.search(held.page())
    assert found is not None, "the page shows no count"
    assert tuple(map(int, found.groups())) == (held.size, complete, held.size, share)


def finish_block(held: Lesson) -> None:
    """The room is usable: everybody answers everything once more; the consultant closes, counts, shows and finishes."""
    never = threading.Event()
    answering = [threading.Thread(target=_answer_all, args=(phone, never), daemon=True) for phone in held.phones]
    for one in answering:
        one.start()
    for one in answering:
        one.join(60)
    assert held.server.query(f"SELECT count(*) {BLOCK}") == [(held.size * QUESTIONS,)]
    assert_counts_equal(held)
    held.press("close")
    held.press("evaluate")
    address = f"{held.server.address}/consultant/run/{held.run.id}/results.json"
    results = held.consultant.session.get(address, timeout=30)
    assert len(results.json()["topics"]) == 6
    held.press("next")
    held.press("finish")
    assert all(phone.over.wait(20) for phone in held.phones)
    assert [held.server.query(f"SELECT count(*) FROM {name}")[0][0] for name in ("seat", "vote", "ballot")] == [0, 0, 0]


def _answer_all(phone: Phone, never: threading.Event) -> None:
    for prompt in list(phone.prompts):
        phone.vote(prompt["prompt"], prompt["choices"][1], never)
