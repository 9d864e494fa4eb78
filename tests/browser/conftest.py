"""A real server, a real browser, and a consultant without a window who moves a lesson along."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from clicker.cli.consultant_at_work import Buttons, Consultant, HeldRun

START_SECONDS = 60
DAY = "2026-11-22"


@dataclass
class Lesson:
    """One run, and the consultant who presses its buttons."""

    consultant: Consultant
    run: HeldRun

    @property
    def join(self) -> str:
        """What a phone opens."""
        return f"{self.consultant.address}/{self.run.code}"

    @property
    def wall(self) -> str:
        """What the projector opens."""
        return self.consultant.address + self.run.wall

    def page(self) -> str:
        """The consultant's page as it stands."""
        answer = self.consultant.session.get(f"{self.consultant.address}/consultant/run/{self.run.id}", timeout=30)
        answer.raise_for_status()
        return answer.text

    def press(self, *moves: str, **form: Any) -> None:
        """Make these moves, one after the other; `form` goes along with each."""
        for move in moves:
            data = {"move": move, "turn": Buttons.read(self.page()).turn, **form}
            self.post("move", **data)

    def post(self, path: str, **form: Any) -> None:
        """Send another of the consultant's forms."""
        url = f"{self.consultant.address}/consultant/run/{self.run.id}/{path}"
        answer = self.consultant.session.post(url, data=form, headers={"Accept": "application/json"}, timeout=30)
        answer.raise_for_status()

    def until(self, shown: Callable[[str], bool], presses: int = 60) -> None:
        """Press the primary button until the consultant's page shows what is wanted."""
        for _press in range(presses):
            page = self.page()
            if shown(page):
                return
            self.press(Buttons.read(page).wanted() or "next")
        raise AssertionError("the lesson never came there")


@dataclass
class Server:
    """`clicker run` on a port of its own, and its one consultant."""

    address: str
    links: dict[str, Any]
    consultant: Consultant
    _groups: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def lesson(self, lesson: str = "klasse-7", *, present: int = 25) -> Lesson:
        """A new run in its lobby; every run has a group of its own."""
        group = f"7.{next(self._groups)}"
        return Lesson(self.consultant, self.consultant.create_run(lesson, school="Prøve", group=group, present=present))

    def cookies(self) -> list[dict[str, Any]]:
        """The consultant's session, for a browser that is to open the consultant's pages."""
        session = self.consultant.session
        return [{"name": one.name, "value": one.value, "url": self.address} for one in session.cookies]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), DAY) as running:
        yield running


@pytest.fixture
def serve() -> Callable[[Path, str], AbstractContextManager[Server]]:
    """Serve a folder on a day of one's own."""
    return serving


@contextmanager
def serving(folder: Path, day: str) -> Iterator[Server]:
    """The program with its data in that folder, on that day; the same folder may be served again on a later one."""
    announced = folder / "links.json"
    announced.unlink(missing_ok=True)
    command = [sys.executable, "-m", "clicker", "run", "--host", "127.0.0.1", "--port", "0", "--no-browser"]
    command += ["--data", str(folder / "data"), "--announce", str(announced), "--today", day]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            links = _announced(process, announced, folder / "log")
            address = f"http://127.0.0.1:{links['port']}"
            yield Server(address, links, Consultant.enter(links["consultant"], address))
        finally:
            process.terminate()
            process.wait(timeout=20)


def _announced(process: subprocess.Popen[bytes], announced: Path, log: Path) -> dict[str, Any]:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if announced.exists():
            links: dict[str, Any] = json.loads(announced.read_text())
            return links
        time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


@pytest.fixture
def context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts (`new_context`'s options); all are closed afterwards, and no page may have failed."""
    made: list[BrowserContext] = []
    failed: list[str] = []

    def make(**options: Any) -> BrowserContext:
        one = chromium.new_context(**options)
        one.on("weberror", lambda error: failed.append(str(error.error)))
        one.on("console", lambda said: failed.append(said.text) if "Content Security Policy" in said.text else None)
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()
    assert not failed


@pytest.fixture(scope="session")
def lobby(server: Server) -> Lesson:
    """A lesson that nobody moves: its wall shows the way in."""
    return server.lesson()


@pytest.fixture(scope="module")
def still(chromium: Browser, server: Server, lobby: Lesson) -> Iterator[Page]:
    """A wall that nobody moves, in a consultant's browser; a test puts another screen on it."""
    made = chromium.new_context(viewport={"width": 1024, "height": 768})
    made.add_cookies(server.cookies())  # type: ignore[arg-type]
    # Its socket brings one view, which must not come between a test and its screen.
    made.add_init_script("addEventListener('DOMContentLoaded', () => { window.first = screenOf() })")
    made.add_init_script("window.screenOf = () => document.querySelector('#screen')?.firstElementChild")
    page = made.new_page()
    page.goto(lobby.wall)
    page.wait_for_function("() => screenOf() !== window.first")
    page.evaluate("document.fonts.ready")
    yield page
    made.close()
