"""The wall's page for whoever comes late."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from classroom import Classroom
from flask import Flask
from flask.testing import FlaskClient

from clicker.lesson import Move
from clicker.web.session import wall_key


@pytest.mark.parametrize("pressed", [(Move.START,), (Move.START, Move.NEXT, Move.OPEN)])
def test_whoever_comes_late_finds_address_and_code_on_the_wall(
    app: Flask, stranger: FlaskClient, phones: Callable[[int], Classroom], pressed: tuple[Move, ...]
) -> None:
    run = phones(3)
    run.press(*pressed)
    with app.app_context():
        key = wall_key(run.run_id)
    html = stranger.get(f"/{run.code}/wall/state?key={key}").get_json()["html"]
    assert run.code in html
    assert "192.168.1.20:8000" in html
