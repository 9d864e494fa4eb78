"""A server in a folder of its own, and a class on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from surviving import Lesson, lesson_on
from survivors import Server, server_in

CLASS = 25


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """On the usual engine, or on each of those that a test names."""
    with server_in(tmp_path, engine=getattr(request, "param", "eventlet")) as made:
        yield made


@pytest.fixture
def held(server: Server) -> Iterator[Lesson]:
    """A class of the usual size."""
    with lesson_on(server, CLASS) as made:
        yield made
