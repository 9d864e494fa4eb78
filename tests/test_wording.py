"""Each rule of wording, kept and broken."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from clicker import library
from clicker.lesson import Lesson, as_data, build
from clicker.library.wording import hardest, lix, printed, sentences, wording, words

Data = dict[str, Any]
PERIODS = {"alcohol_weekly": "weekly", "ecig_ever": "ever", "alcohol_ever": "ever"}


def found(change: Callable[[Data], object]) -> list[tuple[str, str]]:
    """(key, what is wrong) for the shipped lesson after the change."""
    data = deepcopy(as_data(library.lesson("klasse-7")))
    change(data)
    return [(key, what.format(**values)) for key, what, _remedy, values in wording(build(data), PERIODS)]


def keys(change: Callable[[Data], object]) -> list[str]:
    return [key for key, _what in found(change)]


def topic(data: Data, name: str) -> Data:
    return next(topic for topic in data["topics"] if topic["id"] == name)


def lesson(**changes: Any) -> Lesson:
    return build(as_data(library.lesson("klasse-7")) | changes)


def test_the_shipped_lesson_has_no_finding() -> None:
    assert found(lambda data: None) == []


def test_a_finding_says_what_to_do() -> None:
    data = deepcopy(as_data(library.lesson("klasse-7")))
    topic(data, "alcohol-weekly")["own"]["text"] = "Drikker du alkohol?"
    ((_key, _what, remedy, values),) = wording(build(data), PERIODS)
    assert remedy.format(**values) == "use “hver uge”"


# Sentences and LIX


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Vi gætter. Vi svarer!", ["Vi gætter", "Vi svarer"]),
        ("Synes du det i 7. klasse?", ["Synes du det i 7. klasse"]),
        ("Det sker ca. 4 timer efter.", ["Det sker ca 4 timer efter"]),
        ("Han siger: ”Kom med.” Du går.", ["Han siger", "”Kom med", "Du går"]),
        ("En overskrift\nEn linje", ["En overskrift", "En linje"]),
        ("Mindst så mange har ikke ...", ["Mindst så mange har ikke"]),
        ("...", []),
    ],
)
def test_sentences_end_where_people_stop(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_what_a_hyphen_joins_is_one_word() -> None:
    assert words("Har du prøvet en e-cigaret (vape)?") == ["Har", "du", "prøvet", "en", "e-cigaret", "vape"]


def test_lix_is_words_per_sentence_and_percent_of_long_words() -> None:
    assert lix("Vi gætter på hinanden. Vi svarer selv.") == 7 / 2 + 100 * 1 / 7


def test_lix_of_nothing_is_nothing() -> None:
    assert lix("") == 0


@pytest.mark.parametrize(
    ("changes", "most"),
    [
        ({"grade": 5}, 20),
        ({"grade": [6, 7]}, 20),
        ({"grade": 7}, 28),
        ({"grade": 10}, 28),
        ({"audience": "students", "grade": None}, 32),
        ({"audience": "parents", "grade": [5, 6]}, 35),
        ({"audience": "staff", "grade": None}, 35),
    ],
)
def test_younger_ones_get_easier_texts(changes: Data, most: int) -> None:
    assert hardest(lesson(**changes)) == most


def test_a_lesson_too_hard_for_its_grade_is_found_with_the_words_that_make_it_so() -> None:
    ((key, what),) = found(lambda data: data.update(grade=5))
    assert key == ""
    assert "at most 20" in what


def test_few_words_are_not_measured() -> None:
    hard = lesson(topics=[], steps=[{"say": "Konfirmationsforberedelse"}], reserve=[])
    assert list(wording(hard, PERIODS)) == []


def test_rooms_for_numbers_are_read_as_numbers() -> None:
    texts = dict(printed(library.lesson("klasse-7")))
    assert texts["topics.left-handed.others"].startswith("Hvor mange ud af 100") or "24" in str(texts)
    assert "{" not in str(list(texts.values()))


FIFTEEN = "Nu skal vi se på det, som vi alle sammen har talt om i dag."


def test_a_sentence_of_fifteen_words_is_too_long_for_pupils() -> None:
    def change(data: Data) -> None:
        data["steps"][0]["text"].append(FIFTEEN)

    assert found(change) == [("steps.1.text.7", "the sentence “Nu skal vi se ...” has 15 words, at most 14")]


@pytest.mark.parametrize(
    ("more", "wrong"), [("", []), (" om morgenen her", []), (" om morgenen her hjemme", ["steps.1.text.7"])]
)
def test_grown_ups_read_eighteen_words(more: str, wrong: list[str]) -> None:
    def change(data: Data) -> None:
        data.update(audience="parents")
        data["steps"][0]["text"].append(FIFTEEN.replace(".", f"{more}."))

    assert keys(change) == wrong


# One period


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("own", "Drikker du alkohol?"),
        ("own", "Har du nogensinde drukket alkohol?"),
        ("others", "Hvor mange af de {others} andre her har drukket alkohol de sidste 30 dage?"),
    ],
)
def test_a_question_without_the_period_of_its_topic_is_found(place: str, text: str) -> None:
    assert f"topics.alcohol-weekly.{place}" in keys(lambda data: topic(data, "alcohol-weekly")[place].update(text=text))


def test_the_wordings_for_a_full_hall_and_for_asking_again_keep_the_period() -> None:
    def change(data: Data) -> None:
        weekly = topic(data, "alcohol-weekly")
        weekly["others"]["hundred"] = "Hvor mange ud af 100 her drikker alkohol?"
        weekly["again"].update(text="Hvor mange i hele klassen, dig selv med, har drukket det sidste år?")
        weekly["again"]["hundred"] = "Tænk på hele klassen, dig selv med. Hvor mange ud af 100 drikker?"

    assert keys(change) == [f"topics.alcohol-weekly.{name}" for name in ("others_100", "again", "again_100")]


def test_the_words_of_the_wall_keep_the_period() -> None:
    def change(data: Data) -> None:
        topic(data, "alcohol-weekly").update(healthy="drikker ikke alkohol", unhealthy="har drukket det sidste år")

    assert keys(change) == ["topics.alcohol-weekly.healthy", "topics.alcohol-weekly.unhealthy"]


def test_the_wall_says_ever_by_having_tried() -> None:
    assert "nogensinde" not in library.lesson("klasse-7").topic("ecig-ever").healthy
    assert keys(lambda data: topic(data, "ecig-ever").update(healthy="har ikke prøvet en e-cigaret det sidste år")) == [
        "topics.ecig-ever.healthy"
    ]


@pytest.mark.parametrize("words", ["det sidste år", "det seneste år", "i dette skoleår"])
def test_a_year_is_said_in_several_ways(words: str) -> None:
    text = f"Tænk på at gøre noget, man ikke vil, fordi andre forventer det. Har du gjort det {words}?"
    assert keys(lambda data: topic(data, "expected")["own"].update(text=text)) == []


def test_a_topic_without_a_period_may_say_what_it_likes() -> None:
    text = "Nogen deler et privat billede af en fra klassen. Ville du nogensinde sige fra?"
    assert keys(lambda data: topic(data, "speak-up")["own"].update(text=text)) == []


def test_a_figure_about_another_period_is_found() -> None:
    key, what = found(lambda data: topic(data, "alcohol-weekly").update(indicator="alcohol_ever"))[0]
    assert key == "topics.alcohol-weekly.indicator"
    assert what == "the figure is about another period (ever) than the topic (weekly)"


def test_without_a_table_of_indicators_no_period_is_compared() -> None:
    assert list(wording(library.lesson("klasse-7"), None)) == []


# One behaviour


def test_a_guess_about_something_else_is_found() -> None:
    def change(data: Data) -> None:
        topic(data, "alcohol-weekly")["others"].update(text="Hvor mange af de {others} andre her ryger hver uge?")

    assert keys(change) == ["topics.alcohol-weekly.others"]


def test_forms_of_one_word_are_one_word() -> None:
    def change(data: Data) -> None:
        topic(data, "liquorice")["own"].update(text="Er du glad for din klasse?")
        topic(data, "liquorice")["others"].update(text="Hvor mange af de {others} andre her er glade for klassen?")

    assert keys(change) == []


def test_a_guess_about_another_group_may_ask_about_other_things() -> None:
    def change(data: Data) -> None:
        topic(data, "liquorice").update(grade=[9])
        topic(data, "liquorice")["others"].update(text="Hvor mange ud af 100 i 9. klasse ryger?")

    assert keys(change) == []


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Det er farligt.", "farligt"),
        ("Det er livsfarlig røg.", "livsfarlig"),
        ("Det var dumt.", "dumt"),
        ("Det er en skam.", "skam"),
        ("Du skal skamme dig.", "skamme"),
        ("Er det pinligt?", "pinligt"),
        ("Bliver du flov?", "flov"),
        ("Dårlig stil!", "Dårlig stil"),
        ("Normale unge lader være.", "Normale unge"),
    ],
)
def test_words_of_shame_and_scare_are_found(text: str, words: str) -> None:
    wrong = found(lambda data: data["steps"][0]["text"].append(text))
    assert wrong == [("steps.1.text.7", f"“{words}” shames or frightens")]


@pytest.mark.parametrize("words", ["et album", "gode", "dommer", "duer", "en skammel"])
def test_words_that_only_look_like_them_are_not(words: str) -> None:
    assert keys(lambda data: data["steps"][0]["text"].append(f"Det er {words}.")) == []


def test_notes_for_the_consultant_may_name_what_to_avoid() -> None:
    assert keys(lambda data: data["steps"][0].update(avoid="Sig ikke, at det er farligt.")) == []


# What the steps and screens need


def test_only_numbers_that_are_known_are_filled_in() -> None:
    assert keys(lambda data: data["steps"][0]["text"].append("Vi er {antal}.")) == ["steps.1.text.7"]


def test_a_count_has_a_wording_for_a_full_hall() -> None:
    assert keys(lambda data: topic(data, "liquorice")["others"].pop("hundred")) == ["topics.liquorice.others_100"]


def test_what_is_asked_again_has_a_wording() -> None:
    assert keys(lambda data: topic(data, "ecig-ever").pop("again")) == ["steps.15"]


def test_a_topic_is_asked_once() -> None:
    assert keys(lambda data: data["steps"][3]["ask"].append("expected")) == ["steps.4", "steps.5"]
