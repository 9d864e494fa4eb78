"""A follow-up beside its first run: what is set side by side, as what, and what never is (P3, P7, B2, B6, G10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from builders import (
    TODAY,
    attitude_topic,
    figure,
    guesses_topic,
    judged,
    lesson,
    neutral_topic,
    protective_topic,
    risk_topic,
)
from classroom import Classroom, Clock, Rule, disagreeing, first, guess, table

from clicker.lesson import Move, NotNow, Period, TwinKind, Verdict
from clicker.report import NoFirstRun, NoReport, TwoTimes, build_two_times, two_times_csv
from clicker.room import Opening, Rooms
from clicker.safety import Banded, Span, before_after, between
from clicker.words import before_after as said


def span(low: int, high: int | None = None, of: int = 25) -> Span:
    return Span(Fraction(low), Fraction(low if high is None else high), of)


def test_a_change_of_two_exact_numbers_is_one_number_in_points_and_relative() -> None:
    both = between(span(40), span(30))
    assert both.points == (-10, -10)
    assert both.relative == (-25, -25)
    assert said.points_text(both, "da") == "10 procentpoint lavere"
    assert said.relative_text(both, "da") == "25 % lavere end første gang"


def test_a_band_gives_a_range_and_never_one_number() -> None:
    both = between(span(88, 100), span(88, 100))
    assert both.points == (-12, 12)
    assert said.points_text(both, "da") == "mellem 12 procentpoint lavere og 12 procentpoint højere"
    assert said.relative_text(both, "da") == "mellem 12 % lavere end første gang og 14 % højere end første gang"


def test_nothing_is_relative_to_nothing() -> None:
    both = between(span(0, 12), span(40))
    assert both.relative is None
    assert said.relative_text(both, "da") == "kan ikke siges: første gang kan have været 0 %"
    assert both.points == (28, 40)


def test_no_difference_is_said_as_none() -> None:
    both = between(span(50), span(50))
    assert said.points_text(both, "da") == "0 procentpoint"
    assert said.relative_text(both, "da") == "0 % fra første gang"


def test_what_is_little_is_not_said_as_nothing() -> None:
    assert said.points_text(between(span(50), Span(Fraction(252, 5), Fraction(252, 5), 25)), "da") == (
        "under 1 procentpoint højere"
    )


def test_g9_a_risk_is_counted_as_those_who_do_not() -> None:
    both = before_after(judged(k=6, guess=60), judged(k=5, guess=40), risk_topic())
    assert both is not None
    assert both.own is not None
    assert both.guess is not None
    assert (both.own.before.low, both.own.after.low) == (76, 80)
    assert (both.guess.before.low, both.guess.after.low) == (40, 60)


def test_a_protective_and_a_neutral_topic_are_counted_as_they_were_asked() -> None:
    for topic in (protective_topic(), neutral_topic()):
        both = before_after(judged(topic, k=20, guess=40), judged(topic, k=21, guess=60), topic)
        assert both is not None
        assert both.own is not None
        assert both.guess is not None
        assert both.own.before.low == 80
        assert both.guess.points == (20, 20)


def test_guesses_of_an_attitude_are_turned_to_its_protective_side() -> None:
    topic = attitude_topic()
    both = before_after(judged(topic, others_attitude=60), judged(topic, others_attitude=40), topic)
    assert both is not None
    assert both.guess is not None
    assert (both.guess.before.low, both.guess.after.low) == (40, 60)
    assert both.attitude is not None
    assert (both.attitude.before.low, both.attitude.before.high) == (88, 100)


def test_p7_of_a_topic_hidden_at_one_time_there_is_nothing() -> None:
    hidden = judged(k=20, protecting=5)
    assert not hidden.reveals
    for two in ((judged(k=2), hidden), (hidden, judged(k=2)), (hidden, hidden)):
        assert before_after(*two, risk_topic()) is None


def test_what_was_a_behaviour_once_and_an_attitude_then_shares_the_attitude_only() -> None:
    shown, by_attitude = judged(k=5, guess=60), judged(k=5, guess=15)
    assert (shown.verdict, by_attitude.verdict) == (Verdict.SHOW, Verdict.SHOW_ATTITUDE)
    both = before_after(shown, by_attitude, risk_topic())
    assert both is not None
    assert both.attitude is not None
    assert both.own is both.guess is None


def test_g10_guesses_do_not_stand_alone() -> None:
    topic = guesses_topic()
    with_country = judged(topic, country=figure(11))
    assert before_after(with_country, with_country, topic) is not None
    assert before_after(replace(with_country, figure=None), with_country, topic) is None


def test_b6_what_few_do_is_flagged_at_either_time() -> None:
    few, many = judged(k=2, guess=60), judged(k=6, guess=60)
    for two in ((few, many), (many, few)):
        both = before_after(*two, risk_topic())
        assert both is not None
        assert both.edge
    both = before_after(many, many, risk_topic())
    assert both is not None
    assert not both.edge


@pytest.mark.parametrize("make", [risk_topic, protective_topic])
def test_p3_within_a_band_both_times_are_one(make: Callable[[], Any]) -> None:
    seen = {
        repr(before_after(judged(make(), k=before, guess=60), judged(make(), k=after, guess=60), make()))
        for before in range(4)
        for after in range(4)
    }
    assert len(seen) == 1


# -- whole runs -------------------------------------------------------------------------------------------------------

EVER = risk_topic("ecig-ever", title="E-cigaret", period=Period.EVER, group="nicotine")
LESSON = lesson(neutral_topic(title="Venstre hånd", healthy="er venstrehåndede"), risk_topic(), EVER)


def answers(own: int = 0, guesses: int = 5, against: int = 99) -> Rule:
    return table({"others": guess(guesses), "own": first(own), "approve": disagreeing(against)})


def hold(rooms: Rooms, opening: Opening, rule: Rule, size: int, until: Move = Move.FINISH) -> Classroom:
    card = rooms.create(replace(opening, present=size))
    run = Classroom(rooms, card.id, card.code)
    run.join(size)
    run.hold(rule, until=until)
    return run


def followed(rooms: Rooms, clock: Clock, before: Rule, after: Rule, until: Move = Move.FINISH) -> tuple[str, str]:
    """Two runs of 7.B, seven weeks apart, of 14 and of 12: their ids."""
    one = hold(rooms, Opening(LESSON, "Skolen", "7.B"), before, 14)
    clock.forward(weeks=7)
    again = one.snapshot.run.lesson
    twin = Opening(again, "Skolen", "7.B", twins=(one.run_id,), twin_kind=TwinKind.FOLLOWUP)
    return one.run_id, hold(rooms, twin, after, 12, until).run_id


@pytest.fixture
def page(rooms: Rooms) -> Callable[[str], TwoTimes]:
    return lambda run_id: rooms.read(lambda tx: build_two_times(tx, run_id, today=TODAY, lang="da"))


def test_two_runs_stand_beside_each_other(rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]) -> None:
    _, follow_up = followed(rooms, clock, answers(guesses=7), answers(guesses=5))
    built = page(follow_up)
    assert built.days == ("2. marts 2026", "20. april 2026")
    assert built.present == (14, 12)
    assert [subject.title for subject in built.subjects] == ["Venstre hånd", "Alkohol"]
    alcohol = built.subjects[1]
    assert alcohol.pairs[0].counted == "drikker ikke alkohol hver uge"
    guessed, own = alcohol.rows[:2]
    assert (guessed.before, guessed.after) == ("46 % (14 gæt)", "55 % (12 gæt)")
    assert guessed.points == "8 procentpoint højere"
    assert (own.before, own.after) == ("79-100 % (14 svar)", "75-100 % (12 svar)")
    assert own.points == "mellem 25 procentpoint lavere og 21 procentpoint højere"


def test_both_pictures_are_of_the_same_kind_and_out_of_a_hundred(
    rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]
) -> None:
    _, follow_up = followed(rooms, clock, answers(guesses=7), answers(guesses=5))
    for subject in page(follow_up).subjects:
        for one, other in (pair.times for pair in subject.pairs):
            assert one.kind == other.kind
            ends = [mark[end] for picture in (one, other) for mark in picture.rows["marks"] for end in ("low", "high")]
            assert all(0 <= end <= 100 for end in ends)


def test_p8_what_is_never_asked_again_is_named_without_a_number(
    rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]
) -> None:
    _, follow_up = followed(rooms, clock, answers(), answers())
    hidden = page(follow_up).hidden
    assert [(one.title, one.before, one.after) for one in hidden] == [("E-cigaret", "vises", "ikke spurgt")]


def test_p7_a_topic_hidden_at_the_second_time_has_its_word_and_nothing_else(
    rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]
) -> None:
    told = set()
    for k in (9, 10, 11):
        _, follow_up = followed(rooms, clock, answers(own=1, guesses=7), answers(own=k, against=2))
        built = page(follow_up)
        assert "alcohol-weekly" not in [subject.id for subject in built.subjects]
        told.add(repr(built.hidden))
        clock.forward(weeks=7)
    assert len(told) == 1


def test_what_did_not_stand_on_the_wall_is_not_set_beside_anything(
    rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]
) -> None:
    _, follow_up = followed(rooms, clock, answers(), answers(), until=Move.EVALUATE)
    run = Classroom(rooms, follow_up, rooms.snapshot(follow_up).code)
    run.press(Move.FINISH)
    built = page(follow_up)
    assert built.subjects == ()
    assert {one.after for one in built.hidden} == {"kom ikke på tavlen", "ikke spurgt"}


def test_the_warnings_name_how_many_were_present(rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]) -> None:
    _, follow_up = followed(rooms, clock, answers(), answers())
    assert any("Første gang var der 14 til stede, denne gang 12." in one for one in page(follow_up).warnings)


def test_the_table_holds_the_same_and_nothing_that_a_spreadsheet_runs(
    rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]
) -> None:
    _, follow_up = followed(rooms, clock, answers(guesses=7), answers(guesses=5))
    built = page(follow_up)
    evil = replace(built, subjects=tuple(replace(one, title="=1+1") for one in built.subjects))
    rows = two_times_csv(evil).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Emne;Hvad;Første gang: fra (%)")
    assert all(row.count(";") == rows[0].count(";") for row in rows)
    assert "'=1+1;Egne svar;79;100;14;75;100;12;" in rows[4]
    assert "E-cigaret;;;;;;;;;;2. marts 2026: vises. 20. april 2026: ikke spurgt." in rows


def test_p9_guesses_asked_again_within_a_run_are_not_the_second_time(
    rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]
) -> None:
    """Round 1 of both runs is compared: before any number of that day was shown."""
    _, follow_up = followed(rooms, clock, answers(guesses=7), answers(guesses=7))
    guessed = page(follow_up).subjects[0].rows[0]
    assert (guessed.both.before.of, guessed.both.after.of) == (14, 12)


def test_only_a_finished_follow_up_whose_first_run_is_there_has_the_page(
    rooms: Rooms, clock: Clock, page: Callable[[str], TwoTimes]
) -> None:
    one, follow_up = followed(rooms, clock, answers(), answers(), until=Move.EVALUATE)
    for no_follow_up in (one, "nothing"):
        with pytest.raises(NoReport):
            page(no_follow_up)
    with pytest.raises(NotNow):
        page(follow_up)
    Classroom(rooms, follow_up, "").press(Move.FINISH)
    rooms.discard(one)
    with pytest.raises(NoFirstRun):
        page(follow_up)
    rooms.discard(follow_up)
    with pytest.raises(NoReport):
        page(follow_up)


def test_a_band_is_never_narrower_than_its_people() -> None:
    shown = replace(judged(k=2, guess=60), own=Banded(0, 3, 12))
    both = before_after(shown, shown, risk_topic())
    assert both is not None
    assert both.own is not None
    assert both.own.points == (-25, 25)
