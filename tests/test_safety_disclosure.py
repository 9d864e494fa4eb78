"""The P rules on numbers: smallest groups, bands, the one door `public`, and what a hidden topic gives away."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import get_type_hints

import pytest
from builders import (
    attitude_topic,
    figure,
    guesses,
    guesses_topic,
    judged,
    neutral_topic,
    prompt,
    protective_topic,
    risk_topic,
)

from clicker.lesson import Audience, Figures, Kind, Phase, Sensitivity, Topic, Verdict
from clicker.measures import Histogram, tally
from clicker.safety import (
    Banded,
    Choices,
    Declared,
    Headline,
    Many,
    Shown,
    band,
    band_skips,
    gap_points,
    many,
    n_min,
    public,
    results,
    shown_from_data,
    shown_to_data,
)

SENSITIVE = (Sensitivity.S1, Sensitivity.S2)
WITH_BOTH = {"others_approve": prompt(Kind.OTHERS_APPROVE)}


def written(shown: Shown) -> str:
    """The bytes that are kept and sent."""
    return json.dumps(shown_to_data(shown))


# --- P1


@pytest.mark.parametrize(("sensitivity", "least"), [("S0", 5), ("S1", 8), ("S2", 10)])
def test_p1_the_smallest_group_depends_on_the_sensitivity(sensitivity: str, least: int) -> None:
    topic = risk_topic(sensitivity=Sensitivity(sensitivity))
    assert n_min(topic.sensitivity) == least
    assert judged(topic, k=0, n=least - 1).verdict is Verdict.TOO_FEW
    assert judged(topic, k=0, n=least).verdict is Verdict.SHOW


def test_p1_nine_answers_to_a_substance_topic_are_too_few() -> None:
    assert judged(n=9) == Shown("alcohol-weekly", Verdict.TOO_FEW)


def test_p1_four_guesses_are_too_few_and_five_are_enough() -> None:
    assert judged(guess=guesses(40, 4)).verdict is Verdict.TOO_FEW
    assert judged(guess=guesses(40, 5)).verdict is Verdict.SHOW


def test_p1_an_attitude_inherits_the_sensitivity_of_its_topic() -> None:
    assert Phase.ATTITUDE not in judged(attitudes=9, n=10, N=10).reveals
    assert Phase.ATTITUDE in judged(attitudes=10, n=10, N=10).reveals


# --- P2


@pytest.mark.parametrize("sensitivity", SENSITIVE)
@pytest.mark.parametrize("n", range(8, 31))
def test_p2_up_to_three_at_either_edge_are_one_and_the_same(n: int, sensitivity: Sensitivity) -> None:
    assert {band(k, n, sensitivity) for k in range(4)} == {Banded(0, 3, n)}
    assert {band(n - k, n, sensitivity) for k in range(4)} == {Banded(n - 3, n, n)}


@pytest.mark.parametrize("sensitivity", SENSITIVE)
@pytest.mark.parametrize("n", range(8, 31))
def test_p2_between_the_edges_the_count_is_exact(n: int, sensitivity: Sensitivity) -> None:
    assert all(band(k, n, sensitivity) == Banded(k, k, n) for k in range(4, n - 3))


@pytest.mark.parametrize("topic", [risk_topic(), protective_topic(), attitude_topic(), risk_topic(**WITH_BOTH)])
@pytest.mark.parametrize("n", range(8, 31))
def test_p2_the_payload_is_identical_within_a_band(n: int, topic: Topic) -> None:
    for edge in (range(4), range(n - 3, n + 1)):
        assert len({written(judged(topic, k=k, n=n, country=figure(3))) for k in edge}) == 1
        assert len({written(judged(topic, n=n, protecting=a, country=figure(3))) for a in edge}) == 1


def test_p2_a_band_is_not_exact() -> None:
    assert not band(3, 25, Sensitivity.S2).exact
    assert band(4, 25, Sensitivity.S2).exact


def test_p2_neutral_counts_are_exact() -> None:
    assert band(1, 25, Sensitivity.S0) == Banded(1, 1, 25)


@pytest.mark.parametrize("n", range(5))
def test_p2_a_band_never_leaves_the_answers_there_are(n: int) -> None:
    for k in range(n + 1):
        banded = band(k, n, Sensitivity.S2)
        assert 0 <= banded.low <= k <= banded.high <= n


def test_p2_a_band_turned_is_the_band_of_the_others() -> None:
    assert band(2, 25, Sensitivity.S2).turned() == band(23, 25, Sensitivity.S2)


# --- P3


def test_p3_public_takes_exactly_the_ten_public_values_in_order() -> None:
    assert list(inspect.signature(public).parameters) == [
        "guesses",
        "own",
        "attitude",
        "others_attitude",
        "N",
        "skips",
        "figures",
        "lesson",
        "choices",
        "today",
    ]


def test_p3_public_takes_no_value_per_seat() -> None:
    hints = get_type_hints(public)
    assert hints == {
        "guesses": Histogram | None,
        "own": Banded | None,
        "attitude": Banded | None,
        "others_attitude": Histogram | None,
        "N": int,
        "skips": Mapping[str, tuple[int, int]],
        "figures": Figures,
        "lesson": Declared,
        "choices": Choices,
        "today": date,
        "return": Shown,
    }


def test_p3_histograms_and_bands_hold_counts_only() -> None:
    assert [field.name for field in fields(Histogram)] == ["top", "step", "counts"]
    assert [field.name for field in fields(Banded)] == ["low", "high", "n"]


def class_of(rows: list[tuple[int | None, int | None]]) -> str:
    """The kept bytes of a class from (guess, own answer) per seat."""
    own = [answer for _, answer in rows if answer is not None]
    return written(
        judged(k=sum(own), n=len(own), N=len(rows), guess=tally((guess for guess, _ in rows), top=len(rows) - 1))
    )


def test_p3_swapping_two_seats_own_answers_leaves_every_byte_equal() -> None:
    rows: list[tuple[int | None, int | None]] = [(4 + seat % 9, 1 if seat < 5 else 0) for seat in range(24)]
    rows[7] = (None, 0)
    rows[20] = (6, None)
    for one, other in ((0, 23), (4, 7), (2, 20), (7, 20)):
        swapped = list(rows)
        swapped[one], swapped[other] = (rows[one][0], rows[other][1]), (rows[other][0], rows[one][1])
        assert class_of(swapped) == class_of(rows)


def test_p3_the_gap_of_a_band_is_a_range() -> None:
    assert gap_points(judged(k=1, guess=40)) == (28, 40)


def test_p3_the_gap_of_an_exact_count_is_one_number() -> None:
    assert gap_points(judged(k=5, guess=40)) == (20, 20)


@pytest.mark.parametrize("k", [0, 5])
def test_p3_a_public_value_survives_being_kept(k: int) -> None:
    shown = judged(k=k, country=figure(4, differs=("grade",)), skips={"own": (0, 3)})
    assert shown_from_data(json.loads(written(shown))) == shown


# --- P6


@pytest.mark.parametrize(
    ("answered", "word"),
    [(0, Many.FEW), (9, Many.FEW), (10, Many.HALF), (19, Many.HALF), (20, Many.MOST), (24, Many.MOST), (25, Many.ALL)],
)
def test_p6_the_wall_says_how_far_the_class_is_in_four_words(answered: int, word: Many) -> None:
    assert many(answered, 25) is word


def test_p6_nobody_expected_is_few() -> None:
    assert many(0, 0) is Many.FEW


def test_p6_more_answers_than_expected_are_all() -> None:
    assert many(26, 25) is Many.ALL


def test_p6_up_to_three_skips_are_one_and_the_same() -> None:
    assert {band_skips(skips) for skips in range(4)} == {(0, 3)}
    assert band_skips(4) == (4, 4)


def test_p6_skips_are_kept_of_what_is_shown() -> None:
    skips = {"others": (0, 3), "own": (5, 5), "approve": (0, 3)}
    assert dict(judged(skips=skips).skips) == skips


# --- P7

SKIPS = {"others": (0, 3), "own": (6, 6), "approve": (4, 4)}


@pytest.mark.parametrize("topic", [risk_topic(), protective_topic()])
def test_p7_of_a_hidden_topic_nothing_but_its_word_exists(topic: Topic) -> None:
    for k in range(26):
        shown = judged(topic, k=k, protecting=5, skips=SKIPS, country=figure(4))
        if shown.verdict is Verdict.HIDE:
            assert shown == Shown(topic.id, Verdict.HIDE)


@pytest.mark.parametrize("n", [10, 17, 25, 30])
@pytest.mark.parametrize("topic", [risk_topic(), risk_topic(**WITH_BOTH), protective_topic(**WITH_BOTH)])
def test_p7_the_payload_is_equal_for_every_count_that_shows_no_own_answer(topic: Topic, n: int) -> None:
    for protecting in (2, n // 2 + 2, n):
        payloads: dict[Verdict, set[str]] = {}
        for k in range(n + 1):
            shown = judged(
                topic, k=k, n=n, protecting=protecting, others_attitude=45, skips=SKIPS,
                country=figure(4), attitude_country=figure(12, id="attitude"),
            )  # fmt: skip
            payloads.setdefault(shown.verdict, set()).add(written(shown))
        assert all(len(found) == 1 for verdict, found in payloads.items() if verdict is not Verdict.SHOW)


def test_p7_too_few_answers_look_the_same_whatever_they_were() -> None:
    payloads = {written(judged(k=k, n=9, country=figure(11), skips=SKIPS)) for k in range(10)}
    assert len(payloads) == 1


def test_p7_a_topic_shown_by_its_attitude_keeps_nothing_of_its_own_answers() -> None:
    shown = judged(risk_topic(**WITH_BOTH), k=15, others_attitude=45, skips=SKIPS, country=figure(4))
    assert (shown.verdict, shown.own, dict(shown.skips)) == (Verdict.SHOW_ATTITUDE, None, {"approve": (4, 4)})
    assert gap_points(shown) is None


def test_p7_results_of_a_hidden_topic_have_no_cells_and_no_numbers() -> None:
    topic = risk_topic()
    shown = judged(topic, k=15, protecting=5, skips=SKIPS, country=figure(4))
    for result in results(shown, Declared(topic, Audience.PUPILS, (7,))):
        kept = (result.verdict, result.cells, result.n, result.present, result.skips, result.figure_id)
        assert kept == (Verdict.HIDE, (), None, None, None, None)


def test_p7_results_of_a_topic_shown_by_its_attitude_have_cells_for_the_attitude_only() -> None:
    topic = risk_topic(**WITH_BOTH)
    shown = judged(topic, k=15, others_attitude=45)
    kept = {result.kind: bool(result.cells) for result in results(shown, Declared(topic, Audience.PUPILS, (7,)))}
    assert kept == {"others": False, "own": False, "approve": True, "others_approve": True}


def test_results_of_a_shown_topic_are_intervals_and_histograms() -> None:
    topic = risk_topic()
    kept = {result.kind: result for result in results(judged(topic), Declared(topic, Audience.PUPILS, (7,)))}
    assert kept["own"].cells == (("yes", 0, 3),)
    assert kept["approve"].cells == (("protective", 22, 25),)
    assert sum(low for _, low, _ in kept["others"].cells) == kept["others"].n == 20


def test_a_result_names_the_figure_only_where_it_was_shown() -> None:
    declared = Declared(risk_topic(), Audience.PUPILS, (7,))
    shown, waiting = judged(country=figure(4)), judged(country=figure(30))
    assert {result.figure_id for result in results(shown, declared)} == {"alcohol-7-2022"}
    assert waiting.openable
    assert {result.figure_id for result in results(waiting, declared)} == {None}


# --- what was asked decides, not what came in


@pytest.mark.parametrize("topic", [risk_topic(), protective_topic(), neutral_topic()])
def test_own_answers_that_nobody_gave_are_too_few(topic: Topic) -> None:
    shown = public(
        guesses(40), None, Banded(0, 3, 25), None, 25, {}, Figures(),
        Declared(topic, Audience.PUPILS, (7,)), Choices(), date(2026, 3, 2),
    )  # fmt: skip
    assert shown == Shown(topic.id, Verdict.TOO_FEW)


@pytest.mark.parametrize("topic", [risk_topic(), neutral_topic(), attitude_topic(), guesses_topic()])
def test_a_run_in_which_nobody_answered_shows_nothing(topic: Topic) -> None:
    nobody = guesses(40, 0)
    shown = judged(topic, k=0, n=0, N=0, guess=nobody, others_attitude=nobody, country=figure(4))
    assert shown == Shown(topic.id, Verdict.TOO_FEW)


def test_a_neutral_topic_makes_no_claim_in_its_headline() -> None:
    assert judged(neutral_topic(), k=0, guess=90).headline is Headline.NONE
