"""What one phone may know of itself: whether it may answer, its own open answers, its cards of guess beside answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from clicker import words
from clicker.lesson import SKIPPED, Address, Phase, StepKind, Topic, current, open_now, revealed
from clicker.room.snapshot import Snapshot
from clicker.safety import Shown, guessed_kind, seen
from clicker.store import Ballot


@dataclass(frozen=True)
class Mine:
    """`answers` are the phone's own tokens for the prompts that are open; `now` is the card of the topic that the wall
    shows, `earlier` those of the topics shown so far, newest first (P4); `seq` is the number of its next tap."""

    admitted: bool
    turn: int
    answers: Mapping[str, str]
    now: words.Card | None = None
    earlier: tuple[words.Card, ...] = ()
    seq: int = 0


def mine(snapshot: Snapshot, admitted: bool, ballots: tuple[Ballot, ...], today: date, lang: str, seq: int = 0) -> Mine:
    """From the seat's own ballots and the public value. An own answer is never told again once it is closed."""
    is_open = {asked.address for asked in open_now(snapshot.run)}
    answers = {
        str(ballot.address): SKIPPED if ballot.value is None else f"{ballot.value:03d}"
        for ballot in ballots
        if ballot.address in is_open
    }
    cards = {} if snapshot.dark else {card.topic: card for card in _cards(snapshot, ballots, today, lang)}
    now = cards.pop(_on_the_wall(snapshot), None)
    return Mine(admitted, snapshot.run.turn, answers, now, tuple(cards.values())[::-1], seq + 1)


def _on_the_wall(snapshot: Snapshot) -> str:
    step = current(snapshot.run)
    return step.topics[0] if step is not None and step.kind is StepKind.SHOW else ""


def _cards(snapshot: Snapshot, ballots: tuple[Ballot, ...], today: date, lang: str) -> Iterator[words.Card]:
    """A card for each topic as far as the wall has shown it, in the order of showing."""
    for step in snapshot.run.lesson.steps:
        if step.kind is not StepKind.SHOW or step.topics[0] not in snapshot.shown:
            continue
        topic = snapshot.run.lesson.topic(step.topics[0])
        shown = _as_far(snapshot, topic)
        question = snapshot.question(topic, snapshot.shown[topic.id])
        card = words.card(topic, shown, question, _guess(shown, topic, ballots), today, lang)
        if card is not None:
            yield card


def _as_far(snapshot: Snapshot, topic: Topic) -> Shown:
    """G10: guesses alone stand only while the wall shows them; the answer is still to come."""
    shown, reached = snapshot.shown[topic.id], revealed(snapshot.run, topic.id)
    if reached == (Phase.GUESSES,) and topic.id == _on_the_wall(snapshot):
        return replace(shown, reveals=reached, own=None, attitude=None, children=None, figure=None, beside=None)
    return seen(shown, reached)


def _guess(shown: Shown, topic: Topic, ballots: tuple[Ballot, ...]) -> int | None:
    """The seat's guess of what the shown guesses are about."""
    wanted = Address(topic.id, guessed_kind(shown, topic))
    return next((ballot.value for ballot in ballots if ballot.address == wanted), None)
