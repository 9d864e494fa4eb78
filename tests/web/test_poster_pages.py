"""The pages of posters: what they offer, what they refuse, and the files behind them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from builders import figure, judged, lesson
from finished_classes import ALCOHOL, HELD, SPEAK_UP, keep_class, one_topic, year_of
from flask.testing import FlaskClient
from pages import problems

from clicker.room import Rooms
from clicker.store import Store

NUMBER = re.compile(r"\d+ (?:of|who)")


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    assert problems(text) == []
    return text.replace("\u00a0", " ")


def klasse(store: Store, **more: Any) -> str:
    """7.B, which was shown an S1 and an S2 topic."""
    shown = {"speak-up": judged(SPEAK_UP, k=24, guess=60), "alcohol-weekly": judged(ALCOHOL, k=1, country=figure(4))}
    return keep_class(store, "7.B", shown, lesson(SPEAK_UP, ALCOHOL), **more)


def chosen(runs: list[str]) -> str:
    return "/consultant/posters?" + "&".join(f"run={run}" for run in runs)


def published(consultant: FlaskClient, runs: list[str]) -> str:
    """Press the button of the first topic that passes; the address it leads to."""
    key = re.search(r'name="key" value="([^"]+)"', page(consultant, chosen(runs)))
    assert key
    answer = consultant.post("/consultant/posters", data={"key": key.group(1), "run": runs})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_a_finished_lessons_report_leads_to_its_posters(store: Store, consultant: FlaskClient) -> None:
    run = klasse(store)
    assert f'href="/consultant/run/{run}/posters"' in page(consultant, f"/consultant/run/{run}/report")
    found = page(consultant, f"/consultant/run/{run}/posters")
    assert "At least 22 of the 25 who answered in 7.B ville sige fra over for drilleri." in found
    assert "Alkohol" not in found
    assert "drikker" not in found


@pytest.mark.parametrize(
    ("query", "file"),
    [
        ("design=words&paper=a4", "speak-up/words/a4.pdf"),
        ("design=figures&paper=phone", "speak-up/figures/phone.png"),
        ("design=nonsense&paper=nonsense&topic=nonsense", "speak-up/number/a3.pdf"),
    ],
)
def test_topic_design_and_format_are_chosen(store: Store, consultant: FlaskClient, query: str, file: str) -> None:
    run = klasse(store)
    assert f"/posters/{file}" in page(consultant, f"/consultant/run/{run}/posters?{query}")


@pytest.mark.parametrize(
    ("kind", "mimetype", "start"),
    [("pdf", "application/pdf", b"%PDF"), ("png", "image/png", b"\x89PNG"), ("svg", "image/svg+xml", b"<svg")],
)
def test_a_file_is_downloaded_under_a_name_that_says_nothing(
    store: Store, consultant: FlaskClient, kind: str, mimetype: str, start: bytes
) -> None:
    answer = consultant.get(f"/consultant/run/{klasse(store)}/posters/speak-up/number/a4.{kind}")
    assert answer.mimetype == mimetype
    assert answer.data.startswith(start)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="poster-a4.{kind}"'


def test_the_preview_is_small_and_is_no_download(store: Store, consultant: FlaskClient) -> None:
    run = klasse(store)
    path = re.search(r'<img src="([^"]+)"', page(consultant, f"/consultant/run/{run}/posters"))
    assert path
    answer = consultant.get(path.group(1).replace("&amp;", "&"))
    assert answer.mimetype == "image/png"
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize(
    "rest",
    [
        "alcohol-weekly/number/a4.pdf",
        "none/number/a4.pdf",
        "speak-up/none/a4.pdf",
        "speak-up/number/a5.pdf",
        "speak-up/number/a4.exe",
        "speak-up/number/phone.pdf",
    ],
)
def test_p11_what_is_not_offered_is_not_there(store: Store, consultant: FlaskClient, rest: str) -> None:
    assert consultant.get(f"/consultant/run/{klasse(store)}/posters/{rest}").status_code == 404


def test_unknown_and_live_lessons_have_no_posters(store: Store, consultant: FlaskClient) -> None:
    page(consultant, "/consultant/run/none/posters", 404)
    page(consultant, f"/consultant/run/{klasse(store, status='live')}/posters", 409)
    page(consultant, "/consultant/posters/none", 404)


def test_a_lesson_with_nothing_to_print_says_so(store: Store, consultant: FlaskClient) -> None:
    run = one_topic(store, "7.B", ALCOHOL, k=1)
    assert "has nothing for a poster" in page(consultant, f"/consultant/run/{run}/posters")
    untold = one_topic(store, "7.C", SPEAK_UP, k=24, told=False)
    assert "nobody said that others may see numbers" in page(consultant, f"/consultant/run/{untold}/posters")


def test_only_a_consultant_sees_posters(store: Store, stranger: FlaskClient) -> None:
    run = klasse(store)
    for path in (f"run/{run}/posters", f"run/{run}/posters/speak-up/number/a4.svg", "posters", "posters/x"):
        assert stranger.get(f"/consultant/{path}").status_code == 403
    assert stranger.post("/consultant/posters", data={"run": run}).status_code == 403


def test_p12_three_classes_make_a_poster_together(store: Store, consultant: FlaskClient) -> None:
    address = published(consultant, year_of(store, ALCOHOL, (0, 1, 3)))
    assert "At least 57 of the 66 who answered in 3 classes drikker ikke alkohol hver uge." in page(consultant, address)
    assert consultant.get(f"{address}/figures/a3.pdf").data.startswith(b"%PDF")
    assert address in page(consultant, "/consultant/posters")


@pytest.mark.parametrize(("answers", "n"), [((0, 1), 30), ((0, 1, 15), 22), ((0, 1, 2), 16), ((0, 1, 6), 22)], ids=str)
def test_p7_the_page_says_one_word_whatever_is_missing(
    store: Store, consultant: FlaskClient, answers: tuple[int, ...], n: int
) -> None:
    found = page(consultant, chosen(year_of(store, ALCOHOL, answers, n=n)))
    assert "Alkohol: cannot be used" in found
    assert "Make posters" not in found
    assert not NUMBER.search(found.split("Topics of the chosen lessons")[1].split("<ul")[1])


def test_p12_an_overlapping_choice_is_refused_with_a_sentence(store: Store, consultant: FlaskClient) -> None:
    runs = year_of(store, ALCOHOL, (0, 1, 3, 2))
    published(consultant, runs[:3])
    key = re.search(r'name="key" value="([^"]+)"', page(consultant, chosen(runs)))
    assert key
    answer = consultant.post("/consultant/posters", data={"key": key.group(1), "run": runs})
    assert answer.status_code == 409
    assert "already counted together with others" in answer.get_data(as_text=True)


def test_a_mixed_or_empty_choice_is_answered_on_the_page(store: Store, consultant: FlaskClient) -> None:
    runs = [one_topic(store, "7.A", ALCOHOL, k=1, school=name, grades=(grade,)) for name, grade in (("A", 7), ("B", 8))]
    assert "one school or one grade" in page(consultant, chosen(runs))
    assert "have been deleted" in page(consultant, chosen(["none"]))
    assert consultant.post("/consultant/posters", data={}).status_code == 404
    assert consultant.post("/consultant/posters", data={"run": runs[:1], "key": "x"}).status_code == 409


def test_before_and_after_stand_beside_each_other(store: Store, consultant: FlaskClient) -> None:
    before = published(consultant, year_of(store, ALCOHOL, (0, 1, 3)))
    later = year_of(store, ALCOHOL, (1, 1, 0), day=HELD + timedelta(weeks=9))
    address = published(consultant, later)
    both = f"{address}?beside={before.rsplit('/', 1)[1]}"
    found = page(consultant, both)
    assert "Two times are two pictures" in found
    assert "One figure for each person" not in found
    file = re.search(r'href="([^"]+/a3\.pdf[^"]*)"', found)
    assert file
    assert consultant.get(file.group(1).replace("&amp;", "&")).data.startswith(b"%PDF")
    page(consultant, f"{address}?beside=none", 404)


def test_a_deleted_class_takes_its_poster_with_it(store: Store, rooms: Rooms, consultant: FlaskClient) -> None:
    runs = year_of(store, ALCOHOL, (0, 1, 3))
    address = published(consultant, runs)
    rooms.discard(runs[0])
    page(consultant, address, 404)
    assert "whose lessons have been deleted" in page(consultant, "/consultant/posters")


def test_labels_are_text(store: Store, consultant: FlaskClient) -> None:
    run = one_topic(store, "7.B", SPEAK_UP, k=24, school="<script>x</script>")
    assert "<script>" not in page(consultant, f"/consultant/run/{run}/posters")
    assert "<script>" not in page(consultant, "/consultant/posters")
