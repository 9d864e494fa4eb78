"""The editor's pages: copy, change, see, save, take out and in; and what nobody should be able to send."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO
from forms import form_of
from pages import problems, problems_of_part
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from clicker import library
from clicker.lesson import as_data, tidy
from clicker.room import Rooms, own_lessons
from clicker.room.own_lessons import OwnLesson

OWN = "/consultant/own/own-mine"
Form = MultiDict[str, str]


@pytest.fixture
def mine(consultant: FlaskClient) -> str:
    """The address of a copy of the 7th grade's lesson."""
    answer = consultant.post("/consultant/own/copy/klasse-7", data={"title": "Mine"})
    assert answer.headers["Location"] == OWN
    return OWN


def page(client: FlaskClient, path: str = OWN) -> str:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def form(client: FlaskClient, changes: Mapping[str, str] | None = None) -> Form:
    """The editor's form as it stands, with changes to some of its fields."""
    fields = form_of(page(client), "editor")
    for name, value in (changes or {}).items():
        fields[name] = value
    return fields


def press(client: FlaskClient, do: str = "save", changes: Mapping[str, str] | None = None) -> TestResponse:
    return send(client, form(client, changes), do)


def send(client: FlaskClient, sent: Form, do: str = "save") -> TestResponse:
    sent["do"] = do
    return client.post(OWN, data=sent)


def preview(client: FlaskClient, show: str, changes: Mapping[str, str] | None = None) -> str:
    answer = client.post(f"{OWN}/preview", data=form(client, {"show": show, **(changes or {})}))
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def kept(rooms: Rooms, lesson_id: str = "own-mine") -> OwnLesson:
    return rooms.read(lambda tx: own_lessons.own_lesson(tx, lesson_id))


def said_at(html: str, name: str) -> str:
    """The mistakes that stand at the field."""
    found = re.search(rf'data-wrong="{re.escape(name)}">(.*?)</div>', html, re.DOTALL)
    return unescape(re.sub("<[^>]+>", " ", found[1])).replace("\u00a0", " ").strip() if found else ""


# Copy and list


def test_every_lesson_can_be_copied_from_the_first_page(consultant: FlaskClient) -> None:
    assert "/consultant/own/copy/klasse-7" in page(consultant, "/consultant")
    assert "Hvad gør de andre egentlig? (my own)" in page(consultant, "/consultant/own/copy/klasse-7")


def test_a_copy_is_listed_and_can_be_held(consultant: FlaskClient, mine: str) -> None:
    first = page(consultant, "/consultant")
    assert "Ready to hold" in first
    assert first.count("/consultant/lesson/own-mine") == 1
    labels = {"school": "Skolen", "group": "7.B", "topic": ["left-handed"]}
    assert consultant.post("/consultant/lesson/own-mine", data=labels).status_code == 302


def test_there_is_no_copy_of_a_lesson_that_is_not_there(consultant: FlaskClient) -> None:
    assert consultant.get("/consultant/own/copy/klasse-77").status_code == 404
    assert consultant.post("/consultant/own/copy/klasse-77").status_code == 404


@pytest.mark.parametrize("path", ["/consultant", OWN, "/consultant/own/copy/own-mine"])
def test_the_pages_are_good_html(consultant: FlaskClient, mine: str, path: str) -> None:
    assert problems(page(consultant, path)) == []


def test_nobody_but_the_consultant_gets_in(stranger: FlaskClient, mine: str) -> None:
    for path in (mine, f"{mine}.yaml", "/consultant/own/copy/klasse-7"):
        assert stranger.get(path).status_code == 403
    for path in (mine, f"{mine}/preview", f"{mine}/delete", "/consultant/own/import", "/consultant/own/copy/klasse-7"):
        assert stranger.post(path, data={"title": "x", "sure": "yes"}).status_code == 403


def test_a_form_of_another_site_is_refused(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    answer = consultant.post(
        mine, data=form(consultant, {"title": "X"}), headers={"Origin": "http://elsewhere.example"}
    )
    assert answer.status_code == 403
    assert kept(rooms).title == "Mine"


# Save


def test_saving_what_nobody_changed_changes_nothing_but_the_version(
    consultant: FlaskClient, mine: str, rooms: Rooms
) -> None:
    before = kept(rooms)
    assert press(consultant).status_code == 302
    assert kept(rooms).data == before.data | {"version": 2}


def test_a_lesson_of_every_audience_survives_the_form(app: Flask, consultant: FlaskClient, rooms: Rooms) -> None:
    for lesson in library.lessons():
        made = consultant.post(f"/consultant/own/copy/{lesson.id}", data={"title": lesson.title}).headers["Location"]
        fields = form_of(page(consultant, made), "editor")
        consultant.post(made, data=fields)
        own = kept(rooms, made.rpartition("/")[2])
        assert own.problems == ()
        assert own.data | {"id": lesson.id, "version": lesson.version} == tidy(as_data(lesson))


def test_what_is_typed_is_saved(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    press(
        consultant,
        changes={
            "title": "Nyt navn",
            "grade": "7-8",
            "t.speak-up.title": "Sige fra",
            "s.0.text": "Første linje.\r\n\r\n  Anden   linje. ",
            "s.0.minutes": "5",
            "s.13.proposals": "Et.\r\nTo.",
        },
    )
    data = kept(rooms).data
    assert (data["title"], data["grade"], data["topics"][1]["title"]) == ("Nyt navn", [7, 8], "Sige fra")
    assert data["steps"][0] | {"text": ["Første linje.", "Anden linje."], "minutes": 5} == data["steps"][0]
    assert data["steps"][13]["proposals"] == ["Et.", "To."]


def test_answers_to_choose_between_are_typed_one_a_line(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    sent = form(consultant)
    sent["t.left-handed.own.type"] = "one_of"
    sent["t.left-handed.own.options"] = "Nej\r\nBegge\r\nJa"
    sent["t.left-handed.own.yes"] = "2, 3"
    send(consultant, sent)
    own = kept(rooms).data["topics"][0]["own"]
    assert (own["options"], own["yes"]) == (["Nej", "Begge", "Ja"], [1, 2])
    assert 'name="t.left-handed.own.yes" value="2, 3"' in page(consultant)


def test_a_vote_on_products_stays_one(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    press(consultant, changes={"s.13.votes_on": "products", "s.13.proposals": ""})
    press(consultant)
    step = kept(rooms).data["steps"][13]
    assert (step["kind"], step.get("proposals")) == ("products", None)
    assert b'class="wrong" data-wrong="s.13"></div>' in consultant.get(OWN).data
    assert "Hvad skal vi aftale" in preview(consultant, "s.13")
    assert not problems(page(consultant))


def test_an_emptied_question_is_not_asked(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    press(consultant, changes={"t.ecig-ever.again.text": "", "t.ecig-ever.again.hundred": ""})
    assert "again" not in kept(rooms).data["topics"][3]


def test_a_stale_page_is_refused_with_its_text_kept(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    stale = form(consultant, {"title": "Fra den gamle fane"})
    press(consultant, changes={"title": "Fra den nye fane"})
    answer = send(consultant, stale)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "saved from another page" in said
    assert problems(said) == []
    assert kept(rooms).title == "Fra den nye fane"
    again = form_of(said, "editor")
    assert again["title"] == "Fra den gamle fane"
    send(consultant, again)
    assert kept(rooms).title == "Fra den gamle fane"


def test_a_draft_with_mistakes_is_kept_listed_and_not_held(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    assert press(consultant, changes={"purpose": "Det gør de fleste."}).status_code == 302
    first = page(consultant, "/consultant")
    assert "Cannot be used yet: 1 thing to put right" in first
    assert "/consultant/lesson/own-mine" not in first
    assert "Files that could not be used" not in first
    assert consultant.get("/consultant/lesson/own-mine").status_code == 404
    assert kept(rooms).usable is None


# Order, topics in and out


@pytest.mark.parametrize(
    ("do", "opened"),
    [
        ("topic-up:ecig-ever", "t.ecig-ever"),
        ("topic-down:ecig-ever", "t.ecig-ever"),
        ("to-reserve:ecig-ever", "t.ecig-ever"),
        ("to-asked:liquorice", "t.liquorice"),
        ("step-up:3", "s.2"),
        ("step-down:3", "s.4"),
    ],
)
def test_a_button_saves_and_comes_back_to_its_card(consultant: FlaskClient, mine: str, do: str, opened: str) -> None:
    answer = press(consultant, do, {"title": "Skrevet før"})
    assert answer.headers["Location"] == f"{OWN}?saved=yes&open={opened}#{opened}"
    after = page(consultant, f"{OWN}?open={opened}")
    assert f'id="{opened}" data-card="{opened}" open' in after
    assert 'value="Skrevet før"' in after


def test_topics_move_into_reserve_and_out_of_the_lesson(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    press(consultant, "to-reserve:ecig-ever")
    assert kept(rooms).data["reserve"] == ["alcohol-ever", "liquorice", "ecig-ever"]
    press(consultant, "remove:ecig-ever")
    assert "ecig-ever" not in [topic["id"] for topic in kept(rooms).data["topics"]]
    assert kept(rooms).problems == ()


def test_a_topic_is_added_from_the_small_form(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    answer = press(
        consultant,
        "add",
        {
            "new.title": "Snyd med lektier",
            "new.group": "class",
            "new.period": "month",
            "new.own": "Har du snydt de sidste 30 dage?",
            "new.others": "Hvor mange af de {others} andre her har snydt de sidste 30 dage?",
            "new.approve": "Det er i orden at snyde.",
        },
    )
    assert answer.headers["Location"].endswith("#t.snyd-med-lektier")
    after = page(consultant, f"{OWN}?open=t.snyd-med-lektier")
    for name in ("others.hundred", "healthy", "unhealthy", "approve.healthy"):
        assert said_at(after, f"t.snyd-med-lektier.{name}"), name
    assert kept(rooms).data["topics"][-1]["sensitivity"] == "S1"


def test_a_topic_without_a_name_gets_one(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    press(consultant, "add")
    press(consultant, "add")
    assert [topic["id"] for topic in kept(rooms).data["topics"][-2:]] == ["new-topic", "new-topic-2"]


# Mistakes at their fields


@pytest.mark.parametrize(
    ("changes", "at", "says"),
    [
        ({"t.alcohol-weekly.own.text": "Drikker du alkohol?"}, "t.alcohol-weekly.own.text", "Use “hver uge”"),
        ({"s.0.title": "Det er dumt"}, "s.0.title", "“dumt” shames or frightens"),
        ({"s.0.text": "Hej.\r\nDet er dumt."}, "s.0.text", "“dumt” shames or frightens"),
        ({"keep": "Hej.\r\nDet er dumt."}, "keep", "“dumt” shames or frightens"),
        ({"s.11.text": "Det gør de fleste."}, "s.11.text", "The words “gør de fleste” are not used"),
        ({"grade": "5"}, "t.ecig-ever.group", "Grade 5 is not asked about this: Nicotine, vapes and pouches."),
        ({"t.ecig-ever.approve.text": ""}, "t.ecig-ever.approve.text", "need an attitude beside them"),
        ({"t.speak-up.others.hundred": ""}, "t.speak-up.others.hundred", "more than 31 people is missing"),
        ({"t.expected.unhealthy": ""}, "t.expected.unhealthy", "Write them here."),
        ({"t.left-handed.why_neutral": ""}, "t.left-handed.why_neutral", "Write it here."),
        ({"t.ecig-ever.sensitivity": "S0"}, "t.ecig-ever.sensitivity", "is more private than this. Choose “very"),
        (
            {"t.alcohol-weekly.others.text": "Hvor mange af de {others} andre her drikker alkohol?"},
            "t.alcohol-weekly.others.text",
            "Use “hver uge”",
        ),
        (
            {"t.alcohol-weekly.others.hundred": "Hvor mange ud af 100 her drikker alkohol?"},
            "t.alcohol-weekly.others.hundred",
            "Use “hver uge”",
        ),
        ({"s.13.proposals": "Vi er ikke dumme.\r\nVi hjælper."}, "s.13.proposals", "“dumme” shames or frightens"),
        ({"t.speak-up.approve.healthy": "er ikke dumme"}, "t.speak-up.approve.healthy", "shames or frightens"),
        ({"title": ""}, "title", "Nothing is written here"),
        ({"grade": "syvende"}, "grade", "“syvende” is no grade"),
        ({"told": "yes", "s.2.text": "Intet.", "s.2.title": "Intet"}, "told", "what parents may see"),
        ({"s.13.proposals": "Kun et."}, "s.13.proposals", "Write two proposals or more"),
        ({"s.0.minutes": "tre"}, "s.0.minutes", "“tre” is not a whole number"),
        ({"s.0.text": "Hej."}, "steps", "that more is asked than shown"),
        ({"t.speak-up.own.text": "Har du {tal} venner?"}, "t.speak-up.own.text", "nothing is filled in for {tal}"),
    ],
)
def test_a_mistake_is_said_at_its_field(
    consultant: FlaskClient, mine: str, changes: dict[str, str], at: str, says: str
) -> None:
    press(consultant, changes=changes)
    after = page(consultant)
    assert says.casefold() in said_at(after, at).casefold()
    assert problems(after) == []
    assert f'data-field="{at}"' in after
    if f'id="{at}" name=' in after:
        described = re.search(rf'id="{re.escape(at)}" name=[^>]*', after)
        assert described is not None
        assert f'aria-describedby="d-{at}"' in described[0]
        assert 'aria-invalid="true"' in described[0] or at == "told"


def test_the_card_of_a_mistake_stands_open(consultant: FlaskClient, mine: str) -> None:
    press(consultant, changes={"t.ecig-ever.healthy": ""})
    assert 'id="t.ecig-ever" data-card="t.ecig-ever" open' in page(consultant)


# The example


def test_the_example_follows_what_is_typed_and_saves_nothing(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    before = kept(rooms).text
    said = unescape(preview(consultant, "t.alcohol-weekly", {"t.alcohol-weekly.healthy": "drikker mælk hver uge"}))
    plain = re.sub("<[^>]+>", "", unescape(said)).replace("\u00a0", " ")
    assert "At least 21 of the 24 who answered drikker mælk hver uge" in plain
    assert kept(rooms).text == before


def test_the_example_shows_every_question_and_every_reveal(consultant: FlaskClient, mine: str) -> None:
    said = preview(consultant, "t.alcohol-weekly")
    screens = ["others", "own", "approve", "again", "guesses", "own", "attitude", "country"]
    assert re.findall(r'data-screen="(\w+)"', said) == screens
    assert problems_of_part(said) == []
    assert "The numbers are made up" in said


def test_the_screens_of_the_example_are_good_pages(consultant: FlaskClient, mine: str) -> None:
    for show in ("t.alcohol-weekly", "t.nicotine-ok", "s.0", "s.13", "s.15"):
        documents = re.findall(r'srcdoc="([^"]+)"', preview(consultant, show))
        assert documents
        for document in documents:
            assert problems(unescape(document)) == []


def test_the_example_runs_no_script_and_sends_no_form(consultant: FlaskClient, mine: str) -> None:
    frames = re.findall(r"<iframe[^>]*>", preview(consultant, "t.alcohol-weekly"))
    assert frames
    assert all('sandbox="allow-same-origin"' in frame for frame in frames)


def test_what_is_typed_stays_text_in_the_example(consultant: FlaskClient, mine: str) -> None:
    said = preview(consultant, "t.speak-up", {"t.speak-up.title": "<script>alert(1)</script>"})
    assert "<script" not in said
    documents = re.findall(r'srcdoc="([^"]+)"', said)
    assert documents
    assert all("<script" not in unescape(document) for document in documents)


@pytest.mark.parametrize("show", ["", "t.", "t.nothing", "s.99", "s.x", "x", "s.-1", "lesson"])
def test_a_card_that_is_not_there_has_no_example(consultant: FlaskClient, mine: str, show: str) -> None:
    assert "There is nothing to show here yet." in preview(consultant, show)


def test_without_scripts_a_button_shows_the_example_and_saves_nothing(
    consultant: FlaskClient, mine: str, rooms: Rooms
) -> None:
    answer = press(consultant, "show:t.speak-up", {"title": "Ikke gemt"})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'value="Ikke gemt"' in said
    assert "What it looks like: Sige fra om billeder" in said
    assert kept(rooms).title == "Mine"


# Files


def test_a_lesson_goes_out_as_a_file_and_comes_in_again(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    answer = consultant.get(f"{OWN}.yaml")
    assert 'filename="own-mine.yaml"' in answer.headers["Content-Disposition"]
    assert library.check_file("own-mine.yaml", answer.data)[1] == ()
    assert take_in(consultant, answer.data).headers["Location"] == f"{OWN}-2"
    assert kept(rooms, "own-mine-2").data | {"id": "own-mine"} == kept(rooms).data


def take_in(client: FlaskClient, raw: bytes, name: str = "fil.yaml") -> TestResponse:
    return client.post("/consultant/own/import", data={"file": (io.BytesIO(raw), name)})


def test_a_file_with_mistakes_is_refused_and_each_is_listed(consultant: FlaskClient, rooms: Rooms) -> None:
    text = library.write_lesson(library.lesson("klasse-7"))
    text = text.replace("audience: pupils", "audience: elever").replace("period: ever", "period: altid")
    answer = take_in(consultant, text.encode(), "<b>min fil</b>.yaml")
    said = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert problems(said) == []
    assert said.count("is not one of the words used here") == 3
    assert "line 5, audience" in said
    assert "<b>min" not in said
    assert rooms.read(own_lessons.own_lessons) == ()


def test_a_file_is_read_off_the_loop_and_before_the_writer_is_taken(
    served: tuple[Flask, SocketIO], consultant: FlaskClient, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_thread: list[str] = []
    writes: list[Any] = []
    write = rooms.write

    def elsewhere(function: Callable[..., Any], *args: Any) -> Any:
        in_thread.append(function.__name__)
        assert not writes
        return function(*args)

    def counted(work: Any) -> Any:
        writes.append(work)
        return write(work)

    app, _socket = served
    app.extensions["clicker"] = replace(app.extensions["clicker"], in_thread=elsewhere)
    monkeypatch.setattr(rooms, "write", counted)
    topics = "".join(f"  - {{id: t{number}, title: 5, group: x, polarity: god}}\n" for number in range(1500))
    bad = f"id: x\nversion: 1\ntitle: Ny\naudience: pupils\ntopics:\n{topics}steps: [{{}}]\n"
    answer = take_in(consultant, bad.encode())
    assert (answer.status_code, in_thread, writes) == (400, ["read_file"], [])
    assert "the list is longer than 40" in answer.get_data(as_text=True)
    assert take_in(consultant, library.write_lesson(library.lesson("klasse-7")).encode()).status_code == 302
    assert (in_thread, len(writes)) == (["read_file", "read_file"], 1)


@pytest.mark.parametrize("raw", [b"", b"\x00\x01", b"a: &a [*a]\n", b"[" * 9000, "id: æ".encode("cp1252")])
def test_a_file_that_is_no_lesson_is_refused_in_a_sentence(consultant: FlaskClient, raw: bytes) -> None:
    assert take_in(consultant, raw).status_code == 400


def test_no_file_at_all_is_refused(consultant: FlaskClient) -> None:
    assert consultant.post("/consultant/own/import", data={}).status_code == 400


def test_a_file_of_more_than_200_kb_is_too_much(consultant: FlaskClient) -> None:
    answer = take_in(consultant, b"#" * 200_001)
    assert answer.status_code == 413
    assert "at most 40 topics" in answer.get_data(as_text=True)


def test_deleting_asks_first(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    assert consultant.post(f"{OWN}/delete").status_code == 400
    assert consultant.post(f"{OWN}/delete", data={"sure": "yes"}).status_code == 302
    assert rooms.read(own_lessons.own_lessons) == ()
    assert consultant.get(OWN).status_code == 404


# What the editor never sends


def test_posts_of_half_a_megabyte_and_more_are_not_read(consultant: FlaskClient, mine: str) -> None:
    sent = form(consultant)
    sent["goal"] = "x" * 700_000
    assert send(consultant, sent).status_code == 413


def test_a_lesson_of_more_than_200_kb_is_shown_again_and_not_saved(
    consultant: FlaskClient, mine: str, rooms: Rooms
) -> None:
    sent = form(consultant)
    sent["goal"] = "x" * 250_000
    answer = send(consultant, sent)
    assert answer.status_code == 413
    assert "x" * 1000 in answer.get_data(as_text=True)
    assert kept(rooms).version == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sent: sent.add("topic", "left-handed"),
        lambda sent: sent.add("topic", "../../etc"),
        lambda sent: sent.add("topic", "<b>"),
        lambda sent: [sent.add("topic", f"t{number}") for number in range(200)],
        lambda sent: sent.__setitem__("steps", "5000"),
        lambda sent: sent.__setitem__("do", "explode:all"),
    ],
)
def test_a_form_that_the_editor_does_not_send_is_refused(
    consultant: FlaskClient, mine: str, rooms: Rooms, spoil: Callable[[Form], Any]
) -> None:
    sent = form(consultant, {"do": "save"})
    spoil(sent)
    assert consultant.post(OWN, data=sent).status_code == 400
    assert kept(rooms).version == 1


def test_a_lesson_as_large_as_they_come_goes_through_the_form(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    own = kept(rooms).data
    own["topics"] = [own["topics"][2] | {"id": f"t{number}"} for number in range(40)]
    own |= {"steps": (own["steps"] * 4)[:60], "reserve": ["t1"]}
    rooms.write(lambda tx: own_lessons.save(tx, "own-mine", own, 1, rooms.now()))
    assert press(consultant).status_code == 302
    assert kept(rooms).data == own | {"version": 3}
    assert press(consultant, "add").status_code == 413


def test_a_form_for_a_lesson_that_is_gone_says_so(consultant: FlaskClient, mine: str) -> None:
    sent = form(consultant)
    consultant.post(f"{OWN}/delete", data={"sure": "yes"})
    for do in ("save", "show:t.speak-up"):
        assert send(consultant, sent, do).status_code == 404


def test_an_empty_form_is_a_draft_without_anything(consultant: FlaskClient, mine: str, rooms: Rooms) -> None:
    answer = consultant.post(OWN, data={"version": "1"}, follow_redirects=True)
    assert answer.status_code == 200
    assert problems(answer.get_data(as_text=True)) == []
    assert kept(rooms).usable is None


@pytest.mark.parametrize(
    "value", ["\x00", "\u202e", "{{7*7}}", "%s%(x)s", "{", "{0}", "a: b\n- c", "💥" * 100, "x" * 2000]
)
def test_no_text_breaks_the_page(consultant: FlaskClient, mine: str, value: str) -> None:
    sent = form(consultant)
    for name in (
        "title",
        "grade",
        "t.speak-up.title",
        "t.speak-up.group",
        "t.speak-up.own.text",
        "s.0.text",
        "s.0.title",
    ):
        sent[name] = value
    assert send(consultant, sent).status_code == 302
    assert problems(page(consultant)) == []
    assert consultant.get("/consultant").status_code == 200
