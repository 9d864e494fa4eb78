"""Reads `help.yaml`, the national lines of the help card, or says everything that is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import yaml

from clicker.lesson.content import Audience
from clicker.lesson.helping import HelpLine, is_phone, is_web
from clicker.library.lessons import placed, unreadable
from clicker.library.problem import Found, Problem
from clicker.library.shape import shape
from clicker.library.yaml_lines import read
from clicker.safety.declared import N_

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

FILE = "help.yaml"


def read_help(folder: Traversable) -> tuple[tuple[HelpLine, ...], tuple[Problem, ...]]:
    """The lines of the folder's file, none where there is no file; a file with a mistake is not used."""
    path = folder.joinpath(FILE)
    return help_lines(path.read_bytes()) if path.is_file() else ((), ())


def help_lines(raw: bytes) -> tuple[tuple[HelpLine, ...], tuple[Problem, ...]]:
    """The lines, or none and what is wrong."""
    try:
        written = read(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return (), (Problem(FILE, 0, "", N_("the letters cannot be read"), N_("save the file in UTF-8")),)
    except yaml.YAMLError as error:
        return (), (unreadable(FILE, error),)
    wrong = list(shape(written, _validator()))
    # What a key holds is looked at where it can be read at all.
    wrong += _rules(written.data)
    if wrong:
        return (), tuple(placed(FILE, written, wrong))
    return tuple(map(_line, written.data["lines"])), ()


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # slow to load

    return Draft202012Validator(
        json.loads(files("norms_data").joinpath("help.schema.json").read_text(encoding="utf-8"))
    )


def _entries(data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(key, line) of the lines that are a block of keys, as far as there are any."""
    listed = data.get("lines") if isinstance(data, dict) else None
    for number, line in enumerate(listed if isinstance(listed, list) else (), 1):
        if isinstance(line, dict):
            named = line.get("id")
            yield f"lines.{named if isinstance(named, str) else number}", line


def _rules(data: Any) -> Found:
    times = Counter(line["id"] for _key, line in _entries(data) if isinstance(line.get("id"), str))
    for name in (name for name, count in times.items() if count > 1):
        yield f"lines.{name}", N_("two lines have this id"), N_("give one of them another id"), {}
    for key, line in _entries(data):
        for name, (good, what, remedy) in _FORMS.items():
            value = line.get(name)
            if isinstance(value, str) and value and not good(value):
                yield f"{key}.{name}", what, remedy, {"given": value[:60]}
        if "confirmed" in line and not line.get("phone"):
            yield f"{key}.confirmed", N_("there is no number to confirm"), N_("add “phone: ...”, or take it out"), {}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_FORMS = {
    "phone": (
        is_phone,
        N_("“{given}” is no telephone number"),
        N_("write digits with single spaces, such as 12 34 56 78"),
    ),
    "web": (
        is_web,
        N_("“{given}” is no web address"),
        N_("write it as https://example.org, without what comes after a question mark"),
    ),
    "confirmed": (_is_day, N_("“{given}” is no day"), N_("write it as 2026-11-22")),
}


def _line(data: Mapping[str, Any]) -> HelpLine:
    confirmed = data.get("confirmed")
    return HelpLine(
        id=data["id"],
        name=data["name"],
        what=data["what"],
        whom=tuple(map(Audience, data["whom"])),
        web=data.get("web", ""),
        hours=data.get("hours", ""),
        phone=data.get("phone", ""),
        confirmed=date.fromisoformat(confirmed) if confirmed else None,
    )
