"""P11, P12: what parents see of their children's answers, beside what they guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import TODAY, figure, guesses, judged, protective_topic, risk_topic
from hypothesis import given, settings
from hypothesis import strategies as st
from parents import of_attitude, of_children, pupils

from clicker.lesson import Audience, Figures, Phase, Sensitivity, Topic, Verdict
from clicker.safety import (
    Banded,
    Children,
    Declared,
    Held,
    Shown,
    band,
    children_of,
    children_public,
    in_partition,
    seen,
    shown_from_data,
    shown_to_data,
)

LESSON = pupils()
ALCOHOL = LESSON.topic("alcohol-weekly")
SPEAK_UP = LESSON.topic("speak-up")
NICOTINE = LESSON.topic("nicotine-ok")


def held(topic: Topic = ALCOHOL, *, told: bool = True, day: date = TODAY, **answers: Any) -> Held:
    """A class that answered so, all of it shown on its wall."""
    shown = judged(topic, **answers)
    return Held(topic, seen(shown, shown.reveals), told, day)


def beside(children: Children | None, guess: int, topic: Topic | None = None, **figures: Any) -> Shown:
    """The public value where parents guessed that many percent of the children, 14 of them in the room."""
    topic = topic or of_children(sensitivity=Sensitivity.S2)
    declared = Declared(topic, Audience.PARENTS, (7, 8, 9))
    return children_public(guesses(guess), children, 14, {"children": (0, 3)}, Figures(**figures), declared, TODAY)


# One class (P11)


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_p11_of_the_lower_band_parents_see_the_one_sentence(k: int) -> None:
    children = children_of([held(k=k, n=25)])
    assert children is not None
    assert children.own == Banded(0, 3, 25)


@pytest.mark.parametrize("k", range(4, 26))
def test_p11_of_any_other_number_of_a_class_s_s2_nothing_leaves(k: int) -> None:
    assert children_of([held(k=k, n=25, guess=90)]) is None


def test_p11_personal_answers_leave_as_they_stood_on_the_wall() -> None:
    children = children_of([held(SPEAK_UP, k=18, n=25, guess=20)])
    assert children is not None
    assert children.own == Banded(18, 18, 25)


def test_p11_an_attitude_leaves_as_a_band() -> None:
    children = children_of([held(NICOTINE, protecting=24, others_attitude=60)])
    assert children is not None
    assert (children.own, children.attitude) == (None, Banded(22, 25, 25))


def test_p11_a_class_that_was_not_told_gives_nothing() -> None:
    assert children_of([held(told=False)]) is None


def test_p11_what_the_wall_did_not_come_to_is_not_shown_to_parents() -> None:
    shown = judged(ALCOHOL, k=1)
    for reached in ((), (Phase.GUESSES,)):
        assert children_of([Held(ALCOHOL, seen(shown, reached), True, TODAY)]) is None


def test_a_class_that_was_not_asked_gives_nothing() -> None:
    assert children_of([None]) is None


# Several classes (P12)


def test_p12_of_two_classes_nothing_is_shown() -> None:
    assert children_of([held(k=1), held(k=2)]) is None


def test_p12_three_classes_are_one_sum_and_a_hidden_one_adds_nothing() -> None:
    children = children_of([held(k=1), held(k=3), held(k=2), held(k=20)])
    assert children is not None
    assert (children.own, children.classes, children.N) == (Banded(0, 9, 75), 3, 75)


@pytest.mark.parametrize("outside", [(5,), (5, 6)])
def test_p12_of_fewer_than_three_classes_outside_the_lower_band_no_sum_is_shown(outside: tuple[int, ...]) -> None:
    """The class reports of the others say the rest of the sum, and each of two knows its own number."""
    year = [*(held(k=k) for k in (1, 2, 3, 0)), *(held(k=k, guess=60) for k in outside)]
    assert children_of(year) is None


def test_p12_three_classes_outside_the_lower_band_are_shown_with_the_others() -> None:
    children = children_of([held(k=1), *(held(k=k, guess=60) for k in (5, 6, 7))])
    assert children is not None
    assert (children.own, children.classes) == (Banded(18, 21, 100), 4)


def test_p12_of_what_protects_the_classes_outside_are_counted_by_those_who_do_not() -> None:
    topic = protective_topic(sensitivity=Sensitivity.S2)
    year = [held(topic, k=k, guess=10) for k in (24, 23, 22)]
    assert children_of(year) is not None
    assert children_of([*year, held(topic, k=19, guess=10)]) is None


def test_p12_personal_answers_leave_every_room_so_their_sum_gives_nobody_away() -> None:
    topic = replace(SPEAK_UP, group="digital")
    children = children_of([held(topic, k=k, guess=20) for k in (24, 23, 19)])
    assert children is not None
    assert children.own == Banded(63, 69, 75)


@settings(deadline=None)
@given(st.lists(st.sampled_from((0, 1, 2, 3, 6, 7, 8, 9)), min_size=1, max_size=7))
def test_p12_nobody_who_knows_one_class_works_out_another_from_the_sum_and_the_sentences(ks: list[int]) -> None:
    """Each knows its own class's number, every class's sentence and the sum: another class may always be otherwise."""

    def seen_by(knower: int, numbers: list[int]) -> object:
        year = [_of_year(k) for k in numbers]
        return numbers[knower], [children_of([one]) for one in year], children_of(year)

    for knower in range(len(ks)):
        for other in set(range(len(ks))) - {knower}:
            more = [_otherwise(ks, other, third) for third in set(range(len(ks))) - {knower}]
            assert any(seen_by(knower, one) == seen_by(knower, ks) for several in more for one in several)


def _of_year(k: int) -> Held:
    shown = judged(ALCOHOL, k=1)
    return Held(ALCOHOL, seen(replace(shown, own=band(k, 25, Sensitivity.S2)), shown.reveals), True, TODAY)


def _otherwise(ks: list[int], other: int, third: int) -> Iterator[list[int]]:
    """The same classes, where one has another number, alone or with a third that takes up the difference."""
    for k in range(4) if ks[other] <= 3 else ():
        if k != ks[other]:
            yield [k if place == other else one for place, one in enumerate(ks)]
    if ks[other] > 3:
        yield [ks[other] + 1 if place == other else one for place, one in enumerate(ks)]
    if ks[other] > 3 and ks[third] > 3 and other != third:
        moved = {other: ks[other] + 1, third: ks[third] - 1}
        yield [moved.get(place, one) for place, one in enumerate(ks)]


def test_p12_a_class_that_was_not_told_or_not_asked_is_not_in_the_sum() -> None:
    three = [held(k=1), held(k=2), held(k=3)]
    assert children_of([*three, held(k=1, told=False), None]) == children_of(three)
    assert children_of([held(k=1), held(k=2), held(k=3, told=False)]) is None


def test_p12_one_class_among_several_never_stands_for_itself() -> None:
    assert children_of([held(k=1), None, None]) is None


def test_p12_fewer_than_50_answers_or_one_class_above_60_percent_is_not_shown() -> None:
    small = [held(k=1, n=15) for _ in range(3)]
    assert children_of(small) is None
    assert children_of([held(k=1, n=60, N=60), held(k=1, n=18), held(k=1, n=18)]) is None


def test_p12_classes_that_were_asked_in_other_words_are_not_summed() -> None:
    other = risk_topic(healthy="drikker aldrig", unhealthy="drikker")
    assert children_of([held(k=1), held(k=1), held(other, k=1)]) is None


def test_p12_a_class_in_its_band_moves_nothing() -> None:
    sums = {children_of([held(k=k), held(k=2), *(held(k=5, guess=60) for _ in range(3))]) for k in range(4)}
    assert len(sums) == 1
    assert None not in sums


def test_p12_groups_of_classes_are_the_same_or_have_none_in_common() -> None:
    three = frozenset("abc")
    assert in_partition(three, [three, frozenset("def")])
    assert not in_partition(three, [frozenset("abcd")])
    assert not in_partition(three, [frozenset("a")])
    assert not in_partition(frozenset("a"), [three])


# The guard over the parents' guesses


def children(k: int = 2, n: int = 25, **changes: Any) -> Children:
    made = children_of([held(k=k, n=n, **changes)])
    assert made is not None
    return made


def test_guess_then_children_then_country() -> None:
    shown = beside(children(), 40, behaviour=figure(8))
    assert shown.verdict is Verdict.SHOW
    assert shown.reveals == (Phase.GUESSES, Phase.CHILDREN, Phase.COUNTRY)
    assert (shown.own, shown.attitude, shown.N) == (None, None, 14)


def test_g4_the_lower_band_is_shown_whatever_was_guessed() -> None:
    assert beside(children(), 1).reveals == (Phase.GUESSES, Phase.CHILDREN)


def test_g4_nobody_is_told_that_the_guess_was_too_low_the_country_does_not_say_it_either() -> None:
    late = risk_topic(sensitivity=Sensitivity.S1)
    seven = children_of([held(late, k=7, guess=60)])
    assert beside(seven, 60).children == seven
    for guess in (10, 27, 31):
        shown = beside(seven, guess, behaviour=figure(5))
        assert shown == Shown("children-alcohol", Verdict.HIDE)


def test_g4_of_something_good_a_guess_that_is_too_high_shows_nothing() -> None:
    topic = of_children("children-speak-up", "speak-up", polarity=SPEAK_UP.polarity)
    most = children_of([held(SPEAK_UP, k=18, guess=20)])
    assert beside(most, 40, topic).children == most
    assert beside(most, 95, topic).reveals == ()


def test_g5_the_country_stays_away_where_half_or_more_do_it_or_the_guess_is_not_above() -> None:
    for share, guess in ((50, 90), (38, 40), (13, 60)):
        assert Phase.COUNTRY not in beside(children(), guess, behaviour=figure(share)).reveals


def test_g1_without_the_children_guesses_and_country_stand_together_or_nothing_does() -> None:
    assert beside(None, 40, behaviour=figure(35)).reveals == (Phase.GUESSES, Phase.COUNTRY)
    assert beside(None, 40, behaviour=figure(36)).reveals == ()
    assert beside(None, 90, behaviour=figure(50)).reveals == ()
    assert beside(None, 40).reveals == ()  # G10


def test_g1_four_guesses_are_too_few() -> None:
    declared = Declared(of_children(), Audience.PARENTS, (7,))
    shown = children_public(guesses(40, 4), children(), 14, {}, Figures(figure(8)), declared, TODAY)
    assert shown == Shown("children-alcohol", Verdict.TOO_FEW)


def test_g7_outside_the_lower_band_the_attitude_line_is_needed() -> None:
    late = risk_topic(sensitivity=Sensitivity.S1)
    with_line = children_of([held(late, k=7, guess=60)])
    assert with_line is not None
    assert with_line.attitude is not None
    without = Children(with_line.own, None, with_line.N, 1, with_line.days)
    assert beside(without, 60).reveals == ()


def test_g8_an_attitude_is_shown_where_it_was_guessed_too_low() -> None:
    topic = of_attitude()
    calm = children_of([held(NICOTINE, protecting=20, others_attitude=60)])
    assert beside(calm, 50, topic).reveals == (Phase.GUESSES, Phase.CHILDREN)
    assert beside(calm, 10, topic).reveals == ()


def test_g11_the_headline_takes_twelve_guesses_far_above() -> None:
    assert beside(children(), 60).headline == "more_than_it_is"
    assert beside(children(), 14).headline == "neutral"


def test_nobody_opens_the_country_by_hand() -> None:
    late = risk_topic(sensitivity=Sensitivity.S1)
    assert not beside(children_of([held(late, k=7, guess=60)]), 60, behaviour=figure(45)).openable


def test_the_value_is_kept_and_read_again() -> None:
    shown = beside(children(), 40, behaviour=figure(8))
    assert shown_from_data(shown_to_data(shown)) == shown


@settings(deadline=None)
@given(
    k=st.integers(0, 28),
    n=st.integers(1, 28),
    absent=st.integers(0, 8),
    guess=st.integers(0, 100),
    pupils=st.integers(0, 100),
)
def test_p11_s2_of_one_class_is_the_same_for_every_number_that_may_not_leave(
    k: int, n: int, absent: int, guess: int, pupils: int
) -> None:
    """Either the sentence, the same for 0 to 3, or nothing at all."""
    k, N = min(k, n), n + absent
    made = children_of([held(k=k, n=n, N=N, guess=pupils)])
    if made is None:
        return
    assert k <= 3
    zero = children_of([held(k=0, n=n, N=N, guess=pupils)])
    assert made == zero
    assert beside(made, guess, behaviour=figure(8)) == beside(zero, guess, behaviour=figure(8))
