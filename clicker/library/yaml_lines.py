"""YAML with the line of every key, so that a mistake can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

# A lesson is four deep: topics, one topic, its prompt, the prompt's options.
DEEPEST = 12


class Pointing(yaml.YAMLError):
    """The file says something once and points to it from elsewhere: a few lines could stand for millions."""

    def __init__(self, mark: object) -> None:
        super().__init__("alias")
        self.problem_mark = mark


class _Loader(yaml.SafeLoader):
    """Plain data only. `yes`, `no` and `on` are words here: `yes` is a key of prompts."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """One node. Raises Pointing at an alias, and YAMLError beyond DEEPEST."""
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise Pointing(event.start_mark)
        if self.depth == DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)  # type: ignore[arg-type]
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


_BOOL = "tag:yaml.org,2002:bool"
# A date is what somebody wrote; made into a date it would be text no more, or no date at all.
_INT = "tag:yaml.org,2002:int"  # written as everybody writes it; YAML also knows 0x1F, 1:59:59 and 1_000
_NOT_GUESSED = (_BOOL, _INT, "tag:yaml.org,2002:timestamp")
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag not in _NOT_GUESSED]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_WHOLE = re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$")
_Loader.add_implicit_resolver(_INT, _WHOLE, list("-+0123456789"))


def _whole(_loader: yaml.SafeLoader, node: yaml.Node) -> int:
    if not isinstance(node.value, str) or not _WHOLE.match(node.value):
        raise ValueError("not a whole number")
    return int(node.value)


_Loader.add_constructor(_INT, _whole)
RESOLVERS = _Loader.yaml_implicit_resolvers


@dataclass(frozen=True)
class Written:
    """What a file says, the line of each key as `key` names it, and the keys that stand twice."""

    data: Any
    lines: Mapping[str, int]
    doubled: tuple[str, ...]

    def line(self, key: str) -> int:
        """The line of the key, or of the nearest thing around it."""
        while key not in self.lines and key:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 1)


def read(text: str) -> Written:
    """Raises yaml.YAMLError where the text is not YAML."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Written(None, {}, ())
        found = list(_lines(node, ""))
        data = loader.construct_document(node)
    except (ValueError, OverflowError) as error:
        raise yaml.MarkedYAMLError(problem=str(error)) from error
    finally:
        loader.dispose()
    # Of two the second counts, in the data too.
    lines = {key: line for key, line, _again in found}
    return Written(data, lines, tuple(key for key, _, again in found if again))


def key_of(path: Sequence[Any], data: Any) -> str:
    """The path as people read it: list items by their `id`, else numbered from 1. It may end where there is nothing."""
    parts = []
    for step in path:
        listed = isinstance(data, list) and isinstance(step, int)
        below = data.get(step) if isinstance(data, dict) else data[step] if listed else None
        if isinstance(step, int):
            named = below.get("id") if isinstance(below, dict) else None
            parts.append(named if isinstance(named, str) and named else str(step + 1))
        else:
            parts.append(str(step))
        data = below
    return ".".join(parts)


def _lines(node: yaml.Node, key: str) -> Iterator[tuple[str, int, bool]]:
    """(key, line, whether its mapping had that key already) of the node's children and theirs."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            below = f"{key}.{name.value}" if key else str(name.value)
            yield below, name.start_mark.line + 1, below in seen
            seen.add(below)
            yield from _lines(value, below)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, 1):
            below = f"{key}.{_id(item) or number}" if key else str(number)
            yield below, item.start_mark.line + 1, False
            yield from _lines(item, below)


def _id(node: yaml.Node) -> str | None:
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == "id" and value.tag == "tag:yaml.org,2002:str":
            return str(value.value)
    return None
