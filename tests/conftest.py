"""What several files need: a store, a clock, and rooms with their writer at work."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from classroom import Clock, Quiet, threads
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Error, sync_playwright

from clicker import library
from clicker.room import Loop, Rooms
from clicker.store import Store

# The tests start the program dozens of times; where Python may not keep compiled modules, each start would compile
# them all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / f"clicker-compiled-{os.getpid()}")

# Many tests make an app of their own; compiled templates they may share.
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(tempfile.mkdtemp(prefix="clicker-templates-"))}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "clicker.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{database}", durable=False)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def loop() -> Iterator[Loop]:
    over = threading.Event()
    yield threads(over)
    over.set()


@pytest.fixture
def rooms(store: Store, clock: Clock, loop: Loop) -> Iterator[Rooms]:
    """Rooms as a server has them, with the figures of norms_data."""
    made = Rooms(store, loop, choose_figures=library.figures_for, lang="en", clock=clock)
    made.open_for(Quiet())
    yield made
    made.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed Chromium; where there is none the test is skipped, except in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error as missing:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no browser: {missing.message.splitlines()[0]}")
        yield browser
        browser.close()
