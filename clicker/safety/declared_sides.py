"""Which answer is the healthy one: a lesson that turns it round lets the wall say the opposite of the truth (G9).

The lessons speak Danish; a risk is said as who does NOT, so the words must say no where the topic says risk.
"""

from __future__ import annotations

import re

from clicker.lesson import AnswerType, Lesson, Polarity, Prompt, Topic
from clicker.lesson.content import SUBSTANCES_AND_CRIME
from clicker.safety.declared_words import USING, YOUNG_PEOPLE
from clicker.safety.marked import N_, Broken, Rule

# What the remedies name.
WITH_NO, WITHOUT_NO = "ikke / aldrig / ingen / uden", "ikke / aldrig / ingen"
_NO = re.compile(r"\b(?:ikke|aldrig|ingen|intet|hverken)\b", re.IGNORECASE)
_NO_OR_WITHOUT = re.compile(r"\b(?:ikke|aldrig|ingen|intet|hverken|uden)\b", re.IGNORECASE)
# What begins a yes or a no in a list of options.
_NAY = re.compile(r"\W*(?:nej|aldrig|ingen|slet ikke)\b", re.IGNORECASE)
_YEA = re.compile(r"\W*ja\b", re.IGNORECASE)
# "It is all right to do it": to agree with that protects nobody.
_ALL_RIGHT = re.compile(
    r"\b(?:i orden|okay|ok|fint|godt|sejt|sjovt|hyggeligt|normalt),? at "
    r"(?:drikke|ryge|vape|snuse|bruge|prøve|tage|stjæle|købe|sælge|lave|være fuld|begå|true|slå)\b",
    re.IGNORECASE,
)


def _main_clause(text: str) -> str:
    return text.partition(",")[0]


def _steering(lesson: Lesson) -> list[Topic]:
    return [topic for topic in lesson.topics if topic.polarity is not Polarity.NEUTRAL]


def _says_no(lesson: Lesson) -> Broken:
    """A risk is said as who does not, and only there: "vil hjælpe en, der ikke kan" says no to nothing."""
    for topic in _steering(lesson):
        if topic.polarity is Polarity.RISK and topic.healthy and not _NO_OR_WITHOUT.search(_main_clause(topic.healthy)):
            yield f"topics.{topic.id}.healthy", {"words": WITH_NO}


def _says_yes(lesson: Lesson) -> Broken:
    for topic in _steering(lesson):
        name = "unhealthy" if topic.polarity is Polarity.RISK else "healthy"
        if _NO.search(_main_clause(getattr(topic, name))):
            yield f"topics.{topic.id}.{name}", {"words": WITHOUT_NO}


def _two_sides(lesson: Lesson) -> Broken:
    for topic in lesson.topics:
        if topic.unhealthy and _plain(topic.healthy) == _plain(topic.unhealthy):
            yield f"topics.{topic.id}.unhealthy", {}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _asks_for_yes(lesson: Lesson) -> Broken:
    """The last sentence asks; what stands behind its comma tells of somebody else."""
    for topic in _steering(lesson):
        for name in ("others", "own", "again", "children"):
            prompt: Prompt | None = getattr(topic, name)
            texts = () if prompt is None else (prompt.text, prompt.hundred)
            if any(_NO.search(_main_clause(_question(text))) for text in texts):
                yield f"topics.{topic.id}.{name}", {"words": WITHOUT_NO}


def _question(text: str) -> str:
    return re.split(r"[.!?:]\s+", text.replace(", dig selv med,", ""))[-1]


def _attitude_side(lesson: Lesson) -> Broken:
    """Those who do not agree are said with one "ikke" more than the statement has, those who agree with no more."""
    for topic in lesson.topics:
        prompt = topic.approve
        if prompt is not None and prompt.healthy:
            more = len(_NO.findall(prompt.healthy)) - len(_NO.findall(prompt.text))
            if more % 2 != (prompt.protective == "disagree"):
                yield f"topics.{topic.id}.approve.healthy", {}


def _attitude_protects(lesson: Lesson) -> Broken:
    for topic in _steering(lesson):
        prompt = topic.attitude
        if prompt is None or topic.group not in SUBSTANCES_AND_CRIME or not _ALL_RIGHT.search(prompt.text):
            continue
        agrees = prompt.protective == "agree"
        if agrees != (_NO.search(_main_clause(_question(prompt.text))) is not None):
            yield f"topics.{topic.id}.{prompt.kind}.protective", {}


def _substances_are_a_risk(lesson: Lesson) -> Broken:
    """Grown-ups may answer for something that protects ("ville sige noget til en elev, der vaper")."""
    for topic in lesson.topics:
        if topic.group not in SUBSTANCES_AND_CRIME or topic.polarity is not Polarity.PROTECTIVE:
            continue
        asked = [prompt.text for prompt in (topic.others, topic.own, topic.children) if prompt is not None]
        young = lesson.audience in YOUNG_PEOPLE and topic.own is not None
        if young or any(USING.search(text) for text in asked if topic.is_behaviour):
            yield f"topics.{topic.id}.polarity", {}


def _yes_is_yes(lesson: Lesson) -> Broken:
    for topic in _steering(lesson):
        for prompt in (topic.own, topic.approve):
            if prompt is not None and prompt.type is AnswerType.ONE_OF and _turned(prompt, topic.polarity):
                yield f"topics.{topic.id}.{prompt.kind}.yes", {}


def _turned(prompt: Prompt, polarity: Polarity) -> bool:
    """Where all options count, or none, that is what is wrong (P10)."""
    if not 0 < len(set(prompt.yes)) < len(prompt.options):
        return False
    nay = _NAY if polarity is Polarity.RISK else re.compile(r"\W*nej\b", re.IGNORECASE)
    return any(
        nay.match(option) if number in prompt.yes else _YEA.match(option)
        for number, option in enumerate(prompt.options)
    )


SIDES_RULES: tuple[Rule, ...] = (
    (
        "G9",
        _says_no,
        N_("yes is a risk here, but the healthy words do not say who does not"),
        N_("write it with “{words}” before the first comma, or correct the polarity"),
    ),
    (
        "G9",
        _says_yes,
        N_("these words say no where they should say who does it"),
        N_("write them without “{words}” before the first comma, or correct the polarity"),
    ),
    ("G9", _two_sides, N_("the healthy and the unhealthy words are the same"), N_("write the two sides differently")),
    (
        "G9",
        _asks_for_yes,
        N_("the question is asked with a no, so that yes means the opposite"),
        N_("ask who does it, without “{words}”"),
    ),
    (
        "G9",
        _attitude_side,
        N_("the healthy words of the attitude do not fit the answer that protects"),
        N_("say “synes ikke” where to disagree protects, and the statement itself where to agree does"),
    ),
    (
        "G9",
        _attitude_protects,
        N_("to find a substance or crime all right does not protect"),
        N_("choose the other answer as the one that protects"),
    ),
    (
        "G9",
        _substances_are_a_risk,
        N_("yes to a substance or crime is not the answer that protects"),
        N_("write polarity: risk, or leave out the own question"),
    ),
    (
        "P10",
        _yes_is_yes,
        N_("an option that says no is counted as yes, or one that says yes is not"),
        N_("list under “yes” the numbers of the options that say yes"),
    ),
)
