"""A consultant who holds a lesson over the pages: reads them, presses their buttons, and watches the wall's socket."""

from __future__ import annotations

import re
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import socketio

import requests

PATIENCE = 60
MOST_PRESSES = 120
PROGRESS = re.compile(r'<progress max="100" value="(\d+)"')
REVEALS = ("guesses", "own", "attitude", "children", "country")


class GroupRefused(Exception):
    """The group has answered some of these questions too recently (P5)."""


@dataclass(frozen=True)
class HeldRun:
    """A run as its page shows it: where it is, what phones type, which lesson it is."""

    id: str
    code: str
    lesson: str
    wall: str


@dataclass
class Held:
    """What came of it."""

    stored: int = 0
    topics: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Consultant:
    """A browser without a window."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()

    @classmethod
    def enter(cls, link: str, address: str) -> Consultant:
        """Come in by the one-time link."""
        consultant = cls(address)
        consultant.session.get(link, timeout=PATIENCE).raise_for_status()
        return consultant

    def create_run(self, lesson: str, *, school: str, group: str, present: int) -> HeldRun:
        """Fill in the lesson's page, all topics on, and say that the wall is on another screen."""
        page = self._get(f"/consultant/lesson/{lesson}")
        topics = re.findall(r'name="topic" value="([^"]+)"', page.text)
        form = {"topic": topics, "school": school, "group": group, "present": str(present)}
        made = self.session.post(f"{self.address}/consultant/lesson/{lesson}", data=form, timeout=PATIENCE)
        if made.status_code == requests.codes.conflict:
            raise GroupRefused(group)
        made.raise_for_status()
        return self.take_up(made.url.rsplit("/", 1)[1], lesson)

    def take_up(self, run_id: str, lesson: str) -> HeldRun:
        """A run in its lobby, with the wall on another screen."""
        self.session.post(f"{self.address}/consultant/run/{run_id}/private", data={"private": "yes"}, timeout=PATIENCE)
        page = self._get(f"/consultant/run/{run_id}")
        wall = unescape(_found(r'href="(/[A-Z0-9]{4}/wall\?key=[^"]+)"', page.text))
        return HeldRun(run_id, wall[1:5], lesson, wall)

    def hold(self, run: HeldRun, *, stored: Callable[[], int]) -> Held:
        """Press the primary button from the lobby to the end, waiting for all answers before closing."""
        held = Held()
        wall = Wall(self.address, run)
        for _press in range(MOST_PRESSES):
            page = self._get(f"/consultant/run/{run.id}").text
            buttons = Buttons.read(page)
            name = buttons.wanted()
            # The closing questions are open until the end.
            if name == "close" or (name == "finish" and PROGRESS.search(page)):
                self._wait_for_all(run, held)
            if name == "finish":
                held.stored = stored()
            if name is None:
                held.problems.append("no button to press")
                break
            self._press(run, name, buttons)
            if name == "finish":
                break
            wall.look(held)
        held.topics = self._results(run, held)
        wall.leave()
        return held

    def _press(self, run: HeldRun, name: str, buttons: Buttons) -> None:
        form: dict[str, Any] = {"move": name, "turn": buttons.turn}
        if name == "choose":
            form["proposal"] = buttons.proposals
        answer = self.session.post(
            f"{self.address}/consultant/run/{run.id}/move",
            data=form,
            headers={"Accept": "application/json"},
            timeout=PATIENCE,
        )
        answer.raise_for_status()

    def _wait_for_all(self, run: HeldRun, held: Held) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            page = self._get(f"/consultant/run/{run.id}").text
            far = PROGRESS.search(page)
            if far and int(far.group(1)) == 100:
                return
            time.sleep(0.05)
        held.problems.append("not everybody answered in time")

    def _results(self, run: HeldRun, held: Held) -> list[dict[str, Any]]:
        answer = self._get(f"/consultant/run/{run.id}/results.json").json()
        topics: list[dict[str, Any]] = answer["topics"]
        if not topics:
            held.problems.append("no topic was counted")
        return topics

    def _get(self, path: str) -> requests.Response:
        answer = self.session.get(self.address + path, timeout=PATIENCE)
        answer.raise_for_status()
        return answer


class Wall:
    """The wall's socket: after each press its turn must arrive, and it never goes back."""

    def __init__(self, address: str, run: HeldRun) -> None:
        self.turn = -1
        self.seen = 0
        self.leaks: list[str] = []
        self._moved = threading.Condition()
        self._client = socketio.Client()
        self._client.on("view", self._view)
        key = run.wall.split("key=", 1)[1]
        auth = {"screen": "wall", "code": run.code, "key": unquote(key)}
        self._client.connect(address, auth=auth, transports=["websocket"], wait_timeout=PATIENCE)

    def _view(self, view: dict[str, Any]) -> None:
        with self._moved:
            if view["turn"] < self.turn:
                self.leaks.append(f"the wall went back from turn {self.turn} to {view['turn']}")
            self.turn = view["turn"]
            self._moved.notify_all()

    def look(self, held: Held) -> None:
        """Wait for the view of the press just made."""
        self.seen += 1
        with self._moved:
            if not self._moved.wait_for(lambda: self.turn >= self.seen, PATIENCE):
                held.problems.append(f"the wall did not show turn {self.seen}")
        held.problems += self.leaks
        self.leaks.clear()

    def leave(self) -> None:
        self._client.disconnect()


class Buttons(HTMLParser):
    """The forms of the consultant's page: their moves, the primary one, the turn that they saw."""

    def __init__(self) -> None:
        super().__init__()
        self.moves: list[str] = []
        self.primary: str | None = None
        self.turn = ""
        self.ticked: list[str] = []
        self._proposals: list[str] = []
        self._form = ""

    @classmethod
    def read(cls, page: str) -> Buttons:
        buttons = cls()
        buttons.feed(page)
        return buttons

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self._form = given.get("data-move") or ""
            if self._form:
                self.moves.append(self._form)
        if tag == "button" and "data-primary" in given:
            self.primary = self._form
        if tag == "input" and given.get("name") == "turn":
            self.turn = given.get("value") or ""
        if tag == "input" and given.get("name") == "proposal":
            (self.ticked if "checked" in given else self._proposals).append(given.get("value") or "")

    @property
    def proposals(self) -> list[str]:
        """What a consultant would choose: what is ticked, else the first of the list."""
        return self.ticked or self._proposals[:1]

    def wanted(self) -> str | None:
        """What a consultant would press: the primary button."""
        return self.primary


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"the page does not show {pattern}")
    return match.group(1)
