"""Builders of topics, lessons, runs and public values with sensible defaults: a 7th-grade class and its alcohol."""

from __future__ import annotations

from datetime import date
from typing import Any

from clicker.lesson import (
    AnswerType,
    Audience,
    Figure,
    Figures,
    Kind,
    Lesson,
    Move,
    Period,
    Phase,
    Polarity,
    Prompt,
    Run,
    Sensitivity,
    Step,
    StepKind,
    Topic,
    block,
    move,
    reserve_offered,
)
from clicker.measures import Histogram
from clicker.safety import Choices, Declared, Shown, band, public

TODAY = date(2026, 3, 2)
SHOWN = (Phase.GUESSES, Phase.OWN, Phase.ATTITUDE)


def prompt(kind: Kind, **changes: Any) -> Prompt:
    """A prompt of that kind with its usual type."""
    types = {Kind.OWN: AnswerType.YES_NO, Kind.APPROVE: AnswerType.AGREE4}
    return Prompt(**({"kind": kind, "text": f"{kind}?", "type": types.get(kind, AnswerType.COUNT)} | changes))


def risk_topic(name: str = "alcohol-weekly", **changes: Any) -> Topic:
    """A sensitive (S2) risk behaviour with others, own and approve."""
    values: dict[str, Any] = {
        "id": name,
        "title": "Alkohol",
        "group": "alcohol",
        "polarity": Polarity.RISK,
        "sensitivity": Sensitivity.S2,
        "period": Period.WEEKLY,
        "healthy": "drikker ikke alkohol hver uge",
        "others": prompt(Kind.OTHERS),
        # P5 knows a question by its words too, so two topics do not ask the same.
        "own": prompt(Kind.OWN, text=f"own {name}?"),
        "approve": prompt(Kind.APPROVE, text=f"approve {name}?"),
        "again": prompt(Kind.OTHERS, type=AnswerType.COUNT_ALL),
    }
    return Topic(**(values | changes))


def protective_topic(name: str = "speak-up", **changes: Any) -> Topic:
    """The mirror of `risk_topic`: yes is the protective answer, to agree the protective attitude."""
    approve = prompt(Kind.APPROVE, text=f"approve {name}?", protective="agree")
    return risk_topic(name, **({"polarity": Polarity.PROTECTIVE, "approve": approve} | changes))


def neutral_topic(name: str = "left-handed", **changes: Any) -> Topic:
    """The control item: S0, others and own."""
    values = {"polarity": Polarity.NEUTRAL, "sensitivity": Sensitivity.S0, "group": "neutral", "approve": None}
    return risk_topic(name, **(values | {"again": None} | changes))


def attitude_topic(name: str = "nicotine-ok", *, asks_others: bool = True, **changes: Any) -> Topic:
    """An attitude without behaviour: approve, and others' attitude unless told otherwise."""
    others = prompt(Kind.OTHERS_APPROVE) if asks_others else None
    return risk_topic(name, **({"others": None, "own": None, "again": None, "others_approve": others} | changes))


def guesses_topic(name: str = "alcohol-ever", **changes: Any) -> Topic:
    """A guess held against the country; nobody's own answer is asked."""
    return risk_topic(name, **({"own": None, "approve": None, "again": None} | changes))


def guessed_attitude_topic(name: str = "drunk-ok-9", **changes: Any) -> Topic:
    """A guess, out of a hundred, of what 9th grade finds all right; nobody's own attitude is asked."""
    values = {"others": None, "others_approve": prompt(Kind.OTHERS_APPROVE, type=AnswerType.HUNDRED), "grades": (9,)}
    return guesses_topic(name, **(values | {"sensitivity": Sensitivity.S1} | changes))


def ask(*topics: str, together: bool = False) -> Step:
    return Step(StepKind.ASK, topics=topics, together=together)


def show(topic: str) -> Step:
    return Step(StepKind.SHOW, topics=(topic,))


def again(*topics: str) -> Step:
    return Step(StepKind.AGAIN, topics=topics)


def agree(*proposals: str) -> Step:
    return Step(StepKind.AGREE, title="Aftale", proposals=proposals or ("Vi spørger", "Vi lytter"))


def dilemma(**changes: Any) -> Step:
    """A story about somebody else, with three ways to go on."""
    values: dict[str, Any] = {
        "title": "Festen",
        "text": ("Ida vil have øl med.", "De andre venter."),
        "question": "Ida vil have øl med. Hvad ville være bedst?",
        "choices": ("Sige ja", "Sige nej", "Ringe hjem"),
        "discuss": ("Hvad taler for?",),
        "talk_minutes": 5,
    }
    return Step(StepKind.DILEMMA, **(values | changes))


SAY = Step(StepKind.SAY, title="Ramme")


def lesson(*topics: Topic, steps: tuple[Step, ...] | None = None, **changes: Any) -> Lesson:
    """A lesson for a 7th grade; without `steps` it says, asks all its topics and shows them one by one."""
    topics = topics or (risk_topic(),)
    ids = [topic.id for topic in topics]
    values: dict[str, Any] = {
        "id": "klasse-7",
        "version": 1,
        "title": "Social pejling",
        "audience": Audience.PUPILS,
        "grades": (7,),
        "reveal": "after_all",
        "told": True,
        "goal": "",
        "topics": topics,
        "steps": (SAY, ask(*ids), *map(show, ids)) if steps is None else steps,
    }
    return Lesson(**(values | changes))


def walk(run: Run, *names: Move) -> Run:
    """The run after those moves; `evaluate` shows guesses, own and attitude of every topic."""
    for name in names:
        run = move(run, name, argument=usual_argument(run, name))
    return run


def usual_argument(run: Run, name: Move, reveals: dict[str, tuple[Phase, ...]] | None = None) -> Any:
    """What consultant and rules would give that move: 25 present, all blocks shown unless `reveals` says more."""
    if name in (Move.OPEN, Move.REOPEN):
        return 25
    if name is Move.EVALUATE:
        topics = block(run)
        return topics, {topic: SHOWN if reveals is None else reveals.get(topic, ()) for topic in topics}, topics
    if name is Move.RESERVE:
        return next(iter(reserve_offered(run)), None)
    usual = {Move.CHOOSE: (0,), Move.OPEN_COUNTRY: "asked", Move.PROPOSE: "Vi hjælper", Move.WITHDRAW: 0}
    return usual.get(name)


def figure(share: float = 11, **changes: Any) -> Figure:
    """A current figure of the risk side, in percent."""
    values: dict[str, Any] = {
        "id": "alcohol-7-2022",
        "indicator": "alcohol_weekly",
        "measure": "prevalence",
        "side": "risk",
        "low": share,
        "high": share,
        "population": "7. klasse",
        "year": 2024,
        "source": "En undersøgelse",
        "url": "https://example.org",
        "valid_until": 2030,
    }
    return Figure(**(values | changes))


def guesses(percent: int, total: int = 20, spread: int = 0) -> Histogram:
    """So many guesses with exactly that mean in percent, half of them `spread` below and half above."""
    counts = [0] * 101
    counts[percent - spread] += total // 2
    counts[percent + spread] += total - total // 2
    return Histogram(100, 1, tuple(counts))


def judged(
    topic: Topic | None = None,
    *,
    k: int = 2,
    n: int = 25,
    N: int | None = None,
    guess: int | Histogram = 40,
    protecting: int | None = None,
    attitudes: int | None = None,
    others_attitude: int | Histogram | None = None,
    country: Figure | None = None,
    attitude_country: Figure | None = None,
    municipality: Figure | None = None,
    skips: dict[str, tuple[int, int]] | None = None,
    choices: Choices | None = None,
    today: date = TODAY,
    **declared: Any,
) -> Shown:
    """`public` for a topic as a class answered it: k yes of n, N in the room, guesses with that mean.

    `protecting` (default: all) of `attitudes` (default: n) hold the protective attitude. Whole numbers given as
    guesses are 20 guesses of that many percent.
    """
    topic = topic or risk_topic()
    attitudes = n if attitudes is None else attitudes
    return public(
        guesses=_histogram(guess) if topic.others else None,
        own=band(k, n, topic.sensitivity) if topic.own else None,
        attitude=_attitude(topic, attitudes if protecting is None else protecting, attitudes),
        others_attitude=_histogram(others_attitude) if topic.others_approve else None,
        N=max(n, attitudes) if N is None else N,
        skips=skips or {},
        figures=Figures(country, attitude_country, municipal_behaviour=municipality),
        lesson=Declared(**({"topic": topic, "audience": Audience.PUPILS, "grades": (7,)} | declared)),
        choices=choices or Choices(),
        today=today,
    )


def _histogram(value: int | Histogram | None) -> Histogram | None:
    return guesses(value) if isinstance(value, int) else value


def _attitude(topic: Topic, protecting: int, n: int) -> Any:
    if topic.approve is None:
        return None
    agreeing = protecting if topic.approve.protective == "agree" else n - protecting
    return band(agreeing, n, topic.sensitivity)
