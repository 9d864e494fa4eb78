"""The pages of a walk-up station: the consultant's, and those of whoever walks by, which need no script."""

from __future__ import annotations

import re

import pytest
from classroom import Clock
from flask.testing import FlaskClient
from pages import problems

from clicker.room import Rooms, Stations
from clicker.store import StationRecord

COUNTRY, HERE = "guess-alcohol-9", "liquorice"
FORM = {"place": "Kantinen", "youngest": "grade7", "topic": [COUNTRY, HERE]}


@pytest.fixture
def station(consultant: FlaskClient, rooms: Rooms) -> StationRecord:
    """Opened on the consultant's page."""
    answer = consultant.post("/consultant/stations", data=FORM)
    assert answer.status_code == 302
    return Stations(rooms).record(answer.location.rpartition("/")[2])


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, page
    return found[1]


def test_every_page_of_the_consultant_is_valid(consultant: FlaskClient, station: StationRecord) -> None:
    for path in ("stations", f"station/{station.id}", f"station/{station.id}/sign"):
        assert problems(text(consultant, f"/consultant/{path}")) == []


def test_the_sign_shows_code_and_qr(consultant: FlaskClient, station: StationRecord) -> None:
    assert station.code in text(consultant, f"/consultant/station/{station.id}/sign")
    assert "<svg" in text(consultant, f"/consultant/station/{station.id}/qr.svg")


def test_the_typed_code_leads_to_the_station(stranger: FlaskClient, station: StationRecord) -> None:
    answer = stranger.get(f"/{station.code}")
    assert answer.status_code == 302
    assert answer.location == f"/station/{station.code}"


def test_a_visitor_goes_through_it_by_forms_alone(stranger: FlaskClient, station: StationRecord) -> None:
    at = f"/station/{station.code}"
    assert "Start" in text(stranger, at)
    page = stranger.post(f"{at}/start").get_data(as_text=True)
    for _ in range(2):
        assert problems(page) == []
        sent = {name: hidden(page, name) for name in ("prompt", "seat")}
        page = stranger.post(f"{at}/answer", data={**sent, "answer": "050"}).get_data(as_text=True)
        if "It is stored" in page:
            assert problems(page) == []
            page = stranger.post(f"{at}/start").get_data(as_text=True)
    assert hidden(page, "guess") == "050"
    sent = {name: hidden(page, name) for name in ("prompt", "seat", "guess")}
    page = stranger.post(f"{at}/answer", data={**sent, "answer": "001"}).get_data(as_text=True)
    assert "There is nothing to show here yet." in page
    end = text(stranger, at)
    assert "You have been through it all" in end
    assert problems(end) == []


def test_it_works_without_cookies(app_client: FlaskClient, station: StationRecord) -> None:
    at = f"/station/{station.code}"
    page = app_client.post(f"{at}/start").get_data(as_text=True)
    sent = {name: hidden(page, name) for name in ("prompt", "seat")}
    assert "It is stored" in app_client.post(f"{at}/answer", data={**sent, "answer": "050"}).get_data(as_text=True)


@pytest.fixture
def app_client(consultant: FlaskClient) -> FlaskClient:
    """A phone that keeps no cookies."""
    return consultant.application.test_client(use_cookies=False)


def test_the_sixth_guess_stands_beside_the_country(stranger: FlaskClient, station: StationRecord) -> None:
    at, app = f"/station/{station.code}", stranger.application
    for _ in range(6):
        phone = app.test_client()
        phone.post(f"{at}/start")
        page = phone.post(f"{at}/answer", data={"prompt": f"{COUNTRY}.others.1", "answer": "060"}).get_data(
            as_text=True
        )
    assert "60 of 100" in page.replace("\u00a0", " ")
    assert "Country" in page or "country" in page
    assert problems(page) == []


def test_the_next_person_at_the_same_screen_starts_anew(stranger: FlaskClient, station: StationRecord) -> None:
    at = f"/station/{station.code}"
    stranger.post(f"{at}/start")
    stranger.post(f"{at}/answer", data={"prompt": f"{COUNTRY}.others.1", "answer": "050"})
    stranger.post(f"{at}/leave")
    page = stranger.post(f"{at}/start").get_data(as_text=True)
    assert hidden(page, "prompt") == f"{COUNTRY}.others.1"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"prompt": "nonsense", "answer": "050"},
        {"prompt": f"{COUNTRY}.others.1", "answer": "42"},
        {"prompt": f"{COUNTRY}.own.1", "answer": "001"},
        {"prompt": f"{COUNTRY}.others.1", "answer": "050" * 1000},
    ],
)
def test_what_is_no_answer_is_refused(stranger: FlaskClient, station: StationRecord, sent: dict[str, str]) -> None:
    stranger.post(f"/station/{station.code}/start")
    assert stranger.post(f"/station/{station.code}/answer", data=sent).status_code == 400


def test_a_guess_that_the_page_did_not_make_is_not_shown(stranger: FlaskClient, station: StationRecord) -> None:
    stranger.post(f"/station/{station.code}/start")
    sent = {"prompt": f"{COUNTRY}.others.1", "answer": "050", "guess": "<b>9</b>"}
    page = stranger.post(f"/station/{station.code}/answer", data=sent).get_data(as_text=True)
    assert "<b>9</b>" not in page


def test_without_a_seat_an_answer_leads_to_the_start(stranger: FlaskClient, station: StationRecord) -> None:
    sent = {"prompt": f"{COUNTRY}.others.1", "answer": "050"}
    page = stranger.post(f"/station/{station.code}/answer", data=sent).get_data(as_text=True)
    assert "Start" in page


def test_a_closed_station_thanks_and_takes_nothing(
    consultant: FlaskClient, stranger: FlaskClient, station: StationRecord
) -> None:
    at = f"/station/{station.code}"
    stranger.post(f"{at}/start")
    consultant.post(f"/consultant/station/{station.id}/close")
    gone = stranger.get(at)
    assert gone.status_code == 410
    assert "has closed" in gone.get_data(as_text=True)
    for path in ("start", "answer", "leave"):
        answer = stranger.post(f"{at}/{path}")
        assert (answer.status_code, "has closed" in answer.get_data(as_text=True)) == (410, True)
    assert "only the numbers below" in text(consultant, f"/consultant/station/{station.id}").lower()


def test_an_unknown_code_is_said_with_the_field_kept(stranger: FlaskClient) -> None:
    answer = stranger.get("/station/CCCC")
    assert answer.status_code == 404
    assert 'value="CCCC"' in answer.get_data(as_text=True)


def test_the_young_and_the_form_stays(consultant: FlaskClient) -> None:
    answer = consultant.post("/consultant/stations", data={**FORM, "youngest": "grade5"})
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "not for children that young" in page
    assert 'value="Kantinen"' in page
    assert re.search(rf'value="{COUNTRY}" checked', page)


def test_nothing_ticked_is_said(consultant: FlaskClient) -> None:
    answer = consultant.post("/consultant/stations", data={"place": "", "youngest": "grade7"})
    assert answer.status_code == 400
    assert "Tick at least one question" in answer.get_data(as_text=True)


def test_more_than_eight_are_not_dropped_in_silence(consultant: FlaskClient) -> None:
    page = text(consultant, "/consultant/stations")
    topics = re.findall(r'name="topic" value="([^"]+)"', page)[:9]
    answer = consultant.post("/consultant/stations", data={**FORM, "topic": topics})
    assert answer.status_code == 400
    assert "at most eight questions" in answer.get_data(as_text=True)


def test_deleting_needs_to_be_sure(consultant: FlaskClient, station: StationRecord) -> None:
    assert consultant.post(f"/consultant/station/{station.id}/delete").status_code == 400
    consultant.post(f"/consultant/station/{station.id}/delete", data={"sure": "yes"})
    assert consultant.get(f"/consultant/station/{station.id}").status_code == 404


@pytest.mark.parametrize("path", ["stations", "station/{id}", "station/{id}/sign", "station/{id}/qr.svg"])
def test_only_the_consultant_sees_the_consultants_pages(
    stranger: FlaskClient, station: StationRecord, path: str
) -> None:
    assert stranger.get(f"/consultant/{path.format(id=station.id)}").status_code == 403


@pytest.mark.parametrize("path", ["close", "delete"])
def test_only_the_consultant_ends_a_station(stranger: FlaskClient, station: StationRecord, path: str) -> None:
    answer = stranger.post(f"/consultant/station/{station.id}/{path}", data={"sure": "yes"})
    assert answer.status_code == 403


def passed_by(app: FlaskClient, at: str, own: str, *, reloads: bool) -> str:
    """What the page shows after the own answer, less the copy of the seat."""
    phone = app.application.test_client()
    phone.post(f"{at}/start")
    phone.post(f"{at}/answer", data={"prompt": f"{COUNTRY}.others.1", "answer": "---"})
    phone.post(f"{at}/answer", data={"prompt": f"{HERE}.others.1", "answer": "050"})
    guess = {} if reloads else {"guess": "050"}
    page = phone.post(f"{at}/answer", data={"prompt": f"{HERE}.own.1", "answer": own} | guess).get_data(as_text=True)
    return re.sub(r'name="seat" value="[^"]*"', "", page)


@pytest.mark.parametrize("reloads", [False, True])
@pytest.mark.parametrize("crowd", [0, 10])
def test_p4_whatever_one_answered_the_page_is_the_same_bytes(
    stranger: FlaskClient, station: StationRecord, crowd: int, reloads: bool
) -> None:
    at = f"/station/{station.code}"
    for number in range(crowd):
        passed_by(stranger, at, "001" if number < 4 else "000", reloads=False)
    told = [passed_by(stranger, at, own, reloads=reloads) for own in ("---", "001", "000")]
    assert told[0] == told[1] == told[2]
    assert ("Our answer" in told[0]) is (crowd == 10)


def test_a_code_in_small_letters_lets_the_next_person_start_anew(stranger: FlaskClient, station: StationRecord) -> None:
    stranger.post(f"/station/{station.code}/start")
    stranger.post(f"/station/{station.code.lower()}/leave")
    assert "Start" in text(stranger, f"/station/{station.code}")


def test_the_sign_of_a_closed_station_is_not_printed(consultant: FlaskClient, station: StationRecord) -> None:
    consultant.post(f"/consultant/station/{station.id}/close")
    answer = consultant.get(f"/consultant/station/{station.id}/sign")
    assert (answer.status_code, answer.location) == (302, f"/consultant/station/{station.id}")


def test_a_flood_from_one_seat_is_slowed(stranger: FlaskClient, station: StationRecord) -> None:
    at = f"/station/{station.code}"
    stranger.post(f"{at}/start")
    sent = {"prompt": f"{COUNTRY}.others.1", "answer": "050"}
    assert 429 in {stranger.post(f"{at}/answer", data=sent).status_code for _ in range(80)}


def test_whoever_was_forgotten_begins_anew(
    stranger: FlaskClient, station: StationRecord, rooms: Rooms, clock: Clock
) -> None:
    at = f"/station/{station.code}"
    stranger.post(f"{at}/start")
    clock.forward(hours=5)
    rooms.finish_forgotten()
    page = stranger.post(f"{at}/answer", data={"prompt": f"{COUNTRY}.others.1", "answer": "050"})
    assert "Start" in page.get_data(as_text=True)
