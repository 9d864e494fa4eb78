"""The rules about a lesson as it is written, checked before anybody is asked anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clicker.lesson import AnswerType, Audience, Kind, Lesson, Polarity, Prompt, Sensitivity, StepKind, Topic
from clicker.lesson.content import SUBSTANCES_AND_CRIME
from clicker.safety.agreement import AGREEMENT_RULES
from clicker.safety.declared_parents import PARENTS_RULES
from clicker.safety.declared_plan import MOST_PROMPTS as MOST_PROMPTS
from clicker.safety.declared_plan import PLAN_RULES
from clicker.safety.declared_sides import SIDES_RULES
from clicker.safety.declared_votes import VOTE_RULES
from clicker.safety.declared_words import NEVER_LIVE as NEVER_LIVE
from clicker.safety.declared_words import WORDS_RULES
from clicker.safety.marked import N_ as N_
from clicker.safety.marked import Broken, Rule

YOUNGEST_FOR_SUBSTANCES = 6
DELICATE = SUBSTANCES_AND_CRIME | {"sex"}
# The lessons speak Danish; these are the words that the rules ask for or forbid.
MORE_THAN_SHOWN = "Vi spørger om mere, end vi når at vise."
WHOLE_CLASS = ("hele klassen, dig selv med", "ud af 100")
THE_OTHERS = re.compile(r"\bde (?:\S+ )?andre\b|\{others\}", re.IGNORECASE)
PARENTS = "forældre"
CLASSES, POSTER = "flere klasser", "plakat"
TOGETHER = "Tal fra flere klasser kan blive lagt sammen. En sætning kan komme på en plakat."
TOGETHER_ADULTS = "Tal fra flere grupper kan blive lagt sammen. En sætning kan komme på en plakat."
FORBIDDEN = ("gør de fleste", "anonym")


@dataclass(frozen=True)
class Fault:
    """A rule that the lesson breaks: `key` names the place (`topics.<id>`, `steps.<number from 1>`).

    `what` and `remedy` are message ids; their {placeholders} are filled from `values`.
    """

    rule: str
    key: str
    what: str
    remedy: str
    values: Mapping[str, str | int] = field(default_factory=dict, hash=False)


def faults(lesson: Lesson) -> tuple[Fault, ...]:
    """Every rule of safety.md about written lessons that this lesson breaks, in the order of the rules.

    Raises KeyError where a step names a topic that the lesson does not have.
    """
    return tuple(
        Fault(rule, key, what, remedy, values)
        for rule, broken, what, remedy in (*_RULES, *_MORE_RULES)
        for key, values in broken(lesson)
    )


def pupil_texts(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """All that wall and phones may print of the lesson, with its key; the consultant's notes are not among it."""
    yield "title", lesson.title
    yield "purpose", lesson.purpose
    yield from ((f"keep.{place}", line) for place, line in enumerate(lesson.keep, 1))
    for topic in lesson.topics:
        key = f"topics.{topic.id}"
        for name in ("title", "healthy", "unhealthy", "why_neutral"):
            yield f"{key}.{name}", getattr(topic, name)
        again = () if topic.again is None else (("again", topic.again),)
        for name, prompt in (*((str(prompt.kind), prompt) for prompt in topic.prompts()), *again):
            for part in (prompt.text, prompt.healthy, *prompt.options):
                yield f"{key}.{name}", part
            yield f"{key}.{_hundred(name)}", prompt.hundred
    for number, step in enumerate(lesson.steps, 1):
        yield f"steps.{number}.title", step.title
        yield f"steps.{number}.question", step.question
        for name in ("text", "proposals", "choices", "discuss"):
            key = "story" if name == "text" and step.kind is StepKind.DILEMMA else name
            yield from ((f"steps.{number}.{key}.{place}", text) for place, text in enumerate(getattr(step, name), 1))
    for text in lesson.closing:
        yield "closing", text


def _hundred(name: str) -> str:
    """The key of a prompt's wording for more than 31 people."""
    return f"{name}_100" if name in ("others", "again") else f"{name}.hundred"


def _said_before_first_ask(lesson: Lesson) -> list[str] | None:
    """The lines of the say steps before the first question, or None where there is no such step."""
    asks = [index for index, step in enumerate(lesson.steps) if step.kind is StepKind.ASK]
    before = lesson.steps[: asks[0]] if asks else lesson.steps
    said = [step for step in before if step.kind is StepKind.SAY]
    return [line for step in said for line in step.text] if said else None


def _steering(lesson: Lesson) -> list[Topic]:
    return [topic for topic in lesson.topics if topic.polarity is not Polarity.NEUTRAL]


def _p1_sensitivity(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        least = Sensitivity.S2 if topic.own else Sensitivity.S1
        if topic.group in DELICATE and topic.sensitivity < least:
            given, wanted = str(topic.sensitivity), str(least)
            yield f"topics.{topic.id}.sensitivity", {"group": topic.group, "given": given, "least": wanted}


def _p8_chains(lesson: Lesson) -> Broken:
    used = {topic for step in lesson.steps if step.kind is StepKind.ASK for topic in step.topics}
    own = [topic for topic in lesson.topics if topic.own and topic.id in used.union(lesson.reserve)]
    implied = {topic.id: topic.implies for topic in lesson.topics}
    for topic in own:
        chain = _implied(topic.id, implied)
        for other in own:
            if other.id in chain:
                yield f"topics.{topic.id}.implies", {"topic": topic.id, "other": other.id}


def _implied(topic: str, implied: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(implied.get(topic, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(implied.get(name, ()))
    return found - {topic}


def _p9_asked_again(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        texts = (topic.again.text, topic.again.hundred) if topic.again else ()
        if any(text and not _counts_all(text) for text in texts):
            yield f"topics.{topic.id}.again", {"whole": WHOLE_CLASS[0], "hundred": WHOLE_CLASS[1]}


def _counts_all(text: str) -> bool:
    return not THE_OTHERS.search(text) and any(words in text for words in WHOLE_CLASS)


def _p10_two_ways(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        for prompt in (topic.own, topic.approve):
            if prompt is not None and topic.sensitivity is not Sensitivity.S0 and not _falls_in_two(prompt):
                yield f"topics.{topic.id}.{prompt.kind}", {}


def _falls_in_two(prompt: Prompt) -> bool:
    if prompt.type is AnswerType.ONE_OF:
        sides = range(len(prompt.options))
        return 0 < len(set(prompt.yes)) < len(sides) and all(option in sides for option in prompt.yes)
    return prompt.type is AnswerType.YES_NO or (prompt.type is AnswerType.AGREE4 and prompt.kind is Kind.APPROVE)


def _p11_told(lesson: Lesson) -> Broken:
    said = _said_before_first_ask(lesson)
    if lesson.told and (said is None or (_of_young(lesson) and not _names(said, PARENTS))):
        yield "told", {"word": PARENTS}


def _p11_told_together(lesson: Lesson) -> Broken:
    """What is added up or stands on a poster leaves the room as well, and others than parents may see it."""
    said = _said_before_first_ask(lesson)
    wanted = (POSTER, CLASSES) if _of_young(lesson) else (POSTER,)
    if lesson.told and said is not None and not all(_names(said, words) for words in wanted):
        yield "told", {"line": TOGETHER if _of_young(lesson) else TOGETHER_ADULTS}


def _of_young(lesson: Lesson) -> bool:
    return lesson.audience in (Audience.PUPILS, Audience.STUDENTS)


def _names(said: list[str], words: str) -> bool:
    return any(words in line.casefold() for line in said)


def _p15_words(lesson: Lesson) -> Broken:
    for key, text in pupil_texts(lesson):
        for words in FORBIDDEN:
            if words in text.casefold():
                yield key, {"words": words}


def _p17_never_live(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        if topic.group in NEVER_LIVE and topic.prompts():
            yield f"topics.{topic.id}.group", {"group": topic.group}


def _g2_grade_five(lesson: Lesson) -> Broken:
    young = [grade for grade in lesson.grades if grade < YOUNGEST_FOR_SUBSTANCES]
    for topic in lesson.topics:
        if lesson.audience is Audience.PUPILS and young and topic.group in SUBSTANCES_AND_CRIME:
            yield f"topics.{topic.id}.group", {"grade": young[0], "group": topic.group}


def _g7_attitude(lesson: Lesson) -> Broken:
    for topic in _steering(lesson):
        if topic.own and not topic.approve:
            yield f"topics.{topic.id}", {}


def _g9_healthy_side(lesson: Lesson) -> Broken:
    for topic in _steering(lesson):
        counted = topic.polarity is Polarity.RISK and (topic.others or topic.children) is not None
        wanted = {
            "healthy": bool(topic.healthy),
            "unhealthy": bool(topic.unhealthy) or not counted,
            "approve.healthy": topic.approve is None or bool(topic.approve.healthy),
        }
        for name, there in wanted.items():
            if not there:
                yield f"topics.{topic.id}.{name}", {"name": name}


def _g12_why_neutral(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        if topic.polarity is Polarity.NEUTRAL and not topic.why_neutral:
            yield f"topics.{topic.id}", {}


def _g15_frame(lesson: Lesson) -> Broken:
    said = _said_before_first_ask(lesson) or []
    if lesson.reveal == "after_all" and not any(MORE_THAN_SHOWN in line for line in said):
        yield "steps", {"line": MORE_THAN_SHOWN}


_RULES: tuple[Rule, ...] = (
    ("P1", _p1_sensitivity, N_("a topic about {group} is declared {given}"), N_("write {least}")),
    (
        "P8",
        _p8_chains,
        N_("who says yes to {topic} has also said yes to {other}, and both ask for own answers"),
        N_("take the own prompt away from one of them, or leave that topic out of the steps"),
    ),
    (
        "P9",
        _p9_asked_again,
        N_("a guess that is asked again must count the one who guesses too"),
        N_("name “{whole}” or “{hundred}”, and never the others"),
    ),
    (
        "P10",
        _p10_two_ways,
        N_("the answers to a private question do not fall into two sides"),
        N_("use yes_no (or agree4 for an attitude), or list under “yes” the numbers of the options that count, from 0"),
    ),
    (
        "P11",
        _p11_told,
        N_("“told” is true, but no step before the first question says what parents may see"),
        N_("say it in the text of a say step before the first ask step, with the word “{word}”"),
    ),
    (
        "P11",
        _p11_told_together,
        N_("nobody says before the first question that numbers are added together and can stand on a poster"),
        N_("put this line into a say step before the first ask step: “{line}”"),
    ),
    ("P15", _p15_words, N_("the words “{words}” are not used"), N_("say it another way")),
    ("P17", _p17_never_live, N_("{group} is not asked about in a class"), N_("take the topic out")),
    ("G2", _g2_grade_five, N_("grade {grade} is not asked about {group}"), N_("take the topic out")),
    ("G7", _g7_attitude, N_("own answers to this topic need an attitude beside them"), N_("add an approve prompt")),
    (
        "G9",
        _g9_healthy_side,
        N_("the words that the wall puts into its sentence are missing"),
        N_("write them under “{name}”"),
    ),
    ("G12", _g12_why_neutral, N_("a neutral topic does not say why it is neutral"), N_("add “why_neutral”")),
    (
        "G15",
        _g15_frame,
        N_("nothing says before the first question that more is asked than shown"),
        N_("put this line into a say step before the first ask step: “{line}”"),
    ),
)
_MORE_RULES = (*PLAN_RULES, *AGREEMENT_RULES, *VOTE_RULES, *PARENTS_RULES, *WORDS_RULES, *SIDES_RULES)
