"""The G rules: each with a case on either side of its border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from builders import (
    SHOWN,
    attitude_topic,
    figure,
    guessed_attitude_topic,
    guesses,
    guesses_topic,
    judged,
    lesson,
    neutral_topic,
    prompt,
    protective_topic,
    risk_topic,
    walk,
)

from clicker.lesson import (
    COUNTRY_REASONS,
    Audience,
    Kind,
    Move,
    NotNow,
    Phase,
    Polarity,
    Run,
    Sensitivity,
    Topic,
    Verdict,
    move,
    moves,
    phase,
    reserve_offered,
)
from clicker.safety import (
    Choices,
    Declared,
    Headline,
    Shown,
    never_asked,
    off_unless_chosen,
    results,
    usable,
    warns_majority,
)

OPENED = Choices(open_country=True)
GUESSES_AND_COUNTRY = (Phase.GUESSES, Phase.COUNTRY)
TABLE_TOPICS = (risk_topic(), protective_topic(sensitivity=Sensitivity.S1))
BOTH_ATTITUDES = risk_topic(others_approve=prompt(Kind.OTHERS_APPROVE))


def is_shown(shown: Shown) -> bool:
    return shown.verdict is Verdict.SHOW and Phase.OWN in shown.reveals


# --- G1


def test_g1_ten_answers_are_enough_and_nine_are_not() -> None:
    assert is_shown(judged(n=10))
    assert judged(n=9).verdict is Verdict.TOO_FEW


def test_g1_five_guesses_are_enough_and_four_are_not() -> None:
    assert is_shown(judged(guess=guesses(40, 5)))
    assert judged(guess=guesses(40, 4)) == Shown("alcohol-weekly", Verdict.TOO_FEW)


def test_g1_with_too_few_answers_guesses_stand_beside_a_country_five_points_below_them() -> None:
    shown = judged(n=9, guess=16, country=figure(11))
    assert (shown.verdict, shown.reveals, shown.own) == (Verdict.TOO_FEW, GUESSES_AND_COUNTRY, None)
    assert judged(n=9, guess=15, country=figure(11)).reveals == ()


def test_g1_with_too_few_answers_a_country_of_half_does_not_stand() -> None:
    assert judged(n=9, guess=80, country=figure(49)).reveals == GUESSES_AND_COUNTRY
    assert judged(n=9, guess=80, country=figure(50)).reveals == ()


def test_g1_with_too_few_answers_and_guesses_nothing_stands() -> None:
    assert judged(n=9, guess=guesses(40, 4), country=figure(11)).reveals == ()


def test_g1_of_a_range_the_high_end_decides() -> None:
    assert judged(n=9, guess=16, country=figure(low=5, high=11)).reveals == GUESSES_AND_COUNTRY
    assert judged(n=9, guess=16, country=figure(low=5, high=12)).reveals == ()


def test_g1_guesses_only_are_shown_with_the_country_or_not_at_all() -> None:
    assert judged(guesses_topic(), guess=38, country=figure(33)).reveals == GUESSES_AND_COUNTRY
    assert judged(guesses_topic(), guess=37, country=figure(33)) == Shown("alcohol-ever", Verdict.HIDE)
    assert judged(guesses_topic(), guess=60) == Shown("alcohol-ever", Verdict.HIDE)


def test_g1_guesses_only_need_five_guesses() -> None:
    five, four = (judged(guesses_topic(), guess=guesses(60, total), country=figure(33)) for total in (5, 4))
    assert (five.verdict, four.verdict) == (Verdict.SHOW, Verdict.TOO_FEW)


def test_g1_a_guess_of_what_others_find_right_stands_beside_the_figure_of_that_attitude() -> None:
    topic, approving = guessed_attitude_topic(), figure(20, measure="own_approval")
    shown = judged(topic, others_attitude=25, attitude_country=approving)
    assert (shown.verdict, shown.reveals, shown.own, shown.attitude) == (
        Verdict.SHOW, GUESSES_AND_COUNTRY, None, None,
    )  # fmt: skip
    assert (shown.guesses, shown.figure) == (guesses(25), approving)
    assert judged(topic, others_attitude=24, attitude_country=approving) == Shown(topic.id, Verdict.HIDE)
    assert judged(topic, others_attitude=60) == Shown(topic.id, Verdict.HIDE)


def test_g1_a_figure_of_what_is_done_is_nothing_to_hold_a_guessed_attitude_against() -> None:
    topic = guessed_attitude_topic()
    assert judged(topic, others_attitude=60, country=figure(20)) == Shown(topic.id, Verdict.HIDE)


def test_g1_of_four_guesses_of_an_attitude_nothing_is_shown() -> None:
    topic, four = guessed_attitude_topic(), guesses(60, 4)
    assert judged(topic, others_attitude=four, attitude_country=figure(20)) == Shown(topic.id, Verdict.TOO_FEW)


def test_g1_a_guess_of_how_many_agree_to_what_protects_is_turned_to_the_risk() -> None:
    agreeing = prompt(Kind.OTHERS_APPROVE, protective="agree")
    topic = guessed_attitude_topic(others_approve=agreeing, polarity=Polarity.PROTECTIVE)
    healthy = figure(80, measure="own_approval", side="healthy")
    assert judged(topic, others_attitude=75, attitude_country=healthy).reveals == GUESSES_AND_COUNTRY
    assert judged(topic, others_attitude=76, attitude_country=healthy) == Shown(topic.id, Verdict.HIDE)


def test_a_guessed_attitude_is_kept_as_guesses_of_the_attitude() -> None:
    topic = guessed_attitude_topic()
    shown = judged(topic, others_attitude=60, attitude_country=figure(20, id="approve"))
    kept = results(shown, Declared(topic, Audience.PARENTS, (9,)))
    assert [(result.kind, result.n, result.figure_id) for result in kept] == [("others_approve", 20, "approve")]


def test_g1_an_attitude_alone_needs_as_many_attitudes_as_its_sensitivity_asks() -> None:
    alone = attitude_topic(asks_others=False)
    assert judged(alone, n=10).verdict is Verdict.SHOW_ATTITUDE
    assert judged(alone, n=9).verdict is Verdict.TOO_FEW


def test_g1_an_attitude_needs_five_guesses_only_where_others_attitude_was_asked() -> None:
    four = guesses(40, 4)
    assert judged(attitude_topic(), others_attitude=guesses(40, 5)).verdict is Verdict.SHOW_ATTITUDE
    assert judged(attitude_topic(), others_attitude=four).verdict is Verdict.TOO_FEW
    assert judged(attitude_topic(asks_others=False)).verdict is Verdict.SHOW_ATTITUDE


# --- G2


@pytest.mark.parametrize("group", ["tobacco", "nicotine", "alcohol", "cannabis", "drugs", "crime"])
def test_g2_no_substances_or_crime_in_grade_5_whatever_is_chosen(group: str) -> None:
    chosen = Choices(substances_in_grade_6=True, open_country=True)
    assert judged(risk_topic(group=group), grades=(5,), choices=chosen) == Shown("alcohol-weekly", Verdict.HIDE)


def test_g2_substances_in_grade_6_only_where_chosen() -> None:
    chosen = Choices(substances_in_grade_6=True)
    assert judged(grades=(6,)).verdict is Verdict.HIDE
    assert is_shown(judged(grades=(6,), choices=chosen))


def test_g2_from_grade_7_on_substances_are_judged_as_all_else() -> None:
    assert is_shown(judged(grades=(7,)))


def test_g2_a_lesson_for_grades_5_and_6_counts_as_grade_5() -> None:
    assert judged(grades=(5, 6), choices=Choices(substances_in_grade_6=True)).verdict is Verdict.HIDE


def test_g2_pupils_of_whom_nobody_says_the_grade_are_asked_nothing_of_it() -> None:
    bare = lesson(risk_topic(), protective_topic(group="class"), grades=())
    assert off_unless_chosen(bare) == never_asked(bare) == {"alcohol-weekly"}
    assert judged(grades=(), choices=Choices(substances_in_grade_6=True)).verdict is Verdict.HIDE


def test_g2_what_is_never_asked_is_left_to_no_choice() -> None:
    assert never_asked(lesson(risk_topic(), grades=(5, 6))) == {"alcohol-weekly"}
    assert never_asked(lesson(risk_topic(), grades=(6,))) == frozenset()
    assert never_asked(lesson(risk_topic(), grades=(), audience=Audience.STUDENTS)) == frozenset()


def test_g2_other_topics_are_free_in_grade_5() -> None:
    assert is_shown(judged(risk_topic(group="digital"), grades=(5,)))


def test_g2_is_about_pupils() -> None:
    assert is_shown(judged(grades=(5,), audience=Audience.PARENTS))


@pytest.mark.parametrize("topic", [attitude_topic(asks_others=False), guesses_topic()])
def test_g2_holds_for_attitudes_and_for_guesses(topic: Topic) -> None:
    assert judged(topic, grades=(5,), country=figure(11)) == Shown(topic.id, Verdict.HIDE)


def test_g2_holds_for_guesses_beside_the_country() -> None:
    assert judged(n=9, grades=(5,), country=figure(11)) == Shown("alcohol-weekly", Verdict.TOO_FEW)


# --- G3


@pytest.mark.parametrize(("k", "n", "N", "shows"), [(11, 24, 24, True), (12, 24, 24, False)])
def test_g3_half_of_all_is_a_majority(k: int, n: int, N: int, shows: bool) -> None:
    assert is_shown(judged(k=k, n=n, N=N, guess=90)) is shows


@pytest.mark.parametrize(("N", "shows"), [(25, True), (26, False)])
def test_g3_those_who_did_not_answer_count_with_the_risk(N: int, shows: bool) -> None:
    assert is_shown(judged(k=11, n=24, N=N, guess=90)) is shows


@pytest.mark.parametrize(("n", "most"), [(10, 13), (12, 17), (20, 33)])
def test_g3_in_the_lower_band_all_is_hidden_with_more_present_than_twice_the_answers_less_7(n: int, most: int) -> None:
    assert is_shown(judged(k=0, n=n, N=most))
    assert not is_shown(judged(k=0, n=n, N=most + 1))


# --- G4


def test_g4_in_the_lower_band_any_guess_shows() -> None:
    assert is_shown(judged(k=3, guess=0))


@pytest.mark.parametrize(("guess", "shows"), [(16, True), (15, False)])
def test_g4_below_a_quarter_the_guess_may_be_equal_but_not_lower(guess: int, shows: bool) -> None:
    assert is_shown(judged(k=4, guess=guess)) is shows


@pytest.mark.parametrize(("guess", "shows"), [(33, True), (32, False)])
def test_g4_from_a_quarter_on_the_guess_is_five_points_too_high(guess: int, shows: bool) -> None:
    assert is_shown(judged(k=7, guess=guess)) is shows


def test_g4_exactly_a_quarter_needs_the_five_points() -> None:
    assert is_shown(judged(k=5, n=24, guess=25))
    assert not is_shown(judged(k=6, n=24, guess=25))


@pytest.mark.parametrize(("N", "shows"), [(25, True), (26, False)])
def test_g4_those_missing_count_towards_the_quarter(N: int, shows: bool) -> None:
    # 5 of 24 are 20.8 %, guessed 21: with one missing 6 of 25 are below a quarter, with two 7 of 26 are not.
    assert is_shown(judged(k=5, n=24, N=N, guess=21)) is shows


# --- G5


@pytest.mark.parametrize(("share", "by_itself"), [(9, True), (10, False)])
def test_g5_the_country_comes_by_itself_below_ten_points_above_the_class(share: int, by_itself: bool) -> None:
    shown = judged(k=2, country=figure(share))
    assert (Phase.COUNTRY in shown.reveals, shown.openable) == (by_itself, not by_itself)


@pytest.mark.parametrize(("guess", "by_itself"), [(14, True), (13, False)])
def test_g5_the_country_comes_by_itself_five_points_below_the_guess(guess: int, by_itself: bool) -> None:
    assert (Phase.COUNTRY in judged(k=2, guess=guess, country=figure(9)).reveals) is by_itself


def test_g5_the_country_lies_below_ten_points_above_an_exact_count() -> None:
    assert Phase.COUNTRY in judged(k=6, country=figure(33)).reveals
    assert Phase.COUNTRY not in judged(k=6, country=figure(34)).reveals


def test_g5_of_a_range_the_high_end_decides() -> None:
    assert Phase.COUNTRY not in judged(k=2, country=figure(low=2, high=10)).reveals


def test_g5_a_country_of_half_is_never_shown_by_nobody() -> None:
    assert Phase.COUNTRY in judged(k=2, guess=90, country=figure(49), choices=OPENED).reveals
    shown = judged(k=2, guess=90, country=figure(50), choices=OPENED)
    assert (Phase.COUNTRY in shown.reveals, shown.openable, shown.figure) == (False, False, None)


def test_g5_a_country_of_half_does_not_come_by_itself_where_the_class_is_near_it() -> None:
    # 11 of 25 are 44 %: 49 and 50 both lie below ten points above it.
    assert Phase.COUNTRY in judged(k=11, guess=90, country=figure(49)).reveals
    assert Phase.COUNTRY not in judged(k=11, guess=90, country=figure(50)).reveals


def test_g5_the_consultant_opens_the_country_after_an_attitude_line_only() -> None:
    assert judged(k=2, protecting=15, country=figure(30)).openable
    assert not judged(k=2, protecting=14, country=figure(30)).openable


def test_g5_an_opened_country_is_the_last_reveal() -> None:
    opened = judged(k=2, country=figure(30), choices=OPENED)
    assert (opened.reveals, opened.openable) == ((*SHOWN, Phase.COUNTRY), False)


def test_g5_the_country_of_an_attitude_comes_beside_the_attitude() -> None:
    near, far = (judged(BOTH_ATTITUDES, k=15, others_attitude=40, attitude_country=figure(share)) for share in (9, 10))
    assert near.reveals == (Phase.GUESSES, Phase.ATTITUDE, Phase.COUNTRY)
    assert (far.reveals, far.openable) == ((Phase.GUESSES, Phase.ATTITUDE), True)


@pytest.mark.parametrize("share", [None, 9, 50])
def test_g5_an_attitude_without_a_country_to_open_has_nothing_openable(share: int | None) -> None:
    country = None if share is None else figure(share)
    assert not judged(BOTH_ATTITUDES, k=15, others_attitude=40, attitude_country=country).openable


def test_g5_the_behaviours_country_never_stands_beside_an_attitude() -> None:
    assert Phase.COUNTRY not in judged(BOTH_ATTITUDES, k=15, others_attitude=40, country=figure(4)).reveals


def test_g5_a_hidden_topic_has_no_country() -> None:
    assert judged(k=15, protecting=5, country=figure(4), choices=OPENED).figure is None


def test_g5_the_healthy_side_of_a_survey_is_turned() -> None:
    healthy = judged(k=2, country=figure(91, side="healthy"))
    assert Phase.COUNTRY in healthy.reveals
    assert Phase.COUNTRY not in judged(k=2, country=figure(90, side="healthy")).reveals


def test_a_figure_that_is_only_a_lower_bound_never_passes() -> None:
    assert usable(figure(9), date(2026, 3, 2))
    assert not usable(figure(9, bound=">"), date(2026, 3, 2))
    assert Phase.COUNTRY not in judged(k=2, country=figure(9, bound=">"), choices=OPENED).reveals


def test_a_vape_figure_is_usable_for_eight_years() -> None:
    vape = figure(9, fast=True, year=2018)
    assert [usable(vape, date(year, 3, 2)) for year in (2026, 2027)] == [True, False]


# --- G6


def test_g6_a_class_clearly_above_the_country_with_a_quarter_or_more_is_not_shown() -> None:
    # 7 of 25 are 28 %; Wilson's interval starts at 14.3 %.
    assert not is_shown(judged(k=7, country=figure(14)))
    assert is_shown(judged(k=7, country=figure(15)))


def test_g6_a_class_clearly_above_the_country_below_a_quarter_is_shown_without_it() -> None:
    # 5 of 25 are 20 %; Wilson's interval starts at 8.9 %.
    above, beside = (judged(k=5, country=figure(share), choices=OPENED) for share in (8, 9))
    assert is_shown(above)
    assert (above.figure, Phase.COUNTRY in above.reveals, above.openable) == (None, False, False)
    assert Phase.COUNTRY in beside.reveals


def test_g6_needs_ten_points_between_class_and_country() -> None:
    # Only with many answers do the ten points decide before the interval: 50 of 200 are 25 %, it starts at 19.5 %.
    assert not is_shown(judged(k=50, n=200, guess=60, country=figure(15)))
    assert is_shown(judged(k=50, n=200, guess=60, country=figure(16)))


def test_g6_of_a_range_the_low_end_decides() -> None:
    assert not is_shown(judged(k=7, country=figure(low=14, high=20)))
    assert is_shown(judged(k=7, country=figure(low=15, high=20)))


def test_g6_an_expired_figure_is_no_input() -> None:
    assert not is_shown(judged(k=7, country=figure(5, valid_until=2026)))
    assert is_shown(judged(k=7, country=figure(5, valid_until=2025)))


def test_g6_a_band_is_never_compared() -> None:
    assert is_shown(judged(k=3, n=10, country=figure(0)))


# --- G7


def test_g7_outside_the_lower_band_six_in_ten_of_all_hold_the_protective_attitude() -> None:
    holds, fails = judged(k=4, protecting=15), judged(k=4, protecting=14)
    assert (holds.verdict, holds.reveals) == (Verdict.SHOW, SHOWN)
    assert fails.verdict is not Verdict.SHOW


def test_g7_those_who_did_not_answer_do_not_hold_it() -> None:
    assert is_shown(judged(k=4, protecting=15, N=25))
    assert not is_shown(judged(k=4, protecting=15, N=26))


def test_g7_the_lower_end_of_a_band_counts() -> None:
    # 12 of 12 are known as 9 to 12: 60 % of 15, but not of 16.
    assert judged(k=0, n=12, N=15).reveals == SHOWN
    assert judged(k=0, n=12, N=16).reveals == (Phase.GUESSES, Phase.OWN)


def test_g7_in_the_lower_band_the_line_is_shown_where_it_holds() -> None:
    assert judged(k=2, protecting=15).reveals == SHOWN
    assert judged(k=2, protecting=14).reveals == (Phase.GUESSES, Phase.OWN)


# --- G8


def test_g8_a_protective_majority_of_all_is_shown_instead() -> None:
    assert judged(k=15, protecting=13).verdict is Verdict.SHOW_ATTITUDE
    assert judged(k=15, protecting=12) == Shown("alcohol-weekly", Verdict.HIDE)


def test_g8_exactly_half_is_no_majority() -> None:
    assert judged(k=15, n=24, protecting=12).verdict is Verdict.HIDE


def test_g8_without_others_attitude_it_is_one_line() -> None:
    assert judged(k=15).reveals == (Phase.ATTITUDE,)


@pytest.mark.parametrize(("approving", "shows"), [(25, True), (24, False)])
def test_g8_guesses_of_the_protective_attitude_are_five_points_too_low(approving: int, shows: bool) -> None:
    # 20 of 25 are 80 %: the guess of the protective side may be 75 at most.
    shown = judged(BOTH_ATTITUDES, k=15, protecting=20, others_attitude=approving)
    assert (shown.verdict is Verdict.SHOW_ATTITUDE) is shows


def test_g8_the_lower_end_of_a_band_is_the_majority() -> None:
    # 12 of 12 are known as 9 to 12.
    alone = attitude_topic(asks_others=False)
    assert judged(alone, n=12, N=17).verdict is Verdict.SHOW_ATTITUDE
    assert judged(alone, n=12, N=18).verdict is Verdict.HIDE


def test_g8_the_lower_end_of_a_band_is_compared_with_the_guess() -> None:
    # 25 of 25 are known as 22 to 25, 88 % at least.
    assert judged(attitude_topic(), others_attitude=17).verdict is Verdict.SHOW_ATTITUDE
    assert judged(attitude_topic(), others_attitude=16).verdict is Verdict.HIDE


def test_g8_four_guesses_of_others_attitude_are_too_few() -> None:
    assert judged(BOTH_ATTITUDES, k=15, others_attitude=guesses(40, 5)).verdict is Verdict.SHOW_ATTITUDE
    assert judged(BOTH_ATTITUDES, k=15, others_attitude=guesses(40, 4)).verdict is Verdict.HIDE


def test_g8_nine_attitudes_are_too_few_to_be_shown_instead() -> None:
    assert judged(k=8, n=10, attitudes=10).verdict is Verdict.SHOW_ATTITUDE
    assert judged(k=8, n=10, attitudes=9).verdict is Verdict.HIDE


def test_g8_an_attitude_topic_is_judged_by_the_same_rule() -> None:
    asked = attitude_topic()
    assert judged(asked, protecting=20, others_attitude=25).verdict is Verdict.SHOW_ATTITUDE
    assert judged(asked, protecting=20, others_attitude=24).verdict is Verdict.HIDE
    assert judged(asked, protecting=12, others_attitude=90).verdict is Verdict.HIDE


# --- G9, G10, G11, G12, G13


def test_g9_the_number_who_answered_is_there_to_be_said() -> None:
    shown = judged(k=2, n=22, N=25)
    assert shown.own is not None
    assert (shown.own.turned().low, shown.own.n, shown.N) == (19, 22, 25)


@pytest.mark.parametrize("topic", TABLE_TOPICS)
def test_g10_guesses_are_revealed_only_where_something_follows(topic: Topic) -> None:
    for shown in every_class(topic):
        if Phase.GUESSES in shown.reveals:
            assert shown.reveals[0] is Phase.GUESSES
            assert len(shown.reveals) >= 2


@pytest.mark.parametrize(("total", "headline"), [(12, Headline.MORE_THAN_IT_IS), (11, Headline.NEUTRAL)])
def test_g11_the_headline_needs_twelve_guesses(total: int, headline: Headline) -> None:
    assert judged(guess=guesses(40, total)).headline is headline


@pytest.mark.parametrize(("guess", "headline"), [(17, Headline.MORE_THAN_IT_IS), (16, Headline.NEUTRAL)])
def test_g11_the_headline_needs_five_points_above_the_band(guess: int, headline: Headline) -> None:
    assert judged(guess=guess).headline is headline


def test_g11_those_missing_count_with_the_risk() -> None:
    # 3 + 1 of 26 are 15.4 %.
    assert judged(guess=17, N=26).headline is Headline.NEUTRAL
    assert judged(guess=21, N=26).headline is Headline.MORE_THAN_IT_IS


@pytest.mark.parametrize(("spread", "headline"), [(20, Headline.MORE_THAN_IT_IS), (21, Headline.NEUTRAL)])
def test_g11_guesses_that_disagree_need_a_greater_distance(spread: int, headline: Headline) -> None:
    # Distance 10, 26 guesses: 2.5 sd / sqrt(26) is exactly 10 with a spread of 20.
    assert judged(guess=guesses(22, 26, spread)).headline is headline


def test_g12_a_neutral_topic_is_shown_whatever_was_guessed() -> None:
    for guess in (0, 40, 100):
        shown = judged(neutral_topic(), k=20, guess=guess, country=figure(4), choices=OPENED)
        assert (shown.verdict, shown.reveals) == (Verdict.SHOW, (Phase.GUESSES, Phase.OWN))
        assert (shown.headline, shown.figure, shown.openable) == (Headline.NONE, None, False)


def test_g12_a_neutral_topic_takes_the_smallest_groups_of_g1() -> None:
    assert judged(neutral_topic(), n=5).verdict is Verdict.SHOW
    assert judged(neutral_topic(), n=4) == Shown("left-handed", Verdict.TOO_FEW)
    assert judged(neutral_topic(), guess=guesses(40, 4)) == Shown("left-handed", Verdict.TOO_FEW)


def test_g12_a_sensitive_neutral_topic_is_banded() -> None:
    shown = judged(neutral_topic(sensitivity=Sensitivity.S1), k=1)
    assert shown.own is not None
    assert (shown.own.low, shown.own.high) == (0, 3)


def test_g13_the_start_page_warns_from_forty_in_a_hundred() -> None:
    assert warns_majority([figure(40)])
    assert not warns_majority([figure(39.9)])
    assert not warns_majority([])


def test_g13_of_a_range_the_high_end_decides() -> None:
    assert warns_majority([figure(low=30, high=40)])
    assert warns_majority([figure(60, side="healthy")])


# --- G14, G15 (the moves that carry them out)


def revealed(*, attitude: bool) -> Run:
    """A run at a topic whose country may be opened, its own answers or also its attitude revealed."""
    run = walk(Run(lesson()), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE, Move.EVALUATE, Move.NEXT)
    return walk(run, *[Move.REVEAL] * (3 if attitude else 2))


def test_g14_the_country_is_opened_after_the_attitude_line_only() -> None:
    assert Move.OPEN_COUNTRY in moves(revealed(attitude=True))
    assert Move.OPEN_COUNTRY not in moves(revealed(attitude=False))


def test_g14_there_are_three_reasons_and_the_one_given_is_kept() -> None:
    assert len(COUNTRY_REASONS) == 3
    run = move(revealed(attitude=True), Move.OPEN_COUNTRY, argument=COUNTRY_REASONS[0])
    assert run.reasons == {"alcohol-weekly": COUNTRY_REASONS[0]}
    with pytest.raises(NotNow):
        move(revealed(attitude=True), Move.OPEN_COUNTRY, argument="free text")


def test_g15_a_step_with_nothing_to_reveal_is_passed_over() -> None:
    topics = (risk_topic(), risk_topic("ecig-ever"))
    run = walk(Run(lesson(*topics)), Move.START, Move.NEXT, Move.OPEN, Move.CLOSE)
    ids = ("alcohol-weekly", "ecig-ever")
    run = walk(move(run, Move.EVALUATE, argument=(ids, {"ecig-ever": SHOWN}, ())), Move.NEXT)
    assert (run.position, phase(run)) == (3, Phase.READY)


@pytest.mark.parametrize(("left", "offered"), [(0, True), (1, True), (2, False)])
def test_g15_the_reserve_is_offered_with_fewer_than_two_topics_left(left: int, offered: bool) -> None:
    ids = ("alcohol-weekly", "ecig-ever")
    topics = (*map(risk_topic, ids), guesses_topic())
    steps = lesson(*topics[:2]).steps
    run = Run(lesson(*topics, steps=steps, reserve=("alcohol-ever",)))
    run = walk(run, Move.START, Move.NEXT, Move.OPEN, Move.CLOSE)
    run = move(run, Move.EVALUATE, argument=(ids, dict.fromkeys(ids[:left], SHOWN), ()))
    assert bool(reserve_offered(run)) is offered


# --- mirrors and the whole table


def mirrored(shown: Shown) -> tuple[object, ...]:
    return shown.verdict, shown.reveals, shown.openable, shown.headline, shown.attitude, shown.N


@pytest.mark.parametrize("k", range(0, 26))
def test_a_protective_topic_is_judged_as_the_risk_it_mirrors(k: int) -> None:
    others = prompt(Kind.OTHERS_APPROVE)
    for guess in (4, 16, 30, 47, 96):
        for protecting in (10, 14, 20):
            for share in (4, 33):
                risk = judged(
                    risk_topic("t", others_approve=others), k=k, guess=guess, protecting=protecting,
                    others_attitude=30, country=figure(share), attitude_country=figure(share),
                )  # fmt: skip
                protective = judged(
                    protective_topic("t", others_approve=others), k=25 - k, guess=100 - guess, protecting=protecting,
                    others_attitude=70, country=figure(100 - share, side="healthy"),
                    attitude_country=figure(100 - share, side="healthy"),
                )  # fmt: skip
                assert mirrored(protective) == mirrored(risk)


TABLE_GUESSES = tuple(guesses(percent) for percent in (0, 10, 25, 45, 100))
TABLE_COUNTRIES = tuple(figure(share) for share in (3, 11, 33, 60))


@cache
def every_class(topic: Topic) -> tuple[Shown, ...]:
    """A table of classes, each as the rules let it out; the counts k that one band holds are one class (P2)."""
    return tuple(
        shown
        for n in range(8, 31)
        for N in range(n, n + 6)
        for k in (0, *range(4, n - 3), n)
        for shown in _classes_with(topic, n, N, k)
    )


def _classes_with(topic: Topic, n: int, N: int, k: int) -> Iterator[Shown]:
    for index, guess in enumerate(TABLE_GUESSES):
        country = TABLE_COUNTRIES[(n + N + k + index) % 4]
        protecting = n if (n + k + index) % 3 else 6 * n // 10
        yield judged(
            topic, k=k, n=n, N=N, guess=guess, protecting=protecting,
            country=country, attitude_country=country, choices=OPENED,
        )  # fmt: skip


def risk_of(shown: Shown, topic: Topic) -> tuple[int, int, int]:
    assert shown.own is not None
    own = shown.own.turned() if topic.polarity is Polarity.PROTECTIVE else shown.own
    return own.low, own.high, own.n


@pytest.mark.parametrize("topic", TABLE_TOPICS)
def test_no_class_in_the_table_sees_what_the_rules_forbid(topic: Topic) -> None:
    verdicts = set()
    for shown in every_class(topic):
        verdicts.add(shown.verdict)
        assert_no_harm(shown, topic)
    assert verdicts >= {Verdict.SHOW, Verdict.SHOW_ATTITUDE, Verdict.HIDE}


def assert_no_harm(shown: Shown, topic: Topic) -> None:
    assert shown.reveals != (Phase.GUESSES,), "guesses alone"
    if shown.figure is not None:
        assert shown.figure.high < 50, "a country of half or more"
    if shown.own is None:
        return
    low, high, n = risk_of(shown, topic)
    assert shown.N is not None
    assert 2 * (high + shown.N - n) < shown.N, "a risky majority"
    if high > 3:
        assert shown.guesses is not None
        mean = shown.guesses.mean()
        assert mean is not None
        guessed = 100 - mean if topic.polarity is Polarity.PROTECTIVE else mean
        assert guessed * n >= 100 * low, "guesses below the answers"


TOWN = figure(7, owner="Eksempel Kommune", region="Eksempel Kommune", id="town")


def test_g5_the_municipality_stands_beside_the_country_where_both_pass() -> None:
    shown = judged(country=figure(9), municipality=TOWN)
    assert (shown.figure, shown.beside) == (figure(9), TOWN)
    assert Phase.COUNTRY in shown.reveals


def test_g5_each_figure_is_judged_by_itself() -> None:
    shown = judged(country=figure(60), municipality=TOWN)
    assert (shown.figure, shown.beside) == (TOWN, None)
    assert judged(country=figure(11), municipality=replace(TOWN, low=55, high=55)).beside is None


def test_g6_a_class_clearly_above_the_municipality_gets_no_figure_at_all() -> None:
    high = {"k": 5, "n": 25, "guess": 60, "protecting": 20}
    assert judged(country=figure(19), **high).figure is not None
    shown = judged(country=figure(19), municipality=replace(TOWN, low=1, high=1), **high)
    assert (shown.figure, shown.beside) == (None, None)


def test_g1_guesses_may_stand_beside_the_municipality_where_too_few_answered() -> None:
    shown = judged(k=1, n=8, N=25, municipality=TOWN)
    assert (shown.verdict, shown.reveals, shown.figure) == (
        Verdict.TOO_FEW,
        (Phase.GUESSES, Phase.COUNTRY),
        TOWN,
    )


def test_g1_of_two_named_grades_the_higher_one_decides() -> None:
    low, high = figure(3, population="7. klasse"), figure(27, population="9. klasse")
    spanned = replace(high, low=3, named=(low, high))
    assert judged(k=1, n=8, N=25, guess=31, country=spanned).figure is None
    assert judged(k=1, n=8, N=25, guess=32, country=spanned).figure == spanned


def test_g13_warns_of_the_municipality_too() -> None:
    assert warns_majority([figure(11), replace(TOWN, low=45, high=45)])
