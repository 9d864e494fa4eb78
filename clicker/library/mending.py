"""What can still be read of a lesson whose form has mistakes, so that names, wording and rules are looked at too.

Nobody can know what the author meant where a value is wrong. So the lesson is made whole in several forms: what can
be read stands as it is, and in each form another of the possible values stands in for what cannot. What is wrong in
all of the forms is wrong however the author mends it, and nothing else is said. Where “polarity: god” stands, the
first form has risk, the second protective, the third neutral, the fourth risk again: a sentence that is too long is
too long in all of them, while only a risk topic lacks its word for the unhealthy side.

Nothing changes its place in the lists of topics, steps and texts, so keys name the same thing in every form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from clicker.library.problem import Wrong
from clicker.library.shape import schema
from clicker.library.yaml_lines import key_of

# As many forms as the longest list of words that one key offers (the groups of topics).
FORMS = 10
HEADS = ("say", "ask", "show", "talk", "dilemma", "agree", "again", "help")
# How alike an unknown key and a known one must be to be taken for a slip of the pen.
ALIKE = 0.8
UNSAID = "?"

Data = dict[str, Any]
Path = tuple[Any, ...]
Rule = Mapping[str, Any]

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda there: isinstance(there, dict),
    "array": lambda there: isinstance(there, list),
    "string": lambda there: isinstance(there, str),
    "boolean": lambda there: isinstance(there, bool),
    "integer": lambda there: not isinstance(there, bool) and (isinstance(there, int) or _whole(there)),
}


@dataclass(frozen=True)
class Forms:
    """The forms that `build` can read, and the keys of the places where something stands in for what is unreadable."""

    all: tuple[Data, ...]
    unread: frozenset[str] = frozenset()

    def agreed(self, find: Callable[[Data], Iterable[Wrong]]) -> list[Wrong]:
        """The mistakes that `find` finds in every form, without those at the unreadable places."""
        first, *others = (list(find(form)) for form in self.all)
        always = {wrong[:2] for wrong in first}.intersection(*({wrong[:2] for wrong in found} for found in others))
        return [wrong for wrong in first if wrong[:2] in always and not self._stands_in(wrong[0])]

    def with_known_topics(self) -> Forms:
        """The forms without the topics that steps name and the lesson lacks. In every other one the nearest topic
        stands instead, for a name may be a slip of the pen or one too many: so there are two forms at least."""
        forms = self.all if len(self.all) > 1 else self.all * 2
        return replace(self, all=tuple(_known_topics(form, nearest=bool(way % 2)) for way, form in enumerate(forms)))

    def _stands_in(self, key: str) -> bool:
        inside = key.replace("_100", ".hundred")  # The two ways to write a wording for a full hall.
        return any(name == place or name.startswith(f"{place}.") for place in self.unread for name in (key, inside))


def mended(data: Any) -> Forms:
    """The lesson whose form has mistakes. No form at all where no topics or no steps can be read, or far too many:
    to look at all of them would take longer than anybody waits."""
    for name in ("topics", "steps"):
        listed = data.get(name) if isinstance(data, dict) else None
        if not isinstance(listed, list) or not 0 < len(listed) <= schema()["properties"][name]["maxItems"]:
            return Forms(())
    forms = [_Form(way) for way in range(FORMS)]
    made = tuple(form.lesson(data) for form in forms)
    return Forms(made, frozenset(key_of(path, data) for form in forms for path in form.unread))


class _Form:
    """Makes form number `way`; `unread` are the places where something stands in."""

    def __init__(self, way: int) -> None:
        self._way = way
        self.unread: list[Path] = []

    def lesson(self, data: Data) -> Data:
        made = self._object(data, schema(), ())
        nameless = not all(topic["id"] for topic in made["topics"])
        for number, topic in enumerate(made["topics"], 1):
            topic["id"] = topic["id"] or str(number)  # As its key is called.
        choices = tuple(_steps(made))
        made["steps"] = [self._step(step, choices) for step in made["steps"]]
        # A topic without a name may be the one that a step names in vain.
        return _known_topics(made, nearest=False) if nameless else made

    def _fit(self, there: Any, rule: Rule, path: Path) -> Any:
        """What stands there, where the rule has it so; else what stands in."""
        rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule
        if "enum" in rule:
            return there if there in rule["enum"] else self._instead(rule, path)
        kinds = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
        match next((kind for kind in kinds if _TYPES[kind](there)), None):
            case "object":
                return self._object(there, rule, path)
            case "array" if len(there) >= rule.get("minItems", 0):
                made = [self._fit(one, rule["items"], (*path, number)) for number, one in enumerate(there)]
                return [one for one in made if one != ""]
            case "string" if there and "pattern" in rule:
                return there[:60]  # A name that is not spelled as names are names something all the same.
            case "string" if rule.get("minLength", 0) <= len(there) <= rule.get("maxLength", len(there)):
                return there
            case "integer" if rule["minimum"] <= there <= rule["maximum"]:
                return there
            case "boolean":
                return there
        if kinds == ["object"]:
            self.unread.append(path)
            return self._object({"text": there} if isinstance(there, str) and there else {}, rule, path)
        return self._instead({**rule, "type": kinds[0]}, path)

    def _instead(self, rule: Rule, path: Path) -> Any:
        self.unread.append(path)
        if "enum" in rule:
            return rule["enum"][self._way % len(rule["enum"])]
        match rule["type"]:
            case "array":
                return []
            case "boolean":
                return self._way % 2 == 0
            case "integer":
                return (rule["minimum"], rule["maximum"])[self._way % 2]
        return "" if "pattern" in rule else UNSAID

    def _object(self, there: Mapping[Any, Any], rule: Rule, path: Path) -> Data:
        known: Rule = rule["properties"]
        given = {name: value for name, value in there.items() if name in known}
        for name in (name for name in there if name not in known):
            for meant in get_close_matches(str(name), [other for other in known if other not in given], 1, ALIKE):
                given[meant] = there[name]
                self.unread.append((*path, meant))
        made = {name: self._fit(value, known[name], (*path, name)) for name, value in given.items()}
        for name in rule.get("required", ()):
            if name not in made:
                made[name] = self._fit(None, known[name], (*path, name))
        if made.get("type") == "one_of" and len(made.get("options", ())) < 2:
            made |= {"options": [UNSAID, 2 * UNSAID], "yes": [0]}
        return made

    def _step(self, step: Data, choices: tuple[Data, ...]) -> Data:
        """A step that does nothing, or two things, does something else in each form."""
        heads = [head for head in HEADS if step.get(head) not in (None, "", [])]
        rest = {key: value for key, value in step.items() if key not in HEADS}
        possible = tuple({head: step[head]} for head in heads) or choices
        return possible[self._way % len(possible)] | rest


def _steps(lesson: Data) -> Iterator[Data]:
    """What a step could do, besides asking for an agreement or a second guess: ask for or show what no other does."""
    asked, shown = (
        [name for step in lesson["steps"] for name in _names(step.get(head, []))] for head in ("ask", "show")
    )
    topics = [topic["id"] for topic in lesson["topics"]]
    yield from ({"talk": True}, {"say": True}, {"help": True})
    yield {"ask": [topic for topic in topics if topic not in asked] or topics}
    yield {"show": next((topic for topic in topics if topic not in shown), topics[0])}


def _known_topics(lesson: Data, *, nearest: bool) -> Data:
    known = [topic["id"] for topic in lesson["topics"]]

    def kept(named: str | list[str]) -> list[str]:
        instead = (
            [name] if name in known else get_close_matches(name, known if nearest else [], 1, 0)
            for name in _names(named)
        )
        return list(dict.fromkeys(name for names in instead for name in names))

    def step_of(step: Data) -> Data:
        for head in {"ask", "show", "again"} & step.keys():
            topics = kept(step[head])
            return {**step, head: topics[0] if head == "show" else topics} if topics else {"talk": True}
        return step

    return {**lesson, "steps": [step_of(step) for step in lesson["steps"]], "reserve": kept(lesson.get("reserve", []))}


def _names(named: str | list[str]) -> list[str]:
    return [named] if isinstance(named, str) else named


def _whole(there: Any) -> bool:
    return isinstance(there, float) and there.is_integer()
