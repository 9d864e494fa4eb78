"""How a lesson must be worded: easy to read, one period and one behaviour through all questions, and no word that
shames or frightens. The lessons speak Danish, so the words that are asked for or refused are Danish too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from clicker.lesson import AnswerType, Audience, Lesson, Period, Prompt, StepKind, Topic
from clicker.library.problem import Found
from clicker.safety.declared import N_, pupil_texts

LONG_WORD = 7
FROM_WORDS = 100
YOUNG = 6
# The hardest a whole lesson may be, as LIX.
HARDEST_YOUNG, HARDEST_PUPILS, HARDEST_STUDENTS, HARDEST_ADULTS = 20, 28, 32, 35
LONGEST, LONGEST_ADULTS = 14, 18
ADULTS = frozenset({Audience.PARENTS, Audience.STAFF})
SPOKEN_NUMBERS = frozenset({"others", "present", "children"})
PERIODS: Mapping[Period, tuple[str, ...]] = {
    Period.WEEKLY: ("hver uge",),
    Period.MONTH: ("de sidste 30 dage", "de seneste 30 dage", "den sidste måned", "den seneste måned"),
    Period.YEAR: (
        "det sidste år",
        "det seneste år",
        "i dette skoleår",
        "de sidste 12 måneder",
        "de seneste 12 måneder",
    ),
    Period.EVER: ("nogensinde",),
}
SHAMING = re.compile(
    r"\b(?:(?:livs)?farlig\w*|dum(?:t|me|mere|hed\w*)?|idiot\w*|skam(?:me[rs]?|fuld\w*)?|flov\w*|pinlig\w*"
    r"|afskyelig\w*|unormal\w*|dårlig stil|(?:normale|ordentlige|pæne) (?:unge|børn|elever|familier|forældre))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_SHORT_FOR = re.compile(r"\b(ca|kl|nr|fx|osv|dvs|bl\.a|f\.eks)\.", re.IGNORECASE)
# A full stop before a small letter ("7. klasse", "3. marts") ends nothing.
_END = re.compile(r"\n|[!?:…]+[”\"’)]*(?:\s+|$)|\.+[”\"’)]*(?:$|\s+(?![a-zæøå]))")
# Who is asked, and the verbs that every question has; the rest of a question is what it is about.
_WHOM = re.compile(
    r"du|dig|din|dit|dine|selv|man|sig|sin|sit|sine|deres|har|er|vil|ville|kan|kunne|må|skal|skulle|tænk|hvor|mange"
    r"|af|de|den|det|der|andre|her|ud|i|på|til|for|at|en|et|og|som|om|med|nogen|noget|hvis|så|\d+"
)


def wording(lesson: Lesson, indicators: Mapping[str, str] | None) -> Found:
    """Everything in the lesson's texts that the rules of wording refuse.

    `indicators` gives the period of each known one; None where their table cannot be read.
    """
    yield from _spoken(lesson)
    yield from _second_wordings(lesson)
    yield from _asked_twice(lesson)
    yield from _easy(lesson)
    yield from _short(lesson)
    for topic in lesson.topics:
        yield from _one_period(topic)
        yield from _period_of_figure(topic, indicators or {})
        yield from _one_behaviour(topic)


def sentences(text: str) -> list[str]:
    """The sentences of a text; every line is one of its own at least, and “7. klasse” ends none."""
    plain = _SHORT_FOR.sub(r"\1", text)
    return [part.strip() for part in _END.split(plain) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words of a text; what is joined by a hyphen is one."""
    return _WORD.findall(text)


def lix(text: str) -> float:
    """How hard a text is to read: words per sentence, plus the percentage of words longer than six letters.

    C. H. Björnsson, Läsbarhet (Stockholm 1968). Say it of 100 words or more; below, a single word decides.
    """
    found = words(text)
    if not found:
        return 0.0
    return len(found) / len(sentences(text)) + 100 * sum(len(word) >= LONG_WORD for word in found) / len(found)


def hardest(lesson: Lesson) -> int:
    """The LIX that all texts of the lesson together may have."""
    if lesson.audience in ADULTS:
        return HARDEST_ADULTS
    if lesson.audience is Audience.STUDENTS:
        return HARDEST_STUDENTS
    return HARDEST_YOUNG if lesson.grades and min(lesson.grades) <= YOUNG else HARDEST_PUPILS


def printed(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """What walls and phones print, with its key, as people read it: numbers stand where the lesson leaves room."""
    for key, text in pupil_texts(lesson):
        if text:
            yield key, re.sub(r"\{(?:others|present|children)\}", "24", text)


def _spoken(lesson: Lesson) -> Found:
    """Texts that could not be said in every room, or not by anybody who means well."""
    for key, text in pupil_texts(lesson):
        for word in re.findall(r"\{(\w*)\}", text):
            if word not in SPOKEN_NUMBERS:
                what, remedy = N_("nothing is filled in for {{{word}}}"), N_("use only {{others}} and {{present}}")
                yield key, what, remedy, {"word": word}
        for found in SHAMING.finditer(text):
            what, remedy = N_("“{words}” shames or frightens"), N_("say it without judging anybody")
            yield key, what, remedy, {"words": found[0]}


def _second_wordings(lesson: Lesson) -> Found:
    """Counts without their wording for a full hall, and topics asked again without one."""
    for topic in lesson.topics:
        counted = {"others_100": topic.others, "others_approve.hundred": topic.others_approve, "again_100": topic.again}
        for column, prompt in counted.items():
            if prompt and prompt.type in (AnswerType.COUNT, AnswerType.COUNT_ALL) and not prompt.hundred:
                what, remedy = N_("the wording for more than 31 people is missing"), N_("add “{column}”")
                yield f"topics.{topic.id}.{column}", what, remedy, {"column": column}
    for number, step in enumerate(lesson.steps, 1):
        for topic_id in step.topics if step.kind is StepKind.AGAIN else ():
            if lesson.topic(topic_id).again is None:
                what, remedy = N_("“{topic}” has no wording for asking again"), N_("add “again” and “again_100” to it")
                yield f"steps.{number}", what, remedy, {"topic": topic_id}


def _asked_twice(lesson: Lesson) -> Found:
    asked = Counter(topic.id for topic in lesson.asked_topics())
    for number, step in enumerate(lesson.steps, 1):
        for topic_id in step.topics if step.kind is StepKind.ASK else ():
            if asked[topic_id] > 1:
                what, remedy = N_("“{topic}” is asked in two steps"), N_("ask it once, or use an again step")
                yield f"steps.{number}", what, remedy, {"topic": topic_id}


def _easy(lesson: Lesson) -> Found:
    text = "\n".join(text for _key, text in printed(lesson))
    found, most = lix(text), hardest(lesson)
    if len(words(text)) < FROM_WORDS or found <= most:
        return
    long = Counter(word.casefold() for word in words(text) if len(word) >= LONG_WORD)
    what = N_("all texts together are hard to read: LIX {lix}, at most {most}")
    remedy = N_("write shorter sentences and shorter words; long words that come often: {words}")
    often = ", ".join(word for word, _times in long.most_common(6))
    yield "", what, remedy, {"lix": round(found, 1), "most": most, "words": often}


def _short(lesson: Lesson) -> Found:
    most = LONGEST_ADULTS if lesson.audience in ADULTS else LONGEST
    for key, text in printed(lesson):
        for sentence in sentences(text):
            count = len(words(sentence))
            if count > most:
                what = N_("the sentence “{start} ...” has {count} words, at most {most}")
                start = " ".join(sentence.split()[:4])
                yield key, what, N_("make two of it"), {"start": start, "count": count, "most": most}


def _one_period(topic: Topic) -> Found:
    """The same period in every question, and in the words that the wall puts into its sentence."""
    if topic.period is Period.NONE:
        return
    asked: dict[str, str] = {}
    named = (("others", topic.others), ("own", topic.own), ("again", topic.again), ("children", topic.children))
    for name, prompt in named:
        if prompt is not None:
            asked |= {name: prompt.text, f"{name}_100": prompt.hundred}
    # "har ikke prøvet" says "ever" by itself.
    said = {name: getattr(topic, name) for name in ("healthy", "unhealthy")}
    for name, text in (*asked.items(), *said.items()):
        silent = topic.period is Period.EVER and name in said
        if text and not _in_period(text, topic.period, silent=silent):
            what, remedy = N_("the text does not ask about the period of the topic ({period})"), N_("use “{words}”")
            values: dict[str, str | int] = {"period": str(topic.period), "words": " / ".join(PERIODS[topic.period])}
            yield f"topics.{topic.id}.{name}", what, remedy, values


def _in_period(text: str, period: Period, *, silent: bool) -> bool:
    named = {other for other, phrases in PERIODS.items() if any(phrase in text.casefold() for phrase in phrases)}
    return named == {period} or (silent and not named)


def _period_of_figure(topic: Topic, indicators: Mapping[str, str]) -> Found:
    period = indicators.get(topic.indicator or "", str(topic.period))
    if period != str(topic.period):
        what = N_("the figure is about another period ({figure}) than the topic ({period})")
        remedy = N_("ask about the same period, or write indicator: none")
        yield f"topics.{topic.id}.indicator", what, remedy, {"figure": period, "period": str(topic.period)}


def _one_behaviour(topic: Topic) -> Found:
    """A guess about something else than the own question: half or more of its words are not in it.

    A guess about another group than the one that answers (`grades`) may well be about something else.
    """
    if topic.own is None or topic.others is None or topic.grades:
        return
    about = _about(topic.own, topic.period)
    guessed = _about(topic.others, topic.period)
    missing = [word for word in about if not any(_same(word, other) for other in guessed)]
    if missing and 2 * len(missing) >= len(about):
        what = N_("the guess does not ask about the same thing as “own”: {words}")
        remedy = N_("use the words of “own” in “others”")
        yield f"topics.{topic.id}.others", what, remedy, {"words": ", ".join(missing)}


def _about(prompt: Prompt, period: Period) -> list[str]:
    text = prompt.text.casefold()
    for phrase in chain.from_iterable(PERIODS.values()) if period is not Period.NONE else ():
        text = text.replace(phrase, "")
    return list(dict.fromkeys(word for word in words(text) if not _WHOM.fullmatch(word)))


def _same(word: str, other: str) -> bool:
    """Whether two words are forms of one (glad, glade; klasse, klassen)."""
    short, long = sorted((word, other), key=len)
    return long.startswith(short if len(short) < 4 else short[:-1])
