"""Moves inside the writer's transaction, and what some of them do besides: freeze, evaluate, finish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from clicker.lesson import (
    AnswerType,
    Asked,
    Figures,
    Kind,
    Move,
    NotNow,
    Run,
    Sensitivity,
    Step,
    StepKind,
    Topic,
    asked_in,
    block,
    current,
    move,
)
from clicker.library import Own
from clicker.measures import Histogram, tally
from clicker.room import agreement
from clicker.room.children import children_beside
from clicker.room.errors import LessonOver, WrongPresent
from clicker.room.own_content import own_content
from clicker.room.votes_kept import keep_closing, keep_dilemma
from clicker.safety import (
    Banded,
    Children,
    Choices,
    Declared,
    Shown,
    band,
    band_skips,
    children_public,
    public,
    shown_to_data,
)
from clicker.safety.disclosure import GUESSES_MIN
from clicker.store import Ballot, RunRecord, Transaction

MOST_PRESENT = 2000

ChooseFigures = Callable[[Declared, date, Own], Figures]


def make_move(
    tx: Transaction, record: RunRecord, name: Move, argument: Any, *, choose_figures: ChooseFigures, now: datetime
) -> RunRecord:
    """The record after the move, saved. Raises NotNow or WrongPresent; then nothing is written."""
    run = record.run
    first_open = name in (Move.OPEN, Move.REOPEN) and not run.frozen
    if first_open:
        argument = _present(tx, record, argument)
    if name is Move.EVALUATE:
        return _evaluate(tx, record, choose_figures, now)
    if name is Move.ADMIT:
        _admit(tx, record)
    before = current(run)
    run = move(run, name, argument=argument)
    if first_open:
        # Phones beyond the number present, the last that came, wait to be let in one by one.
        tx.hold_back(record.id, argument)
    if name is Move.REVEAL and before is not None and before.kind is StepKind.AGAIN:
        _keep_again(tx, record.id, run, before)
    if name is Move.REVEAL and before is not None and before.kind is StepKind.DILEMMA:
        keep_dilemma(tx, record.id, run, before)
    if before is not None and before.kind is StepKind.AGREE:
        agreement.keep(tx, record.id, run, before, now.date())
    choices = record.choices
    if name is Move.START:
        choices = {**choices, "started": now.isoformat()}
    saved = replace(record, run=run, touched=now, choices=choices)
    if name is Move.FINISH:
        saved = finish(tx, saved)
    tx.save_run(saved)
    return saved


def finish(tx: Transaction, record: RunRecord) -> RunRecord:
    """Results are complete with the closing questions: forget every person, and mark the run finished. The caller
    saves the record."""
    keep_closing(tx, record.id, record.run)
    tx.forget_persons(record.id)
    return replace(record, status="finished", dark=False, run=replace(record.run, finished=True))


def _present(tx: Transaction, record: RunRecord, typed: Any) -> int:
    """The number present, frozen at the first open: as typed, else the phones that are in."""
    seats = len(tx.seats(record.id))
    return checked_present(typed if typed is not None else record.run.present or seats)


def checked_present(present: object) -> int:
    """The number itself; WrongPresent unless it is a whole number from 2 to 2000."""
    if not isinstance(present, int) or isinstance(present, bool) or not 2 <= present <= MOST_PRESENT:
        raise WrongPresent
    return present


def keep_present(tx: Transaction, record: RunRecord, present: int, now: datetime) -> None:
    """The number present as typed before the first open. Raises NotNow or WrongPresent."""
    if record.run.frozen or record.status != "live":
        raise NotNow("present", "frozen")
    tx.save_run(replace(record, run=replace(record.run, present=checked_present(present)), touched=now))


def keep_dark(tx: Transaction, record: RunRecord, dark: bool) -> None:
    """Whether the wall is black. Raises LessonOver."""
    if record.status != "live":
        raise LessonOver
    tx.save_run(replace(record, dark=dark))


def _admit(tx: Transaction, record: RunRecord) -> None:
    waiting = sorted(seat for seat, admitted in tx.seats(record.id).items() if not admitted)
    if not waiting:
        raise NotNow(Move.ADMIT, "nobody")
    tx.admit(record.id, waiting[:1])


def _evaluate(tx: Transaction, record: RunRecord, choose_figures: ChooseFigures, now: datetime) -> RunRecord:
    """P5: freeze the block's topics. From here their public values exist and their answers are never read again."""
    run = record.run
    topics = block(run)
    if not topics:
        raise NotNow(Move.EVALUATE)
    # N = max(present, seats), of the seats that were let in: those beyond the number present wait.
    everyone = max(run.present or 0, sum(tx.seats(record.id).values()))
    ballots = tx.ballots(record.id, topics)
    own = own_content(tx).of(record.municipality)
    shown = {}
    for topic_id in topics:
        declared = _declared(run, topic_id)
        figures = choose_figures(declared, now.date(), own)
        choices = Choices(substances_in_grade_6=bool(record.choices.get("substances_in_grade_6")))
        children = _children(tx, record, declared.topic)
        shown[topic_id] = evaluate_topic(run, declared, ballots, everyone, figures, choices, now.date(), children)
    run = move(
        run,
        Move.EVALUATE,
        argument=(
            topics,
            {topic: value.reveals for topic, value in shown.items()},
            [topic for topic, value in shown.items() if value.openable],
        ),
    )
    for topic_id, value in shown.items():
        tx.keep_result(record.id, topic_id, 1, shown_to_data(value))
    saved = replace(record, run=run, touched=now, evaluated_on=record.evaluated_on or now)
    tx.save_run(saved)
    return saved


def _children(tx: Transaction, record: RunRecord, topic: Topic) -> Children | None:
    """What of the children's answers parents may see beside their guesses about them."""
    if record.twin is None or not topic.about:
        return None
    return children_beside(tx, frozenset(record.twin.runs), topic, but=record.id)


def _declared(run: Run, topic_id: str) -> Declared:
    lesson = run.lesson
    return Declared(lesson.topic(topic_id), lesson.audience, lesson.grades, lesson.version)


def evaluate_topic(
    run: Run,
    declared: Declared,
    ballots: Iterable[Ballot],
    everyone: int,
    figures: Figures,
    choices: Choices,
    today: date,
    children: Children | None = None,
) -> Shown:
    """From ballots to the public value: tallies and bands are made here, and nothing else leaves."""
    topic = declared.topic
    asked = {item.address.kind: item for item in _asked_of(run, topic.id)}
    values: dict[Kind, list[int | None]] = {kind: [] for kind in asked}
    for ballot in ballots:
        if ballot.address.topic == topic.id and ballot.address.round == 1 and ballot.address.kind in values:
            values[ballot.address.kind].append(ballot.value)
    skips = {str(kind): band_skips(given.count(None)) for kind, given in values.items()}
    if topic.children is not None:
        guesses = _histogram(run, asked.get(Kind.CHILDREN), values)
        return children_public(guesses, children, everyone, skips, figures, declared, today)
    return public(
        guesses=_histogram(run, asked.get(Kind.OTHERS), values),
        own=_banded(topic.sensitivity, asked.get(Kind.OWN), values),
        attitude=_banded(topic.sensitivity, asked.get(Kind.APPROVE), values),
        others_attitude=_histogram(run, asked.get(Kind.OTHERS_APPROVE), values),
        N=everyone,
        skips=skips,
        figures=figures,
        lesson=declared,
        choices=choices,
        today=today,
    )


def _asked_of(run: Run, topic_id: str) -> list[Asked]:
    for step in run.lesson.steps:
        if step.kind is StepKind.ASK and topic_id in step.topics:
            return [asked for asked in asked_in(run, step) if asked.address.topic == topic_id]
    return []


def scale(run: Run, asked: Asked) -> tuple[int, int]:
    """The top and step of a guess's axis: people (the others, everyone, the children) or a hundred in fives."""
    present = run.present or 2
    if asked.type is AnswerType.HUNDRED:
        return 100, 5
    if asked.address.kind is Kind.CHILDREN:
        return run.children or 1, 1
    return (present, 1) if asked.type is AnswerType.COUNT_ALL else (present - 1, 1)


def _histogram(run: Run, asked: Asked | None, values: Mapping[Kind, Sequence[int | None]]) -> Histogram | None:
    if asked is None:
        return None
    top, step = scale(run, asked)
    return tally(values[asked.address.kind], top=top, step=step)


def _banded(
    sensitivity: Sensitivity, asked: Asked | None, values: Mapping[Kind, Sequence[int | None]]
) -> Banded | None:
    if asked is None:
        return None
    given = [value for value in values[asked.address.kind] if value is not None]
    return band(sum(says_yes(asked, value) for value in given), len(given), sensitivity)


def says_yes(asked: Asked, value: int) -> bool:
    """The two-way reading of an answer: yes, agreement, or one of the options declared as yes (P10)."""
    match asked.type:
        case AnswerType.YES_NO:
            return value == 1
        case AnswerType.AGREE4:
            return value >= 2
        case _:
            return value in asked.prompt.yes


def _keep_again(tx: Transaction, run_id: str, run: Run, step: Step) -> None:
    """The re-asked guesses, kept as histograms; guesses are S0, but fewer than five are nobody's business (G1)."""
    for asked in asked_in(run, step):
        topic = asked.address.topic
        values = [ballot.value for ballot in tx.ballots(run_id, [topic]) if ballot.address == asked.address]
        top, step_size = scale(run, asked)
        guesses = tally(values, top=top, step=step_size)
        if guesses.total >= GUESSES_MIN:
            data = {"top": guesses.top, "step": guesses.step, "counts": list(guesses.counts)}
            tx.keep_result(run_id, topic, 2, data)
