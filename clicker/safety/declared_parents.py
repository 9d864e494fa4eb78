"""Rules about parents' lessons as they are written: guesses about the children (P11, P12), one's own child (P14)."""

from __future__ import annotations

import re

from clicker.lesson import AnswerType, Audience, Lesson, Polarity, Sensitivity, Topic
from clicker.safety.guard import OWN_CHILD
from clicker.safety.marked import N_, Broken, Rule

# The lessons speak Danish: a guess about the children names them, and never "the others".
CHILDREN = "børn"
OTHERS = re.compile(r"\bde (?:\S+ )?andre\b|\{others\}", re.IGNORECASE)


def _guessing(lesson: Lesson) -> list[Topic]:
    return [topic for topic in lesson.topics if topic.children is not None]


def _nobody_to_guess(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        if topic.about and topic.children is None:
            yield f"topics.{topic.id}.about", {}


def _only_parents(lesson: Lesson) -> Broken:
    for topic in _guessing(lesson):
        if lesson.audience is not Audience.PARENTS:
            yield f"topics.{topic.id}.children", {}


def _alone(lesson: Lesson) -> Broken:
    for topic in _guessing(lesson):
        if len(topic.prompts()) > 1 or topic.again is not None or topic.polarity is Polarity.NEUTRAL:
            yield f"topics.{topic.id}.children", {}


def _nothing_beside(lesson: Lesson) -> Broken:
    for topic in _guessing(lesson):
        if not topic.about and not (topic.grades and (topic.indicator or topic.attitude_indicator)):
            yield f"topics.{topic.id}.children", {}


def _of_no_class(lesson: Lesson) -> Broken:
    for topic in _guessing(lesson):
        if not topic.about and topic.children is not None and topic.children.type is not AnswerType.HUNDRED:
            yield f"topics.{topic.id}.children", {}


def _not_named(lesson: Lesson) -> Broken:
    for topic in _guessing(lesson):
        texts = (topic.children.text, topic.children.hundred) if topic.children else ()
        if any(text and (CHILDREN not in text.casefold() or OTHERS.search(text)) for text in texts):
            yield f"topics.{topic.id}.children", {"word": CHILDREN}


def _no_hundred(lesson: Lesson) -> Broken:
    for topic in _guessing(lesson):
        if topic.children and topic.children.type is AnswerType.COUNT and not topic.children.hundred:
            yield f"topics.{topic.id}.children", {}


def _own_child(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        if topic.indicator == OWN_CHILD and not _is_own_child(lesson, topic):
            yield f"topics.{topic.id}", {}


def _is_own_child(lesson: Lesson, topic: Topic) -> bool:
    own = topic.own
    asked = own is not None and own.type is AnswerType.ONE_OF and len(own.options) == 3 and own.yes == (0,)
    private = topic.sensitivity is not Sensitivity.S0 and topic.polarity is Polarity.NEUTRAL
    return lesson.audience is Audience.PARENTS and asked and private and len(topic.prompts()) == 1


PARENTS_RULES: tuple[Rule, ...] = (
    (
        "P11",
        _nobody_to_guess,
        N_("“about” names a topic of the children's lesson, but nothing is guessed about them"),
        N_("add a children prompt, or take “about” out"),
    ),
    (
        "P11",
        _only_parents,
        N_("only parents guess about the children"),
        N_("take the children prompt out, or write audience: parents"),
    ),
    (
        "P11",
        _alone,
        N_("a guess about the children stands alone in its topic, which is a risk or protects"),
        N_("move the other questions to a topic of their own"),
    ),
    (
        "P11",
        _nothing_beside,
        N_("there is nothing to hold the guess about the children against"),
        N_("name under “about” the topic of the children's lesson, or give a grade and an indicator"),
    ),
    (
        "P12",
        _of_no_class,
        N_("without “about” nobody knows how many the children are"),
        N_("write type: hundred and ask “ud af 100”"),
    ),
    (
        "P11",
        _not_named,
        N_("the guess must name the children, and never the others"),
        N_("name them as in “de {{children}} {word} i klassen”"),
    ),
    (
        "P12",
        _no_hundred,
        N_("the wording for several classes is missing"),
        N_("add “hundred” to the children prompt, and ask “ud af 100”"),
    ),
    (
        "P14",
        _own_child,
        N_("“my own child” is asked another way than the rules allow"),
        N_("ask parents only: neutral, at least S1, one_of with less, the same and more, yes: [0], nothing else"),
    ),
)
