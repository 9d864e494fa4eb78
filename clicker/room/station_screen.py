"""What a phone at a station and its consultant may know: the folded counts, and nobody's answer but one's own guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from clicker import words
from clicker.lesson import SKIPPED, Address, Asked, Kind, Run, Topic, asked_in, choices, station_run
from clicker.measures import tally
from clicker.room.codes import hashed
from clicker.room.moving import evaluate_topic
from clicker.room.phone_screen import prompt_facts
from clicker.room.screens import PromptFacts
from clicker.safety import Choices, Declared, Shown, walk_up_may_ask, walk_up_seen
from clicker.store import Ballot, StationRecord, Transaction

GUESSES = (Kind.OTHERS, Kind.OTHERS_APPROVE)


@dataclass(frozen=True)
class Visit:
    """One phone at one question: `prompt` to answer, or `card` to read after it; with neither there is nothing to show
    yet. At the end there is no topic, and `cards` are all that may be shown of every question."""

    station: StationRecord
    topic: str = ""
    question: str = ""
    prompt: PromptFacts | None = None
    card: words.Card | None = None
    so_far: str = ""
    cards: tuple[words.Card, ...] = ()

    @property
    def view(self) -> str:
        return "ask" if self.prompt else "card" if self.topic else "end"


@dataclass(frozen=True)
class SoFar:
    """One question on the consultant's page: what the group has come to in whole tens, and what phones are shown."""

    title: str
    question: str
    line: str
    card: words.Card | None


def next_question(tx: Transaction, station: StationRecord, seat: str, today: date, lang: str) -> Visit:
    """The first question that the seat has not answered, else the end."""
    run, answered = station_run(station.lesson), tx.stations.answered(station.id, hashed(seat))
    for asked in _all(run):
        if asked.address not in answered:
            return _asking(station, run, asked, lang)
    cards = (_card(tx, station, topic, answered, today, lang) for topic in station.lesson.topics)
    return Visit(station, cards=tuple(card for card in cards if card is not None))


def after_answer(
    tx: Transaction, station: StationRecord, seat: str, address: Address, guess: str, today: date, lang: str
) -> Visit:
    """The topic's next question or, after its last one, the card of guess beside answer (P4).

    `guess` is the token that the page itself carries along: the server may have forgotten it by now.
    """
    run, answered = station_run(station.lesson), tx.stations.answered(station.id, hashed(seat))
    for asked in _all(run):
        if asked.address.topic == address.topic and asked.address not in answered:
            return _asking(station, run, asked, lang)
    topic = station.lesson.topic(address.topic)
    asked = _guessed(run, topic)
    given: Mapping[Address, int | None] = answered
    if guess in (*choices(run, asked), SKIPPED):
        given = {asked.address: None if guess == SKIPPED else int(guess)}
    card = _card(tx, station, topic, given, today, lang, skipped=guess == SKIPPED)
    return Visit(station, topic.id, asked.text, card=card, so_far=_so_far(tx, station, topic, lang))


def consultant_lines(tx: Transaction, station: StationRecord, today: date, lang: str) -> tuple[SoFar, ...]:
    """Every question of the station."""
    run = station_run(station.lesson)
    lines = []
    for topic in station.lesson.topics:
        card = _card(tx, station, topic, {}, today, lang)
        asked = _guessed(run, topic)
        guesses = tally(_folded(tx, station, asked.address), top=100, step=5)
        said = (words.guessed_so_far(guesses, lang), _so_far(tx, station, topic, lang))
        lines.append(SoFar(topic.title, asked.text, " ".join(part for part in said if part), card))
    return tuple(lines)


def _all(run: Run) -> tuple[Asked, ...]:
    """In the order of the station's topics; a run would ask S0 topics first."""
    asked = asked_in(run, run.lesson.steps[0])
    order = [topic.id for topic in run.lesson.topics]
    return tuple(sorted(asked, key=lambda one: order.index(one.address.topic)))


def _guessed(run: Run, topic: Topic) -> Asked:
    return next(one for one in _all(run) if one.address.topic == topic.id and one.address.kind in GUESSES)


def _asking(station: StationRecord, run: Run, asked: Asked, lang: str) -> Visit:
    everything = _all(run)
    prompt = prompt_facts(run, asked, everything.index(asked) + 1, len(everything), lang)
    return Visit(station, asked.address.topic, asked.text, prompt=prompt)


def _card(
    tx: Transaction,
    station: StationRecord,
    topic: Topic,
    given: Mapping[Address, int | None],
    today: date,
    lang: str,
    *,
    skipped: bool = False,
) -> words.Card | None:
    """The card of the topic with the guess out of `given`; None while nothing of it may be shown."""
    shown = _public(tx, station, topic, today)
    if not shown.reveals:
        return None
    asked = _guessed(station_run(station.lesson), topic)
    guess = given.get(asked.address)
    card = words.card(topic, shown, asked.text, guess, today, lang)
    # A guess that has been folded is not one that was never made.
    return replace(card, line="") if card is not None and guess is None and not skipped else card


def _public(tx: Transaction, station: StationRecord, topic: Topic, today: date) -> Shown:
    """P3 for a station. Its group are those who have answered; of what stands beside an own answer only whole blocks
    are counted, of a guess about the country every guess, so that few need to wait for the first five (G1)."""
    run, ballots = station_run(station.lesson), list(_ballots(tx, station, topic))
    # Each question fills its own blocks: only of those who answered for themselves is it known that they did.
    asked = Kind.OTHERS if topic.own is None else Kind.OWN
    everyone = sum(ballot.address.kind is asked for ballot in ballots)
    declared = Declared(topic, station.lesson.audience, station.lesson.grades)
    shown = evaluate_topic(run, declared, ballots, everyone, station.figures[topic.id], Choices(), today)
    return walk_up_seen(shown, topic)


def _ballots(tx: Transaction, station: StationRecord, topic: Topic) -> Iterator[Ballot]:
    for prompt in topic.prompts():
        address = Address(topic.id, prompt.kind)
        values = _folded(tx, station, address)
        if not walk_up_may_ask(topic.sensitivity):
            values += tx.stations.waiting(station.id, address)
        yield from (Ballot("", address, value) for value in values)


def _folded(tx: Transaction, station: StationRecord, address: Address) -> tuple[int, ...]:
    counts = tx.stations.folded(station.id, address.topic).get(address.kind, {})
    return tuple(value for value, count in counts.items() for _ in range(count))


def _so_far(tx: Transaction, station: StationRecord, topic: Topic, lang: str) -> str:
    """How many are behind the own answers, in whole tens; "" where nobody is asked for one, or before the first ten."""
    folded = _folded(tx, station, Address(topic.id, Kind.OWN))
    return words.answered_so_far(len(folded), lang) if folded else ""
