"""What can still be read of a lesson whose form has mistakes, so that names, wording and rules are looked at too.

Nobody can know what the author meant where a value is wrong. So the lesson is mended in several ways, each of them
possible; what is wrong in all of them is wrong however the author mends it, and nothing else is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from clicker.library.shape import validator

if TYPE_CHECKING:
    from jsonschema import ValidationError

# As many ways as the longest list of words that one key offers.
WAYS = 10
ROUNDS = 4
PROMPTS = {
    "others": "count",
    "own": "yes_no",
    "approve": "agree4",
    "others_approve": "count",
    "again": "count_all",
    "children": "count",
}
HEADS = ("say", "ask", "show", "talk", "dilemma", "agree", "again", "help")
ALIKE = 0.8
_UNSAID = "?"
DILEMMA = {"question": _UNSAID, "choices": [_UNSAID, "??", "???"]}

Data = dict[str, Any]
Path = tuple[Any, ...]


@dataclass(frozen=True)
class Damage:
    """A place that has to be mended. `options` are what could stand there, each made from what stands there now."""

    path: Path
    options: tuple[Callable[[Any], Any], ...]


def mended(data: Any) -> list[Data]:
    """The lesson's data in forms that the schema accepts; empty where too little of it can be read."""
    if not isinstance(data, dict) or not all(isinstance(data.get(name), list) for name in ("topics", "steps")):
        return []
    if not list(validator().iter_errors(data)):
        return [data]
    ways = [_one_way(data, number) for number in range(WAYS)]
    return [way for way in ways if way is not None]


def damaged(data: Any, errors: Sequence[ValidationError]) -> list[Path]:
    """The places that were mended: what is said of them beyond the schema's own words would be a guess."""
    return [damage.path for error in errors for damage in _damages(data, error)]


def with_known_topics(data: Data, way: int) -> Data:
    """The steps without topics that are not there: in every other way the nearest name stands instead."""
    made, known = deepcopy(data), [topic["id"] for topic in data["topics"]]

    def kept(named: str | list[str]) -> list[str]:
        listed = [named] if isinstance(named, str) else named
        nearest = [name if name in known else _nearest(name, known if way % 2 else []) for name in listed]
        return list(dict.fromkeys(name for name in nearest if name))

    for number, step in enumerate(made["steps"]):
        for head in {"ask", "show", "again"} & step.keys():
            topics = kept(step[head])
            if not topics:
                made["steps"][number] = {"talk": True}
            else:
                step[head] = topics[0] if head == "show" else topics
    made["reserve"] = kept(made.get("reserve", []))
    return made


def _nearest(name: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(name, known, 1, cutoff=0)), "")


def _one_way(data: Data, number: int) -> Data | None:
    made = deepcopy(data)
    for _round in range(ROUNDS):
        errors = list(validator().iter_errors(made))
        if not errors:
            return made
        damages = [damage for error in errors for damage in _damages(made, error)]
        # The deepest first; of the same list its last item first, so that the others keep their places.
        for damage in sorted(damages, key=lambda one: (len(one.path), str(one.path)), reverse=True):
            _mend(made, damage, number)
    return None


def _mend(made: Any, damage: Damage, number: int) -> None:
    *way, last = damage.path
    try:
        for part in way:
            made = made[part]
        there = made.get(last) if isinstance(made, dict) else made[last]
        value = damage.options[number % len(damage.options)](there)
    except (LookupError, TypeError, AttributeError):
        return  # It went with what stood around it.
    if value is not None:
        made[last] = value
    elif isinstance(made, dict):
        made.pop(last, None)
    else:
        del made[last]


def _damages(data: Any, error: ValidationError) -> Iterator[Damage]:
    path: Path = tuple(error.absolute_path)
    given: Any = error.instance
    rule: Any = error.validator_value
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    match error.validator:
        case "required":
            names = (name for name in rule if error.message.startswith(repr(name)))
            for name in names:
                yield Damage((*path, name), _stand_ins((*path, name), schema))
        case "dependentRequired":
            names = (name for head, needed in rule.items() if head in given for name in needed if name not in given)
            for name in names:
                yield Damage((*path, name), _stand_ins((*path, name), schema))
        case "additionalProperties":
            for name in list(given):
                if name not in schema.get("properties", {}):
                    yield Damage((*path, name), (_gone,))
                    yield from _meant(schema, given, path, name)
        case "enum":
            yield Damage(path, tuple(_always(word) for word in rule))
        case "oneOf":
            yield Damage(path, _steps(data))
        case "uniqueItems":
            yield Damage(path, (_once,))
        case "anyOf":
            yield from ()
        case _ if path[:1] == ("steps",) and len(path) == 2:
            yield Damage(path, _steps(data))
        case _:
            yield Damage(path, _stand_ins(path, {}))


def _stand_ins(path: Path, schema: Mapping[str, Any]) -> tuple[Callable[[Any], Any], ...]:
    name = path[-1]
    words = schema.get("properties", {}).get(name, {}).get("enum")
    if words:
        return tuple(_always(word) for word in words)
    if name in PROMPTS:
        return (lambda there: {"text": there if isinstance(there, str) and there else _UNSAID, "type": PROMPTS[name]},)
    if path[0] == "steps" and name in HEADS:
        return (_always(True), _gone) if name in ("say", "talk", "dilemma", "agree", "help") else (_gone,)
    if name == "id":
        return (_identified(path),)
    values = {"text": _UNSAID, "title": _UNSAID, "version": 1, "options": [_UNSAID, "??"], **DILEMMA}
    return (_always(values.get(str(name))),)


def _identified(path: Path) -> Callable[[Any], Any]:
    """A topic without a name is called by its number, as its key is."""
    return _always(str(path[1] + 1) if len(path) == 3 else "lesson")


def _steps(data: Any) -> tuple[Callable[[Any], Any], ...]:
    """A step that does nothing, or two things, could be any of these."""
    topics = [topic["id"] for topic in data["topics"] if isinstance(topic, dict) and isinstance(topic.get("id"), str)]

    def as_head(head: str, value: Any) -> Callable[[Any], Any]:
        def made(there: Any) -> Data:
            rest = {key: one for key, one in there.items() if key not in HEADS} if isinstance(there, dict) else {}
            return {head: there.get(head, value) if isinstance(there, dict) else value, **rest}

        return made

    return as_head("talk", True), as_head("say", True), as_head("ask", topics)


def _meant(schema: Mapping[str, Any], given: Data, path: Path, name: Any) -> Iterator[Damage]:
    """An unknown key is probably a known one with a slip of the pen: its value may stand there."""
    known = [other for other in schema["properties"] if other not in given]
    for other in get_close_matches(str(name), known, 1, cutoff=ALIKE):
        yield Damage((*path, other), (_always(given[name]),))


def _gone(_there: Any) -> None:
    return None


def _always(value: Any) -> Callable[[Any], Any]:
    return lambda _there: deepcopy(value)


def _once(there: Any) -> Any:
    return [one for number, one in enumerate(there) if one not in there[:number]]
