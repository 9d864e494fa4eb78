"""A server in a folder of its own, and a class on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from surviving import Lesson, lesson_on
from survivors import Server, server_in

CLASS = 25


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with server_in(tmp_path) as made:
        yield made


@pytest.fixture
def held(server: Server) -> Iterator[Lesson]:
    """A class of the usual size."""
    with lesson_on(server, CLASS) as made:
        yield made
