"""What a phone has to fetch before its first question, and what the web may pull in."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.bench.consultant import enter, press
from tests.bench.servers import started
from tests.bench.weight import to_first_question
from tests.bench.wire import ask

LIMIT = 60_000  # bytes


def in_its_own_loop(work: Coroutine[Any, Any, Any]) -> Any:
    """Beside the loop that a browser of other tests may be running in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A lesson whose large block is open."""
    folder: Path = tmp_path_factory.mktemp("weight")
    with started("app", ["tests.bench.app_server", str(folder)]) as server:
        in_its_own_loop(_open_walk(server.told))
        yield server.told


async def _open_walk(told: dict[str, Any]) -> None:
    cookie = await enter(told["port"], told["ticket"], told["walk"]["id"])
    await press(told["port"], cookie, told["walk"]["id"], "open", told["walk"]["turn"], 30)


def test_a_phone_transfers_at_most_60_kb_to_its_first_question(told: dict[str, Any]) -> None:
    sizes = in_its_own_loop(to_first_question(told["port"], told["walk"]["code"]))
    assert any(path.endswith("phone.css") for path in sizes)
    assert sum(sizes.values()) <= LIMIT, sizes


def test_the_page_with_the_question_names_neither_vega_nor_pandas(told: dict[str, Any]) -> None:
    page = in_its_own_loop(ask(told["port"], f"/{told['walk']['code']}/join", form=""))
    assert told["walk"]["prompts"][0]["prompt"] in page.text
    assert "vega" not in page.text
    assert "pandas" not in page.text


def test_neither_the_web_nor_its_start_loads_anything_slow() -> None:
    slow = ("pandas", "altair", "numpy", "jsonschema", "sqlalchemy.dialects.postgresql", "fontTools", "vl_convert")
    code = f"import sys, clicker.web, clicker.cli.serve; print([name for name in {slow!r} if name in sys.modules])"
    # Without the engine: a patched process loads the same modules.
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
