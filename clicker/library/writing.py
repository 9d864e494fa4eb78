"""Writes a lesson as the YAML file that `read_lesson` reads: keys in their order, one a line, letters as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any

import yaml

from clicker.lesson import Lesson, as_data, tidy
from clicker.library.yaml_lines import RESOLVERS

# What editors that know JSON Schema look for in the first line; the path is seen from the file.
SCHEMA_LINE = "# yaml-language-server: $schema={schema}\n"
SCHEMA = "lesson.schema.json"
WIDTH = 110


class _Names(list[Any]):
    """A list of names or numbers, written in one line."""


class _Dumper(yaml.SafeDumper):
    """Words stay words: what the reader takes as text needs no quotes here either."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand further in than their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is pointed at; it is written again."""
        return True


_Dumper.yaml_implicit_resolvers = RESOLVERS
_Dumper.add_representer(
    _Names, lambda dumper, names: dumper.represent_sequence("tag:yaml.org,2002:seq", names, flow_style=True)
)

# Marks that YAML folds as line ends unless they stand escaped.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _LINE_ENDS.search(text) else None)


_Dumper.add_representer(str, _text)


def write_lesson(lesson: Lesson | Mapping[str, Any], schema: str = SCHEMA) -> str:
    """The text of the lesson's file; reading it gives the lesson again. Data may have mistakes, which are kept.

    `schema` is where lesson.schema.json lies, seen from the file.
    """
    data = tidy(as_data(lesson) if isinstance(lesson, Lesson) else lesson)
    below = {name: data.pop(name) for name in ("topics", "steps", "reserve", "closing") if name in data}
    parts = [SCHEMA_LINE.format(schema=schema) + _dumped(_listed(data))]
    for name in ("topics", "steps"):
        items = [indent(_dumped([_listed(item)]), "  ") for item in below.get(name, ())]
        parts.append(f"{name}:\n" + "\n".join(items) if items else f"{name}: []\n")
    parts += [_dumped(_listed({name: below[name]})) for name in ("reserve", "closing") if name in below]
    return "\n".join(parts)


def _dumped(data: Mapping[str, Any] | Sequence[Any]) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=WIDTH)


def _listed(data: Any) -> Any:
    """The same with lists of names and numbers marked for one line."""
    if isinstance(data, Mapping):
        short = {"ask", "again", "reserve", "implies", "grade", "yes"}
        return {
            key: _Names(value) if key in short and isinstance(value, list) else _listed(value)
            for key, value in data.items()
        }
    return data
