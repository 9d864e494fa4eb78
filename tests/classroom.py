"""A class and its consultant on real rooms: phones that join and answer by a rule, and the next button pressed."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from builders import lesson

from clicker.lesson import Address, Lesson, Move, NotNow, Phase, Run, current, moves, phase
from clicker.room import Ack, ConsultantFacts, Loop, Mine, Opening, Rooms, facts
from clicker.room.phone_screen import phone_facts
from clicker.room.snapshot import Snapshot
from clicker.store import RunRecord, Vote

MONDAY = datetime(2026, 3, 2, 9, 30)
SKIP = "---"

# (number of the phone, prompt as "topic.kind.round", tokens offered) -> the token to send, None to send nothing
Rule = Callable[[int, str, list[str]], str | None]


@dataclass
class Clock:
    """A clock that stands until it is put forward."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


class Quiet:
    """News that nobody hears."""

    def moved(self, run_id: str) -> None: ...

    def counted(self, run_id: str, votes: int = 0) -> None: ...

    def reached(self, well: bool) -> None: ...


class Over(BaseException):
    """The test is over: no error that anything should handle."""


def threads(over: threading.Event) -> Loop:
    """Plain threads; those that sleep end as soon as `over` is set, or they would look at the clock for ever."""

    def spawn(work: Callable[..., Any], *arguments: Any) -> None:
        def run() -> None:
            with contextlib.suppress(Over):
                work(*arguments)

        threading.Thread(target=run, daemon=True).start()

    def sleep(seconds: float) -> None:
        if over.wait(seconds):
            raise Over

    return Loop(lambda work, *arguments: work(*arguments), spawn, sleep)


@dataclass
class Classroom:
    """One run, its phones in the order of joining, and what the consultant presses."""

    rooms: Rooms
    run_id: str
    code: str
    seats: list[str] = field(default_factory=list)
    pressed: list[Move] = field(default_factory=list)
    taps: int = 0
    tapped: Counter[int] = field(default_factory=Counter)

    @classmethod
    def open(
        cls, rooms: Rooms, lesson: Lesson, *, size: int = 12, present: int | None = None, **more: Any
    ) -> Classroom:
        """A new run with that many phones in."""
        labels = {"school": "Skolen", "group": "7.B"} | more
        card = rooms.create(Opening(lesson, present=size if present is None else present, **labels))
        made = cls(rooms, card.id, card.code)
        made.join(size)
        return made

    def join(self, how_many: int = 1) -> None:
        """Let phones in."""
        for _ in range(how_many):
            self.seats.append(self.rooms.join(self.code).seat)

    @property
    def snapshot(self) -> Snapshot:
        return self.rooms.snapshot(self.run_id)

    def screen(self, name: str) -> Any:
        return facts(self.snapshot, name, today=self.rooms.today(), lang="en")

    def mine(self, number: int) -> Mine:
        return self.rooms.mine(self.run_id, self.seats[number])

    def press(self, *names: Move, argument: Any = None) -> None:
        """Press these buttons, each with the turn that its page shows."""
        for name in names:
            self.rooms.move(self.run_id, name, self.snapshot.run.turn, argument)
            self.pressed.append(name)

    def vote(self, number: int, prompt: str, token: str, *, vote_id: str = "", seq: int | None = None) -> Ack:
        """One tap of that phone."""
        if seq is None:
            seq = self.tapped[number] = self.tapped[number] + 1
        return self.rooms.vote(self.run_id, self.seats[number], self.tap(prompt, token, vote_id=vote_id, seq=seq))

    def tap(self, prompt: str, token: str, *, vote_id: str = "", seq: int | None = None) -> Vote:
        self.taps += 1
        address = Address.parse(prompt)
        assert address is not None
        return Vote(address, token, vote_id or f"tap-{self.taps}", self.taps if seq is None else seq)

    def answer(self, rule: Rule) -> None:
        """Every phone answers everything that is open, the phones at the same time."""
        prompts = phone_facts(self.snapshot, "en").prompts
        given = [
            [
                (prompt.address, rule(number, prompt.address, [token for token, _ in prompt.choices]))
                for prompt in prompts
            ]
            for number in range(len(self.seats))
        ]

        def tap_all(number: int) -> list[Ack]:
            return [self.vote(number, prompt, token) for prompt, token in given[number] if token is not None]

        with ThreadPoolExecutor(8) as pool:
            assert all(ack.ok for acks in pool.map(tap_all, range(len(self.seats))) for ack in acks)

    def next_press(self) -> Move:
        """The most natural press: the agreement's choice, else the primary button."""
        run = self.snapshot.run
        if Move.CHOOSE in moves(run) and phase(run) is Phase.CLOSED:
            return Move.CHOOSE
        seen = self.screen("consultant_private")
        assert isinstance(seen, ConsultantFacts)
        return next(Move(button.move) for button in seen.buttons if button.primary)

    def step(self, rule: Rule) -> Move:
        """Answer what is open, then make the next press."""
        self.answer(rule)
        name = self.next_press()
        self.press(name, argument=(0, 1) if name is Move.CHOOSE else None)
        return name

    def hold(self, rule: Rule, until: Move = Move.FINISH, look: Callable[[], None] = lambda: None) -> None:
        """Press on to and with the first `until`, and look after each press."""
        for _ in range(200):
            name = self.step(rule)
            look()
            if name is until:
                return
        raise AssertionError(f"never came to {until}")

    def at(self, topic: str) -> bool:
        """Whether the run stands at the step that shows this topic."""
        step = current(self.snapshot.run)
        return step is not None and step.topics == (topic,)

    def refused(self, name: Move, argument: Any = None) -> str:
        """Why the press is refused; an AssertionError where it is not."""
        try:
            self.press(name, argument=argument)
        except NotNow as error:
            return error.why
        raise AssertionError(f"{name} was possible")


def table(answers: Mapping[str, Callable[[int], str | None]]) -> Rule:
    """A rule from "topic.kind.round" or "kind" to what phone number so-and-so says; the way out where neither is."""

    def choose(number: int, prompt: str, _offered: list[str]) -> str | None:
        says = answers.get(prompt) or answers.get(prompt.split(".")[1])
        return says(number) if says else SKIP

    return choose


def guess(number: int) -> Callable[[int], str]:
    """Everybody guesses that."""
    return lambda _number: f"{number:03d}"


def first(k: int) -> Callable[[int], str]:
    """The first k say yes, the others no."""
    return lambda number: "001" if number < k else "000"


def disagreeing(most: int) -> Callable[[int], str]:
    """That many disagree, the others agree."""
    return lambda number: "000" if number < most else "003"


def run_record(run_id: str = "run", **changes: Any) -> RunRecord:
    """A live run of the builders' lesson, in its lobby."""
    values: dict[str, Any] = {
        "id": run_id,
        "code": "CDFG",
        "status": "live",
        "run": Run(lesson()),
        "school": "Skolen",
        "group": "7.B",
        "created": MONDAY,
        "touched": MONDAY,
        "dark": False,
        "choices": {},
        "marks": frozenset(),
        "evaluated_on": None,
    }
    return RunRecord(**(values | changes))
