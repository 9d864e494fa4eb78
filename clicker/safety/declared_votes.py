"""The rules about dilemmas and closing questions as they are written: opinions about a story, never one's own life.

The lessons speak Danish, so the words that are looked for are Danish.
"""

from __future__ import annotations

import re

from clicker.lesson import Lesson, Step, StepKind
from clicker.safety.marked import N_, Broken, Rule

# "du" and "I" after these verbs ask for an opinion; after any other verb of a question, for a deed.
OPINIONS = "synes|mener|tror|tænker|ville|foretrækker|foreslår|håber|ønsker"
JOINING = "hvis|når|at|som|om|end|så|da|fordi|hvad|hvem|hvor|hvordan|hvilken|hvilket|hvilke|og|men|eller|før|mens"
_ASKED = re.compile(rf"\b(?!(?i:{OPINIONS}|{JOINING})\b)(\w+)\s+(?:du|I|dit barn|jeres barn)\b")
# What a choice must not confess.
_OWNED = re.compile(r"\bjeg\s+(?:har|plejer|gør|drikker|ryger|damper|tager|bruger|køber|stjæler)\b", re.IGNORECASE)
_QUESTION = re.compile(r"[^.!?\n]*\?")


def _own_behaviour(lesson: Lesson) -> Broken:
    for number, step in enumerate(lesson.steps, 1):
        if step.kind is StepKind.DILEMMA:
            for words in _confessions(step):
                yield f"steps.{number}", {"words": words}


def _confessions(step: Step) -> list[str]:
    """The words that ask what somebody does, in the order of the step."""
    texts = (step.title, *step.text, step.question, *step.choices, *step.discuss)
    asked = [found[0] for text in texts for part in _QUESTION.findall(text) for found in _ASKED.finditer(part)]
    owned = [found[0] for text in step.choices for found in _OWNED.finditer(text)]
    return [*asked, *owned]


def _closing_without_help(lesson: Lesson) -> Broken:
    if lesson.closing and all(step.kind is not StepKind.HELP for step in lesson.steps):
        yield "closing", {}


def _same_step(lesson: Lesson) -> Broken:
    """Votes are kept by the step that they belong to; two that are the same in every word would share them."""
    for number, step in enumerate(lesson.steps, 1):
        if step.kind in (StepKind.DILEMMA, StepKind.AGREE) and step in lesson.steps[: number - 1]:
            yield f"steps.{number}", {"first": lesson.steps.index(step) + 1}


VOTE_RULES: tuple[Rule, ...] = (
    (
        "P1",
        _own_behaviour,
        N_("a dilemma asks what somebody does or has done: “{words}”"),
        N_("tell a story about others, and ask what would be best"),
    ),
    (
        "closing",
        _closing_without_help,
        N_("no step asks the closing questions"),
        N_("end with a help step, or take “closing” out"),
    ),
    (
        "order",
        _same_step,
        N_("this step is the same as step {first}"),
        N_("take one of them out, or give it another title"),
    ),
)
