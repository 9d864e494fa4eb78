"""A simulated class: a process of its own whose phones join over HTTP and answer over real sockets.

    python -m clicker.cli.pupils ADDRESS CODE --seats 25 [--fast] [--scenario NAME]

When the lesson is over it prints one JSON object: votes sent and acknowledged, and the seats' hashes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import threading
import time
import warnings
from dataclasses import dataclass, field
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import socketio

import requests

from clicker.cli.scenarios import SCENARIOS, TOPICS, Scenario

YES, NO, SKIP = "001", "000", "---"
ACK_SECONDS = 20
TRIES = 5

# A made-up 7th grade: how many of 25 say yes, and the mean and spread of the guesses in percent.
BEHAVIOUR: dict[str, tuple[int, int, int]] = {
    "left-handed": (3, 14, 8),
    "speak-up": (18, 50, 16),
    "alcohol-weekly": (1, 34, 14),
    "ecig-ever": (4, 42, 16),
    "expected": (6, 45, 15),
    "alcohol-ever": (7, 55, 16),
    "liquorice": (14, 50, 15),
}
# How many of 25 find it all right, and what is guessed of that.
ATTITUDE: dict[str, tuple[int, int, int]] = {
    "speak-up": (22, 60, 15),
    "alcohol-weekly": (2, 30, 12),
    "ecig-ever": (3, 35, 12),
    "nicotine-ok": (3, 38, 14),
    "expected": (21, 60, 15),
}
OTHERWISE = (5, 40, 15)
CLASS = 25


@dataclass
class Pupil:
    """One phone: its seat in the class decides what it answers, the same every time."""

    number: int
    address: str
    code: str
    fast: bool
    scenario: Scenario | None = None
    seat: str = ""
    sent: int = 0
    acknowledged: int = 0
    trouble: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)
    busy: threading.Lock = field(default_factory=threading.Lock)

    def join(self) -> None:
        """Take a seat as a browser does, keep its cookie, and open the socket with it."""
        session = requests.Session()
        session.headers["Accept"] = "application/json"
        answer = session.post(f"{self.address}/{self.code}/join", timeout=30)
        answer.raise_for_status()
        self.seat = session.cookies[f"seat_{self.code}"] or ""
        self.client = socketio.Client(reconnection_delay=0.2, reconnection_delay_max=1, http_session=session)
        self.client.on("view", self.look)
        self.client.connect(
            self.address,
            auth={"screen": "phone", "code": self.code, "seat": answer.json()["seat"]},
            transports=["websocket"],
            wait_timeout=30,
        )

    def look(self, view: dict[str, Any]) -> None:
        """Answer what is open and not yet answered."""
        if view.get("over"):
            self.over.set()
            return
        for prompt in view.get("prompts", ()):
            with self.busy:
                if prompt["prompt"] in self.answered:
                    continue
                self.answered.add(prompt["prompt"])
            if not self.fast:
                time.sleep(random.Random(f"{self.number} {prompt['prompt']} pause").uniform(0.5, 4))  # noqa: S311
            self.vote(prompt["prompt"], choose(self.number, prompt["prompt"], prompt["choices"], self.scenario))

    def vote(self, prompt: str, answer: str) -> None:
        """Send until acknowledged, the same vote id every time."""
        self.sent += 1
        vote = {"prompt": prompt, "answer": answer, "id": f"{self.number}-{prompt}-{self.sent}", "seq": self.sent}
        for _attempt in range(TRIES):
            try:
                ack = self.client.call("vote", vote, timeout=ACK_SECONDS)
            except (socketio.exceptions.TimeoutError, socketio.exceptions.BadNamespaceError):
                time.sleep(0.3)
                continue
            if ack["ok"]:
                self.acknowledged += 1
                return
            if ack["reason"] not in ("slow", "later"):
                self.trouble.append(f"{prompt}: {ack['reason']}")
                return
            time.sleep(1)
        self.trouble.append(f"{prompt}: no answer")


def choose(number: int, prompt: str, offered: list[str], scenario: Scenario | None = None) -> str:
    """What pupil `number` answers: yes for the first k of a shuffled class, a guess around the mean, now and then
    nothing at all."""
    topic, kind, round_number = prompt.split(".")
    chance = random.Random(f"{number} {prompt}")  # noqa: S311 - a play with fixed parts, not a secret
    if kind == "agreement":
        # Most agree, some can live with it, one here and there does not want it.
        return chance.choices(offered[:-1], weights=(14, 5, 1)[: len(offered) - 1])[0]
    if kind in ("dilemma", "closing"):
        return chance.choice(offered[:-1])
    table = ATTITUDE if kind in ("approve", "others_approve") else BEHAVIOUR
    yes, mean, spread = table.get(topic, OTHERWISE)
    answering = CLASS - 1
    if scenario is not None and topic in TOPICS and table is BEHAVIOUR:
        yes, mean, spread, answering = scenario.yes, scenario.mean, scenario.spread, scenario.answering
    if kind in ("own", "approve"):
        place = random.Random(f"{topic} {kind}").sample(range(CLASS), CLASS)[number % CLASS]  # noqa: S311
        if place >= answering and kind == "own":
            return SKIP
        if YES in offered and len(offered) == 3:
            return YES if place < yes else NO
        return offered[2 + chance.randrange(2)] if place < yes else offered[chance.randrange(2)]
    if chance.random() < 0.04:
        return SKIP
    if round_number == "2":
        mean = mean // 3
    numbers = offered[:-1]
    guessed = min(100.0, max(0.0, chance.gauss(mean, spread)))
    return numbers[round(guessed / 100 * (len(numbers) - 1))]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="pupils", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("code")
    parser.add_argument("--seats", type=int, default=CLASS)
    parser.add_argument("--fast", action="store_true", help="answer at once, as fast as the sockets go")
    parser.add_argument("--scenario", choices=list(SCENARIOS), default=None)
    parser.add_argument("--hours", type=float, default=4, help="give up after so long")
    given = parser.parse_args(arguments)
    scenario = SCENARIOS.get(given.scenario)
    pupils = [Pupil(number, given.address, given.code, given.fast, scenario) for number in range(given.seats)]
    for pupil in pupils:
        pupil.join()
    sys.stdout.write(json.dumps({"joined": len(pupils)}) + "\n")
    sys.stdout.flush()
    end = time.monotonic() + given.hours * 3600
    for pupil in pupils:
        pupil.over.wait(max(0, end - time.monotonic()))
    report = {
        "seats": len(pupils),
        "sent": sum(pupil.sent for pupil in pupils),
        "acknowledged": sum(pupil.acknowledged for pupil in pupils),
        "trouble": [line for pupil in pupils for line in pupil.trouble],
        "hashes": [hashlib.sha256(pupil.seat.encode()).hexdigest() for pupil in pupils],
    }
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()
    for pupil in pupils:
        pupil.client.disconnect()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
