"""A municipality's own survey on the consultant's pages: sent, read, looked at, saved, fetched, deleted."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from pages import problems

from clicker import library
from clicker.room import Rooms, own_content
from clicker.web.uploads import LARGEST_UPLOAD, allow_upload

PLACE = "/consultant/own-figures"
OURS = "indicator;value;grade;sex;year;n\r\nalcohol_weekly;4,5;7. klasse;all;2025;812\r\n"
GOOD_AND_BAD = OURS + "alcohol_weekly;12;9. klasse;all;2025;31\r\n"
EXCEL = (
    "Ungeprofil 2025;;;;\r\n"
    "Spørgsmål;Klassetrin;Køn;Pct;Antal\r\n"
    "Drikker du hver uge?;7. klasse;Alle;4,5 %;1.204\r\n"
    "Drikker du hver uge?;9. klasse;Alle;25 %;1.190\r\n"
    "Kan du lide skolen?;7. klasse;Alle;80 %;1.204\r\n"
)
COLUMNS = {"value": "Pct", "question": "Spørgsmål", "grade": "Klassetrin", "sex": "Køn", "n": "Antal"}


def send(client: FlaskClient, text: str | bytes, **fields: str) -> tuple[int, str]:
    """Upload a file: the status and the page."""
    raw = text.encode("cp1252") if isinstance(text, str) else text
    form: dict[str, Any] = {"municipality": "Testby Kommune", "file": (BytesIO(raw), "tal.csv")} | fields
    answer = client.post(f"{PLACE}/read", data=form, content_type="multipart/form-data")
    return answer.status_code, unescape(answer.get_data(as_text=True))


def send_large(client: FlaskClient, raw: bytes) -> tuple[int, str]:
    """The same for a file that the client would lay on the disk."""
    answer = client.post(f"{PLACE}/read", data=form_of(raw), content_type="multipart/form-data; boundary=edge")
    return answer.status_code, answer.get_data(as_text=True)


def form_of(raw: bytes) -> bytes:
    part = b'--edge\r\nContent-Disposition: form-data; name="'
    return part + b'municipality"\r\n\r\nTestby\r\n' + part + b'file"; filename="a.csv"\r\n\r\n' + raw + b"\r\n--edge--"


def carried(page: str) -> dict[str, Any]:
    """The hidden fields of a page, as its form would send them."""
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page):
        fields.setdefault(name, []).append(value)
    return fields


def step(client: FlaskClient, page: str, name: str, **fields: Any) -> tuple[int, str]:
    answer = client.post(f"{PLACE}/read", data=carried(page) | fields | {"step": name})
    return answer.status_code, unescape(answer.get_data(as_text=True))


def save(client: FlaskClient, page: str, **fields: Any) -> str:
    answer = client.post(f"{PLACE}/save", data=carried(page) | fields, follow_redirects=True)
    return unescape(answer.get_data(as_text=True))


def mapped(client: FlaskClient, **fields: str) -> str:
    """The Excel file read to its preview: one question used, the other not."""
    _status, first = send(client, EXCEL, survey="Ungeprofil")
    _status, second = step(client, first, "questions", **COLUMNS, scale="percent", typed_year="2025", **fields)
    _status, third = step(client, second, "check", indicator=["alcohol_weekly", "-"])
    return third


def kept(rooms: Rooms) -> list[tuple[str, str, float, int]]:
    """What is stored: region, grade, value and n."""
    rows = library.own_figures(rooms.read(own_content))
    return [(row["region"], row["grade"], row["value"], row["n"]) for row in rows]


def test_the_start_page_leads_there(consultant: FlaskClient) -> None:
    assert f'href="{PLACE}"' in consultant.get("/consultant").get_data(as_text=True)


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", "/read"), ("post", "/save"), ("get", "/file")])
def test_strangers_stay_outside(stranger: FlaskClient, method: str, path: str) -> None:
    assert getattr(stranger, method)(PLACE + path, data={"municipality": "Testby"}).status_code == 403


def test_strangers_delete_nothing(stranger: FlaskClient) -> None:
    assert stranger.post(f"{PLACE}/delete", data={"sure": "yes"}).status_code == 403


def test_another_site_cannot_send_the_form(consultant: FlaskClient) -> None:
    answer = consultant.post(f"{PLACE}/save", data={}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_a_file_with_our_columns_is_read_at_once_and_saved(consultant: FlaskClient, rooms: Rooms) -> None:
    status, page = send(consultant, OURS)
    assert status == 200
    assert "1 figure can be saved." in page
    assert kept(rooms) == []
    assert "Saved for Testby Kommune: 1 new figure." in save(consultant, page)
    assert kept(rooms) == [("Testby Kommune", "7. klasse", 4.5, 812)]


def test_refused_rows_are_listed_and_the_good_ones_kept(consultant: FlaskClient, rooms: Rooms) -> None:
    _status, page = send(consultant, GOOD_AND_BAD)
    assert "<td>3</td><td>n</td><td>only 31 answered" in page
    assert "Save only the good rows" in page
    save(consultant, page)
    assert [row[1] for row in kept(rooms)] == ["7. klasse"]


def test_a_file_without_a_good_row_has_no_button_to_save(consultant: FlaskClient, rooms: Rooms) -> None:
    _status, page = send(consultant, OURS.replace("812", "31"))
    assert "Save" not in re.findall(r"<button[^>]*>([^<]*)", page)
    assert "There was no row that could be kept." in save(consultant, page)
    assert kept(rooms) == []


def test_any_table_is_read_by_saying_what_its_columns_are(consultant: FlaskClient, rooms: Rooms) -> None:
    page = mapped(consultant)
    assert "2 figures can be saved." in page
    assert "1 row is not used." in page
    save(consultant, page)
    assert kept(rooms) == [("Testby Kommune", "7. klasse", 4.5, 1204), ("Testby Kommune", "9. klasse", 25, 1190)]


def test_the_columns_page_proposes_and_shows_the_first_rows(consultant: FlaskClient) -> None:
    _status, page = send(consultant, EXCEL)
    assert '<option value="Spørgsmål" selected>' in page
    assert "<td>4,5 %</td>" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": ""}, "Choose the column that holds the numbers."),
        ({"n": "Pct"}, "the same column for two things"),
        ({"grade": ""}, "write the grade, such as 7. klasse"),
        ({"grade": "", "one_grade": "alle"}, "write the grade, such as 7. klasse"),
        ({"typed_year": ""}, "write the year of the survey"),
        ({"n": "", "smallest": "49"}, "It must be at least 50."),
        ({"scale": ""}, "percent or shares"),
    ],
)
def test_what_is_still_to_be_said_is_asked(consultant: FlaskClient, changes: dict[str, str], sentence: str) -> None:
    _status, first = send(consultant, EXCEL)
    said = {**COLUMNS, "scale": "percent", "typed_year": "2025", **changes}
    status, page = step(consultant, first, "questions", **said)
    assert status == 400
    assert sentence in page


def test_every_question_needs_an_answer(consultant: FlaskClient) -> None:
    _status, first = send(consultant, EXCEL)
    _status, second = step(consultant, first, "questions", **COLUMNS, scale="percent", typed_year="2025")
    status, page = step(consultant, second, "check", indicator=["alcohol_weekly", ""])
    assert status == 400
    assert "Say for every question what it is about." in page


def test_shares_are_asked_for_where_our_columns_hold_nothing_above_one(consultant: FlaskClient, rooms: Rooms) -> None:
    _status, page = send(consultant, OURS.replace("4,5", "0,045"))
    assert "All numbers are 1 or less." in page
    _status, again = step(consultant, page, "check", scale="share")
    save(consultant, again, scale="share")
    assert [row[2] for row in kept(rooms)] == [4.5]


def test_a_missing_number_of_answers_can_be_said_for_all_groups(consultant: FlaskClient, rooms: Rooms) -> None:
    _status, page = send(consultant, OURS.replace("812", ""))
    assert "nobody can see how many answered" in page
    _status, again = step(consultant, page, "check", smallest="60")
    save(consultant, again, smallest="60")
    assert kept(rooms) == [("Testby Kommune", "7. klasse", 4.5, None)]


def test_next_years_file_is_read_the_same_way(consultant: FlaskClient) -> None:
    save(consultant, mapped(consultant), remember="yes")
    _status, first = send(consultant, EXCEL, survey="ungeprofil")
    _status, second = step(consultant, first, "questions", **COLUMNS, scale="percent", typed_year="2026")
    assert re.findall(r'<option value="([^"]+)" selected>', second) == ["alcohol_weekly", "-"]


def test_what_was_said_of_another_column_is_forgotten(consultant: FlaskClient) -> None:
    page = mapped(consultant)
    _status, columns = step(consultant, page, "columns")
    changed = COLUMNS | {"question": "Klassetrin", "grade": ""}
    _status, asked = step(
        consultant, columns, "questions", **changed, one_grade="7", scale="percent", typed_year="2025"
    )
    assert "selected" not in asked


def test_the_same_figure_again_takes_the_place_of_the_old_one(consultant: FlaskClient, rooms: Rooms) -> None:
    for text, said in ((OURS, "1 new figure"), (OURS.replace("4,5", "6"), "0 new figures, 1 replaced")):
        _status, page = send(consultant, text, municipality="testby  kommune" if text != OURS else "Testby Kommune")
        assert said in save(consultant, page)
    assert kept(rooms) == [("Testby Kommune", "7. klasse", 6, 812)]


def test_the_list_shows_rows_and_years_and_they_can_be_deleted(consultant: FlaskClient, rooms: Rooms) -> None:
    save(consultant, send(consultant, OURS)[1])
    page = consultant.get(PLACE).get_data(as_text=True)
    assert "1 figure" in page
    assert "2025" in page
    assert consultant.post(f"{PLACE}/delete", data={"municipality": "Testby Kommune"}).status_code == 400
    consultant.post(f"{PLACE}/delete", data={"municipality": "Testby Kommune", "sure": "yes"})
    assert kept(rooms) == []


def test_an_unknown_municipality_is_said(consultant: FlaskClient) -> None:
    assert consultant.get(f"{PLACE}/file?municipality=Andenby").status_code == 404
    assert consultant.post(f"{PLACE}/delete", data={"municipality": "Andenby", "sure": "yes"}).status_code == 404


def test_the_fetched_file_is_safe_in_a_spreadsheet_and_can_be_read_again(consultant: FlaskClient) -> None:
    header, row = OURS.rstrip().split("\r\n")
    text = f"{header};notes\r\n{row};=1+1\r\nalcohol_weekly;5;9. klasse;all;2025;800;@SUM(A1)\r\n"
    save(consultant, send(consultant, text)[1])
    answer = consultant.get(f"{PLACE}/file?municipality=Testby Kommune")
    assert "'=1+1" in answer.get_data(as_text=True)
    assert "'@SUM(A1)" in answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="testby_kommune.csv"'
    assert "2 figures can be saved." in send(consultant, answer.get_data())[1]


def test_a_formula_in_a_number_is_refused(consultant: FlaskClient) -> None:
    assert "“=1+1” is not one number" in send(consultant, OURS.replace("4,5", "=1+1"))[1]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"PK\x03\x04" + b"0" * 100, "this is a workbook, not a CSV file"),
        (b"a\n", "no table with at least two columns"),
        (b"", "no table with at least two columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(consultant: FlaskClient, raw: bytes, sentence: str) -> None:
    status, page = send(consultant, raw)
    assert status == 400
    assert sentence in page


def test_a_file_that_is_too_large_is_explained(consultant: FlaskClient) -> None:
    status, page = send_large(consultant, b"x" * 1_000_001)
    assert status == 400
    assert "the file is too large" in page


def test_a_form_that_is_larger_than_any_file_is_refused(consultant: FlaskClient) -> None:
    assert send_large(consultant, b"x" * LARGEST_UPLOAD)[0] == 413


def test_a_file_is_never_laid_on_the_disk(app: Flask) -> None:
    content = {"data": form_of(b"x" * 900_000), "content_type": "multipart/form-data; boundary=edge"}
    with app.test_request_context(f"{PLACE}/read", method="POST", **content):
        allow_upload()
        assert isinstance(request.files["file"].stream, BytesIO)


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_municipality_needs_a_name(consultant: FlaskClient, name: str) -> None:
    status, page = send(consultant, OURS, municipality=name)
    assert status == 400
    assert "Write the names of the municipality" in page


def test_a_form_with_a_file_that_is_not_ours_is_refused(consultant: FlaskClient) -> None:
    answer = consultant.post(f"{PLACE}/save", data={"municipality": "Testby", "token": "forged"})
    assert answer.status_code == 400
    assert "Choose the file again." in answer.get_data(as_text=True)


def test_the_largest_file_comes_through_every_step(consultant: FlaskClient) -> None:
    rows = "".join(f"Drikker du hver uge?;{7 + row % 3}. klasse;Alle;{row % 97} %;1.204\r\n" for row in range(4_900))
    header = EXCEL.split("\r\n")[1]
    _status, first = send(consultant, f"{header}\r\n{rows}")
    status, page = step(consultant, first, "questions", **COLUMNS, scale="percent", typed_year="2025")
    assert status == 200
    assert "What are the questions about?" in page


def test_the_pages_are_strict_html(consultant: FlaskClient) -> None:
    save(consultant, mapped(consultant))
    pages = [consultant.get(PLACE).get_data(as_text=True), mapped(consultant), send(consultant, GOOD_AND_BAD)[1]]
    _status, first = send(consultant, EXCEL)
    pages += [first, step(consultant, first, "questions", **COLUMNS, scale="percent", typed_year="2025")[1]]
    assert [problem for page in pages for problem in problems(page)] == []


def test_what_stands_in_the_file_is_text_on_the_page(consultant: FlaskClient) -> None:
    answer = consultant.post(
        f"{PLACE}/read",
        data={
            "municipality": "<b>Testby</b>",
            "file": (BytesIO(EXCEL.replace("Pct", "<script>").encode()), "<img>.csv"),
        },
        content_type="multipart/form-data",
    )
    page = answer.get_data(as_text=True)
    assert "<script>" not in page
    assert "<img>" not in page
    assert "<b>Testby" not in page
