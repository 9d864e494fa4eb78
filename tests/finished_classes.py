"""Classes that have finished, kept as the store keeps them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from builders import judged, lesson, protective_topic, risk_topic

from clicker.lesson import Lesson, Phase, Run, Sensitivity, StepKind, Topic
from clicker.safety import Shown, shown_to_data
from clicker.store import RunRecord, Store, Transaction

HELD = datetime(2026, 3, 2, 9, 30)

SPEAK_UP = protective_topic(
    title="Sige fra", sensitivity=Sensitivity.S1, group="digital", healthy="ville sige fra over for drilleri"
)
ALCOHOL = risk_topic(healthy="drikker ikke alkohol hver uge")


def keep_class(
    store: Store,
    group: str,
    shown: dict[str, Shown],
    held: Lesson,
    *,
    day: datetime = HELD,
    reached: bool = True,
    **more: Any,
) -> str:
    """A finished run whose wall came to all that was allowed, or only to the guesses; its id."""
    run_id = "".join(filter(str.isalnum, f"{more.get('school', 'Skolen')}{group}{day.date()}"))
    phases = []
    for step in held.steps:
        value = shown.get(step.topics[0]) if step.kind is StepKind.SHOW else None
        phases.append((value.reveals[-1] if reached else value.reveals[0]) if value and value.reveals else Phase.READY)
    reveals = {topic: value.reveals for topic, value in shown.items()}
    run = Run(held, present=25, phases=tuple(phases), evaluated=frozenset(shown), reveals=reveals, finished=True)
    values: dict[str, Any] = {"id": run_id, "code": "ABCD", "status": "finished", "school": "Skolen", "group": group}
    values |= {"created": day, "touched": day, "dark": False, "choices": {}, "marks": frozenset(), "evaluated_on": day}
    record = RunRecord(run=run, **(values | more))

    def work(tx: Transaction) -> None:
        tx.delete_run(run_id)
        tx.add_run(record)
        for topic, value in shown.items():
            tx.keep_result(run_id, topic, 1, shown_to_data(value))

    store.write(work)
    return run_id


def one_topic(store: Store, group: str, topic: Topic, *, k: int, n: int = 25, **more: Any) -> str:
    """A finished class of one topic, which its k of n answered with yes."""
    guess = more.pop("guess", 60 if topic.polarity.value == "protective" else 40)
    judging = {name: more.pop(name) for name in ("country", "protecting") if name in more}
    held = lesson(topic, **{name: more.pop(name) for name in ("told", "grades", "audience") if name in more})
    return keep_class(store, group, {topic.id: judged(topic, k=k, n=n, guess=guess, **judging)}, held, **more)


def year_of(store: Store, topic: Topic, answers: tuple[int, ...], *, n: int = 22, **more: Any) -> list[str]:
    """Classes A, B, C .. of one year; their ids."""
    letters = more.pop("letters", "ABCDEFGH")
    return [
        one_topic(store, f"7.{letter}", topic, k=k, n=n, **more) for letter, k in zip(letters, answers, strict=False)
    ]
