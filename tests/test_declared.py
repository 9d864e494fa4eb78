"""Each rule about written lessons, broken in an otherwise faultless lesson."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from clicker import library
from clicker.lesson import as_data, build
from clicker.safety.declared import TOGETHER, TOGETHER_ADULTS, faults, pupil_texts

Data = dict[str, Any]


def broken(change: Callable[[Data], object]) -> list[tuple[str, str]]:
    """(rule, key) of every fault of the shipped lesson after the change."""
    data = deepcopy(as_data(library.lesson("klasse-7")))
    change(data)
    return [(fault.rule, fault.key) for fault in faults(build(data))]


def topic(data: Data, name: str) -> Data:
    return next(topic for topic in data["topics"] if topic["id"] == name)


def step(data: Data, kind: str, which: int = 0) -> Data:
    return [step for step in data["steps"] if kind in step][which]


def test_the_shipped_lesson_breaks_no_rule() -> None:
    assert broken(lambda data: None) == []


def test_p1_a_substance_with_own_answers_is_s2() -> None:
    assert broken(lambda data: topic(data, "ecig-ever").update(sensitivity="S1")) == [
        ("P1", "topics.ecig-ever.sensitivity")
    ]


@pytest.mark.parametrize("name", ["nicotine-ok", "alcohol-ever"])
def test_p1_a_substance_without_own_answers_is_never_s0(name: str) -> None:
    assert broken(lambda data: topic(data, name).update(sensitivity="S0")) == [("P1", f"topics.{name}.sensitivity")]


def test_p8_two_topics_of_a_chain_do_not_both_ask_for_own_answers() -> None:
    def change(data: Data) -> None:
        topic(data, "alcohol-weekly").update(implies=["ecig-ever"])

    assert broken(change) == [("P8", "topics.alcohol-weekly.implies")]


def test_p8_follows_what_an_implied_topic_implies() -> None:
    def change(data: Data) -> None:
        topic(data, "alcohol-ever").update(implies=["ecig-ever"])

    assert broken(change) == [("P8", "topics.alcohol-weekly.implies")]


def test_p8_counts_a_reserve_topic_since_it_may_join_the_steps() -> None:
    def change(data: Data) -> None:
        own = {"text": "Har du nogensinde prøvet at drikke alkohol?", "type": "yes_no"}
        topic(data, "alcohol-ever").update(own=own, approve=topic(data, "alcohol-weekly")["approve"], sensitivity="S2")

    assert broken(change) == [("P8", "topics.alcohol-weekly.implies")]


@pytest.mark.parametrize(
    "text", ["Hvor mange drikker?", "Hvor mange af de {others} andre, hele klassen, dig selv med?"]
)
def test_p9_a_second_guess_counts_the_whole_class(text: str) -> None:
    assert broken(lambda data: topic(data, "alcohol-weekly")["again"].update(text=text)) == [
        ("P9", "topics.alcohol-weekly.again")
    ]


@pytest.mark.parametrize("yes", [[], [0, 1, 2], [7]])
def test_p10_options_on_a_private_topic_fall_into_two_sides(yes: list[int]) -> None:
    own = {"text": "Hvor tit?", "type": "one_of", "options": ["Aldrig", "Før", "Nu"], "yes": yes}
    assert broken(lambda data: topic(data, "ecig-ever").update(own=own)) == [("P10", "topics.ecig-ever.own")]


def test_p10_one_declared_collapse_is_enough() -> None:
    own = {"text": "Hvor tit?", "type": "one_of", "options": ["Aldrig", "Før", "Nu"], "yes": [1, 2]}
    assert broken(lambda data: topic(data, "ecig-ever").update(own=own)) == []


def test_p11_told_needs_a_step_that_says_what_parents_may_see() -> None:
    text = ["Du må springe over.", TOGETHER]
    assert broken(lambda data: step(data, "say", 2).update(say="Privat", text=text)) == [("P11", "told")]


@pytest.mark.parametrize("missing", ["flere klasser", "plakat"])
def test_p11_told_says_that_numbers_are_added_together_and_come_on_posters(missing: str) -> None:
    def change(data: Data) -> None:
        told = step(data, "say", 2)
        told["text"] = [line for line in told["text"] if missing not in line]

    assert broken(change) == [("P11", "told")]


def test_p11_the_line_that_the_finding_gives_is_enough() -> None:
    for line, name in ((TOGETHER, "klasse-7"), (TOGETHER_ADULTS, "personale")):
        for text, keys in (("Du må springe over.", ["told"]), (line, [])):
            data = deepcopy(as_data(library.lesson(name)))
            told = step(data, "say", 2)
            told["text"] = [one for one in told["text"] if "plakat" not in one and "flere" not in one] + [text]
            assert [fault.key for fault in faults(build(data))] == keys


def test_p11_told_after_the_first_question_is_too_late() -> None:
    assert ("P11", "told") in broken(lambda data: data["steps"].insert(0, data["steps"].pop(3)))


@pytest.mark.parametrize("words", ["Det gør de fleste.", "Du er helt anonym."])
def test_p15_words_that_say_too_much_are_refused(words: str) -> None:
    assert broken(lambda data: step(data, "talk").update(text=[words])) == [("P15", "steps.12.text.1")]


@pytest.mark.parametrize("group", ["victimisation", "self-harm", "sex"])
def test_p17_what_hurts_is_not_asked_live(group: str) -> None:
    found = broken(lambda data: topic(data, "expected").update(group=group))
    assert ("P17", "topics.expected.group") in found


def test_g2_grade_five_is_not_asked_about_substances() -> None:
    refused = {rule for rule, _ in broken(lambda data: data.update(grade=[5, 6]))}
    assert refused == {"G2"}


def test_g7_own_answers_need_an_attitude() -> None:
    assert broken(lambda data: topic(data, "expected").pop("approve")) == [("G7", "topics.expected")]


@pytest.mark.parametrize("name", ["healthy", "unhealthy"])
def test_g9_the_healthy_side_is_written(name: str) -> None:
    assert broken(lambda data: topic(data, "ecig-ever").pop(name)) == [("G9", f"topics.ecig-ever.{name}")]


def test_g9_an_attitude_has_its_healthy_side_too() -> None:
    assert broken(lambda data: topic(data, "nicotine-ok")["approve"].pop("healthy")) == [
        ("G9", "topics.nicotine-ok.approve.healthy")
    ]


def test_g12_a_neutral_topic_says_why() -> None:
    assert broken(lambda data: topic(data, "left-handed").pop("why_neutral")) == [("G12", "topics.left-handed")]


def test_g15_the_frame_says_that_more_is_asked_than_shown() -> None:
    assert broken(lambda data: step(data, "say")["text"].pop()) == [("G15", "steps")]


def test_g15_is_not_needed_where_each_topic_is_shown_at_once() -> None:
    def change(data: Data) -> None:
        data.update(reveal="after_topic")
        step(data, "say")["text"].pop()

    assert broken(change) == []


def test_a_lesson_asks_at_most_eighteen_questions() -> None:
    def change(data: Data) -> None:
        topic(data, "liquorice").update(approve=topic(data, "speak-up")["approve"])
        step(data, "ask")["ask"].append("liquorice")

    assert broken(change) == [("length", "steps")]


def test_at_most_three_topics_are_asked_again() -> None:
    def change(data: Data) -> None:
        step(data, "again").update(again=["alcohol-weekly", "ecig-ever", "speak-up", "expected"])

    assert broken(change) == [("length", "steps")]


def test_nothing_is_asked_after_a_topic_was_shown() -> None:
    assert broken(lambda data: data["steps"].insert(6, {"ask": ["liquorice"]})) == [("order", "steps.7")]


def test_a_shown_topic_was_asked_before() -> None:
    assert broken(lambda data: data["steps"].insert(5, {"show": "liquorice"})) == [("order", "steps.6")]


def test_an_agreement_has_proposals() -> None:
    assert broken(lambda data: step(data, "agree").pop("proposals")) == [("proposals", "steps.14")]


def test_what_groups_make_may_be_written_in_class() -> None:
    def change(data: Data) -> None:
        step(data, "agree").update(kind="products", proposals=[])

    assert broken(change) == []


@pytest.mark.parametrize("proposals", [[f"Nummer {number}" for number in range(11)], ["Vi lytter.", "a" * 91]])
def test_an_agreement_has_room_for_ten_proposals_of_ninety_letters(proposals: list[str]) -> None:
    assert broken(lambda data: step(data, "agree").update(proposals=proposals)) == [("proposals", "steps.14")]


def test_a_topic_shown_twice_is_a_slip_of_the_pen() -> None:
    assert broken(lambda data: step(data, "show", 2).update(show=step(data, "show", 1)["show"])) == [
        ("order", "steps.8")
    ]


def test_two_agreements_that_are_the_same_would_share_their_votes() -> None:
    def twice(data: Data) -> None:
        data["steps"].insert(14, deepcopy(step(data, "agree")))

    assert broken(twice) == [("order", "steps.15")]


def test_a_lesson_says_where_one_gets_help() -> None:
    assert ("help", "steps") in broken(lambda data: data["steps"].pop())


def test_notes_for_the_consultant_are_not_pupil_texts() -> None:
    texts = " ".join(text for _, text in pupil_texts(library.lesson("klasse-7")))
    assert "Nikotin er for eksempel" not in texts


FESTEN: dict[str, Any] = {
    "dilemma": "Festen",
    "story": "Ida vil have øl med.",
    "question": "Ida vil have øl med. Hvad synes du ville være bedst?",
    "choices": ["Sige ja", "Sige nej", "Ringe hjem"],
    "discuss": ["Hvad taler for?", "Hvad mener I, at hun skal gøre, når du ikke er der?"],
}


def told(**changes: Any) -> list[tuple[str, str]]:
    return broken(lambda data: data["steps"].append({**FESTEN, **changes}))


def test_two_dilemmas_that_are_the_same_would_share_their_votes() -> None:
    assert broken(lambda data: data["steps"].extend([deepcopy(FESTEN), deepcopy(FESTEN)])) == [("order", "steps.18")]


def test_p1_a_dilemma_may_ask_what_one_thinks_of_a_story() -> None:
    assert told() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"question": "Har du prøvet det?"},
        {"question": "Hvad gør du?"},
        {"question": "Drikker du til fester?"},
        {"story": "Der er fest. Hvor meget drikker I?"},
        {"story": ["Der er fest.", "Må dit barn få øl med?"]},
        {"choices": ["Jeg drikker også", "Sige nej", "Ringe hjem"]},
        {"choices": ["Det har jeg ikke prøvet", "Jeg har prøvet det", "Ved ikke"]},
        {"discuss": ["Hvornår har I selv gjort det?"]},
    ],
)
def test_p1_a_dilemma_never_asks_what_one_does(changes: dict[str, Any]) -> None:
    assert told(**changes) == [("P1", f"steps.{len(library.lesson('klasse-7').steps) + 1}")]


def test_closing_questions_need_the_step_that_asks_them() -> None:
    def no_help(data: Data) -> None:
        data["steps"] = [step for step in data["steps"] if "help" not in step]

    assert broken(no_help) == [("help", "steps"), ("closing", "closing")]


def test_what_a_dilemma_and_the_closing_print_is_among_the_texts_that_are_judged() -> None:
    data = as_data(library.lesson("klasse-7"))
    data["steps"].append(FESTEN)
    printed = {text for _key, text in pupil_texts(build(data))}
    assert {FESTEN["question"], "Ringe hjem", "Hvad taler for?", *data["closing"]} <= printed
