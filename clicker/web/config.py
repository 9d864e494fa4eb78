"""What an app is made with, and how the parts of it are found from a request."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask import current_app

from clicker import library
from clicker.lesson import Lesson
from clicker.room import Rooms, own_content
from clicker.web.addresses import Addresses


@dataclass(frozen=True)
class Config:
    """`addresses` are where phones reach this machine; `seconds` is the time by which sessions last, `capacity` how
    many connections the engine can hold."""

    rooms: Rooms
    secret: str
    addresses: Addresses
    lang: str = "da"
    in_thread: Callable[..., Any] = lambda function, *args: function(*args)
    seconds: Callable[[], float] = time.time
    capacity: int = 10_000


def config() -> Config:
    """The configuration of the app that serves this request."""
    return cast(Config, current_app.extensions["clicker"])


def rooms() -> Rooms:
    return config().rooms


def full() -> bool:
    """Whether this process holds no more phones."""
    return bool(current_app.extensions["clicker_live"].full())


def phone_view(run_id: str) -> dict[str, Any]:
    """The news for the phones of this run, made once for all of them. Raises UnknownCode, OutOfReach."""
    return cast("dict[str, Any]", current_app.extensions["clicker_live"].phone_view(run_id))


def lessons() -> tuple[Lesson, ...]:
    """The lessons that can be held: the program's and the installation's own."""
    return library.lessons(rooms().read(own_content))


def today() -> date:
    return rooms().today()
