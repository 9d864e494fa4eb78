"""What a lesson's words say it asks about, whatever its keys say."""

from __future__ import annotations

from typing import Any

import pytest
from test_declared import Data, broken, topic

from clicker import library
from clicker.lesson import as_data, build
from clicker.safety.declared import faults
from clicker.safety.declared_words import named_substance


def planted(lesson: str, **changes: Any) -> list[tuple[str, str]]:
    """(rule, key) of what is found where the lesson has one topic more."""
    data = as_data(library.lesson(lesson))
    new = {"id": "new", "title": "Nyt", "group": "class", "polarity": "risk", "sensitivity": "S1", **changes}
    data["topics"].append(new)
    return [(fault.rule, fault.key) for fault in faults(build(data))]


def asked(text: str) -> Data:
    approve = {"text": "Det er godt.", "type": "agree4", "healthy": "synes ikke, det er godt"}
    own = {"text": text, "type": "yes_no"}
    return {"healthy": "gør det ikke", "unhealthy": "gør det", "own": own, "approve": approve}


@pytest.mark.parametrize("lesson", [lesson.id for lesson in library.lessons()])
def test_no_shipped_lesson_is_refused(lesson: str) -> None:
    assert faults(library.lesson(lesson)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Drikker du alkohol hver uge?",
        "Drikker du hver uge?",
        "Har du smagt øl?",
        "Er du fuld hver weekend?",
        "Har du nogensinde været fuld?",
        "Ryger du?",
        "Har du prøvet en e-cigaret?",
        "Bruger du snus?",
        "Vaper du?",
        "Bruger du nikotinposer?",
        "Har du røget hash?",
        "Har du taget lattergas?",
        "Har du taget stoffer?",
        "Har du stjålet noget?",
        "Har du lavet hærværk?",
        "Har du brugt vold?",
        "Har du haft sex?",
        "Er du tit blevet mobbet?",
        "Bliver du mobbet?",
    ],
)
def test_p1_g2_a_wrong_group_switches_no_rule_off(text: str) -> None:
    assert planted("klasse-5", **asked(text)) == [("P1", "topics.new.group")]


@pytest.mark.parametrize("part", ["title", "healthy", "unhealthy", "approve", "others"])
def test_every_text_of_the_topic_counts(part: str) -> None:
    made = asked("Gør du det?")
    text = "drikker ikke alkohol" if part == "healthy" else "drikker alkohol"
    given: Data = {part: text} if part in ("title", "healthy", "unhealthy") else {}
    if part == "approve":
        made["approve"] = made["approve"] | {"text": text}
    if part == "others":
        given = {"others": {"text": text, "type": "count"}}
    assert planted("klasse-7", **(made | given)) == [("P1", "topics.new.group")]


@pytest.mark.parametrize(
    "text",
    [
        "Var bussen fuldt besat, da du kom?",
        "Er du fuld af energi om morgenen?",
        "Er du i fuld gang kl. 8?",
        "Har du grint voldsomt meget?",
        "Bruger du hashtags?",
        "Vinder du tit i spil?",
        "Drikker du vand til maden?",
        "Drikker du kaffe hver dag?",
        "Spiser du røget laks?",
        "Har du fået tyve kroner?",
        "Ser du ud ad vinduet?",
        "En elev bliver mobbet. Ville du hente en voksen?",
    ],
)
def test_words_that_only_look_alike_are_free(text: str) -> None:
    assert named_substance(text) == ""
    assert planted("klasse-7", **asked(text)) == []


@pytest.mark.parametrize("text", ["Kan du lide fester uden alkohol?", "Kan man være med uden at drikke?"])
def test_to_do_without_is_no_question_about_doing_it_but_young_pupils_are_not_told_of_it(text: str) -> None:
    assert planted("klasse-8", **asked(text)) == []
    assert planted("klasse-6", **asked(text)) == [("P1", "topics.new.group")]


def test_a_word_in_the_right_group_is_free() -> None:
    weekly = asked("Drikker du øl?") | {"group": "alcohol", "sensitivity": "S2"}
    assert planted("klasse-7", **weekly) == []


def test_g12_a_substance_is_never_neutral() -> None:
    neutral = {"group": "alcohol", "polarity": "neutral", "sensitivity": "S2", "why_neutral": "Til øvelse."}
    own = {"own": {"text": "Drikker du øl?", "type": "yes_no"}}
    assert planted("klasse-7", **neutral, **own) == [("G12", "topics.new.polarity")]
    assert planted("klasse-7", **neutral | {"group": "neutral", "sensitivity": "S0"}, **own) == [
        ("P1", "topics.new.group")
    ]


def test_g2_a_lesson_for_pupils_has_a_grade() -> None:
    assert broken(lambda data: data.pop("grade")) == [("G2", "grade")]


@pytest.mark.parametrize("text", ["Jeg drikker alkohol hver uge.", "Jeg har prøvet at ryge.", "Mine venner vaper."])
def test_p17_nobody_votes_on_what_one_does_oneself(text: str) -> None:
    def propose(data: Data) -> None:
        next(step for step in data["steps"] if "agree" in step)["proposals"][1] = text

    assert broken(propose) == [("P17", "steps.14.proposals.2")]
    assert ("P17", "topics.nicotine-ok.approve") in broken(
        lambda data: topic(data, "nicotine-ok")["approve"].update(text=text)
    )


def test_p17_grown_ups_may_say_what_they_wish_but_not_what_they_do() -> None:
    def said(text: str) -> list[str]:
        data = as_data(library.lesson("foraeldre-7-9"))
        topic(data, "common-alcohol")["approve"]["text"] = text
        return [fault.rule for fault in faults(build(data))]

    assert said("Jeg ønsker klare aftaler om alkohol.") == []
    assert said("Jeg drikker alkohol hver uge.") == ["P17"]
