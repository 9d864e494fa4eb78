"""The form of a lesson file: what the JSON Schema refuses, in sentences."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from clicker.library.problem import Found
from clicker.library.yaml_lines import Written, key_of
from clicker.safety.declared import N_

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError


# One more than the longest list of a lesson, its steps, may have.
ENOUGH = 61
# The keys of a step that may hold its heading.
HEADINGS = ("say", "talk", "agree", "help")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The published schema of lesson files."""
    read: dict[str, Any] = json.loads(files("norms_data").joinpath("lesson.schema.json").read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # slow to load, and the first page needs no lesson

    return Draft202012Validator(schema())


def shape(written: Written, checked: Draft202012Validator) -> Found:
    """Keys that stand twice, then what the schema of `checked` refuses."""
    for key in written.doubled:
        yield key, N_("the key stands twice"), N_("keep one of them"), {}
    data = _beginning(written.data)
    for error in checked.iter_errors(data):
        yield from _said(error, key_of(list(error.absolute_path), data))


def as_written(key: str, data: Any) -> str:
    """The key as the file has it: what is called a step's title may stand behind `say` and the like."""
    place = re.fullmatch(r"steps\.(\d+)\.title", key)
    steps = data.get("steps") if place and isinstance(data, dict) else None
    step = steps[int(place[1]) - 1] if place and isinstance(steps, list) and int(place[1]) <= len(steps) else None
    heads = [head for head in HEADINGS if isinstance(step, dict) and isinstance(step.get(head), str)]
    return f"steps.{place[1]}.{heads[0]}" if place and heads else key


def _beginning(data: Any) -> Any:
    """The data with no more of any list than it takes to see that it is too long, so that looking is soon done."""
    if isinstance(data, dict):
        return {key: _beginning(value) for key, value in data.items()}
    return [_beginning(one) for one in data[:ENOUGH]] if isinstance(data, list) else data


def _said(error: ValidationError, key: str) -> Found:
    given: Any = error.instance
    rule: Any = error.validator_value
    match error.validator:
        case "required":
            for name in rule:
                if name not in given and error.message.startswith(repr(name)):
                    yield key, N_("“{name}” is missing"), N_("add “{name}: ...” here"), {"name": name}
        case "dependentRequired":
            for name in (name for head, names in rule.items() if head in given for name in names):
                if name not in given and f"'{name}'" in error.message:
                    yield key, N_("“{name}” is missing"), N_("add “{name}: ...” here"), {"name": name}
        case "additionalProperties":
            known = error.schema["properties"] if isinstance(error.schema, dict) else {}
            for name in given:
                if name not in known:
                    below = f"{key}.{name}" if key else str(name)
                    remedy = N_("take it out, or use one of: {allowed}")
                    yield below, N_("this key is unknown"), remedy, {"allowed": ", ".join(known)}
        case "enum":
            what, remedy = N_("“{given}” is not one of the words used here"), N_("write one of: {allowed}")
            yield key, what, remedy, {"given": str(given)[:60], "allowed": ", ".join(map(str, rule))}
        case _:
            what, remedy = _SAID.get(str(error.validator), _OTHERWISE)
            if error.validator == "type":
                what, remedy = _WANTED[rule if isinstance(rule, str) else rule[-1]]
            yield key, what, remedy, {"given": str(given)[:60], "limit": str(rule)}


_OTHERWISE = (N_("“{given}” cannot be used here"), N_("see lesson.schema.json"))
_SAID = {
    "oneOf": (
        N_("the step does nothing, or two things"),
        N_("give it exactly one of say, ask, show, talk, dilemma, agree, again, help"),
    ),
    "anyOf": (
        N_("the topic asks nothing"),
        N_("give it one or more of others, own, approve, others_approve, children"),
    ),
    "pattern": (N_("“{given}” is not a name used here"), N_("use a-z, 0-9 and single hyphens only")),
    "minLength": (N_("the text is empty"), N_("write it, or take the key out")),
    "minItems": (N_("the list is too short"), N_("give it {limit} or more, or take the key out")),
    "maxLength": (N_("the text is longer than {limit} letters"), N_("make it shorter")),
    "maxItems": (N_("the list is longer than {limit}"), N_("make it shorter")),
    "minimum": (N_("{given} is too small"), N_("write {limit} or more")),
    "maximum": (N_("{given} is too large"), N_("write {limit} or less")),
    "uniqueItems": (N_("the same thing stands twice in the list"), N_("keep one of them")),
}
_WANTED = {
    "string": (N_("“{given}” is not text"), N_("write text, in quotes if it looks like a number or holds a colon")),
    "integer": (N_("“{given}” is not a whole number"), N_("write digits only")),
    "boolean": (
        N_("“{given}” is neither a heading nor true or false"),
        N_("write true, false or, for a step, a heading"),
    ),
    "array": (N_("“{given}” is not a list"), N_("write a list: [one, two], or one line with a hyphen for each")),
    "object": (N_("“{given}” is not a block of keys"), N_("write keys with values, indented below")),
}
