"""Several classes before and after (P12): sums of what each may keep, the same classes both times, none chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from builders import guesses, judged, lesson, neutral_topic, risk_topic
from classroom import Classroom, Clock, Rule, disagreeing, first, guess, table

from clicker.lesson import Lesson, Move, TwinKind
from clicker.report import Classes, NoReport, build_classes
from clicker.room import Opening, Rooms
from clicker.safety import Shown, classes_before_after

TOPIC = risk_topic()
NAMES = tuple("abcdefghijkl")


def shown(k: int = 2, guess: int = 60, n: int = 20, **more: Any) -> Shown:
    return judged(TOPIC, k=k, n=n, guess=guess, **more)


def three(before: Shown, after: Shown) -> dict[str, tuple[Shown, Shown] | None]:
    return dict.fromkeys(NAMES[:3], (before, after))


def test_p12_what_each_class_keeps_is_summed_at_both_times() -> None:
    found = classes_before_after(three(shown(k=5), shown(k=2)), TOPIC)
    assert found is not None
    own = found.both.own
    assert own is not None
    assert (own.before.low, own.before.high, own.before.of, own.before.classes) == (75, 75, 60, 3)
    assert (own.after.low, own.after.high) == (85, 100)
    assert own.points == (10, 25)


@pytest.mark.parametrize(
    "classes",
    [
        {"a": 30, "b": 30},
        {"a": 16, "b": 16, "c": 17},
        {"a": 60, "b": 15, "c": 15},
    ],
    ids=["two classes", "49 answers", "one class has most"],
)
def test_p12_too_little_together_gives_nothing(classes: Mapping[str, int]) -> None:
    assert classes_before_after({name: (shown(n=n), shown(n=n)) for name, n in classes.items()}, TOPIC) is None


def test_p12_too_little_at_one_time_gives_nothing() -> None:
    assert classes_before_after(three(shown(n=20), shown(n=16)), TOPIC) is None


def test_p7_a_class_hidden_at_one_time_adds_nothing_to_either() -> None:
    hidden = shown(k=15, protecting=3)
    assert not hidden.reveals
    classes = {**three(shown(), shown()), "d": (shown(k=9, n=30), hidden), "e": None}
    assert classes_before_after(classes, TOPIC) == classes_before_after(three(shown(), shown()), TOPIC)


def test_p12_a_banded_class_that_moves_within_its_band_changes_nothing() -> None:
    seen = {
        repr(classes_before_after({**three(shown(), shown()), "d": (shown(k=before), shown(k=after))}, TOPIC))
        for before in range(4)
        for after in range(4)
    }
    assert len(seen) == 1


def test_guesses_of_all_classes_are_pooled() -> None:
    small, large = guesses(80, total=10), guesses(40, total=30)
    classes = {
        "a": (shown(), shown(guess=small)),
        "b": (shown(), shown(guess=large)),
        "c": (shown(), shown(guess=large)),
    }
    found = classes_before_after(classes, TOPIC)
    assert found is not None
    guess_of = found.both.guess
    assert guess_of is not None
    # On the healthy side: (10 x 20 + 60 x 60) / 70.
    assert (guess_of.after.low, guess_of.after.of, guess_of.after.classes) == (pytest.approx(3800 / 70), 70, 3)


def test_b3_fewer_than_ten_classes_are_described_and_not_generalised() -> None:
    pairs = [(shown(guess=60), shown(guess=40 + number)) for number in range(len(NAMES))]
    few = classes_before_after(dict(zip(NAMES[:9], pairs, strict=False)), TOPIC)
    many = classes_before_after(dict(zip(NAMES[:10], pairs, strict=False)), TOPIC)
    assert few is not None
    assert few.interval is None
    assert many is not None
    assert many.interval is not None
    estimate, low, high = many.interval
    assert estimate == pytest.approx(15.5)
    assert low < estimate < high


# -- whole runs -------------------------------------------------------------------------------------------------------

LESSON = lesson(neutral_topic(title="Venstre hånd"), risk_topic())
RULE: Rule = table({"others": guess(9), "own": first(0), "approve": disagreeing(99)})


@pytest.fixture
def followed(rooms: Rooms, clock: Clock) -> Callable[..., str]:
    """A class of 17 held and followed up seven weeks later, then the clock put back: the follow-up's id."""

    def hold(opening: Opening, rule: Rule, until: Move) -> str:
        card = rooms.create(replace(opening, present=17))
        run = Classroom(rooms, card.id, card.code)
        run.join(17)
        run.hold(rule, until=until)
        return card.id

    def make(group: str, *, school: str = "Skolen", content: Lesson = LESSON, until: Move = Move.FINISH) -> str:
        one = hold(Opening(content, school, group), RULE, Move.FINISH)
        clock.forward(weeks=7)
        twin = Opening(content, school, group, twins=(one,), twin_kind=TwinKind.FOLLOWUP)
        then = hold(twin, RULE, until)
        clock.forward(weeks=-7)
        return then

    return make


def page(rooms: Rooms, run_id: str) -> Classes:
    return rooms.read(lambda tx: build_classes(tx, run_id, lang="da"))


def test_every_class_of_the_lesson_and_the_school_is_in_it(
    rooms: Rooms, clock: Clock, followed: Callable[..., str]
) -> None:
    runs = [followed(group) for group in ("7.A", "7.B", "7.C")]
    followed("7.D", school="Engskolen")
    followed("7.E", content=replace(LESSON, id="another"))
    followed("7.F", until=Move.EVALUATE)
    clock.forward(weeks=30)
    followed("7.G")
    built = page(rooms, runs[0])
    assert [one.group for one in built.classes] == ["7.A", "7.B", "7.C"]
    assert built == replace(page(rooms, runs[2]), run_id=runs[0])
    own = built.subjects[1].rows[1]
    assert (own.what, own.before) == ("Egne svar", "82-100 % (51 svar i 3 klasser)")
    assert any("færre end 10 klasser" in one for one in built.warnings)
    assert any("Antal klasser: 3." in one for one in built.warnings)


def test_two_classes_are_too_few(rooms: Rooms, followed: Callable[..., str]) -> None:
    runs = [followed(group) for group in ("7.A", "7.B")]
    built = page(rooms, runs[0])
    assert built.subjects == ()
    assert built.without == ("Venstre hånd", "Alkohol")
    assert "mindst 3 klasser" in built.note


def test_there_is_no_page_without_a_follow_up(rooms: Rooms) -> None:
    with pytest.raises(NoReport):
        page(rooms, "nothing")
