"""What may leave the room (P11)."""

from __future__ import annotations

import pytest
from builders import attitude_topic, figure, judged, neutral_topic, prompt, protective_topic, risk_topic

from clicker.lesson import Kind, Phase, Sensitivity, Verdict
from clicker.safety import Banded, Leaving, Shown, leaving
from clicker.safety.shown import seen

S1_TOPIC = risk_topic("digital", group="digital", sensitivity=Sensitivity.S1)


def test_p11_nothing_leaves_where_the_class_was_not_told() -> None:
    assert leaving(judged(), risk_topic(), told=False) is None


@pytest.mark.parametrize("k", range(4, 26))
def test_p11_of_a_hidden_topic_only_its_word_leaves(k: int) -> None:
    shown = judged(k=k, protecting=8, country=figure(4), skips={"own": (0, 3)})
    assert shown.verdict is Verdict.HIDE
    assert leaving(shown, risk_topic(), told=True) == Leaving("alcohol-weekly", Verdict.HIDE)


def test_p11_of_too_few_answers_only_the_word_leaves() -> None:
    assert leaving(judged(n=9), risk_topic(), told=True) == Leaving("alcohol-weekly", Verdict.TOO_FEW)


def test_p11_own_s2_in_the_lower_band_leaves_as_the_sentence_at_least_x_of_n() -> None:
    left = leaving(judged(k=2), risk_topic(), told=True)
    assert left is not None
    assert (left.claim, left.own) == ((22, 25), None)


def test_p11_own_s2_outside_the_lower_band_stays_in_the_room() -> None:
    left = leaving(judged(k=4), risk_topic(), told=True)
    assert left is not None
    assert (left.claim, left.own) == (None, None)


def test_p11_a_protective_s2_topic_leaves_as_the_mirrored_sentence() -> None:
    inside, outside = (
        leaving(judged(protective_topic(), k=k, guess=60), protective_topic(), told=True) for k in (22, 21)
    )
    assert inside is not None
    assert outside is not None
    assert (inside.claim, outside.claim) == ((22, 25), None)


def test_p11_own_s1_leaves_as_it_was_shown() -> None:
    left = leaving(judged(S1_TOPIC, k=4), S1_TOPIC, told=True)
    assert left is not None
    assert (left.own, left.claim) == (Banded(4, 4, 25), (21, 25))


def test_p11_own_s1_in_the_lower_band_leaves_banded() -> None:
    left = leaving(judged(S1_TOPIC, k=1), S1_TOPIC, told=True)
    assert left is not None
    assert left.own == Banded(0, 3, 25)


def test_p11_guesses_and_attitudes_leave_with_a_shown_topic() -> None:
    shown = judged(k=4)
    left = leaving(shown, risk_topic(), told=True)
    assert left is not None
    assert (left.guesses, left.attitude) == (shown.guesses, Banded(22, 25, 25))


def test_p11_of_a_topic_shown_by_its_attitude_nothing_own_leaves() -> None:
    topic = risk_topic(others_approve=prompt(Kind.OTHERS_APPROVE))
    left = leaving(judged(topic, k=15, others_attitude=40), topic, told=True)
    assert left is not None
    assert (left.verdict, left.claim, left.own) == (Verdict.SHOW_ATTITUDE, None, None)
    assert left.attitude == Banded(22, 25, 25)


@pytest.mark.parametrize("share", [3, 12, 20, 30])
def test_p11_outside_the_lower_band_what_leaves_of_s2_does_not_tell_how_many(share: int) -> None:
    shown = [judged(k=k, country=figure(share)) for k in range(4, 9)]
    left = [leaving(one, risk_topic(), told=True) for one in shown if one.verdict is Verdict.SHOW]
    assert len(left) > 1
    assert all(one == left[0] for one in left)


def test_p11_the_country_leaves_only_where_it_was_shown() -> None:
    near, far = (leaving(judged(country=figure(share)), risk_topic(), told=True) for share in (4, 30))
    assert near is not None
    assert far is not None
    assert (near.figure, far.figure) == (figure(4), None)


def test_p11_a_neutral_topic_leaves_without_a_claim() -> None:
    left = leaving(judged(neutral_topic(), k=3), neutral_topic(), told=True)
    assert left is not None
    assert (left.claim, left.own) == (None, Banded(3, 3, 25))


def test_p11_an_attitude_topic_leaves_banded() -> None:
    topic = attitude_topic()
    left = leaving(judged(topic, others_attitude=40), topic, told=True)
    assert left is not None
    assert (left.attitude, left.own, left.claim) == (Banded(22, 25, 25), None, None)


@pytest.mark.parametrize("topic", [risk_topic(), protective_topic()])
def test_p11_no_exact_count_of_s2_ever_leaves(topic: object) -> None:
    for k in range(26):
        for guess in (10, 50, 90):
            left = leaving(judged(topic, k=k, guess=guess), topic, told=True)  # type: ignore[arg-type]
            assert left is not None
            assert left.own is None
            assert left.claim in (None, (22, 25))


@pytest.mark.parametrize("reached", [(), (Phase.GUESSES,)])
def test_of_a_topic_the_wall_did_not_come_to_only_the_word_is_left(reached: tuple[Phase, ...]) -> None:
    shown = judged(k=2, country=figure(4), skips={"own": (0, 3)})
    assert seen(shown, reached) == Shown("alcohol-weekly", Verdict.SHOW)


def test_what_is_said_afterwards_stops_where_the_wall_stopped() -> None:
    shown = judged(k=2, country=figure(4))
    cut = seen(shown, (Phase.GUESSES, Phase.OWN))
    assert (cut.guesses, cut.own, cut.attitude, cut.figure) == (shown.guesses, shown.own, None, None)


def test_a_topic_shown_to_its_end_is_said_in_full() -> None:
    shown = judged(k=2, country=figure(4))
    assert seen(shown, shown.reveals) == shown


def test_a_country_opened_by_the_consultant_is_said_afterwards() -> None:
    shown = judged(k=2, country=figure(30))
    opened = seen(shown, (*shown.reveals, Phase.COUNTRY))
    left = leaving(opened, risk_topic(), told=True)
    assert left is not None
    assert left.figure == figure(30)
