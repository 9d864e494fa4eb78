"""What may stand on a poster (P11, P12, G9, G11)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from attack import PROTECTIVE, RISK
from builders import TODAY, figure, guesses, guesses_topic, judged, neutral_topic, protective_topic, risk_topic
from hypothesis import given, settings
from hypothesis import strategies as st

from clicker.lesson import Audience, Figures, Phase, Polarity, Sensitivity, Topic, Verdict
from clicker.safety import Banded, Choices, Declared, Shown, band, leaving, public
from clicker.safety.declared import DELICATE
from clicker.safety.posters import Claim, adds, of_class, of_several, only_together
from clicker.safety.shown import seen

SPEAK_UP = protective_topic(sensitivity=Sensitivity.S1, group="digital")
PHONE = risk_topic("phone", sensitivity=Sensitivity.S1, group="digital", indicator="phone")
ALCOHOL = risk_topic()


def claimed(topic: Topic, shown: Shown, *, told: bool = True) -> Claim | None:
    return of_class(topic, leaving(shown, topic, told=told))


@pytest.mark.parametrize("k", [22, 25])
def test_p11_a_class_says_at_least_in_the_healthy_frame(k: int) -> None:
    claim = claimed(SPEAK_UP, judged(SPEAK_UP, k=k, guess=85))
    assert claim == Claim("speak-up", 22, 25, exact=False)


def test_g9_a_risk_topic_is_said_as_who_does_not() -> None:
    claim = claimed(PHONE, judged(PHONE, k=5))
    assert claim is not None
    assert (claim.low, claim.n, claim.exact) == (20, 25, True)


def test_p11_where_the_class_was_not_told_there_is_no_poster() -> None:
    assert claimed(PHONE, judged(PHONE), told=False) is None


def test_a_topic_that_was_hidden_or_shown_by_its_attitude_has_no_poster() -> None:
    for k in range(4, 26):
        shown = judged(PHONE, k=k, protecting=8)
        assert shown.verdict is Verdict.HIDE
        assert claimed(PHONE, shown) is None
    held = replace(judged(PHONE), verdict=Verdict.SHOW_ATTITUDE)
    assert claimed(PHONE, held) is None


@pytest.mark.parametrize("reached", [(), (Phase.GUESSES,), (Phase.GUESSES, Phase.COUNTRY)])
def test_a_topic_whose_answer_the_wall_never_came_to_has_no_poster(reached: tuple[Phase, ...]) -> None:
    assert claimed(PHONE, seen(judged(PHONE, country=figure(4)), reached)) is None


def test_g12_a_neutral_topic_has_no_poster() -> None:
    topic = neutral_topic()
    assert claimed(topic, judged(topic, k=12)) is None
    assert adds(topic, judged(topic, k=12), told=True) is None


def test_what_nobody_answered_for_themselves_has_no_poster() -> None:
    topic = guesses_topic(sensitivity=Sensitivity.S1, group="digital")
    assert claimed(topic, judged(topic, country=figure(4))) is None


def test_g11_more_than_we_thought_stands_only_under_the_headline_and_beside_the_guesses() -> None:
    high, close = judged(PHONE, k=2, guess=60), judged(PHONE, k=2, guess=guesses(20, spread=19))
    claims = [claimed(PHONE, one) for one in (high, close)]
    assert [claim.more_than_guessed for claim in claims if claim] == [True, False]
    without = claimed(PHONE, seen(high, (Phase.OWN,)))
    assert without is not None
    assert not without.more_than_guessed


def test_the_country_stands_only_where_it_was_shown() -> None:
    shown = judged(PHONE, country=figure(4, indicator="phone"))
    with_it, without = claimed(PHONE, shown), claimed(PHONE, seen(shown, (Phase.GUESSES, Phase.OWN)))
    assert with_it is not None
    assert without is not None
    assert (with_it.figure, without.figure) == (figure(4, indicator="phone"), None)


@pytest.mark.parametrize("group", sorted(DELICATE))
def test_p11_substances_crime_and_sex_need_several_classes_whatever_is_declared(group: str) -> None:
    topic = replace(PHONE, group=group)
    assert only_together(topic)
    assert claimed(topic, judged(topic)) is None


@st.composite
def classes(draw: st.DrawFn) -> tuple[Topic, Shown]:
    """Any class of an S2 topic: any answers, guesses, attitudes, country."""
    topic = draw(st.sampled_from((RISK, PROTECTIVE)))
    topic = replace(topic, sensitivity=Sensitivity.S2)
    n = draw(st.integers(10, 30))
    shown = public(
        guesses=guesses(draw(st.integers(0, 100)), total=draw(st.integers(5, 30))),
        own=band(draw(st.integers(0, n)), n, topic.sensitivity),
        attitude=band(draw(st.integers(0, n)), n, topic.sensitivity) if topic.approve else None,
        others_attitude=guesses(draw(st.integers(0, 100))) if topic.others_approve else None,
        N=n + draw(st.integers(0, 4)),
        skips={},
        figures=Figures(figure(draw(st.sampled_from((3, 11, 33)))), None),
        lesson=Declared(topic, Audience.PUPILS, (7,)),
        choices=Choices(),
        today=TODAY,
    )
    return topic, shown


@settings(max_examples=300, deadline=None)
@given(classes(), st.integers(1, 2))
def test_p11_of_a_single_classs_s2_nothing_stands_on_a_poster(klass: tuple[Topic, Shown], copies: int) -> None:
    topic, shown = klass
    assert claimed(topic, shown) is None
    own = adds(topic, shown, told=True)
    assert of_several(topic, {str(number): own for number in range(copies)}, {}) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=3, max_size=7))
def test_p12_classes_outside_the_lower_band_are_none_or_three_that_pass_alone(ks: list[int]) -> None:
    """Of the others each class report says its band, and each class knows its own number."""
    kept = {str(number): band(k, 22, Sensitivity.S2).turned() for number, k in enumerate(ks)}
    outside = [k for k in ks if k > 3]
    assert (of_several(ALCOHOL, kept, {}) is None) == (len(outside) in (1, 2))


def test_p12_of_s1_a_poster_may_count_any_three_classes() -> None:
    kept = {str(number): band(k, 22, Sensitivity.S1).turned() for number, k in enumerate((1, 2, 6))}
    assert of_several(PHONE, kept, {}) == Claim("phone", 54, 66, exact=False, classes=3)


def test_p12_a_band_that_a_class_moves_in_changes_nothing() -> None:
    claims = {
        of_several(
            ALCOHOL, {"a": band(k, 22, Sensitivity.S2).turned(), "b": Banded(19, 22, 22), "c": Banded(19, 22, 22)}, {}
        )
        for k in range(4)
    }
    assert claims == {Claim("alcohol-weekly", 57, 66, exact=False, classes=3)}


def test_p12_a_hidden_class_and_one_that_was_not_told_add_nothing() -> None:
    shown = judged(ALCOHOL, k=2)
    assert adds(ALCOHOL, shown, told=True) == Banded(22, 25, 25)
    assert adds(ALCOHOL, shown, told=False) is None
    assert adds(ALCOHOL, judged(ALCOHOL, k=20), told=True) is None
    assert adds(ALCOHOL, seen(shown, (Phase.GUESSES,)), told=True) is None


def test_the_country_beside_several_classes_is_the_one_that_all_saw() -> None:
    topic = replace(ALCOHOL, indicator="alcohol_weekly")
    kept = dict.fromkeys("abc", Banded(19, 22, 22))
    same = of_several(topic, kept, dict.fromkeys("abc", figure(4)))
    other = of_several(topic, kept, {"a": figure(4), "b": figure(4), "c": None})
    assert same is not None
    assert other is not None
    assert (same.figure, other.figure) == (figure(4), None)


def test_several_classes_never_claim_that_guesses_were_wrong() -> None:
    claim = of_several(ALCOHOL, dict.fromkeys("abc", Banded(19, 22, 22)), {})
    assert claim is not None
    assert not claim.more_than_guessed


def test_the_polarity_does_not_change_the_claim() -> None:
    mirrored = replace(PHONE, id="phone", polarity=Polarity.PROTECTIVE, approve=SPEAK_UP.approve)
    claims = [claimed(PHONE, judged(PHONE, k=2)), claimed(mirrored, judged(mirrored, k=23, guess=60))]
    assert {(one.low, one.n, one.exact) for one in claims if one} == {(22, 25, False)}
