"""The report of a finished run for the class and the parents, read from results alone (P7, P11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from clicker import words
from clicker.lesson import (
    Figure,
    Kind,
    NotNow,
    Polarity,
    Run,
    Sensitivity,
    Step,
    StepKind,
    Topic,
    Verdict,
    asked_in,
    revealed,
)
from clicker.measures import Histogram
from clicker.report.agreement import Agreement, agreements
from clicker.report.dilemma import Dilemma, dilemmas
from clicker.report.line import Line
from clicker.safety import Banded, Headline, Shown, guessed_kind, leaving, misperception, seen, shown_from_data
from clicker.safety.leaving import Leaving
from clicker.store import RunRecord, Transaction
from clicker.words.report import again_sentence, beside_sentence, guess_sentence, not_reached_word, not_told_sentence

# (topic, round) -> the data kept.
Kept = Mapping[tuple[str, int], Mapping[str, Any]]


class NoReport(LookupError):
    """There is no such run, or it was thrown away."""


@dataclass(frozen=True)
class Reference:
    """One figure from outside, in the healthy frame, and who was asked, when and by whom; `owner` is the municipality
    whose own it is."""

    said: Line
    source: str
    owner: str = ""


@dataclass(frozen=True)
class Finding:
    """One topic that stood on the wall. A line that did not stand there, or may not leave the room, is None."""

    topic: str
    title: str
    verdict: Verdict
    word: str
    question: str
    guess: Line | None = None
    again: Line | None = None
    beside: str = ""
    answer: Line | None = None
    attitude: Line | None = None
    children: Line | None = None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Hidden:
    """A topic that was not shown: its title and one word, nothing else (P7)."""

    title: str
    word: str


@dataclass(frozen=True)
class Report:
    """What others may have of a run. Where they were not told before, `note` says so and the rest is empty."""

    run_id: str
    lang: str
    title: str
    school: str
    group: str
    day: str
    told: bool
    note: str = ""
    present: int | None = None
    findings: tuple[Finding, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    dilemmas: tuple[Dilemma, ...] = ()


def build(tx: Transaction, run_id: str, *, today: date, lang: str) -> Report:
    """The report of a finished run; `today` decides which figures are said to be old.

    Raises NoReport for an unknown or discarded run, NotNow while it is live.
    """
    record = tx.run(run_id)
    if record is None or record.status == "discarded":
        raise NoReport(run_id)
    if record.status != "finished":
        raise NotNow("report")
    head = _head(record, lang)
    if not head.told:
        return replace(head, note=not_told_sentence(lang))
    kept = tx.results(run_id)
    shown = on_the_wall(record.run, kept)
    return replace(
        head,
        present=record.run.present,
        findings=_findings(record.run, shown, kept, today, lang),
        hidden=_hidden(record.run, kept, shown, lang),
        agreements=agreements(kept, lang),
        dilemmas=dilemmas(kept),
    )


def _head(record: RunRecord, lang: str) -> Report:
    lesson = record.run.lesson
    held = words.day((record.evaluated_on or record.touched).date(), lang)
    return Report(record.id, lang, lesson.title, record.school, record.group, held, lesson.told)


def on_the_wall(run: Run, kept: Kept) -> dict[str, Shown]:
    """Of each topic only what the wall came to show, in the order of showing: pupils are promised no more."""
    found: dict[str, Shown] = {}
    for step in run.lesson.steps:
        topic = step.topics[0] if step.kind is StepKind.SHOW else ""
        if topic in run.evaluated and (topic, 1) in kept:
            narrowed = seen(shown_from_data(kept[topic, 1]), revealed(run, topic))
            if narrowed.reveals:
                found[topic] = narrowed
    return found


def _findings(run: Run, shown: Mapping[str, Shown], kept: Kept, today: date, lang: str) -> tuple[Finding, ...]:
    found = []
    for name, value in shown.items():
        topic = run.lesson.topic(name)
        left = leaving(value, topic, told=run.lesson.told)
        # What a group says of its own children stays with the consultant (P14): then nothing of the topic leaves.
        if left is not None and any((left.guesses, left.own, left.claim, left.attitude, left.figure)):
            finding = _finding(topic, left, _question(run, topic, value), today, lang)
            found.append(replace(finding, again=_again(kept.get((name, 2)), lang) if left.guesses else None))
    return tuple(found)


def _finding(topic: Topic, left: Leaving, question: str, today: date, lang: str) -> Finding:
    # The sentences are made from a value that holds nothing but what leaves.
    out = Shown(left.topic, left.verdict, guesses=left.guesses, attitude=left.attitude, figure=left.figure)
    out = replace(out, own=left.own or _as_own(topic, left.claim))
    # G11: no sentence says that guesses were wrong where chance could have made them so.
    beside = misperception(out, topic) if left.headline is Headline.MORE_THAN_IT_IS else None
    return Finding(
        topic=topic.id,
        title=topic.title,
        verdict=left.verdict,
        word=words.verdict_word(left.verdict, lang),
        question=question if left.guesses else "",
        guess=_guess(left.guesses, lang) if left.guesses else None,
        beside=beside_sentence(beside, lang) if beside else "",
        answer=_answer(topic, out, lang) if out.own else None,
        attitude=_counted(words.attitude_sentence(topic, out, lang), left.attitude) if left.attitude else None,
        children=_of_children(topic, left, lang) if left.children else None,
        references=tuple(
            Reference(
                _country(one, words.reference_sentence(topic, one, today, lang)),
                words.source_line(one, today, lang),
                one.owner,
            )
            for one in (left.figure, left.beside)
            if one is not None
        ),
    )


def _as_own(topic: Topic, claim: tuple[int, int] | None) -> Banded | None:
    """The claim "at least so many of n" as own answers that say just that."""
    if claim is None:
        return None
    healthy = Banded(claim[0], claim[1], claim[1])
    return healthy.turned() if topic.polarity is Polarity.RISK else healthy


def _again(data: Mapping[str, Any] | None, lang: str) -> Line | None:
    """The second guess, where the wall came to it: only then is it kept."""
    if data is None:
        return None
    guesses = Histogram(data["top"], data["step"], tuple(data["counts"]))
    return replace(_guess(guesses, lang), text=again_sentence(guesses, lang))


def _guess(guesses: Histogram, lang: str) -> Line:
    mean = guesses.mean_number()
    return Line(guess_sentence(guesses, lang), mean, mean, guesses.top)


def _answer(topic: Topic, out: Shown, lang: str) -> Line:
    assert out.own is not None
    text = words.claim_sentence(topic, out, lang)
    if topic.sensitivity is Sensitivity.S2:  # P11: own S2 leaves only as the sentence
        return Line(f"{text}.")
    return _counted(text, out.own.turned() if topic.polarity is Polarity.RISK else out.own)


def _of_children(topic: Topic, left: Leaving, lang: str) -> Line:
    assert left.children is not None
    said = f"{words.children_sentence(topic, left.children, lang)}."
    parts = (said, words.children_attitude(topic, left.children, lang), words.children_asked(left.children, lang))
    text = " ".join(part for part in parts if part)
    counted = words.children_healthy(topic, left.children)
    if counted is None or (topic.is_behaviour and topic.sensitivity is Sensitivity.S2):  # P11: only as the sentence
        return Line(text)
    return Line(text, Fraction(counted.low), Fraction(counted.high), counted.n)


def _counted(text: str, counted: Banded) -> Line:
    return Line(f"{text}.", Fraction(counted.low), Fraction(counted.high), counted.n)


def _country(figure: Figure, text: str) -> Line:
    """The country per hundred on the healthy side, as the sentence says it."""
    low = Fraction(0) if figure.bound == "<" else Fraction(str(figure.low))
    high = Fraction(str(figure.high))
    if figure.side != "healthy":
        low, high = 100 - high, 100 - low
    return Line(f"{text}.", low, high, 100)


def _question(run: Run, topic: Topic, shown: Shown) -> str:
    """The guess's question as it was asked."""
    kind = guessed_kind(shown, topic)
    steps = (step for step in run.lesson.steps if step.kind is StepKind.ASK and topic.id in step.topics)
    return next((text for step in steps for text in _texts(run, step, topic, kind)), "")


def _texts(run: Run, step: Step, topic: Topic, kind: Kind) -> list[str]:
    asked = asked_in(run, step)
    return [one.text for one in asked if (one.address.topic, one.address.kind) == (topic.id, kind)]


def _hidden(run: Run, kept: Kept, shown: Mapping[str, Shown], lang: str) -> tuple[Hidden, ...]:
    """P7: the title and the word of what was counted and not shown, in the order of asking."""
    rows = []
    for topic in run.lesson.asked_topics():
        if (topic.id, 1) in kept and topic.id not in shown:
            value = shown_from_data(kept[topic.id, 1])
            word = not_reached_word(lang) if value.reveals else words.verdict_word(value.verdict, lang)
            rows.append(Hidden(topic.title, word))
    return tuple(rows)
