"""A class and the parents' evening that is its twin: builders for both, and the evening held to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from builders import (
    SAY,
    ask,
    attitude_topic,
    lesson,
    neutral_topic,
    prompt,
    protective_topic,
    risk_topic,
    show,
)
from classroom import Classroom, Rule, disagreeing, first, guess, table

from clicker.lesson import Audience, Kind, Lesson, Sensitivity, Topic, TwinKind
from clicker.room import Opening, Rooms

CLASS = 24


def of_children(name: str = "children-alcohol", about: str = "alcohol-weekly", **changes: Any) -> Topic:
    """What parents guess of the children about that topic."""
    children = prompt(Kind.CHILDREN, text="Hvor mange af de {children} børn?", hundred="Hvor mange ud af 100 børn?")
    values: dict[str, Any] = {"others": None, "own": None, "approve": None, "again": None, "about": about}
    values |= {"children": replace(children, protective=""), "title": "Børnene", "unhealthy": "drikker"}
    return risk_topic(name, **(values | {"sensitivity": Sensitivity.S1} | changes))


def of_attitude(name: str = "children-ok", about: str = "nicotine-ok") -> Topic:
    """What parents guess that the children find all right."""
    made = of_children(name, about)
    assert made.children is not None
    return replace(made, children=replace(made.children, protective="disagree"))


def pupils(*topics: Topic, **changes: Any) -> Lesson:
    """The class's lesson: its control, alcohol (S2), to speak up (S1) and an attitude, unless told otherwise."""
    usual = (
        neutral_topic(),
        risk_topic(unhealthy="drikker alkohol hver uge"),
        protective_topic(sensitivity=Sensitivity.S1, healthy="ville sige fra"),
        attitude_topic(sensitivity=Sensitivity.S1, healthy="synes ikke, det er i orden"),
    )
    return lesson(*(topics or usual), **changes)


def evening(*topics: Topic, **changes: Any) -> Lesson:
    """The parents' lesson: something neutral, and guesses about the class's topics."""
    usual = (
        neutral_topic("coffee", healthy="har drukket kaffe"),
        of_children(),
        of_children("children-speak-up", "speak-up", polarity="protective"),
        of_attitude(),
    )
    topics = topics or usual
    ids = [topic.id for topic in topics]
    values = {"id": "parents-7", "title": "Forældremøde", "audience": Audience.PARENTS, "grades": (7, 8, 9)}
    steps = (SAY, ask(*ids), *map(show, ids))
    return lesson(*topics, steps=steps, **(values | changes))


def klass(k: int = 2, *, speaking_up: int = 21, protecting: int = 22, **answers: Callable[[int], str]) -> Rule:
    """A class of which k drink every week and so many protect; all guess 9 of the others."""
    return table(
        {
            "alcohol-weekly.own.1": first(k),
            "speak-up.own.1": first(speaking_up),
            "speak-up.approve.1": lambda number: "003" if number < protecting else "000",
            "left-handed.own.1": first(5),
            "others": guess(9),
            "others_approve": guess(9),
            "approve": disagreeing(protecting),
        }
        | answers
    )


def parents(of_class: int = 9, **answers: Callable[[int], str]) -> Rule:
    """Parents who all guess that number of the children."""
    return table({"children": guess(of_class), "others": guess(5), "own": first(4)} | answers)


def hold_class(rooms: Rooms, rule: Rule | None = None, content: Lesson | None = None, **more: Any) -> Classroom:
    """A class that was held to its end; the labels are of 7.B unless told otherwise."""
    run = Classroom.open(rooms, content or pupils(), **({"size": CLASS} | more))
    run.hold(rule or klass())
    return run


def meet(*classes: Classroom, content: Lesson | None = None, size: int = 14, **more: Any) -> Classroom:
    """The parents of these classes, in the lobby."""
    rooms = classes[0].rooms
    opening = Opening(
        **({"lesson": content or evening(), "school": "Skolen", "group": "7.B", "present": size} | more),
        twins=tuple(run.run_id for run in classes),
        twin_kind=TwinKind.PARENTS,
    )
    card = rooms.create(opening)
    made = Classroom(rooms, card.id, card.code)
    made.join(size)
    return made
