"""The page about the published numbers: to be browsed, read without a script, and told where it came from."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import problems
from test_consultant import text

from clicker import library, words
from clicker.lesson import Whose
from clicker.web.config import Config

FIGURES = "/consultant/figures"
CANNABIS = f"{FIGURES}/cannabis_ever"
WEEKLY = f"{FIGURES}/alcohol_weekly"
BODY_ROW = re.compile(r'<tr role="row" id=.*?</tr>', re.S)


@pytest.fixture
def danish(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation speaks Danish."""
    settings: Config = app.extensions["clicker"]
    spoken = words.catalogue("da")
    app.jinja_env.globals["lang"] = "da"
    app.jinja_env.install_gettext_callables(spoken.gettext, spoken.ngettext, newstyle=True)  # type: ignore[attr-defined]
    monkeypatch.setitem(
        app.extensions,
        "clicker",
        Config(settings.rooms, settings.secret, settings.addresses, "da", settings.in_thread),
    )


def rows(page: str) -> list[str]:
    return BODY_ROW.findall(page)


def wrong(client: FlaskClient, path: str) -> list[str]:
    """What is wrong with a page, apart from its links to the sources."""
    page = client.get(path).get_data(as_text=True)
    sources = {row.source.url for row in library.figure_rows()}
    return [fault for fault in problems(page) if not any(fault.endswith(f"leads away: {url}") for url in sources)]


def test_the_first_page_leads_to_the_numbers(consultant: FlaskClient) -> None:
    assert f'href="{FIGURES}"' in text(consultant, "/consultant")


@pytest.mark.parametrize("path", [FIGURES, WEEKLY, f"{FIGURES}/years/2014-2018/30.json"])
def test_the_numbers_are_for_consultants(stranger: FlaskClient, path: str) -> None:
    assert stranger.get(path).status_code == 403


def test_all_indicators_with_numbers_are_listed_by_group(consultant: FlaskClient) -> None:
    page = text(consultant, FIGURES)
    assert set(re.findall(rf'href="{FIGURES}/(\w+)"', page)) == {row.indicator.id for row in library.figure_rows()}
    assert page.index('id="alcohol"') < page.index('id="nicotine"') < page.index('id="cannabis"')


def test_the_list_says_what_is_used_and_what_is_disputed(consultant: FlaskClient) -> None:
    page = text(consultant, FIGURES)
    (weekly,) = re.findall(rf'<li><a href="{WEEKLY}".*?</li>', page, re.S)
    (cannabis,) = re.findall(rf'<li><a href="{CANNABIS}".*?</li>', page, re.S)
    assert "used in lessons" in weekly
    assert "surveys disagree" in cannabis
    assert "surveys disagree" not in weekly


def test_the_list_can_be_of_one_grade(consultant: FlaskClient) -> None:
    page = text(consultant, f"{FIGURES}?grade=7")
    assert f'href="{WEEKLY}?grade=7"' in page
    assert "cannabis_ever" not in page
    assert '<option value="7" selected>' in page


@pytest.mark.parametrize("path", [f"{FIGURES}?grade=99", f"{WEEKLY}?grade=x", f"{WEEKLY}?grade=²"])
def test_a_grade_without_numbers_is_said(consultant: FlaskClient, path: str) -> None:
    assert "There are no numbers about that grade." in text(consultant, path)


def test_an_unknown_indicator_is_no_page(consultant: FlaskClient) -> None:
    assert consultant.get(f"{FIGURES}/alcohol_never").status_code == 404


def test_the_table_has_every_row_of_the_indicator(consultant: FlaskClient) -> None:
    known = [row for row in library.figure_rows() if row.indicator.id == "alcohol_weekly"]
    assert len(rows(text(consultant, WEEKLY))) == len(known)
    assert len(rows(text(consultant, f"{WEEKLY}?grade=7"))) == len([row for row in known if 7 in row.grades])


def test_a_row_says_what_it_is_and_where_it_was_read(consultant: FlaskClient, danish: None) -> None:
    first = rows(text(consultant, f"{WEEKLY}?grade=9"))[0].replace("\u2011", "-")
    for part in (
        "27 %",
        "siger det om sig selv",
        "9. klasse, 15 år, drenge",
        "(landet)",
        "2022",
        "2028",
        "Skolebørnsundersøgelsen",
        'href="https://blaakors.dk/',
        "Blå Kors Danmark",
        "Vilkår: ",
    ):
        assert part in first


def test_a_number_past_its_day_is_marked_by_a_word(consultant: FlaskClient, danish: None) -> None:
    for row in rows(text(consultant, WEEKLY)):
        (year,) = re.findall(r'data-head="Gælder til"><span>(\d+)', row)
        assert ("ældre tal" in row) == ('class="old"' in row) == (int(year) < 2026)


def test_a_row_leads_to_the_lessons_that_can_use_it(consultant: FlaskClient, danish: None) -> None:
    first = rows(text(consultant, f"{WEEKLY}?grade=7"))[0]
    assert '<a href="/consultant/lesson/klasse-7">7. klasse – Alkohol hver uge</a>' in first


def test_two_surveys_that_disagree_are_said_with_both_numbers(consultant: FlaskClient, danish: None) -> None:
    page = text(consultant, CANNABIS)
    assert "To undersøgelser er ikke enige" in page
    assert "Programmet viser ESPAD, 2019, fordi den har ét tal for alle." in page


def test_both_surveys_that_disagree_are_in_the_picture_with_their_own_mark(consultant: FlaskClient) -> None:
    (figure,) = re.findall(r"<figure .*?></figure>", text(consultant, f"{CANNABIS}?grade=9"), re.S)
    (data,) = re.findall(r"data-rows='(.*?)'", figure, re.S)
    points = json.loads(data)["points"]
    told = {(point["year"], point["value"]): (point["look"], point["sex"]) for point in points}
    assert told[2018, 16] == ("0", "male")
    assert told[2018, 5] == ("0", "female")
    assert told[2019, 17] == ("1", "all")


def test_what_another_page_rounds_is_drawn_once(consultant: FlaskClient, danish: None) -> None:
    page = text(consultant, f"{FIGURES}/bullied_school_year")
    assert "Den nationale trivselsmåling, drenge og piger: 8,3 % i 2017, 8,6 % i 2021." in page


def test_two_reports_of_one_survey_are_drawn_apart(consultant: FlaskClient, danish: None) -> None:
    page = text(consultant, f"{FIGURES}/binge_last_30d?grade=9")
    assert "ESPAD (Kristeligt Dagblad / Ritzau), drenge og piger: 57,1 % i 2015" in page
    assert "ESPAD (Denmark - key results 2015), drenge og piger: 56 % i 2015" in page


def test_a_picture_is_told_in_danish_sentences(consultant: FlaskClient, danish: None) -> None:
    page = text(consultant, f"{CANNABIS}?grade=9")
    assert 'aria-label="9. klasse. Skolebørnsundersøgelsen, drenge: 23 % i 2014, 16 % i 2018.' in page
    assert "ESPAD, drenge og piger: 18 % i 2011, 12 % i 2015, 17 % i 2019." in page


def test_without_a_script_the_pictures_are_hidden_and_the_table_stands(consultant: FlaskClient) -> None:
    page = text(consultant, CANNABIS)
    assert re.search(r'<section class="years" id="pictures" hidden', page)
    assert rows(page)


def test_one_year_of_one_survey_needs_no_picture(consultant: FlaskClient) -> None:
    assert "<figure" not in text(consultant, f"{FIGURES}/never_bullied_others")


def test_an_indicator_names_those_that_ask_in_another_way(consultant: FlaskClient) -> None:
    page = text(consultant, f"{FIGURES}/bullied_2plus_month")
    assert f'href="{FIGURES}/bullied_school_year"' in page
    assert "Den nationale trivselsmåling" in page


def test_the_drawing_has_no_number_in_it(consultant: FlaskClient) -> None:
    answer = consultant.get(f"{FIGURES}/years/2014-2018-2022/30.json")
    assert answer.mimetype == "application/json"
    assert "datasets" not in answer.get_json()


@pytest.mark.parametrize(
    "asked",
    [
        *("2014/33", "2018-2014/30", "2014-2014/30", "x/30", "1066/30", "14/30", "2014-/30", "²⁰¹⁴/30", "9999/100"),
        "-".join(map(str, range(1980, 2060))) + "/30",
    ],
)
def test_an_odd_drawing_is_no_page(consultant: FlaskClient, asked: str) -> None:
    assert consultant.get(f"{FIGURES}/years/{asked}.json").status_code == 404


def test_every_page_is_whole(consultant: FlaskClient, danish: None) -> None:
    named = sorted({row.indicator.id for row in library.figure_rows()})
    faults = {name: wrong(consultant, f"{FIGURES}/{name}") for name in named}
    assert {name: fault for name, fault in faults.items() if fault} == {}
    assert wrong(consultant, FIGURES) == []


def test_the_municipality_stands_beside_the_country_with_its_own_mark(
    consultant: FlaskClient, danish: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = library.figure_rows()
    model = next(row for row in shipped if row.indicator.id == "alcohol_weekly" and row.grade == "7. klasse")
    own = replace(
        model, id="own_1", whose=Whose.MUNICIPALITY, region="Nordby Kommune", survey="Nordbys egen", sex="all", n=1312
    )
    monkeypatch.setattr(library, "figure_rows", lambda *_: (*shipped, own))
    page = text(consultant, f"{WEEKLY}?grade=7")
    (row,) = [row for row in rows(page) if 'id="own_1"' in row]
    assert "(kommunen)" in row
    assert "1.312 svar" in row
    assert page.count("<figure") == 1
    assert "kommunen: Nordbys egen, drenge og piger" in page


def test_only_pages_of_the_web_are_linked(consultant: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = [
        replace(row, source=replace(row.source, url="javascript:alert(1)"))
        for row in library.figure_rows()
        if row.indicator.id == "alcohol_weekly"
    ]
    monkeypatch.setattr(library, "figure_rows", lambda *_: tuple(odd))
    page = text(consultant, WEEKLY)
    assert "javascript:" not in page
    assert "Unge og alkohol" in page
